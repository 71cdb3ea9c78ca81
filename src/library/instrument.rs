//! Everything known of one instrument: the register's row, the documents that are it, its relations, how often it
//! is cited.

use std::collections::BTreeSet;

use super::answers::{DocumentRef, InstrumentView, RelationView};
use super::identity::{Identity, facts, facts_of, identities, instrument_id, instrument_ids, parts, related_only};
use super::{LibraryError, force_on, shown, today};
use crate::law::{Date, Instrument, Key, Number, Relation};
use crate::register::{Lookup, Register};
use crate::store::{CitationQuery, DocumentKey, Store, StoredDocument};

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
    Ok(instruments(store, register, &[id], day)?.pop().flatten())
}

/// [`instrument`] for many ids.
pub(super) fn instruments(
    store: &Store,
    register: &Register,
    ids: &[&str],
    day: Date,
) -> Result<Vec<Option<InstrumentView>>, LibraryError> {
    let ids = instrument_ids(store, ids)?;
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rows = facts_of(store, register, &names)?;
    let identities = identities(store, register, &names)?;
    let selectors: Vec<_> = identities.iter().map(Identity::selector).collect();
    let documents = store.documents_of(&selectors)?;
    let totals = store.count_citations(&identities.iter().map(Identity::citations).collect::<Vec<_>>())?;
    let keys = keys(store, register, &rows, &documents, &identities)?;
    prefetch_relations(register, &keys);
    let numbers: Vec<Number> = keys.iter().flatten().map(|key| key.number.clone()).collect();
    let mut of_numbers = store.ids_of_numbers(&numbers)?.into_iter();
    let mut views = Vec::with_capacity(ids.len());
    for ((((id, facts), identity), documents), (totals, key)) in
        ids.into_iter().zip(rows).zip(&identities).zip(&documents).zip(totals.into_iter().zip(keys))
    {
        let bearing = if key.is_some() { of_numbers.next().unwrap_or_default() } else { BTreeSet::new() };
        let is_related = related_only(register, identity.base()).is_some();
        if facts.is_none() && documents.is_empty() && totals.citations == 0 && !is_related {
            views.push(None);
            continue;
        }
        let (acts_on, acted_on_by, successor) = match &key {
            Some(key) => relations(register, key, day),
            None => (Vec::new(), Vec::new(), None),
        };
        let stated = key.as_ref().filter(|_| facts.is_none());
        let same_number =
            key.as_ref().map(|key| same_number(register, identity, &key.number, bearing)).unwrap_or_default();
        views.push(Some(InstrumentView {
            id,
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
            cited: totals.citations,
            cited_by_documents: totals.documents,
            same_number,
        }));
    }
    Ok(views)
}

/// The key of each instrument: of its row, else of its document, else of the newest citation, else of a relation.
fn keys(
    store: &Store,
    register: &Register,
    rows: &[Option<Instrument>],
    documents: &[Vec<StoredDocument>],
    identities: &[Identity],
) -> Result<Vec<Option<Key>>, LibraryError> {
    let only_cited: Vec<usize> =
        (0..rows.len()).filter(|at| rows[*at].is_none() && documents[*at].is_empty()).collect();
    let queries: Vec<CitationQuery> = only_cited.iter().map(|at| identities[*at].citations()).collect();
    let mut newest = store.first_citations(&queries, 1)?.into_iter();
    let mut keys = Vec::with_capacity(rows.len());
    for at in 0..rows.len() {
        let key = match (&rows[at], documents[at].first()) {
            (Some(row), _) => {
                keys.push(row.key());
                continue;
            }
            (None, Some(document)) => document.header().key(),
            (None, None) => {
                newest.next().unwrap_or_default().first().and_then(|citation| Key::parse(citation.key.as_deref()?))
            }
        };
        keys.push(key.or_else(|| related_only(register, identities[at].base())));
    }
    Ok(keys)
}

/// Fetches at once the rows of all ends of the relations of some instruments.
fn prefetch_relations(register: &Register, keys: &[Option<Key>]) {
    let numbers: Vec<String> = keys.iter().flatten().map(|key| key.number.folded()).collect();
    register.prefetch(&numbers.iter().map(|folded| Lookup::Number(folded)).collect::<Vec<_>>());
    let of = |key| register.relations_from(key).chain(register.relations_to(key));
    let ends = keys.iter().flatten().flat_map(of).flat_map(|relation| [&relation.from, &relation.to]);
    let numbers: BTreeSet<String> = ends.map(|end| end.number.folded()).collect();
    register.prefetch(&numbers.iter().map(|folded| Lookup::Number(folded)).collect::<Vec<_>>());
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
    let document = store.read_documents(&[DocumentKey::Id(id)])?.pop().flatten();
    Ok(document.and_then(|document| document.title).unwrap_or_else(|| id.to_owned()))
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
/// place where only one, or none, is known. `all` is what documents and citations know of the number.
fn same_number(register: &Register, asked: &Identity, number: &Number, mut all: BTreeSet<String>) -> Vec<String> {
    all.extend(register.by_number(number).map(|row| row.id().to_string()));
    let is_asked = |id: &String| {
        let (base, place) = parts(id);
        base == asked.base()
            && match (asked.asked(), place) {
                (Some(ours), Some(theirs)) => ours == theirs,
                // Of the same number and date: only where there are several places to choose from.
                (Some(_), None) => true,
                (None, Some(_)) => asked.known_places() < 2,
                (None, None) => true,
            }
    };
    all.into_iter().filter(|id| !is_asked(id)).collect()
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

/// How a document is referred to.
fn document_ref(entry: &StoredDocument) -> DocumentRef {
    DocumentRef {
        id: entry.id.clone(),
        path: shown(&entry.path),
        title: entry.title.clone(),
        kind: entry.kind.clone(),
        issuer: entry.issuer.clone(),
        date: entry.date,
    }
}
