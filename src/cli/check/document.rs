//! The check of one document, and the piece of the answer that comes of it. Documents are checked side by side, so a
//! piece is finished here and holds nothing of the document but what is printed.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::RegisterSource;
use super::CheckFormat;
use super::annotated::Annotations;
use super::copies::{Copies, CopyOutcome};
use super::messages;
use crate::check::policy::{Baseline, FilePolicy};
use crate::check::{self, CheckRequest, CheckedDocument, CitationStatus};
use crate::read::Document;
use crate::report::Tally;
use crate::report::html::{self, ReviewSetting};
use crate::report::json::{self, FindingRecord};
use crate::report::terminal::TerminalPage;
use crate::report::terminal::findings;
use crate::report::terminal::fix_summary;
use crate::report::{github, sarif};
use crate::text::{Lang, Message};

/// What all documents of one run are checked with.
pub struct CheckRun<'r> {
    pub register: &'r RegisterSource,
    pub format: CheckFormat,
    pub request: CheckRequest,
    pub lang: Lang,
    pub width: usize,
    pub setting: ReviewSetting,
    /// How Word files are annotated, if they are to be.
    pub annotations: Option<Annotations>,
    /// Where corrected copies go, if they are asked for.
    pub copies: Option<Copies>,
    pub baseline: Option<Baseline>,
    pub show_accepted: bool,
    pub quiet: bool,
    /// Whether every finding is needed for a baseline to be written.
    pub keeps_records: bool,
    /// The paths as the user named them: whoever names a file wants its copy.
    pub named: Vec<PathBuf>,
}

/// What became of the copy of one document.
#[derive(Default)]
struct CopyReport {
    said: Vec<u8>,
    failure: Option<String>,
    unwritten: Option<String>,
}

/// The answer about one document.
pub struct DocumentOutput {
    pub path: String,
    pub tally: Tally,
    pub piece: RenderedFindings,
    /// What was changed in its copy and what was left.
    pub copied: Vec<u8>,
    /// Why its copy could not be written.
    pub failure: Option<String>,
    /// Why there is no copy of a file of its format, for one that was found in a folder.
    pub unwritten: Option<String>,
    pub notices: Vec<String>,
    /// Every finding, known or new.
    pub all: Vec<FindingRecord>,
}

/// A document's part of the answer, in the form asked for.
pub enum RenderedFindings {
    Text(Vec<u8>),
    Records(Vec<FindingRecord>),
    Results(Vec<Value>),
    Html(String),
}

impl CheckRun<'_> {
    /// Checks a document that was read from `path`.
    ///
    /// # Errors
    /// The register cannot be read; the review sheet could not be written, which does not happen.
    pub fn check(&self, document: Document, path: &Path, policy: &FilePolicy) -> anyhow::Result<DocumentOutput> {
        let lang = self.lang;
        let check = |register: &_| check::check(&self.request, document, register, policy);
        let mut checked = self.register.ask(lang, check)?;
        let said = |notice: &Message| format!("{}: {}", checked.document.path, notice.in_lang(lang));
        let mut notices: Vec<String> = checked.notices.iter().map(said).collect();
        notices.extend(super::super::notices(&checked.document, lang));
        let all =
            if self.keeps_records { json::findings(&checked.document, &checked.findings, lang) } else { Vec::new() };
        if let Some(baseline) = &self.baseline {
            checked.leave_out_known(baseline, &policy.file().to_string_lossy());
        }
        // Before a copy is written: a check that fails leaves none.
        let statuses = match self.format {
            CheckFormat::Html => self.register.ask(lang, |register| checked.statuses(register))?,
            _ => Vec::new(),
        };
        let CopyReport { said: copied, mut failure, mut unwritten } = self.copy(&checked, path);
        if self.named.iter().any(|named| named == path) {
            failure = failure.or(unwritten.take());
        }
        let piece = self.piece(&checked, &statuses)?;
        Ok(DocumentOutput {
            tally: Tally::of(&checked),
            path: checked.document.path,
            piece,
            copied,
            failure,
            unwritten,
            notices,
            all,
        })
    }

    fn piece(&self, checked: &CheckedDocument, statuses: &[CitationStatus]) -> anyhow::Result<RenderedFindings> {
        let lang = self.lang;
        Ok(match self.format {
            CheckFormat::Text => {
                let mut text = Vec::new();
                let mut page = TerminalPage::new(&mut text, lang, self.width);
                if !self.quiet {
                    findings::write(&mut page, &checked.document, &checked.findings)?;
                }
                if self.show_accepted {
                    findings::write_accepted(&mut page, &checked.document, &checked.accepted)?;
                }
                RenderedFindings::Text(text)
            }
            CheckFormat::Json => {
                let mut records = json::findings(&checked.document, &checked.findings, lang);
                if self.show_accepted {
                    let findings = checked.accepted.iter().map(|one| &one.finding);
                    let mut accepted = json::findings(&checked.document, findings, lang);
                    for (record, one) in accepted.iter_mut().zip(&checked.accepted) {
                        record.accepted = Some(one.reason.clone());
                    }
                    records.extend(accepted);
                    records.sort_by_key(|record| record.start);
                }
                RenderedFindings::Records(records)
            }
            CheckFormat::Sarif => RenderedFindings::Results(sarif::results(checked, self.baseline.is_some(), lang)),
            CheckFormat::Github => RenderedFindings::Text(github::commands(checked, lang).into_bytes()),
            CheckFormat::Html => RenderedFindings::Html(html::sheet(checked, statuses, &self.setting)?),
        })
    }

    /// Writes the copy that is asked for. That a format has none is reported even with `--quiet`: a folder holds
    /// drafts of several, and nobody should take silence for a copy.
    fn copy(&self, checked: &CheckedDocument, path: &Path) -> CopyReport {
        let lang = self.lang;
        let mut copied = CopyReport::default();
        if let Some(annotations) = &self.annotations
            && !checked.findings.is_empty()
        {
            match annotations.is_for(checked, path) {
                true => {
                    match annotations.write(checked, path, lang) {
                        Ok(said) => copied.said = said.into_bytes(),
                        Err(message) => copied.failure = Some(message),
                    }
                    return copied;
                }
                false if self.copies.is_none() => {
                    copied.unwritten = Some(messages::not_annotated(&checked.document, path).in_lang(lang).to_owned());
                    return copied;
                }
                false => {}
            }
        }
        let annotated = self.annotations.as_ref().is_some_and(|one| one.is_for(checked, path));
        let Some(copies) = self.copies.as_ref().filter(|_| !annotated) else { return copied };
        let mut page = TerminalPage::new(&mut copied.said, lang, self.width);
        let mut said = |to: Option<&str>, choice: &_| drop(fix_summary::write(&mut page, checked, to, choice));
        match copies.write(checked, path, lang) {
            CopyOutcome::Written(to, choice) => said(Some(&to.to_string_lossy()), &choice),
            CopyOutcome::Nothing(choice) => {
                if !checked.findings.is_empty() {
                    said(None, &choice);
                }
            }
            CopyOutcome::NotWritable => {
                copied.unwritten = Some(messages::not_writable(&checked.document).in_lang(lang).to_owned());
            }
            CopyOutcome::Failed(message) => copied.failure = Some(message),
        }
        copied
    }
}
