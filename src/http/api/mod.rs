//! The JSON interface: one file per subject. The doc comment of a handler is its summary in `/api/openapi.json`, and the
//! docs of parameters and bodies are their descriptions there.
//!
//! The list of the routes is in `http::router`. `lookup` finds what an address names, `draft_answer` reads a draft, and
//! `table_file` writes tables as JSON or CSV.

mod draft_answer;
mod lang_param;
mod lookup;
mod table_file;

pub(crate) mod check;
pub(crate) mod counts;
pub(crate) mod documents;
pub(crate) mod extract;
pub(crate) mod gaps;
pub(crate) mod impact;
pub(crate) mod instrument_tables;
pub(crate) mod instruments;
pub(crate) mod matrix;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod trace;
