//! The pages and their JSON twin, asked without a socket.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use danchieu::base::{self, Base, IndexOptions};
use danchieu::http::{Access, Office, app};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// What the library of these tests holds, beside the register of the repository.
pub const PLAN: &str = "\
ỦY BAN NHÂN DÂN
XÃ AN LỘC
Số: 22/KH-UBND

An Lộc, ngày 15 tháng 4 năm 2022

KẾ HOẠCH
Xóa mù chữ trên địa bàn xã An Lộc

Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021 của Bộ Giáo dục và Đào tạo;
Thực hiện Thông tư số 22/2020/TT-BGDĐT ngày 06 tháng 8 năm 2020 của Bộ Giáo dục và Đào tạo.

Các lớp mở theo Thông tư số 33/2021/TT-BGDĐT. Ghi chú của người soạn: <script>alert(1)</script> & \"ngoặc\".
";

const REPORT: &str = "\
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 15/BC-PGDĐT

An Bình, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả xóa mù chữ năm 2022

Thực hiện Thông tư số 33/2021/TT-BGDĐT và Quyết định số 4321/2019/QĐ-BGDĐT, Phòng báo cáo như sau.
";

/// The library of the two documents above, indexed and opened once.
pub fn library() -> Arc<Base> {
    static BASE: OnceLock<(tempfile::TempDir, Arc<Base>)> = OnceLock::new();
    let (_, base) = BASE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let documents = dir.path().join("documents");
        std::fs::create_dir(&documents).unwrap();
        std::fs::write(documents.join("ke-hoach-xoa-mu-chu.txt"), PLAN).unwrap();
        std::fs::write(documents.join("bao-cao.txt"), REPORT).unwrap();
        let options = IndexOptions {
            library: dir.path().join("index"),
            paths: vec![documents],
            register: Some("corpus/register".into()),
            ..IndexOptions::default()
        };
        let report = base::index(&options, |_| ()).unwrap();
        assert_eq!((report.documents, report.failed.len()), (2, 0));
        let base = Base::open(&options.library, None).unwrap();
        (dir, Arc::new(base))
    });
    Arc::clone(base)
}

/// A library that has the register and no document yet.
pub fn empty_library() -> Arc<Base> {
    static BASE: OnceLock<(tempfile::TempDir, Arc<Base>)> = OnceLock::new();
    let (_, base) = BASE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let documents = dir.path().join("documents");
        std::fs::create_dir(&documents).unwrap();
        let options = IndexOptions {
            library: dir.path().join("index"),
            paths: vec![documents],
            register: Some("corpus/register".into()),
            ..IndexOptions::default()
        };
        base::index(&options, |_| ()).unwrap();
        let base = Base::open(&options.library, None).unwrap();
        (dir, Arc::new(base))
    });
    Arc::clone(base)
}

pub fn server() -> Router {
    app(library(), Access::new(true, None), Office::here())
}

pub struct Answer {
    pub status: StatusCode,
    head: Response<()>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.head.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

pub async fn send(server: Router, request: Request<Body>) -> Answer {
    let (head, body) = send_for_bytes(server, request).await;
    Answer { status: head.status(), head, body: String::from_utf8(body).unwrap() }
}

async fn send_for_bytes(server: Router, request: Request<Body>) -> (Response<()>, Vec<u8>) {
    let (parts, body) = server.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), body.to_vec())
}

pub async fn get(path: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, "127.0.0.1:8700").body(Body::empty()).unwrap();
    send(server(), request).await
}

async fn post_json(path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header(header::HOST, "localhost:8700")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    send(server(), request).await
}

async fn post_form(path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
    send(server(), form(path, fields)).await
}

/// A form with fields `(name, file name, content)`.
fn form(path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, file, content) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--XxX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XxX--\r\n");
    Request::post(path)
        .header(header::HOST, "localhost:8700")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XxX")
        .body(Body::from(body))
        .unwrap()
}

/// The address of the plan's page.
pub async fn plan() -> String {
    let list = get("/api/documents").await.json();
    let hits = list["hits"].as_array().unwrap().clone();
    let id = hits.iter().find(|hit| hit["number"] == "22/KH-UBND").unwrap()["id"].as_str().unwrap().to_owned();
    format!("/documents/{id}")
}

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
    assert!(page.body.contains("câu tìm kiếm không có chữ hay số nào"));
    let answer = get("/api/search?q=%21%3F&lang=en").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
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
async fn a_draft_is_checked_as_json_as_text_and_as_a_file() {
    let draft = "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ GDĐT.";
    let answer = post_json("/api/check", &json!({ "text": draft, "as_of": "2025-01-31", "name": "a.txt" })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let findings = answer.json();
    let finding = &findings[0];
    for field in ["rule", "severity", "start", "end", "text", "line", "column", "message", "target", "suggestion"] {
        assert!(finding.get(field).is_some(), "{field}: {finding}");
    }
    assert_eq!((finding["path"].as_str(), finding["target"].as_str()), (Some("a.txt"), Some("22/2020/TT-BGDĐT")));
    let before = post_json("/api/check", &json!({ "text": draft, "as_of": "2021-01-31" })).await.json();
    assert!(
        before.as_array().unwrap().iter().all(|finding| finding["rule"] != "ended" && finding["rule"] != "replaced")
    );

    let form = [("file", Some("b.txt"), draft.as_bytes()), ("as_of", None, b"2025-01-31".as_slice())];
    let file = post_form("/api/check", &form).await.json();
    assert_eq!((file[0]["path"].as_str(), &file[0]["rule"]), (Some("b.txt"), &finding["rule"]));
    let citations = post_form("/api/extract", &form).await.json();
    assert_eq!((citations[0]["key"].as_str(), citations[0]["kind"].as_str()), (Some("22/2020/TT-BGDĐT"), Some("full")));

    for form in [&form[..], &[("text", None, draft.as_bytes()), ("file", Some(""), b"")]] {
        let page = post_form("/check", form).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert!(page.body.contains("class=\"finding error\"") || page.body.contains("class=\"finding warning\""));
        assert!(page.body.contains("Dự thảo không được lưu"));
    }
}

#[tokio::test]
async fn the_policy_of_the_office_holds_and_notices_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let server = || app(library(), Access::new(true, None), Office::of(folder.path()));
    let draft = json!({ "text": "Theo Thông tư số 22/2020/TT-BGDĐT.", "as_of": "document", "name": "a.txt" });
    let ask = async |path: &str| {
        let body = Body::from(draft.to_string());
        let request = Request::post(path).header(header::HOST, "localhost");
        send(server(), request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap()).await
    };
    let before = ask("/api/check?full=1&lang=en").await;
    assert_eq!(before.status, StatusCode::OK, "{}", before.body);
    let before = before.json();
    let rules = |found: &Value| found.as_array().unwrap().iter().map(|one| one["rule"].clone()).collect::<Vec<_>>();
    let found = rules(&before["findings"]);
    assert!(!found.is_empty() && before["notices"][0].as_str().unwrap().contains("no date of issue"), "{before}");
    assert_eq!(rules(&ask("/api/check").await.json()), found);

    let (off, accepted) = (found[0].as_str().unwrap(), found.last().unwrap().as_str().unwrap());
    let number = "number = \"22/2020/TT-BGDĐT\"";
    let policy = format!("[[accept]]\nrule = \"{accepted}\"\n{number}\npath = \"a.txt\"\nreason = \"để đối chiếu\"\n");
    std::fs::write(folder.path().join("danchieu.toml"), policy).unwrap();
    let after = ask("/api/check?full=1").await;
    assert_eq!(after.status, StatusCode::OK, "{}", after.body);
    let after = after.json();
    assert_eq!(rules(&after["accepted"]), [accepted]);
    assert!(!rules(&after["findings"]).contains(&json!(accepted)));
    std::fs::write(folder.path().join("danchieu.toml"), format!("[severity]\n{off} = \"off\"\n")).unwrap();
    assert!(!rules(&ask("/api/check").await.json()).contains(&json!(off)));
    std::fs::write(folder.path().join("danchieu.toml"), "[severity]\nxyz = \"off\"\n").unwrap();
    let wrong = ask("/api/check").await;
    assert_eq!(wrong.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(wrong.body.contains("danchieu.toml"), "{}", wrong.body);
}

#[tokio::test]
async fn the_day_and_the_rules_of_form_can_be_chosen() {
    let text = "Số: 9/KH-UBND\nAn Lộc, ngày 10 tháng 3 năm 2021\nKẾ HOẠCH\nTheo Thông tư số 22/2020/TT-BGDĐT.";
    let blamed = async |fields: &[(&str, &str)]| {
        let mut form = vec![("text", None, text.as_bytes())];
        form.extend(fields.iter().map(|(name, value)| (*name, None, value.as_bytes())));
        let page = post_form("/check", &form).await;
        assert_eq!(page.status, StatusCode::OK, "{fields:?}");
        page.body.contains("/rules/replaced") || page.body.contains("/rules/ended")
    };
    assert!(blamed(&[("day", "today"), ("as_of", "2021-03-10")]).await);
    assert!(!blamed(&[("day", "document")]).await);
    assert!(!blamed(&[("day", "date"), ("as_of", "2021-03-10")]).await);
    assert!(blamed(&[("day", "signing"), ("as_of", "2026-03-10")]).await);
    let api = post_json("/api/check", &json!({ "text": text, "as_of": "document" })).await.json();
    assert!(api.as_array().unwrap().iter().all(|finding| finding["rule"] != "replaced" && finding["rule"] != "ended"));

    let party = post_form("/check", &[("text", None, text.as_bytes()), ("profile", None, b"party")]).await;
    assert!(party.body.contains("văn bản của Đảng</p>"));
    assert!(party.body.contains("value=\"party\" selected"));
    let undated = post_form("/check", &[("text", None, b"Theo Nghi quyet 1."), ("day", None, b"document")]).await;
    assert!(undated.body.contains("không ghi ngày ban hành"));
    for (field, value) in [("profile", "army"), ("day", "yesterday")] {
        let wrong = post_form("/check", &[("text", None, b"a"), (field, None, value.as_bytes())]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.body.contains(value), "{field}");
    }
}

#[tokio::test]
async fn the_review_sheet_and_a_copy_are_made_of_the_draft_sent_once_more() {
    let text = "Căn cứ Thông tư số 22/2020/TT-BGDĐT.\r\nGửi các trường.";
    let ask = async |name: &str, content: &[u8], want: &str| {
        post_form("/check", &[("file", Some(name), content), ("want", None, want.as_bytes())]).await
    };
    let sheet = ask("kế hoạch.txt", text.as_bytes(), "report").await;
    assert_eq!((sheet.status, sheet.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-store"));
    assert!(sheet.header(header::CONTENT_DISPOSITION).starts_with("attachment;"), "a page of ours runs nothing inline");
    assert!(sheet.body.contains("Phiếu rà soát") && sheet.body.contains("22/2020/TT-BGDĐT"));
    let copy = ask("a.txt", text.as_bytes(), "copy").await;
    assert!(copy.header(header::CONTENT_DISPOSITION).contains("a.da-sua.txt"));
    assert!(copy.body.ends_with("\r\nGửi các trường."), "line ends stay: {}", copy.body);
    let html = ask("a.html", "<p>Theo Thông tư số 22/2020/TT-BGDĐT</p>".as_bytes(), "copy").await;
    assert_eq!(html.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.body.contains("HTML") && html.body.contains("phiếu rà soát"));

    let plan = "corpus/plans/2022-ubnd-huyen-an-binh-ke-hoach-xay-dung-xa-hoi-hoc-tap.docx";
    let plan = std::fs::read(plan).unwrap();
    let page = post_form("/check", &[("file", Some("a.docx"), &plan)]).await;
    assert!(page.body.contains("value=\"copy\""));
    let fields = [("file", Some("a.docx"), plan.as_slice()), ("want", None, b"copy")];
    let (head, annotated) = send_for_bytes(server(), form("/check", &fields)).await;
    let head = head.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(head.contains("a.nhan-xet.docx"), "{head}");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(annotated)).unwrap();
    let mut comments = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/comments.xml").unwrap(), &mut comments).unwrap();
    assert!(comments.contains("<w:comment "));
}

#[tokio::test]
async fn a_draft_that_cannot_be_read_comes_back_with_the_reason() {
    for (fields, status, reason) in [
        (&[("text", None, b" ".as_slice())], StatusCode::BAD_REQUEST, "Chưa có gì để kiểm tra"),
        (&[("file", Some("a.txt"), b"\x00\xff\x00\xfe\x01".as_slice())], StatusCode::UNPROCESSABLE_ENTITY, "a.txt"),
        (&[("file", Some("a.docx"), b"PK\x03\x04word/".as_slice())], StatusCode::UNPROCESSABLE_ENTITY, "a.docx"),
        (&[("file", Some("a.exe"), b"MZ".as_slice())], StatusCode::UNPROCESSABLE_ENTITY, "a.exe"),
    ] {
        let page = post_form("/check", fields).await;
        assert_eq!(page.status, status, "{reason}");
        assert!(page.body.contains(reason) && page.body.contains("<textarea"), "{reason}: {}", page.body);
        let answer = post_form("/api/check", fields).await;
        assert_eq!(answer.status, status, "{reason}");
        assert!(answer.json()["error"].as_str().unwrap().contains(reason));
    }
    let kept = post_form("/check", &[("text", None, b"Giu lai"), ("as_of", None, b"hom qua")]).await;
    assert_eq!(kept.status, StatusCode::BAD_REQUEST);
    assert!(kept.body.contains("hom qua") && kept.body.contains(">Giu lai</textarea>"));
    let wrong = post_json("/api/check", &json!({ "texts": 1 })).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let request = Request::post("/api/check").header(header::HOST, "localhost").body(Body::from("x")).unwrap();
    assert_eq!(send(server(), request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_with_the_limit() {
    let large = vec![b'a'; (16 << 20) + 1];
    for path in ["/check", "/api/check"] {
        let answer = post_form(path, &[("file", Some("a.txt"), &large)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.body.contains("16 MiB"), "{path}");
    }
    let long = "Căn cứ Luật Giáo dục; ".repeat((4 << 20) / 20);
    for path in ["/check", "/api/check", "/api/extract"] {
        let answer = post_form(path, &[("file", Some("a.txt"), long.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.body.contains("danchieu check"), "{path}");
    }
    let text = String::from_utf8(large).unwrap();
    let answer = post_json("/api/check", &json!({ "text": text })).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_loopback_server_answers_to_its_own_names_alone() {
    for (host, status) in [
        (Some("127.0.0.1:8700"), StatusCode::OK),
        (Some("[::1]:8700"), StatusCode::OK),
        (Some("evil.example"), StatusCode::FORBIDDEN),
        (None, StatusCode::FORBIDDEN),
    ] {
        let mut request = Request::get("/healthz");
        if let Some(host) = host {
            request = request.header(header::HOST, host);
        }
        assert_eq!(send(server(), request.body(Body::empty()).unwrap()).await.status, status, "{host:?}");
    }
}

#[tokio::test]
async fn a_token_opens_every_page_and_leaves_the_address() {
    let server = app(library(), Access::new(false, Some("bí mật 1")), Office::here());
    let ask = |path: &str, name: header::HeaderName, value: &str| {
        let request = Request::get(path).header(header::HOST, "office.example").header(name, value).body(Body::empty());
        send(server.clone(), request.unwrap())
    };
    for path in ["/", "/healthz", "/api/documents", "/static/none.css", "/?token=wrong"] {
        let refused = ask(path, header::ACCEPT, "*/*").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(refused.header(header::SET_COOKIE), "");
        assert!(refused.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    }
    for path in ["/static/style.css", "/static/app.js", "/favicon.svg"] {
        assert_eq!(ask(path, header::ACCEPT, "*/*").await.status, StatusCode::OK, "{path}");
    }
    let first = ask("/?q=a&token=b%C3%AD+m%E1%BA%ADt+1", header::ACCEPT, "*/*").await;
    assert_eq!((first.status, first.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/?q=a"));
    let cookie = first.header(header::SET_COOKIE).to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("mật"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(ask("/", header::COOKIE, cookie).await.status, StatusCode::OK);
    assert_eq!(ask("/", header::COOKIE, "danchieu=00").await.status, StatusCode::UNAUTHORIZED);
    let bearer = |token: &str| format!("Bearer {token}");
    let request = |value: &str| {
        let value = axum::http::HeaderValue::from_bytes(value.as_bytes()).unwrap();
        Request::get("/api/rules").header(header::AUTHORIZATION, value).body(Body::empty()).unwrap()
    };
    assert_eq!(send(server.clone(), request(&bearer("wrong"))).await.status, StatusCode::UNAUTHORIZED);
    let ascii = app(library(), Access::new(false, Some("secret")), Office::here());
    assert_eq!(send(ascii, request(&bearer("secret"))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_interface_describes_itself() {
    let api = get("/api/openapi.json").await.json();
    for path in [
        "/api/search",
        "/api/instruments/{id}",
        "/api/instruments/{id}/cites",
        "/api/instruments/{id}/cited-by",
        "/api/instruments/{id}/graph",
        "/api/documents",
        "/api/documents/{id}",
        "/api/check",
        "/api/extract",
        "/api/instruments/{id}/tables/{table}",
        "/api/to-load",
        "/api/matrix",
        "/api/rules",
        "/api/rules/{name}",
    ] {
        let methods = api["paths"][path].as_object().unwrap_or_else(|| panic!("{path} is not described"));
        for (method, operation) in methods {
            assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with('.')), "{method} {path}");
        }
    }
    let mut described = api;
    described["info"]["version"] = json!("[version]");
    insta::assert_json_snapshot!(described);
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
    base::index(&options, |_| ()).unwrap();
    let server = app(Arc::new(Base::open(&options.library, None).unwrap()), Access::new(true, None), Office::here());
    std::fs::write(documents.join("b.txt"), REPORT).unwrap();
    base::index(&options, |_| ()).unwrap();
    for _ in 0..100 {
        let request = Request::get("/api/counts").header(header::HOST, "localhost").body(Body::empty()).unwrap();
        if send(server.clone(), request).await.json()["documents"] == 2 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("the new document was never seen");
}

/// A call of one tool of `/mcp`, as a client would make it.
async fn mcp(token: bool) -> Answer {
    let question = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": { "name": "look_up", "arguments": { "number": "33/2021/TT-BGDĐT" } },
    });
    let request = Request::post("/mcp")
        .header(header::HOST, "127.0.0.1:8700")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .body(Body::from(question.to_string()))
        .unwrap();
    let access = if token { Access::new(false, Some("mật")) } else { Access::new(true, None) };
    send(app(library(), access, Office::here()), request).await
}

#[tokio::test]
async fn language_models_ask_at_mcp_behind_the_same_gate() {
    let answer = mcp(false).await;
    let content = &answer.json()["result"]["structuredContent"];
    assert_eq!(content["instrument"]["number"], "33/2021/TT-BGDĐT", "{}", answer.body);
    assert!(content["coverage"]["note"].is_string());
    assert_eq!(mcp(true).await.status, StatusCode::UNAUTHORIZED);
}
