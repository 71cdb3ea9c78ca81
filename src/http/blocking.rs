//! Questions to the knowledge base, kept off the threads that serve connections.

use std::sync::Arc;

use axum::http::StatusCode;

use super::error::HttpError;
use crate::library::Library;

/// Runs `question` on a thread that may block, since the index is read from disk.
///
/// # Errors
/// That of the question, or a 500 where it panicked.
pub(crate) async fn run_blocking<T: Send + 'static>(
    library: Arc<Library>,
    question: impl FnOnce(&Library) -> Result<T, HttpError> + Send + 'static,
) -> Result<T, HttpError> {
    let answered = tokio::task::spawn_blocking(move || {
        let answer = question(&library);
        // The index broke meanwhile: an answer made of what could be read may lack something.
        library.failure().map_or(answer, |failure| Err(failure.into()))
    });
    answered.await.unwrap_or_else(|_| Err(HttpError::of_status(StatusCode::INTERNAL_SERVER_ERROR)))
}
