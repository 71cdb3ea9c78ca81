//! Documents of the library: by id, by path, by the instrument they are, or a page of many.

use std::cmp::Reverse;
use std::ops::Bound;

use tantivy::query::{Query, RangeQuery, TermQuery};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument, Term};

use super::collector::InOrder;
use super::open::Store;
use super::schema::kind;
use crate::store::citation_query::{InstrumentSelector, Paging, Place};
use crate::store::error::StoreError;
use crate::store::records::{DocumentFilter, DocumentKey, DocumentPage, StoredDocument, StoredFile};

impl Store {
    /// The documents with these ids or paths, their text included, each in its place; `None` where there is none.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn read_documents(&self, keys: &[DocumentKey<'_>]) -> Result<Vec<Option<StoredDocument>>, StoreError> {
        let read = |key: &DocumentKey<'_>| match key {
            DocumentKey::Id(id) => self.document(id),
            DocumentKey::Path(path) => self.document_at(path),
        };
        keys.iter().map(read).collect()
    }

    /// The id, place included, of the instrument that each document (by id) is; `None` where it has no number.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn instruments_of(&self, documents: &[&str]) -> Result<Vec<Option<String>>, StoreError> {
        documents.iter().map(|id| self.own(id)).collect()
    }

    /// The documents that each instrument is, by path and without their text.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn documents_of(&self, instruments: &[InstrumentSelector]) -> Result<Vec<Vec<StoredDocument>>, StoreError> {
        instruments.iter().map(|one| self.documents_being(&one.base, one.place.clone())).collect()
    }

    /// A page of some documents, the newest first and those of one day by their ids, without their text.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn list_documents(&self, filter: &DocumentFilter, page: Paging) -> Result<DocumentPage, StoreError> {
        let (total, documents) = match filter {
            DocumentFilter::All => self.documents(page.offset, page.limit)?,
            DocumentFilter::Below(prefix) => self.newest(&self.below(prefix), page.offset, page.limit)?,
        };
        Ok(DocumentPage { total, documents })
    }

    /// Every file that was seen, by path.
    pub fn files(&self) -> Result<Vec<StoredFile>, StoreError> {
        let mut files = Vec::new();
        for address in self.matching(&self.term(self.fields.record_kind, kind::FILE))? {
            if let Some(json) = self.string("file", address)? {
                files.push(serde_json::from_str(&json)?);
            }
        }
        files.sort_by(|a: &StoredFile, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The document with this id, its text included.
    pub fn document(&self, id: &str) -> Result<Option<StoredDocument>, StoreError> {
        self.one_document(self.term(self.fields.document, id))
    }

    /// The id, place included, of the instrument that a document is; `None` where it bears no number.
    pub fn own(&self, document: &str) -> Result<Option<String>, StoreError> {
        let found = self.matching(&self.both(kind::DOCUMENT, self.term(self.fields.document, document)))?;
        let Some(address) = found.first() else { return Ok(None) };
        if self.string("is_instrument", *address)?.is_none() {
            return Ok(None);
        }
        self.identity(*address)
    }

    /// The document read from this canonical path.
    pub fn document_at(&self, path: &str) -> Result<Option<StoredDocument>, StoreError> {
        self.one_document(self.term(self.fields.path, path))
    }

    fn one_document(&self, query: TermQuery) -> Result<Option<StoredDocument>, StoreError> {
        let found = self.matching(&self.both(kind::DOCUMENT, query))?;
        found.first().map(|address| self.read_document(*address)).transpose()
    }

    /// The documents that are an instrument, without their text.
    pub fn documents_being(&self, base: &str, place: Place) -> Result<Vec<StoredDocument>, StoreError> {
        let mut documents = Vec::new();
        for address in self.matching(&self.both(kind::DOCUMENT, self.term(self.fields.is_instrument, base)))? {
            if place.holds(self.string("place", address)?.as_deref().unwrap_or("")) {
                documents.push(self.record(address)?);
            }
        }
        documents.sort_by(|a: &StoredDocument, b| a.path.cmp(&b.path));
        Ok(documents)
    }

    /// A stretch of the list of all documents, newest first, without their text.
    pub fn documents(&self, offset: usize, limit: usize) -> Result<(usize, Vec<StoredDocument>), StoreError> {
        self.newest(&self.term(self.fields.record_kind, kind::DOCUMENT), offset, limit)
    }

    /// A stretch of the documents that match, newest first and those of one day by their ids, and how many there are.
    pub(super) fn newest(
        &self,
        query: &dyn Query,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<StoredDocument>), StoreError> {
        let mut all = Vec::new();
        for address in self.searcher.search(query, &InOrder)? {
            all.push((Reverse(self.number("day", address)?), address));
        }
        all.sort_unstable();
        let (total, end) = (all.len(), offset.saturating_add(limit).min(all.len()));
        let Some(&[(first, _), ..]) = all.get(offset..end) else { return Ok((total, Vec::new())) };
        // Ids are read of the days alone that the stretch touches.
        let last = all[end - 1].0;
        let start = all.partition_point(|(day, _)| *day < first);
        let mut near = Vec::new();
        for (day, address) in all.into_iter().skip(start).take_while(|(day, _)| *day <= last) {
            near.push((day, self.string("document", address)?, address));
        }
        near.sort_unstable();
        let page = near.iter().skip(offset - start).take(limit).map(|(_, _, address)| self.record(*address));
        Ok((total, page.collect::<Result<_, _>>()?))
    }

    /// How many documents there are whose canonical path begins with `prefix`, and the newest `most` of them, without
    /// their text.
    pub fn documents_below(&self, prefix: &str, most: usize) -> Result<(usize, Vec<StoredDocument>), StoreError> {
        self.newest(&self.below(prefix), 0, most)
    }

    fn below(&self, prefix: &str) -> impl Query {
        let term = |text: &str| Term::from_field_text(self.fields.path, text);
        // No character sorts after this one.
        let past = format!("{prefix}\u{10ffff}");
        let below = RangeQuery::new(Bound::Included(term(prefix)), Bound::Excluded(term(&past)));
        self.both(kind::DOCUMENT, below)
    }

    pub(super) fn read_document(&self, address: DocAddress) -> Result<StoredDocument, StoreError> {
        let doc: TantivyDocument = self.searcher.doc(address)?;
        let mut entry: StoredDocument = self.parse(&doc)?;
        let text = doc.get_first(self.fields.text);
        entry.text = text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        Ok(entry)
    }
}
