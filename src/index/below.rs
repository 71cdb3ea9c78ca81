//! The documents whose paths begin alike: those of a folder.

use std::cmp::Reverse;
use std::ops::Bound;

use tantivy::Term;
use tantivy::query::RangeQuery;

use super::entry::DocumentEntry;
use super::error::IndexError;
use super::schema::sort;
use super::store::Store;

impl Store {
    /// How many documents there are whose canonical path begins with `prefix`, and the newest `most` of them, without
    /// their text.
    pub fn documents_below(&self, prefix: &str, most: usize) -> Result<(usize, Vec<DocumentEntry>), IndexError> {
        let term = |text: &str| Term::from_field_text(self.fields.path, text);
        // No character stands after this one.
        let past = format!("{prefix}\u{10ffff}");
        let below = RangeQuery::new(Bound::Included(term(prefix)), Bound::Excluded(term(&past)));
        let mut found = Vec::new();
        for address in self.matching(&self.both(sort::DOCUMENT, below))? {
            let id = self.string("document", address)?.unwrap_or_default();
            found.push((Reverse(self.number("day", address)?), id, address));
        }
        found.sort_unstable();
        let page = found.iter().take(most).map(|(_, _, address)| self.record(*address));
        Ok((found.len(), page.collect::<Result<_, _>>()?))
    }
}
