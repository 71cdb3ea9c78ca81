//! Answers as terminal text, JSON, HTML, DOT, GraphML, SVG, Word comments: one file per form.

pub mod docx;
pub mod dot;
pub mod edges;
pub mod findings;
pub mod graphml;
pub mod hits;
pub mod instrument;
pub mod record;
pub mod summary;
pub mod svg;
pub mod terminal;
pub mod words;
mod xml;
