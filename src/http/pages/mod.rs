//! The pages, one file each, and what they share.

pub(crate) mod check;
pub(crate) mod check_view;
pub(crate) mod context;
pub(crate) mod documents;
pub(crate) mod gaps;
pub(crate) mod highlighted_text;
pub(crate) mod instrument;
pub(crate) mod matrix;
pub(crate) mod paging;
pub(crate) mod rules;
pub(crate) mod search;
