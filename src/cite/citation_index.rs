//! The full citations of one document, found again by number: built once, so that resolving a document takes time in
//! proportion to its length however often it repeats itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Citation;
use crate::law::{Date, Number};
use crate::read::{Document, Part};

/// Places are those of `ResolvedDocument::citations`.
#[derive(Debug, Default)]
pub(super) struct CitationIndex {
    by_number: FxHashMap<String, SameNumber>,
    by_serial: FxHashMap<String, Vec<usize>>,
}

/// The citations that write one number.
#[derive(Debug, Default)]
struct SameNumber {
    /// Those that state a date, in text order.
    dated: Vec<usize>,
    /// Each date stated, and how often.
    dates: Vec<(Date, usize)>,
}

impl CitationIndex {
    pub fn of(document: &Document, citations: &[Citation]) -> CitationIndex {
        let mut seen = CitationIndex::default();
        let mut distinct: FxHashSet<(String, Option<Date>, Option<&str>, Part)> = FxHashSet::default();
        for (at, citation) in citations.iter().enumerate() {
            let Some(number) = &citation.mention.number else { continue };
            let folded = number.folded();
            let same = seen.by_number.entry(folded.clone()).or_default();
            if let Some(date) = citation.date {
                same.dated.push(at);
                match same.dates.iter_mut().find(|(known, _)| *known == date) {
                    Some((_, times)) => *times += 1,
                    None => same.dates.push((date, 1)),
                }
            }
            let part = document.part_at(citation.mention.range.start);
            if distinct.insert((folded, citation.date, citation.mention.type_word.as_deref(), part)) {
                seen.by_serial.entry(number.serial().to_owned()).or_default().push(at);
            }
        }
        seen
    }

    /// The nearest citation of the number that states a date: before `at`, else after it.
    pub fn dated_near(&self, number: &Number, at: usize) -> Option<usize> {
        let dated = &self.by_number.get(&number.folded())?.dated;
        let split = dated.partition_point(|other| *other < at);
        split.checked_sub(1).map(|before| dated[before]).or_else(|| dated.get(split).copied())
    }

    /// The one other date that the document gives the number, if it does so at least twice while `stated` stands
    /// there once.
    pub fn repeated_date(&self, number: &Number, stated: Date) -> Option<Date> {
        let same = self.by_number.get(&number.folded())?;
        match same.dates.as_slice() {
            [(one, many), (other, 1)] if *many >= 2 && *other == stated => Some(*one),
            [(other, 1), (one, many)] if *many >= 2 && *other == stated => Some(*one),
            _ => None,
        }
    }

    /// The citations with a serial number, one of each number, date, type word and part of the document: the first.
    pub fn with_serial(&self, serial: &str) -> &[usize] {
        self.by_serial.get(serial).map_or(&[], Vec::as_slice)
    }
}
