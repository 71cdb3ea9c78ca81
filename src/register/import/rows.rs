//! The cells of one line to an instrument, and to the relations that it states.

use serde_json::Value;

use super::columns::Column;
use super::dump::Cells;
use super::{ImportOptions, contradiction, state_words};
use crate::law::{Confidence, Date, Family, Force, Instrument, Key, Locality, Number, Relation, Scope, Treatment};
use crate::register::Symbols;
use crate::register::in_memory::InMemoryRows;
use crate::text::Message;

/// What holds for all lines of a file.
pub(super) struct Stated<'o> {
    pub options: &'o ImportOptions,
    /// The name of the file, for facts without another source.
    pub file: &'o str,
}

impl Stated<'_> {
    fn source(&self, cells: &Cells) -> String {
        let said = Some(cells.get(Column::Source)).filter(|said| !said.is_empty());
        self.options.source.as_deref().or(said).unwrap_or(self.file).to_owned()
    }
}

/// An instrument and what there is to say about its line.
pub(super) struct Read {
    pub row: Instrument,
    /// A word for the force that states none that is known.
    pub unknown_word: Option<String>,
    /// Why its facts cannot all be right.
    pub doubt: Option<Message>,
}

pub(super) fn instrument(cells: &Cells, stated: &Stated<'_>, symbols: &Symbols) -> Result<Read, Message> {
    let number = match cells.get(Column::Number) {
        "" => None,
        written => Some(number(written, symbols)?),
    };
    let title = cells.get(Column::Title).to_owned();
    let kind = kind(cells.get(Column::Kind), number.as_ref(), symbols);
    if number.is_none() && (kind != "Hiến pháp" || title.is_empty()) {
        return Err(Message::new("dòng không có số, ký hiệu", "the line has no number"));
    }
    let word = cells.get(Column::Force);
    let force = state_words::force(word);
    let issuer = cells.get(Column::Issuer).to_owned();
    let locality = Locality::new(cells.get(Column::Locality)).or_else(|| seat(&issuer, symbols));
    let said = cells.get(Column::Confidence);
    let mut row = Instrument {
        number,
        kind,
        title,
        issuer,
        locality,
        issued: day(cells, Column::Issued, "issued")?,
        commences: day(cells, Column::Commences, "commences")?,
        ended: day(cells, Column::Ended, "ended")?,
        force: force.unwrap_or_default(),
        force_as_of: day(cells, Column::ForceAsOf, "force_as_of")?.or(stated.options.confirmed),
        confidence: Confidence::parse(said).unwrap_or(Confidence::Likely),
        source: stated.source(cells),
    };
    if row.force == Force::Unknown && row.ended.is_none() {
        // A day of confirmation is that of a force.
        row.force_as_of = None;
    }
    let doubt = contradiction(&row);
    if doubt.is_some() {
        row.confidence = Confidence::Unsure;
    }
    Ok(Read { row, unknown_word: force.is_none().then(|| word.to_owned()), doubt })
}

pub(super) fn relation(cells: &Cells, stated: &Stated<'_>, held: &InMemoryRows) -> Result<Relation, Message> {
    let end = |column| {
        let written = cells.get(column);
        let key = Key::parse(written).filter(|key| is_possible(&key.number)).ok_or_else(|| no_number(written))?;
        Ok(Key::new(held.symbols.canonical(&key.number), key.date()))
    };
    let written = cells.get(Column::Treatment);
    let treatment = Treatment::parse(written).ok_or_else(|| {
        let known = Treatment::ALL.map(Treatment::as_str).join(", ");
        Message::new(
            format!("quan hệ “{written}” không có; các giá trị: {known}"),
            format!("{written:?} is none of {known}"),
        )
    })?;
    Ok(Relation {
        from: end(Column::From)?,
        treatment,
        to: end(Column::To)?,
        date: day(cells, Column::Date, "date")?,
        provision: Some(cells.get(Column::Provision).to_owned()).filter(|provision| !provision.is_empty()),
        confirmed: day(cells, Column::Confirmed, "confirmed")?.or(stated.options.confirmed),
        confidence: Confidence::parse(cells.get(Column::Confidence)).unwrap_or(Confidence::Likely),
        source: stated.source(cells),
    })
}

/// The relations that the line of an instrument states in columns of its own, and those that cannot be taken.
pub(super) fn relations_of(
    cells: &Cells,
    row: &Instrument,
    stated: &Stated<'_>,
    held: &InMemoryRows,
) -> (Vec<Relation>, Vec<Message>) {
    let (mut relations, mut problems) = (Vec::new(), Vec::new());
    for (column, cell) in cells.iter() {
        let (treatment, acts) = match column {
            Column::ActsOn(treatment) => (treatment, true),
            Column::ActedOnBy(treatment) => (treatment, false),
            _ => continue,
        };
        let Some(own) = row.key().filter(Key::is_complete).filter(|_| row.locality.is_none()) else { continue };
        for other in others(cell, &held.symbols) {
            // Where the number needs a date, it must be known to say which instrument is meant.
            let known = || held.by_number(&other.number.folded()).filter_map(|one| one.issued).collect::<Vec<_>>();
            let date = other.date.or_else(|| match known()[..] {
                [one] => Some(one),
                _ => None,
            });
            let end = Key::new(other.number.clone(), date);
            if !end.is_complete() {
                problems.push(Message::new(
                    format!("quan hệ với {end} bị bỏ qua: số này không ghi năm và không rõ ngày ban hành"),
                    format!("the relation to {end} is left out: the number bears no year and its date is not known"),
                ));
                continue;
            }
            let (from, to) = if acts { (own.clone(), end) } else { (end, own.clone()) };
            if from == to {
                continue;
            }
            let begins = if acts { row.commences } else { None };
            relations.push(Relation {
                from,
                treatment,
                to,
                date: other.effective.or(begins),
                provision: None,
                confirmed: stated.options.confirmed,
                confidence: Confidence::Likely,
                source: stated.source(cells),
            });
        }
    }
    (relations, problems)
}

/// An instrument named in a cell.
struct Other {
    number: Number,
    date: Option<Date>,
    /// The day from which it acts.
    effective: Option<Date>,
}

/// The instruments that a cell names: numbers among words, or a JSON array of numbers or of objects.
fn others(cell: &str, symbols: &Symbols) -> Vec<Other> {
    let plain = |text: &str| -> Vec<Other> {
        let words =
            text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '(' | ')' | '[' | ']' | '"'));
        let numbers = words.filter(|word| word.contains('/')).filter_map(Number::parse);
        numbers.map(|number| Other { number: symbols.canonical(&number), date: None, effective: None }).collect()
    };
    let Some(Value::Array(list)) = cell.starts_with('[').then(|| serde_json::from_str(cell).ok()).flatten() else {
        return plain(cell);
    };
    let mut out = Vec::new();
    for item in list {
        match item {
            Value::String(text) => out.extend(plain(&text)),
            Value::Object(fields) => {
                let text = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)?.as_str());
                let number = text(&["number", "so_ky_hieu", "so_hieu", "sokyhieu"]).and_then(Number::parse);
                out.extend(number.map(|number| {
                    Other {
                        number: symbols.canonical(&number),
                        date: text(&["issued", "date", "ngay_ban_hanh"]).and_then(state_words::date),
                        effective: text(&["effective", "commences", "ngay_hieu_luc", "ngay_co_hieu_luc"])
                            .and_then(state_words::date),
                    }
                }));
            }
            _ => {}
        }
    }
    out
}

fn number(written: &str, symbols: &Symbols) -> Result<Number, Message> {
    // "Số: 33/2021/TT-BGDĐT"
    let bare = written.trim_start_matches(|c: char| !c.is_ascii_digit());
    let lead = &written[..written.len() - bare.len()];
    // Blanks stand within numbers ("64 TC/TCT"), words do not: what goes on in words is more than a number.
    let worded = bare
        .split_whitespace()
        .skip(1)
        .any(|word| word.chars().any(char::is_lowercase) && !word.chars().any(char::is_uppercase));
    // Without a joint the figures and the words are no number of an instrument; one that ends
    // in a joint was cut off, and whose it is cannot be told.
    let whole = bare.contains(['/', '-']) && bare.trim_end().ends_with(char::is_alphanumeric);
    let sound = whole && !worded && !lead.ends_with(['-', '/', '+']);
    let parsed = Number::parse(bare).filter(|number| sound && is_possible(number));
    parsed.map(|number| symbols.canonical(&number)).ok_or_else(|| no_number(written))
}

/// The most digits that a serial number has: courts and registries count into the hundred thousands.
const MOST_DIGITS: usize = 7;

/// Whether an instrument can bear the number: it counts from one, and its symbol is made of letters, figures and joints.
fn is_possible(number: &Number) -> bool {
    let serial = number.serial();
    let symbol = number.symbol();
    serial.len() <= MOST_DIGITS
        && serial.contains(|c: char| ('1'..='9').contains(&c))
        && symbol.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && symbol.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '&' | '–'))
}

fn no_number(written: &str) -> Message {
    Message::new(format!("“{written}” không phải số, ký hiệu"), format!("{written:?} is no number and symbol"))
}

/// The kind in its official spelling; where the line does not say, that of the symbol if it can only be one.
fn kind(written: &str, number: Option<&Number>, symbols: &Symbols) -> String {
    if let Some(kind) = symbols.kinds_of_word(written).next() {
        return kind.name.clone();
    }
    if !written.is_empty() {
        return written.to_owned();
    }
    let head = number.and_then(|number| number.parts().next()).unwrap_or_default();
    // The Party's papers bear no year: "TT" is a circular with one, a Party notice without.
    let dated = number.is_some_and(|number| number.year().is_some());
    let mut kinds = symbols.kinds_of_abbr(head).filter(|kind| !dated || kind.family != Family::Party);
    let first = kinds.next().map(|kind| kind.name.as_str()).unwrap_or_default();
    if kinds.all(|kind| kind.name == first) { first.to_owned() } else { String::new() }
}

/// The place of a local agency, as its name ends in it: "Ủy ban nhân dân tỉnh Nghệ An".
fn seat(issuer: &str, symbols: &Symbols) -> Option<Locality> {
    let (agency, end) = symbols.agency_named_at(issuer)?;
    (agency.scope == Scope::Local).then(|| Locality::new(&issuer[end..])).flatten()
}

fn day(cells: &Cells, column: Column, name: &str) -> Result<Option<Date>, Message> {
    match cells.get(column) {
        "" => Ok(None),
        cell => state_words::date(cell).map(Some).ok_or_else(|| {
            Message::new(
                format!("cột {name}: “{cell}” không phải ngày (26/11/2021 hoặc 2021-11-26)"),
                format!("{name}: {cell:?} is no date (26/11/2021 or 2021-11-26)"),
            )
        }),
    }
}
