//! The web pages and their JSON twin: one router, one file per page, one layer for errors, one for who may ask.

mod api;
mod assets;
mod draft;
mod error;
mod extract;
mod layers;
mod openapi;
mod pages;
mod reload;
mod server;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::library::Library;
use crate::mcp;

pub use draft::policy::Office;
pub use layers::security::Access;
pub use server::{ServeError, Server};

use draft::upload;
use layers::{coverage, etag, security};
use pages::{check, documents, gaps, instrument, matrix, rules, search};

/// The longest that one answer may take.
const TIME: Duration = Duration::from_secs(60);

/// Everything that is served, to whom `access` lets in. Drafts are judged under the policy of `office`.
pub fn app(library: Arc<Library>, access: Access, office: Office) -> Router {
    let (api, description) = api::router();
    let live = reload::Live::new(library);
    let routes = Router::new()
        .route("/", get(search::page))
        .route("/instruments/{id}", get(instrument::page))
        .route("/documents", get(documents::list))
        .route("/documents/{id}", get(documents::page))
        .route("/to-load", get(gaps::page))
        .route("/matrix", get(matrix::page))
        .route("/check", get(check::form).post(check::page))
        .route("/rules", get(rules::list))
        .route("/rules/{name}", get(rules::page))
        .route("/healthz", get(|| async { "ok\n" }))
        .merge(api)
        .merge(openapi::router(description))
        .merge(assets::router())
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(Extension(office))
        .layer(from_fn_with_state(live.clone(), etag::layer))
        .layer(from_fn_with_state(live.clone(), coverage::layer))
        .with_state(live.clone())
        .route_service("/mcp", mcp::over_http(Arc::new(move || live.library())));
    guarded(routes, access)
}

/// What goes around every route, the outermost last: headers on everything, words on every error, then the gate.
fn guarded(routes: Router, access: Access) -> Router {
    routes
        .layer(DefaultBodyLimit::max(upload::LIMIT))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME))
        .layer(from_fn_with_state(access, security::gate))
        .layer(from_fn(error::dress))
        .layer(from_fn(security::headers))
}

/// The layer above words the status; what the panic says may hold words of a draft and goes nowhere.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, header};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_an_answer_that_does_not_quote_it() {
        async fn boom() -> &'static str {
            panic!("words of a draft")
        }
        for (path, expected) in [("/boom", "<!doctype html>"), ("/api/boom", "\"status\":500")] {
            let app = guarded(Router::new().route(path, get(boom)), Access::new(true, None));
            let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
            let answer = app.oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
            let body = String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
            assert!(body.contains(expected) && !body.contains("draft"), "{body}");
        }
    }
}
