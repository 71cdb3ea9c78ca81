//! The files of the register: where they lie, what is in them, row by row.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Reason, RegisterError, RowProblem};

/// One CSV file, in memory.
pub(super) struct Table {
    pub path: PathBuf,
    bytes: Vec<u8>,
}

impl Table {
    /// Makes sure that the table names the columns that every row needs, and holds a row where it must: otherwise
    /// each row would be a problem of its own, or nothing would be known and nobody told.
    fn whole(&self, needed: &[&'static str], filled: bool) -> Result<(), RegisterError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(self.bytes.as_slice());
        let named: Vec<String> = reader.headers().map(|names| names.iter().map(column).collect()).unwrap_or_default();
        let missing: Vec<_> = needed.iter().filter(|name| named.iter().all(|one| one != *name)).copied().collect();
        if !missing.is_empty() {
            return Err(RegisterError::Columns { path: self.path.clone(), missing });
        }
        match filled && reader.records().next().is_none() {
            true => Err(RegisterError::Empty { path: self.path.clone() }),
            false => Ok(()),
        }
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
        let table = |name: &str, text: &'static str| Table { path: name.into(), bytes: text.into() };
        Tables {
            instruments: table("instruments.csv", include_str!("../../corpus/register/instruments.csv")),
            relations: table("relations.csv", include_str!("../../corpus/register/relations.csv")),
            aliases: table("aliases.csv", include_str!("../../corpus/register/aliases.csv")),
            agencies: table("agencies.csv", include_str!("../../corpus/register/agencies.csv")),
            kinds: table("kinds.csv", include_str!("../../corpus/register/kinds.csv")),
        }
    }

    pub fn load(dir: &Path) -> Result<Tables, RegisterError> {
        let table = |name: &str| {
            let path = dir.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => Ok(Table { path, bytes }),
                Err(error) => Err(RegisterError::Unreadable { path, reason: error.to_string() }),
            }
        };
        let tables = Tables {
            instruments: table("instruments.csv")?,
            relations: table("relations.csv")?,
            aliases: table("aliases.csv")?,
            agencies: table("agencies.csv")?,
            kinds: table("kinds.csv")?,
        };
        tables.instruments.whole(&["number", "kind", "title"], true)?;
        tables.relations.whole(&["from", "treatment", "to"], false)?;
        tables.aliases.whole(&["alias", "number"], false)?;
        tables.agencies.whole(&["abbr", "name", "scope", "branch"], true)?;
        tables.kinds.whole(&["name", "family", "year"], true)?;
        Ok(tables)
    }

    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for table in [&self.instruments, &self.relations, &self.aliases, &self.agencies, &self.kinds] {
            hasher.update(&table.bytes.len().to_le_bytes());
            hasher.update(&table.bytes);
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// One row: its fields by column name. A column the file does not have reads as empty.
pub(super) struct Fields<'t> {
    columns: &'t HashMap<String, usize>,
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
    read: impl Fn(&Fields<'_>) -> Result<T, Reason>,
    problems: &mut Vec<RowProblem>,
) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.bytes.as_slice());
    let columns: HashMap<String, usize> = match reader.headers() {
        Ok(headers) => headers.iter().enumerate().map(|(at, name)| (column(name), at)).collect(),
        Err(error) => {
            problems.push(RowProblem::new(&table.path, 1, Reason::csv(&error)));
            return Vec::new();
        }
    };
    let mut out = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                match read(&Fields { columns: &columns, record: &record }) {
                    Ok(row) => out.push(row),
                    Err(reason) => problems.push(RowProblem::new(&table.path, line, reason)),
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(RowProblem::new(&table.path, line, Reason::csv(&error)));
            }
        }
    }
    out
}
