//! Which documents rest on an instrument, as terminal text and as a table for a spreadsheet.

use std::io;

use anstyle::Style;
use serde::Serialize;

use super::terminal::{BOLD, FAINT, Sheet, force_style};
use super::words;
use crate::law::{Date, Force, Treatment};
use crate::text::{Lang, counted, one_line};

/// An instrument, and the documents that cite it.
#[derive(Debug, Clone, Serialize)]
pub struct Impact {
    pub instrument: Subject,
    /// The day for which `force` and `successor` hold.
    pub as_of: Date,
    /// Citations in all.
    pub total: usize,
    /// Those that rest on it first, then by path.
    pub documents: Vec<Affected>,
}

/// The instrument asked about.
#[derive(Debug, Clone, Serialize)]
pub struct Subject {
    pub id: String,
    pub number: Option<String>,
    pub title: Option<String>,
    pub force: Force,
    /// The first day on which it is no longer in force, where the register knows it.
    pub ended: Option<Date>,
    /// What to cite instead: the last of the chain that replaced it.
    pub successor: Option<Successor>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Successor {
    pub number: String,
    pub title: Option<String>,
    /// The day from which it replaces.
    pub date: Option<Date>,
}

/// A document that cites the instrument.
#[derive(Debug, Clone, Serialize)]
pub struct Affected {
    pub path: String,
    pub number: Option<String>,
    pub title: Option<String>,
    pub date: Option<Date>,
    /// In text order.
    pub citations: Vec<Use>,
}

/// One place where the instrument is cited.
#[derive(Debug, Clone, Serialize)]
pub struct Use {
    pub treatment: Treatment,
    /// From one; of docx, pdf and html, of the extracted text.
    pub line: usize,
    pub pin: Vec<String>,
    /// The words that cite.
    pub text: String,
    pub sentence: String,
    /// Bytes of the UTF-8 source text, end exclusive; of docx, pdf and html, of the extracted text.
    pub start: usize,
    pub end: usize,
}

impl Affected {
    /// Whether it stands on the instrument: it was issued on its ground or carries it out.
    pub fn rests(&self) -> bool {
        self.citations.iter().any(|one| matches!(one.treatment, Treatment::Basis | Treatment::Implements))
    }
}

impl Impact {
    pub fn new(instrument: Subject, as_of: Date, mut documents: Vec<Affected>) -> Impact {
        documents.sort_by(|a, b| (!a.rests(), &a.path).cmp(&(!b.rests(), &b.path)));
        let total = documents.iter().map(|one| one.citations.len()).sum();
        Impact { instrument, as_of, total, documents }
    }

    fn name(&self) -> &str {
        let Subject { number, title, id, .. } = &self.instrument;
        number.as_deref().or(title.as_deref()).unwrap_or(id)
    }

    /// Writes it for a person.
    ///
    /// # Errors
    /// Those of the stream written to.
    pub fn write(&self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        let lang = sheet.lang;
        let Subject { number, title, force, ended, successor, .. } = &self.instrument;
        let day = words::date(self.as_of, lang);
        let state = match (force, ended) {
            (Force::Ended, Some(ended)) => match lang {
                Lang::Vi => format!("{} từ ngày {}", words::force(*force, lang), words::date(*ended, lang)),
                Lang::En => format!("{} on {ended}", words::force(*force, lang)),
            },
            _ => match lang {
                Lang::Vi => format!("{} (tính đến ngày {day})", words::force(*force, lang)),
                Lang::En => format!("{} (as of {day})", words::force(*force, lang)),
            },
        };
        sheet.parts(0, &[(self.name().to_owned(), BOLD), (state, force_style(*force))])?;
        if let (Some(_), Some(title)) = (number, title) {
            sheet.text(2, title)?;
        }
        if let Some(Successor { number, title, date }) = successor {
            let title = title.as_ref().map_or(String::new(), |title| format!(", {title}"));
            let since = date.map_or(String::new(), |date| match lang {
                Lang::Vi => format!(" (từ ngày {})", words::date(date, lang)),
                Lang::En => format!(" (from {date})"),
            });
            sheet.text(2, &format!("{} {number}{title}{since}", lang.pick("Nay viện dẫn:", "Cite now:")))?;
        }
        let resting = self.documents.iter().filter(|one| one.rests()).count();
        let only = self.documents.len() - resting;
        let said = match lang {
            Lang::Vi if self.total == 0 => "Không có tài liệu nào viện dẫn.".to_owned(),
            Lang::En if self.total == 0 => "No document cites it.".to_owned(),
            Lang::Vi => {
                format!("{resting} tài liệu căn cứ vào hoặc hướng dẫn thực hiện, {only} tài liệu chỉ viện dẫn.")
            }
            Lang::En => {
                let (rest, carry) = if resting == 1 { ("rests", "carries") } else { ("rest", "carry") };
                let cites = if only == 1 { "cites" } else { "cite" };
                format!("{} {rest} on it or {carry} it out, {only} only {cites} it.", counted(resting, "document"))
            }
        };
        sheet.styled(0, &said, BOLD)?;
        for document in &self.documents {
            sheet.blank()?;
            let date = document.date.map(|date| words::date(date, lang)).unwrap_or_default();
            let number = document.number.clone().unwrap_or_default();
            sheet.parts(0, &[(number, BOLD), (date, Style::new()), (document.path.clone(), FAINT)])?;
            if let Some(title) = &document.title {
                sheet.text(2, title)?;
            }
            for one in &document.citations {
                let line = format!("{} {}", lang.pick("dòng", "line"), one.line);
                let mut what = vec![words::treatment(one.treatment, lang).to_owned(), line];
                what.extend(one.pin.iter().map(|pin| words::pinpoint(pin, lang)));
                sheet.styled(2, &what.join(", "), Style::new().italic())?;
                let cited = one_line(&one.text);
                let marked = one.sentence.find(&cited).map(|at| at..at + cited.len());
                sheet.marked(4, &one.sentence, marked.as_slice())?;
            }
        }
        Ok(())
    }

    /// Writes it as a table, a row for each citation, with the mark by which spreadsheets know UTF-8.
    ///
    /// # Errors
    /// Those of the stream written to.
    pub fn write_csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
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
        ])?;
        let Subject { force, successor, .. } = &self.instrument;
        let as_of = self.as_of.to_string();
        let cite_now = successor.as_ref().map_or("", |one| one.number.as_str());
        for document in &self.documents {
            let date = document.date.map(|date| date.to_string()).unwrap_or_default();
            for one in &document.citations {
                let cell = |text: &str| harmless(&one_line(text));
                table.write_record([
                    &cell(self.name()),
                    force.as_str(),
                    &as_of,
                    cite_now,
                    &cell(document.number.as_deref().unwrap_or_default()),
                    &cell(document.title.as_deref().unwrap_or_default()),
                    &date,
                    &cell(&document.path),
                    one.treatment.as_str(),
                    &one.line.to_string(),
                    &one.pin.join(" "),
                    &cell(&one.text),
                    &cell(&one.sentence),
                ])?;
            }
        }
        table.flush()
    }
}

/// A cell that no spreadsheet takes for a formula, whatever a document holds.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_document_are_no_formula() {
        let citation = |treatment| Use {
            treatment,
            line: 3,
            pin: vec!["5.2".into()],
            text: "Thông tư\nsố 22".into(),
            sentence: "=HYPERLINK(1), \"Thông tư số 22\"".into(),
            start: 0,
            end: 1,
        };
        let document = |path: &str, treatment| Affected {
            path: path.into(),
            number: None,
            title: None,
            date: None,
            citations: vec![citation(treatment)],
        };
        let subject =
            Subject { id: "22".into(), number: None, title: None, force: Force::Ended, ended: None, successor: None };
        let documents = vec![document("a", Treatment::Cites), document("b", Treatment::Basis)];
        let impact = Impact::new(subject, "2026-01-01".parse().unwrap(), documents);
        let mut out = Vec::new();
        impact.write_csv(&mut out).unwrap();
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
