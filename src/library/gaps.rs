//! What to load next: instruments that the library cites, and whose text, or whose row in the register, it does not have.

use serde::Serialize;
use utoipa::ToSchema;

use super::Library;
use super::answers::Ranked;
use super::graph::file_name;
use super::most_cited::{EVER, LOOKED_AT, TopN};
use crate::store::EdgeSet;

/// How many of the documents that cite are named.
const NAMED: usize = 3;

/// An instrument that is cited and not held.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Lacking)]
pub struct Gap {
    #[serde(flatten)]
    pub ranked: Ranked,
    /// Whether its text is a document of the library.
    pub has_text: bool,
    /// The newest documents that cite it.
    pub by: Vec<NamedGap>,
}

/// A document by the name it goes by.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Named)]
pub struct NamedGap {
    pub id: String,
    /// Its number, else its title, else the name of its file.
    pub label: String,
}

/// What to load next.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = Missing)]
pub struct Gaps {
    /// Cited most without a row in the register: their force is not known.
    pub without_row: Vec<Gap>,
    /// Cited most without their text in the library.
    pub without_text: Vec<Gap>,
}

impl Library {
    /// The instruments cited most of which the library lacks the row or the text, at most `limit` of each sort.
    pub fn missing(&self, limit: usize) -> Gaps {
        let (mut without_row, mut without_text) = (TopN::new(limit), TopN::new(limit));
        for cited in self.cited_most(EVER).take(LOOKED_AT) {
            let later = 2 * cited.least;
            if !without_row.takes(later) && !without_text.takes(later) {
                break;
            }
            if !without_row.takes(cited.most) && !without_text.takes(cited.most) {
                continue;
            }
            let identity = &cited.identity;
            let lacks_row = !self.is_registered(&cited.id) && without_row.takes(cited.most);
            let has_text = !self.told(self.store.documents_being(&identity.base, identity.place())).is_empty();
            if !lacks_row && (has_text || !without_text.takes(cited.most)) {
                continue;
            }
            let newest = self.told(self.store.newest_to(&identity.base, identity.own_place(), 8 * NAMED));
            let lacking = Gap { ranked: self.ranked_in(&cited, &EVER), has_text, by: self.newest_in(&newest) };
            let citations = lacking.ranked.citations;
            if lacks_row {
                without_row.push(citations, lacking.clone());
            }
            if !has_text {
                without_text.push(citations, lacking);
            }
        }
        Gaps { without_row: without_row.list(), without_text: without_text.list() }
    }

    /// The newest documents that the citations of a set stand in.
    fn newest_in(&self, edges: &EdgeSet) -> Vec<NamedGap> {
        let mut by: Vec<NamedGap> = Vec::new();
        for citing in self.told(self.store.read_edges(edges)) {
            let label = citing.document_number.or(citing.document_title);
            let label = label.unwrap_or_else(|| file_name(&citing.path));
            if by.len() < NAMED && by.iter().all(|one| one.id != citing.document) {
                by.push(NamedGap { id: citing.document, label });
            }
        }
        by
    }
}
