//! Answers about a draft that a program hands in.

use std::sync::Arc;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::blocking::run_blocking;
use crate::http::draft::content::Draft;
use crate::http::error::HttpError;
use crate::library::Library;
use crate::read::Document;
use crate::text::Lang;

/// Reads the draft and answers with what `question` makes of it. Neither is cached.
pub(super) async fn answer_draft<T: Serialize + Send + 'static>(
    library: Arc<Library>,
    lang: Lang,
    draft: Draft,
    question: impl FnOnce(&Library, Document) -> Result<T, HttpError> + Send + 'static,
) -> Result<Response, HttpError> {
    let mut draft = draft.single()?;
    let answer = run_blocking(library, move |library| {
        let document = draft.read(lang)?;
        question(library, document)
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer.await?)).into_response())
}
