//! Everything known of one instrument: the register's row, the documents that are it, its relations, how often it
//! is cited.

use std::collections::BTreeSet;

use super::answers::{InstrumentView, RelationView};
use super::identity::Identity;
use super::{Library, document_ref};
use crate::law::{Date, Instrument, Key, Number, Relation};
use crate::store::StoredDocument;

impl Library {
    /// The instrument of an id (of an instrument, or of a document that bears a number), with its force on a
    /// day. `None` where neither the register, a relation of it, nor any document knows it.
    pub fn instrument(&self, id: &str, day: Date) -> Option<InstrumentView> {
        let own = self.own_id(id);
        let id = own.as_deref().unwrap_or(id);
        let facts = self.facts(id);
        let identity = self.identity(id);
        let documents = self.told(self.store.documents_being(&identity.base, identity.place()));
        let cited = self.told(self.store.cited(&identity.base, identity.place()));
        let related = self.related(&identity.base);
        if facts.is_none() && documents.is_empty() && cited == 0 && related.is_none() {
            return None;
        }
        let key = match &facts {
            Some(facts) => facts.key(),
            None => self.key_of(&documents, &identity).or(related),
        };
        let (acts_on, acted_on_by, successor) = match &key {
            Some(key) => self.relations(key, day),
            None => (Vec::new(), Vec::new(), None),
        };
        let stated = key.as_ref().filter(|_| facts.is_none());
        Some(InstrumentView {
            id: id.to_owned(),
            number: key.as_ref().map(|key| key.number.to_string()),
            kind: stated.and_then(|key| self.register().symbols().kind_of(&key.number).map(|kind| kind.name.clone())),
            issued: stated.and_then(Key::date),
            force: self.force_of(facts.as_ref(), day),
            facts,
            documents: documents.iter().map(document_ref).collect(),
            as_of: day,
            acts_on,
            acted_on_by,
            successor,
            cited,
            cited_by_documents: self.told(self.store.citing_documents(&identity.base, identity.place())),
            same_number: key.map(|key| self.same_number(id, &key.number)).unwrap_or_default(),
        })
    }

    /// The key of an instrument that the register does not know.
    fn key_of(&self, documents: &[StoredDocument], identity: &Identity) -> Option<Key> {
        if let Some(document) = documents.first() {
            return document.header().key();
        }
        let newest = self.told(self.store.newest_to(&identity.base, identity.place(), 1));
        let first = self.told(self.store.read_edges(&newest));
        first.first().and_then(|edge| Key::parse(edge.key.as_deref()?))
    }

    fn relations(&self, key: &Key, day: Date) -> (Vec<RelationView>, Vec<RelationView>, Option<RelationView>) {
        let register = self.register();
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

    /// The ids of everything that bears a number, each place for itself, other than `id`. Without a place where
    /// only one, or none, is known.
    fn same_number(&self, id: &str, number: &Number) -> Vec<String> {
        let mut all: BTreeSet<String> = self.told(self.store.bearing(number));
        all.extend(self.register().by_number(number).map(|row| row.id().to_string()));
        let asked = self.identity(id);
        let mut out = Vec::new();
        for other in &all {
            let (base, place) =
                other.split_once('.').map_or((other.as_str(), None), |(base, place)| (base, Some(place)));
            let is_asked = base == asked.base
                && match (&asked.asked, place) {
                    (Some(ours), Some(theirs)) => ours == theirs,
                    // Of the same number and date: only where there are several places to choose from.
                    (Some(_), None) => true,
                    (None, Some(_)) => asked.places.len() < 2,
                    (None, None) => true,
                };
            if !is_asked {
                out.push(other.clone());
            }
        }
        out
    }
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
