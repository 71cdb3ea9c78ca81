//! The server without a socket: a small library, requests to its router, and the answers.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use danchieu::http::{Access, DraftPolicy, app};
use danchieu::library::{self, IndexOptions, Library};
use http_body_util::BodyExt;
use serde_json::Value;
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

pub const REPORT: &str = "\
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 15/BC-PGDĐT

An Bình, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả xóa mù chữ năm 2022

Thực hiện Thông tư số 33/2021/TT-BGDĐT và Quyết định số 4321/2019/QĐ-BGDĐT, Phòng báo cáo như sau.
";

/// The library of the two documents above, indexed and opened once.
pub fn library() -> Arc<Library> {
    static BASE: OnceLock<(tempfile::TempDir, Arc<Library>)> = OnceLock::new();
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
        let report = library::index(&options, |_| ()).unwrap();
        assert_eq!((report.documents, report.failed.len()), (2, 0));
        let base = Library::open(&options.library, None).unwrap();
        (dir, Arc::new(base))
    });
    Arc::clone(base)
}

/// A library that has the register and no document yet.
pub fn empty_library() -> Arc<Library> {
    static BASE: OnceLock<(tempfile::TempDir, Arc<Library>)> = OnceLock::new();
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
        library::index(&options, |_| ()).unwrap();
        let base = Library::open(&options.library, None).unwrap();
        (dir, Arc::new(base))
    });
    Arc::clone(base)
}

pub fn server() -> Router {
    app(library(), Access::new(true, None), DraftPolicy::here())
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

pub async fn send_for_bytes(server: Router, request: Request<Body>) -> (Response<()>, Vec<u8>) {
    let (parts, body) = server.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), body.to_vec())
}

pub async fn get(path: &str) -> Answer {
    let request = Request::get(path).header(header::HOST, "127.0.0.1:8700").body(Body::empty()).unwrap();
    send(server(), request).await
}

pub async fn post_json(path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header(header::HOST, "localhost:8700")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    send(server(), request).await
}

pub async fn post_form(path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
    send(server(), form(path, fields)).await
}

/// A form with fields `(name, file name, content)`.
pub fn form(path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Request<Body> {
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
