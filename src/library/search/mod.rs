//! Search: what the store finds for a query in any spelling, what an office needs first before the rest, with the words
//! shown where they are.
//!
//! `syntax` takes the typed text apart, `understand` makes a [`question::Question`] of it, `rank` a plan, `spelling`
//! corrects words; the store carries the plan out. Here hits are weighed by force and use, and read.

mod best;
mod facets;
mod hits;
mod question;
mod rank;
mod spelling;
mod suggestions;
mod syntax;
mod understand;
mod weigh;

pub(super) use self::best::designated;
pub(super) use self::hits::{document_hits, times_cited};
pub(super) use self::question::Question;
pub use self::suggestions::{similar_names, suggest};
pub use self::syntax::{Field, Problem, QueryError, typed};
use self::understand::UnderstoodQuery;
use self::weigh::weigh;
use super::answers::{Hit, Hits, Paging};
use super::force_from_texts::ForcesFromTexts;
use super::{LibraryError, today};
use crate::register::Register;
use crate::store::{ForceBasis, ForceOverrides, Order, SearchResults, Store};
use crate::text::Word;

/// How many of the best hits are weighed by force and use; those behind them stay in the order of the store.
const WEIGHED: usize = 60;
/// How many are weighed where a number is asked for: every year and ministry has a "thông tư 33", all of them alike.
const WEIGHED_ALIKE: usize = 400;
/// The share of the best score that such a hit has at least.
const ALIKE: f32 = 0.75;

/// What a search asks for.
#[derive(Debug, Clone, Copy)]
pub struct SearchRequest<'q> {
    /// As typed.
    pub query: &'q str,
    pub page: Paging,
    pub order: Order,
    /// Whether all hits are counted by kind, issuer, place, year and force.
    pub facets: bool,
}

/// Instruments and documents for a query in any spelling, the best first.
///
/// # Errors
/// `EmptyQuery` for a query without a letter or a digit; `Query` for one that cannot be understood; the store cannot be
/// read.
pub fn search(
    store: &Store,
    register: &Register,
    forces: &ForcesFromTexts,
    request: &SearchRequest<'_>,
) -> Result<Hits, LibraryError> {
    let SearchRequest { query, page, order, facets } = *request;
    let UnderstoodQuery { mut question, read_as } = understand::understand(store, register, query)?;
    // What is only narrowed down has no order of its own.
    let bare = question.words.is_empty() && question.any_of.is_empty();
    let order = if bare && order == Order::Relevance { Order::Date } else { order };
    let weighed = if question.words.iter().any(Word::holds_digit) { WEIGHED_ALIKE } else { WEIGHED };
    let by_force = facets || question.asks_force();
    let overrides = if by_force { forces.today(store, register)? } else { ForceOverrides::default() };
    let wanted = rank::Wanted {
        limit: page.offset.saturating_add(page.limit).max(weighed),
        weighed,
        order,
        facets,
        force: ForceBasis { as_of: today(), overrides },
    };
    let run = |question: &Question| -> Result<SearchResults, LibraryError> {
        Ok(store.search(&rank::plan(question, &wanted, store)?)?)
    };
    let mut found = run(&question)?;
    // Instruments that the query names and that are known only because they are cited are not in the store's lists;
    // they come first.
    let plain = question.filters.is_empty() && question.phrases.is_empty() && question.any_of.is_empty();
    let mut cited_only: Vec<Hit> = Vec::new();
    for id in question.exact.iter().filter(|_| plain) {
        cited_only.extend(hits::cited_only_hit(store, register, id)?);
    }
    let mut nearest = false;
    if found.total == 0 && cited_only.is_empty() {
        for looser in question.looser() {
            let again = run(&looser)?;
            if again.total > 0 {
                (found, question, nearest) = (again, looser, true);
                break;
            }
        }
    }
    if order == Order::Relevance {
        let least = found.hits.first().map_or(0.0, |best| best.score * ALIKE);
        let alike = found.hits.partition_point(|one| one.score >= least).min(weighed);
        let weighed = alike.max(WEIGHED).min(found.hits.len());
        weigh(store, register, &mut found.hits[..weighed])?;
    }

    let before = cited_only.len();
    let mut hits: Vec<Hit> = cited_only.into_iter().skip(page.offset).take(page.limit).collect();
    let listed = found.hits.iter().skip(page.offset.saturating_sub(before)).take(page.limit - hits.len());
    hits.extend(hits::read_hits(store, register, &listed.collect::<Vec<_>>(), &question.sought())?);
    let total = found.total + before;
    let suggestions = if total == 0 { suggestions::near(store, register, &question)? } else { Vec::new() };
    let suggestions = suggestions.into_iter().map(|(name, _)| name).collect();
    let unfiltered = if total == 0 && !question.filters.is_empty() && !bare {
        run(&Question { filters: Vec::new(), ..question.clone() })?.total
    } else {
        0
    };
    let facets = if facets { facets::facets(found.facets) } else { Vec::new() };
    Ok(Hits { total, hits, suggestions, read_as, nearest, unfiltered, facets })
}
