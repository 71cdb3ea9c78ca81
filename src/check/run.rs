//! The check of one document: which day counts, which rules of form apply, what the rules find, and what of it the
//! office's policy leaves.
//!
//! [`check`] is the only entry. It takes a [`CheckRequest`], which is the same for all documents of a run, and gives a
//! [`CheckedDocument`]. A register that looks its rows up in the library can fail: run the check inside the question that
//! reports such a failure.

use std::ops::Range;

use super::checked_document::CheckedDocument;
use super::context::RuleContext;
use super::policy::{FilePolicy, Settled};
use super::{Finding, Profile, RULES, Rule, prefetch};
use crate::cite::{self, CitationIndex, MentionKind, ResolvedDocument};
use crate::law::{Date, format_date, parse_date};
use crate::read::Document;
use crate::register::Register;
use crate::text::Message;

/// The day as of which citations are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// The day of the run.
    Today,
    /// Each document's own date.
    Document,
    /// This day.
    Day(Date),
}

impl AsOf {
    /// Reads `today`, `document`, or a date as people type it.
    pub fn parse(text: &str) -> Option<AsOf> {
        match text.trim() {
            "today" => Some(AsOf::Today),
            "document" => Some(AsOf::Document),
            date => parse_date(date).map(AsOf::Day),
        }
    }
}

/// What the user asks of a check, for all documents of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckRequest {
    /// The day as of which to check. Without it, the day of signing, else today.
    pub as_of: Option<AsOf>,
    /// When the drafts will be signed: the date of those that state none.
    pub signing: Option<Date>,
    /// The day on the calendar.
    pub today: Date,
    /// The rules of form to apply. Without it, those that the policy names, else those that the header shows.
    pub profile: Option<Profile>,
}

impl CheckRequest {
    /// A check as of one day, which counts as today.
    pub fn on(day: Date) -> CheckRequest {
        CheckRequest { as_of: None, signing: None, today: day, profile: None }
    }

    /// The day that is the same for all documents, unless each is checked as of its own date.
    pub fn common_day(&self) -> Option<Date> {
        match (self.as_of, self.signing) {
            (Some(AsOf::Day(day)), _) | (None, Some(day)) => Some(day),
            (Some(AsOf::Today), _) | (None, None) => Some(self.today),
            (Some(AsOf::Document), _) => None,
        }
    }

    /// The day for one document, and whether it is today because the document states no date. A document without a date
    /// gets the day of signing as its own.
    fn day_of(&self, reading: &mut ResolvedDocument) -> (Date, bool) {
        if reading.header.date.is_none() {
            reading.header.date = self.signing;
        }
        match self.common_day().or(reading.header.date) {
            Some(day) => (day, false),
            None => (self.today, true),
        }
    }
}

/// Checks the citations of a document under the policy of its file.
pub fn check(
    request: &CheckRequest,
    document: Document,
    register: &Register,
    FilePolicy { policy, file }: &FilePolicy,
) -> CheckedDocument {
    let mut reading = cite::read(&document, register);
    let (as_of, is_undated) = request.day_of(&mut reading);
    let named = request.profile.or(policy.profile);
    let profile =
        named.unwrap_or_else(|| Profile::of_text(document.text.as_str(), &reading.header, register.symbols()));
    let off = policy.off();
    let found = findings(&document, &reading, register, as_of, profile, &off);
    let Settled { findings, accepted, lapsed } = policy.settle(file, &document, &reading, found, request.today);
    let mut notices = Vec::new();
    if is_undated {
        notices.push(Message::new(
            "tài liệu không ghi ngày ban hành; kiểm tra tính đến hôm nay",
            "the document states no date of issue; checked as of today",
        ));
    }
    notices.extend(lapsed.iter().map(|one| {
        let (rule, reason) = (one.finding.rule, &one.reason);
        let vi = one.until.map(format_date).unwrap_or_default();
        let en = one.until.map(|day| day.to_string()).unwrap_or_default();
        Message::new(
            format!("việc chấp nhận [{rule}] đã hết hạn ngày {vi} (lý do: {reason})"),
            format!("the acceptance of [{rule}] ran out on {en} (reason: {reason})"),
        )
    }));
    CheckedDocument { document, reading, as_of, profile, findings, accepted, known: 0, off, notices }
}

/// Rules that question which instrument is meant. Where one of them has a finding, no suggestion of another rule is safe:
/// a person decides.
const QUESTIONS_IDENTITY: [&str; 8] = [
    "title-mismatch",
    "type-mismatch",
    "issuer-mismatch",
    "year-mismatch",
    "date-mismatch",
    "impossible-date",
    "impossible-issuer",
    "inconsistent-citation",
];

/// What the rules find in a document as of a day, in text order. Ranges are bytes of the NFC text. The document's own
/// number is not checked. A rule that would yield to one that is switched off does not yield.
pub(super) fn findings(
    document: &Document,
    reading: &ResolvedDocument,
    register: &Register,
    as_of: Date,
    profile: Profile,
    off: &[&Rule],
) -> Vec<Finding> {
    let text = document.text.as_str();
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| off.iter().all(|one| one.name != rule.name)).collect();
    prefetch::rows(reading, register);
    let index = CitationIndex::of(document, &reading.citations);
    let verbatim = document.verbatim();
    let mut findings = Vec::new();
    for (at, citation) in reading.citations.iter().enumerate() {
        if citation.mention.kind == MentionKind::Own {
            continue;
        }
        let context = RuleContext::new(text, reading, &index, at, register, as_of, profile);
        let violations: Vec<_> = rules.iter().filter_map(|rule| Some((*rule, rule.judge(&context)?))).collect();
        let violated: Vec<&str> = violations.iter().map(|(rule, _)| rule.name).collect();
        let is_questioned = violated.iter().any(|name| QUESTIONS_IDENTITY.contains(name));
        for (rule, mut violation) in violations {
            violation.safe &= !is_questioned || QUESTIONS_IDENTITY.contains(&rule.name);
            if !rule.yields_to.iter().any(|other| violated.contains(other)) {
                let mut finding = rule.finding(violation, &context);
                finding.safe &= !overlaps(&verbatim, &document.text.to_source(finding.range.clone()));
                findings.push(finding);
            }
        }
    }
    findings.sort_by_key(|finding| (finding.range.start, finding.citation));
    findings
}

/// Whether a range overlaps one of the sorted `ranges`.
fn overlaps(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = ranges.partition_point(|one| one.end <= range.start);
    ranges.get(next).is_some_and(|one| one.start < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_read_as_people_type_it() {
        assert_eq!(AsOf::parse("today"), Some(AsOf::Today));
        assert_eq!(AsOf::parse("document"), Some(AsOf::Document));
        assert_eq!(AsOf::parse("26/01/2024"), AsOf::parse("2024-01-26"));
        assert_eq!(AsOf::parse("hôm nay"), None);
    }

    #[test]
    fn the_day_of_signing_counts_where_no_other_is_given() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let (today, signing, own) = (date("2026-05-01"), date("2026-06-01"), date("2023-01-12"));
        let day_of = |as_of: Option<AsOf>, signing: Option<Date>, own: Option<Date>| {
            let mut reading = ResolvedDocument::default();
            reading.header.date = own;
            let (day, undated) = CheckRequest { as_of, signing, ..CheckRequest::on(today) }.day_of(&mut reading);
            (day, undated, reading.header.date)
        };
        assert_eq!(day_of(None, None, Some(own)), (today, false, Some(own)));
        assert_eq!(day_of(None, Some(signing), None), (signing, false, Some(signing)));
        assert_eq!(day_of(None, Some(signing), Some(own)), (signing, false, Some(own)));
        assert_eq!(day_of(Some(AsOf::Document), Some(signing), Some(own)), (own, false, Some(own)));
        assert_eq!(day_of(Some(AsOf::Document), Some(signing), None), (signing, false, Some(signing)));
        assert_eq!(day_of(Some(AsOf::Document), None, None), (today, true, None));
        assert_eq!(day_of(Some(AsOf::Today), Some(signing), None), (today, false, Some(signing)));
    }
}
