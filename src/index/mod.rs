//! The one store: a tantivy index that holds documents, instruments and their relations, and one entry per citation. Reverse edges
//! are posting lists, counts are counts of postings, a commit is atomic, and the whole folder can be deleted and
//! made again from the files.
//!
//! tantivy's types stay inside this module, so that another engine could be fed the same entries.

mod below;
mod edges;
mod entry;
mod error;
mod folder;
mod highlight;
mod query;
mod reading;
mod rows;
mod schema;
mod store;
mod tally;
mod tokens;
mod writer;

pub use edges::{EdgeSet, Place};
pub use entry::{DocumentEntry, EdgeEntry, FileEntry, InstrumentEntry, Manifest};
pub use error::IndexError;
pub use folder::commit;
pub use highlight::{Passage, passage, whole};
pub use query::{Found, Question};
pub use rows::Known;
pub use store::{Store, last_manifest};
pub use tally::Tally;
pub use tokens::folded_words;
pub use writer::Writer;

/// The layout of the entries. An index of another layout is made again, not read.
pub const SCHEMA_VERSION: u32 = 5;
