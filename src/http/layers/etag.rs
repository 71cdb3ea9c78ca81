//! Answers that did not change are not sent twice: each carries the mark of what it was made from, and a browser that
//! shows the mark again is told that it has the answer already.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::library::{self, Library};

/// Answers are for whoever asked, and good only as long as the mark says so.
const KEEP: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The layer. What an answer says follows from the address, the commit of the index, the day, and the program with the
/// tables it was started with. The mark is that of the base before the answer is made: a newer one met meanwhile leaves
/// an old mark on a new answer, which costs a second request and never shows anything old.
pub async fn layer(State(library): State<Arc<Library>>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return next.run(request).await;
    }
    let mark = mark(&library);
    let given = request.headers().get_all(header::IF_NONE_MATCH).iter();
    let has = given.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == mark.trim_start_matches("W/")
    });
    let mut response = next.run(request).await;
    let kept = response.headers().contains_key(header::CACHE_CONTROL);
    if response.status() != StatusCode::OK || kept {
        return response;
    }
    if has {
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    if let Ok(mark) = HeaderValue::from_str(&mark) {
        response.headers_mut().insert(header::ETAG, mark);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, KEEP);
    response
}

fn mark(library: &Library) -> String {
    static STARTED: LazyLock<String> = LazyLock::new(|| jiff::Timestamp::now().to_string());
    let parts = format!("{}\n{}\n{}", library.commit(), library::today(), *STARTED);
    format!("W/\"{}\"", &blake3::hash(parts.as_bytes()).to_hex()[..20])
}
