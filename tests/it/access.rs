//! Who may ask the server, and from where.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use danchieu::http::{Access, Office, app};
use serde_json::json;

use crate::http::{Answer, library, send, server};

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
