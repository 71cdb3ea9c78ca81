//! Who cites what, with the sentence of each citation.

use std::collections::HashMap;

use super::answers::{CitationView, Citations, HitKind, Paging};
use super::{Library, shown, today};
use crate::law::{Date, Force, Key};
use crate::store::{EdgeSet, StoredCitation};

/// What is shown of an instrument cited.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    title: Option<String>,
    issued: Option<Date>,
    force: Force,
}

impl Library {
    /// What a document cites, in the order of its text, or what an instrument cites whose text is in the library.
    pub fn cites(&self, id: &str, page: Paging) -> Citations {
        let set = self.edges_of(id);
        let mut known = HashMap::new();
        let entries = self.told(self.store.read_edges(&set.page(page.offset, page.limit)));
        let edges = entries.iter().map(|entry| self.cited_edge(entry, &mut known)).collect();
        Citations { instrument: id.to_owned(), total: set.total(), distinct: set.targets(), edges }
    }

    /// The citations of an instrument, or of the instrument that a document is; newest documents first.
    pub fn cited_by(&self, id: &str, page: Paging) -> Citations {
        let own = self.own_id(id);
        let identity = self.identity(own.as_deref().unwrap_or(id));
        let (base, place) = (identity.base.as_str(), identity.place());
        let newest = self.told(self.store.newest_to(base, place.clone(), page.offset.saturating_add(page.limit)));
        let entries = self.told(self.store.read_edges(&newest.page(page.offset, page.limit)));
        Citations {
            instrument: id.to_owned(),
            total: self.told(self.store.cited(base, place.clone())),
            distinct: self.told(self.store.citing_documents(base, place)),
            edges: entries.iter().map(|entry| self.citing_edge(entry)).collect(),
        }
    }

    pub(super) fn edges_of(&self, id: &str) -> EdgeSet {
        let identity = self.identity(id);
        let documents = self.told(self.store.documents_being(&identity.base, identity.place()));
        let mut ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        if ids.is_empty() {
            ids.push(id);
        }
        self.told(self.store.edges_of(&ids))
    }

    pub(super) fn edges_to(&self, id: &str) -> EdgeSet {
        let own = self.own_id(id);
        let identity = self.identity(own.as_deref().unwrap_or(id));
        self.told(self.store.edges_to(&identity.base, identity.place()))
    }

    /// The instrument that a document is; `None` for what is no document or bears no number.
    pub(super) fn own_id(&self, document: &str) -> Option<String> {
        self.told(self.store.own(document))
    }

    /// An edge seen from the citing document. `known` keeps what was looked up of the instruments.
    pub(super) fn cited_edge(&self, entry: &StoredCitation, known: &mut HashMap<String, Cited>) -> CitationView {
        let id = entry.target_in_place();
        let cited = id.as_ref().map(|id| known.entry(id.clone()).or_insert_with(|| self.cited(id)).clone());
        let (title, issued, force) = match cited {
            Some(cited) => (cited.title, cited.issued, cited.force),
            None => (None, None, Force::Unknown),
        };
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
            ..edge(entry, id)
        }
    }

    /// An edge seen from the instrument cited.
    pub(super) fn citing_edge(&self, entry: &StoredCitation) -> CitationView {
        let facts = entry.document_own.as_deref().and_then(|own| self.facts(own));
        CitationView {
            kind: HitKind::Document,
            number: entry.document_number.clone(),
            title: entry.document_title.clone(),
            date: entry.document_date,
            force: self.force_of(facts.as_ref(), today()),
            ..edge(entry, Some(entry.document.clone()))
        }
    }

    fn cited(&self, id: &str) -> Cited {
        if let Some(facts) = self.facts(id) {
            let (issued, force) = (facts.issued, facts.force_on(today()));
            return Cited { title: Some(facts.title).filter(|title| !title.is_empty()), issued, force };
        }
        let identity = self.identity(id);
        let document = match identity.is_ambiguous() {
            true => None,
            false => self.told(self.store.documents_being(&identity.base, identity.place())).into_iter().next(),
        };
        let (title, issued) = document.map_or((None, None), |document| (document.title, document.date));
        Cited { title, issued, force: Force::Unknown }
    }
}

/// What both ends of an edge share.
fn edge(entry: &StoredCitation, id: Option<String>) -> CitationView {
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
