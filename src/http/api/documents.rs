//! The documents of the library.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::lookup::{IdPath, JsonAnswer, answer_about};
use crate::http::blocking::ask;
use crate::http::error::ErrorBody;
use crate::http::extract::{LibraryState, PageParams, Params};
use crate::law::Date;
use crate::library::{self, CitationView, DocumentView, Hits};

/// List the documents of the library.
#[utoipa::path(get, path = "/api/documents", tag = "documents", params(PageParams), responses((status = OK, body = Hits), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn documents(State(library): LibraryState, Params(params): Params<PageParams>) -> JsonAnswer<Hits> {
    let page = params.page()?;
    let documents = ask(library, move |store, register| library::documents(store, register, page)).await?;
    Ok(Json(documents))
}

/// A document: its header, its text, what it cites.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentBody {
    id: String,
    path: String,
    number: Option<String>,
    /// The type word: `Kế hoạch`.
    #[serde(rename = "type")]
    type_word: Option<String>,
    title: Option<String>,
    issuer: Option<String>,
    locality: Option<String>,
    /// Where it was signed.
    place: Option<String>,
    date: Option<Date>,
    /// In NFC.
    text: String,
    /// In text order; `start` and `end` are bytes of the source.
    citations: Vec<CitationView>,
}

/// Give a document's header, text and citations.
#[utoipa::path(get, path = "/api/documents/{id}", tag = "documents", params(IdPath), responses((status = OK, body = DocumentBody), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn document(State(library): LibraryState, Path(path): Path<IdPath>) -> JsonAnswer<DocumentBody> {
    answer_about(library, path, |store, register, id| {
        Ok(library::document(store, register, id)?.map(DocumentBody::from))
    })
    .await
}

impl From<DocumentView> for DocumentBody {
    fn from(view: DocumentView) -> DocumentBody {
        DocumentBody {
            id: view.id,
            path: view.path,
            number: view.header.number.map(|number| number.to_string()),
            type_word: view.header.kind,
            title: view.header.title,
            issuer: view.header.issuer,
            locality: view.header.locality.map(|locality| locality.to_string()),
            place: view.header.place,
            date: view.header.date,
            text: view.text,
            citations: view.citations.into_iter().map(|(_, citation)| citation).collect(),
        }
    }
}
