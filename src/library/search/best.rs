//! The few hits that match a clause best, where no page, order or facet is asked for.

use super::question::Question;
use super::rank;
use crate::library::{LibraryError, today};
use crate::store::{Clause, SearchHit, SearchPlan, Store};

/// The `limit` hits that match a clause best; none where there is no clause.
pub(super) fn best(store: &Store, clause: Option<Clause>, limit: usize) -> Result<Vec<SearchHit>, LibraryError> {
    let Some(clause) = clause else { return Ok(Vec::new()) };
    Ok(store.search(&SearchPlan::best(clause, limit, today()))?.hits)
}

/// What has all words of a question in its number, kind, alias or issuer, at least one number among them.
pub(in crate::library) fn designated(
    store: &Store,
    question: &Question,
    limit: usize,
) -> Result<Vec<SearchHit>, LibraryError> {
    best(store, rank::designated(question), limit)
}
