//! The one store: a tantivy index that holds documents, instruments and their relations, and one entry per citation. Reverse edges
//! are posting lists, counts are counts of postings, a commit is atomic, and the whole folder can be deleted and
//! made again from the files.
//!
//! tantivy's types stay inside this module, so that another engine could be fed the same entries.

mod below;
mod columns;
mod edges;
mod error;
mod folder;
mod gather;
mod highlight;
mod modes;
mod query;
mod question;
mod reading;
mod records;
mod rows;
mod schema;
mod search;
mod statistics;
mod store;
mod tally;
mod tokens;
mod vocabulary;
mod writer;

pub use edges::{EdgeSet, Place};
pub use error::StoreError;
pub use folder::commit;
pub use gather::{ForceOverrides, Tally};
pub use highlight::{Passage, passage, whole};
pub use modes::follow_umask;
pub use query::is_joint;
pub use question::{Filter, Order, Question, Word, words_of};
pub use records::{Manifest, StoredCitation, StoredDocument, StoredFile, StoredInstrument, Traits};
pub use rows::Known;
pub use search::{Found, Wanted, own_number};
pub use store::{Store, last_manifest};
pub use tally::CitationCount;
pub use tokens::folded_words;
pub use writer::Writer;

/// The layout of the entries. An index of another layout is made again, not read.
pub const SCHEMA_VERSION: u32 = 7;
