//! Bytes of a file to a `Document`: one file per format, each a function of bytes.

mod document;

pub use document::{Document, Format, Part, Section};
