//! The pages, each in the file of its subject with its handler and the data of its template (`templates/`).
//!
//! `context` has what every page needs; `paging` and `highlighted_text` are shared by several.

pub(crate) mod check;
pub(crate) mod check_view;
pub(crate) mod context;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod gaps;
pub(crate) mod highlighted_text;
pub(crate) mod instrument;
pub(crate) mod matrix;
pub(crate) mod paging;
pub(crate) mod rules;
pub(crate) mod search;
