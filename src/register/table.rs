//! The files of the register: where they lie, what is in them, row by row.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::unclosed_quotes::Quotes;
use super::{RegisterError, RowProblem};
use crate::register::row_problem::csv_problem;
use crate::text::Message;

/// The names of the five tables.
pub(super) const FILES: [&str; 5] = ["instruments.csv", "relations.csv", "aliases.csv", "agencies.csv", "kinds.csv"];

/// Where the tables of a register lie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folders {
    /// The five tables; `None` for those built in.
    pub tables: Option<PathBuf>,
    /// What was imported: a folder that may hold some of the tables. Its rows count before those of `tables`.
    pub imported: Option<PathBuf>,
}

/// The hash of the tables built in, which never changes while the program runs.
static BUILT_IN: LazyLock<String> = LazyLock::new(|| digest(&[Tables::bundled()]));

impl Folders {
    /// What tells these files from themselves after a change, without reading them.
    pub fn stamp(&self) -> String {
        let built_in = || match &self.tables {
            None => BUILT_IN.clone(),
            Some(_) => String::new(),
        };
        let files = [&self.tables, &self.imported].into_iter().flatten();
        let files = files.flat_map(|dir| FILES.map(|name| dir.join(name)));
        files.filter_map(|file| crate::read::stamp(&file)).fold(built_in(), |all, one| format!("{all} {one}"))
    }

    /// A hash of what the files hold: that of a register opened from them.
    ///
    /// # Errors
    /// As [`super::Register::load`].
    pub fn digest(&self) -> Result<String, RegisterError> {
        Ok(digest(&self.read()?))
    }

    /// The tables, those that count first first.
    pub(super) fn read(&self) -> Result<Vec<Tables>, RegisterError> {
        let imported = self.imported.as_deref().map(Tables::imported).transpose()?;
        let tables = match &self.tables {
            Some(dir) => Tables::load(dir)?,
            None => Tables::bundled(),
        };
        Ok(imported.into_iter().chain([tables]).collect())
    }
}

/// One CSV file, in memory.
pub(super) struct Table {
    pub path: PathBuf,
    bytes: Cow<'static, [u8]>,
}

impl Table {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn read(path: PathBuf) -> Result<Table, RegisterError> {
        match std::fs::read(&path) {
            Ok(bytes) => match Quotes::unclosed_in(&bytes) {
                Some(line) => Err(RegisterError::Quote { path, line }),
                None => Ok(Table { path, bytes: bytes.into() }),
            },
            Err(error) => Err(RegisterError::Unreadable { path, reason: error.into() }),
        }
    }

    /// Makes sure that the table names the columns that every row needs, and holds a row where it must: otherwise
    /// each row would be a problem of its own, or nothing would be known and nobody told.
    fn whole(&self, needed: &[&'static str], filled: bool) -> Result<(), RegisterError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&*self.bytes);
        let named: Vec<String> = reader.headers().map(|names| names.iter().map(column).collect()).unwrap_or_default();
        let missing: Vec<_> = needed.iter().filter(|name| named.iter().all(|one| one != *name)).copied().collect();
        if !missing.is_empty() {
            return Err(RegisterError::Columns { path: self.path.clone(), missing });
        }
        if filled && reader.records().next().is_none() {
            return Err(RegisterError::Empty { path: self.path.clone() });
        }
        Ok(())
    }
}

/// The name of a column as it stands in the first line.
fn column(written: &str) -> String {
    written.trim_start_matches('\u{feff}').trim().to_owned()
}

pub(super) struct Tables {
    pub instruments: Table,
    pub relations: Table,
    pub aliases: Table,
    pub agencies: Table,
    pub kinds: Table,
}

impl Tables {
    pub fn bundled() -> Tables {
        let table = |name: &str, text: &'static str| Table { path: name.into(), bytes: text.as_bytes().into() };
        Tables {
            instruments: table("instruments.csv", include_str!("../../corpus/register/instruments.csv")),
            relations: table("relations.csv", include_str!("../../corpus/register/relations.csv")),
            aliases: table("aliases.csv", include_str!("../../corpus/register/aliases.csv")),
            agencies: table("agencies.csv", include_str!("../../corpus/register/agencies.csv")),
            kinds: table("kinds.csv", include_str!("../../corpus/register/kinds.csv")),
        }
    }

    pub fn load(dir: &Path) -> Result<Tables, RegisterError> {
        let tables = Tables::of(|name| Table::read(dir.join(name)))?;
        tables.whole()?;
        Ok(tables)
    }

    /// Those of the tables that a folder has.
    pub fn imported(dir: &Path) -> Result<Tables, RegisterError> {
        Tables::of(|name| match dir.join(name) {
            path if path.is_file() => Table::read(path),
            path => Ok(Table { path, bytes: Cow::default() }),
        })
    }

    fn of(table: impl Fn(&str) -> Result<Table, RegisterError>) -> Result<Tables, RegisterError> {
        let [instruments, relations, aliases, agencies, kinds] = FILES;
        Ok(Tables {
            instruments: table(instruments)?,
            relations: table(relations)?,
            aliases: table(aliases)?,
            agencies: table(agencies)?,
            kinds: table(kinds)?,
        })
    }

    fn whole(&self) -> Result<(), RegisterError> {
        self.instruments.whole(&["number", "kind", "title"], true)?;
        self.relations.whole(&["from", "treatment", "to"], false)?;
        self.aliases.whole(&["alias", "number"], false)?;
        self.agencies.whole(&["abbr", "name", "scope", "branch"], true)?;
        self.kinds.whole(&["name", "family", "year"], true)
    }
}

/// A hash of all bytes of some tables.
pub(super) fn digest(layers: &[Tables]) -> String {
    let mut hasher = blake3::Hasher::new();
    for layer in layers {
        for table in [&layer.instruments, &layer.relations, &layer.aliases, &layer.agencies, &layer.kinds] {
            hasher.update(&table.bytes.len().to_le_bytes());
            hasher.update(&table.bytes);
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// One row: its fields by column name. A column the file does not have reads as empty.
pub(super) struct Fields<'t> {
    columns: &'t FxHashMap<String, usize>,
    record: &'t csv::StringRecord,
}

impl Fields<'_> {
    pub fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|at| self.record.get(*at)).unwrap_or("").trim()
    }
}

/// Every row of a table that `read` can read; the others become problems with their line.
pub(super) fn rows<T>(
    table: &Table,
    read: impl Fn(&Fields<'_>) -> Result<T, Message>,
    problems: &mut Vec<RowProblem>,
) -> Vec<T> {
    numbered(table, read, problems).into_iter().map(|(_, row)| row).collect()
}

/// The same, each with its line in the file, from one.
pub(super) fn numbered<T>(
    table: &Table,
    read: impl Fn(&Fields<'_>) -> Result<T, Message>,
    problems: &mut Vec<RowProblem>,
) -> Vec<(u64, T)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&*table.bytes);
    let columns: FxHashMap<String, usize> = match reader.headers() {
        Ok(headers) => headers.iter().enumerate().map(|(at, name)| (column(name), at)).collect(),
        Err(error) => {
            problems.push(RowProblem::new(&table.path, 1, csv_problem(&error)));
            return Vec::new();
        }
    };
    let mut out = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                match read(&Fields { columns: &columns, record: &record }) {
                    Ok(row) => out.push((line, row)),
                    Err(reason) => problems.push(RowProblem::new(&table.path, line, reason)),
                }
            }
            Ok(false) => return out,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(RowProblem::new(&table.path, line, csv_problem(&error)));
            }
        }
    }
}
