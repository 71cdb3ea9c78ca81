//! One pass over everything that a query matches: the best of it in the order asked for, how much there is, and how
//! much has each value of a facet.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::Columns;
use crate::law::{Force, force_on};
use crate::store::plan::{FacetCounts, Order};

/// Forces that come before those of the columns, by `own_no`.
pub(super) type EncodedOverrides = Arc<FxHashMap<u64, Force>>;

/// How often each instrument is cited, by `own_no`.
pub type CitationCounts = Arc<FxHashMap<u64, usize>>;

pub(super) struct HitCollector {
    pub columns: Arc<Columns>,
    pub limit: usize,
    pub order: Order,
    pub facets: bool,
    /// Only hits of one of these; `None`: of any.
    pub forces: Option<Vec<Force>>,
    /// Hits of these are left out.
    pub not_forces: Vec<Force>,
    /// The day as of which force is asked for: YYYYMMDD.
    pub as_of: u64,
    pub overrides: EncodedOverrides,
    pub counts: CitationCounts,
}

/// What sorts a hit: its value in the order asked for, then its score, then what its id fixes.
type Rank = (u64, u32, Reverse<u64>);

#[derive(Default)]
pub(super) struct Gathered {
    pub total: usize,
    /// The best first, with the number by which equal ones are ordered.
    pub top: Vec<(Score, u64, DocAddress)>,
    ranks: Vec<Rank>,
    pub facets: FacetCounts,
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
            facets: self.facets,
            forces: self.forces.clone(),
            not_forces: self.not_forces.clone(),
            needs_force: self.facets || self.forces.is_some() || !self.not_forces.is_empty(),
            as_of: self.as_of,
            overrides: Arc::clone(&self.overrides),
            cited: Arc::clone(&self.counts),
            strings,
            counts,
            years: HashMap::new(),
            by_force: HashMap::new(),
            document: texts("document")?,
            documents: 0,
            day: numbers("day")?,
            own: numbers("own_no")?,
            document_no: numbers("document_no")?,
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
        let mut ranked: Vec<(Rank, Score, u64, DocAddress)> = Vec::new();
        for segment in segments {
            let segment = segment?;
            out.total += segment.total;
            ranked.extend(
                segment.ranks.iter().zip(&segment.top).map(|(rank, (score, tie, at))| (*rank, *score, *tie, *at)),
            );
            let add = |sum: &mut BTreeMap<String, usize>, more: BTreeMap<String, usize>| {
                for (name, count) in more {
                    *sum.entry(name).or_default() += count;
                }
            };
            add(&mut out.facets.kinds, segment.facets.kinds);
            add(&mut out.facets.issuers, segment.facets.issuers);
            add(&mut out.facets.places, segment.facets.places);
            for (year, count) in segment.facets.years {
                *out.facets.years.entry(year).or_default() += count;
            }
            for (force, count) in segment.facets.forces {
                *out.facets.forces.entry(force).or_default() += count;
            }
            out.facets.documents += segment.facets.documents;
            out.facets.instruments += segment.facets.instruments;
        }
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.3.cmp(&b.3)));
        ranked.truncate(self.limit);
        out.top = ranked.into_iter().map(|(_, score, tie, at)| (score, tie, at)).collect();
        Ok(out)
    }
}

pub(super) struct Segment {
    segment: SegmentOrdinal,
    limit: usize,
    order: Order,
    facets: bool,
    forces: Option<Vec<Force>>,
    not_forces: Vec<Force>,
    needs_force: bool,
    as_of: u64,
    overrides: EncodedOverrides,
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
    document_no: Column,
    state: Column,
    /// Commencement, issue, end, evidence.
    days: [Column; 4],
    /// The worst on top.
    heap: BinaryHeap<Reverse<(Rank, Reverse<DocId>)>>,
    total: usize,
}

impl Segment {
    fn force(&self, doc: DocId) -> Force {
        if let Some(force) = self.own.first(doc).and_then(|own| self.overrides.get(&own)) {
            return *force;
        }
        let state = self.state.first(doc).unwrap_or(0) as usize;
        let Some(state) = state.checked_sub(1).and_then(|at| Force::ALL.get(at)) else { return Force::Unknown };
        let [commences, issued, ended, seen] =
            self.days.each_ref().map(|column| column.first(doc).filter(|day| *day > 0));
        force_on(*state, commences.is_some(), commences.or(issued), ended, seen, self.as_of)
    }

    /// The first two parts of what sorts a hit.
    fn rank(&self, doc: DocId, score: Score) -> (u64, u32) {
        let bits = score.max(0.0).to_bits();
        let first = match self.order {
            Order::Relevance => 0,
            Order::Date => self.day.first(doc).unwrap_or(0),
            Order::Cited => self.own.first(doc).and_then(|own| self.cited.get(&own)).copied().unwrap_or(0) as u64,
        };
        (first, bits)
    }

    /// The number that the id of a hit fixes.
    fn tie(&self, doc: DocId) -> u64 {
        self.document_no.first(doc).or_else(|| self.own.first(doc)).unwrap_or(0)
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
            if self.facets {
                self.count(doc, force);
            }
        }
        self.total += 1;
        let (first, bits) = self.rank(doc, score);
        let one = |tie| ((first, bits, Reverse(tie)), Reverse(doc));
        if self.heap.len() < self.limit {
            let tie = self.tie(doc);
            self.heap.push(Reverse(one(tie)));
            return;
        }
        // Most hits are worse than all that are kept, and what only orders equal ones is not read of them.
        if self.heap.peek().is_none_or(|Reverse(((worst, worst_bits, _), _))| (first, bits) < (*worst, *worst_bits)) {
            return;
        }
        let one = one(self.tie(doc));
        if let Some(mut worst) = self.heap.peek_mut()
            && worst.0 < one
        {
            *worst = Reverse(one);
        }
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        let mut out = Gathered { total: self.total, ..Gathered::default() };
        for Reverse((rank, Reverse(doc))) in self.heap.into_sorted_vec() {
            out.ranks.push(rank);
            out.top.push((Score::from_bits(rank.1), rank.2.0, DocAddress::new(self.segment, doc)));
        }
        if self.facets {
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
            out.facets = FacetCounts { kinds, issuers, places, years, forces, documents: self.documents, instruments };
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
