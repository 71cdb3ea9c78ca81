//! The pages and their JSON twin, asked without a socket.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use danchieu::http::{Access, DraftPolicy, app};
use danchieu::library::{self, IndexOptions, Library};
use serde_json::json;

use crate::support::server::{PLAN, REPORT, get, plan, post_json, send};

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    let plan = plan().await;
    for (path, vi, en) in [
        ("/", "Tìm văn bản và dẫn chiếu", "Find instruments and citations"),
        ("/?q=xoa+mu+chu", "kết quả", "results"),
        ("/instruments/33-2021-tt-bgddt", "Những nơi dẫn chiếu văn bản này", "Cited by"),
        ("/instruments/33-2021-tt-bgddt?as_of=2021-12-01", "chưa có hiệu lực", "not yet in force"),
        ("/instruments/22-2020-tt-bgddt", "Nên viện dẫn", "Cite instead"),
        ("/instruments/4321-2019-qd-bgddt", "Sổ đăng ký chưa có văn bản này", "The register does not hold this"),
        ("/documents", "Tài liệu của thư viện", "Documents of the library"),
        (&*plan, "Cơ quan ban hành", "Issuer"),
        ("/to-load", "Chưa có toàn văn", "Text not in the library"),
        ("/matrix", "Ma trận dẫn chiếu", "Citation matrix"),
        ("/matrix?folder=nothing", "Không có tài liệu nào", "No document of the library"),
        ("/check", "Kiểm tra dự thảo", "Check a draft"),
        ("/rules", "Quy tắc kiểm tra", "Rules of the check"),
        ("/rules/ended", "Tất cả quy tắc", "All rules"),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"), "{path}");
        assert!(answer.body.contains(vi), "{path}: {vi}");
        assert!(answer.body.contains(r#"<html lang="vi">"#), "{path}");
        let other = format!("{path}{}lang=en", if path.contains('?') { '&' } else { '?' });
        let answer = get(&other).await;
        assert_eq!(answer.status, StatusCode::OK, "{other}");
        assert!(answer.body.contains(en), "{other}: {en}");
        assert!(answer.body.contains(r#"<html lang="en">"#), "{other}");
        assert!(answer.body.contains(r#"href="/check?lang=en""#), "the language must stay in links: {other}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_no_page_anything_inline() {
    let plan = plan().await;
    for path in [
        "/",
        "/?q=xoa+mu+chu",
        "/instruments/33-2021-tt-bgddt",
        &plan,
        "/instruments/22-2020-tt-bgddt?depth=2",
        "/to-load",
        "/matrix",
        "/check",
        "/rules/ended",
        "/nowhere",
        "/api/rules",
        "/api/nowhere",
        "/static/style.css",
        "/static/app.js",
        "/favicon.svg",
        "/healthz",
    ] {
        let answer = get(path).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer", "{path}");
        if answer.header(header::CONTENT_TYPE).starts_with("text/html") {
            let body = &answer.body;
            assert!(!body.contains(" style=") && !body.contains("<style"), "{path}");
            assert!(!body.contains(" onclick=") && !body.contains("javascript:"), "{path}");
            assert_eq!(body.matches("<script").count(), 1, "{path}");
            assert!(body.contains("<script src=\"/static/app.js?v="), "{path}");
        }
    }
}

#[tokio::test]
async fn a_search_finds_with_and_without_marks_and_types_on() {
    for query in ["33%2F2021%2FTT-BGD%C4%90T", "tt+33+2021"] {
        let found = get(&format!("/api/search?q={query}")).await.json();
        assert_eq!(found["hits"][0]["number"], "33/2021/TT-BGDĐT", "{query}");
        assert!(found["total"].as_u64().unwrap() >= 1);
    }
    let first = get("/api/search?q=xoa+mu+chu&limit=1").await.json();
    assert_eq!(first["hits"].as_array().unwrap().len(), 1);
    let second = get("/api/search?q=xoa+mu+chu&limit=1&offset=1").await.json();
    assert_ne!(first["hits"][0]["id"], second["hits"][0]["id"]);
    let fragment = get("/?fragment=1&q=xoa+mu+chu").await.body;
    assert!(!fragment.contains("<html") && fragment.contains("<mark>") && fragment.contains("class=\"hits\""));
    assert!(!fragment.contains("fragment=1"), "links of the list lead to whole pages");
}

#[tokio::test]
async fn a_query_of_punctuation_or_nothing_gets_advice() {
    let page = get("/?q=%21%3F%2F%2F").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Câu tìm kiếm không có chữ hay số nào"));
    let answer = get("/api/search?q=%21%3F&lang=en").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.json()["error"].as_str().unwrap().contains("no letter and no digit"));
    assert_eq!(get("/api/search").await.json()["total"], 0);
    assert!(get("/?q=+").await.body.contains("Thư viện có"));
}

#[tokio::test]
async fn an_instrument_says_what_it_is_and_who_cites_it() {
    let view = get("/api/instruments/33-2021-tt-bgddt").await.json();
    assert_eq!((view["number"].as_str(), view["force"].as_str()), (Some("33/2021/TT-BGDĐT"), Some("in_force")));
    assert_eq!(get("/api/instruments/33-2021-tt-bgddt?as_of=2021-12-01").await.json()["force"], "not_yet");
    let edges = get("/api/instruments/33-2021-tt-bgddt/cited-by").await.json();
    assert_eq!((edges["total"].as_u64(), edges["distinct"].as_u64()), (Some(3), Some(2)));
    let edge = &edges["edges"][0];
    for field in ["id", "number", "title", "date", "treatment", "pin", "sentence", "path", "start", "end"] {
        assert!(edge.get(field).is_some(), "{field}: {edge}");
    }
    let graph = get("/api/instruments/33-2021-tt-bgddt/graph").await.json();
    assert!(graph["nodes"].as_array().unwrap().len() >= 3);
    let page = get("/instruments/33-2021-tt-bgddt").await.body;
    assert!(page.contains("<svg") && page.contains("22/KH-UBND") && page.contains("15/BC-PGDĐT"));
    assert!(page.contains("#at-"), "a sentence leads to its place in the document");
}

#[tokio::test]
async fn a_number_in_the_address_leads_to_its_instrument() {
    let answer = get("/instruments/33%2F2021%2FTT-BGD%C4%90T").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(header::LOCATION), "/instruments/33-2021-tt-bgddt");
}

#[tokio::test]
async fn the_text_of_a_document_is_never_html() {
    let plan = plan().await;
    let page = get(&plan).await.body;
    assert!(
        page.contains("&#60;script&#62;alert(1)&#60;/script&#62;")
            || page.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
    );
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("class=\"cite in_force\"") && page.contains("class=\"cite ended\""));
    assert!(page.contains("href=\"/instruments/33-2021-tt-bgddt\""));
    let page = get("/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.body;
    assert!(!page.contains("<script>alert"));
    let document = get(&format!("/api{plan}")).await.json();
    assert_eq!(document["text"].as_str().unwrap(), PLAN);
    let citation = &document["citations"][1];
    let (start, end) = (citation["start"].as_u64().unwrap() as usize, citation["end"].as_u64().unwrap() as usize);
    assert_eq!(&PLAN[start..end], citation["text"].as_str().unwrap());
}

#[tokio::test]
async fn what_is_not_there_is_told_with_a_way_on() {
    for path in ["/instruments/99-2099-xx", "/documents/gone", "/rules/nothing", "/nowhere"] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("role=\"search\""), "{path}");
    }
    for path in [
        "/api/instruments/99-2099-xx",
        "/api/instruments/99-2099-xx/cites",
        "/api/instruments/99-2099-xx/cited-by",
        "/api/instruments/99-2099-xx/graph",
        "/api/documents/gone",
        "/api/rules/nothing",
        "/api/nowhere",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["status"], 404, "{path}");
    }
    let english = get("/instruments/99-2099-xx?lang=en").await.body;
    assert!(english.contains("The library holds nothing called") && english.contains("99-2099-xx"));
}

#[tokio::test]
async fn a_bad_parameter_is_named() {
    for (path, named) in [
        ("/api/search?q=a&limit=many", "limit"),
        ("/api/instruments/33-2021-tt-bgddt?as_of=31/11/2021", "31/11/2021"),
        ("/instruments/33-2021-tt-bgddt?as_of=2021-02-30", "2021-02-30"),
        ("/?q=a&offset=-1", "offset"),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.body.contains(named) || answer.body.contains("invalid digit"), "{path}: {}", answer.body);
    }
    let answer = post_json("/healthz", &json!({})).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_server_sees_what_was_indexed_since() {
    let dir = tempfile::tempdir().unwrap();
    let documents = dir.path().join("documents");
    std::fs::create_dir(&documents).unwrap();
    std::fs::write(documents.join("a.txt"), PLAN).unwrap();
    let options = IndexOptions {
        library: dir.path().join("index"),
        paths: vec![documents.clone()],
        register: Some("corpus/register".into()),
        ..IndexOptions::default()
    };
    library::index(&options, |_| ()).unwrap();
    let server =
        app(Arc::new(Library::open(&options.library, None).unwrap()), Access::new(true, None), DraftPolicy::here());
    std::fs::write(documents.join("b.txt"), REPORT).unwrap();
    library::index(&options, |_| ()).unwrap();
    for _ in 0..100 {
        let request = Request::get("/api/counts").header(header::HOST, "localhost").body(Body::empty()).unwrap();
        if send(server.clone(), request).await.json()["documents"] == 2 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("the new document was never seen");
}
