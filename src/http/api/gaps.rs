//! What to load next.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use super::table_file::{TableFormat, table_file};
use crate::http::blocking::ask;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, Params, RequestLang, number};
use crate::library::{self, Gaps};
use crate::report::table::{Column, Table};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GapsParams {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<TableFormat>)]
    format: Option<String>,
    /// How many of each sort: 50 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// List what to load next: instruments cited most whose row the register, or whose text the library, does not have.
#[utoipa::path(get, path = "/api/to-load", tag = "graph", params(GapsParams), responses((status = OK, content((Gaps = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn to_load(
    State(library): LibraryState,
    RequestLang(lang): RequestLang,
    Params(params): Params<GapsParams>,
) -> Result<Response, HttpError> {
    let format = TableFormat::parse(params.format.as_deref())?;
    let limit = number("limit", params.limit.as_deref(), 50, 1..=500)?;
    let gaps = ask(library, move |store, register| library::gaps(store, register, limit)).await?;
    Ok(match format {
        TableFormat::Json => axum::Json(gaps).into_response(),
        TableFormat::Csv => table_file(&table(&gaps), format, "nen-nap-them", lang),
    })
}

const COLUMNS: [Column; 8] = [
    ("lacks", "Còn thiếu", "Lacks"),
    ("id", "Mã định danh", "Id"),
    ("number", "Số, ký hiệu", "Number"),
    ("title", "Trích yếu", "Title"),
    ("force", "Hiệu lực", "State"),
    ("citations", "Số dẫn chiếu", "Citations"),
    ("documents", "Số tài liệu dẫn chiếu", "Citing documents"),
    ("by", "Tài liệu dẫn chiếu", "Cited by"),
];

fn table(gaps: &Gaps) -> Table {
    let mut table = Table::new(&COLUMNS);
    for (lacks, list) in [("row", &gaps.without_row), ("text", &gaps.without_text)] {
        for gap in list {
            let by: Vec<&str> = gap.by.iter().map(|by| by.label.as_str()).collect();
            let one = &gap.ranked;
            table.push([
                json!(lacks),
                json!(one.id),
                json!(one.number),
                json!(one.title),
                json!(one.force),
                json!(one.citations),
                json!(one.documents),
                json!(by.join("; ")),
            ]);
        }
    }
    table
}
