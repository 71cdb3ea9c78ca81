//! The documents whose paths begin alike: those of a folder.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::RangeQuery;

use super::error::StoreError;
use super::records::StoredDocument;
use super::schema::sort;
use super::store::Store;

impl Store {
    /// How many documents there are whose canonical path begins with `prefix`, and the newest `most` of them, without
    /// their text.
    pub fn documents_below(&self, prefix: &str, most: usize) -> Result<(usize, Vec<StoredDocument>), StoreError> {
        let term = |text: &str| Term::from_field_text(self.fields.path, text);
        // No character stands after this one.
        let past = format!("{prefix}\u{10ffff}");
        let below = RangeQuery::new(Bound::Included(term(prefix)), Bound::Excluded(term(&past)));
        self.newest(&self.both(sort::DOCUMENT, below), 0, most)
    }
}
