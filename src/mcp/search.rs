//! The tool `search`: instruments and documents by number or words.

use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde_json::Value;

use super::answer::json;
use super::error::ToolError;
use super::limits::{check_name, page};
use crate::library::{self, Library, Order, SearchRequest};

#[derive(Deserialize, JsonSchema)]
pub(super) struct SearchParams {
    /// Words in Vietnamese, with or without diacritics, or a number in any spelling. `"words together"`, `-without`,
    /// `this OR that`, and the fields `loai:` (kind), `coquan:` (issuer), `nam:2020..2024` (years), `hieuluc:con` (in force),
    /// `dan:NUMBER` (documents that cite it) narrow it down.
    query: String,
    /// How many hits: 20 unless told otherwise.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many of the first to pass over.
    offset: Option<usize>,
}

pub(super) fn search(library: &Library, params: &SearchParams) -> Result<Value, ToolError> {
    let page = page(params.offset, params.limit)?;
    check_name("query", &params.query)?;
    let request = SearchRequest { query: &params.query, page, order: Order::Relevance, facets: false };
    json(library.ask(|store, register| library::search(store, register, library.forces(), &request))?)
}
