//! What the pages tell about citations: tables as files, filters, what to load next, the matrix, and answers that are not
//! sent twice.

use assert_cmd::Command;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::support::server::{Answer, get, plan, send, server};

const CITED: &str = "/instruments/33-2021-tt-bgddt";

#[tokio::test]
async fn every_table_of_an_instrument_is_a_file_too() {
    for table in ["timeline", "history", "relations", "cites", "cited-by", "kinds", "years", "provisions", "together"] {
        let path = format!("/api{CITED}/tables/{table}");
        let rows = get(&path).await.json();
        let csv = get(&format!("{path}?format=csv")).await;
        assert_eq!(csv.status, StatusCode::OK, "{table}");
        assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv"), "{table}");
        assert!(csv.header(header::CONTENT_DISPOSITION).contains(&format!("33-2021-tt-bgddt-{table}.csv")));
        assert!(csv.body.starts_with('\u{feff}'), "{table}: a spreadsheet must take it for UTF-8");
        let mut reader = csv::Reader::from_reader(csv.body.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), rows.as_array().unwrap().len(), "{table}");
    }
    let timeline = get(&format!("/api{CITED}/tables/timeline")).await.json();
    let events: Vec<&str> = timeline.as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect();
    assert_eq!(events[..2], ["issued", "commenced"]);
    let years = get(&format!("/api{CITED}/tables/years")).await.json();
    assert_eq!(years, json!([{ "year": 2022, "documents": 2, "citations": 3 }]));
    let together = get(&format!("/api{CITED}/tables/together")).await.json();
    assert!(together.as_array().unwrap().iter().any(|row| row["number"] == "22/2020/TT-BGDĐT"), "{together}");
    let english = get(&format!("/api{CITED}/tables/years?format=csv&lang=en")).await.body;
    assert!(english.contains("Year,Documents,Citations"), "{english}");
    for (path, status) in [
        (format!("/api{CITED}/tables/nothing"), StatusCode::NOT_FOUND),
        ("/api/instruments/99-2099-xx/tables/years".to_owned(), StatusCode::NOT_FOUND),
        (format!("/api{CITED}/tables/years?format=xml"), StatusCode::BAD_REQUEST),
        (format!("/api{CITED}/tables/cited-by?treatment=loves"), StatusCode::BAD_REQUEST),
        (format!("/api{CITED}/tables/cited-by?year=soon"), StatusCode::BAD_REQUEST),
    ] {
        let answer = get(&path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.json()["status"], status.as_u16(), "{path}");
    }
}

#[tokio::test]
async fn an_instrument_replaced_tells_its_line_on_the_day_asked_about() {
    let history = get("/api/instruments/22-2020-tt-bgddt/tables/history").await.json();
    let after = history.as_array().unwrap().iter().find(|row| row["number"] == "24/2023/TT-BGDĐT").unwrap();
    assert_eq!((after["steps"].as_i64(), after["force"].as_str()), (Some(1), Some("in_force")));
    let before = get("/api/instruments/24-2023-tt-bgddt/tables/history?as_of=2024-01-25").await.json();
    let before = before.as_array().unwrap().iter().find(|row| row["number"] == "22/2020/TT-BGDĐT").unwrap().clone();
    assert_eq!((before["steps"].as_i64(), before["force"].as_str()), (Some(-1), Some("in_force")));
    let page = get("/instruments/22-2020-tt-bgddt").await.body;
    for anchor in ["facts", "timeline", "history", "relations", "cited-by", "years", "kinds", "together", "drawing"] {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    let dated = get("/instruments/22-2020-tt-bgddt?as_of=2022-01-01").await.body;
    assert!(dated.contains("href=\"/instruments/22-2020-tt-bgddt?as_of=2022-01-01\""), "the day stays in the address");
    assert!(dated.contains("class=\"later\""), "what came after that day is told apart");
}

#[tokio::test]
async fn who_cites_is_grouped_and_can_be_sifted() {
    let page = get(CITED).await.body;
    assert!(page.contains("Kế hoạch <small>(2)") && page.contains("Báo cáo <small>(1)"), "{page}");
    assert!(page.contains("<svg class=\"chart\" role=\"img\" aria-label="), "the chart has its text");
    let reports = get(&format!("{CITED}?kind=B%C3%A1o+c%C3%A1o")).await.body;
    assert!(reports.contains("15/BC-PGDĐT") && !reports.contains("22/KH-UBND</a>"));
    let rows = get(&format!("/api{CITED}/tables/cited-by?kind=B%C3%A1o+c%C3%A1o")).await.json();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    let basis = get(&format!("/api{CITED}/tables/cited-by?treatment=basis&year=2022")).await.json();
    assert_eq!(basis.as_array().unwrap().len(), 1);
    assert_eq!(basis[0]["treatment"], "basis");
    assert_eq!(get(&format!("/api{CITED}/tables/cited-by?year=1999")).await.json(), json!([]));
    let graph = get(&format!("/api{CITED}/graph?depth=2")).await.json();
    assert!(graph["nodes"].as_array().unwrap().iter().all(|node| node["steps"].as_u64().unwrap() <= 2));
    let ends: Vec<&Value> = graph["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
    for edge in graph["edges"].as_array().unwrap() {
        assert!(ends.contains(&&edge["from"]) && ends.contains(&&edge["to"]), "{edge}");
    }
}

#[tokio::test]
async fn what_is_cited_and_not_held_is_what_to_load_next() {
    let missing = get("/api/to-load").await.json();
    let numbers = |list: &str| -> Vec<Value> {
        missing[list].as_array().unwrap().iter().map(|one| one["number"].clone()).collect()
    };
    assert_eq!(numbers("without_row"), ["4321/2019/QĐ-BGDĐT"]);
    assert_eq!(numbers("without_text")[0], "33/2021/TT-BGDĐT", "the most cited first");
    assert_eq!(missing["without_row"][0]["by"][0]["label"], "15/BC-PGDĐT");
    let csv = get("/api/to-load?format=csv").await.body;
    assert!(csv.contains("row,4321-2019-qd-bgddt,4321/2019/QĐ-BGDĐT,"), "{csv}");
    let page = get("/to-load").await.body;
    assert!(page.contains("href=\"/instruments/4321-2019-qd-bgddt\""));
    assert!(get("/documents").await.body.contains("href=\"/to-load\""));
    let unknown = get("/instruments/4321-2019-qd-bgddt").await.body;
    assert!(unknown.contains("1 lần trong 1 tài liệu") && unknown.contains("15/BC-PGDĐT"));
}

#[tokio::test]
async fn the_matrix_counts_what_each_document_of_a_folder_cites() {
    let all = get("/api/matrix").await.json();
    assert_eq!((all["documents"].as_u64(), all["instruments"].as_u64()), (Some(2), Some(3)));
    assert_eq!(all["columns"][0]["number"], "33/2021/TT-BGDĐT");
    let row = |matrix: &Value, number: &str| {
        matrix["rows"].as_array().unwrap().iter().find(|row| row["number"] == number).unwrap().clone()
    };
    assert_eq!(row(&all, "22/KH-UBND")["cells"][0], 2);
    assert_eq!(row(&all, "15/BC-PGDĐT")["cells"][0], 1);
    let narrow = get("/api/matrix?columns=1").await.json();
    assert_eq!((narrow["columns"].as_array().unwrap().len(), narrow["instruments"].as_u64()), (1, Some(3)));
    let path = row(&all, "15/BC-PGDĐT")["path"].as_str().unwrap().to_owned();
    let one = get(&format!("/api/matrix?folder={}", path.replace('/', "%2F"))).await.json();
    assert_eq!((one["documents"].as_u64(), one["instruments"].as_u64()), (Some(1), Some(2)));
    let csv = get("/api/matrix?format=csv").await.body;
    assert!(
        csv.lines().next().unwrap().starts_with("\u{feff}Tệp,\"Số, ký hiệu\",Trích yếu,Ngày,33/2021/TT-BGDĐT"),
        "{csv}"
    );
    assert_eq!(get("/api/matrix?folder=..%2F..").await.json()["documents"], 0);
}

#[test]
fn the_command_line_tells_the_same_matrix_and_draws_two_steps() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("kế hoạch/2022")).unwrap();
    std::fs::write(dir.path().join("kế hoạch/2022/a.txt"), crate::support::server::PLAN).unwrap();
    std::fs::write(dir.path().join("kế hoạch/b.txt"), "KẾ HOẠCH\nTheo Luật số 43/2019/QH14.").unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"));
        command.current_dir(dir.path()).env_remove("DANCHIEU_LIBRARY").env_remove("DANCHIEU_LANG");
        let output = command.args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["index", "kế hoạch"]);
    let matrix: Value = serde_json::from_str(&run(&["matrix", "kế hoạch/2022", "--format", "json"])).unwrap();
    assert_eq!(matrix["rows"].as_array().unwrap().len(), 1);
    assert_eq!(matrix["rows"][0]["path"], "kế hoạch/2022/a.txt");
    let csv = run(&["matrix", "kế hoạch/", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let text = run(&["matrix", "kế hoạch/2022"]);
    assert!(text.contains("33/2021/TT-BGDĐT") && text.contains("22/KH-UBND"), "{text}");
    let graph: Value =
        serde_json::from_str(&run(&["graph", "43/2019/QH14", "--depth", "2", "--format", "json"])).unwrap();
    let before = graph["nodes"].as_array().unwrap().iter().find(|node| node["id"] == "11-1998-qh10");
    assert_eq!(before.map(|node| &node["steps"]), Some(&json!(2)), "what it replaced had replaced another");
    assert!(run(&["matrix", "kế hoạch/none"]).contains("Không có tài liệu nào"));
}

async fn with_mark(path: &str, mark: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, "localhost").header(header::IF_NONE_MATCH, mark);
    send(server(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_twice() {
    let plan = plan().await;
    let (json, csv) = (format!("/api{CITED}"), format!("/api{CITED}/tables/years?format=csv"));
    let pages = ["/", CITED, &plan, "/documents", "/to-load", "/matrix", "/rules/ended", "/healthz"];
    for path in pages.into_iter().chain(["/api/counts", "/api/search?q=a", "/api/openapi.json", &json, &csv]) {
        let first = get(path).await;
        let mark = first.header(header::ETAG).to_owned();
        assert!(mark.starts_with("W/\"") && mark.len() > 10, "{path}: {mark}");
        assert_eq!(first.header(header::CACHE_CONTROL), "private, no-cache", "{path}");
        let strong = mark.trim_start_matches("W/");
        for mark in [mark.as_str(), strong, "*", &format!("\"other\", {mark}")] {
            let again = with_mark(path, mark).await;
            assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
            assert_eq!(again.header(header::ETAG), first.header(header::ETAG), "{path}");
            assert!(!again.header(header::CONTENT_SECURITY_POLICY).is_empty(), "{path}");
        }
        assert_eq!(with_mark(path, "\"other\"").await.status, StatusCode::OK, "{path}");
    }
    // What failed is not kept, nor what is kept for good by its own address.
    let mark = get("/").await.header(header::ETAG).to_owned();
    assert_eq!(with_mark("/gone", &mark).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/gone").await.header(header::ETAG), "");
    for path in ["/static/app.js", "/static/style.css", "/favicon.svg"] {
        assert!(get(path).await.header(header::CACHE_CONTROL).contains("immutable"), "{path}");
    }
}
