//! What an answer rests on goes with it: every answer below `/api/` says how much the register and the library hold, and
//! as of when. A header, since some answers are lists and some are tables.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::extract::ask;
use crate::library::Library;

const NAME: HeaderName = HeaderName::from_static("danchieu-coverage");

/// The layer.
pub async fn layer(State(library): State<Arc<Library>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if !is_api {
        return response;
    }
    let value = ask(library, |library| {
        let coverage = library.coverage();
        let (instruments, documents, indexed) = (coverage.instruments, coverage.documents, &coverage.indexed);
        HeaderValue::from_str(&format!("instruments={instruments}, documents={documents}, indexed=\"{indexed}\""))
    });
    // An index that failed has been told already.
    if let Ok(Ok(value)) = value.await {
        response.headers_mut().insert(NAME, value);
    }
    response
}
