//! Everything known of one instrument: the register's row, the documents that are it, its relations, how often it
//! is cited.

use std::collections::BTreeSet;

use super::answers::{InstrumentView, RelationView};
use super::documents::document_ref;
use super::identity::{Identity, facts, identity, instrument_id, related_only};
use super::{LibraryError, force_on, today};
use crate::law::{Date, Instrument, Key, Number, Relation};
use crate::register::Register;
use crate::store::{Store, StoredDocument};

/// The instrument of an id (of an instrument, or of a document that has a number), with its force on a
/// day. `None` where neither the register, a relation of it, nor any document knows it.
///
/// # Errors
/// The store cannot be read.
pub fn instrument(
    store: &Store,
    register: &Register,
    id: &str,
    day: Date,
) -> Result<Option<InstrumentView>, LibraryError> {
    let id = instrument_id(store, id)?;
    let facts = facts(store, register, &id)?;
    let identity = identity(store, register, &id)?;
    let documents = store.documents_being(&identity.base, identity.place())?;
    let cited = store.cited(&identity.base, identity.place())?;
    let related = related_only(register, &identity.base);
    if facts.is_none() && documents.is_empty() && cited == 0 && related.is_none() {
        return Ok(None);
    }
    let key = match &facts {
        Some(facts) => facts.key(),
        None => key_without_row(store, &documents, &identity)?.or(related),
    };
    let (acts_on, acted_on_by, successor) = match &key {
        Some(key) => relations(register, key, day),
        None => (Vec::new(), Vec::new(), None),
    };
    let stated = key.as_ref().filter(|_| facts.is_none());
    let same_number = match &key {
        Some(key) => same_number(store, register, &identity, &key.number)?,
        None => Vec::new(),
    };
    Ok(Some(InstrumentView {
        number: key.as_ref().map(|key| key.number.to_string()),
        kind: stated.and_then(|key| register.symbols().kind_of(&key.number).map(|kind| kind.name.clone())),
        issued: stated.and_then(Key::date),
        force: force_on(facts.as_ref(), day),
        facts,
        documents: documents.iter().map(document_ref).collect(),
        as_of: day,
        acts_on,
        acted_on_by,
        successor,
        cited,
        cited_by_documents: store.citing_documents(&identity.base, identity.place())?,
        same_number,
        id,
    }))
}

/// Whether the register has a row of the instrument.
///
/// # Errors
/// The store cannot be read.
pub fn is_registered(store: &Store, register: &Register, id: &str) -> Result<bool, LibraryError> {
    Ok(facts(store, register, id)?.is_some())
}

/// What an instrument or document is called in a line of text: its number, else its title, else its id.
///
/// # Errors
/// The store cannot be read.
pub fn display_name(store: &Store, register: &Register, id: &str) -> Result<String, LibraryError> {
    if let Some(facts) = facts(store, register, &instrument_id(store, id)?)? {
        let name = facts.number.as_ref().map_or(facts.title.clone(), ToString::to_string);
        if !name.is_empty() {
            return Ok(name);
        }
    }
    if let Some(number) = instrument(store, register, id, today())?.and_then(|view| view.number) {
        return Ok(number);
    }
    let title = store.document(id)?.and_then(|document| document.title);
    Ok(title.unwrap_or_else(|| id.to_owned()))
}

/// The key of an instrument that the register does not know.
fn key_without_row(
    store: &Store,
    documents: &[StoredDocument],
    identity: &Identity,
) -> Result<Option<Key>, LibraryError> {
    if let Some(document) = documents.first() {
        return Ok(document.header().key());
    }
    let newest = store.read_edges(&store.newest_to(&identity.base, identity.place(), 1)?)?;
    Ok(newest.first().and_then(|citation| Key::parse(citation.key.as_deref()?)))
}

/// What an instrument does to others and others to it, newest first, and its successor on a day.
fn relations(
    register: &Register,
    key: &Key,
    day: Date,
) -> (Vec<RelationView>, Vec<RelationView>, Option<RelationView>) {
    let view = |relation: &Relation, end: &Key| seen_from(relation, end, register.lookup(end, None));
    let acts_on = register.relations_from(key).map(|relation| view(relation, &relation.to));
    let acted_on = register.relations_to(key).map(|relation| view(relation, &relation.from));
    let successor = register.successors(key, day).last().map(|relation| view(relation, &relation.from));
    let newest_first = |mut list: Vec<RelationView>| {
        list.sort_by_key(|relation| std::cmp::Reverse(relation.date));
        list
    };
    (newest_first(acts_on.collect()), newest_first(acted_on.collect()), successor)
}

/// The ids of everything that has a number, each place for itself, other than the instrument asked about. Without a
/// place where only one, or none, is known.
fn same_number(
    store: &Store,
    register: &Register,
    asked: &Identity,
    number: &Number,
) -> Result<Vec<String>, LibraryError> {
    let mut all: BTreeSet<String> = store.bearing(number)?;
    all.extend(register.by_number(number).map(|row| row.id().to_string()));
    let is_asked = |id: &String| {
        let (base, place) = id.split_once('.').map_or((id.as_str(), None), |(base, place)| (base, Some(place)));
        base == asked.base
            && match (&asked.asked, place) {
                (Some(ours), Some(theirs)) => ours == theirs,
                // Of the same number and date: only where there are several places to choose from.
                (Some(_), None) => true,
                (None, Some(_)) => asked.places.len() < 2,
                (None, None) => true,
            }
    };
    Ok(all.into_iter().filter(|id| !is_asked(id)).collect())
}

/// A relation with the end that is shown of it, and the row of that end.
pub(super) fn seen_from(relation: &Relation, end: &Key, row: Option<&Instrument>) -> RelationView {
    RelationView {
        treatment: relation.treatment,
        id: row.map_or_else(|| end.id(), Instrument::id).to_string(),
        number: end.number.to_string(),
        title: row.map(|row| row.title.clone()).filter(|title| !title.is_empty()),
        date: relation.date,
        provision: relation.provision.clone(),
        confidence: relation.confidence,
        source: relation.source.clone(),
        confirmed: relation.confirmed,
    }
}
