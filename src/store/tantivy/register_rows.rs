//! The register in the index: what is known about a number, read when it is asked about. One look at the term
//! dictionary per segment finds the rows, the relations and the acting citations alike.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::open::Store;
use super::schema::kind;
use crate::law::{Instrument, Relation};
use crate::register::{Fixed, Lookup, MOST_TITLED, RowProblem};
use crate::store::error::StoreError;
use crate::store::records::StoredCitation;
use crate::text::syllable;

/// What was found about a number, not yet joined.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub instruments: Vec<Instrument>,
    pub relations: Vec<Relation>,
    /// Citations by which a document does something to what it cites.
    pub acts: Vec<StoredCitation>,
}

impl Store {
    /// The part of the register that is at hand on opening, and the rows that were left out of it.
    pub fn fixed(&self) -> Result<(Fixed, Vec<RowProblem>), StoreError> {
        match self.posted(self.fields.record_kind, kind::FIXED)?.first() {
            Some(address) => self.record(*address),
            None => Err(StoreError::Corrupt("an index without a register".into())),
        }
    }

    /// What the register and the texts of the library say in answer to each question.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn register_rows(&self, lookups: &[Lookup<'_>]) -> Result<Vec<Known>, StoreError> {
        lookups.iter().map(|lookup| self.known(*lookup)).collect()
    }

    /// The row of each instrument (by id) as it was when the index was made; `None` where it has none, or is a document.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn instruments(&self, ids: &[&str]) -> Result<Vec<Option<Instrument>>, StoreError> {
        let row = |id: &&str| {
            let found = self.posted(self.fields.instrument, id)?;
            found.first().map(|address| self.record(*address)).transpose()
        };
        ids.iter().map(row).collect()
    }

    /// What the texts of the library alone say in answer to each question.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn acting_citations(&self, lookups: &[Lookup<'_>]) -> Result<Vec<Vec<StoredCitation>>, StoreError> {
        lookups.iter().map(|lookup| self.acts(*lookup)).collect()
    }

    /// What the register and the texts of the library say in answer to a question.
    pub fn known(&self, asked: Lookup<'_>) -> Result<Known, StoreError> {
        let mut known = Known::default();
        for address in self.asked(asked)? {
            match self.string("record_kind", address)?.as_deref() {
                Some(kind::CITATION) => known.acts.push(self.record(address)?),
                Some(kind::RELATION) => known.relations.push(self.record(address)?),
                _ => known.instruments.push(self.record(address)?),
            }
        }
        // Where an entry lies in the index is chance.
        known.instruments.sort_by_cached_key(Instrument::id);
        known.relations.sort_by_cached_key(|one| (one.from.to_string(), one.treatment, one.to.to_string()));
        known.acts.sort_by(|a, b| (&a.path, a.range.start).cmp(&(&b.path, b.range.start)));
        Ok(known)
    }

    /// What the texts of the library say in answer to a question.
    pub fn acts(&self, asked: Lookup<'_>) -> Result<Vec<StoredCitation>, StoreError> {
        let mut acts = Vec::new();
        for address in self.asked(asked)? {
            if self.string("record_kind", address)?.as_deref() == Some(kind::CITATION) {
                acts.push(self.record(address)?);
            }
        }
        Ok(acts)
    }

    fn asked(&self, asked: Lookup<'_>) -> Result<Vec<DocAddress>, StoreError> {
        match asked {
            Lookup::Number(folded) => self.posted(self.fields.about, folded),
            Lookup::Serial(term) => self.posted(self.fields.serial, term),
            Lookup::Id(text) => self.posted(self.fields.called_by, text),
            Lookup::Title(words, least) => self.titled(words, least),
        }
    }

    /// The instruments whose titles hold at least `least` of the words, the best first.
    fn titled(&self, words: &[String], least: usize) -> Result<Vec<DocAddress>, StoreError> {
        let clauses =
            words.iter().map(|word| -> Box<dyn Query> { Box::new(self.term(self.fields.title, &syllable(word))) });
        let shared = BooleanQuery::union_with_minimum_required_clauses(clauses.collect(), least);
        let of_sort = |sort| -> Box<dyn Query> { Box::new(self.term(self.fields.record_kind, sort)) };
        let rows = BooleanQuery::union(vec![of_sort(kind::INSTRUMENT), of_sort(kind::TWIN)]);
        let rows = ConstScoreQuery::new(Box::new(rows), 0.0);
        let query = BooleanQuery::intersection(vec![Box::new(rows), Box::new(shared)]);
        let top = TopDocs::with_limit(MOST_TITLED).order_by_score();
        Ok(self.searcher.search(&query, &top)?.into_iter().map(|(_, address)| address).collect())
    }

    /// The entries that bear a term, in order.
    pub(super) fn posted(&self, field: Field, text: &str) -> Result<Vec<DocAddress>, StoreError> {
        let term = Term::from_field_text(field, text);
        let mut found = Vec::new();
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            let Some(mut postings) = reader.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?
            else {
                continue;
            };
            let alive = reader.alive_bitset();
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    found.push(DocAddress::new(segment as u32, doc));
                }
                doc = postings.advance();
            }
        }
        Ok(found)
    }
}
