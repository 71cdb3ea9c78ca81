//! What to load next: instruments that the library cites, and whose text, or whose row in the register, it does not have.

use serde::Serialize;
use utoipa::ToSchema;

use super::LibraryError;
use super::answers::Ranked;
use super::identity::facts_of;
use super::most_cited::{Cited, TopN, batches, ranked_in};
use super::shown_path::file_name;
use crate::register::Register;
use crate::store::{CitationQuery, Store, StoredCitation};

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
    for cited in batches(store, register, None)? {
        let cited = cited?;
        let wanted: Vec<&Cited> =
            cited.iter().filter(|one| without_row.takes(one.most) || without_text.takes(one.most)).collect();
        let ids: Vec<&str> = wanted.iter().map(|one| one.id.as_str()).collect();
        let rows = facts_of(store, register, &ids)?;
        let texts = store.documents_of(&wanted.iter().map(|one| one.identity.selector()).collect::<Vec<_>>())?;
        let lacking: Vec<(&Cited, bool, bool)> = wanted
            .into_iter()
            .zip(rows.iter().zip(&texts))
            .map(|(one, (row, texts))| (one, row.is_some(), !texts.is_empty()))
            .filter(|(_, has_row, has_text)| !has_row || !has_text)
            .collect();
        let instruments: Vec<&Cited> = lacking.iter().map(|(one, ..)| *one).collect();
        let ranked = ranked_in(store, register, &instruments, None)?;
        let citing: Vec<CitationQuery> =
            instruments.iter().map(|one| CitationQuery::to(one.identity.own_selector())).collect();
        let newest = store.first_citations(&citing, 8 * NAMED)?;
        for (((_, has_row, has_text), ranked), newest) in lacking.into_iter().zip(ranked).zip(newest) {
            let citations = ranked.citations;
            let gap = Gap { ranked, has_text, by: newest_in(newest) };
            if !has_row {
                without_row.push(citations, gap.clone());
            }
            if !has_text {
                without_text.push(citations, gap);
            }
        }
        // None that comes later has more than twice as many.
        let later = cited.last().map_or(0, |last| 2 * last.least);
        if !without_row.takes(later) && !without_text.takes(later) {
            break;
        }
    }
    Ok(Gaps { without_row: without_row.list(), without_text: without_text.list() })
}

/// The newest documents that citations are in.
fn newest_in(citations: Vec<StoredCitation>) -> Vec<NamedGap> {
    let mut by: Vec<NamedGap> = Vec::new();
    for citing in citations {
        let label = citing.document_number.or(citing.document_title);
        let label = label.unwrap_or_else(|| file_name(&citing.path));
        if by.len() < NAMED && by.iter().all(|one| one.id != citing.document) {
            by.push(NamedGap { id: citing.document, label });
        }
    }
    by
}
