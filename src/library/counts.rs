//! How much the library holds.

use super::LibraryError;
use super::answers::Counts;
use crate::store::Store;

/// How many documents, instruments, citations and relations of the register there are.
///
/// # Errors
/// The store cannot be read.
pub fn counts(store: &Store) -> Result<Counts, LibraryError> {
    let [documents, instruments, citations, relations] = store.counts()?;
    Ok(Counts { documents, instruments, citations, relations })
}
