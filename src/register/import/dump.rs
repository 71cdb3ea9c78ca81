//! A dump, line by line: CSV with any of the usual separators, or one JSON object per line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::Value;

use super::columns::{Column, Mapping};
use super::{ImportError, state_words};
use crate::register::row_problem::csv_problem;
use crate::register::unclosed_quotes::{Followed, Quotes};
use crate::text::{Message, one_line};

/// The cells of one line, by what they hold; those that say nothing are left out.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<(Column, String)>);

impl Cells {
    pub fn get(&self, column: Column) -> &str {
        self.0.iter().find(|(one, _)| *one == column).map_or("", |(_, cell)| cell)
    }

    pub fn iter(&self) -> impl Iterator<Item = (Column, &str)> {
        self.0.iter().map(|(column, cell)| (*column, cell.as_str()))
    }

    fn of<'c>(mapping: &Mapping, cell: impl Fn(usize) -> Option<std::borrow::Cow<'c, str>>) -> Cells {
        let cells = mapping.pairs.iter().filter_map(|(column, at)| {
            let cell = cell(*at)?;
            // Line ends inside a cell are of no meaning in any of our columns.
            let cell = one_line(&cell);
            (!state_words::is_empty(&cell)).then_some((*column, cell))
        });
        Cells(cells.collect())
    }
}

/// Calls `take` for every line that holds a record, with its number in the file from one, whether it is a relation,
/// and its cells; and gives the mapping that was used.
///
/// # Errors
/// The file cannot be read, or has a quotation mark that is never closed; a column that the user named is not there; no column holds a number.
pub(super) fn read(
    path: &Path,
    told: &[(Column, String)],
    mut take: impl FnMut(u64, bool, Result<Cells, Message>),
) -> Result<Mapping, ImportError> {
    let unreadable = |error: std::io::Error| ImportError::Unreadable { path: path.to_owned(), reason: error.into() };
    let mut reader = BufReader::with_capacity(1 << 18, File::open(path).map_err(unreadable)?);
    let head = reader.fill_buf().map_err(unreadable)?;
    let bom = head.starts_with(b"\xef\xbb\xbf");
    let first = head.iter().skip(if bom { 3 } else { 0 }).find(|byte| !byte.is_ascii_whitespace()).copied();
    match first {
        None => return Err(ImportError::Empty(path.to_owned())),
        Some(b'[') => return Err(ImportError::Array(path.to_owned())),
        _ => {}
    }
    if bom {
        reader.consume(3);
    }
    match first {
        Some(b'{') => json_lines(path, reader, told, &mut take),
        _ => csv(path, reader, told, &mut take),
    }
}

type Take<'t> = &'t mut dyn FnMut(u64, bool, Result<Cells, Message>);

/// The columns of a dump and what they hold.
fn mapped(path: &Path, names: &[String], told: &[(Column, String)]) -> Result<Mapping, ImportError> {
    let (mapping, missing) = Mapping::new(names, told);
    if !missing.is_empty() {
        return Err(ImportError::Columns { path: path.to_owned(), missing, known: names.to_vec() });
    }
    if !mapping.has(Column::Number) && !mapping.is_relations() {
        let missing = vec!["number".to_owned()];
        return Err(ImportError::Columns { path: path.to_owned(), missing, known: names.to_vec() });
    }
    Ok(mapping)
}

fn csv(path: &Path, reader: impl BufRead, told: &[(Column, String)], take: Take<'_>) -> Result<Mapping, ImportError> {
    let unreadable = |error: std::io::Error| ImportError::Unreadable { path: path.to_owned(), reason: error.into() };
    // Without a record at a fixed width, the headers can only fail to be read, or to be UTF-8.
    let bad = |error: csv::Error| {
        unreadable(match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            _ => std::io::ErrorKind::InvalidData.into(),
        })
    };
    let mut reader = reader;
    let head = reader.fill_buf().map_err(unreadable)?;
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    let delimiter = *b",;\t".iter().max_by_key(|mark| (count(**mark), **mark == b',')).unwrap_or(&b',');
    let followed = Followed { quotes: Quotes::new(delimiter), inner: reader };
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(followed);
    let names: Vec<String> = reader.headers().map_err(bad)?.iter().map(|name| name.trim().to_owned()).collect();
    let mapping = mapped(path, &names, told)?;
    let relations = mapping.is_relations();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                take(line, relations, Ok(Cells::of(&mapping, |at| record.get(at).map(Into::into))));
            }
            Ok(false) => {
                return match reader.get_ref().quotes.unclosed() {
                    Some(line) => Err(ImportError::Quote { path: path.to_owned(), line }),
                    None => Ok(mapping),
                };
            }
            Err(error) => {
                if error.is_io_error() {
                    return Err(bad(error));
                }
                take(error.position().map_or(0, csv::Position::line), relations, Err(csv_problem(&error)));
            }
        }
    }
}

/// The longest line that is read, in bytes: dumps carry whole texts.
const LONGEST: u64 = 64 << 20;

fn json_lines(
    path: &Path,
    mut reader: impl BufRead,
    told: &[(Column, String)],
    take: Take<'_>,
) -> Result<Mapping, ImportError> {
    let mut line: u64 = 0;
    let mut bytes = Vec::new();
    // A file may hold instruments and relations: each line is what it has the columns of.
    let (mut instruments, mut relations) = (Seen::default(), Seen::default());
    loop {
        bytes.clear();
        let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        let read = read.map_err(|error| ImportError::Unreadable { path: path.to_owned(), reason: error.into() })?;
        if read == 0 {
            break;
        }
        line += 1;
        let text = bytes.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let object: serde_json::Map<String, Value> = match serde_json::from_slice(text) {
            Ok(object) => object,
            Err(error) => {
                let reason =
                    Message::new(format!("dòng JSON hỏng, từ ký tự thứ {}", error.column()), error.to_string());
                take(line, false, Err(reason));
                continue;
            }
        };
        let is_relation = ["from", "treatment", "to"].iter().all(|name| object.contains_key(*name));
        let seen = if is_relation { &mut relations } else { &mut instruments };
        seen.note(&object, if is_relation { &[] } else { told });
        let cell = |at: usize| {
            object.get(&seen.mapping.names[at]).map(|value| match value {
                Value::String(text) => text.as_str().into(),
                Value::Null => "".into(),
                Value::Array(list) if list.is_empty() => "".into(),
                value => value.to_string().into(),
            })
        };
        take(line, is_relation, Ok(Cells::of(&seen.mapping, cell)));
    }
    let seen = if instruments.mapping.names.is_empty() { relations } else { instruments };
    mapped(path, &seen.mapping.names, told)
}

/// The columns seen so far: objects may lack what others have.
#[derive(Default)]
struct Seen {
    mapping: Mapping,
}

impl Seen {
    fn note(&mut self, object: &serde_json::Map<String, Value>, told: &[(Column, String)]) {
        let names = &self.mapping.names;
        let fresh: Vec<String> = object.keys().filter(|key| !names.contains(key)).cloned().collect();
        if !fresh.is_empty() {
            let names: Vec<String> = names.iter().cloned().chain(fresh).collect();
            self.mapping = Mapping::new(&names, told).0;
        }
    }
}
