//! How rare words are and how long texts are, among what is listed as a hit. The index holds entries of other sorts
//! besides, many more of them: counted with those, every text would seem long, and every word rare.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::schema::{Fields, kind};

pub(super) struct AmongHits<'s> {
    searcher: &'s Searcher,
    /// The fields that documents alone have.
    of_documents: [Field; 2],
    hits: u64,
    documents: u64,
}

impl<'s> AmongHits<'s> {
    pub fn new(searcher: &'s Searcher, fields: &Fields) -> tantivy::Result<AmongHits<'s>> {
        let count = |sort: &str| searcher.doc_freq(&Term::from_field_text(fields.record_kind, sort));
        let documents = count(kind::DOCUMENT)?;
        let hits = documents + count(kind::INSTRUMENT)? + count(kind::TWIN)?;
        Ok(AmongHits { searcher, of_documents: [fields.body, fields.body_marked], hits: hits.max(1), documents })
    }

    /// A count among documents as it would be if all hits were documents.
    fn scaled(&self, field: Field, count: u64) -> u64 {
        if self.documents == 0 || !self.of_documents.contains(&field) {
            return count;
        }
        let scaled = u128::from(count) * u128::from(self.hits) / u128::from(self.documents);
        u64::try_from(scaled).unwrap_or(u64::MAX)
    }
}

impl Bm25StatisticsProvider for AmongHits<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.scaled(field, self.searcher.total_num_tokens(field)?))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.hits)
    }

    /// Never more than there are hits: terms of other sorts are asked about as well, and count nothing.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.scaled(term.field(), self.searcher.doc_freq(term)?).min(self.hits))
    }
}
