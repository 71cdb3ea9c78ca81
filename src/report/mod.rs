//! Answers as terminal text, JSON, SARIF, HTML, DOT, GraphML, SVG, Word comments: one file per form.

pub mod chart;
pub mod copy;
pub mod corrected;
pub mod docx;
pub mod dot;
pub mod edges;
pub mod findings;
pub mod github;
pub mod graphml;
pub mod hits;
pub mod impact;
pub mod import;
pub mod instrument;
pub mod lint;
pub mod matrix;
mod place;
pub mod record;
pub mod review;
pub mod sarif;
pub mod summary;
pub mod svg;
pub mod table;
pub mod terminal;
pub mod trace;
pub mod words;
mod xml;
