//! From what a person types to the ids that it names: a number in any spelling, an id, an alias, a law's name, a
//! file of the library, or a citation pasted whole.

use std::path::Path;

use super::{Library, today};
use crate::cite::MentionKind;
use crate::law::{Instrument, Key, Number};
use crate::read::Document;
use crate::store::Question;
use crate::text::slug;

/// Ids in the order in which they were found, each once.
#[derive(Default)]
struct Ids(Vec<String>);

impl Ids {
    fn push(&mut self, id: String) {
        if !self.0.contains(&id) {
            self.0.push(id);
        }
    }

    fn found(self) -> Option<Vec<String>> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// How many instruments with the words of a number are looked at.
const BEARING: usize = 500;

/// What a text means that shall name one instrument or document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// This one. Where `others` bear the same number, it alone has a row in the register.
    One { id: String, others: Vec<String> },
    /// Any of these ids.
    Several(Vec<String>),
    /// Nothing that is known. What is called alike: number or title, and id.
    Nothing { near: Vec<(String, String)> },
}

impl Library {
    /// The one instrument or document that `text` names.
    pub fn meant(&self, text: &str) -> Resolution {
        let mut ids = self.find(text);
        // A number that citations leave undated may also be the one dated instrument of the register.
        let mut known = ids.iter().enumerate().filter(|(_, id)| ids.len() == 1 || self.is_registered(id));
        match (known.next().map(|(at, _)| at), known.next()) {
            _ if ids.is_empty() => Resolution::Nothing { near: self.near_to(text) },
            (Some(at), None) => Resolution::One { id: ids.remove(at), others: ids },
            _ => {
                ids.sort_by_cached_key(|id| std::cmp::Reverse(self.times_cited(id)));
                Resolution::Several(ids)
            }
        }
    }

    /// The ids that `text` may name, those of the register first; none where it names nothing that is known.
    /// Several where a number is borne by several instruments.
    pub fn find(&self, text: &str) -> Vec<String> {
        let text = text.trim();
        let cited = || self.cited_in(text).map(|(ids, _)| ids);
        self.named(text).or_else(cited).or_else(|| self.loosely(text)).unwrap_or_default()
    }

    /// What `text` names outright.
    pub(super) fn named(&self, text: &str) -> Option<Vec<String>> {
        if text.is_empty() {
            return None;
        }
        let find = [Library::by_id, Library::by_number, Library::by_alias, Library::by_name, Library::by_path];
        find.into_iter().find_map(|find| find(self, text))
    }

    fn by_id(&self, text: &str) -> Option<Vec<String>> {
        let id_like = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !text.chars().all(id_like) {
            return None;
        }
        let base = text.split('.').next().unwrap_or(text);
        let register = self.register();
        let known = register.by_id(text).is_some()
            || self.related(base).is_some()
            || self.told(self.store.knows(base))
            || self.told(self.store.document(text)).is_some();
        if known {
            return Some(vec![text.to_owned()]);
        }
        // The slug of a number that needs its date as well.
        let mut ids = Ids::default();
        for row in register.called(text) {
            ids.push(row.id().to_string());
        }
        ids.found()
    }

    fn by_number(&self, text: &str) -> Option<Vec<String>> {
        let key = Key::parse(text)?;
        let register = self.register();
        let number = register.symbols().canonical(&key.number);
        let mut ids = Ids::default();
        for instrument in register.by_number(&number) {
            if key.date().is_none()
                || instrument.number.as_ref().is_some_and(|one| one.year().is_some())
                || instrument.issued == key.date()
            {
                ids.push(instrument.id().without_place_str().to_owned());
            }
        }
        let wanted = Key::new(number.clone(), key.date());
        for id in self.told(self.store.bearing(&number)) {
            let id = without_place(&id);
            if wanted.date().is_none() || wanted.id() == id.as_str() {
                ids.push(id);
            }
        }
        if self.related(wanted.id().as_str()).is_some() {
            ids.push(wanted.id().to_string());
        }
        ids.found()
    }

    fn by_alias(&self, text: &str) -> Option<Vec<String>> {
        let mut ids = Ids::default();
        let register = self.register();
        for key in register.alias(text) {
            ids.push(register.lookup(key, None).map_or_else(|| key.id(), Instrument::id).to_string());
        }
        ids.found()
    }

    /// "Luật Giáo dục", "luat giao duc 2019", "Luật Giáo dục năm 2019"; without a year, the one of today.
    fn by_name(&self, text: &str) -> Option<Vec<String>> {
        let register = self.register();
        let (name, end) = register.names().longest_at(text)?;
        let rest = crate::text::folded_words(&text[end..]);
        let instruments = register.instruments();
        match rest.iter().map(String::as_str).filter(|word| *word != "nam").collect::<Vec<_>>()[..] {
            [] => match name.on(today(), instruments) {
                Some(instrument) => Some(vec![instrument.id().to_string()]),
                None => Some(name.borne(instruments).map(|one| one.id().to_string()).collect()),
            },
            [year] => {
                let year: i16 = year.parse().ok()?;
                let mut ids = Ids::default();
                for one in name.borne(instruments) {
                    let issued = one.issued.is_some_and(|issued| issued.year() == year);
                    if issued || one.number.as_ref().and_then(Number::year) == Some(year) {
                        ids.push(one.id().to_string());
                    }
                }
                ids.found()
            }
            _ => None,
        }
    }

    fn by_path(&self, text: &str) -> Option<Vec<String>> {
        let path = Path::new(text).canonicalize().ok()?;
        let entry = self.told(self.store.document_at(&path.to_string_lossy()))?;
        Some(vec![entry.id])
    }

    /// Citations as they stand in a document: "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo", and
    /// the words beside them, folded, without those that only join.
    pub(super) fn cited_in(&self, text: &str) -> Option<(Vec<String>, Vec<String>)> {
        let document = Document::from_text("", text);
        let reading = self.read(&document);
        let mut ids = Ids::default();
        let mut rest = document.text.as_str().to_owned();
        let mut said: Vec<std::ops::Range<usize>> = Vec::new();
        for citation in reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own) {
            if let Some(id) = citation.id().filter(|id| self.is_known(id.as_str())) {
                ids.push(id.to_string());
                said.push(citation.mention.range.clone());
                said.extend(citation.date_range.clone());
                said.extend(citation.issuer.as_ref().map(|issuer| issuer.range.clone()));
            }
        }
        said.sort_by_key(|range| range.start);
        for range in said.into_iter().rev() {
            if rest.get(range.clone()).is_some() {
                rest.replace_range(range, " ");
            }
        }
        let mut beside: Vec<String> = crate::text::words_of(&rest).into_iter().map(|word| word.folded).collect();
        beside.retain(|word| !crate::text::is_joint(word));
        // "Thông tư số" is what is named, not beside it.
        if self.register().symbols().kinds_of_word(&beside.join(" ")).next().is_some() {
            beside.clear();
        }
        Some((ids.found()?, beside))
    }

    /// Number words in any order and without signs: "tt 33 2021", "nghị định 30 năm 2020".
    fn loosely(&self, text: &str) -> Option<Vec<String>> {
        let question = Question::new(text)?;
        self.bearing_words(&question).or_else(|| self.typed_together(&question)).or_else(|| self.cited_words(&question))
    }

    /// The same, for what neither the register nor a document bears and documents cite: "kế hoạch 131", "131 kh tu".
    pub(super) fn cited_words(&self, question: &Question) -> Option<Vec<String>> {
        let words: Vec<&str> = question.words.iter().map(|word| word.folded.as_str()).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !crate::text::is_joint(word)).collect();
        let at = words.iter().position(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
        let (before, after) = (&words[..at], &words[at + 1..]);
        let register = self.register();
        let kind = register.symbols().kinds_of_word(&before.join(" ")).next().filter(|_| !before.is_empty());
        let abbr = kind.map(|kind| slug(&kind.abbr)).unwrap_or_default();
        let before = if kind.is_some() { &[] } else { before };
        let said = || before.iter().chain(after).copied().chain(Some(abbr.as_str()).filter(|abbr| !abbr.is_empty()));
        said().next()?;
        let bare = words[at].trim_start_matches('0');
        let mut ids = Ids::default();
        for serial in [words[at], bare, &format!("0{bare}")] {
            for id in self.told(self.store.cited_under(serial)) {
                let parts = || id.split(['-', '.']).skip(1);
                if said().all(|word| parts().any(|part| part == word)) {
                    ids.push(without_place(&id));
                }
            }
        }
        ids.found()
    }

    /// The same, for letters and digits that were typed together: "TT33/2021".
    pub(super) fn typed_together(&self, question: &Question) -> Option<Vec<String>> {
        question.set_apart().iter().find_map(|question| self.bearing_words(question))
    }

    /// Serial number and year and nothing else, "43/2019": what bears both in its number, else what was issued then.
    pub(super) fn of_year(&self, question: &Question) -> Option<Vec<String>> {
        let [serial, year] = &question.words[..] else { return None };
        let year: i16 = year.folded.parse().ok().filter(|year| (1945..=2100).contains(year))?;
        let serial: u32 = serial.folded.parse().ok()?;
        let serial = format!("{serial:02}");
        let register = self.register();
        let ids = |fits: &dyn Fn(&Instrument, Option<i16>) -> bool| {
            let mut ids = Ids::default();
            for one in register.by_serial_of(&serial, year) {
                if fits(one, one.number.as_ref().and_then(Number::year)) {
                    ids.push(one.id().to_string());
                }
            }
            ids.found()
        };
        ids(&|_, borne| borne == Some(year))
            .or_else(|| ids(&|one, borne| borne.is_none() && one.issued.is_some_and(|issued| issued.year() == year)))
    }

    pub(super) fn bearing_words(&self, question: &Question) -> Option<Vec<String>> {
        let mut ids = Ids::default();
        for found in self.told(self.store.called(question, BEARING)) {
            let id = found.instrument.unwrap_or(found.id);
            let number = self.number_of(&id);
            // "66.19" is two words.
            let said = |part: &str| question.words.iter().any(|word| word.folded.trim_start_matches('0') == part);
            let serial = number.as_ref().map(|number| number.serial().trim_start_matches('0'));
            if serial.is_some_and(|serial| serial.split('.').all(said)) {
                ids.push(id);
            }
        }
        ids.found()
    }

    /// The number of an instrument of the register or of a document.
    fn number_of(&self, id: &str) -> Option<Number> {
        match self.facts(id) {
            Some(facts) => facts.number,
            None => {
                let identity = self.identity(id);
                let documents = self.told(self.store.documents_being(&identity.base, identity.place()));
                documents.first().and_then(|document| document.header().number)
            }
        }
    }

    pub(super) fn is_known(&self, id: &str) -> bool {
        let base = id.split('.').next().unwrap_or(id);
        self.facts(id).is_some() || self.related(base).is_some() || self.told(self.store.knows(base))
    }
}

/// A number alone does not say of which place it is: the places are told apart when the instrument is shown.
fn without_place(id: &str) -> String {
    id.split('.').next().unwrap_or(id).to_owned()
}
