//! The error of a handler, for pages and JSON alike.
//!
//! A handler returns an [`HttpError`]; `layers::errors` turns it into a page, or into an [`ErrorBody`] below `/api/`.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use headers::{HeaderMapExt, RetryAfter};
use serde::Serialize;
use utoipa::ToSchema;

use super::messages;
use crate::check::policy::PolicyError;
use crate::library::{LibraryError, Resolution};
use crate::text::{Lang, Message};

/// A status, what went wrong in both languages, and what to ask for instead.
#[derive(Debug, Clone)]
pub(crate) struct HttpError(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    status: StatusCode,
    message: Message,
    suggestions: Vec<String>,
}

/// How many ids are suggested at most.
const SUGGESTIONS: usize = 20;

/// After this time, a question that failed for a passing reason may be asked again.
const RETRY_AFTER: Duration = Duration::from_secs(2);

impl HttpError {
    pub(crate) fn new(status: StatusCode, message: Message) -> HttpError {
        HttpError(Arc::new(Inner { status, message, suggestions: Vec::new() }))
    }

    pub(crate) fn bad_request(message: Message) -> HttpError {
        HttpError::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: Message) -> HttpError {
        HttpError::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn unprocessable(message: Message) -> HttpError {
        HttpError::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// The error of a status that came without a reason.
    pub(crate) fn of_status(status: StatusCode) -> HttpError {
        HttpError::new(status, messages::of_status(status))
    }

    /// No instrument or document has this name.
    pub(crate) fn unknown_name(name: &str, suggestions: Vec<String>) -> HttpError {
        HttpError::not_found(messages::unknown_name(name)).with_suggestions(suggestions)
    }

    fn with_suggestions(self, suggestions: Vec<String>) -> HttpError {
        let Inner { status, message, .. } = &*self.0;
        HttpError(Arc::new(Inner { status: *status, message: message.clone(), suggestions }))
    }

    /// Adds `Retry-After` to an answer whose reason may pass.
    pub(crate) fn say_when_to_retry(&self, response: &mut Response) {
        if self.0.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().typed_insert(RetryAfter::delay(RETRY_AFTER));
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.status
    }

    pub(crate) fn message(&self, lang: Lang) -> &str {
        self.0.message.in_lang(lang)
    }

    /// Numbers or words to search for instead; ids, where a name may mean several instruments.
    pub(crate) fn suggestions(&self) -> &[String] {
        &self.0.suggestions
    }
}

/// The one id that `name` was resolved to.
///
/// # Errors
/// A 404 with suggestions where the name means nothing, or several instruments.
pub(crate) fn resolved_id(name: &str, resolution: Resolution) -> Result<String, HttpError> {
    match resolution {
        Resolution::One { id, .. } => Ok(id),
        Resolution::Several(ids) => {
            let message = messages::ambiguous_name(name, ids.len());
            let ids = ids.into_iter().take(SUGGESTIONS).collect();
            Err(HttpError::not_found(message).with_suggestions(ids))
        }
        Resolution::Nothing { near } => {
            Err(HttpError::unknown_name(name, near.into_iter().map(|(name, _)| name).collect()))
        }
    }
}

impl IntoResponse for HttpError {
    /// The bare status; the error goes along as an extension for the layer that words it.
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        self.say_when_to_retry(&mut response);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<LibraryError> for HttpError {
    fn from(error: LibraryError) -> HttpError {
        let status = match error {
            LibraryError::EmptyQuery | LibraryError::Query(_) => StatusCode::UNPROCESSABLE_ENTITY,
            ref error if error.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        HttpError::new(status, messages::of_library(&error))
    }
}

impl From<PolicyError> for HttpError {
    fn from(error: PolicyError) -> HttpError {
        let message = Message::in_each(|lang| error.message(lang)).into_sentences();
        HttpError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}

impl From<askama::Error> for HttpError {
    fn from(_: askama::Error) -> HttpError {
        HttpError::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The JSON form of an error.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// The HTTP status.
    pub(crate) status: u16,
    /// What went wrong and what to do, in the language asked for.
    pub(crate) error: String,
    /// Numbers or words to search for instead; ids, where several instruments were meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) suggestions: Vec<String>,
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use axum::http::header;

    use super::*;

    #[test]
    fn a_passing_failure_may_be_asked_again_and_damage_may_not() {
        let library = PathBuf::from("index");
        let passing = LibraryError::Io { library: library.clone(), detail: "interrupted".to_owned() };
        let damage = LibraryError::Corrupt { library, detail: "bad checksum".to_owned() };
        for (error, status, retry) in [
            (passing, StatusCode::SERVICE_UNAVAILABLE, true),
            (damage, StatusCode::INTERNAL_SERVER_ERROR, false),
            (LibraryError::EmptyQuery, StatusCode::UNPROCESSABLE_ENTITY, false),
        ] {
            let error = HttpError::from(error);
            assert!([Lang::Vi, Lang::En].iter().all(|lang| error.message(*lang).ends_with('.')), "{error:?}");
            let response = error.into_response();
            assert_eq!(response.status(), status);
            assert_eq!(response.headers().contains_key(header::RETRY_AFTER), retry, "{status}");
        }
    }
}
