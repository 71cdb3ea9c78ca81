//! Resolves short forms: to the citation they were defined beside, to the only one of their kind and number in the
//! document, or to an alias of the register.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::citation_index::CitationIndex;
use super::{Citation, MentionKind};
use crate::law::{Instrument, Key, Number};
use crate::read::{Document, Part};
use crate::register::{Register, SymbolParts};

/// What decisions approve, and what is then cited by the decision's number.
const APPROVED: [&str; 5] = ["Đề án", "Dự án", "Chương trình", "Chiến lược", "Quy hoạch"];

/// The most candidates that a citation names; a reader cannot choose among more.
const MOST_CANDIDATES: usize = 16;

/// How many citations back a bracket may define a short form.
const NEAR: usize = 3;

/// Resolves the short forms of a document whose full citations are resolved.
pub(super) fn resolve(document: &Document, register: &Register, index: &CitationIndex, citations: &mut [Citation]) {
    let mut shorts = Shorts { document, register, index, defined: FxHashMap::default(), fitting: FxHashMap::default() };
    for at in 0..citations.len() {
        if citations[at].mention.kind == MentionKind::Short {
            shorts.resolve(at, citations);
        }
    }
}

struct Shorts<'r> {
    document: &'r Document,
    register: &'r Register,
    index: &'r CitationIndex,
    /// Short forms that a bracket right after a citation defined: type word, serial number and year, if it has one, to
    /// the citation.
    defined: FxHashMap<(String, String, Option<i16>), usize>,
    /// What was found for short forms so far: many documents repeat one a hundred times.
    fitting: FxHashMap<ShortFormKey, Rc<Fitting>>,
}

/// What decides which full citations a short form may repeat: type word, serial number, year, and the part of the
/// document it is in.
type ShortFormKey = (String, String, Option<i16>, Part);

/// The full citations that a short form may repeat.
#[derive(Debug)]
struct Fitting {
    /// In text order.
    places: Vec<usize>,
    /// The different instruments they mean.
    targets: Vec<Key>,
}

impl Shorts<'_> {
    fn resolve(&mut self, at: usize, citations: &mut [Citation]) {
        let mention = &citations[at].mention;
        let (Some(word), Some(serial)) = (mention.type_word.clone(), mention.serial.clone()) else { return };
        if self.resolve_as(at, &word, &serial, citations) {
            return;
        }
        // "Đề án 13731": a footnote digit was glued to the number. It is cut if the rest means something.
        for cut in 1..=2 {
            let Some(shorter) = serial.len().checked_sub(cut).filter(|len| *len >= 2).map(|len| &serial[..len]) else {
                return;
            };
            let before = citations[at].clone();
            citations[at].mention.serial = Some(shorter.to_owned());
            citations[at].mention.range.end -= cut;
            if self.resolve_as(at, &word, shorter, citations) && citations[at].target.is_some() {
                return;
            }
            citations[at] = before;
        }
    }

    /// Resolves the short form with this kind and serial number; `true` if anything fits, and the citation then has its
    /// target or its candidates.
    fn resolve_as(&mut self, at: usize, word: &str, serial: &str, citations: &mut [Citation]) -> bool {
        self.by_antecedent(at, word, serial, citations) || self.by_alias(at, word, serial, citations)
    }

    /// The citation before it that the short form repeats; one after it only if the document has no other.
    fn by_antecedent(&mut self, at: usize, word: &str, serial: &str, citations: &mut [Citation]) -> bool {
        let year = citations[at].mention.year;
        let near = (at.saturating_sub(NEAR)..at).rev().find(|other| {
            let number = citations[*other].mention.number.as_ref();
            number.is_some_and(|number| number.serial() == serial) && self.fits(&citations[*other], word, year)
        });
        let name = (word.to_owned(), serial.to_owned(), year);
        if let Some(one) = near.filter(|one| self.defines(&citations[*one], &citations[at])) {
            self.defined.insert(name.clone(), one);
        }
        let fitting = self.fitting(at, word, serial, citations);
        let places = &fitting.places;
        let chosen = match (self.defined.get(&name), fitting.targets.len()) {
            (Some(one), _) => Some(*one),
            (None, 1) => {
                let after = places.partition_point(|place| *place < at);
                Some(places[after.saturating_sub(1)])
            }
            (None, 0) => return false,
            (None, _) => None,
        };
        match chosen {
            Some(one) => {
                let (target, locality) = (citations[one].target.clone(), citations[one].locality.clone());
                let citation = &mut citations[at];
                citation.target = target;
                citation.locality = citation.locality.take().or(locality);
                citation.antecedent = Some(one);
            }
            None => citations[at].candidates = fitting.targets.iter().take(MOST_CANDIDATES).cloned().collect(),
        }
        true
    }

    /// The full citations that `word` and `serial` at `at` may repeat. If they mean several instruments, only those in
    /// the same part of the document count: a footnote explains itself.
    fn fitting(&mut self, at: usize, word: &str, serial: &str, citations: &[Citation]) -> Rc<Fitting> {
        let part = |place: usize| self.document.part_at(citations[place].mention.range.start);
        let year = citations[at].mention.year;
        let wanted = (word.to_owned(), serial.to_owned(), year, part(at));
        if let Some(known) = self.fitting.get(&wanted) {
            return Rc::clone(known);
        }
        let all = self.index.with_serial(serial).iter().copied();
        let places: Vec<usize> = all.filter(|other| self.fits(&citations[*other], word, year)).collect();
        let mut found = Fitting { targets: targets(&places, citations), places };
        if found.targets.len() > 1 {
            let here: Vec<usize> = found.places.iter().copied().filter(|place| part(*place) == wanted.3).collect();
            if !here.is_empty() {
                found = Fitting { targets: targets(&here, citations), places: here };
            }
        }
        let found = Rc::new(found);
        self.fitting.insert(wanted, Rc::clone(&found));
        found
    }

    /// Whether a full citation is of the kind and year that a short form names.
    fn fits(&self, full: &Citation, word: &str, year: Option<i16>) -> bool {
        let same_year = year.is_none() || full.target.as_ref().is_some_and(|key| year_of(key) == year);
        same_year && self.is_of_kind(full, word)
    }

    /// Whether `word` names the kind of a full citation: by its own type word, or by its symbol.
    fn is_of_kind(&self, citation: &Citation, word: &str) -> bool {
        if citation.mention.type_word.as_deref() == Some(word) {
            return true;
        }
        let Some(number) = &citation.mention.number else { return false };
        let kinds = SymbolParts::of(number, self.register.symbols()).kinds;
        // "Thông tư 93" of a joint circular; "Đề án 99" of the decision that approved the scheme.
        kinds.iter().any(|kind| {
            kind.name == word
                || kind.name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
                || (kind.name == "Quyết định" && APPROVED.contains(&word) && number.serial().len() >= 3)
        })
    }

    /// "… của Bộ GDĐT (Thông tư số 33)": the short form is in brackets in the clause of the full one.
    fn defines(&self, full: &Citation, short: &Citation) -> bool {
        let text = self.document.text.as_str();
        let Some(between) = text.get(full.mention.range.end..short.mention.range.start) else { return false };
        let tail = between.trim_end();
        let bracket = tail.rfind('(').is_some_and(|open| !tail[open..].contains(')'));
        bracket && between.len() < 500 && !between.contains("\n\n")
    }

    fn by_alias(&self, at: usize, word: &str, serial: &str, citations: &mut [Citation]) -> bool {
        let bare = serial.trim_start_matches('0');
        let year = citations[at].mention.year;
        let mut keys: Vec<&Key> = Vec::new();
        for number in [serial, bare] {
            let name = year.map_or_else(|| format!("{word} {number}"), |year| format!("{word} {number}/{year}"));
            keys.extend(self.register.alias(&name));
        }
        keys.dedup();
        let mut found: Vec<Key> = keys.into_iter().cloned().collect();
        if let Some(year) = year.filter(|_| found.is_empty()) {
            found = self
                .register
                .by_serial_of(serial, year)
                .filter(|one| one.kind == word && one.number.as_ref().and_then(Number::year) == Some(year))
                .filter_map(Instrument::key)
                .collect();
        }
        let citation = &mut citations[at];
        match found.as_slice() {
            [] => return false,
            [one] => citation.target = Some(one.clone()),
            _ => citation.candidates = found,
        }
        true
    }
}

/// The different instruments that some citations mean.
fn targets(places: &[usize], citations: &[Citation]) -> Vec<Key> {
    let mut seen: FxHashSet<&Key> = FxHashSet::default();
    let all = places.iter().filter_map(|place| citations[*place].target.as_ref());
    all.filter(|key| seen.insert(key)).cloned().collect()
}

fn year_of(key: &Key) -> Option<i16> {
    key.number.year().or(key.date().map(|date| date.year()))
}
