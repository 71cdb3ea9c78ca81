//! The tables of an instrument's page, row by row.

use serde_json::{Value, json};

use crate::law::Date;
use crate::library::{CitationFilter, CitationView, Library, Paging, RelationView};
use crate::report::table::{Column, Table};

/// The tables, as their addresses name them.
pub const TABLES: [&str; 9] =
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

/// What the table of this name holds; the last one for a name that is none.
pub fn fill(library: &Library, id: &str, table: &str, as_of: Date, sieve: &CitationFilter) -> Table {
    match table {
        "timeline" => timeline(library, id, as_of),
        "history" => history(library, id, as_of),
        "relations" => relations(library, id, as_of),
        "cites" => edges(library.cites(id, ALL).edges),
        "cited-by" if sieve.is_open() => edges(library.cited_by(id, ALL).edges),
        "cited-by" => edges(library.who_cites(id, sieve, ALL).groups.into_iter().flat_map(|group| group.edges)),
        "kinds" => {
            let columns = [("kind", "Loại tài liệu", "Kind of document"), RELATION, CITATIONS];
            let kinds = library.who_cites(id, &CitationFilter::default(), ALL).kinds;
            let counts = kinds.iter().flat_map(|kind| kind.treatments.iter().map(move |one| (&kind.kind, one)));
            Table::of(&columns, counts.map(|(kind, one)| [json!(kind), json!(one.treatment), json!(one.citations)]))
        }
        "years" => {
            let years = library.who_cites(id, &CitationFilter::default(), ALL).years.into_iter();
            let rows = years.map(|one| [json!(one.year), json!(one.documents), json!(one.citations)]);
            Table::of(&[("year", "Năm", "Year"), DOCUMENTS, CITATIONS], rows)
        }
        "provisions" => {
            let provisions = library.who_cites(id, &CitationFilter::default(), ALL).provisions.into_iter();
            let rows = provisions.map(|one| [json!(one.pin), json!(one.citations), json!(one.documents)]);
            Table::of(&[PIN, CITATIONS, DOCUMENTS], rows)
        }
        _ => {
            let both = ("documents", "Số tài liệu dẫn chiếu cả hai", "Documents that cite both");
            let rows = library.cited_together(id, 100).into_iter().map(|one| {
                [json!(one.id), json!(one.number), json!(one.title), json!(one.force), json!(one.documents)]
            });
            Table::of(&[ID, NUMBER, TITLE, FORCE, both], rows)
        }
    }
}

fn timeline(library: &Library, id: &str, as_of: Date) -> Table {
    let event = ("event", "Sự kiện", "Event");
    let (acts, by) = (("treatment", "Tác động", "Treatment"), ("number", "Văn bản tác động", "By"));
    let view = library.instrument(id, as_of);
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
    Table::of(&[DATE, event, acts, by, TITLE, SOURCE], rows)
}

fn history(library: &Library, id: &str, as_of: Date) -> Table {
    let (steps, issued) = (("steps", "Bước", "Steps"), ("issued", "Ngày ban hành", "Issued"));
    let nearer = ("nearer", "Thay thế hoặc được thay thế bởi", "Neighbour");
    let rows = library.lineage(id, as_of).into_iter().map(|kin| {
        let relation = kin.relation;
        [
            json!(kin.steps),
            json!(relation.number),
            json!(relation.title),
            json!(kin.issued),
            json!(kin.force),
            json!(kin.nearer),
            json!(relation.date),
            json!(relation.provision),
            json!(relation.source),
        ]
    });
    Table::of(&[steps, NUMBER, TITLE, issued, FORCE, nearer, FROM, PART, SOURCE], rows)
}

fn relations(library: &Library, id: &str, as_of: Date) -> Table {
    let (confidence, confirmed) = (("confidence", "Độ tin cậy", "Confidence"), ("confirmed", "Xác nhận", "Confirmed"));
    let columns = [("acts", "Chiều", "Direction"), RELATION, NUMBER, TITLE, PART, FROM, confidence, SOURCE, confirmed];
    let view = library.instrument(id, as_of);
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
    Table::of(&columns, rows("acted_on_by", by).chain(rows("acts_on", on)))
}

fn edges(edges: impl IntoIterator<Item = CitationView>) -> Table {
    let (sentence, path) = (("sentence", "Câu dẫn chiếu", "Sentence"), ("path", "Tệp", "File"));
    let row = |edge: CitationView| -> [Value; 9] {
        [
            json!(edge.id),
            json!(edge.number),
            json!(edge.title),
            json!(edge.date),
            json!(edge.force),
            json!(edge.treatment),
            json!(edge.pin.join("; ")),
            json!(edge.sentence),
            json!(edge.path),
        ]
    };
    Table::of(&[ID, NUMBER, TITLE, DATE, FORCE, RELATION, PIN, sentence, path], edges.into_iter().map(row))
}
