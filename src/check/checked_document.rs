//! A checked document: the one answer of the check, from which every face and every report is made.
//!
//! It holds the [`Document`], its [`ResolvedDocument`] and the [`Finding`]s that are reported. What a terminal, a page or
//! a tool shows of it is decided in `report` and in the faces.

use super::policy::{Accepted, Baseline, Identity, identities};
use super::status::{CitationStatus, statuses};
use super::{Finding, Profile, Rule};
use crate::cite::{Citation, MentionKind, ResolvedDocument};
use crate::law::Date;
use crate::read::{Document, Format};
use crate::register::Register;
use crate::text::Message;

/// A document and what the check found in it.
#[derive(Debug)]
pub struct CheckedDocument {
    /// What was checked.
    pub document: Document,
    /// Its header and citations.
    pub reading: ResolvedDocument,
    /// The day as of which it was checked.
    pub as_of: Date,
    /// The rules of form that were applied.
    pub profile: Profile,
    /// What is reported, in text order.
    pub findings: Vec<Finding>,
    /// What the office accepts, with its reasons.
    pub accepted: Vec<Accepted>,
    /// How many findings are left out because an earlier answer had them.
    pub known: usize,
    /// Rules that the office has switched off here.
    pub off: Vec<&'static Rule>,
    /// What the reader should know before believing the findings, without the document's name. Remarks about the
    /// reading are in [`Document::notices`].
    pub notices: Vec<Message>,
}

impl CheckedDocument {
    /// The citations that were checked: all but the document's own number.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.reading.citations.iter().filter(|citation| citation.mention.kind != MentionKind::Own)
    }

    /// What can be said of each of these citations, those without a finding included.
    pub fn statuses(&self, register: &Register) -> Vec<CitationStatus> {
        statuses(&self.document, &self.reading, register, self.as_of, &self.findings)
    }

    /// What identifies each reported finding from run to run, for a document that goes by `path`.
    pub fn identities(&self, path: &str) -> Vec<Identity> {
        let text = self.document.text.as_str();
        let words = |finding: &Finding| text.get(finding.range.clone()).unwrap_or_default();
        identities(self.findings.iter().map(|one| (path, one.rule, words(one))))
    }

    /// Leaves out the findings of an earlier answer. `path` is the document's absolute path.
    pub fn leave_out_known(&mut self, baseline: &Baseline, path: &str) {
        let identities = self.identities(path);
        let before = self.findings.len();
        let mut known = identities.iter().map(|identity| baseline.knows(identity));
        self.findings.retain(|_| !known.next().unwrap_or(false));
        self.known += before - self.findings.len();
    }

    /// Whether positions in the text are positions in the file: not in a file from which the text was extracted.
    pub fn is_plain_text(&self) -> bool {
        matches!(self.document.format, Format::Text | Format::Markdown)
    }
}
