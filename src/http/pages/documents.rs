//! The list of the library's documents.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::context::{PageContext, render};
use super::paging::Pagination;
use crate::http::blocking::ask;
use crate::http::error::HttpError;
use crate::http::extract::{LibraryState, Params, page_params};
use crate::library::{self, Hits};

/// Documents on one page.
const PAGE: usize = 50;

#[derive(Debug, Deserialize)]
pub(crate) struct DocumentsParams {
    offset: Option<String>,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    context: PageContext,
    documents: Hits,
    paging: Pagination,
}

/// `GET /documents`
pub(crate) async fn page(
    State(library): LibraryState,
    context: PageContext,
    Params(params): Params<DocumentsParams>,
) -> Result<Response, HttpError> {
    let page = page_params(params.offset.as_deref(), None, PAGE)?;
    let documents = ask(library, move |store, register| library::documents(store, register, page)).await?;
    let paging = Pagination::new(page, documents.total);
    if let Some(last) = paging.past_end() {
        return Ok(Redirect::to(&context.with("offset", last)).into_response());
    }
    Ok(render(&DocumentsPage { context, documents, paging })?.into_response())
}
