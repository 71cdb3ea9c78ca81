//! Who cites what, with the sentence of each citation, in the order of the text or the newest first.

use std::collections::HashMap;

use super::answers::{CitationView, Citations, HitKind, Paging};
use super::identity::{Identity, facts_of, identities, identity, instrument_id};
use super::{LibraryError, force_on, shown, today};
use crate::law::{Date, Force, Key};
use crate::register::Register;
use crate::store::{CitationQuery, Store, StoredCitation, StoredDocument};

/// What is shown of an instrument cited.
#[derive(Debug, Clone)]
struct CitedInstrument {
    title: Option<String>,
    issued: Option<Date>,
    force: Force,
}

/// What a document cites, in the order of its text, or what an instrument cites whose text is in the library.
///
/// # Errors
/// The store cannot be read.
pub fn citations_of(store: &Store, register: &Register, id: &str, page: Paging) -> Result<Citations, LibraryError> {
    let query = made_by(store, register, &[id])?.remove(0);
    let found = store.citations(&query, page)?;
    let totals = store.count_citations(&[query])?;
    Ok(Citations {
        instrument: id.to_owned(),
        total: found.total,
        distinct: totals.first().map_or(0, |totals| totals.targets),
        edges: of_citing_documents(store, register, &found.citations)?,
    })
}

/// The citations of an instrument, or of the instrument that a document is; newest documents first.
///
/// # Errors
/// The store cannot be read.
pub fn citations_to(store: &Store, register: &Register, id: &str, page: Paging) -> Result<Citations, LibraryError> {
    let query = identity(store, register, &instrument_id(store, id)?)?.citations();
    let found = store.citations(&query, page)?;
    let totals = store.count_citations(&[query])?;
    Ok(Citations {
        instrument: id.to_owned(),
        total: found.total,
        distinct: totals.first().map_or(0, |totals| totals.documents),
        edges: of_cited_instrument(store, register, &found.citations)?,
    })
}

/// The citations that each document makes, or that all documents make that are an instrument.
pub(super) fn made_by(store: &Store, register: &Register, ids: &[&str]) -> Result<Vec<CitationQuery>, LibraryError> {
    let identities = identities(store, register, ids)?;
    let documents = store.documents_of(&identities.iter().map(Identity::selector).collect::<Vec<_>>())?;
    let query = |(id, documents): (&&str, Vec<StoredDocument>)| {
        if documents.is_empty() {
            return CitationQuery::from([*id]);
        }
        CitationQuery::from(documents.into_iter().map(|document| document.id))
    };
    Ok(ids.iter().zip(documents).map(query).collect())
}

/// Citations seen from the citing document.
pub(super) fn of_citing_documents(
    store: &Store,
    register: &Register,
    citations: &[StoredCitation],
) -> Result<Vec<CitationView>, LibraryError> {
    let ids: Vec<Option<String>> = citations.iter().map(StoredCitation::target_in_place).collect();
    let known = cited_instruments(store, register, &ids)?;
    let view = |(entry, id): (&StoredCitation, Option<String>)| {
        let cited = id.as_ref().and_then(|id| known.get(id)).cloned();
        let (title, issued, force) =
            cited.map_or((None, None, Force::Unknown), |cited| (cited.title, cited.issued, cited.force));
        let number = entry.key.as_deref().map(|key| match Key::parse(key) {
            Some(key) => key.number.to_string(),
            None => key.to_owned(),
        });
        CitationView {
            kind: HitKind::Instrument,
            number,
            title: title.or_else(|| entry.name.clone()),
            date: issued.or(entry.date),
            force,
            ..shared(entry, id)
        }
    };
    Ok(citations.iter().zip(ids).map(view).collect())
}

/// Citations seen from the instrument cited.
pub(super) fn of_cited_instrument(
    store: &Store,
    register: &Register,
    citations: &[StoredCitation],
) -> Result<Vec<CitationView>, LibraryError> {
    let forces = citing_forces(store, register, citations)?;
    let view = |(entry, force): (&StoredCitation, Force)| CitationView {
        kind: HitKind::Document,
        number: entry.document_number.clone(),
        title: entry.document_title.clone(),
        date: entry.document_date,
        force,
        ..shared(entry, Some(entry.document.clone()))
    };
    Ok(citations.iter().zip(forces).map(view).collect())
}

/// The force today of the instrument that each citing document is.
pub(super) fn citing_forces(
    store: &Store,
    register: &Register,
    citations: &[StoredCitation],
) -> Result<Vec<Force>, LibraryError> {
    let own: Vec<&str> = citations.iter().filter_map(|entry| entry.document_own.as_deref()).collect();
    let mut rows = facts_of(store, register, &own)?.into_iter();
    let force = |entry: &StoredCitation| match &entry.document_own {
        Some(_) => force_on(rows.next().flatten().as_ref(), today()),
        None => Force::Unknown,
    };
    Ok(citations.iter().map(force).collect())
}

/// What is shown of instruments cited, each once.
fn cited_instruments(
    store: &Store,
    register: &Register,
    ids: &[Option<String>],
) -> Result<HashMap<String, CitedInstrument>, LibraryError> {
    let mut distinct: Vec<&str> = ids.iter().flatten().map(String::as_str).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let rows = facts_of(store, register, &distinct)?;
    let without: Vec<&str> = distinct.iter().zip(&rows).filter(|(_, row)| row.is_none()).map(|(id, _)| *id).collect();
    // A document says what it is, where only one instrument can be meant.
    let mut identified = identities(store, register, &without)?;
    identified.retain(|identity| !identity.is_ambiguous());
    let documents = store.documents_of(&identified.iter().map(Identity::selector).collect::<Vec<_>>())?;
    let mut cited = HashMap::new();
    for (id, row) in distinct.into_iter().zip(rows) {
        let Some(row) = row else { continue };
        let (issued, force) = (row.issued, row.force_on(today()));
        let title = Some(row.title).filter(|title| !title.is_empty());
        cited.insert(id.to_owned(), CitedInstrument { title, issued, force });
    }
    for (identity, documents) in identified.iter().zip(documents) {
        if let Some(document) = documents.into_iter().next() {
            let one = CitedInstrument { title: document.title, issued: document.date, force: Force::Unknown };
            cited.insert(identity.as_asked(), one);
        }
    }
    Ok(cited)
}

/// What both ends of a citation share.
fn shared(entry: &StoredCitation, id: Option<String>) -> CitationView {
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
