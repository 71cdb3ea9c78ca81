//! A table as a file: CSV for spreadsheets, JSON for programs.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;

use crate::http::error::HttpError;
use crate::http::extract::choice;
use crate::report::table::Table;
use crate::text::Lang;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(super) enum TableFormat {
    Json,
    Csv,
}

impl TableFormat {
    /// # Errors
    /// A word that names no format.
    pub(super) fn parse(written: Option<&str>) -> Result<TableFormat, HttpError> {
        choice("format", written, &[("json", TableFormat::Json), ("csv", TableFormat::Csv)])
    }
}

/// The answer that holds `table`; a CSV file is saved under `name`.
pub(super) fn table_file(table: &Table, format: TableFormat, name: &str, lang: Lang) -> Response {
    if format == TableFormat::Json {
        return Json(table.json()).into_response();
    }
    // Ids and names of tables are ASCII; nothing else from an address is repeated in a header.
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, table.csv(lang)).into_response()
}
