//! Makes the index from the files: what changed is read again, what is gone disappears, the rest stays, and the whole
//! change becomes visible at once.
//!
//! `sources` finds the files, `designation` says what an instrument or document is called; `store` writes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

mod designation;
mod sources;

use self::designation::Designations;
pub(super) use self::sources::{Source, Sources, is_register};
use super::error::LibraryError;
use super::shown_path::shown;
use crate::cite::{self, MentionKind};
use crate::law::Instrument;
use crate::read::{self, Notice, ReadError};
use crate::register::{Folders, Register, RowProblem};
use crate::store::{
    Manifest, SCHEMA_VERSION, Store, StoreError, StoreWriter, StoredCitation, StoredDocument, StoredFile, follow_umask,
    last_manifest,
};

/// Raised when `read` or `cite` give other answers for the same file, so that every file is read again.
const READER_VERSION: u32 = 8;

/// What to index, and into what.
#[derive(Debug, Clone, Default)]
pub struct IndexOptions {
    pub library: PathBuf,
    /// Files and folders; none for those of last time, or the corpus in this folder. Those named replace those of last
    /// time: what is no longer below any of them disappears.
    pub paths: Vec<PathBuf>,
    /// The register's folder; `None` for that of the corpus, or of last time.
    pub register: Option<PathBuf>,
    /// Read every file again, changed or not; a damaged index is rebuilt.
    pub rebuild: bool,
    /// How files are read.
    pub reading: read::Options,
}

/// How far an index run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'p> {
    /// How many files there are.
    Found(usize),
    /// One more file is done; which, and how many are by now.
    Done { path: &'p str, done: usize },
    /// All files are done; the change is being written.
    Saving,
}

/// What an index run did.
#[derive(Debug, Default)]
pub struct IndexReport {
    /// Files that were new or had changed.
    pub read: usize,
    pub unchanged: usize,
    pub removed: usize,
    pub failed: Vec<ReadError>,
    /// What lies in the folders and is of no kind that is read.
    pub passed: Vec<ReadError>,
    /// What the user should know of files that were read, with their paths.
    pub notices: Vec<(String, Notice)>,
    /// Documents and citations the index now holds.
    pub documents: usize,
    pub citations: usize,
    pub instruments: usize,
    /// Rows of the register that were left out.
    pub problems: Vec<RowProblem>,
    /// Whether anything had changed.
    pub changed: bool,
}

/// Brings the index up to date with the files. `progress` is called from several threads.
///
/// # Errors
/// Another run is writing; the index is damaged; the register cannot be read; nothing of what was named exists.
/// The index is then as it was before.
pub fn index(options: &IndexOptions, progress: impl Fn(Progress<'_>) + Sync) -> Result<IndexReport, LibraryError> {
    let failed = |error| LibraryError::of(&options.library, error);
    // Read first: of a damaged index that is rebuilt, nothing else is left.
    let noted = if options.rebuild { last_manifest(&options.library) } else { None };
    let (writer, before) = StoreWriter::begin(&options.library, threads(), options.rebuild).map_err(failed)?;
    let last = before.as_ref().map(Store::manifest).or(noted.as_ref());
    let inputs = Inputs::find(options, last)?;
    let seen = match (&before, options.rebuild) {
        (Some(store), false) => store.files().map_err(failed)?,
        _ => Vec::new(),
    };
    progress(Progress::Found(inputs.sources.files.len()));
    if options.rebuild && before.is_some() {
        writer.clear().map_err(failed)?;
    }
    let run = Run::new(&inputs, &writer, &seen, &progress);
    let sum = run.read_files().map_err(failed)?;
    run.remove_gone();
    if last.is_some_and(|last| last.register == inputs.manifest.register) && !options.rebuild {
        run.update_instruments(&sum.twins).map_err(failed)?;
    } else {
        run.write_register(&sum.twins).map_err(failed)?;
    }
    let mut report = run.into_report();
    report.documents = sum.documents;
    report.citations = sum.citations;
    report.changed = sum.touched || report.removed > 0 || options.rebuild || !inputs.are_those_of(last);
    report.complete(&inputs);
    if report.changed {
        progress(Progress::Saving);
        writer.commit(&inputs.manifest).map_err(failed)?;
        if let Some(imported) = imported(&options.library) {
            follow_umask(&imported);
        }
    }
    report.failed.extend(inputs.sources.errors);
    report.failed.sort_by(|a, b| a.path().cmp(b.path()));
    report.passed = inputs.sources.passed;
    report.problems = inputs.problems;
    Ok(report)
}

impl IndexReport {
    /// Adds what does not depend on the files.
    fn complete(&mut self, inputs: &Inputs) {
        self.instruments = inputs.register.instruments().len();
        self.notices.sort_by(|a, b| a.0.cmp(&b.0));
    }
}

/// Everything that an index is made from.
struct Inputs {
    reading: read::Options,
    sources: Sources,
    register: Register,
    problems: Vec<RowProblem>,
    /// What the commit will say of itself.
    manifest: Manifest,
}

impl Inputs {
    fn find(options: &IndexOptions, last: Option<&Manifest>) -> Result<Inputs, LibraryError> {
        // A run that does not ask for it again would lose what was recognised.
        let ocr = options.reading.ocr || !options.rebuild && last.is_some_and(|last| last.ocr);
        let reading = read::Options { ocr };
        let sources = Sources::of(&paths(&options.paths, last, &options.library)?, reading);
        if sources.files.is_empty() && sources.register.is_none() && !sources.errors.is_empty() {
            return Err(LibraryError::NothingFound(sources.errors));
        }
        let folders = folders(&options.library, options.register.as_deref(), sources.register.as_deref(), last);
        // Before the tables are read: a change in between is then seen, not missed.
        let stamp = folders.stamp();
        let (register, problems) = Register::open(&folders)?;
        let manifest = Manifest {
            schema: SCHEMA_VERSION,
            register: register.digest().to_owned(),
            folders,
            stamp,
            roots: sources.roots.clone(),
            ocr,
            made: jiff::Timestamp::now().to_string(),
        };
        Ok(Inputs { reading, sources, register, problems, manifest })
    }

    /// Whether the last commit was made from the same, files aside.
    fn are_those_of(&self, last: Option<&Manifest>) -> bool {
        last.is_some_and(|last| Manifest { made: last.made.clone(), ..self.manifest.clone() } == *last)
    }
}

/// What became of files, as far as the rest of the run asks for it: there may be a million of them.
#[derive(Default)]
struct Sum {
    documents: usize,
    citations: usize,
    /// The instruments of the register whose text they are, by id.
    twins: HashSet<String>,
    /// Whether the index had to be written for one of them.
    touched: bool,
}

impl Sum {
    fn and(mut self, mut other: Sum) -> Sum {
        self.documents += other.documents;
        self.citations += other.citations;
        self.touched |= other.touched;
        // The smaller into the larger.
        if self.twins.len() < other.twins.len() {
            std::mem::swap(&mut self.twins, &mut other.twins);
        }
        self.twins.extend(other.twins);
        self
    }
}

/// The work on the files and the register of one run.
struct Run<'r, P> {
    inputs: &'r Inputs,
    designations: Designations<'r>,
    writer: &'r StoreWriter,
    /// What the last run saw, by path.
    seen: HashMap<&'r str, &'r StoredFile>,
    report: Mutex<IndexReport>,
    done: AtomicUsize,
    progress: &'r P,
}

impl<'r, P: Fn(Progress<'_>) + Sync> Run<'r, P> {
    fn new(inputs: &'r Inputs, writer: &'r StoreWriter, seen: &'r [StoredFile], progress: &'r P) -> Run<'r, P> {
        Run {
            inputs,
            designations: Designations::new(&inputs.register),
            writer,
            seen: seen.iter().map(|file| (file.path.as_str(), file)).collect(),
            report: Mutex::default(),
            done: AtomicUsize::new(0),
            progress,
        }
    }

    fn into_report(self) -> IndexReport {
        self.report.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings the index up to date with every file, several at once.
    fn read_files(&self) -> Result<Sum, StoreError> {
        let files = self.inputs.sources.files.par_iter().map(|source| self.file(source));
        let sums = files.try_fold(Sum::default, |sum, outcome| Ok(sum.and(outcome?)));
        sums.try_reduce(Sum::default, |a, b| Ok(a.and(b)))
    }

    /// Removes the files that are gone.
    fn remove_gone(&self) {
        let kept: HashSet<Cow<'_, str>> = self.inputs.sources.files.iter().map(Source::path).collect();
        for gone in self.seen.keys().filter(|path| !kept.contains(**path)) {
            self.writer.remove_file(gone);
            self.note(|report| report.removed += 1);
        }
    }

    /// Of a register that is written already, writes what became a document of the library, or is none any more.
    fn update_instruments(&self, twins: &HashSet<String>) -> Result<(), StoreError> {
        let before: HashSet<String> = self.seen.values().filter_map(|file| file.own.clone()).collect();
        for id in before.symmetric_difference(twins) {
            if let Some(instrument) = self.inputs.register.by_id(id) {
                self.writer.put_instrument(&self.designations.instrument(instrument, twins.contains(id)))?;
            }
        }
        Ok(())
    }

    /// Writes all of the register in place of what was written of it.
    fn write_register(&self, twins: &HashSet<String>) -> Result<(), StoreError> {
        let register = &self.inputs.register;
        self.writer.remove_register();
        self.writer.put_register_tables(&register.fixed(), &self.inputs.problems)?;
        register.relations().iter().try_for_each(|relation| self.writer.put_relation(relation))?;
        let put = |instrument: &Instrument| {
            let is_document = twins.contains(instrument.id().as_str());
            self.writer.put_new_instrument(&self.designations.instrument(instrument, is_document))
        };
        register.instruments().par_iter().try_for_each(put)
    }

    /// Brings the index up to date with one file.
    fn file(&self, source: &Source) -> Result<Sum, StoreError> {
        let path = source.path();
        let before = self.seen.get(path.as_ref()).copied();
        let mut entry = StoredFile {
            path: path.clone().into_owned(),
            stamp: stamp(&source.file),
            fingerprint: None,
            own: None,
            citations: 0,
        };
        let bytes = read::content(&source.file, &shown(&path));
        let fingerprint = bytes.as_ref().ok().map(|bytes| self.fingerprint(source, bytes));
        let touched = match (bytes, before) {
            (Ok(_), Some(before)) if before.fingerprint == fingerprint => {
                entry = StoredFile { stamp: entry.stamp, ..before.clone() };
                let touched = entry.stamp != before.stamp;
                if touched {
                    self.writer.forget_file(&path);
                }
                self.note(|report| report.unchanged += 1);
                touched
            }
            (bytes, before) => {
                let read = bytes.and_then(|bytes| self.read(source, bytes));
                // A file that could not be read before and still cannot is nothing new.
                let touched = read.is_ok()
                    || before.is_none_or(|before| before.fingerprint.is_some() || before.stamp != entry.stamp);
                if touched && before.is_some() {
                    self.writer.remove_file(&path);
                }
                match read {
                    Ok((document, edges)) => {
                        entry.fingerprint = fingerprint;
                        entry.own = document.own.clone();
                        entry.citations = edges.len();
                        self.writer.put_document(&document, &edges)?;
                        self.note(|report| report.read += 1);
                    }
                    Err(error) => self.note(|report| report.failed.push(error)),
                }
                touched
            }
        };
        if touched {
            self.writer.put_file(&entry)?;
        }
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.progress)(Progress::Done { path: &path, done });
        let twin = entry.own.filter(|own| self.inputs.register.by_id(own).is_some());
        Ok(Sum {
            documents: usize::from(entry.fingerprint.is_some()),
            citations: entry.citations,
            twins: twin.into_iter().collect(),
            touched,
        })
    }

    fn read(&self, source: &Source, bytes: Vec<u8>) -> Result<(StoredDocument, Vec<StoredCitation>), ReadError> {
        let path = source.path();
        // A fault of ours in one file must not take the others with it.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let document = self.inputs.reading.read_bytes(&shown(&path), bytes)?;
            if !document.notices.is_empty() {
                let notices = document.notices.iter().map(|notice| (document.path.clone(), notice.clone()));
                self.note(|report| report.notices.extend(notices));
            }
            let reading = cite::read(&document, &self.inputs.register);
            let text = document.text.as_str().to_owned();
            let mut entry = StoredDocument::new(source.id.clone(), path.clone().into_owned(), &reading.header, text);
            self.designations.document(&mut entry, &reading.header);
            let cited = reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own);
            let edges = cited.filter_map(|citation| StoredCitation::new(&entry, &document, citation)).collect();
            Ok((entry, edges))
        }));
        read.unwrap_or_else(|_| Err(ReadError::Internal { path: shown(&path) }))
    }

    fn fingerprint(&self, source: &Source, bytes: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(bytes);
        for part in [self.inputs.register.digest(), &source.id, env!("CARGO_PKG_VERSION"), &READER_VERSION.to_string()]
        {
            hasher.update(part.as_bytes());
            hasher.update(b"\0");
        }
        if self.inputs.reading.ocr {
            hasher.update(b"ocr");
        }
        hasher.finalize().to_hex().to_string()
    }

    fn note(&self, change: impl FnOnce(&mut IndexReport)) {
        change(&mut self.report.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Size and time of change of a file; empty where they cannot be told.
pub(super) fn stamp(file: &Path) -> String {
    read::stamp(file).unwrap_or_default()
}

/// What to index: what was named, else what was indexed last time, else the corpus at hand.
pub(super) fn paths(named: &[PathBuf], last: Option<&Manifest>, library: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    if !named.is_empty() {
        return Ok(named.to_owned());
    }
    if let Some(last) = last.filter(|last| !last.roots.is_empty()) {
        return Ok(last.roots.clone());
    }
    let corpus = PathBuf::from("corpus");
    if corpus.join("plans").is_dir() {
        return Ok(vec![corpus]);
    }
    // A library may hold a register and no document.
    if imported(library).is_some() { Ok(Vec::new()) } else { Err(LibraryError::NoPaths) }
}

/// The tables to use.
pub(super) fn folders(library: &Path, named: Option<&Path>, found: Option<&Path>, last: Option<&Manifest>) -> Folders {
    Folders { tables: register_dir(named, found, last), imported: imported(library) }
}

/// The folder of what was imported into a library, where anything was.
pub(super) fn imported(library: &Path) -> Option<PathBuf> {
    let dir = super::imported_folder(library);
    let any = ["instruments.csv", "relations.csv"].iter().any(|table| dir.join(table).is_file());
    any.then(|| dir.canonicalize().unwrap_or(dir))
}

/// The register to use: the one asked for, else that of a corpus indexed, else that of last time, else the one
/// at hand, else (`None`) the one built in.
fn register_dir(named: Option<&Path>, found: Option<&Path>, last: Option<&Manifest>) -> Option<PathBuf> {
    let last = last.and_then(|last| last.folders.tables.as_deref()).filter(|dir| is_register(dir));
    let at_hand = Path::new("corpus/register");
    let at_hand = is_register(at_hand).then_some(at_hand);
    let dir = named.or(found).or(last).or(at_hand)?;
    Some(dir.canonicalize().unwrap_or_else(|_| dir.to_owned()))
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4))
}
