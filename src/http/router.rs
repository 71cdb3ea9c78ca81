//! Every route of the server, and the layers around them.

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
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::policy::DraftPolicy;
use super::draft::upload::LARGEST_REQUEST;
use super::layers::security::{self, Access};
use super::layers::{coverage, errors, etag};
use super::reload::LibraryHandle;
use super::{api, assets, openapi, pages};
use crate::library::Library;
use crate::mcp;

/// The longest that an answer may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The whole server. `access` says who may ask; drafts are checked under `policy`.
pub fn app(library: Arc<Library>, access: Access, policy: DraftPolicy) -> Router {
    let handle = LibraryHandle::new(library);
    let (api, description) = api_routes().split_for_parts();
    let routes = page_routes()
        .merge(api)
        .merge(openapi::router(description))
        .merge(assets::router())
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(Extension(policy))
        .layer(from_fn_with_state(handle.clone(), etag::layer))
        .layer(from_fn_with_state(handle.clone(), coverage::layer))
        .with_state(handle.clone())
        .route_service("/mcp", mcp::over_http(Arc::new(move || handle.library())));
    with_layers(routes, access)
}

fn page_routes() -> Router<LibraryHandle> {
    Router::new()
        .route("/", get(pages::search::page))
        .route("/instruments/{id}", get(pages::instrument::page))
        .route("/documents", get(pages::documents::page))
        .route("/documents/{id}", get(pages::document::page))
        .route("/to-load", get(pages::gaps::page))
        .route("/matrix", get(pages::matrix::page))
        .route("/check", get(pages::check::form).post(pages::check::page))
        .route("/rules", get(pages::rules::list))
        .route("/rules/{name}", get(pages::rules::page))
        .route("/healthz", get(|| async { "ok\n" }))
}

/// The JSON interface with its OpenAPI description, both made from this list.
fn api_routes() -> OpenApiRouter<LibraryHandle> {
    OpenApiRouter::with_openapi(openapi::description())
        .routes(routes!(api::search::search))
        .routes(routes!(api::search::suggest))
        .routes(routes!(api::instruments::instrument))
        .routes(routes!(api::instruments::cites))
        .routes(routes!(api::instruments::cited_by))
        .routes(routes!(api::instruments::graph))
        .routes(routes!(api::impact::impact))
        .routes(routes!(api::documents::documents))
        .routes(routes!(api::documents::document))
        .routes(routes!(api::check::check_draft))
        .routes(routes!(api::extract::extract))
        .routes(routes!(api::rules::all_rules))
        .routes(routes!(api::rules::one_rule))
        .routes(routes!(api::counts::counts))
        .routes(routes!(api::trace::chain))
        .routes(routes!(api::trace::resting))
        .routes(routes!(api::trace::together))
        .routes(routes!(api::trace::most_cited))
        .routes(routes!(api::instrument_tables::table))
        .routes(routes!(api::gaps::to_load))
        .routes(routes!(api::matrix::matrix))
}

/// Puts around every route, from the inside out: limits, the gate, the words of errors, and the security headers.
fn with_layers(routes: Router, access: Access) -> Router {
    routes
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .layer(from_fn_with_state(access, security::gate))
        .layer(from_fn(errors::layer))
        .layer(from_fn(security::headers))
}

/// Answers with the bare status. The message of a panic may quote a draft, so it is dropped.
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
            let app = with_layers(Router::new().route(path, get(boom)), Access::new(true, None));
            let request = Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap();
            let answer = app.oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
            let body = String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
            assert!(body.contains(expected) && !body.contains("draft"), "{body}");
        }
    }
}
