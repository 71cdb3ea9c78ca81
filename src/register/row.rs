//! One row of each table to the value it states, or the reason why it cannot be.

use super::table::Fields;
use super::{Alias, Symbols};
use crate::law::{
    Agency, Branch, Confidence, Date, Family, Force, Instrument, Key, Kind, Locality, Number, Relation, Scope,
    Treatment, YearRule,
};
use crate::text::Message;

/// Why a field with this value was not read: it takes only the known values.
fn unknown_value(column: &str, value: &str, known: &[&str]) -> Message {
    let known = known.join(", ");
    Message::new(
        format!("cột {column}: không có giá trị “{value}”; các giá trị: {known}"),
        format!("{column}: {value:?} is not one of {known}"),
    )
}

pub(super) fn instrument(fields: &Fields<'_>, symbols: &Symbols) -> Result<Instrument, Message> {
    let number = match fields.get("number") {
        "" => None,
        text => Some(number(text, symbols)?),
    };
    let title = fields.get("title").to_owned();
    if number.is_none() && title.is_empty() {
        return Err(Message::new(
            "dòng phải có số, ký hiệu (number) hoặc tên (title)",
            "a row needs a number or a title",
        ));
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

pub(super) fn relation(fields: &Fields<'_>, symbols: &Symbols) -> Result<Relation, Message> {
    Ok(Relation {
        from: key(fields.get("from"), symbols)?,
        treatment: Treatment::parse(fields.get("treatment")).ok_or_else(|| {
            unknown_value("treatment", fields.get("treatment"), &Treatment::ALL.map(Treatment::as_str))
        })?,
        to: key(fields.get("to"), symbols)?,
        date: date(fields, "date")?,
        provision: some(fields.get("provision")),
        confirmed: date(fields, "confirmed")?,
        confidence: choice(fields, "confidence", Confidence::parse, Confidence::Unsure)?,
        source: fields.get("source").to_owned(),
    })
}

pub(super) fn alias(fields: &Fields<'_>, symbols: &Symbols) -> Result<Alias, Message> {
    let alias = fields.get("alias");
    if alias.is_empty() {
        return Err(Message::new("cột alias để trống", "the column alias is empty"));
    }
    let number = number(fields.get("number"), symbols)?;
    Ok(Alias {
        alias: alias.to_owned(),
        key: Key::new(number, date(fields, "issued")?),
        source: fields.get("source").to_owned(),
    })
}

pub(super) fn agency(fields: &Fields<'_>) -> Result<Agency, Message> {
    let (abbr, name) = (fields.get("abbr"), fields.get("name"));
    if abbr.is_empty() || name.is_empty() {
        return Err(Message::new("cơ quan phải có abbr và name", "an agency needs abbr and name"));
    }
    Ok(Agency {
        abbr: abbr.to_owned(),
        name: name.to_owned(),
        variants: list(fields.get("variants")),
        scope: match fields.get("scope") {
            "central" => Scope::Central,
            "local" => Scope::Local,
            other => return Err(unknown_value("scope", other, &["central", "local"])),
        },
        branch: match fields.get("branch") {
            "state" => Branch::State,
            "assembly" => Branch::Assembly,
            "court" => Branch::Court,
            "party" => Branch::Party,
            "union" => Branch::Union,
            other => return Err(unknown_value("branch", other, &["state", "assembly", "court", "party", "union"])),
        },
        valid_from: date(fields, "valid_from")?,
        valid_to: date(fields, "valid_to")?,
        successors: list(fields.get("successor")),
        evidence: fields.get("evidence").to_owned(),
    })
}

pub(super) fn kind(fields: &Fields<'_>) -> Result<Kind, Message> {
    let name = fields.get("name");
    if name.is_empty() {
        return Err(Message::new("loại văn bản phải có name", "a kind needs a name"));
    }
    Ok(Kind {
        name: name.to_owned(),
        abbr: fields.get("abbr").to_owned(),
        family: match fields.get("family") {
            "normative" => Family::Normative,
            "administrative" => Family::Administrative,
            "party" => Family::Party,
            other => return Err(unknown_value("family", other, &["normative", "administrative", "party"])),
        },
        year: match fields.get("year") {
            "always" => YearRule::Always,
            "never" => YearRule::Never,
            "either" => YearRule::Either,
            other => return Err(unknown_value("year", other, &["always", "never", "either"])),
        },
        variants: list(fields.get("variants")),
        evidence: fields.get("evidence").to_owned(),
    })
}

fn number(text: &str, symbols: &Symbols) -> Result<Number, Message> {
    let number = Number::parse(text).ok_or_else(|| {
        Message::new(format!("“{text}” không phải số, ký hiệu"), format!("{text:?} is no number and symbol"))
    })?;
    Ok(symbols.canonical(&number))
}

fn key(text: &str, symbols: &Symbols) -> Result<Key, Message> {
    let key = Key::parse(text).ok_or_else(|| {
        Message::new(
            format!("“{text}” không phải số, ký hiệu hay dạng số@ngày"),
            format!("{text:?} is no number, nor number@date"),
        )
    })?;
    Ok(Key::new(symbols.canonical(&key.number), key.date()))
}

fn date(fields: &Fields<'_>, column: &str) -> Result<Option<Date>, Message> {
    match fields.get(column) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            Message::new(
                format!("cột {column}: “{text}” không phải ngày (viết dạng YYYY-MM-DD)"),
                format!("{column}: {text:?} is no date (write YYYY-MM-DD)"),
            )
        }),
    }
}

fn choice<T>(fields: &Fields<'_>, column: &str, parse: fn(&str) -> Option<T>, empty: T) -> Result<T, Message> {
    match fields.get(column) {
        "" => Ok(empty),
        text => parse(text).ok_or_else(|| {
            Message::new(format!("cột {column}: không có giá trị “{text}”"), format!("{column}: {text:?} is not known"))
        }),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
