//! The layer that puts errors into words: a page with a way on, or JSON below `/api/` and at `/mcp`.
//!
//! It takes the [`HttpError`] that a handler left in the response, or the usual words for a bare status of the libraries.

use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::http::error::{ErrorBody, HttpError};
use crate::http::pages::context::PageContext;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'f> {
    context: PageContext,
    status: StatusCode,
    message: &'f str,
    suggestions: &'f [String],
}

/// Words every error but those that are a page already.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let context = PageContext::of(request.uri());
    let is_mcp = request.uri().path() == "/mcp";
    let is_json = is_mcp || request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    // The protocol has its own words for what is wrong with a call.
    if is_mcp && response.extensions().get::<HttpError>().is_none() && status != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = response.extensions().get::<HttpError>().cloned().unwrap_or_else(|| HttpError::of_status(status));
    let body = if is_json { json(&error, status, &context) } else { page(&error, status, context) };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let (body_parts, body) = body.into_parts();
    parts.headers.extend(body_parts.headers);
    Response::from_parts(parts, body)
}

fn json(error: &HttpError, status: StatusCode, context: &PageContext) -> Response {
    let message = error.message(context.lang).to_owned();
    Json(ErrorBody { status: status.as_u16(), error: message, suggestions: error.suggestions().to_vec() })
        .into_response()
}

fn page(error: &HttpError, status: StatusCode, context: PageContext) -> Response {
    let message = error.message(context.lang);
    match (ErrorPage { context, status, message, suggestions: error.suggestions() }).render() {
        Ok(page) => Html(page).into_response(),
        Err(_) => message.to_owned().into_response(),
    }
}
