//! How often each instrument is cited, counted over columns: no entry is loaded and no graph is built, so that a library
//! of a million documents can be asked.

use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, SegmentOrdinal, SegmentReader};

use super::entry::EdgeEntry;
use super::error::IndexError;
use super::gather::Counts;
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
        let mut all: Vec<CitationCount> = self.counted(&days)?.into_values().collect();
        all.sort_by_key(|tally| (Reverse(tally.citations), tally.address));
        Ok(all)
    }

    /// How often every instrument is cited. One pass over the citations, made when it is first asked for.
    pub(super) fn all_cited(&self) -> Result<Counts, IndexError> {
        if let Some(counts) = self.cited.get() {
            return Ok(Arc::clone(counts));
        }
        let counts = self.counted(&(0..=u64::MAX))?;
        let counts: Counts = Arc::new(counts.into_iter().map(|(number, count)| (number, count.citations)).collect());
        Ok(Arc::clone(self.cited.get_or_init(|| counts)))
    }

    /// The same by `target_no`, the parts of the index side by side.
    fn counted(&self, days: &RangeInclusive<u64>) -> Result<FxHashMap<u64, CitationCount>, IndexError> {
        let parts = (0_u32..).zip(self.searcher.segment_readers());
        let parts =
            self.searcher.index().search_executor().map(|(ord, part)| self.counted_in(ord, part, days), parts)?;
        let mut sums: FxHashMap<u64, CitationCount> = FxHashMap::default();
        for (number, count) in parts.into_iter().flatten() {
            let sum = sums.entry(number).or_insert(CitationCount { citations: 0, ..count });
            sum.citations += count.citations;
        }
        Ok(sums)
    }

    fn counted_in(
        &self,
        ord: SegmentOrdinal,
        part: &SegmentReader,
        days: &RangeInclusive<u64>,
    ) -> tantivy::Result<FxHashMap<u64, CitationCount>> {
        let mut of: FxHashMap<u64, CitationCount> = FxHashMap::default();
        // A part of register rows alone has no citations.
        let Some(target) = self.columns.texts(ord, part, "target")? else { return Ok(of) };
        let [day, number] = ["day", "target_no"].map(|name| self.columns.numbers(ord, part, name));
        let (day, number) = (day?, number?);
        for doc in part.doc_ids_alive() {
            let resolved = target.term_ords(doc).next().is_some();
            let Some(number) = number.first(doc).filter(|_| resolved) else { continue };
            if days.contains(&day.first(doc).unwrap_or(0)) {
                let address = DocAddress::new(ord, doc);
                of.entry(number).or_insert(CitationCount { address, citations: 0 }).citations += 1;
            }
        }
        Ok(of)
    }

    /// The id, place included, of the instrument whose citations were counted.
    pub fn instrument_counted(&self, count: &CitationCount) -> Result<Option<String>, IndexError> {
        self.identity(count.address)
    }

    /// One of the citations that were counted.
    pub fn citation_counted(&self, count: &CitationCount) -> Result<EdgeEntry, IndexError> {
        self.record(count.address)
    }
}
