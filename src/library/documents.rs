//! The documents of the library: the list of all, and one with its text and citations.

use super::answers::{DocumentView, Hits, Paging};
use super::citations::of_citing_documents;
use super::search::document_hits;
use super::{LibraryError, shown};
use crate::register::Register;
use crate::store::{CitationQuery, DocumentFilter, DocumentKey, Store};

/// A file of the library with its text and citations; `None` where no document has this id.
///
/// # Errors
/// The store cannot be read.
pub fn document(store: &Store, register: &Register, id: &str) -> Result<Option<DocumentView>, LibraryError> {
    let Some(entry) = store.read_documents(&[DocumentKey::Id(id)])?.pop().flatten() else { return Ok(None) };
    let made = store.citations(&CitationQuery::from([id]), Paging::first(usize::MAX))?.citations;
    let views = of_citing_documents(store, register, &made)?;
    let citations = made.into_iter().map(|citation| citation.range).zip(views).collect();
    let header = entry.header();
    Ok(Some(DocumentView {
        id: entry.id,
        path: shown(&entry.path),
        key: header.key(),
        header,
        text: entry.text,
        citations,
    }))
}

/// All documents, newest first.
///
/// # Errors
/// The store cannot be read.
pub fn documents(store: &Store, register: &Register, page: Paging) -> Result<Hits, LibraryError> {
    let found = store.list_documents(&DocumentFilter::All, page)?;
    Ok(Hits { total: found.total, hits: document_hits(store, register, &found.documents)?, ..Hits::default() })
}
