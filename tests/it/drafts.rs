//! Drafts handed in over HTTP: as JSON, as text and as files, judged as asked for, never kept.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use danchieu::http::{Access, DraftPolicy, app};
use serde_json::{Value, json};

use crate::support::server::{form, library, post_form, post_json, send, send_for_bytes, server};

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
    let server = || app(library(), Access::new(true, None), DraftPolicy::of(folder.path()));
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
        (&[("text", None, b" ".as_slice())], StatusCode::UNPROCESSABLE_ENTITY, "Chưa có gì để kiểm tra"),
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
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
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
