//! Bulk import of dumps of legal databases. What a dump adds is written into a folder of its own, beside the tables that are
//! there; what it says otherwise is listed, and taken only where the user says so.

mod columns;
mod dump;
mod merge;
mod rows;
mod state_words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::in_memory::InMemoryRows;
use super::{Folders, RegisterError, RowProblem, export};
use crate::law::{Date, Instrument, Relation};
use crate::text::{IoMessage, Lang, Message};

pub use columns::{Column, parse_pair};
pub use merge::{Change, Prefer};

/// How a dump is to be read and taken.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Columns named by the user.
    pub map: Vec<(Column, String)>,
    /// What the facts' source is called; without it, what the dump says, else the name of the file.
    pub source: Option<String>,
    /// The day on which the facts were confirmed, for lines that do not say.
    pub confirmed: Option<Date>,
    pub prefer: Prefer,
}

/// Why nothing could be imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum ImportError {
    Unreadable {
        path: PathBuf,
        reason: IoMessage,
    },
    /// The file holds nothing.
    Empty(PathBuf),
    /// A quotation mark of a CSV file, opened on this line, has no other half: the rows behind it were read as one cell.
    Quote {
        path: PathBuf,
        line: u64,
    },
    /// One JSON array instead of lines.
    Array(PathBuf),
    /// Columns that are needed, or were named, and are not there.
    Columns {
        path: PathBuf,
        missing: Vec<String>,
        known: Vec<String>,
    },
    Register(#[from] RegisterError),
    /// The folder of imported tables cannot be written.
    Unwritable {
        path: PathBuf,
        reason: IoMessage,
    },
}

impl ImportError {
    /// The error in the user's language, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let (path, vi, en) = match self {
            ImportError::Register(error) => return error.message(lang),
            ImportError::Unreadable { path, reason } => {
                let reason = reason.words(lang);
                (path, format!("không đọc được tệp: {reason}"), format!("cannot read the file: {reason}"))
            }
            ImportError::Empty(path) => (path, "tệp rỗng".to_owned(), "the file is empty".to_owned()),
            ImportError::Quote { path, line } => (
                path,
                format!(
                    "dòng {line}: dấu ngoặc kép (\") mở ra mà không đóng lại, nên các dòng sau bị đọc thành một ô; hãy sửa dòng này rồi nhập lại. Chưa ghi gì"
                ),
                format!(
                    "line {line}: a quotation mark (\") is opened and not closed, so that the lines behind it were read as one cell; mend the line and import again. Nothing was written"
                ),
            ),
            ImportError::Array(path) => (
                path,
                "tệp là một mảng JSON; hãy ghi mỗi đối tượng trên một dòng (jq -c '.[]')".to_owned(),
                "the file is one JSON array; write one object per line (jq -c '.[]')".to_owned(),
            ),
            ImportError::Columns { path, missing, known } => {
                let (missing, known) = (missing.join(", "), known.join(", "));
                (
                    path,
                    format!(
                        "không thấy cột {missing}; các cột có trong tệp: {known}. Chỉ rõ bằng --map number=TÊN_CỘT,…"
                    ),
                    format!("no column {missing}; the file has: {known}. Name them with --map number=COLUMN,…"),
                )
            }
            ImportError::Unwritable { path, reason } => {
                let reason = reason.words(lang);
                (path, format!("không ghi được: {reason}"), format!("cannot write: {reason}"))
            }
        };
        format!("{}: {}", path.display(), lang.pick(&vi, &en))
    }
}

/// What became of one line.
#[derive(Debug, Clone)]
pub struct Entry {
    pub line: u64,
    /// The instrument's number or name, or both ends of the relation.
    pub what: String,
    /// Of an addition: its facts, empty ones first. Of another: the facts that change, or are in conflict.
    pub changes: Vec<Change>,
}

/// What an import did, or would do.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// Which column of the dump was read as what.
    pub columns: String,
    pub lines: u64,
    /// Instruments and relations that were not there.
    pub added: Vec<Entry>,
    /// Those that were there and say more now.
    pub changed: Vec<Entry>,
    /// How many lines say what is known.
    pub same: usize,
    /// Facts on which the dump and the register differ.
    pub conflicts: Vec<Entry>,
    /// Instruments whose own facts contradict each other: taken as unsure, and only where there is no row of them.
    pub doubtful: Vec<RowProblem>,
    /// Lines that were left out.
    pub problems: Vec<RowProblem>,
    /// Words for the force that state none that is known, and how often they stand there.
    pub unknown_words: BTreeMap<String, usize>,
}

/// The register, and what is being joined to it.
pub struct Import {
    held: InMemoryRows,
    /// How many of the rows were imported before.
    before: (usize, usize),
    /// Places of rows that were there and have changed.
    instruments: BTreeSet<usize>,
    relations: BTreeSet<usize>,
    known: (usize, usize),
}

impl Import {
    /// Opens the register that is to be added to.
    ///
    /// # Errors
    /// Its tables cannot be read.
    pub fn open(folders: &Folders) -> Result<Import, ImportError> {
        let layers = folders.read()?;
        let (held, _) = InMemoryRows::of(&layers);
        let before = if folders.imported.is_some() { held.first_layer } else { (0, 0) };
        let known = (held.instruments.len(), held.relations.len());
        Ok(Import { held, before, instruments: BTreeSet::new(), relations: BTreeSet::new(), known })
    }

    /// Joins the lines of a file. Nothing is written yet.
    ///
    /// # Errors
    /// The file cannot be read as a whole, or no column of it holds a number.
    pub fn file(&mut self, path: &Path, options: &ImportOptions) -> Result<ImportReport, ImportError> {
        let mut report = ImportReport::default();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let stated = rows::Stated { options, file: &stem };
        let used = dump::read(path, &options.map, |line, is_relation, cells| {
            report.lines += 1;
            let problem = |reason| RowProblem::new(path, line, reason);
            let cells = match cells {
                Ok(cells) => cells,
                Err(reason) => return report.problems.push(problem(reason)),
            };
            if is_relation {
                match rows::relation(&cells, &stated, &self.held) {
                    Ok(relation) => self.join_relation(line, relation, options.prefer, &mut report),
                    Err(reason) => report.problems.push(problem(reason)),
                }
                return;
            }
            match rows::instrument(&cells, &stated, &self.held.symbols) {
                Ok(read) => {
                    if let Some(word) = read.unknown_word {
                        *report.unknown_words.entry(word).or_default() += 1;
                    }
                    if let Some(reason) = read.doubt {
                        report.doubtful.push(problem(reason));
                        // What contradicts itself adds nothing to a row that is there, and says nothing of others.
                        if self.held.place_of(&read.row).is_none() {
                            self.join_instrument(line, read.row, options.prefer, &mut report);
                        }
                        return;
                    }
                    let (relations, problems) = rows::relations_of(&cells, &read.row, &stated, &self.held);
                    report.problems.extend(problems.into_iter().map(problem));
                    self.join_instrument(line, read.row, options.prefer, &mut report);
                    for relation in relations {
                        self.join_relation(line, relation, options.prefer, &mut report);
                    }
                }
                Err(reason) => report.problems.push(problem(reason)),
            }
        })?;
        report.columns = used.shown();
        Ok(report)
    }

    fn join_instrument(&mut self, line: u64, new: Instrument, prefer: Prefer, report: &mut ImportReport) {
        let what = named(&new);
        let Some(at) = self.held.place_of(&new) else {
            let changes = export::instrument(&new).into_iter().filter(|(_, cell)| !cell.is_empty());
            let changes = changes.map(|(column, new)| Change { column, old: String::new(), new }).collect();
            report.added.push(Entry { line, what, changes });
            drop(self.held.add_instrument(new));
            return;
        };
        let merged = merge::instruments(&self.held.instruments[at], &new, prefer, &self.held.symbols);
        note(line, what, &merged.changes, &merged.conflicts, report);
        if !merged.changes.is_empty() {
            self.held.instruments[at] = merged.row;
            self.instruments.insert(at);
        }
    }

    fn join_relation(&mut self, line: u64, new: Relation, prefer: Prefer, report: &mut ImportReport) {
        let what = format!("{} {} {}", new.from, new.treatment, new.to);
        let Some(at) = self.held.place_of_relation(&new) else {
            let changes = export::relation(&new).into_iter().filter(|(_, cell)| !cell.is_empty());
            let changes = changes.map(|(column, new)| Change { column, old: String::new(), new }).collect();
            report.added.push(Entry { line, what, changes });
            self.held.add_relation(new);
            return;
        };
        let merged = merge::relations(&self.held.relations[at], &new, prefer);
        note(line, what, &merged.changes, &merged.conflicts, report);
        if !merged.changes.is_empty() {
            self.held.relations[at] = merged.row;
            self.relations.insert(at);
        }
    }

    /// Writes what was imported, now and before, into a folder. Each table is there whole or as it was.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), ImportError> {
        let ours = |at: usize, before: usize, known: usize, changed: &BTreeSet<usize>| {
            at < before || at >= known || changed.contains(&at)
        };
        let instruments = self.held.instruments.iter().enumerate();
        let instruments =
            instruments.filter(|(at, _)| ours(*at, self.before.0, self.known.0, &self.instruments)).map(|(_, row)| row);
        let relations = self.held.relations.iter().enumerate();
        let relations =
            relations.filter(|(at, _)| ours(*at, self.before.1, self.known.1, &self.relations)).map(|(_, row)| row);
        export::instruments(&dir.join("instruments.csv"), instruments)
            .and_then(|()| export::relations(&dir.join("relations.csv"), relations))
            .map_err(|error| ImportError::Unwritable { path: dir.to_owned(), reason: error.into() })
    }
}

fn note(line: u64, what: String, changes: &[Change], conflicts: &[Change], report: &mut ImportReport) {
    if changes.is_empty() && conflicts.is_empty() {
        report.same += 1;
    }
    if !changes.is_empty() {
        report.changed.push(Entry { line, what: what.clone(), changes: changes.to_vec() });
    }
    if !conflicts.is_empty() {
        report.conflicts.push(Entry { line, what, changes: conflicts.to_vec() });
    }
}

/// What an instrument goes by in a list.
fn named(instrument: &Instrument) -> String {
    let name = instrument.key().map_or_else(|| instrument.title.clone(), |key| key.to_string());
    match &instrument.locality {
        Some(place) => format!("{name} ({place})"),
        None => name,
    }
}

/// Why an instrument's own facts are unlikely to be all right; `None` where nothing speaks against them.
pub(super) fn contradiction(row: &Instrument) -> Option<Message> {
    super::lint::dates(row).into_iter().next().map(|fault| fault.reason)
}
