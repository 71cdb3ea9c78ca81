//! Which documents cite which instruments.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::table_file::{TableFormat, table_file};
use crate::http::blocking::ask;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, Params, RequestLang, number};
use crate::library::{self, Matrix};
use crate::report;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MatrixParams {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<TableFormat>)]
    format: Option<String>,
    /// The folder of the documents, or the beginning of their paths; all where none is given.
    #[serde(default)]
    folder: String,
    /// How many instruments at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 200)]
    columns: Option<String>,
}

/// Tell which documents of a folder cite which instruments.
#[utoipa::path(get, path = "/api/matrix", tag = "graph", params(MatrixParams), responses((status = OK, content((Matrix = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn matrix(
    State(library): LibraryState,
    RequestLang(lang): RequestLang,
    Params(params): Params<MatrixParams>,
) -> Result<Response, HttpError> {
    let format = TableFormat::parse(params.format.as_deref())?;
    let columns = number("columns", params.columns.as_deref(), 20, 1..=200)?;
    let matrix = ask(library, move |store, register| library::matrix(store, register, &params.folder, columns)).await?;
    Ok(match format {
        TableFormat::Json => axum::Json(matrix).into_response(),
        TableFormat::Csv => table_file(&report::terminal::matrix::table(&matrix), format, "ma-tran-dan-chieu", lang),
    })
}
