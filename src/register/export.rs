//! The register as files: a folder of CSV tables, or one JSON object per line. What is written reads back as it was.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value};

use super::table::{FILES, Table, Tables, numbered};
use super::{Alias, Folders, Register};
use crate::law::{Date, Force, Instrument, Relation};

type Cell = (&'static str, String);

/// The columns of an instrument's row and what stands in them.
pub(super) fn instrument(row: &Instrument) -> Vec<Cell> {
    let text = |text: &str| text.to_owned();
    vec![
        ("number", row.number.as_ref().map_or(String::new(), ToString::to_string)),
        ("kind", text(&row.kind)),
        ("title", text(&row.title)),
        ("issuer", text(&row.issuer)),
        ("locality", row.locality.as_ref().map_or(String::new(), ToString::to_string)),
        ("issued", day(row.issued)),
        ("commences", day(row.commences)),
        ("ended", day(row.ended)),
        ("force", text(row.force.as_str())),
        ("force_as_of", day(row.force_as_of)),
        ("confidence", text(row.confidence.as_str())),
        ("source", text(&row.source)),
    ]
}

/// The columns of a relation's row and what stands in them.
pub(super) fn relation(row: &Relation) -> Vec<Cell> {
    vec![
        ("from", row.from.to_string()),
        ("treatment", row.treatment.as_str().to_owned()),
        ("to", row.to.to_string()),
        ("date", day(row.date)),
        ("provision", row.provision.clone().unwrap_or_default()),
        ("confirmed", day(row.confirmed)),
        ("confidence", row.confidence.as_str().to_owned()),
        ("source", row.source.clone()),
    ]
}

fn alias(row: &Alias) -> Vec<Cell> {
    vec![
        ("alias", row.alias.clone()),
        ("number", row.key.number.to_string()),
        ("issued", day(row.key.date())),
        ("source", row.source.clone()),
    ]
}

fn day(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}

/// Writes a table of instruments; the file is there whole or not at all.
pub(super) fn instruments<'r>(path: &Path, rows: impl Iterator<Item = &'r Instrument>) -> io::Result<()> {
    let empty = Instrument {
        number: None,
        kind: String::new(),
        title: String::new(),
        issuer: String::new(),
        locality: None,
        issued: None,
        commences: None,
        ended: None,
        force: Force::Unknown,
        force_as_of: None,
        confidence: crate::law::Confidence::Unsure,
        source: String::new(),
    };
    let names = instrument(&empty).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    table(path, &names, rows.map(instrument))
}

/// Writes a table of relations; the file is there whole or not at all.
pub(super) fn relations<'r>(path: &Path, rows: impl Iterator<Item = &'r Relation>) -> io::Result<()> {
    let names = ["from", "treatment", "to", "date", "provision", "confirmed", "confidence", "source"];
    table(path, &names, rows.map(relation))
}

fn table(path: &Path, names: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let part = path.with_extension("csv.part");
    let mut writer = csv::Writer::from_writer(BufWriter::new(File::create(&part)?));
    writer.write_record(names)?;
    for row in rows {
        writer.write_record(row.iter().map(|(_, cell)| cell))?;
    }
    writer.flush()?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?.into_inner()?.sync_all()?;
    fs::rename(part, path)
}

/// Writes the five tables into a folder, as a register that can be opened.
///
/// # Errors
/// The folder cannot be written, or the tables of `folders` cannot be read.
pub fn to_folder(register: &Register, folders: &Folders, dir: &Path) -> io::Result<()> {
    instruments(&dir.join("instruments.csv"), register.instruments().iter())?;
    relations(&dir.join("relations.csv"), register.relations().iter())?;
    table(&dir.join("aliases.csv"), &["alias", "number", "issued", "source"], register.aliases().iter().map(alias))?;
    let layers = folders.read().map_err(|error| io::Error::other(error.to_string()))?;
    let one = |of: fn(&Tables) -> &Table| joined(&layers.iter().map(of).collect::<Vec<_>>());
    fs::write(dir.join(FILES[3]), one(|layer| &layer.agencies)?)?;
    fs::write(dir.join(FILES[4]), one(|layer| &layer.kinds)?)?;
    Ok(())
}

/// Tables one after the other, in the columns of the last one; that one alone as it stands.
fn joined(layers: &[&Table]) -> io::Result<Vec<u8>> {
    let Some((last, others)) = layers.split_last() else { return Ok(Vec::new()) };
    if others.iter().all(|layer| layer.bytes().is_empty()) {
        return Ok(last.bytes().to_vec());
    }
    let names = csv::Reader::from_reader(last.bytes()).headers()?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&names)?;
    for layer in layers {
        let rows =
            numbered(layer, |row| Ok(names.iter().map(|name| row.get(name).to_owned()).collect()), &mut Vec::new());
        for (_, row) in rows {
            let row: Vec<String> = row;
            writer.write_record(&row)?;
        }
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Writes instruments and relations, one JSON object per line, with the names of the tables' columns.
///
/// # Errors
/// Those of the stream written to.
pub fn to_lines(register: &Register, out: &mut impl Write) -> io::Result<()> {
    let rows = register.instruments().iter().map(instrument).chain(register.relations().iter().map(relation));
    for row in rows {
        let filled = row.into_iter().filter(|(_, cell)| !cell.is_empty());
        let object: Map<String, Value> = filled.map(|(name, cell)| (name.to_owned(), Value::String(cell))).collect();
        serde_json::to_writer(&mut *out, &object)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agencies_of_every_table_are_written() {
        let root = tempfile::tempdir().unwrap();
        let imported = root.path().join("imported");
        fs::create_dir(&imported).unwrap();
        fs::write(imported.join("agencies.csv"), "branch,abbr,name,scope\nstate,XYZ,Cơ quan thử,central\n").unwrap();
        let folders = Folders { tables: None, imported: Some(imported) };
        let (register, problems) = Register::open(&folders).unwrap();
        assert_eq!(problems.len(), 0, "{problems:?}");
        let out = root.path().join("out");
        to_folder(&register, &folders, &out).unwrap();
        let (again, _) = Register::load(&out).unwrap();
        for abbr in ["XYZ", "BGDĐT"] {
            assert_eq!(again.symbols().agency(abbr), register.symbols().agency(abbr), "{abbr}");
            assert!(again.symbols().agency(abbr).is_some(), "{abbr}");
        }
    }
}
