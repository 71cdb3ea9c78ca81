//! The one store: documents, instruments and their relations, and one entry per citation. Who cites what is read from
//! posting lists, counts are counts of postings, a commit is atomic, and the whole folder can be deleted and made again
//! from the files.
//!
//! `records`, `plan` and `error` are values that any engine could share; `tantivy` is the engine, and the only place
//! that names it. What the answers mean is decided in `library`.

mod citation_query;
mod error;
mod plan;
mod records;
mod tantivy;

#[cfg(test)]
#[allow(unused_imports, reason = "for the tests of higher floors")]
pub(crate) use self::tantivy::ReadFailures;
pub use self::tantivy::{CitationCount, EdgeSet, Known, Store, StoreWriter, commit_stamp, follow_umask, last_manifest};
pub use citation_query::{
    CitationEnd, CitationGroup, CitationGroups, CitationPage, CitationQuery, CitationTotals, GroupBy, GroupOrder,
    Grouping, InstrumentSelector, MostCited, Paging, Place, YearTotals,
};
pub use error::StoreError;
pub use plan::{
    Clause, FacetCounts, Filter, ForceBasis, ForceOverrides, KnownWord, Order, RecordKind, Rescore, SearchHit,
    SearchPlan, SearchResults, Spelling, TextField,
};
pub use records::{
    DocumentFilter, DocumentKey, DocumentPage, Manifest, StoredCitation, StoredDocument, StoredFile, StoredInstrument,
    Traits,
};

/// The layout of the entries. An index of another layout is made again, not read.
pub const SCHEMA_VERSION: u32 = 8;
