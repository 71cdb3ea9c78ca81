//! How often each instrument is cited, counted over columns: no entry is loaded and no graph is built, so that a library
//! of a million documents can be asked.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use super::entry::EdgeEntry;
use super::error::IndexError;
use super::store::Store;

/// An instrument and how often it is cited.
#[derive(Debug, Clone, Copy)]
pub struct CitationCount {
    /// One of the citations.
    address: DocAddress,
    pub citations: usize,
}

impl Store {
    /// Every instrument that documents of these days cite, the most cited first. Days are YYYYMMDD, 0 that of an undated
    /// document.
    pub fn tallies(&self, days: RangeInclusive<u64>) -> Result<Vec<CitationCount>, IndexError> {
        let mut of: FxHashMap<u64, CitationCount> = FxHashMap::default();
        for (segment_ord, segment) in (0_u32..).zip(self.searcher.segment_readers()) {
            // A segment of register rows alone has no citations.
            let Some(target) = self.texts(segment_ord, "target")? else { continue };
            let (day, number) = (self.numbers(segment_ord, "day")?, self.numbers(segment_ord, "target_no")?);
            for doc in segment.doc_ids_alive() {
                let resolved = target.term_ords(doc).next().is_some();
                let Some(number) = number.first(doc).filter(|_| resolved) else { continue };
                if days.contains(&day.first(doc).unwrap_or(0)) {
                    let address = DocAddress::new(segment_ord, doc);
                    of.entry(number).or_insert(CitationCount { address, citations: 0 }).citations += 1;
                }
            }
        }
        let mut all: Vec<CitationCount> = of.into_values().collect();
        all.sort_by_key(|tally| (Reverse(tally.citations), tally.address));
        Ok(all)
    }

    /// One of the citations that were counted.
    pub fn tallied(&self, tally: &CitationCount) -> Result<EdgeEntry, IndexError> {
        self.record(tally.address)
    }
}
