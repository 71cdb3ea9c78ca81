//! How often each instrument is cited, counted over columns: no entry is loaded and no graph is built, so that a library
//! of a million documents can be asked.

use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, SegmentOrdinal, SegmentReader};

use super::collector::CitationCounts;
use super::encode::{first_day, last_day, number_of};
use super::open::Store;
use crate::store::citation_query::{MostCited, Paging};
use crate::store::error::StoreError;
use crate::store::records::StoredCitation;

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
    pub fn tallies(&self, days: RangeInclusive<u64>) -> Result<Arc<[CitationCount]>, StoreError> {
        let ever = days == (0..=u64::MAX);
        if let Some(all) = self.tallies.get().filter(|_| ever) {
            return Ok(Arc::clone(all));
        }
        let mut all: Vec<(u64, CitationCount)> = self.counted(&days)?.into_iter().collect();
        all.sort_unstable_by_key(|(number, count)| (Reverse(count.citations), *number));
        let all: Arc<[CitationCount]> = all.into_iter().map(|(_, count)| count).collect();
        Ok(if ever { Arc::clone(self.tallies.get_or_init(|| all)) } else { all })
    }

    /// How often every instrument is cited, made when it is first asked for. Cited with its place and without, it is one
    /// instrument where no other place has one of its number.
    pub(super) fn all_cited(&self) -> Result<CitationCounts, StoreError> {
        if let Some(counts) = self.cited.get() {
            return Ok(Arc::clone(counts));
        }
        let mut places: FxHashMap<String, Vec<(String, usize)>> = FxHashMap::default();
        for tally in self.tallies(0..=u64::MAX)?.iter() {
            let id = self.identity(tally.address)?.unwrap_or_default();
            let base = id.split('.').next().unwrap_or(&id).to_owned();
            places.entry(base).or_default().push((id, tally.citations));
        }
        let mut counts = FxHashMap::default();
        for (base, ids) in places {
            let all = ids.iter().map(|(_, citations)| citations).sum();
            let alone = ids.iter().filter(|(id, _)| *id != base).count() == 1;
            for (id, citations) in &ids {
                counts.insert(number_of(id), if alone { all } else { *citations });
            }
            counts.insert(number_of(&base), all);
        }
        let counts: CitationCounts = Arc::new(counts);
        Ok(Arc::clone(self.cited.get_or_init(|| counts)))
    }

    /// How often every instrument is cited by documents of these days, by `target_no`; the parts of the index side by side.
    fn counted(&self, days: &RangeInclusive<u64>) -> Result<FxHashMap<u64, CitationCount>, StoreError> {
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

    /// The instruments that documents of these years (`None`: of any, and undated ones) cite most; a page of the list. Equal
    /// ones are in an order that their ids fix.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn most_cited(&self, years: Option<(i16, i16)>, page: Paging) -> Result<Vec<MostCited>, StoreError> {
        let days = years.map_or(0..=u64::MAX, |(first, last)| first_day(first)..=last_day(last));
        let counts = self.tallies(days)?;
        let page = counts.iter().skip(page.offset).take(page.limit);
        let read = |count: &CitationCount| {
            Ok(self.identity(count.address)?.map(|id| MostCited { id, citations: count.citations }))
        };
        page.filter_map(|count| read(count).transpose()).collect()
    }

    /// The id, place included, of the instrument whose citations were counted.
    pub fn instrument_counted(&self, count: &CitationCount) -> Result<Option<String>, StoreError> {
        self.identity(count.address)
    }

    /// One of the citations that were counted.
    pub fn citation_counted(&self, count: &CitationCount) -> Result<StoredCitation, StoreError> {
        self.record(count.address)
    }
}
