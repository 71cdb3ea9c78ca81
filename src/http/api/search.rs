//! Search, and suggestions while one types.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::blocking::{ask, run_blocking};
use crate::http::error::ErrorBody;
use crate::http::extract::{LibraryState, Params, flag, page_params};
use crate::http::search_order::SearchOrder;
use crate::library::{self, Hits, SearchRequest, Suggestion};

use super::lookup::JsonAnswer;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParams {
    /// Words, a number in any spelling, or both; `"words together"`, `-without`, `this OR that`, and the fields `so:`,
    /// `loai:`, `coquan:`, `nam:2020..2024`, `hieuluc:con`, `dan:NUMBER`, `diaphuong:`, `la:tailieu`.
    #[serde(default)]
    q: String,
    /// What comes first: `relevance` unless told otherwise, `date` or `cited`.
    #[param(inline, value_type = Option<SearchOrder>)]
    sort: Option<String>,
    /// `true` for the counts of all hits by kind, issuer, place, year and force.
    #[param(value_type = Option<bool>)]
    facets: Option<String>,
    /// How many items to leave out at the start.
    #[param(value_type = Option<usize>, minimum = 0, maximum = 1_000_000)]
    offset: Option<String>,
    /// How many items to answer with: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Find instruments and documents by number or words, with or without diacritics.
#[utoipa::path(get, path = "/api/search", tag = "search", params(SearchParams), responses((status = OK, body = Hits), (status = BAD_REQUEST, body = ErrorBody), (status = UNPROCESSABLE_ENTITY, body = ErrorBody)))]
pub(crate) async fn search(State(library): LibraryState, Params(params): Params<SearchParams>) -> JsonAnswer<Hits> {
    let page = page_params(params.offset.as_deref(), params.limit.as_deref(), 20)?;
    let order = SearchOrder::parse(params.sort.as_deref())?.in_library();
    let facets = flag("facets", params.facets.as_deref())?;
    let q = params.q.trim().to_owned();
    if q.is_empty() {
        return Ok(Json(Hits::default()));
    }
    let hits = run_blocking(library, move |library| {
        let request = SearchRequest { query: &q, page, order, facets };
        Ok(library.ask(|store, register| library::search(store, register, library.forces(), &request))?)
    });
    let hits = hits.await?;
    Ok(Json(hits))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestParams {
    /// What is typed so far; the last word may be half a word.
    #[serde(default)]
    q: String,
    /// How many suggestions to answer with: 8 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Suggest instruments and documents while a number or a title is typed.
#[utoipa::path(get, path = "/api/suggest", tag = "search", params(SuggestParams), responses((status = OK, body = [Suggestion]), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn suggest(
    State(library): LibraryState,
    Params(params): Params<SuggestParams>,
) -> JsonAnswer<Vec<Suggestion>> {
    let limit = page_params(None, params.limit.as_deref(), 8)?.limit;
    let suggestions = ask(library, move |store, register| library::suggest(store, register, &params.q, limit)).await?;
    Ok(Json(suggestions))
}
