//! The register of a library: fetched from the index where the index was made from the same tables, else read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{LibraryError, force_from_texts, ingest};
use crate::register::{Folders, Lookup, LookupResult, Register, RowProblem, StatedRelation};
use crate::store::{Known, Manifest, Store, StoreError, StoredCitation, last_manifest};

/// The folder in which what was imported into a library lies, whether it is there or not.
pub fn imported_folder(library: &Path) -> PathBuf {
    library.join("register")
}

/// The tables that a library answers with: those named, else those it was made from, else those at hand; and what was
/// imported into it.
pub fn register_folders(library: &Path, named: Option<&Path>) -> Folders {
    ingest::folders(library, named, None, last_manifest(library).as_ref())
}

/// The register to answer with: the tables named, else those that the library was made from. What the library's texts
/// say is joined to it.
pub(super) fn open(
    library: &Path,
    named: Option<&Path>,
    store: &Arc<Store>,
    failure: &Arc<OnceLock<StoreError>>,
) -> Result<(Register, Vec<RowProblem>), LibraryError> {
    let last = store.manifest();
    // One whose tables are gone stays with its own copy.
    let gone = named.is_none() && last.folders.tables.as_deref().is_some_and(|tables| !ingest::is_register(tables));
    let folders = match (named, &last.folders.tables) {
        // A library made from the tables built in stays with them, whatever lies at hand.
        (None, None) => Folders { tables: None, imported: ingest::imported(library) },
        (named, _) => ingest::folders(library, named, None, Some(last)),
    };
    if gone || (folders.tables == last.folders.tables && is_made_from(last, &folders)?) {
        let (fixed, problems) = store.fixed().map_err(|error| LibraryError::of(library, error))?;
        let (store, failure) = (Arc::clone(store), Arc::clone(failure));
        let fetch = move |asked: Lookup<'_>| found(told(store.known(asked), &failure));
        return Ok((Register::fetching(fixed, Arc::new(fetch)), problems));
    }
    let (read, problems) = Register::open(&folders)?;
    let (store, failure, rows) = (Arc::clone(store), Arc::clone(failure), read.anew());
    let fetch =
        move |asked: Lookup<'_>| LookupResult { acts: acts(&told(store.acts(asked), &failure)), ..rows.answer(asked) };
    Ok((read.asking(Arc::new(fetch)), problems))
}

/// Whether an index was made from these tables, as they are now.
pub(super) fn is_made_from(last: &Manifest, folders: &Folders) -> Result<bool, LibraryError> {
    Ok(folders.stamp() == last.stamp || folders.digest()? == last.register)
}

fn found(known: Known) -> LookupResult {
    LookupResult { acts: acts(&known.acts), instruments: known.instruments, relations: known.relations }
}

fn acts(edges: &[StoredCitation]) -> Vec<StatedRelation> {
    edges.iter().filter_map(force_from_texts::act).collect()
}

/// The answer, or nothing and the failure remembered.
pub(super) fn told<T: Default>(answer: Result<T, StoreError>, failure: &OnceLock<StoreError>) -> T {
    answer.unwrap_or_else(|error| {
        let _ = failure.set(error);
        T::default()
    })
}
