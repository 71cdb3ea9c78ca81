//! One instrument: what is known of it, what it cites, who cites it, and its neighbourhood.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::lookup::{IdPath, JsonAnswer, answer_about};
use crate::http::error::ErrorBody;
use crate::http::extract::{LibraryState, PageParams, Params, date, number};
use crate::http::openapi;
use crate::library::{self, Citations, Graph, InstrumentView};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOfParams {
    /// The day as of which to tell the state; today where none is given. `26/01/2024` is understood as well.
    #[param(schema_with = openapi::day)]
    pub(super) as_of: Option<String>,
}

/// Tell what is known of an instrument, and whether it is in force on a day.
#[utoipa::path(get, path = "/api/instruments/{id}", tag = "instruments", params(IdPath, AsOfParams), responses((status = OK, body = InstrumentView), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn instrument(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<AsOfParams>,
) -> JsonAnswer<InstrumentView> {
    let as_of = date(params.as_of.as_deref())?;
    answer_about(library, path, move |store, register, id| library::instrument(store, register, id, as_of)).await
}

/// List what an instrument or document cites, each with its sentence.
#[utoipa::path(get, path = "/api/instruments/{id}/cites", tag = "instruments", params(IdPath, PageParams), responses((status = OK, body = Citations), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn cites(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<PageParams>,
) -> JsonAnswer<Citations> {
    let page = params.page()?;
    answer_about(library, path, move |store, register, id| library::citations_of(store, register, id, page).map(Some))
        .await
}

/// List who cites an instrument, each with its sentence.
#[utoipa::path(get, path = "/api/instruments/{id}/cited-by", tag = "instruments", params(IdPath, PageParams), responses((status = OK, body = Citations), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn cited_by(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<PageParams>,
) -> JsonAnswer<Citations> {
    let page = params.page()?;
    answer_about(library, path, move |store, register, id| library::citations_to(store, register, id, page).map(Some))
        .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GraphParams {
    /// How many nodes at most: 60 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// How many steps wide: 1 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 2)]
    depth: Option<String>,
}

/// Draw the neighbourhood of an instrument as nodes and edges.
#[utoipa::path(get, path = "/api/instruments/{id}/graph", tag = "instruments", params(IdPath, GraphParams), responses((status = OK, body = Graph), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn graph(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<GraphParams>,
) -> JsonAnswer<Graph> {
    let limit = number("limit", params.limit.as_deref(), 60, 1..=500)?;
    let depth = number("depth", params.depth.as_deref(), 1, 1..=2)?;
    answer_about(library, path, move |store, register, id| library::graph(store, register, id, depth, limit)).await
}
