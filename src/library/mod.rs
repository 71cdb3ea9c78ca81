//! The opened knowledge base, and the questions that every face asks of it.
//!
//! [`Library`] is a handle: it opens the store and the register, and hands both to a question. A question is a function
//! in the file of its name; its parameters say what it reads. It answers with values of `answers` or fails with a
//! [`LibraryError`]; a failure is of one question, the next one is asked afresh. Making the index is in `ingest`.

mod answers;
mod citations;
mod cited_by;
mod counts;
mod documents;
mod error;
mod force_from_texts;
mod gaps;
mod graph;
mod identity;
mod impact;
mod ingest;
mod instrument;
mod lineage;
mod matrix;
mod most_cited;
mod open_register;
mod paths;
mod resolve_name;
mod search;
mod shown_path;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::law::{Date, Force, Instrument};
use crate::read;
use crate::register::{Register, RowProblem};
use crate::store::Store;

pub use crate::store::Order;
pub use answers::{
    CitationPath, CitationView, Citations, Counts, Coverage, Dependents, DocumentRef, DocumentView, Facet, FacetValue,
    Graph, GraphEdge, GraphNode, Hit, HitKind, Hits, InstrumentView, NodeRole, Paging, PathNode, Ranked, Ranking,
    RelationView, Suggestion,
};
pub use citations::{citations_of, citations_to};
pub use cited_by::{
    CitationFilter, CitedBy, CitingGroup, KindCount, ProvisionCount, TreatmentCount, YearCount, cited_by,
};
pub use counts::counts;
pub use documents::{document, documents};
pub use error::LibraryError;
pub use force_from_texts::ForcesFromTexts;
pub use gaps::{Gap, Gaps, NamedGap, gaps};
pub use graph::graph;
pub use impact::{AffectedCitation, AffectedDocument, Impact, ImpactInstrument, ImpactSuccessor, ImpactTarget, impact};
pub use ingest::{IndexOptions, IndexReport, Progress, index};
pub use instrument::{display_name, instrument, is_registered};
pub use lineage::{Event, LineageEntry, TimelineEvent, lineage};
pub use matrix::{Matrix, MatrixRow, matrix};
pub use most_cited::most_cited;
pub use open_register::{imported_folder, register_folders};
pub use paths::{cited_together, dependents, shortest_path};
pub use resolve_name::{Resolution, ids_named, resolve_name};
pub use search::{Field, Problem, QueryError, SearchRequest, search, similar_names, suggest, typed};

use open_register::LibraryRegister;
use shown_path::shown;

/// The library, opened: one state of the index and one register. Neither changes, so that many threads can share it.
pub struct Library {
    folder: PathBuf,
    /// The register's folder that was asked for, if one was.
    named_register: Option<PathBuf>,
    /// Which state of the index this is.
    generation: String,
    store: Arc<Store>,
    register: LibraryRegister,
    problems: Vec<RowProblem>,
    forces: ForcesFromTexts,
    /// Counted when it is first asked for.
    coverage: OnceLock<Coverage>,
}

/// The day on this machine's calendar.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

impl Library {
    /// Opens the index in `folder`, with the register in the folder named, else the one it was made from. The
    /// register is not read: its rows are fetched from the index as they are needed. Where other tables are named, or
    /// the tables have changed since, they are read instead.
    ///
    /// # Errors
    /// There is no index, it is damaged or of another version, or the register cannot be read.
    pub fn open(folder: &Path, register: Option<&Path>) -> Result<Library, LibraryError> {
        // Before the index itself: a commit in between then counts as newer and is not missed.
        let generation = crate::store::commit_stamp(folder);
        let store = Store::open(folder).map_err(|error| LibraryError::of(folder, error))?;
        Library::with_store(folder, register, generation, store)
    }

    fn with_store(
        folder: &Path,
        named_register: Option<&Path>,
        generation: String,
        store: Store,
    ) -> Result<Library, LibraryError> {
        let (register, problems) = LibraryRegister::open(folder, named_register, &store)?;
        Ok(Library {
            folder: folder.to_owned(),
            named_register: named_register.map(Path::to_path_buf),
            generation,
            store: Arc::new(store),
            register,
            problems,
            forces: ForcesFromTexts::default(),
            coverage: OnceLock::new(),
        })
    }

    /// Asks one question: `question` gets the store and a register that lives as long as the question.
    ///
    /// Look-ups in the register never fail for those who ask them, so that reading citations and checking them need
    /// no `Result` at every step. Where one could not be answered, the whole question fails here, and what was made of
    /// it is dropped. Nothing of the failure is kept: the next question reads again.
    ///
    /// # Errors
    /// That of the question, or why a row of the register could not be read.
    pub fn ask<T>(
        &self,
        question: impl FnOnce(&Store, &Register) -> Result<T, LibraryError>,
    ) -> Result<T, LibraryError> {
        let (register, failure) = self.register.for_one_question(&self.store);
        let answer = question(&self.store, &register);
        match failure.get() {
            Some(error) => Err(LibraryError::of(&self.folder, error.clone())),
            None => answer.map_err(|error| error.in_library(&self.folder)),
        }
    }

    /// Whether an index run would leave the index as it is. Files are compared by size and time of change, so that asking
    /// is quick.
    ///
    /// # Errors
    /// The index is damaged, or the register cannot be read.
    pub fn is_fresh(&self) -> Result<bool, LibraryError> {
        let (folder, last) = (self.folder.as_path(), self.store.manifest());
        let Ok(paths) = ingest::paths(&[], Some(last), folder) else { return Ok(false) };
        let sources = ingest::Sources::of(&paths, read::Options { ocr: last.ocr });
        let folders = ingest::folders(folder, self.named_register.as_deref(), sources.register.as_deref(), Some(last));
        if sources.roots != last.roots || folders != last.folders || !open_register::is_made_from(last, &folders)? {
            return Ok(false);
        }
        let seen = self.store.files().map_err(|error| LibraryError::of(folder, error))?;
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
        Library::open(&self.folder, self.named_register.as_deref())
    }

    /// Which state of the index this is; differs from [`Library::generation_on_disk`] once the index was written again.
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// Which state of the index is on disk now; empty where there is no index.
    pub fn generation_on_disk(&self) -> String {
        crate::store::commit_stamp(&self.folder)
    }

    /// Rows of the register that were left out.
    pub fn problems(&self) -> &[RowProblem] {
        &self.problems
    }

    /// The forces that the texts of this library give to other instruments, for a search by force.
    pub fn forces(&self) -> &ForcesFromTexts {
        &self.forces
    }

    /// What the answers rest on: how much the register and the library hold, and as of when.
    ///
    /// # Errors
    /// The store cannot be read; the next call counts again.
    pub fn coverage(&self) -> Result<&Coverage, LibraryError> {
        if let Some(known) = self.coverage.get() {
            return Ok(known);
        }
        let Counts { documents, instruments, .. } = self.ask(|store, _| counts(store))?;
        let indexed = self.store.manifest().made.clone();
        Ok(self.coverage.get_or_init(|| Coverage { instruments, documents, indexed }))
    }
}

/// The force of an instrument on a day; unknown without a row.
fn force_on(facts: Option<&Instrument>, day: Date) -> Force {
    facts.map_or(Force::Unknown, |instrument| instrument.force_on(day))
}

#[cfg(test)]
impl Library {
    /// Opens a library whose reads fail when a test says so.
    pub(crate) fn open_failing(folder: &Path, failures: &crate::store::ReadFailures) -> Library {
        let store = Store::open_failing(folder, failures).unwrap();
        Library::with_store(folder, None, crate::store::commit_stamp(folder), store).unwrap()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::cite;
    use crate::read::Document;
    use crate::store::ReadFailures;

    const FIRST: Paging = Paging { offset: 0, limit: 5 };

    /// An index of two plans, in `index` of a folder of its own.
    pub(crate) fn indexed() -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        let plans = home.path().join("plans");
        std::fs::create_dir(&plans).unwrap();
        let plan =
            "Số: 70/KH-UBND\n\nCăn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo;\n";
        std::fs::write(plans.join("a.txt"), plan).unwrap();
        std::fs::write(plans.join("b.txt"), plan.replace("70/", "71/")).unwrap();
        let options = IndexOptions {
            library: home.path().join("index"),
            paths: vec![plans],
            register: Some("corpus/register".into()),
            ..IndexOptions::default()
        };
        index(&options, |_| ()).unwrap();
        home
    }

    type Question<'q> = dyn Fn(&Store, &Register, &ForcesFromTexts) -> Result<String, LibraryError> + 'q;

    #[test]
    fn one_failed_read_fails_one_answer_and_the_next_is_right() {
        let home = indexed();
        let folder = home.path().join("index");
        let id = "33-2021-tt-bgddt";
        let draft = Document::from_text("a.txt", "Căn cứ Thông tư số 33/2021/TT-BGDĐT và Luật Giáo dục 2019;\n");
        let search = SearchRequest { query: "xóa mù chữ", page: FIRST, order: Order::Relevance, facets: true };
        let questions: [(&str, &Question<'_>); 6] = [
            ("instrument", &|store, register, _| Ok(format!("{:?}", instrument(store, register, id, today())?))),
            ("search", &|store, register, forces| {
                Ok(format!("{:?}", super::search(store, register, forces, &search)?))
            }),
            ("cited by", &|store, register, _| Ok(format!("{:?}", citations_to(store, register, id, FIRST)?))),
            ("graph", &|store, register, _| Ok(format!("{:?}", graph(store, register, id, 2, 60)?))),
            ("most cited", &|store, register, _| {
                Ok(format!("{:?}", most_cited(store, register, &Ranking::default(), 5)?))
            }),
            ("read a draft", &|_, register, _| Ok(format!("{:?}", cite::read(&draft, register)))),
        ];
        for (name, question) in questions {
            let ask = |library: &Library| library.ask(|store, register| question(store, register, library.forces()));
            let right = ask(&Library::open(&folder, None).unwrap()).unwrap();
            let failures = ReadFailures::default();
            let library = Library::open_failing(&folder, &failures);
            failures.fail_next(1);
            let failed = ask(&library).unwrap_err();
            assert!(failed.is_passing(), "{name}: {failed:?}");
            assert!(failed.message(crate::text::Lang::En).contains("index"), "{name}: {failed:?}");
            assert_eq!(ask(&library).unwrap(), right, "{name}");
        }
        let failures = ReadFailures::default();
        let library = Library::open_failing(&folder, &failures);
        failures.fail_next(1);
        let counted = library.coverage().map(|coverage| coverage.documents);
        assert!(counted.is_err() || failures.left() == 1, "{counted:?}");
        failures.fail_next(0);
        assert_eq!(library.coverage().unwrap().documents, 2);
    }
}
