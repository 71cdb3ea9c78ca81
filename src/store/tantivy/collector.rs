//! One pass over everything that a query matches: the best of it in the order asked for, how much there is, and how
//! much of each sort.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::Columns;
use crate::law::{Force, force_on};
use crate::store::plan::Order;

/// What is counted of all hits, each value with how many bear it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    pub kinds: BTreeMap<String, usize>,
    pub issuers: BTreeMap<String, usize>,
    pub places: BTreeMap<String, usize>,
    pub years: BTreeMap<i16, usize>,
    pub forces: HashMap<Force, usize>,
    pub documents: usize,
    pub instruments: usize,
}

/// Forces that the texts of the library tell of some instruments, by `own_no`.
pub type ForceOverrides = Arc<HashMap<u64, Force>>;

/// How often each instrument is cited, by `own_no`.
pub type CitationCounts = Arc<FxHashMap<u64, usize>>;

pub(super) struct HitCollector {
    pub columns: Arc<Columns>,
    pub limit: usize,
    pub order: Order,
    pub tally: bool,
    /// Only hits of one of these; `None`: of any.
    pub forces: Option<Vec<Force>>,
    /// Hits of these are left out.
    pub not_forces: Vec<Force>,
    /// YYYYMMDD.
    pub today: u64,
    pub told: ForceOverrides,
    pub counts: CitationCounts,
}

/// What sorts a hit: its place in the order asked for, then its score.
type Rank = (u64, u32);

#[derive(Default)]
pub(super) struct Gathered {
    pub total: usize,
    /// The best first.
    pub top: Vec<(Score, DocAddress)>,
    ranks: Vec<Rank>,
    pub tally: FacetCounts,
}

impl Collector for HitCollector {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let texts = |name| self.columns.texts(segment, reader, name).map(|column| column.cloned());
        let numbers = |name| self.columns.numbers(segment, reader, name).cloned();
        let strings = [texts("kind")?, texts("authority")?, texts("locality")?];
        let counts = strings.each_ref().map(|column| vec![0; column.as_ref().map_or(0, |column| column.num_terms())]);
        Ok(Segment {
            segment,
            limit: self.limit,
            order: self.order,
            tally: self.tally,
            forces: self.forces.clone(),
            not_forces: self.not_forces.clone(),
            needs_force: self.tally || self.forces.is_some() || !self.not_forces.is_empty(),
            today: self.today,
            told: Arc::clone(&self.told),
            cited: Arc::clone(&self.counts),
            strings,
            counts,
            years: HashMap::new(),
            by_force: HashMap::new(),
            document: texts("document")?,
            documents: 0,
            day: numbers("day")?,
            own: numbers("own_no")?,
            state: numbers("state")?,
            days: [numbers("commences")?, numbers("issued")?, numbers("ended")?, numbers("seen_on")?],
            heap: BinaryHeap::new(),
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut out = Gathered::default();
        let mut ranked: Vec<(Rank, Score, DocAddress)> = Vec::new();
        for segment in segments {
            let segment = segment?;
            out.total += segment.total;
            ranked.extend(segment.ranks.iter().zip(&segment.top).map(|(rank, (score, at))| (*rank, *score, *at)));
            let add = |sum: &mut BTreeMap<String, usize>, more: BTreeMap<String, usize>| {
                for (name, count) in more {
                    *sum.entry(name).or_default() += count;
                }
            };
            add(&mut out.tally.kinds, segment.tally.kinds);
            add(&mut out.tally.issuers, segment.tally.issuers);
            add(&mut out.tally.places, segment.tally.places);
            for (year, count) in segment.tally.years {
                *out.tally.years.entry(year).or_default() += count;
            }
            for (force, count) in segment.tally.forces {
                *out.tally.forces.entry(force).or_default() += count;
            }
            out.tally.documents += segment.tally.documents;
            out.tally.instruments += segment.tally.instruments;
        }
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        ranked.truncate(self.limit);
        out.top = ranked.into_iter().map(|(_, score, at)| (score, at)).collect();
        Ok(out)
    }
}

pub(super) struct Segment {
    segment: SegmentOrdinal,
    limit: usize,
    order: Order,
    tally: bool,
    forces: Option<Vec<Force>>,
    not_forces: Vec<Force>,
    needs_force: bool,
    today: u64,
    told: ForceOverrides,
    cited: CitationCounts,
    /// Kind, issuer, place.
    strings: [Option<StrColumn>; 3],
    counts: [Vec<usize>; 3],
    years: HashMap<i16, usize>,
    by_force: HashMap<Force, usize>,
    document: Option<StrColumn>,
    documents: usize,
    day: Column,
    own: Column,
    state: Column,
    /// Commencement, issue, end, evidence.
    days: [Column; 4],
    /// The worst on top.
    heap: BinaryHeap<Reverse<(Rank, Reverse<DocId>)>>,
    total: usize,
}

impl Segment {
    fn force(&self, doc: DocId) -> Force {
        if let Some(told) = self.own.first(doc).and_then(|own| self.told.get(&own)) {
            return *told;
        }
        let state = self.state.first(doc).unwrap_or(0) as usize;
        let Some(state) = state.checked_sub(1).and_then(|at| Force::ALL.get(at)) else { return Force::Unknown };
        let [commences, issued, ended, seen] =
            self.days.each_ref().map(|column| column.first(doc).filter(|day| *day > 0));
        force_on(*state, commences.is_some(), commences.or(issued), ended, seen, self.today)
    }

    fn rank(&self, doc: DocId, score: Score) -> Rank {
        let bits = score.max(0.0).to_bits();
        let first = match self.order {
            Order::Relevance => 0,
            Order::Date => self.day.first(doc).unwrap_or(0),
            Order::Cited => self.own.first(doc).and_then(|own| self.cited.get(&own)).copied().unwrap_or(0) as u64,
        };
        (first, bits)
    }

    fn count(&mut self, doc: DocId, force: Force) {
        for (column, counts) in self.strings.iter().zip(&mut self.counts) {
            if let Some(column) = column {
                for ord in column.term_ords(doc) {
                    counts[ord as usize] += 1;
                }
            }
        }
        let year = (self.day.first(doc).unwrap_or(0) / 10_000) as i16;
        if year > 0 {
            *self.years.entry(year).or_default() += 1;
        }
        *self.by_force.entry(force).or_default() += 1;
        let is_document = self.document.as_ref().is_some_and(|column| column.term_ords(doc).next().is_some());
        self.documents += usize::from(is_document);
    }
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.needs_force {
            let force = self.force(doc);
            if self.forces.as_ref().is_some_and(|wanted| !wanted.contains(&force)) || self.not_forces.contains(&force) {
                return;
            }
            if self.tally {
                self.count(doc, force);
            }
        }
        self.total += 1;
        let one = (self.rank(doc, score), Reverse(doc));
        if self.heap.len() < self.limit {
            self.heap.push(Reverse(one));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < one
        {
            *worst = Reverse(one);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        let mut out = Gathered { total: self.total, ..Gathered::default() };
        for Reverse((rank, Reverse(doc))) in self.heap.into_sorted_vec() {
            out.ranks.push(rank);
            out.top.push((Score::from_bits(rank.1), DocAddress::new(self.segment, doc)));
        }
        if self.tally {
            let mut named: [BTreeMap<String, usize>; 3] = Default::default();
            for ((column, counts), named) in self.strings.iter().zip(&self.counts).zip(&mut named) {
                let Some(column) = column else { continue };
                for (ord, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                    let mut name = String::new();
                    if column.ord_to_str(ord as u64, &mut name)? {
                        named.insert(name, *count);
                    }
                }
            }
            let [kinds, issuers, places] = named;
            let instruments = self.total - self.documents;
            let (years, forces) = (self.years.into_iter().collect(), self.by_force);
            out.tally = FacetCounts { kinds, issuers, places, years, forces, documents: self.documents, instruments };
        }
        Ok(out)
    }
}

/// Everything that a query matches, in the order of the index.
pub(super) struct InOrder;

impl Collector for InOrder {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentInOrder;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentInOrder> {
        Ok(SegmentInOrder { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = segments.concat();
        found.sort_unstable();
        Ok(found)
    }
}

pub(super) struct SegmentInOrder {
    segment: SegmentOrdinal,
    found: Vec<DocAddress>,
}

impl SegmentCollector for SegmentInOrder {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, doc));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}
