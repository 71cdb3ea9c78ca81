//! Answers as terminal text, JSON, HTML, DOT, GraphML, SVG: one file per form.

pub mod dot;
pub mod edges;
pub mod findings;
pub mod graphml;
pub mod hits;
pub mod import;
pub mod instrument;
pub mod lint;
pub mod record;
pub mod summary;
pub mod svg;
pub mod terminal;
pub mod words;
mod xml;
