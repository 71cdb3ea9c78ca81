//! Answers about the instrument or document that an address names.

use std::sync::Arc;

use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::blocking::run_blocking;
use crate::http::error::{HttpError, resolved_id};
use crate::library::{self, Library, LibraryError};
use crate::register::Register;
use crate::store::Store;

/// What a handler of the JSON interface answers with.
pub(super) type JsonAnswer<T> = Result<Json<T>, HttpError>;

/// What is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct IdPath {
    /// An id, a number in any spelling, or a name.
    #[param(example = "33-2021-tt-bgddt")]
    id: String,
}

/// The answer of `question` about what `path` names; a 404 where it answers `None`, or where the name means nothing or
/// several things.
pub(super) async fn answer_about<T: Send + 'static>(
    library: Arc<Library>,
    path: IdPath,
    question: impl FnOnce(&Store, &Register, &str) -> Result<Option<T>, LibraryError> + Send + 'static,
) -> JsonAnswer<T> {
    let answer = run_blocking(library, move |library| {
        let id = resolve_id(library, &path.id)?;
        let answer = library.ask(|store, register| question(store, register, &id))?;
        answer.ok_or_else(|| HttpError::unknown_name(&path.id, Vec::new()))
    });
    answer.await.map(Json)
}

/// The id of the one instrument or document that `name` means: that id itself, a number in any spelling, or a name.
///
/// # Errors
/// It means nothing, or several; the index cannot be read.
pub(super) fn resolve_id(library: &Library, name: &str) -> Result<String, HttpError> {
    let resolved = library.ask(|store, register| {
        let is_id = library::instrument(store, register, name, library::today())?.is_some()
            || library::document(store, register, name)?.is_some();
        if is_id { Ok(None) } else { library::resolve_name(store, register, name).map(Some) }
    });
    match resolved? {
        Some(resolved) => resolved_id(name, resolved),
        None => Ok(name.to_owned()),
    }
}
