//! Hits as they are shown: read from the store and the register, with the words of the query where they are.

use std::collections::HashMap;

use crate::law::{Instrument, Number};
use crate::library::answers::{Hit, HitKind, Paging};
use crate::library::citations::citations_to;
use crate::library::identity::{facts, identities, parts};
use crate::library::instrument::{instrument, is_registered};
use crate::library::{LibraryError, force_on, shown, today};
use crate::register::Register;
use crate::store::{DocumentKey, InstrumentSelector, Place, RecordKind, SearchHit, Store, StoredDocument};
use crate::text::{excerpt, highlight};

/// The hits of a search, read all at once. `words`: what was asked for, folded.
pub(super) fn read_hits(
    store: &Store,
    register: &Register,
    found: &[&SearchHit],
    words: &[String],
) -> Result<Vec<Hit>, LibraryError> {
    let (documents, instruments): (Vec<&SearchHit>, Vec<&SearchHit>) =
        found.iter().copied().partition(|hit| hit.kind == RecordKind::Document);
    let keys: Vec<DocumentKey<'_>> = documents.iter().map(|hit| DocumentKey::Id(&hit.id)).collect();
    let entries = store.read_documents(&keys)?.into_iter().flatten();
    let entries: HashMap<String, StoredDocument> = entries.map(|entry| (entry.id.clone(), entry)).collect();
    // Where the register has changed since the index was made, the row is as it was then.
    let gone = instruments.iter().map(|hit| hit.id.as_str()).filter(|id| register.by_id(id).is_none());
    let rows = store.instruments(&gone.collect::<Vec<_>>())?.into_iter().flatten();
    let rows: HashMap<String, Instrument> = rows.map(|row| (row.id().to_string(), row)).collect();
    let ids: Vec<&str> = found.iter().filter_map(|hit| hit.instrument.as_deref()).collect();
    let cited: HashMap<&str, usize> = ids.iter().copied().zip(times_cited(store, register, &ids)?).collect();
    let mut hits = Vec::new();
    for hit in found {
        let cited = hit.instrument.as_deref().and_then(|id| cited.get(id)).copied().unwrap_or(0);
        if let Some(entry) = entries.get(&hit.id).filter(|_| hit.kind == RecordKind::Document) {
            hits.push(document_hit(store, register, entry, hit.score, words, cited)?);
        } else if let Some(row) = register.by_id(&hit.id).or_else(|| rows.get(&hit.id)) {
            hits.push(instrument_hit(row, hit.score, words, cited));
        }
    }
    Ok(hits)
}

/// Documents of a plain list as hits.
pub(in crate::library) fn document_hits(
    store: &Store,
    register: &Register,
    entries: &[StoredDocument],
) -> Result<Vec<Hit>, LibraryError> {
    let ids: Vec<&str> = entries.iter().filter_map(|entry| entry.own.as_deref()).collect();
    let mut cited = times_cited(store, register, &ids)?.into_iter();
    let hit = |entry: &StoredDocument| {
        let cited = entry.own.as_ref().and_then(|_| cited.next()).unwrap_or(0);
        document_hit(store, register, entry, 0.0, &[], cited)
    };
    entries.iter().map(hit).collect()
}

fn document_hit(
    store: &Store,
    register: &Register,
    entry: &StoredDocument,
    score: f32,
    words: &[String],
    cited: usize,
) -> Result<Hit, LibraryError> {
    let facts = match &entry.own {
        Some(own) => facts(store, register, own)?,
        None => None,
    };
    let path = shown(&entry.path);
    let title = entry.title.clone().unwrap_or_else(|| path.clone());
    let snippet = excerpt(&entry.text, words).unwrap_or_else(|| highlight(&title, words));
    Ok(Hit {
        id: entry.id.clone(),
        kind: HitKind::Document,
        number: entry.number.clone(),
        type_word: entry.kind.clone(),
        title,
        issuer: entry.issuer.clone(),
        date: entry.date,
        force: force_on(facts.as_ref(), today()),
        score,
        snippet: snippet.text,
        highlights: snippet.highlights,
        cited,
        path: Some(path),
    })
}

/// A hit for what is neither in the register nor a document, but cited.
pub(super) fn cited_only_hit(store: &Store, register: &Register, id: &str) -> Result<Option<Hit>, LibraryError> {
    if is_registered(store, register, id)? {
        return Ok(None);
    }
    let view = instrument(store, register, id, today())?.filter(|view| view.documents.is_empty());
    let Some(view) = view else { return Ok(None) };
    let Some(number) = view.number else { return Ok(None) };
    // The documents that cite it say what it is about.
    let newest = citations_to(store, register, id, Paging::first(1))?;
    let snippet = newest.edges.into_iter().next().map(|edge| edge.sentence).unwrap_or_default();
    Ok(Some(Hit {
        id: view.id,
        kind: HitKind::Instrument,
        title: String::new(),
        number: Some(number),
        type_word: view.kind,
        issuer: None,
        date: view.issued,
        force: view.force,
        score: 0.0,
        snippet,
        highlights: Vec::new(),
        cited: view.cited,
        path: None,
    }))
}

/// How many citations point at each instrument (by id).
pub(in crate::library) fn times_cited(
    store: &Store,
    register: &Register,
    ids: &[&str],
) -> Result<Vec<usize>, LibraryError> {
    // Without a place, all of the number are meant, and no place need be looked up.
    let has_place = |id: &&str| parts(id).1.is_some();
    let placed: Vec<&str> = ids.iter().copied().filter(has_place).collect();
    let mut placed = identities(store, register, &placed)?.into_iter();
    let selector = |id: &&str| match has_place(id).then(|| placed.next()).flatten() {
        Some(identity) => identity.selector(),
        None => InstrumentSelector::new(*id, Place::Any),
    };
    Ok(store.times_cited(&ids.iter().map(selector).collect::<Vec<_>>())?)
}

fn instrument_hit(facts: &Instrument, score: f32, words: &[String], cited: usize) -> Hit {
    let snippet = highlight(&facts.title, words);
    Hit {
        id: facts.id().to_string(),
        kind: HitKind::Instrument,
        number: facts.number.as_ref().map(Number::to_string),
        type_word: some(&facts.kind),
        title: facts.title.clone(),
        issuer: some(&facts.issuer),
        date: facts.issued,
        force: facts.force_on(today()),
        score,
        snippet: snippet.text,
        highlights: snippet.highlights,
        cited,
        path: None,
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
