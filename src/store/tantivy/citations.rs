//! The citations of a document and of an instrument, found by posting lists and told apart by columns; only those that
//! are returned are read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{DocAddress, DocId, SegmentOrdinal};

use super::encode::{first_day, last_day, year};
use super::open::Store;
use super::schema::kind;
use super::tokens::before_year;
use crate::law::Treatment;
use crate::store::citation_query::{
    CitationEnd, CitationGroup, CitationGroups, CitationPage, CitationQuery, CitationTotals, GroupBy, GroupOrder,
    Grouping, InstrumentSelector, Paging, Place, YearTotals,
};
use crate::store::error::StoreError;
use crate::store::records::StoredCitation;

/// Citations found, in order, not yet read.
#[derive(Debug, Clone, Default)]
pub struct EdgeSet {
    edges: Vec<EdgeRef>,
}

#[derive(Debug, Clone, Copy)]
struct EdgeRef {
    address: DocAddress,
    day: u64,
    document: u64,
    target: u64,
    start: u64,
}

impl EdgeSet {
    pub fn total(&self) -> usize {
        self.edges.len()
    }

    /// How many documents cite.
    pub fn documents(&self) -> usize {
        distinct(self.edges.iter().map(|edge| edge.document))
    }

    /// How many instruments are cited, each unresolved citation counted for itself.
    pub fn targets(&self) -> usize {
        distinct(self.edges.iter().map(|edge| edge.target))
    }

    fn newest_first(mut self) -> EdgeSet {
        self.edges.sort_unstable_by_key(|edge| (Reverse(edge.day), edge.document, edge.start, edge.address));
        self
    }

    /// Adds those of another set, behind these.
    pub fn join(&mut self, other: EdgeSet) {
        self.edges.extend(other.edges);
    }

    /// A stretch of the set.
    pub fn page(&self, offset: usize, limit: usize) -> EdgeSet {
        EdgeSet { edges: self.edges.iter().skip(offset).take(limit).copied().collect() }
    }

    /// Those of documents of these days (YYYYMMDD, 0 where undated).
    pub fn within(&self, days: &RangeInclusive<u64>) -> EdgeSet {
        EdgeSet { edges: self.edges.iter().filter(|edge| days.contains(&edge.day)).copied().collect() }
    }

    /// How many citations, and of how many documents, there are per year; `None` for undated documents.
    pub fn years(&self) -> BTreeMap<Option<i16>, [usize; 2]> {
        let mut years: BTreeMap<Option<i16>, Vec<u64>> = BTreeMap::new();
        for edge in &self.edges {
            years.entry(year(edge.day)).or_default().push(edge.document);
        }
        years.into_iter().map(|(year, documents)| (year, [documents.len(), distinct(documents.into_iter())])).collect()
    }

    /// One set per citing document, the largest first.
    pub fn by_document(&self) -> Vec<EdgeSet> {
        self.grouped(|edge| edge.document)
    }

    /// One set per instrument cited, the largest first.
    pub fn by_target(&self) -> Vec<EdgeSet> {
        self.grouped(|edge| edge.target)
    }

    fn grouped(&self, by: impl Fn(&EdgeRef) -> u64) -> Vec<EdgeSet> {
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut groups: Vec<EdgeSet> = Vec::new();
        for edge in &self.edges {
            let place = *places.entry(by(edge)).or_insert_with(|| {
                groups.push(EdgeSet::default());
                groups.len() - 1
            });
            groups[place].edges.push(*edge);
        }
        // Stable: groups of one size keep the order of their first edges.
        groups.sort_by_key(|group| Reverse(group.total()));
        groups
    }
}

fn distinct(numbers: impl Iterator<Item = u64>) -> usize {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

impl Store {
    /// The citations of an instrument, those of the newest documents first.
    pub fn edges_to(&self, base: &str, place: Place) -> Result<EdgeSet, StoreError> {
        Ok(self.edges(self.posted(self.fields.target, base)?, &place)?.newest_first())
    }

    /// The citations of some documents, in the order of their text.
    pub fn edges_of(&self, documents: &[&str]) -> Result<EdgeSet, StoreError> {
        let clauses = documents.iter().map(|id| {
            let clause: Box<dyn Query> = Box::new(self.term(self.fields.document, id));
            (Occur::Should, clause)
        });
        let citing = BooleanQuery::new(clauses.collect());
        let mut set = self.edges(self.matching(&self.both(kind::CITATION, citing))?, &Place::Any)?;
        set.edges.sort_by_key(|edge| (edge.document, edge.start));
        Ok(set)
    }

    /// The first `most` citations of an instrument, those of the newest documents first. However often it is cited, only
    /// the citations of the years it takes are looked at.
    pub fn newest_to(&self, base: &str, place: Place, most: usize) -> Result<EdgeSet, StoreError> {
        let fields = &self.fields;
        let mut years: Vec<String> = self
            .terms_from(fields.target_year, &before_year(base), usize::MAX)?
            .into_iter()
            .map(|(year, _)| year)
            .collect();
        years.sort_unstable();
        years.dedup();
        let mut newest = EdgeSet::default();
        for year in years.iter().rev() {
            let room = most.saturating_sub(newest.edges.len());
            if room == 0 {
                break;
            }
            newest.join(self.newest_among(self.posted(fields.target_year, year)?, &place, room)?);
        }
        newest.edges.truncate(most);
        Ok(newest)
    }

    /// At least the first `most` of some citations, those of the newest documents first; of the others only the day is read.
    fn newest_among(&self, found: Vec<DocAddress>, place: &Place, most: usize) -> Result<EdgeSet, StoreError> {
        let mut days = Vec::with_capacity(found.len());
        for segment in found.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let reader = Reader::new(self, segment[0].segment_ord, place)?;
            let meant = segment.iter().filter(|address| reader.is_meant(address.doc_id));
            days.extend(meant.map(|address| (Reverse(reader.day.first(address.doc_id).unwrap_or(0)), *address)));
        }
        if days.len() > most {
            let (_, &mut (last, _), _) = days.select_nth_unstable(most);
            days.retain(|(day, _)| *day <= last);
        }
        let mut newest: Vec<DocAddress> = days.into_iter().map(|(_, address)| address).collect();
        newest.sort_unstable();
        Ok(self.edges(newest, &Place::Any)?.newest_first())
    }

    /// How many documents cite an instrument: a count of postings, no entry is read.
    pub fn citing_documents(&self, base: &str, place: Place) -> Result<usize, StoreError> {
        match place {
            // Of a place that has no rival, citations without a place are meant too: all there are.
            Place::Any | Place::Of { or_unknown: true, .. } => self.count(&self.term(self.fields.cites, base)),
            // Citations without a place stand under the number alone, as all do.
            Place::Of { ref slug, .. } if slug.is_empty() => Ok(self.edges_to(base, place)?.documents()),
            Place::Of { slug, or_unknown: false } => {
                self.count(&self.term(self.fields.cites, &format!("{base}.{slug}")))
            }
        }
    }

    /// How many citations point at an instrument: a count of postings, no entry is read.
    pub fn cited(&self, base: &str, place: Place) -> Result<usize, StoreError> {
        let target = self.term(self.fields.target, base);
        match place {
            Place::Any => self.count(&target),
            Place::Of { slug, or_unknown } => {
                let here = |slug: &str| -> Result<usize, StoreError> {
                    let place: Box<dyn Query> = Box::new(self.term(self.fields.place, slug));
                    self.count(&BooleanQuery::intersection(vec![Box::new(target.clone()), place]))
                };
                Ok(here(&slug)? + if or_unknown { here("")? } else { 0 })
            }
        }
    }

    /// The id, place included, of the instrument that the first citation of a set points at; `None` where it is unresolved.
    pub fn target_of(&self, set: &EdgeSet) -> Result<Option<String>, StoreError> {
        set.edges.first().map_or(Ok(None), |edge| self.identity(edge.address))
    }

    /// The id of the document that each citation of a set stands in.
    pub fn citing_in(&self, set: &EdgeSet) -> Result<Vec<String>, StoreError> {
        let ids = set.edges.iter().map(|edge| self.string("document", edge.address));
        ids.map(|id| id.map(Option::unwrap_or_default)).collect()
    }

    /// The ids of the documents that citations of a set stand in, in its order, at most `most`.
    pub fn documents_in(&self, set: &EdgeSet, most: usize) -> Result<Vec<String>, StoreError> {
        let mut seen = HashSet::new();
        let firsts = set.edges.iter().filter(|edge| seen.insert(edge.document)).take(most);
        let ids: Result<Vec<Option<String>>, StoreError> =
            firsts.map(|edge| self.string("document", edge.address)).collect();
        Ok(ids?.into_iter().flatten().collect())
    }

    /// The citations of a set, read.
    pub fn read_edges(&self, set: &EdgeSet) -> Result<Vec<StoredCitation>, StoreError> {
        set.edges.iter().map(|edge| self.record(edge.address)).collect()
    }

    /// The citations among entries that are in order.
    fn edges(&self, found: Vec<DocAddress>, place: &Place) -> Result<EdgeSet, StoreError> {
        let mut edges = Vec::with_capacity(found.len());
        for segment in found.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let reader = Reader::new(self, segment[0].segment_ord, place)?;
            edges.extend(segment.iter().filter(|address| reader.is_meant(address.doc_id)).map(|one| reader.edge(*one)));
        }
        Ok(EdgeSet { edges })
    }
}

/// The questions of `CitationQuery`.
impl Store {
    /// A page of the citations of a query, and how many there are.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn citations(&self, query: &CitationQuery, page: Paging) -> Result<CitationPage, StoreError> {
        let end = page.offset.saturating_add(page.limit);
        let (total, found) = match (&query.end, query.years, query.most) {
            // However often it is cited, only the page is looked for.
            (CitationEnd::To(instrument), None, None) => {
                (self.times_cited_one(instrument)?, self.meant(&query.clone().first(end))?)
            }
            _ => {
                let found = self.meant(query)?;
                (found.total(), found)
            }
        };
        Ok(CitationPage { total, citations: self.read_edges(&found.page(page.offset, page.limit))? })
    }

    /// The first `limit` citations of each query.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn first_citations(
        &self,
        queries: &[CitationQuery],
        limit: usize,
    ) -> Result<Vec<Vec<StoredCitation>>, StoreError> {
        let first = |query: &CitationQuery| {
            let most = query.most.map_or(limit, |most| most.min(limit));
            self.read_edges(&self.meant(&query.clone().first(most))?)
        };
        queries.iter().map(first).collect()
    }

    /// How many citations each query means, in how many documents, of how many instruments.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn count_citations(&self, queries: &[CitationQuery]) -> Result<Vec<CitationTotals>, StoreError> {
        let count = |query: &CitationQuery| match (&query.end, query.years, query.most) {
            // Counts of postings; no citation is looked at.
            (CitationEnd::To(InstrumentSelector { base, place }), None, None) => {
                let citations = self.cited(base, place.clone())?;
                let documents = self.citing_documents(base, place.clone())?;
                Ok(CitationTotals { citations, documents, targets: citations.min(1) })
            }
            _ => {
                let found = self.meant(query)?;
                let (documents, targets) = (found.documents(), found.targets());
                Ok(CitationTotals { citations: found.total(), documents, targets })
            }
        };
        queries.iter().map(count).collect()
    }

    /// How many citations point at each instrument.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn times_cited(&self, instruments: &[InstrumentSelector]) -> Result<Vec<usize>, StoreError> {
        instruments.iter().map(|one| self.times_cited_one(one)).collect()
    }

    fn times_cited_one(&self, instrument: &InstrumentSelector) -> Result<usize, StoreError> {
        self.cited(&instrument.base, instrument.place.clone())
    }

    /// The citations of each query by the year of the citing document, the earliest first and undated ones before them.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn citations_by_year(&self, queries: &[CitationQuery]) -> Result<Vec<Vec<YearTotals>>, StoreError> {
        let years = |query: &CitationQuery| {
            let years = self.meant(query)?.years().into_iter();
            Ok(years.map(|(year, [citations, documents])| YearTotals { year, citations, documents }).collect())
        };
        queries.iter().map(years).collect()
    }

    /// The citations of each query in groups.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn group_citations(
        &self,
        queries: &[CitationQuery],
        grouping: &Grouping,
    ) -> Result<Vec<CitationGroups>, StoreError> {
        queries.iter().map(|query| self.group(&self.meant(query)?, grouping)).collect()
    }

    fn group(&self, found: &EdgeSet, grouping: &Grouping) -> Result<CitationGroups, StoreError> {
        let mut out = CitationGroups { citations: found.total(), documents: found.documents(), ..Default::default() };
        let mut sets = match grouping.by {
            GroupBy::Document => found.by_document(),
            GroupBy::Target => found.by_target(),
        };
        if grouping.order == GroupOrder::Documents {
            sets.sort_by_cached_key(|set| Reverse((set.documents(), set.total())));
        }
        for set in sets {
            let Some(first) = set.edges.first() else { continue };
            // Names are looked up of what is returned alone.
            if grouping.by == GroupBy::Target && !self.has_text("target", first.address)? {
                out.unresolved += set.total();
                continue;
            }
            out.total += 1;
            if out.groups.len() == grouping.top {
                continue;
            }
            let id = match grouping.by {
                GroupBy::Document => self.string("document", first.address)?,
                GroupBy::Target => self.identity(first.address)?,
            };
            out.groups.push(CitationGroup {
                id: id.unwrap_or_default(),
                citations: set.total(),
                documents: set.documents(),
                first: self.read_edges(&set.page(0, grouping.first))?,
                by_document: if grouping.documents { self.per_document(&set)? } else { Vec::new() },
            });
        }
        Ok(out)
    }

    fn per_document(&self, set: &EdgeSet) -> Result<Vec<(String, usize)>, StoreError> {
        let count = |group: EdgeSet| {
            let first = group.edges.first().map(|edge| self.string("document", edge.address)).transpose()?;
            Ok((first.flatten().unwrap_or_default(), group.total()))
        };
        set.by_document().into_iter().map(count).collect()
    }

    /// The ids, places included, of the instruments that texts of the library replace or repeal.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn ended_by_texts(&self) -> Result<BTreeSet<String>, StoreError> {
        let ends = Treatment::ALL.into_iter().filter(|treatment| treatment.ends());
        let ends =
            ends.map(|treatment| -> Box<dyn Query> { Box::new(self.term(self.fields.treatment, treatment.as_str())) });
        let acting = self.both(kind::CITATION, BooleanQuery::union(ends.collect()));
        let mut ids = BTreeSet::new();
        for address in self.matching(&acting)? {
            ids.extend(self.identity(address)?);
        }
        Ok(ids)
    }

    /// The ids of the documents that the citations of each query are in, in its order, at most `most` of each.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn citing_document_ids(&self, queries: &[CitationQuery], most: usize) -> Result<Vec<Vec<String>>, StoreError> {
        queries.iter().map(|query| self.documents_in(&self.meant(query)?, most)).collect()
    }

    /// The citations of a query, in its order.
    fn meant(&self, query: &CitationQuery) -> Result<EdgeSet, StoreError> {
        let all = match (&query.end, query.years, query.most) {
            (CitationEnd::From(documents), ..) if documents.is_empty() => EdgeSet::default(),
            (CitationEnd::From(documents), ..) => {
                let ids: Vec<&str> = documents.iter().map(String::as_str).collect();
                self.edges_of(&ids)?
            }
            (CitationEnd::To(InstrumentSelector { base, place }), None, Some(most)) => {
                return self.newest_to(base, place.clone(), most);
            }
            (CitationEnd::To(InstrumentSelector { base, place }), ..) => self.edges_to(base, place.clone())?,
        };
        let mut found = match query.years {
            Some((first, last)) => all.within(&(first_day(first)..=last_day(last))),
            None => all,
        };
        found.edges.truncate(query.most.unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// The columns of one segment by which citations are told apart.
struct Reader<'s> {
    day: &'s Column,
    document: &'s Column,
    target: &'s Column,
    start: &'s Column,
    place: Option<&'s StrColumn>,
    /// Which values of `place` are meant; `None` for any.
    meant: Option<Vec<u64>>,
    /// Whether citations without a value are.
    or_none: bool,
}

impl<'s> Reader<'s> {
    fn new(store: &'s Store, segment: SegmentOrdinal, place: &Place) -> Result<Reader<'s>, StoreError> {
        let column = store.texts(segment, "place")?;
        let known = |slug: &str| -> Result<Option<u64>, StoreError> {
            Ok(column.map(|column| column.dictionary().term_ord(slug)).transpose()?.flatten())
        };
        let (meant, or_none) = match place {
            Place::Any => (None, true),
            Place::Of { slug, or_unknown } => {
                let unknown = if *or_unknown { known("")? } else { None };
                (Some(known(slug)?.into_iter().chain(unknown).collect()), place.holds(""))
            }
        };
        Ok(Reader {
            day: store.numbers(segment, "day")?,
            document: store.numbers(segment, "document_no")?,
            target: store.numbers(segment, "target_no")?,
            start: store.numbers(segment, "start")?,
            place: column,
            meant,
            or_none,
        })
    }

    fn is_meant(&self, doc: DocId) -> bool {
        let Some(meant) = &self.meant else { return true };
        match self.place.and_then(|column| column.term_ords(doc).next()) {
            Some(place) => meant.contains(&place),
            None => self.or_none,
        }
    }

    fn edge(&self, address: DocAddress) -> EdgeRef {
        let value = |column: &Column| column.first(address.doc_id).unwrap_or(0);
        EdgeRef {
            address,
            day: value(self.day),
            document: value(self.document),
            target: value(self.target),
            start: value(self.start),
        }
    }
}
