//! The engine: an index of tantivy in a folder. Addresses, segments, hashed ids and columns are known here only.

mod bm25_statistics;
mod citation_counts;
mod citations;
mod collector;
mod columns;
mod documents;
mod encode;
mod error;
#[cfg(test)]
mod failing_directory;
mod layout;
mod lower;
mod open;
mod permissions;
mod read_only_directory;
mod register_rows;
mod schema;
mod search;
mod tokens;
mod vocabulary;
mod writer;

pub use citation_counts::CitationCount;
pub use citations::EdgeSet;
#[cfg(test)]
pub(crate) use failing_directory::ReadFailures;
pub use layout::commit_stamp;
pub use open::{Store, last_manifest};
pub use permissions::follow_umask;
pub use register_rows::Known;
pub use writer::StoreWriter;
