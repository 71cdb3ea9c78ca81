//! Every table of the pages as a file: CSV for spreadsheets, JSON for programs.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::law::Treatment;
use crate::library::{Event, Gaps, Matrix};
use crate::report;
use crate::report::table::{Column, Table};

use crate::http::api::instrument_tables::{TABLES, fill};
use crate::http::api::{Asked, named};
use crate::http::error::{ErrorBody, Failure};
use crate::http::extract::{Params, ask, choice, day, number};
use crate::http::openapi;
use crate::http::pages::context::Frame;
use crate::http::pages::instrument;
use crate::http::reload::Live;

pub(crate) fn routes() -> OpenApiRouter<Live> {
    OpenApiRouter::new().routes(routes!(table)).routes(routes!(to_load)).routes(routes!(matrix))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<Format>)]
    format: Option<String>,
    /// The day as of which to tell states; today where none is given. `26/01/2024` is understood as well.
    #[param(schema_with = openapi::day)]
    as_of: Option<String>,
    /// Of `cited-by`: only documents of this kind, `none` for those that state none.
    kind: Option<String>,
    /// Of `cited-by`: only citations that do this.
    #[param(schema_with = treatments)]
    treatment: Option<String>,
    /// Of `cited-by`: only documents of this year.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 9999)]
    year: Option<String>,
}

/// What a citation may do, as addresses name it.
fn treatments() -> Schema {
    openapi::words(Treatment::ALL.map(Treatment::as_str))
}

/// A table of an instrument's page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct Of {
    /// An id, a number in any spelling, or a name.
    #[param(example = "33-2021-tt-bgddt")]
    id: String,
    /// Which table.
    #[param(schema_with = tables)]
    table: String,
}

fn tables() -> Schema {
    openapi::words(TABLES)
}

/// Give one table of an instrument's page: timeline, history, relations, cites, cited-by, kinds, years, provisions or together.
#[utoipa::path(get, path = "/api/instruments/{id}/tables/{table}", tag = "instruments", params(Of, Wanted), responses((status = OK, content((Vec<Object> = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody), (status = NOT_FOUND, body = ErrorBody)))]
async fn table(
    State(library): Asked,
    Path(Of { id, table }): Path<Of>,
    frame: Frame,
    Params(wanted): Params<Wanted>,
) -> Result<Response, Failure> {
    let csv = is_csv(wanted.format.as_deref())?;
    let as_of = day(wanted.as_of.as_deref())?;
    let sieve = instrument::sieve(wanted.kind, wanted.treatment, wanted.year)?;
    if !TABLES.contains(&table.as_str()) {
        let all = TABLES.join(", ");
        return Err(Failure::new(
            axum::http::StatusCode::NOT_FOUND,
            format!("Không có bảng “{table}”; có: {all}."),
            format!("There is no table “{table}”; there are: {all}."),
        ));
    }
    let name = format!("{id}-{table}");
    let filled = ask(library, move |library| named(library, &id).map(|id| fill(library, &id, &table, as_of, &sieve)));
    Ok(answer(&filled.await??, csv, &name, &frame))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Form {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<Format>)]
    format: Option<String>,
    /// How many of each sort: 50 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// List what to load next: instruments cited most whose row the register, or whose text the library, does not have.
#[utoipa::path(get, path = "/api/to-load", tag = "graph", params(Form), responses((status = OK, content((Gaps = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody)))]
async fn to_load(State(library): Asked, frame: Frame, Params(form): Params<Form>) -> Result<Response, Failure> {
    let csv = is_csv(form.format.as_deref())?;
    let limit = number("limit", form.limit.as_deref(), 50, 1..=500)?;
    let missing = ask(library, move |library| library.missing(limit)).await?;
    if !csv {
        return Ok(axum::Json(missing).into_response());
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
    let mut table = Table::new(&COLUMNS);
    for (lacks, list) in [("row", &missing.without_row), ("text", &missing.without_text)] {
        for one in list {
            let by: Vec<&str> = one.by.iter().map(|by| by.label.as_str()).collect();
            let one = &one.ranked;
            let cells = [json!(lacks), json!(one.id), json!(one.number), json!(one.title), json!(one.force)];
            table.push(cells.into_iter().chain([json!(one.citations), json!(one.documents), json!(by.join("; "))]));
        }
    }
    Ok(answer(&table, csv, "nen-nap-them", &frame))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Corner {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<Format>)]
    format: Option<String>,
    /// The folder of the documents, or the beginning of their paths; all where none is given.
    #[serde(default)]
    folder: String,
    /// How many instruments at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 200)]
    columns: Option<String>,
}

/// Tell which documents of a folder cite which instruments.
#[utoipa::path(get, path = "/api/matrix", tag = "graph", params(Corner), responses((status = OK, content((Matrix = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody)))]
async fn matrix(State(library): Asked, frame: Frame, Params(corner): Params<Corner>) -> Result<Response, Failure> {
    let csv = is_csv(corner.format.as_deref())?;
    let columns = number("columns", corner.columns.as_deref(), 20, 1..=200)?;
    let matrix = ask(library, move |library| library.matrix(&corner.folder, columns)).await?;
    match csv {
        true => Ok(answer(&report::matrix::table(&matrix), csv, "ma-tran-dan-chieu", &frame)),
        false => Ok(axum::Json(matrix).into_response()),
    }
}

/// What happened, in words.
pub fn event(event: Event, frame: &Frame) -> &'static str {
    match event {
        Event::Issued => frame.lang.pick("ban hành", "issued"),
        Event::Commenced => frame.lang.pick("có hiệu lực", "in force"),
        Event::Treated => "",
        Event::Ended => frame.lang.pick("hết hiệu lực", "ended"),
    }
}

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
enum Format {
    Json,
    Csv,
}

fn is_csv(format: Option<&str>) -> Result<bool, Failure> {
    let format = choice("format", format, &[("json", Format::Json), ("csv", Format::Csv)])?;
    Ok(format == Format::Csv)
}

fn answer(table: &Table, csv: bool, name: &str, frame: &Frame) -> Response {
    if !csv {
        return axum::Json(table.json()).into_response();
    }
    // Ids and names of tables are ASCII; whatever else stands in an address is not repeated in a header.
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    (headers, table.csv(frame.lang)).into_response()
}
