//! The layer that does not send an answer twice: each answer has an entity tag of what it was made from, and a browser
//! that shows the tag again gets a 304.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use headers::{ETag, HeaderMapExt, IfNoneMatch};

use crate::library::{self, Library};

/// Answers are for whoever asked, and are asked for again each time.
const CACHE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Adds the tag to answers of reading requests, or replaces them by a 304. The tag is that of the library before the
/// answer is made: where a newer one is opened meanwhile, a new answer has an old tag, which costs a second request and
/// never shows anything old.
pub(crate) async fn layer(State(library): State<Arc<Library>>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return next.run(request).await;
    }
    let tag = tag(&library);
    let given = request.headers().typed_get::<IfNoneMatch>();
    let mut response = next.run(request).await;
    let has_own_rule = response.headers().contains_key(header::CACHE_CONTROL);
    if response.status() != StatusCode::OK || has_own_rule {
        return response;
    }
    if let Some(tag) = tag {
        if given.is_some_and(|given| !given.precondition_passes(&tag)) {
            response = StatusCode::NOT_MODIFIED.into_response();
        }
        response.headers_mut().typed_insert(tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    response
}

/// What an answer says follows from the address, the commit of the index, the day, and the program with the tables it
/// was started with.
fn tag(library: &Library) -> Option<ETag> {
    static STARTED: LazyLock<String> = LazyLock::new(|| jiff::Timestamp::now().to_string());
    let parts = format!("{}\n{}\n{}", library.generation(), library::today(), *STARTED);
    format!("W/\"{}\"", &blake3::hash(parts.as_bytes()).to_hex()[..20]).parse().ok()
}
