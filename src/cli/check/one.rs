//! The check of one document, and the piece of the answer that comes of it. Documents are checked side by side, so a
//! piece is finished here and holds nothing of the document but what is printed.

use std::path::Path;

use serde_json::Value;

use super::Format;
use super::annotated::Annotations;
use super::copies::{Copies, Outcome};
use super::day::Days;
use crate::check::policy::{Baseline, Policy};
use crate::check::{Profile, Terms};
use crate::law::Date;
use crate::read::Document;
use crate::register::Register;
use crate::report::checked::{Checked, identities_of};
use crate::report::findings::{self, Tally};
use crate::report::record::{self, FindingRecord};
use crate::report::review::{self, Setting};
use crate::report::terminal::Sheet as Page;
use crate::report::{copy, github, sarif, words};
use crate::text::Lang;
use crate::{check, cite};

/// What all documents of one run are checked with.
pub struct Run<'r> {
    pub register: &'r Register,
    pub format: Format,
    pub days: Days,
    pub today: Date,
    pub lang: Lang,
    pub width: usize,
    pub setting: Setting,
    /// How Word files are annotated, if they are to be.
    pub annotations: Option<Annotations>,
    /// Where corrected copies go, if they are asked for.
    pub copies: Option<Copies>,
    pub baseline: Option<Baseline>,
    pub show_accepted: bool,
    pub quiet: bool,
    /// The rules of form asked for; each document's own without it.
    pub profile: Option<Profile>,
    /// Whether every finding is needed for a baseline to be written.
    pub keeps_records: bool,
}

/// The answer about one document.
pub struct Sheet {
    pub path: String,
    pub tally: Tally,
    pub piece: Piece,
    /// What was changed in its copy and what was left.
    pub copied: Vec<u8>,
    /// Why its copy could not be written.
    pub failure: Option<String>,
    pub notices: Vec<String>,
    /// Every finding, known or new.
    pub all: Vec<FindingRecord>,
}

/// A document's part of the answer, in the form asked for.
pub enum Piece {
    Text(Vec<u8>),
    Records(Vec<FindingRecord>),
    Results(Vec<Value>),
    Html(String),
}

impl Run<'_> {
    /// Checks a document that was read from `path`; `absolute` is the same path from the root.
    ///
    /// # Errors
    /// The review sheet could not be written, which does not happen.
    pub fn check(&self, document: Document, path: &Path, absolute: &Path, policy: &Policy) -> anyhow::Result<Sheet> {
        let lang = self.lang;
        let mut reading = cite::read(&document, self.register);
        let (as_of, notice) = self.days.of(&document.path, &mut reading, lang);
        let terms = Terms { as_of, profile: self.profile.or(policy.profile) };
        let found = check::check_without(&document, &reading, self.register, &terms, &policy.off());
        let settled = policy.settle(absolute, &document, &reading, found, self.today);
        let mut notices: Vec<String> = notice.into_iter().collect();
        notices.extend(super::super::notices(&document, lang));
        notices.extend(settled.lapsed.iter().map(|one| {
            let (rule, reason, path) = (one.finding.rule, &one.reason, &document.path);
            let day = one.until.map(|day| words::date(day, lang)).unwrap_or_default();
            match lang {
                Lang::Vi => format!("{path}: việc chấp nhận [{rule}] đã hết hạn ngày {day} (lý do: {reason})"),
                Lang::En => format!("{path}: the acceptance of [{rule}] ran out on {day} (reason: {reason})"),
            }
        }));
        let all = match self.keeps_records {
            true => record::findings(&document, &settled.findings, lang),
            false => Vec::new(),
        };
        let mut findings = settled.findings;
        let before = findings.len();
        if let Some(baseline) = &self.baseline {
            let mut known = identities_of(&document, &findings).into_iter().map(|one| baseline.knows(&one));
            findings.retain(|_| !known.next().unwrap_or(false));
        }
        let mut checked = Checked {
            known: before - findings.len(),
            as_of,
            findings,
            accepted: settled.accepted,
            standings: Vec::new(),
            off: policy.off(),
            reading,
            document,
        };
        let (copied, failure) = self.copy(&checked, path, &mut notices);
        let piece = self.piece(&mut checked)?;
        Ok(Sheet { tally: checked.tally(), path: checked.document.path, piece, copied, failure, notices, all })
    }

    fn piece(&self, checked: &mut Checked) -> anyhow::Result<Piece> {
        let lang = self.lang;
        Ok(match self.format {
            Format::Text => {
                let mut text = Vec::new();
                let mut page = Page::new(&mut text, lang, self.width);
                if !self.quiet {
                    findings::write(&mut page, &checked.document, &checked.findings)?;
                }
                if self.show_accepted {
                    findings::write_accepted(&mut page, &checked.document, &checked.accepted)?;
                }
                Piece::Text(text)
            }
            Format::Json => {
                let mut records = record::findings(&checked.document, &checked.findings, lang);
                if self.show_accepted {
                    let findings = checked.accepted.iter().map(|one| &one.finding);
                    let mut accepted = record::findings(&checked.document, findings, lang);
                    for (record, one) in accepted.iter_mut().zip(&checked.accepted) {
                        record.accepted = Some(one.reason.clone());
                    }
                    records.extend(accepted);
                    records.sort_by_key(|record| record.start);
                }
                Piece::Records(records)
            }
            Format::Sarif => Piece::Results(sarif::results(checked, self.baseline.is_some(), lang)),
            Format::Github => Piece::Text(github::commands(checked, lang).into_bytes()),
            Format::Html => {
                let Checked { document, reading, as_of, findings, .. } = &*checked;
                checked.standings = check::standings(document, reading, self.register, *as_of, findings);
                Piece::Html(review::sheet(checked, &self.setting)?)
            }
        })
    }

    /// Writes the corrected copy where one is asked for; what is to be said of it, and why it failed. That there is no
    /// copy of a format is no failure: a folder holds drafts of several.
    fn copy(&self, checked: &Checked, path: &Path, notices: &mut Vec<String>) -> (Vec<u8>, Option<String>) {
        let lang = self.lang;
        if let Some(annotations) = self.annotations.as_ref().filter(|one| one.is_for(checked, path)) {
            if checked.findings.is_empty() {
                return (Vec::new(), None);
            }
            return match annotations.write(checked, path, lang) {
                Ok(said) => (said.into_bytes(), None),
                Err(message) => (Vec::new(), Some(message)),
            };
        }
        let Some(copies) = &self.copies else { return (Vec::new(), None) };
        let mut text = Vec::new();
        let mut page = Page::new(&mut text, lang, self.width);
        let mut said = |to: Option<&str>, choice: &_| drop(copy::write(&mut page, checked, to, choice));
        let failure = match copies.write(checked, path, lang) {
            Outcome::Written(to, choice) => {
                said(Some(&to.to_string_lossy()), &choice);
                None
            }
            Outcome::Nothing(choice) => {
                if !checked.findings.is_empty() {
                    said(None, &choice);
                }
                None
            }
            Outcome::NotWritable => {
                notices.push(not_writable(&checked.document, lang));
                None
            }
            Outcome::Failed(message) => Some(message),
        };
        (text, failure)
    }
}

/// Why there is no corrected copy of a document, and what to do.
fn not_writable(document: &Document, lang: Lang) -> String {
    use crate::read::Format::{Docx, Html, Markdown, Pdf, Text};
    let why = match document.format {
        Docx => lang.pick(
            "--fix không ghi tệp Word; dùng --annotate để có bản .docx với vết sửa (tracked changes)",
            "--fix writes no Word files; --annotate gives a .docx with tracked changes",
        ),
        Pdf => lang.pick(
            "tệp PDF không ghi lại được; hãy sửa trên bản Word gốc",
            "a PDF cannot be written; correct the Word file it was made from",
        ),
        Html => lang.pick(
            "--fix chỉ ghi tệp .txt và .md; hãy sửa tệp HTML bằng tay",
            "--fix writes .txt and .md files only; correct the HTML by hand",
        ),
        Text | Markdown => lang.pick(
            "đầu vào chuẩn không có tệp để ghi bản sửa; hãy lưu thành tệp rồi chạy lại",
            "standard input has no file to copy; save it as a file and run again",
        ),
        _ => lang.pick(
            "không ghi lại được định dạng này; hãy lưu thành .docx rồi dùng --annotate",
            "this format cannot be written; save it as .docx and use --annotate",
        ),
    };
    format!("{}: {why}", document.path)
}
