//! What to load next: instruments that the library cites, and whose text, or whose row in the register, it does not have.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::Base;
use super::graph::file_name;
use super::view::Ranked;

/// How many instruments, the most cited first, are looked at.
const LOOKED_AT: usize = 5_000;
/// How many of the documents that cite are named.
const NAMED: usize = 3;

/// An instrument that is cited and not held.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Lacking {
    #[serde(flatten)]
    pub ranked: Ranked,
    /// Whether its text is a document of the library.
    pub has_text: bool,
    /// The newest documents that cite it.
    pub by: Vec<Named>,
}

/// A document by the name it goes by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    pub id: String,
    /// Its number, else its title, else the name of its file.
    pub label: String,
}

/// What to load next.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Missing {
    /// Cited most without a row in the register: their force is not known.
    pub without_row: Vec<Lacking>,
    /// Cited most without their text in the library.
    pub without_text: Vec<Lacking>,
}

impl Base {
    /// The instruments cited most of which the library lacks the row or the text, at most `limit` of each sort.
    pub fn missing(&self, limit: usize) -> Missing {
        let mut missing = Missing::default();
        let mut seen = HashSet::new();
        for tally in self.told(self.store.tallies(0..=u64::MAX)).iter().take(LOOKED_AT) {
            if missing.without_row.len() == limit && missing.without_text.len() == limit {
                break;
            }
            let Some(entry) = self.told(self.store.tallied(tally).map(Some)) else { continue };
            let Some(id) = entry.target_in_place() else { continue };
            let identity = self.identity(&id);
            // Cited with its place and without it, it is one instrument where there is no other of its number.
            let alone = identity.places.first().filter(|_| identity.asked.is_none() && identity.places.len() == 1);
            let id = alone.map_or(id, |place| format!("{}.{place}", identity.base));
            if !seen.insert(id.clone()) {
                continue;
            }
            let has_text = !self.told(self.store.documents_being(&identity.base, identity.place())).is_empty();
            let has_row = self.is_registered(&id);
            let lists = [(&mut missing.without_row, has_row), (&mut missing.without_text, has_text)];
            for (list, _) in lists.into_iter().filter(|(list, held)| !held && list.len() < limit) {
                let edges = self.told(self.store.edges_to(&identity.base, identity.place()));
                let mut by: Vec<Named> = Vec::new();
                for citing in self.told(self.store.read_edges(&edges.page(0, 8 * NAMED))) {
                    let label = citing.document_number.or(citing.document_title);
                    let label = label.unwrap_or_else(|| file_name(&citing.path));
                    if by.len() < NAMED && by.iter().all(|one| one.id != citing.document) {
                        by.push(Named { id: citing.document, label });
                    }
                }
                let ranked = self.ranked(id.clone(), &entry, edges.total(), edges.documents());
                list.push(Lacking { ranked, has_text, by });
            }
        }
        missing
    }
}
