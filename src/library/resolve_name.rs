//! From what a person types to the ids that it names: a number in any spelling, an id, an alias, a law's name, a
//! file of the library, or a citation pasted whole.

use std::path::Path;

use super::identity::{Identity, facts_of, identities, parts, related_only};
use super::instrument::is_registered;
use super::search::{Question, designated, similar_names, times_cited};
use super::{LibraryError, today};
use crate::cite::{self, MentionKind};
use crate::law::{Instrument, Key, Number};
use crate::read::Document;
use crate::register::Register;
use crate::store::{DocumentKey, Store};
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

/// What a text means that is to name one instrument or document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// This one. Where `others` have the same number, it alone has a row in the register.
    One { id: String, others: Vec<String> },
    /// Any of these ids.
    Several(Vec<String>),
    /// Nothing that is known. What has a similar name: number or title, and id.
    Nothing { near: Vec<(String, String)> },
}

/// The one instrument or document that `text` names.
///
/// # Errors
/// The store cannot be read.
pub fn resolve_name(store: &Store, register: &Register, text: &str) -> Result<Resolution, LibraryError> {
    let mut ids = ids_named(store, register, text)?;
    if ids.is_empty() {
        return Ok(Resolution::Nothing { near: similar_names(store, register, text)? });
    }
    // A number that citations leave undated may also be the one dated instrument of the register.
    let mut known = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        if ids.len() == 1 || is_registered(store, register, id)? {
            known.push(at);
        }
    }
    if let [at] = known[..] {
        return Ok(Resolution::One { id: ids.remove(at), others: ids });
    }
    let times = times_cited(store, register, &ids.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut counted: Vec<(usize, String)> = times.into_iter().zip(ids).collect();
    counted.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    Ok(Resolution::Several(counted.into_iter().map(|(_, id)| id).collect()))
}

/// The ids that `text` may name, those of the register first; none where it names nothing that is known.
/// Several where several instruments have the number.
///
/// # Errors
/// The store cannot be read.
pub fn ids_named(store: &Store, register: &Register, text: &str) -> Result<Vec<String>, LibraryError> {
    let text = text.trim();
    if let Some(ids) = named(store, register, text)? {
        return Ok(ids);
    }
    if let Some((ids, _)) = cited_in(store, register, text)? {
        return Ok(ids);
    }
    Ok(by_loose_words(store, register, text)?.unwrap_or_default())
}

/// The ids that were found, if any.
type Found = Result<Option<Vec<String>>, LibraryError>;

/// What `text` names outright.
pub(in crate::library) fn named(store: &Store, register: &Register, text: &str) -> Found {
    if text.is_empty() {
        return Ok(None);
    }
    for find in [by_id, by_number, by_alias, by_name, by_path] {
        if let Some(ids) = find(store, register, text)? {
            return Ok(Some(ids));
        }
    }
    Ok(None)
}

fn by_id(store: &Store, register: &Register, text: &str) -> Found {
    let id_like = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if !text.chars().all(id_like) {
        return Ok(None);
    }
    let base = &parts(text).0;
    let known = register.by_id(text).is_some()
        || related_only(register, base).is_some()
        || store.knows(base)?
        || store.document(text)?.is_some();
    if known {
        return Ok(Some(vec![text.to_owned()]));
    }
    // The slug of a number that needs its date as well.
    let mut ids = Ids::default();
    for row in register.by_any_id(text) {
        ids.push(row.id().to_string());
    }
    Ok(ids.found())
}

fn by_number(store: &Store, register: &Register, text: &str) -> Found {
    let Some(key) = Key::parse(text) else { return Ok(None) };
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
    for id in store.bearing(&number)? {
        let id = without_place(&id);
        if wanted.date().is_none() || wanted.id() == id.as_str() {
            ids.push(id);
        }
    }
    if related_only(register, wanted.id().as_str()).is_some() {
        ids.push(wanted.id().to_string());
    }
    Ok(ids.found())
}

fn by_alias(_: &Store, register: &Register, text: &str) -> Found {
    let mut ids = Ids::default();
    for key in register.alias(text) {
        ids.push(register.lookup(key, None).map_or_else(|| key.id(), Instrument::id).to_string());
    }
    Ok(ids.found())
}

/// "Luật Giáo dục", "luat giao duc 2019", "Luật Giáo dục năm 2019"; without a year, the one of today.
fn by_name(_: &Store, register: &Register, text: &str) -> Found {
    let Some((name, end)) = register.names().longest_at(text) else { return Ok(None) };
    let rest = crate::text::folded_words(&text[end..]);
    let instruments = register.instruments();
    Ok(match rest.iter().map(String::as_str).filter(|word| *word != "nam").collect::<Vec<_>>()[..] {
        [] => match name.on(today(), instruments) {
            Some(instrument) => Some(vec![instrument.id().to_string()]),
            None => Some(name.borne(instruments).map(|one| one.id().to_string()).collect()),
        },
        [year] => {
            let Ok(year) = year.parse::<i16>() else { return Ok(None) };
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
    })
}

fn by_path(store: &Store, _: &Register, text: &str) -> Found {
    let Ok(path) = Path::new(text).canonicalize() else { return Ok(None) };
    let found = store.read_documents(&[DocumentKey::Path(&path.to_string_lossy())])?;
    Ok(found.into_iter().flatten().next().map(|entry| vec![entry.id]))
}

/// The ids that a query names, and the folded words beside them.
type NamedAndBeside = (Vec<String>, Vec<String>);

/// Citations as documents write them: "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo", and
/// the words beside them, folded, without those that only join.
pub(in crate::library) fn cited_in(
    store: &Store,
    register: &Register,
    text: &str,
) -> Result<Option<NamedAndBeside>, LibraryError> {
    let document = Document::from_text("", text);
    let reading = cite::read(&document, register);
    let mut ids = Ids::default();
    let mut rest = document.text.as_str().to_owned();
    let mut said: Vec<std::ops::Range<usize>> = Vec::new();
    for citation in reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own) {
        let Some(id) = citation.id() else { continue };
        if is_known(store, register, id.as_str())? {
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
    if register.symbols().kinds_of_word(&beside.join(" ")).next().is_some() {
        beside.clear();
    }
    Ok(ids.found().map(|ids| (ids, beside)))
}

/// Words of a number in any order and without signs: "tt 33 2021", "nghị định 30 năm 2020".
fn by_loose_words(store: &Store, register: &Register, text: &str) -> Found {
    let Some(question) = Question::new(text) else { return Ok(None) };
    if let Some(ids) = with_words(store, register, &question)? {
        return Ok(Some(ids));
    }
    if let Some(ids) = typed_together(store, register, &question)? {
        return Ok(Some(ids));
    }
    only_cited(store, register, &question)
}

/// The same, for what documents cite and neither the register nor a document has: "kế hoạch 131", "131 kh tu".
pub(in crate::library) fn only_cited(store: &Store, register: &Register, question: &Question) -> Found {
    let words: Vec<&str> = question.words.iter().map(|word| word.folded.as_str()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !crate::text::is_joint(word)).collect();
    let Some(at) = words.iter().position(|word| word.bytes().all(|byte| byte.is_ascii_digit())) else {
        return Ok(None);
    };
    let (before, after) = (&words[..at], &words[at + 1..]);
    let kind = register.symbols().kinds_of_word(&before.join(" ")).next().filter(|_| !before.is_empty());
    let abbr = kind.map(|kind| slug(&kind.abbr)).unwrap_or_default();
    let before = if kind.is_some() { &[] } else { before };
    let said = || before.iter().chain(after).copied().chain(Some(abbr.as_str()).filter(|abbr| !abbr.is_empty()));
    if said().next().is_none() {
        return Ok(None);
    }
    let bare = words[at].trim_start_matches('0');
    let mut ids = Ids::default();
    for serial in [words[at], bare, &format!("0{bare}")] {
        for id in store.cited_under(serial)? {
            let parts = || id.split(['-', '.']).skip(1);
            if said().all(|word| parts().any(|part| part == word)) {
                ids.push(without_place(&id));
            }
        }
    }
    Ok(ids.found())
}

/// The same, for letters and digits that were typed together: "TT33/2021".
pub(in crate::library) fn typed_together(store: &Store, register: &Register, question: &Question) -> Found {
    for apart in question.set_apart() {
        if let Some(ids) = with_words(store, register, &apart)? {
            return Ok(Some(ids));
        }
    }
    Ok(None)
}

/// Serial number and year and nothing else, "43/2019": what has both in its number, else what was issued then.
pub(in crate::library) fn of_year(register: &Register, question: &Question) -> Option<Vec<String>> {
    let [serial, year] = &question.words[..] else { return None };
    let year: i16 = year.folded.parse().ok().filter(|year| (1945..=2100).contains(year))?;
    let serial: u32 = serial.folded.parse().ok()?;
    let serial = format!("{serial:02}");
    let ids = |fits: &dyn Fn(&Instrument, Option<i16>) -> bool| {
        let mut ids = Ids::default();
        for one in register.by_serial_of(&serial, year) {
            if fits(one, one.number.as_ref().and_then(Number::year)) {
                ids.push(one.id().to_string());
            }
        }
        ids.found()
    };
    ids(&|_, written| written == Some(year))
        .or_else(|| ids(&|one, written| written.is_none() && one.issued.is_some_and(|issued| issued.year() == year)))
}

/// What has all words of a number in its own.
pub(in crate::library) fn with_words(store: &Store, register: &Register, question: &Question) -> Found {
    let mut ids = Ids::default();
    let found = designated(store, question, BEARING)?;
    let found: Vec<String> = found.into_iter().map(|hit| hit.instrument.unwrap_or(hit.id)).collect();
    for (number, id) in numbers_of(store, register, &found)?.into_iter().zip(found) {
        // "66.19" is two words.
        let said = |part: &str| question.words.iter().any(|word| word.folded.trim_start_matches('0') == part);
        let serial = number.as_ref().map(|number| number.serial().trim_start_matches('0'));
        if serial.is_some_and(|serial| serial.split('.').all(said)) {
            ids.push(id);
        }
    }
    Ok(ids.found())
}

/// The number of each instrument of the register or of a document.
fn numbers_of(store: &Store, register: &Register, ids: &[String]) -> Result<Vec<Option<Number>>, LibraryError> {
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rows = facts_of(store, register, &names)?;
    let without_row: Vec<&str> = names.iter().zip(&rows).filter(|(_, row)| row.is_none()).map(|(id, _)| *id).collect();
    let identities = identities(store, register, &without_row)?;
    let mut documents = store.documents_of(&identities.iter().map(Identity::selector).collect::<Vec<_>>())?.into_iter();
    let number = |row: Option<Instrument>| match row {
        Some(row) => row.number,
        None => documents.next()?.first().and_then(|document| document.header().number),
    };
    Ok(rows.into_iter().map(number).collect())
}

/// Whether the register, a relation of it or a document knows the instrument.
fn is_known(store: &Store, register: &Register, id: &str) -> Result<bool, LibraryError> {
    let base = &parts(id).0;
    Ok(is_registered(store, register, id)? || related_only(register, base).is_some() || store.knows(base)?)
}

/// A number alone does not say of which place it is: the places are told apart when the instrument is shown.
fn without_place(id: &str) -> String {
    parts(id).0
}
