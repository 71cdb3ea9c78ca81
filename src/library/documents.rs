//! The documents of the library: the list of all, and one with its text and citations.

use std::collections::HashMap;

use super::answers::{DocumentRef, DocumentView, Hits, Paging};
use super::citations::of_citing_document;
use super::search::document_hits;
use super::{LibraryError, shown};
use crate::register::Register;
use crate::store::{Store, StoredDocument};

/// A file of the library with its text and citations; `None` where no document has this id.
///
/// # Errors
/// The store cannot be read.
pub fn document(store: &Store, register: &Register, id: &str) -> Result<Option<DocumentView>, LibraryError> {
    let Some(entry) = store.document(id)? else { return Ok(None) };
    let mut known = HashMap::new();
    let mut citations = Vec::new();
    for edge in store.read_edges(&store.edges_of(&[id])?)? {
        citations.push((edge.range.clone(), of_citing_document(store, register, &edge, &mut known)?));
    }
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
    let (total, entries) = store.documents(page.offset, page.limit)?;
    let hits = document_hits(store, register, &entries);
    Ok(Hits { total, hits: hits?, ..Hits::default() })
}

/// How a document is referred to.
pub(super) fn document_ref(entry: &StoredDocument) -> DocumentRef {
    DocumentRef {
        id: entry.id.clone(),
        path: shown(&entry.path),
        title: entry.title.clone(),
        kind: entry.kind.clone(),
        issuer: entry.issuer.clone(),
        date: entry.date,
    }
}
