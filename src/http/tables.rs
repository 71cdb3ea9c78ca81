//! Every table of the pages as a file: CSV for spreadsheets, JSON for programs.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::base::{Base, Edge, Event, Matrix, Missing, Page, RelationView, Sieve};
use crate::law::{Date, Treatment};
use crate::report;
use crate::report::table::{Column, Table};

use super::api::{Asked, named};
use super::ask::{Params, ask, choice, day, number};
use super::error::{ErrorBody, Failure};
use super::frame::Frame;
use super::instrument;
use super::live::Live;
use super::openapi;

/// The tables of an instrument's page, as their addresses name them.
pub const TABLES: [&str; 9] =
    ["timeline", "history", "relations", "cites", "cited-by", "kinds", "years", "provisions", "together"];
/// How many rows a table has at most.
const ROWS: usize = 10_000;

pub(super) fn routes() -> OpenApiRouter<Live> {
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
    State(base): Asked,
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
    let filled = ask(base, move |base| named(base, &id).map(|id| fill(base, &id, &table, as_of, &sieve)));
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
#[utoipa::path(get, path = "/api/to-load", tag = "graph", params(Form), responses((status = OK, content((Missing = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody)))]
async fn to_load(State(base): Asked, frame: Frame, Params(form): Params<Form>) -> Result<Response, Failure> {
    let csv = is_csv(form.format.as_deref())?;
    let limit = number("limit", form.limit.as_deref(), 50, 1..=500)?;
    let missing = ask(base, move |base| base.missing(limit)).await?;
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
async fn matrix(State(base): Asked, frame: Frame, Params(corner): Params<Corner>) -> Result<Response, Failure> {
    let csv = is_csv(corner.format.as_deref())?;
    let columns = number("columns", corner.columns.as_deref(), 20, 1..=200)?;
    let matrix = ask(base, move |base| base.matrix(&corner.folder, columns)).await?;
    match csv {
        true => Ok(answer(&report::matrix::table(&matrix), csv, "ma-tran-dan-chieu", &frame)),
        false => Ok(axum::Json(matrix).into_response()),
    }
}

/// What the table of this name holds.
fn fill(base: &Base, id: &str, table: &str, as_of: Date, sieve: &Sieve) -> Table {
    let view = base.instrument(id, as_of);
    let all = Page { offset: 0, limit: ROWS };
    let mut out;
    match table {
        "timeline" => {
            out = Table::new(&[
                ("date", "Ngày", "Date"),
                ("event", "Sự kiện", "Event"),
                ("treatment", "Tác động", "Treatment"),
                ("number", "Văn bản tác động", "By"),
                ("title", "Trích yếu", "Title"),
                ("source", "Nguồn", "Source"),
            ]);
            for moment in view.iter().flat_map(|view| view.timeline()) {
                let by = moment.by.as_ref();
                out.push([
                    json!(moment.date),
                    json!(moment.event),
                    json!(by.map(|by| by.treatment)),
                    json!(by.map(|by| &by.number)),
                    json!(by.and_then(|by| by.title.as_ref())),
                    json!(by.map(|by| &by.source)),
                ]);
            }
        }
        "history" => {
            out = Table::new(&[
                ("steps", "Bước", "Steps"),
                ("number", "Số, ký hiệu", "Number"),
                ("title", "Trích yếu", "Title"),
                ("issued", "Ngày ban hành", "Issued"),
                ("force", "Hiệu lực", "State"),
                ("nearer", "Thay thế hoặc được thay thế bởi", "Neighbour"),
                ("date", "Từ ngày", "From"),
                ("provision", "Phần", "Provision"),
                ("source", "Nguồn", "Source"),
            ]);
            for kin in base.lineage(id, as_of) {
                let relation = kin.relation;
                let cells = [json!(kin.steps), json!(relation.number), json!(relation.title), json!(kin.issued)];
                let rest = [json!(kin.force), json!(kin.nearer), json!(relation.date), json!(relation.provision)];
                out.push(cells.into_iter().chain(rest).chain([json!(relation.source)]));
            }
        }
        "relations" => {
            out = Table::new(&[
                ("acts", "Chiều", "Direction"),
                ("treatment", "Quan hệ", "Relation"),
                ("number", "Số, ký hiệu", "Number"),
                ("title", "Trích yếu", "Title"),
                ("provision", "Phần", "Provision"),
                ("date", "Từ ngày", "From"),
                ("confidence", "Độ tin cậy", "Confidence"),
                ("source", "Nguồn", "Source"),
                ("confirmed", "Xác nhận", "Confirmed"),
            ]);
            let mut add = |acts: &str, one: &RelationView| {
                let cells = [json!(acts), json!(one.treatment), json!(one.number), json!(one.title)];
                let rest = [json!(one.provision), json!(one.date), json!(one.confidence), json!(one.source)];
                out.push(cells.into_iter().chain(rest).chain([json!(one.confirmed)]));
            };
            if let Some(view) = &view {
                view.acted_on_by.iter().for_each(|one| add("acted_on_by", one));
                view.acts_on.iter().for_each(|one| add("acts_on", one));
            }
        }
        "cites" => {
            out = edges_table();
            base.cites(id, all).edges.iter().for_each(|edge| out.push(edge_row(edge)));
        }
        "cited-by" => {
            out = edges_table();
            let edges = match sieve.is_open() {
                true => base.cited_by(id, all).edges,
                false => base.who_cites(id, sieve, all).groups.into_iter().flat_map(|group| group.edges).collect(),
            };
            edges.iter().for_each(|edge| out.push(edge_row(edge)));
        }
        "kinds" => {
            out = Table::new(&[
                ("kind", "Loại tài liệu", "Kind of document"),
                ("treatment", "Quan hệ", "Relation"),
                ("citations", "Số dẫn chiếu", "Citations"),
            ]);
            for kind in base.who_cites(id, &Sieve::default(), all).kinds {
                for one in kind.treatments {
                    out.push([json!(kind.kind), json!(one.treatment), json!(one.citations)]);
                }
            }
        }
        "years" => {
            out = Table::new(&[
                ("year", "Năm", "Year"),
                ("documents", "Số tài liệu", "Documents"),
                ("citations", "Số dẫn chiếu", "Citations"),
            ]);
            for one in base.who_cites(id, &Sieve::default(), all).years {
                out.push([json!(one.year), json!(one.documents), json!(one.citations)]);
            }
        }
        "provisions" => {
            out = Table::new(&[
                ("pin", "Điều, khoản, điểm", "Provision"),
                ("citations", "Số dẫn chiếu", "Citations"),
                ("documents", "Số tài liệu", "Documents"),
            ]);
            for one in base.who_cites(id, &Sieve::default(), all).provisions {
                out.push([json!(one.pin), json!(one.citations), json!(one.documents)]);
            }
        }
        _ => {
            out = Table::new(&[
                ("id", "Mã định danh", "Id"),
                ("number", "Số, ký hiệu", "Number"),
                ("title", "Trích yếu", "Title"),
                ("force", "Hiệu lực", "State"),
                ("documents", "Số tài liệu dẫn chiếu cả hai", "Documents that cite both"),
            ]);
            for one in base.cited_together(id, 100) {
                let cells = [json!(one.id), json!(one.number), json!(one.title), json!(one.force)];
                out.push(cells.into_iter().chain([json!(one.documents)]));
            }
        }
    }
    out
}

fn edges_table() -> Table {
    Table::new(&[
        ("id", "Mã định danh", "Id"),
        ("number", "Số, ký hiệu", "Number"),
        ("title", "Trích yếu", "Title"),
        ("date", "Ngày", "Date"),
        ("force", "Hiệu lực", "State"),
        ("treatment", "Quan hệ", "Relation"),
        ("pin", "Điều, khoản, điểm", "Provision"),
        ("sentence", "Câu dẫn chiếu", "Sentence"),
        ("path", "Tệp", "File"),
    ])
}

fn edge_row(edge: &Edge) -> Vec<Value> {
    let pins = edge.pin.join("; ");
    let head = [json!(edge.id), json!(edge.number), json!(edge.title), json!(edge.date), json!(edge.force)];
    let rest = [json!(edge.treatment), json!(pins), json!(edge.sentence), json!(edge.path)];
    head.into_iter().chain(rest).collect()
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
