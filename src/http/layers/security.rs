//! Who may ask, and what every answer forbids the browser to do.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use headers::authorization::Bearer;
use headers::{Authorization, Cookie, HeaderMapExt, Host};

use crate::http::error::HttpError;
use crate::http::{assets, messages};
use crate::text::Message;

/// On every answer. Nothing is loaded from another server, nothing inline runs, and no page may be framed.
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
    /// Answer only to names of this machine, so that a page elsewhere that points its own name at 127.0.0.1 gets
    /// nothing.
    local_names_only: bool,
    /// The hash of the token that every request must show. Comparing hashes takes the same time for any guess.
    token: Option<blake3::Hash>,
}

impl Access {
    /// `loopback` says whether the server's address can be reached from this machine alone. With a `token`, every
    /// request must show it.
    pub fn new(loopback: bool, token: Option<&str>) -> Access {
        Access { local_names_only: loopback, token: token.map(hash) }
    }
}

/// A hash that is used for nothing but this cookie, so that a stolen cookie gives away no hash that is used elsewhere.
fn hash(token: &str) -> blake3::Hash {
    blake3::Hash::from_bytes(blake3::derive_key("danchieu serve access token", token.as_bytes()))
}

/// The layer that adds the headers.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// The layer that lets in only who may ask. `?token=` once gives a cookie that opens the rest.
pub(crate) async fn gate(State(access): State<Access>, request: Request, next: Next) -> Response {
    if access.local_names_only && !is_local(request.headers()) {
        return forbidden(messages::foreign_host());
    }
    if is_foreign(&request) {
        return forbidden(messages::sent_by_another_site());
    }
    let Some(expected) = access.token else { return next.run(request).await };
    // The page that asks for the token needs these; they are the same for everybody.
    if assets::is_asset(request.uri().path()) {
        return next.run(request).await;
    }
    if in_query(&request) == Some(expected) {
        return with_cookie(expected, request, next).await;
    }
    if bearer(request.headers()) == Some(expected) || cookie(request.headers()) == Some(expected) {
        return next.run(request).await;
    }
    let mut response = HttpError::new(StatusCode::UNAUTHORIZED, messages::token_needed()).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn forbidden(why: Message) -> Response {
    HttpError::new(StatusCode::FORBIDDEN, why).into_response()
}

/// Answers a request that showed the token in its address, and sets the cookie. A page is redirected to its address
/// without the token.
async fn with_cookie(token: blake3::Hash, request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET && !request.uri().path().starts_with("/api/");
    let mut response = if is_page {
        let query = request.uri().query().unwrap_or_default();
        Redirect::to(&without_token(request.uri().path(), query)).into_response()
    } else {
        next.run(request).await
    };
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", token.to_hex());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether the request names this machine: `localhost` or a loopback address, with any port.
fn is_local(headers: &HeaderMap) -> bool {
    headers.typed_get::<Host>().is_some_and(|host| {
        let name = host.hostname();
        let is_loopback = |name: &str| name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        name.eq_ignore_ascii_case("localhost") || is_loopback(name.trim_matches(['[', ']']))
    })
}

/// Whether a page of another site sent this: it could not read the answer, but the request would have its effect.
/// Programs that are not browsers name no origin.
fn is_foreign(request: &Request) -> bool {
    if request.method().is_safe() {
        return false;
    }
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        // Our own form sends this, since pages send no referrer; nothing else of ours does.
        (None, Some("null")) => request.uri().path() != "/check",
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) != header("host"),
        (None, None) => false,
    }
}

fn in_query(request: &Request) -> Option<blake3::Hash> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token").map(|(_, token)| hash(&token))
}

fn bearer(headers: &HeaderMap) -> Option<blake3::Hash> {
    headers.typed_get::<Authorization<Bearer>>().map(|given| hash(given.token().trim()))
}

fn cookie(headers: &HeaderMap) -> Option<blake3::Hash> {
    blake3::Hash::from_hex(headers.typed_get::<Cookie>()?.get(COOKIE)?).ok()
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
