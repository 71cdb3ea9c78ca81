//! One document, checked: what every form of the answer about it is made from.

use crate::check::policy::{Accepted, Identity, identities};
use crate::check::{CitationStatus, Finding, Rule};
use crate::cite::{MentionKind, ResolvedDocument};
use crate::law::Date;
use crate::read::{Document, Format};

use super::findings::Tally;

/// A document and what was found in it.
#[derive(Debug)]
pub struct Checked {
    pub document: Document,
    pub reading: ResolvedDocument,
    /// The day as of which it was judged.
    pub as_of: Date,
    /// What is reported, in text order.
    pub findings: Vec<Finding>,
    /// What the office accepts, with its reasons.
    pub accepted: Vec<Accepted>,
    /// How many findings are left out because an earlier answer had them.
    pub known: usize,
    /// What could be said of every citation.
    pub statuses: Vec<CitationStatus>,
    /// Rules that the office has switched off here.
    pub off: Vec<&'static Rule>,
}

impl Checked {
    /// What makes each of the findings the same from run to run.
    pub fn identities(&self) -> Vec<Identity> {
        identities_of(&self.document, &self.document.path, &self.findings)
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally { accepted: self.accepted.len(), known: self.known, ..Tally::default() };
        let cited = self.reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own);
        tally.add(cited.count(), &self.findings);
        tally
    }

    /// Whether places in the text are places in the file: not so of what was unpacked from it.
    pub fn is_plain(&self) -> bool {
        matches!(self.document.format, Format::Text | Format::Markdown)
    }
}

/// What makes findings of a document, which goes by `path`, the same from run to run.
pub fn identities_of(document: &Document, path: &str, findings: &[Finding]) -> Vec<Identity> {
    let text = document.text.as_str();
    let words = |finding: &Finding| text.get(finding.range.clone()).unwrap_or_default();
    identities(findings.iter().map(|one| (path, one.rule, words(one))))
}
