//! The documents that a change of an instrument touches.

use axum::extract::{Path, State};

use super::instruments::AsOfParams;
use super::lookup::{IdPath, JsonAnswer, answer_about};
use crate::http::error::ErrorBody;
use crate::http::extract::{LibraryState, Params, date};
use crate::library::{self, Impact};

/// List the documents that cite an instrument, those that rest on it first, and what to cite instead.
#[utoipa::path(get, path = "/api/instruments/{id}/impact", tag = "instruments", params(IdPath, AsOfParams), responses((status = OK, body = Impact), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn impact(
    State(library): LibraryState,
    Path(path): Path<IdPath>,
    Params(params): Params<AsOfParams>,
) -> JsonAnswer<Impact> {
    let as_of = date(params.as_of.as_deref())?;
    answer_about(library, path, move |store, register, id| Ok(Some(library::impact(store, register, id, as_of)?))).await
}
