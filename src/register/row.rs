//! One row of each table to the value it states, or the reason why it cannot be.

use std::fmt;
use std::path::{Path, PathBuf};

use super::table::Fields;
use super::{Alias, Symbols};
use crate::law::{
    Agency, Branch, Confidence, Date, Family, Force, Instrument, Key, Kind, Locality, Number, Relation, Scope,
    Treatment, YearRule,
};

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    pub file: PathBuf,
    /// One-based line of the file; 0 where the row was found double after reading.
    pub line: u64,
    pub reason: String,
}

impl RowProblem {
    pub(super) fn new(file: &Path, line: u64, reason: String) -> RowProblem {
        RowProblem { file: file.to_owned(), line, reason }
    }

    pub(super) fn duplicate(file: &Path, id: &str) -> RowProblem {
        RowProblem::new(file, 0, format!("{id} stands there twice; the first row counts"))
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.reason)
    }
}

pub(super) fn instrument(fields: &Fields<'_>, symbols: &Symbols) -> Result<Instrument, String> {
    let number = match fields.get("number") {
        "" => None,
        text => Some(number(text, symbols)?),
    };
    let title = fields.get("title").to_owned();
    if number.is_none() && title.is_empty() {
        return Err("a row needs a number or a title".into());
    }
    Ok(Instrument {
        number,
        kind: fields.get("kind").to_owned(),
        title,
        issuer: fields.get("issuer").to_owned(),
        locality: Locality::new(fields.get("locality")),
        issued: date(fields, "issued")?,
        commences: date(fields, "commences")?,
        ended: date(fields, "ended")?,
        force: choice(fields, "force", Force::parse, Force::Unknown)?,
        force_as_of: date(fields, "force_as_of")?,
        confidence: choice(fields, "confidence", Confidence::parse, Confidence::Unsure)?,
        source: fields.get("source").to_owned(),
    })
}

pub(super) fn relation(fields: &Fields<'_>, symbols: &Symbols) -> Result<Relation, String> {
    Ok(Relation {
        from: key(fields.get("from"), symbols)?,
        treatment: Treatment::parse(fields.get("treatment"))
            .ok_or_else(|| format!("treatment {:?} is not known", fields.get("treatment")))?,
        to: key(fields.get("to"), symbols)?,
        date: date(fields, "date")?,
        provision: some(fields.get("provision")),
        confidence: choice(fields, "confidence", Confidence::parse, Confidence::Unsure)?,
        source: fields.get("source").to_owned(),
    })
}

pub(super) fn alias(fields: &Fields<'_>, symbols: &Symbols) -> Result<Alias, String> {
    let alias = fields.get("alias");
    if alias.is_empty() {
        return Err("the column alias is empty".into());
    }
    let number = number(fields.get("number"), symbols)?;
    Ok(Alias {
        alias: alias.to_owned(),
        key: Key::new(number, date(fields, "issued")?),
        source: fields.get("source").to_owned(),
    })
}

pub(super) fn agency(fields: &Fields<'_>) -> Result<Agency, String> {
    let (abbr, name) = (fields.get("abbr"), fields.get("name"));
    if abbr.is_empty() || name.is_empty() {
        return Err("an agency needs abbr and name".into());
    }
    Ok(Agency {
        abbr: abbr.to_owned(),
        name: name.to_owned(),
        variants: list(fields.get("variants")),
        scope: match fields.get("scope") {
            "central" => Scope::Central,
            "local" => Scope::Local,
            other => return Err(format!("scope {other:?} is neither central nor local")),
        },
        branch: match fields.get("branch") {
            "state" => Branch::State,
            "assembly" => Branch::Assembly,
            "court" => Branch::Court,
            "party" => Branch::Party,
            "union" => Branch::Union,
            other => return Err(format!("branch {other:?} is not state, assembly, court, party or union")),
        },
        valid_from: date(fields, "valid_from")?,
        valid_to: date(fields, "valid_to")?,
        successors: list(fields.get("successor")),
        evidence: fields.get("evidence").to_owned(),
    })
}

pub(super) fn kind(fields: &Fields<'_>) -> Result<Kind, String> {
    let name = fields.get("name");
    if name.is_empty() {
        return Err("a kind needs a name".into());
    }
    Ok(Kind {
        name: name.to_owned(),
        abbr: fields.get("abbr").to_owned(),
        family: match fields.get("family") {
            "normative" => Family::Normative,
            "administrative" => Family::Administrative,
            "party" => Family::Party,
            other => return Err(format!("family {other:?} is not normative, administrative or party")),
        },
        year: match fields.get("year") {
            "always" => YearRule::Always,
            "never" => YearRule::Never,
            "either" => YearRule::Either,
            other => return Err(format!("year {other:?} is not always, never or either")),
        },
        variants: list(fields.get("variants")),
        evidence: fields.get("evidence").to_owned(),
    })
}

fn number(text: &str, symbols: &Symbols) -> Result<Number, String> {
    let number = Number::parse(text).ok_or_else(|| format!("{text:?} is no number and symbol"))?;
    Ok(symbols.canonical(&number))
}

fn key(text: &str, symbols: &Symbols) -> Result<Key, String> {
    let key = Key::parse(text).ok_or_else(|| format!("{text:?} is no number, nor number@date"))?;
    Ok(Key::new(symbols.canonical(&key.number), key.date()))
}

fn date(fields: &Fields<'_>, column: &str) -> Result<Option<Date>, String> {
    match fields.get(column) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("{column}: {text:?} is no date (write YYYY-MM-DD)")),
    }
}

fn choice<T>(fields: &Fields<'_>, column: &str, parse: fn(&str) -> Option<T>, empty: T) -> Result<T, String> {
    match fields.get(column) {
        "" => Ok(empty),
        text => parse(text).ok_or_else(|| format!("{column}: {text:?} is not known")),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
