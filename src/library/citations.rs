//! Who cites what, with the sentence of each citation, in the order of the text or the newest first.

use std::collections::HashMap;

use super::answers::{CitationView, Citations, HitKind, Paging};
use super::identity::{facts, identity, instrument_id};
use super::{LibraryError, force_on, shown, today};
use crate::law::{Date, Force, Key};
use crate::register::Register;
use crate::store::{EdgeSet, Store, StoredCitation};

/// What is shown of an instrument cited.
#[derive(Debug, Clone)]
pub(super) struct CitedInstrument {
    title: Option<String>,
    issued: Option<Date>,
    force: Force,
}

/// What a document cites, in the order of its text, or what an instrument cites whose text is in the library.
///
/// # Errors
/// The store cannot be read.
pub fn citations_of(store: &Store, register: &Register, id: &str, page: Paging) -> Result<Citations, LibraryError> {
    let set = edges_of(store, register, id)?;
    let mut known = HashMap::new();
    let mut edges = Vec::new();
    for entry in store.read_edges(&set.page(page.offset, page.limit))? {
        edges.push(of_citing_document(store, register, &entry, &mut known)?);
    }
    Ok(Citations { instrument: id.to_owned(), total: set.total(), distinct: set.targets(), edges })
}

/// The citations of an instrument, or of the instrument that a document is; newest documents first.
///
/// # Errors
/// The store cannot be read.
pub fn citations_to(store: &Store, register: &Register, id: &str, page: Paging) -> Result<Citations, LibraryError> {
    let identity = identity(store, register, &instrument_id(store, id)?)?;
    let (base, place) = (identity.base.as_str(), identity.place());
    let newest = store.newest_to(base, place.clone(), page.offset.saturating_add(page.limit))?;
    let mut edges = Vec::new();
    for entry in store.read_edges(&newest.page(page.offset, page.limit))? {
        edges.push(of_cited_instrument(store, register, &entry)?);
    }
    Ok(Citations {
        instrument: id.to_owned(),
        total: store.cited(base, place.clone())?,
        distinct: store.citing_documents(base, place)?,
        edges,
    })
}

/// The citations of a document, or of all documents that are an instrument.
pub(super) fn edges_of(store: &Store, register: &Register, id: &str) -> Result<EdgeSet, LibraryError> {
    let identity = identity(store, register, id)?;
    let documents = store.documents_being(&identity.base, identity.place())?;
    let mut ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    if ids.is_empty() {
        ids.push(id);
    }
    Ok(store.edges_of(&ids)?)
}

/// The citations of an instrument, or of the instrument that a document is.
pub(super) fn edges_to(store: &Store, register: &Register, id: &str) -> Result<EdgeSet, LibraryError> {
    let identity = identity(store, register, &instrument_id(store, id)?)?;
    Ok(store.edges_to(&identity.base, identity.place())?)
}

/// A citation seen from the citing document. `known` keeps what was looked up of the instruments.
pub(super) fn of_citing_document(
    store: &Store,
    register: &Register,
    entry: &StoredCitation,
    known: &mut HashMap<String, CitedInstrument>,
) -> Result<CitationView, LibraryError> {
    let id = entry.target_in_place();
    let (title, issued, force) = match &id {
        Some(id) => {
            let cited = match known.get(id) {
                Some(cited) => cited.clone(),
                None => {
                    let cited = cited_instrument(store, register, id)?;
                    known.insert(id.clone(), cited.clone());
                    cited
                }
            };
            (cited.title, cited.issued, cited.force)
        }
        None => (None, None, Force::Unknown),
    };
    let number = entry.key.as_deref().map(|key| match Key::parse(key) {
        Some(key) => key.number.to_string(),
        None => key.to_owned(),
    });
    Ok(CitationView {
        kind: HitKind::Instrument,
        number,
        title: title.or_else(|| entry.name.clone()),
        date: issued.or(entry.date),
        force,
        ..view(entry, id)
    })
}

/// A citation seen from the instrument cited.
pub(super) fn of_cited_instrument(
    store: &Store,
    register: &Register,
    entry: &StoredCitation,
) -> Result<CitationView, LibraryError> {
    Ok(CitationView {
        kind: HitKind::Document,
        number: entry.document_number.clone(),
        title: entry.document_title.clone(),
        date: entry.document_date,
        force: citing_force(store, register, entry)?,
        ..view(entry, Some(entry.document.clone()))
    })
}

/// The force today of the instrument that a citing document is.
pub(super) fn citing_force(store: &Store, register: &Register, entry: &StoredCitation) -> Result<Force, LibraryError> {
    let facts = match &entry.document_own {
        Some(own) => facts(store, register, own)?,
        None => None,
    };
    Ok(force_on(facts.as_ref(), today()))
}

fn cited_instrument(store: &Store, register: &Register, id: &str) -> Result<CitedInstrument, LibraryError> {
    if let Some(facts) = facts(store, register, id)? {
        let (issued, force) = (facts.issued, facts.force_on(today()));
        return Ok(CitedInstrument { title: Some(facts.title).filter(|title| !title.is_empty()), issued, force });
    }
    let identity = identity(store, register, id)?;
    let document = if identity.is_ambiguous() {
        None
    } else {
        store.documents_being(&identity.base, identity.place())?.into_iter().next()
    };
    let (title, issued) = document.map_or((None, None), |document| (document.title, document.date));
    Ok(CitedInstrument { title, issued, force: Force::Unknown })
}

/// What both ends of a citation share.
fn view(entry: &StoredCitation, id: Option<String>) -> CitationView {
    CitationView {
        id,
        kind: HitKind::Instrument,
        number: None,
        title: None,
        date: None,
        treatment: entry.treatment,
        pin: entry.pins.clone(),
        text: entry.text.clone(),
        mention: entry.mention(),
        sentence: entry.sentence.clone(),
        path: shown(&entry.path),
        start: entry.source.start,
        end: entry.source.end,
        force: Force::Unknown,
    }
}
