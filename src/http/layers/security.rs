//! Who may ask, and what every answer forbids the browser to do.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::error::Failure;

/// On every answer. Nothing is loaded from anywhere but here, nothing inline runs, nobody frames a page.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const COOKIE: &str = "danchieu";

/// Who may ask.
#[derive(Debug, Clone)]
pub struct Access {
    /// Answer only to names of this machine: a page elsewhere that points its own name at 127.0.0.1 gets nothing.
    local_names_only: bool,
    /// The hash of the token that every request must show. Comparing hashes takes the same time for any guess.
    token: Option<blake3::Hash>,
}

impl Access {
    /// `loopback`: whether the address listened on is reachable from this machine alone.
    pub fn new(loopback: bool, token: Option<&str>) -> Access {
        Access { local_names_only: loopback, token: token.map(hash) }
    }
}

/// A hash under a name of its own, so that the cookie gives nothing away that is of use elsewhere.
fn hash(token: &str) -> blake3::Hash {
    blake3::Hash::from_bytes(blake3::derive_key("danchieu serve access token", token.as_bytes()))
}

/// The layer that adds the headers.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// The layer that lets in only who may ask. `?token=` once gives a cookie that opens the rest.
pub async fn gate(State(access): State<Access>, request: Request, next: Next) -> Response {
    if access.local_names_only && !is_local(request.headers()) {
        return Failure::new(
            StatusCode::FORBIDDEN,
            "Máy chủ này chỉ trả lời địa chỉ của chính máy: mở http://127.0.0.1 hoặc http://localhost cùng số cổng.",
            "This server answers only to names of its own machine: open http://127.0.0.1 or http://localhost with the port.",
        )
        .into_response();
    }
    if is_foreign(&request) {
        return Failure::new(
            StatusCode::FORBIDDEN,
            "Yêu cầu này do một trang web khác gửi nên không được nhận. Hãy mở trang của chính máy chủ này rồi gửi lại.",
            "Another web site sent this request, so it is not taken. Open a page of this server and send it from there.",
        )
        .into_response();
    }
    let Some(expected) = access.token else { return next.run(request).await };
    // What the page needs that asks for the token; the same for everybody.
    if crate::http::assets::is_ours(request.uri().path()) {
        return next.run(request).await;
    }
    let query = request.uri().query().unwrap_or_default();
    let given =
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token").map(|(_, token)| hash(&token));
    if given.is_some_and(|given| given == expected) {
        let mut response = if request.method() == Method::GET && !request.uri().path().starts_with("/api/") {
            Redirect::to(&without_token(request.uri().path(), query)).into_response()
        } else {
            next.run(request).await
        };
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", expected.to_hex());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return response;
    }
    if bearer(request.headers()) == Some(expected) || cookie(request.headers()) == Some(expected) {
        return next.run(request).await;
    }
    let mut response = Failure::new(
        StatusCode::UNAUTHORIZED,
        "Cần mã truy cập. Mở địa chỉ có ?token=… mà người chạy máy chủ đã gửi, hoặc gửi tiêu đề Authorization: Bearer ….",
        "A token is needed. Open the address with ?token=… from whoever runs the server, or send Authorization: Bearer ….",
    )
    .into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// Whether the request names this machine: `localhost` or a loopback address, with any port.
fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a page of another site sent this: it could not read the answer, but it would be made all the same. Programs
/// that are no browser name no origin.
fn is_foreign(request: &Request) -> bool {
    if request.method().is_safe() {
        return false;
    }
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        // Our own form says no more, since pages pass no referrer on; nothing else of ours sends one.
        (None, Some("null")) => request.uri().path() != "/check",
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) != header("host"),
        (None, None) => false,
    }
}

fn bearer(headers: &HeaderMap) -> Option<blake3::Hash> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| hash(token.trim()))
}

fn cookie(headers: &HeaderMap) -> Option<blake3::Hash> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| blake3::Hash::from_hex(value).ok())
}

/// The same address without the token, which must not stay in the history of the browser.
fn without_token(path: &str, query: &str) -> String {
    let mut rest = form_urlencoded::Serializer::new(String::new());
    rest.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "token"));
    // A path that starts with two slashes would be taken for another host.
    let path = format!("/{}", path.trim_start_matches('/'));
    match rest.finish() {
        rest if rest.is_empty() => path,
        rest => format!("{path}?{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        for (host, local) in [
            ("localhost:8700", true),
            ("127.0.0.1", true),
            ("[::1]:8700", true),
            ("LOCALHOST", true),
            ("evil.example:8700", false),
            ("localhost.evil.example", false),
            ("192.168.1.5:8700", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(is_local(&headers), local, "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }

    #[test]
    fn what_another_site_sends_is_foreign() {
        let foreign = |method: &str, path: &str, headers: &[(&str, &str)]| {
            let mut request = Request::builder().method(method).uri(path).header("host", "localhost:8700");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            is_foreign(&request.body(axum::body::Body::empty()).unwrap())
        };
        for (path, headers, expected) in [
            ("/mcp", &[][..], false),
            ("/mcp", &[("origin", "http://localhost:8700")], false),
            ("/mcp", &[("origin", "http://localhost:8701")], true),
            ("/mcp", &[("origin", "https://evil.example")], true),
            ("/mcp", &[("origin", "null")], true),
            ("/check", &[("origin", "null")], false),
            ("/check", &[("origin", "null"), ("sec-fetch-site", "same-origin")], false),
            ("/check", &[("origin", "null"), ("sec-fetch-site", "cross-site")], true),
            ("/api/check", &[("origin", "http://127.0.0.1:8700")], true),
            ("/api/check", &[("sec-fetch-site", "same-site")], true),
        ] {
            assert_eq!(foreign("POST", path, headers), expected, "{path} {headers:?}");
            assert!(!foreign("GET", path, headers));
        }
    }

    #[test]
    fn the_token_leaves_the_address() {
        assert_eq!(without_token("/", "token=x"), "/");
        assert_eq!(without_token("//evil.example/", "q=a&token=x"), "/evil.example/?q=a");
    }
}
