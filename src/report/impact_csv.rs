//! The impact of an instrument as a table for a spreadsheet: a row for each citation.

use std::io;

use crate::library::Impact;
use crate::text::one_line;

/// The columns, by the names that scripts rely on.
const COLUMNS: [&str; 13] = [
    "instrument",
    "force",
    "as_of",
    "cite_now",
    "number",
    "title",
    "date",
    "path",
    "treatment",
    "line",
    "pin",
    "text",
    "sentence",
];

/// Writes the table, with the mark by which spreadsheets know UTF-8.
///
/// # Errors
/// Those of the stream written to.
pub fn write(out: &mut dyn io::Write, impact: &Impact) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    let as_of = impact.as_of.to_string();
    let cite_now = impact.instrument.successor.as_ref().map_or("", |one| one.number.as_str());
    for document in &impact.documents {
        let date = document.date.map(|date| date.to_string()).unwrap_or_default();
        for citation in &document.citations {
            table.write_record([
                &cell(impact.name()),
                impact.instrument.force.as_str(),
                &as_of,
                cite_now,
                &cell(document.number.as_deref().unwrap_or_default()),
                &cell(document.title.as_deref().unwrap_or_default()),
                &date,
                &cell(&document.path),
                citation.treatment.as_str(),
                &citation.line.to_string(),
                &citation.pin.join(" "),
                &cell(&citation.text),
                &cell(&citation.sentence),
            ])?;
        }
    }
    table.flush()
}

/// Text on one line that no spreadsheet takes for a formula, whatever the document holds.
fn cell(text: &str) -> String {
    let line = one_line(text);
    if line.starts_with(['=', '+', '-', '@']) { format!("'{line}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Force, Treatment};
    use crate::library::{AffectedCitation, AffectedDocument, ImpactInstrument};

    #[test]
    fn words_of_a_document_are_not_a_formula() {
        let citation = |treatment| AffectedCitation {
            treatment,
            line: 3,
            pin: vec!["5.2".into()],
            text: "Thông tư\nsố 22".into(),
            sentence: "=HYPERLINK(1), \"Thông tư số 22\"".into(),
            start: 0,
            end: 1,
        };
        let document = |path: &str, treatment| AffectedDocument {
            path: path.into(),
            number: None,
            title: None,
            date: None,
            citations: vec![citation(treatment)],
        };
        let instrument = ImpactInstrument {
            id: "22".into(),
            number: None,
            title: None,
            force: Force::Ended,
            ended: None,
            successor: None,
        };
        let documents = vec![document("a", Treatment::Cites), document("b", Treatment::Basis)];
        let impact = Impact::new(instrument, "2026-01-01".parse().unwrap(), documents);
        let mut out = Vec::new();
        write(&mut out, &impact).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("\u{feff}instrument,force,"));
        let rows: Vec<&str> = out.lines().skip(1).collect();
        assert_eq!(
            rows[0],
            "22,ended,2026-01-01,,,,,b,basis,3,5.2,Thông tư số 22,\"'=HYPERLINK(1), \"\"Thông tư số 22\"\"\""
        );
        assert!(rows[1].contains(",a,cites,"), "{out}");
    }
}
