//! The tables of an instrument's page, each row by row.

use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa::openapi::schema::Schema;

use super::lookup::resolve_id;
use super::table_file::{TableFormat, table_file};
use crate::http::blocking::run_blocking;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, Params, RequestLang, citation_filter, date};
use crate::http::{messages, openapi};
use crate::law::{Date, Treatment};
use crate::library::{self, CitationFilter, CitationView, LibraryError, Paging, RelationView};
use crate::register::Register;
use crate::report::table::{Column, Table};
use crate::store::Store;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TableParams {
    /// `json` unless told otherwise.
    #[param(inline, value_type = Option<TableFormat>)]
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
pub(crate) struct TablePath {
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
#[utoipa::path(get, path = "/api/instruments/{id}/tables/{table}", tag = "instruments", params(TablePath, TableParams), responses((status = OK, content((Vec<Object> = "application/json"), (String = "text/csv"))), (status = BAD_REQUEST, body = ErrorBody), (status = NOT_FOUND, body = ErrorBody)))]
pub(crate) async fn table(
    State(library): LibraryState,
    Path(TablePath { id, table }): Path<TablePath>,
    RequestLang(lang): RequestLang,
    Params(params): Params<TableParams>,
) -> Result<Response, HttpError> {
    let format = TableFormat::parse(params.format.as_deref())?;
    let as_of = date(params.as_of.as_deref())?;
    let filter = citation_filter(params.kind, params.treatment, params.year)?;
    if !TABLES.contains(&table.as_str()) {
        return Err(HttpError::not_found(messages::unknown_table(&table, &TABLES.join(", "))));
    }
    let name = format!("{id}-{table}");
    let filled = run_blocking(library, move |library| {
        let id = resolve_id(library, &id)?;
        Ok(library.ask(|store, register| fill(store, register, &id, &table, as_of, &filter))?)
    });
    Ok(table_file(&filled.await?, format, &name, lang))
}

/// The tables, as their addresses name them.
const TABLES: [&str; 9] =
    ["timeline", "history", "relations", "cites", "cited-by", "kinds", "years", "provisions", "together"];

/// How many rows a table has at most.
const ROWS: usize = 10_000;
const ALL: Paging = Paging { offset: 0, limit: ROWS };

// The columns that several tables have.
const ID: Column = ("id", "Mã định danh", "Id");
const NUMBER: Column = ("number", "Số, ký hiệu", "Number");
const TITLE: Column = ("title", "Trích yếu", "Title");
const FORCE: Column = ("force", "Hiệu lực", "State");
const DATE: Column = ("date", "Ngày", "Date");
const FROM: Column = ("date", "Từ ngày", "From");
const RELATION: Column = ("treatment", "Quan hệ", "Relation");
const PART: Column = ("provision", "Phần", "Provision");
const PIN: Column = ("pin", "Điều, khoản, điểm", "Provision");
const SOURCE: Column = ("source", "Nguồn", "Source");
const CITATIONS: Column = ("citations", "Số dẫn chiếu", "Citations");
const DOCUMENTS: Column = ("documents", "Số tài liệu", "Documents");

/// Fills the table of this name; an unknown name is taken for the last one.
fn fill(
    store: &Store,
    register: &Register,
    id: &str,
    table: &str,
    as_of: Date,
    filter: &CitationFilter,
) -> Result<Table, LibraryError> {
    let counted = || library::cited_by(store, register, id, &CitationFilter::default(), ALL);
    Ok(match table {
        "timeline" => timeline(store, register, id, as_of)?,
        "history" => history(store, register, id, as_of)?,
        "relations" => relations(store, register, id, as_of)?,
        "cites" => citations(library::citations_of(store, register, id, ALL)?.edges),
        "cited-by" if filter.is_open() => citations(library::citations_to(store, register, id, ALL)?.edges),
        "cited-by" => {
            let groups = library::cited_by(store, register, id, filter, ALL)?.groups;
            citations(groups.into_iter().flat_map(|group| group.edges))
        }
        "kinds" => {
            let columns = [("kind", "Loại tài liệu", "Kind of document"), RELATION, CITATIONS];
            let kinds = counted()?.kinds;
            let counts = kinds.iter().flat_map(|kind| kind.treatments.iter().map(move |one| (&kind.kind, one)));
            Table::of(&columns, counts.map(|(kind, one)| [json!(kind), json!(one.treatment), json!(one.citations)]))
        }
        "years" => {
            let years = counted()?.years.into_iter();
            let rows = years.map(|one| [json!(one.year), json!(one.documents), json!(one.citations)]);
            Table::of(&[("year", "Năm", "Year"), DOCUMENTS, CITATIONS], rows)
        }
        "provisions" => {
            let provisions = counted()?.provisions.into_iter();
            let rows = provisions.map(|one| [json!(one.pin), json!(one.citations), json!(one.documents)]);
            Table::of(&[PIN, CITATIONS, DOCUMENTS], rows)
        }
        _ => {
            let both = ("documents", "Số tài liệu dẫn chiếu cả hai", "Documents that cite both");
            let rows = library::cited_together(store, register, id, 100)?.into_iter().map(|one| {
                [json!(one.id), json!(one.number), json!(one.title), json!(one.force), json!(one.documents)]
            });
            Table::of(&[ID, NUMBER, TITLE, FORCE, both], rows)
        }
    })
}

fn timeline(store: &Store, register: &Register, id: &str, as_of: Date) -> Result<Table, LibraryError> {
    let event = ("event", "Sự kiện", "Event");
    let (acts, by) = (("treatment", "Tác động", "Treatment"), ("number", "Văn bản tác động", "By"));
    let view = library::instrument(store, register, id, as_of)?;
    let rows = view.iter().flat_map(|view| view.timeline()).map(|moment| {
        let by = moment.by.as_ref();
        [
            json!(moment.date),
            json!(moment.event),
            json!(by.map(|by| by.treatment)),
            json!(by.map(|by| &by.number)),
            json!(by.and_then(|by| by.title.as_ref())),
            json!(by.map(|by| &by.source)),
        ]
    });
    Ok(Table::of(&[DATE, event, acts, by, TITLE, SOURCE], rows))
}

fn history(store: &Store, register: &Register, id: &str, as_of: Date) -> Result<Table, LibraryError> {
    let (steps, issued) = (("steps", "Bước", "Steps"), ("issued", "Ngày ban hành", "Issued"));
    let nearer = ("nearer", "Thay thế hoặc được thay thế bởi", "Neighbour");
    let rows = library::lineage(store, register, id, as_of)?.into_iter().map(|entry| {
        let relation = entry.relation;
        [
            json!(entry.steps),
            json!(relation.number),
            json!(relation.title),
            json!(entry.issued),
            json!(entry.force),
            json!(entry.nearer),
            json!(relation.date),
            json!(relation.provision),
            json!(relation.source),
        ]
    });
    Ok(Table::of(&[steps, NUMBER, TITLE, issued, FORCE, nearer, FROM, PART, SOURCE], rows))
}

fn relations(store: &Store, register: &Register, id: &str, as_of: Date) -> Result<Table, LibraryError> {
    let (confidence, confirmed) = (("confidence", "Độ tin cậy", "Confidence"), ("confirmed", "Xác nhận", "Confirmed"));
    let columns = [("acts", "Chiều", "Direction"), RELATION, NUMBER, TITLE, PART, FROM, confidence, SOURCE, confirmed];
    let view = library::instrument(store, register, id, as_of)?;
    let (by, on) = view.map(|view| (view.acted_on_by, view.acts_on)).unwrap_or_default();
    let rows = |acts: &'static str, list: Vec<RelationView>| {
        list.into_iter().map(move |one| {
            [
                json!(acts),
                json!(one.treatment),
                json!(one.number),
                json!(one.title),
                json!(one.provision),
                json!(one.date),
                json!(one.confidence),
                json!(one.source),
                json!(one.confirmed),
            ]
        })
    };
    Ok(Table::of(&columns, rows("acted_on_by", by).chain(rows("acts_on", on))))
}

fn citations(citations: impl IntoIterator<Item = CitationView>) -> Table {
    let (sentence, path) = (("sentence", "Câu dẫn chiếu", "Sentence"), ("path", "Tệp", "File"));
    let row = |citation: CitationView| -> [Value; 9] {
        [
            json!(citation.id),
            json!(citation.number),
            json!(citation.title),
            json!(citation.date),
            json!(citation.force),
            json!(citation.treatment),
            json!(citation.pin.join("; ")),
            json!(citation.sentence),
            json!(citation.path),
        ]
    };
    Table::of(&[ID, NUMBER, TITLE, DATE, FORCE, RELATION, PIN, sentence, path], citations.into_iter().map(row))
}
