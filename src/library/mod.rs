//! The opened knowledge base: register and index as one, and the questions every face asks of it.

mod answers;
mod citations;
mod cited_by;
mod error;
mod force_from_texts;
mod gaps;
mod graph;
mod identity;
mod ingest;
mod instrument;
mod lineage;
mod matrix;
mod most_cited;
mod open_register;
mod paths;
mod resolve_name;
mod search;
mod wider;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use crate::cite::{self, ResolvedDocument};
use crate::law::{Date, Force, Instrument};
use crate::read::{self, Document};
use crate::register::{Register, RowProblem};
use crate::store::{ForceOverrides, Store, StoreError, StoredDocument};

pub use crate::store::Order;
pub use answers::{
    CitationPath, CitationView, Citations, Counts, Coverage, Dependents, DocumentRef, DocumentView, Facet, FacetValue,
    Graph, GraphEdge, GraphNode, Hit, HitKind, Hits, InstrumentView, NodeRole, Paging, PathNode, Ranked, Ranking,
    RelationView, Suggestion,
};
pub use cited_by::{CitationFilter, CitedBy, CitingGroup, KindCount, ProvisionCount, TreatmentCount, YearCount};
pub use error::LibraryError;
pub use gaps::{Gap, Gaps, NamedGap};
pub use ingest::{IndexOptions, IndexReport, Progress, index};
pub use lineage::{Event, LineageEntry, TimelineEvent};
pub use matrix::{Matrix, MatrixRow};
pub use open_register::{imported_folder, register_folders};
pub use resolve_name::Resolution;
pub use search::{Field, Problem, QueryError, typed};

/// How many answers of the register are kept before it is started anew. Each is about a kilobyte.
const KEPT: usize = 20_000;

/// The library, opened: one state of the index and one register, both unchanging, so that it can be shared
/// between threads and asked at once.
pub struct Library {
    library: PathBuf,
    /// The register's folder that was asked for, if one was.
    named_register: Option<PathBuf>,
    /// Which commit of the index this is.
    commit: String,
    store: Arc<Store>,
    register: RwLock<Arc<Register>>,
    problems: Vec<RowProblem>,
    /// The first thing that went wrong while answering.
    failure: Arc<OnceLock<StoreError>>,
    /// Forces that the library's texts tell, as of a day; made when they are first asked for.
    forces: RwLock<Option<(Date, ForceOverrides)>>,
    /// Counted when it is first asked for.
    coverage: OnceLock<Coverage>,
}

/// The day on this machine's calendar.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

impl Library {
    /// Opens the index in `library`, with the register in the folder named, else the one it was made from. The
    /// register is not read: its rows are fetched from the index as they are needed. Where its tables are other ones, or
    /// have changed since, they are read instead.
    ///
    /// # Errors
    /// There is no index, it is damaged or of another version, or the register cannot be read.
    pub fn open(library: &Path, register: Option<&Path>) -> Result<Library, LibraryError> {
        // Before the index itself: a commit in between is then taken for a newer one, not missed.
        let commit = crate::store::commit_stamp(library);
        let of = |error| LibraryError::of(library, error);
        let store = Arc::new(Store::open(library).map_err(of)?);
        let failure = Arc::default();
        let (joined, problems) = open_register::open(library, register, &store, &failure)?;
        Ok(Library {
            library: library.to_owned(),
            named_register: register.map(Path::to_path_buf),
            commit,
            store,
            register: RwLock::new(Arc::new(joined)),
            problems,
            failure,
            forces: RwLock::default(),
            coverage: OnceLock::new(),
        })
    }

    /// Whether an index run would leave the index as it is. Files are compared by size and time of change, so that asking
    /// is quick.
    ///
    /// # Errors
    /// The index is damaged, or the register cannot be read.
    pub fn is_fresh(&self) -> Result<bool, LibraryError> {
        let (library, last) = (self.library.as_path(), self.store.manifest());
        let Ok(paths) = ingest::paths(&[], Some(last), library) else { return Ok(false) };
        let sources = ingest::Sources::of(&paths, read::Options { ocr: last.ocr });
        let folders = ingest::folders(library, self.named_register.as_deref(), sources.register.as_deref(), Some(last));
        if sources.roots != last.roots || folders != last.folders || !open_register::is_made_from(last, &folders)? {
            return Ok(false);
        }
        let seen = self.store.files().map_err(|error| LibraryError::of(library, error))?;
        let seen: HashMap<&str, &str> = seen.iter().map(|file| (file.path.as_str(), file.stamp.as_str())).collect();
        let same =
            |source: &ingest::Source| seen.get(source.path().as_ref()) == Some(&ingest::stamp(&source.file).as_str());
        Ok(seen.len() == sources.files.len() && sources.files.iter().all(same))
    }

    /// What the index now on disk holds, with the same register folder.
    ///
    /// # Errors
    /// As [`Library::open`].
    pub fn reopen(&self) -> Result<Library, LibraryError> {
        Library::open(&self.library, self.named_register.as_deref())
    }

    /// Which commit of the index this is; not the same as [`Library::commit_on_disk`] once the index was written again.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The commit on disk now; empty where there is none.
    pub fn commit_on_disk(&self) -> String {
        crate::store::commit_stamp(&self.library)
    }

    /// The register as this library has it. What is fetched through it is kept; once that is much, the next call gives
    /// one that starts anew, so that a run of any length stays small. Ask for it again for each document.
    pub fn register(&self) -> Arc<Register> {
        let register = Arc::clone(&self.register.read().unwrap_or_else(PoisonError::into_inner));
        if register.kept() < KEPT {
            return register;
        }
        let mut current = self.register.write().unwrap_or_else(PoisonError::into_inner);
        if current.kept() >= KEPT {
            *current = Arc::new(current.anew());
        }
        Arc::clone(&current)
    }

    /// Rows of the register that were left out.
    pub fn problems(&self) -> &[RowProblem] {
        &self.problems
    }

    /// What the library holds.
    pub fn counts(&self) -> Counts {
        let [documents, instruments, citations, relations] = self.told(self.store.counts());
        Counts { documents, instruments, citations, relations }
    }

    /// What the answers rest on: how much the register and the library hold, and as of when.
    pub fn coverage(&self) -> &Coverage {
        self.coverage.get_or_init(|| {
            let Counts { documents, instruments, .. } = self.counts();
            Coverage { instruments, documents, indexed: self.store.manifest().made.clone() }
        })
    }

    /// The header and citations of a document, of the library or not.
    pub fn read(&self, document: &Document) -> ResolvedDocument {
        cite::read(document, &self.register())
    }

    /// A file of the library with its text and citations.
    pub fn document(&self, id: &str) -> Option<DocumentView> {
        let entry = self.told(self.store.document(id))?;
        let set = self.told(self.store.edges_of(&[id]));
        let edges = self.told(self.store.read_edges(&set));
        let mut known = HashMap::new();
        let citations = edges.iter().map(|edge| (edge.range.clone(), self.cited_edge(edge, &mut known))).collect();
        let header = entry.header();
        Some(DocumentView {
            id: entry.id,
            path: shown(&entry.path),
            key: header.key(),
            header,
            text: entry.text,
            citations,
        })
    }

    /// All documents, newest first.
    pub fn documents(&self, page: Paging) -> Hits {
        let (total, entries) = self.told(self.store.documents(page.offset, page.limit));
        let hits = entries.iter().map(|entry| self.document_hit(entry, 0.0, &[])).collect();
        Hits { total, hits, ..Hits::default() }
    }

    /// What went wrong while the answers so far were made, if anything did: they may lack something.
    pub fn failure(&self) -> Option<LibraryError> {
        self.failure.get().map(|error| LibraryError::of(&self.library, error.clone()))
    }

    /// The answer, or nothing and the failure remembered.
    fn told<T: Default>(&self, answer: Result<T, StoreError>) -> T {
        open_register::told(answer, &self.failure)
    }

    /// Whether the register has a row of the instrument.
    pub fn is_registered(&self, id: &str) -> bool {
        self.facts(id).is_some()
    }

    /// What an instrument or document goes by in a line of text: its number, else its title, else its id.
    pub fn name_of(&self, id: &str) -> String {
        let own = self.own_id(id);
        let call = |facts: Instrument| facts.number.as_ref().map_or(facts.title.clone(), ToString::to_string);
        self.facts(own.as_deref().unwrap_or(id))
            .map(call)
            .filter(|call| !call.is_empty())
            .or_else(|| self.instrument(id, today())?.number)
            .or_else(|| self.told(self.store.document(id))?.title)
            .unwrap_or_else(|| id.to_owned())
    }

    fn force_of(&self, facts: Option<&Instrument>, day: Date) -> Force {
        facts.map_or(Force::Unknown, |instrument| instrument.force_on(day))
    }
}

/// A path as people know it: relative to where they are, if it lies below.
fn shown(path: &str) -> String {
    let below = here().and_then(|here| Path::new(path).strip_prefix(here).ok().map(Path::to_path_buf));
    below.map_or_else(|| path.to_owned(), |below| below.to_string_lossy().into_owned())
}

/// The folder we are in, canonical. Nothing changes it while the program runs.
fn here() -> Option<&'static Path> {
    static HERE: LazyLock<Option<PathBuf>> =
        LazyLock::new(|| std::env::current_dir().and_then(|dir| dir.canonicalize()).ok());
    HERE.as_deref()
}

/// How a document is referred to.
fn document_ref(entry: &StoredDocument) -> DocumentRef {
    DocumentRef {
        id: entry.id.clone(),
        path: shown(&entry.path),
        title: entry.title.clone(),
        kind: entry.kind.clone(),
        issuer: entry.issuer.clone(),
        date: entry.date,
    }
}
