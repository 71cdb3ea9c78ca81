//! How much the library holds.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::lang_param::LangParam;
use super::lookup::JsonAnswer;
use crate::http::blocking::run_blocking;
use crate::http::error::ErrorBody;
use crate::http::extract::{LibraryState, RequestLang};
use crate::library::{self, Counts, Coverage};

/// How much there is, and what that means for the answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountsBody {
    #[serde(flatten)]
    counts: Counts,
    /// When the index was made, RFC 3339.
    indexed: String,
    /// What answers do not say.
    note: &'static str,
}

/// Count what the library holds, and tell what the answers rest on.
///
/// Every answer of this interface carries the same in the header `Danchieu-Coverage`.
#[utoipa::path(get, path = "/api/counts", tag = "search", params(LangParam), responses((status = OK, body = CountsBody), (status = BAD_REQUEST, body = ErrorBody)))]
pub(crate) async fn counts(State(library): LibraryState, RequestLang(lang): RequestLang) -> JsonAnswer<CountsBody> {
    let body = run_blocking(library, move |library| {
        let indexed = library.coverage()?.indexed.clone();
        let counts = library.ask(|store, _| library::counts(store))?;
        Ok(CountsBody { counts, indexed, note: Coverage::note(lang) })
    });
    Ok(Json(body.await?))
}
