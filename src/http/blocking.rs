//! Questions to the knowledge base, kept off the threads that serve connections.

use std::sync::Arc;

use axum::http::StatusCode;

use super::error::HttpError;
use crate::library::{Library, LibraryError};
use crate::register::Register;
use crate::store::Store;

/// Runs `question` on a thread that may block, since the index is read from disk.
///
/// # Errors
/// That of the question, or a 500 where it panicked.
pub(crate) async fn run_blocking<T: Send + 'static>(
    library: Arc<Library>,
    question: impl FnOnce(&Library) -> Result<T, HttpError> + Send + 'static,
) -> Result<T, HttpError> {
    let answered = tokio::task::spawn_blocking(move || question(&library));
    answered.await.unwrap_or_else(|_| Err(HttpError::of_status(StatusCode::INTERNAL_SERVER_ERROR)))
}

/// Asks the knowledge base one question on a thread that may block.
///
/// # Errors
/// That of the question, or a 500 where it panicked.
pub(crate) async fn ask<T: Send + 'static>(
    library: Arc<Library>,
    question: impl FnOnce(&Store, &Register) -> Result<T, LibraryError> + Send + 'static,
) -> Result<T, HttpError> {
    run_blocking(library, move |library| Ok(library.ask(question)?)).await
}
