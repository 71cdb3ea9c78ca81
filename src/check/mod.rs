//! Rules to findings: one file per rule, whose doc comment is the user's page about it.
//!
//! Every rule looks at one citation at a time and answers with a fault or with nothing. Where two rules would
//! blame one and the same fault, the one that knows less yields to the one that knows more ([`Rule::yields_to`]).

mod conflicting_dates;
mod context;
mod date_style;
mod finding;
mod historical;
mod list;
mod mentions;
mod near_misses;
mod pattern;
mod period;
pub mod policy;
mod profile;
mod provision;
mod rule;
mod rules;
mod status;
mod succession;
mod successor;
mod title;
mod wording;

#[cfg(test)]
mod test_support;

use std::ops::Range;

use crate::cite::{MentionKind, ResolvedDocument};
use crate::law::Date;
use crate::read::Document;
use crate::register::Register;

pub use finding::{Finding, Severity};
pub use profile::Profile;
pub use rule::Rule;
pub use rules::RULES;
pub use status::{CitationStatus, Status, statuses};
pub use wording::source_vi;

use context::RuleContext;
use mentions::Mentions;

/// What a document is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckOptions {
    /// The day of the check.
    pub as_of: Date,
    /// The family of form rules; `None`: that which the document's header shows.
    pub profile: Option<Profile>,
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// What can be said against the citations of a document as of a day, in text order. Ranges are bytes of the NFC
/// text; the document's own number is not judged.
pub fn check(document: &Document, reading: &ResolvedDocument, register: &Register, as_of: Date) -> Vec<Finding> {
    check_on(document, reading, register, &CheckOptions { as_of, profile: None })
}

/// [`check`], on terms that name the profile as well.
pub fn check_on(
    document: &Document,
    reading: &ResolvedDocument,
    register: &Register,
    terms: &CheckOptions,
) -> Vec<Finding> {
    check_without(document, reading, register, terms, &[])
}

/// Rules that question which instrument is meant: where one of them speaks, what another would write in its place is for
/// a person to decide.
const QUESTION: [&str; 8] = [
    "title-mismatch",
    "type-mismatch",
    "issuer-mismatch",
    "year-mismatch",
    "date-mismatch",
    "impossible-date",
    "impossible-issuer",
    "inconsistent-citation",
];

/// Whether a range has anything in common with one of those that stand in order.
fn touches(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = ranges.partition_point(|one| one.end <= range.start);
    ranges.get(next).is_some_and(|one| one.start < range.end)
}

/// [`check_on`] with some rules switched off: a rule that would yield to one of them speaks.
pub fn check_without(
    document: &Document,
    reading: &ResolvedDocument,
    register: &Register,
    terms: &CheckOptions,
    off: &[&Rule],
) -> Vec<Finding> {
    let text = document.text.as_str();
    let as_of = terms.as_of;
    let profile = terms.profile.unwrap_or_else(|| Profile::of_text(text, &reading.header, register.symbols()));
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| off.iter().all(|one| one.name != rule.name)).collect();
    let mentions = Mentions::of(reading);
    let verbatim = document.verbatim();
    let mut findings = Vec::new();
    for (at, citation) in reading.citations.iter().enumerate() {
        if citation.mention.kind == MentionKind::Own {
            continue;
        }
        let context = RuleContext::new(text, reading, &mentions, at, register, as_of, profile);
        let faults: Vec<_> = rules.iter().filter_map(|rule| Some((*rule, rule.judge(&context)?))).collect();
        let blamed: Vec<&str> = faults.iter().map(|(rule, _)| rule.name).collect();
        let questioned = blamed.iter().any(|name| QUESTION.contains(name));
        for (rule, mut fault) in faults {
            fault.safe &= !questioned || QUESTION.contains(&rule.name);
            if !rule.yields_to.iter().any(|other| blamed.contains(other)) {
                let mut finding = rule.finding(fault, &context);
                finding.safe &= !touches(&verbatim, &document.text.to_source(finding.range.clone()));
                findings.push(finding);
            }
        }
    }
    findings.sort_by_key(|finding| (finding.range.start, finding.citation));
    findings
}
