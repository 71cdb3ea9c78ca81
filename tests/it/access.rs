//! Who may ask the server, and from where.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use danchieu::http::{Access, DraftPolicy, app};
use serde_json::json;

use crate::support::server::{Answer, form, library, send, server};

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
    let server = app(library(), Access::new(false, Some("bí mật 1")), DraftPolicy::here());
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
    let ascii = app(library(), Access::new(false, Some("secret")), DraftPolicy::here());
    assert_eq!(send(ascii, request(&bearer("secret"))).await.status, StatusCode::OK);
}

/// A call of one tool of `/mcp`, as a client would make it.
fn call() -> axum::http::request::Builder {
    Request::post("/mcp")
        .header(header::HOST, "127.0.0.1:8700")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
}

async fn answered(access: Access, call: axum::http::request::Builder) -> Answer {
    let question = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": { "name": "look_up", "arguments": { "number": "33/2021/TT-BGDĐT" } },
    });
    send(app(library(), access, DraftPolicy::here()), call.body(Body::from(question.to_string())).unwrap()).await
}

#[tokio::test]
async fn language_models_ask_at_mcp_behind_the_same_gate() {
    let open = || Access::new(true, None);
    let answer = answered(open(), call()).await;
    let content = &answer.json()["result"]["structuredContent"];
    assert_eq!(content["instrument"]["number"], "33/2021/TT-BGDĐT", "{}", answer.body);
    assert!(content["coverage"]["note"].is_string());
    let locked = answered(Access::new(false, Some("mật")), call()).await;
    assert_eq!((locked.status, &locked.json()["status"]), (StatusCode::UNAUTHORIZED, &json!(401)));
    let keyed = call().header(header::AUTHORIZATION, "Bearer secret");
    assert_eq!(answered(Access::new(false, Some("secret")), keyed).await.status, StatusCode::OK);
    let renamed = Request::post("/mcp").header(header::HOST, "evil.example");
    assert_eq!(answered(open(), renamed).await.status, StatusCode::FORBIDDEN);
    for (origin, status) in [
        ("http://127.0.0.1:8700", StatusCode::OK),
        ("https://evil.example", StatusCode::FORBIDDEN),
        ("http://127.0.0.1:8701", StatusCode::FORBIDDEN),
        ("null", StatusCode::FORBIDDEN),
    ] {
        let answer = answered(open(), call().header(header::ORIGIN, origin)).await;
        assert_eq!(answer.status, status, "{origin}");
    }
    // What the protocol says of a call that is none is left as it is.
    let wrong =
        Request::post("/mcp").header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json");
    let wrong = answered(open(), wrong).await;
    assert!(wrong.status.is_client_error() && wrong.body.contains("text/event-stream"), "{}", wrong.body);
}

#[tokio::test]
async fn another_site_cannot_send_drafts_here() {
    for (header, value, status) in [
        (header::ORIGIN, "https://evil.example", StatusCode::FORBIDDEN),
        (header::HeaderName::from_static("sec-fetch-site"), "cross-site", StatusCode::FORBIDDEN),
        (header::HeaderName::from_static("sec-fetch-site"), "same-origin", StatusCode::OK),
        (header::ORIGIN, "http://localhost:8700", StatusCode::OK),
        // A form of ours, from a browser that tells no more.
        (header::ORIGIN, "null", StatusCode::OK),
    ] {
        let mut request = form("/check", &[("text", None, "Theo Luật số 43/2019/QH14.".as_bytes())]);
        request.headers_mut().insert(header.clone(), axum::http::HeaderValue::from_static(value));
        assert_eq!(send(server(), request).await.status, status, "{header} {value}");
    }
}
