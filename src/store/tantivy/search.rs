//! Running a question: everything that fits in one pass, then a closer look at the best.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query};
use tantivy::{DocAddress, DocSet, Score, TERMINATED};

use super::bm25_statistics::AmongHits;
use super::collector::{CitationCounts, FacetCounts, ForceOverrides, HitCollector};
use super::encode::{day, number_of};
use super::lower::{Builder, Clause, scored};
use super::open::Store;
use super::schema::sort;
use crate::law::{Date, Force, Instrument, Treatment};
use crate::store::error::StoreError;
use crate::store::plan::{Filter, Order, Question};
use crate::store::records::StoredDocument;
use crate::text::{fold, is_joint};

/// A hit before it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The id of the instrument or document.
    pub id: String,
    pub is_document: bool,
    /// The instrument it is, place included.
    pub instrument: Option<String>,
    pub score: f32,
    address: DocAddress,
}

/// How hits are wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// At least this many, where there are as many.
    pub limit: usize,
    /// How many of the best hits are looked at closer; those behind them stay in the order of the first pass.
    pub looked_at: usize,
    pub order: Order,
    /// Whether to count them by kind, issuer, place, year and force.
    pub tally: bool,
    /// The day as of which force is told.
    pub today: Date,
    /// Forces that the register's own rows do not tell.
    pub told: ForceOverrides,
}

/// The number that stands for an instrument in `ForceOverrides`.
pub fn own_number(id: &str) -> u64 {
    number_of(id)
}

impl Store {
    /// The best instruments and documents, how many there are, and how many of each sort.
    pub fn search(&self, question: &Question, wanted: &Wanted) -> Result<(usize, Vec<Found>, FacetCounts), StoreError> {
        let builder = Builder { question, store: self };
        let query = builder.whole()?;
        let forces = |not: bool| -> Vec<Force> {
            let asked = question.filters.iter().filter_map(|(negated, filter)| match filter {
                Filter::Force(force) if *negated == not => Some(*force),
                _ => None,
            });
            asked.collect()
        };
        let gather = HitCollector {
            columns: Arc::clone(&self.columns),
            limit: wanted.limit.max(wanted.looked_at),
            order: wanted.order,
            tally: wanted.tally,
            forces: Some(forces(false)).filter(|forces| !forces.is_empty()),
            not_forces: forces(true),
            today: day(wanted.today),
            told: Arc::clone(&wanted.told),
            counts: if wanted.order == Order::Cited { self.all_cited()? } else { CitationCounts::default() },
        };
        let statistics = AmongHits::new(&self.searcher, &self.fields)?;
        let mut gathered = self.searcher.search_with_statistics_provider(&query, &gather, &statistics)?;
        if wanted.order == Order::Relevance {
            let looked_at = gathered.top.len().min(wanted.looked_at);
            self.look_closer(&mut gathered.top[..looked_at], &builder.closer(), &statistics)?;
        }
        gathered.top.truncate(wanted.limit);
        let found =
            gathered.top.into_iter().map(|(score, address)| self.found(score, address)).collect::<Result<_, _>>()?;
        Ok((gathered.total, found, gathered.tally))
    }

    /// Adds to the scores what the clauses score. Each clause is asked about these hits alone.
    fn look_closer(
        &self,
        hits: &mut [(Score, DocAddress)],
        clauses: &[Clause],
        statistics: &AmongHits<'_>,
    ) -> Result<(), StoreError> {
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_key(|at| hits[*at].1);
        let places: Vec<DocAddress> = hits.iter().map(|(_, address)| *address).collect();
        for clause in clauses {
            let weight = clause.weight(EnableScoring::enabled_from_statistics_provider(statistics, &self.searcher))?;
            for segment in order.chunk_by(|a, b| places[*a].segment_ord == places[*b].segment_ord) {
                let mut scorer = weight.scorer(self.searcher.segment_reader(places[segment[0]].segment_ord), 1.0)?;
                for at in segment {
                    let wanted = places[*at].doc_id;
                    let doc = if scorer.doc() < wanted { scorer.seek(wanted) } else { scorer.doc() };
                    if doc == wanted {
                        hits[*at].0 += scorer.score();
                    } else if doc == TERMINATED {
                        break;
                    }
                }
            }
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(())
    }

    /// The instruments and documents that bear all words of the question in their number, kind, alias or issuer.
    pub fn called(&self, question: &Question, limit: usize) -> Result<Vec<Found>, StoreError> {
        let builder = Builder { question, store: self };
        let Some(query) = builder.called() else { return Ok(Vec::new()) };
        self.best(&builder.among_hits(query)?, limit)
    }

    /// The instruments whose titles share most words with the question.
    pub fn near_titles(&self, question: &Question, limit: usize) -> Result<Vec<Found>, StoreError> {
        let words = question.words.iter().filter(|word| !is_joint(&word.folded));
        let words: Vec<Clause> = words.map(|word| scored(self.fields.title, &word.folded, 1.0)).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let least = words.len().div_ceil(3);
        let query = BooleanQuery::union_with_minimum_required_clauses(words, least);
        let hits = Question::default();
        self.best(&Builder { question: &hits, store: self }.among_hits(Box::new(query))?, limit)
    }

    /// What may be asked for by words that are not typed to the end: instruments and documents with all of them in
    /// number, name or title, the last as the beginning of a word.
    pub fn beginning(&self, question: &Question, limit: usize) -> Result<Vec<Found>, StoreError> {
        /// How many words the last one may be the beginning of.
        const ENDINGS: usize = 40;
        let Some((last, words)) = question.words.split_last() else { return Ok(Vec::new()) };
        let builder = Builder { question, store: self };
        let fields = &self.fields;
        // A number is that of the instrument, not one in its title.
        let named = |word: &str| -> Clause {
            let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
            let places =
                [(fields.called, 2.0), (fields.title, if is_number { 0.1 } else { 2.0 }), (fields.issuer, 0.5)];
            Box::new(BooleanQuery::union(places.map(|(field, weight)| scored(field, word, weight)).into()))
        };
        // A number may be typed to its end.
        let weight = |word: &str| if last.holds_digit() && word == last.folded { 4.0 } else { 1.0 };
        let ends = self.completions(&last.folded, ENDINGS)?;
        let ends: Vec<Clause> =
            ends.iter().map(|word| -> Clause { Box::new(BoostQuery::new(named(word), weight(word))) }).collect();
        let mut clauses: Vec<(Occur, Clause)> = words.iter().map(|word| (Occur::Must, named(&word.folded))).collect();
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(ends))));
        self.best(&builder.among_hits(Box::new(BooleanQuery::new(clauses)))?, limit)
    }

    fn best(&self, query: &dyn Query, limit: usize) -> Result<Vec<Found>, StoreError> {
        let statistics = AmongHits::new(&self.searcher, &self.fields)?;
        let top = TopDocs::with_limit(limit.max(1)).order_by_score();
        let top = self.searcher.search_with_statistics_provider(query, &top, &statistics)?;
        top.into_iter().map(|(score, address)| self.found(score, address)).collect()
    }

    /// The document that was found, its text included.
    pub fn document_found(&self, found: &Found) -> Result<StoredDocument, StoreError> {
        self.read_document(found.address)
    }

    /// The instrument that was found, as it was when the index was made.
    pub fn instrument_found(&self, found: &Found) -> Result<Instrument, StoreError> {
        self.record(found.address)
    }

    fn found(&self, score: f32, address: DocAddress) -> Result<Found, StoreError> {
        let instrument = self.identity(address)?;
        let document = self.string("document", address)?;
        let is_document = document.is_some();
        let id = document.or_else(|| instrument.clone()).unwrap_or_default();
        Ok(Found { id, is_document, instrument, score, address })
    }

    /// The ids, places included, of the instruments that texts of the library replace or repeal.
    pub fn ended(&self) -> Result<BTreeSet<String>, StoreError> {
        let ends = Treatment::ALL.into_iter().filter(|treatment| treatment.ends());
        let ends = ends.map(|treatment| -> Clause { Box::new(self.term(self.fields.treatment, treatment.as_str())) });
        let acting = self.both(sort::CITATION, BooleanQuery::union(ends.collect()));
        let mut ids = BTreeSet::new();
        for address in self.matching(&acting)? {
            ids.extend(self.identity(address)?);
        }
        Ok(ids)
    }

    /// Whether some hit is of a kind, by its name, folded.
    pub fn is_kind(&self, kind: &str) -> Result<bool, StoreError> {
        Ok(self.terms_from(self.fields.kind, "", usize::MAX)?.iter().any(|(name, _)| fold(name) == kind))
    }
}
