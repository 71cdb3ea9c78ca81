//! Answers in the forms that people and programs read, one folder or file per form.
//!
//! `terminal` and `graph` hold one file per answer. `glossary` names states and relations alike in every form, and
//! `location` says where a finding is. Nothing here asks a question of the library.

pub mod apply_fixes;
pub mod docx;
pub mod github;
pub mod glossary;
pub mod graph;
pub mod html;
pub mod impact_csv;
pub mod json;
mod location;
pub mod sarif;
pub mod table;
mod tally;
pub mod terminal;
mod xml;

pub use tally::Tally;
