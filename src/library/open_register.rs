//! The register of a library: its rows come from the index where the index was made from the same tables, else from
//! the tables. What the texts of the library say is joined to either.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::{LibraryError, force_from_texts, ingest};
use crate::register::{FetchCache, FetchFailed, Folders, Lookup, LookupResult, Register, RowProblem, StatedRelation};
use crate::store::{Manifest, Store, StoreError, StoredCitation, last_manifest};

/// How many fetched answers are kept before a new cache is begun, so that a run of any length stays small. Each is about
/// a kilobyte.
const MOST_KEPT: usize = 20_000;

/// What all questions about one register share: the part in memory, and what was fetched so far.
pub(super) struct LibraryRegister {
    /// All rows of tables other than those of the index, or what every register has in memory.
    in_memory: Arc<Register>,
    /// Whether the rows are in the index.
    is_stored: bool,
    cache: RwLock<Arc<FetchCache>>,
}

impl LibraryRegister {
    /// The register to answer with: the tables named, else those that the library was made from; and rows that were left
    /// out.
    pub(super) fn open(
        library: &Path,
        named: Option<&Path>,
        store: &Store,
    ) -> Result<(LibraryRegister, Vec<RowProblem>), LibraryError> {
        let last = store.manifest();
        // One whose tables are gone keeps its own copy.
        let gone = named.is_none() && last.folders.tables.as_deref().is_some_and(|tables| !ingest::is_register(tables));
        let folders = match (named, &last.folders.tables) {
            // A library made from the tables built in keeps them, whatever is in the folder we are in.
            (None, None) => Folders { tables: None, imported: ingest::imported(library) },
            (named, _) => ingest::folders(library, named, None, Some(last)),
        };
        let is_stored = gone || (folders.tables == last.folders.tables && is_made_from(last, &folders)?);
        let (in_memory, problems) = if is_stored {
            let (fixed, problems) = store.fixed().map_err(|error| LibraryError::of(library, error))?;
            (Register::from_fixed(fixed), problems)
        } else {
            Register::open(&folders)?
        };
        Ok((LibraryRegister { in_memory: Arc::new(in_memory), is_stored, cache: RwLock::default() }, problems))
    }

    /// The register for one question, and where the first error of its look-ups is noted.
    pub(super) fn for_one_question(&self, store: &Arc<Store>) -> (Register, Arc<OnceLock<StoreError>>) {
        let failure = Arc::new(OnceLock::new());
        let (store, in_memory, noted) = (Arc::clone(store), Arc::clone(&self.in_memory), Arc::clone(&failure));
        let is_stored = self.is_stored;
        let fetch = move |lookups: &[Lookup<'_>]| {
            let rows = if is_stored { None } else { Some(&*in_memory) };
            look_up(&store, rows, lookups).map_err(|error| {
                // The first error is the reason; later ones follow from it.
                let _ = noted.set(error);
                FetchFailed
            })
        };
        (self.in_memory.with_fetch(Arc::new(fetch), self.cache()), failure)
    }

    fn cache(&self) -> Arc<FetchCache> {
        let cache = Arc::clone(&self.cache.read().unwrap_or_else(PoisonError::into_inner));
        if cache.len() < MOST_KEPT {
            return cache;
        }
        let mut current = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if current.len() >= MOST_KEPT {
            *current = Arc::default();
        }
        Arc::clone(&current)
    }
}

/// What is known in answer to some look-ups: the rows in memory if they are given, else those of the store; and what texts
/// say.
fn look_up(
    store: &Store,
    in_memory: Option<&Register>,
    lookups: &[Lookup<'_>],
) -> Result<Vec<LookupResult>, StoreError> {
    let Some(rows) = in_memory else {
        let found = store.register_rows(lookups)?.into_iter().map(|known| LookupResult {
            stated: stated(&known.acts),
            instruments: known.instruments,
            relations: known.relations,
        });
        return Ok(found.collect());
    };
    let acting = store.acting_citations(lookups)?;
    let joined = lookups
        .iter()
        .zip(&acting)
        .map(|(lookup, acting)| LookupResult { stated: stated(acting), ..rows.answer(*lookup) });
    Ok(joined.collect())
}

fn stated(citations: &[StoredCitation]) -> Vec<StatedRelation> {
    citations.iter().filter_map(force_from_texts::stated_relation).collect()
}

/// The folder of what was imported into a library, whether it exists or not.
pub fn imported_folder(library: &Path) -> PathBuf {
    library.join("register")
}

/// The tables that a library answers with: those named, else those it was made from, else those in the folder we are in;
/// and what was imported into it.
pub fn register_folders(library: &Path, named: Option<&Path>) -> Folders {
    ingest::folders(library, named, None, last_manifest(library).as_ref())
}

/// Whether an index was made from these tables, as they are now.
pub(super) fn is_made_from(last: &Manifest, folders: &Folders) -> Result<bool, LibraryError> {
    Ok(folders.stamp() == last.stamp || folders.digest()? == last.register)
}
