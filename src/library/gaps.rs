//! What to load next: instruments that the library cites, and whose text, or whose row in the register, it does not have.

use serde::Serialize;
use utoipa::ToSchema;

use super::LibraryError;
use super::answers::Ranked;
use super::instrument::is_registered;
use super::most_cited::{EVER, LOOKED_AT, TopN, cited_most, ranked_in};
use super::shown_path::file_name;
use crate::register::Register;
use crate::store::{EdgeSet, Store};

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

/// The instruments cited most of which the library has no row or no text, at most `limit` of each.
///
/// # Errors
/// The store cannot be read.
pub fn gaps(store: &Store, register: &Register, limit: usize) -> Result<Gaps, LibraryError> {
    let (mut without_row, mut without_text) = (TopN::new(limit), TopN::new(limit));
    for cited in cited_most(store, register, EVER)?.take(LOOKED_AT) {
        let cited = cited?;
        let later = 2 * cited.least;
        if !without_row.takes(later) && !without_text.takes(later) {
            break;
        }
        if !without_row.takes(cited.most) && !without_text.takes(cited.most) {
            continue;
        }
        let identity = &cited.identity;
        let lacks_row = !is_registered(store, register, &cited.id)? && without_row.takes(cited.most);
        let has_text = !store.documents_being(&identity.base, identity.place())?.is_empty();
        if !lacks_row && (has_text || !without_text.takes(cited.most)) {
            continue;
        }
        let newest = store.newest_to(&identity.base, identity.own_place(), 8 * NAMED)?;
        let ranked = ranked_in(store, register, &cited, &EVER)?;
        let gap = Gap { ranked, has_text, by: newest_in(store, &newest)? };
        let citations = gap.ranked.citations;
        if lacks_row {
            without_row.push(citations, gap.clone());
        }
        if !has_text {
            without_text.push(citations, gap);
        }
    }
    Ok(Gaps { without_row: without_row.list(), without_text: without_text.list() })
}

/// The newest documents that citations of a set are in.
fn newest_in(store: &Store, edges: &EdgeSet) -> Result<Vec<NamedGap>, LibraryError> {
    let mut by: Vec<NamedGap> = Vec::new();
    for citing in store.read_edges(edges)? {
        let label = citing.document_number.or(citing.document_title);
        let label = label.unwrap_or_else(|| file_name(&citing.path));
        if by.len() < NAMED && by.iter().all(|one| one.id != citing.document) {
            by.push(NamedGap { id: citing.document, label });
        }
    }
    Ok(by)
}
