//! The tools `cites` and `cited_by`: the citations of an instrument or a document, and those that point at it.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::Value;

use super::answer::json;
use super::error::ToolError;
use super::limits::page;
use super::named_instrument::resolve;
use crate::library::{self, Citations, Library, LibraryError, Paging};
use crate::register::Register;
use crate::store::Store;

#[derive(Deserialize, JsonSchema)]
pub(super) struct CitationsParams {
    /// The instrument: its number in any spelling, its name, or its id from another answer.
    number: String,
    /// How many citations: 20 unless told otherwise.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many of the first to pass over.
    offset: Option<usize>,
}

pub(super) fn cites(library: &Library, params: &CitationsParams) -> Result<Value, ToolError> {
    citations(library, params, library::citations_of)
}

pub(super) fn cited_by(library: &Library, params: &CitationsParams) -> Result<Value, ToolError> {
    citations(library, params, library::citations_to)
}

fn citations(
    library: &Library,
    params: &CitationsParams,
    list: fn(&Store, &Register, &str, Paging) -> Result<Citations, LibraryError>,
) -> Result<Value, ToolError> {
    let page = page(params.offset, params.limit)?;
    match resolve(library, &params.number)? {
        Ok(id) => json(library.ask(|store, register| list(store, register, &id, page))?),
        Err(unclear) => json(unclear),
    }
}
