//! The questions of `danchieu trace`: the shortest path of citations between two, what rests on an instrument, what is
//! cited together with it, and what is cited most.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::library::{self, CitationPath, Dependents, Ranked, Ranking};

use super::lookup::{IdPath, JsonAnswer, answer_about, resolve_id};
use crate::http::blocking::{ask, run_blocking};
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, Params, flag, number};
use crate::http::messages;

/// The most steps that a path may have.
const MAX_STEPS: usize = 10;
/// The most items that a list may have.
const MAX_ITEMS: usize = 1000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChainParams {
    /// Where the way begins: an id, a number in any spelling, or a name.
    #[serde(default)]
    #[param(required, min_length = 1, example = "43/2019/QH14")]
    from: String,
    /// Where it shall lead: an id, a number in any spelling, or a name.
    #[serde(default)]
    #[param(required, min_length = 1, example = "38/2005/QH11")]
    to: String,
    /// How many steps at most: 6 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 10)]
    steps: Option<String>,
}

/// Find the shortest way of citations from one instrument or document to another.
#[utoipa::path(get, path = "/api/chain", tag = "graph", params(ChainParams), responses((status = OK, body = CitationPath), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn chain(
    State(library): LibraryState,
    Params(params): Params<ChainParams>,
) -> JsonAnswer<CitationPath> {
    let steps = max_steps(params.steps.as_deref())?;
    for (name, end) in [("from", &params.from), ("to", &params.to)] {
        if end.is_empty() {
            return Err(HttpError::bad_request(messages::missing_parameter(name)));
        }
    }
    let path = run_blocking(library, move |library| {
        let (from, to) = (resolve_id(library, &params.from)?, resolve_id(library, &params.to)?);
        Ok(library.ask(|store, register| library::shortest_path(store, register, &from, &to, steps))?)
    });
    path.await.map(Json)
}

fn max_items(written: Option<&str>, usual: usize) -> Result<usize, HttpError> {
    number("limit", written, usual, 1..=MAX_ITEMS)
}

fn max_steps(written: Option<&str>) -> Result<usize, HttpError> {
    number("steps", written, 6, 1..=MAX_STEPS)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DependentsParams {
    /// How many steps away at most: 6 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 10)]
    steps: Option<String>,
    /// How many at most: 200 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List everything that rests on an instrument, directly or by way of others.
#[utoipa::path(get, path = "/api/instruments/{id}/resting", tag = "graph", params(IdPath, DependentsParams), responses((status = OK, body = Dependents), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn resting(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<DependentsParams>,
) -> JsonAnswer<Dependents> {
    let (steps, limit) = (max_steps(params.steps.as_deref())?, max_items(params.limit.as_deref(), 200)?);
    answer_about(library, path, move |store, register, id| {
        library::dependents(store, register, id, steps, limit).map(Some)
    })
    .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TogetherParams {
    /// How many at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List what the documents that cite an instrument cite besides it.
#[utoipa::path(get, path = "/api/instruments/{id}/together", tag = "graph", params(IdPath, TogetherParams), responses((status = OK, body = Vec<Ranked>), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn together(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<TogetherParams>,
) -> JsonAnswer<Vec<Ranked>> {
    let limit = max_items(params.limit.as_deref(), 20)?;
    answer_about(library, path, move |store, register, id| {
        library::cited_together(store, register, id, limit).map(Some)
    })
    .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MostCitedParams {
    /// Years of the citing documents, 1900 to 2199: `2024` or `2020..2024`.
    #[param(pattern = r"^(19|20|21)[0-9]{2}(\.\.(19|20|21)[0-9]{2})?$", example = "2020..2024")]
    years: Option<String>,
    /// The kind of the instrument: `Thông tư`.
    kind: Option<String>,
    /// Its issuer, by name or abbreviation: `BGDĐT`.
    issuer: Option<String>,
    /// Only instruments that are no longer in force today.
    #[param(value_type = Option<bool>)]
    ended: Option<String>,
    /// How many at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List the instruments that the documents of the library cite most.
#[utoipa::path(get, path = "/api/most-cited", tag = "graph", params(MostCitedParams), responses((status = OK, body = Vec<Ranked>), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn most_cited(
    State(library): LibraryState,
    Params(params): Params<MostCitedParams>,
) -> JsonAnswer<Vec<Ranked>> {
    let years = match &params.years {
        Some(text) => Some(Ranking::years(text).ok_or_else(|| HttpError::bad_request(messages::not_years(text)))?),
        None => None,
    };
    let ranking =
        Ranking { years, kind: params.kind, issuer: params.issuer, ended: flag("ended", params.ended.as_deref())? };
    let limit = max_items(params.limit.as_deref(), 20)?;
    let ranked = ask(library, move |store, register| library::most_cited(store, register, &ranking, limit)).await?;
    Ok(Json(ranked))
}
