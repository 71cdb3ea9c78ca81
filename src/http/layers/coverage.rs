//! The layer that adds `Danchieu-Coverage` to every answer below `/api/`: how much the register and the library hold,
//! and when the index was made. It is a header because some answers are lists and some are tables.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::blocking::run_blocking;
use crate::library::{Coverage, Library};

const NAME: HeaderName = HeaderName::from_static("danchieu-coverage");

/// Adds the header. An answer is sent without it where the coverage cannot be read.
pub(crate) async fn layer(State(library): State<Arc<Library>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if !is_api {
        return response;
    }
    if let Ok(coverage) = run_blocking(library, |library| Ok(library.coverage()?.clone())).await
        && let Ok(value) = HeaderValue::from_str(&in_header(&coverage))
    {
        response.headers_mut().insert(NAME, value);
    }
    response
}

fn in_header(Coverage { instruments, documents, indexed }: &Coverage) -> String {
    format!("instruments={instruments}, documents={documents}, indexed=\"{indexed}\"")
}
