//! What the check could say of every citation, beside its findings: that nothing contradicts it, or that it could
//! not be verified and why. A review that only lists faults would let silence pass for approval.

use super::context::RuleContext;
use super::finding::{Finding, Severity};
use super::profile::Profile;
use crate::cite::{CitationIndex, MentionKind, ResolvedDocument};
use crate::law::{Confidence, Date, Force, Instrument};
use crate::read::Document;
use crate::register::Register;

/// What could be said of one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationStatus {
    /// The place of the citation in `ResolvedDocument::citations`.
    pub citation: usize,
    pub verdict: Status,
    /// The register's row, where there is one.
    pub instrument: Option<Instrument>,
}

/// How a citation came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It has an error or a warning.
    Faulty,
    /// In force on the day, by a register that is more than a guess, and its form has no finding.
    Passed,
    /// It is unclear which instrument is meant.
    Unresolved,
    /// The register has no row of the instrument.
    Unregistered,
    /// The register does not know whether it was in force on the day.
    ForceUnknown,
    /// Provisions of it have ended; which, is for a person to compare.
    InPart,
    /// What the register says of it is not certain.
    Unsure,
    /// The register says that it was not in force on the day, but the text does not rest on it: it reports the past or
    /// does away with it.
    Past,
}

/// What could be said of each citation of a document as of a day, in text order; the document's own number is left
/// out. `findings` are those that are reported.
pub(super) fn statuses(
    document: &Document,
    reading: &ResolvedDocument,
    register: &Register,
    as_of: Date,
    findings: &[Finding],
) -> Vec<CitationStatus> {
    let text = document.text.as_str();
    let index = CitationIndex::of(document, &reading.citations);
    let mut faulty = vec![false; reading.citations.len()];
    for finding in findings.iter().filter(|finding| finding.severity > Severity::Info) {
        if let Some(faulty) = faulty.get_mut(finding.citation) {
            *faulty = true;
        }
    }
    let all = reading.citations.iter().enumerate().filter(|(_, citation)| citation.mention.kind != MentionKind::Own);
    all.map(|(at, citation)| {
        // Whether an instrument is in force does not depend on the rules of form.
        let context = RuleContext::new(text, reading, &index, at, register, as_of, Profile::default());
        let instrument = context.instrument();
        let verdict = match instrument {
            _ if faulty[at] => Status::Faulty,
            None if citation.target.is_none() && citation.named_id.is_none() => Status::Unresolved,
            None => Status::Unregistered,
            Some(row) => match context.force() {
                Force::Unknown => Status::ForceUnknown,
                Force::InPart => Status::InPart,
                Force::InForce if row.confidence == Confidence::Unsure => Status::Unsure,
                Force::InForce => Status::Passed,
                Force::NotYet | Force::Suspended | Force::Ended => Status::Past,
            },
        };
        CitationStatus { citation: at, verdict, instrument: instrument.cloned() }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::run::findings;

    #[test]
    fn silence_is_no_approval() {
        let register = Register::bundled();
        let text = "Căn cứ Thông tư số 98765/2021/TT-BGDĐT ngày 26/11/2021;\n\
                    Căn cứ Thông tư số 34/TT-BGDĐT ngày 30/11/2021;\nCăn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021;\n";
        let document = Document::from_text("a.txt", text);
        let reading = crate::cite::read(&document, &register);
        let as_of = "2022-06-01".parse().unwrap();
        let found = findings(&document, &reading, &register, as_of, Profile::Admin, &[]);
        let statuses = statuses(&document, &reading, &register, as_of, &found);
        let verdicts: Vec<Status> = statuses.iter().map(|one| one.verdict).collect();
        assert_eq!(verdicts, [Status::Unregistered, Status::Faulty, Status::Passed]);
    }
}
