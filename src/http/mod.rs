//! The web pages and their JSON twin: one router, one file per page, one layer for errors, one for who may ask.

mod api;
mod ask;
mod assets;
mod check;
mod documents;
mod draft;
mod error;
mod frame;
mod instrument;
mod marked;
mod openapi;
mod paging;
mod rules;
mod search;
mod security;
mod serve;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::base::Base;

pub use security::Access;
pub use serve::{ServeError, Server};

/// The longest that one answer may take.
const TIME: Duration = Duration::from_secs(60);

/// Everything that is served, to whom `access` lets in.
pub fn app(base: Arc<Base>, access: Access) -> Router {
    let (api, description) = api::router();
    Router::new()
        .route("/", get(search::page))
        .route("/instruments/{id}", get(instrument::page))
        .route("/documents", get(documents::list))
        .route("/documents/{id}", get(documents::page))
        .route("/check", get(check::form).post(check::page))
        .route("/rules", get(rules::list))
        .route("/rules/{name}", get(rules::page))
        .route("/healthz", get(|| async { "ok\n" }))
        .merge(api)
        .merge(openapi::router(description))
        .merge(assets::router())
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state(base)
        // Outermost last: headers on everything, words on every error, then the gate.
        .layer(DefaultBodyLimit::max(draft::LIMIT))
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
