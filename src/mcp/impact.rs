//! The tool `impact`: the documents that a change of an instrument touches.

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::json;
use super::error::ToolError;
use super::limits::RELATED;
use super::look_up::date;
use super::named_instrument::resolve;
use crate::library::{self, Impact, Library};

#[derive(Deserialize, JsonSchema)]
pub(super) struct ImpactParams {
    /// The instrument: its number in any spelling, its name, or its id from another answer.
    number: String,
    /// The day for which its force and successor are given, YYYY-MM-DD; today by default.
    as_of: Option<String>,
}

#[derive(Serialize)]
struct ImpactAnswer {
    #[serde(flatten)]
    impact: Impact,
    /// How many more documents there are.
    left_out: usize,
}

pub(super) fn impact(library: &Library, params: &ImpactParams) -> Result<Value, ToolError> {
    let as_of = date(params.as_of.as_deref())?;
    let id = match resolve(library, &params.number)? {
        Ok(id) => id,
        Err(unclear) => return json(unclear),
    };
    let mut impact = library.ask(|store, register| library::impact(store, register, &id, as_of))?;
    let left_out = impact.documents.split_off(impact.documents.len().min(RELATED)).len();
    json(ImpactAnswer { impact, left_out })
}
