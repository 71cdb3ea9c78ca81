//! The citations of a draft are extracted.

use axum::extract::State;
use axum::response::Response;

use super::draft_answer::answer_draft;
use super::lang_param::LangParam;
use crate::cite;
use crate::http::draft::body::{DraftBody, DraftForm};
use crate::http::draft::content::Draft;
use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{LibraryState, RequestLang};
use crate::report::json::{self, CitationRecord};

/// Extract the citations of a draft, which is not kept.
#[utoipa::path(post, path = "/api/extract", tag = "drafts", params(LangParam), request_body(content((DraftBody = "application/json"), (DraftForm = "multipart/form-data"))), responses((status = OK, body = Vec<CitationRecord>), (status = UNPROCESSABLE_ENTITY, body = ErrorBody), (status = PAYLOAD_TOO_LARGE, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody), (status = UNSUPPORTED_MEDIA_TYPE, body = ErrorBody)))]
pub(crate) async fn extract(
    State(library): LibraryState,
    RequestLang(lang): RequestLang,
    draft: Draft,
) -> Result<Response, HttpError> {
    // Nothing is checked here, but a mistake in the parameters of a check is reported all the same.
    draft.request()?;
    answer_draft(library, lang, draft, |library, document| {
        let read = library.ask(|_, register| Ok(cite::read(&document, register)))?;
        Ok(json::citations(&document, &read))
    })
    .await
}
