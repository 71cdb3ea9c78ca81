//! How many files, citations and findings a run of the check had, and the line that sums them up.

use super::glossary;
use crate::check::{CheckedDocument, Finding, Severity};
use crate::law::Date;
use crate::text::{Lang, counted};

/// What one run found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub files: usize,
    pub unreadable: usize,
    pub citations: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings that the office accepts.
    pub accepted: usize,
    /// Findings left out because an earlier answer had them.
    pub known: usize,
}

impl Tally {
    /// The counts of one document.
    pub fn of(checked: &CheckedDocument) -> Tally {
        let mut tally = Tally { accepted: checked.accepted.len(), known: checked.known, ..Tally::default() };
        tally.add(checked.citations().count(), &checked.findings);
        tally
    }

    pub fn add(&mut self, citations: usize, findings: &[Finding]) {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        self.files += 1;
        self.citations += citations;
        self.errors += count(Severity::Error);
        self.warnings += count(Severity::Warning);
        self.notes += count(Severity::Info);
    }

    /// Joins what another part of the run found.
    pub fn merge(&mut self, other: &Tally) {
        self.files += other.files;
        self.unreadable += other.unreadable;
        self.citations += other.citations;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.accepted += other.accepted;
        self.known += other.known;
    }

    /// One line. `as_of` is the day of the check; `None` where each document was checked as of its own.
    pub fn summary(&self, as_of: Option<Date>, lang: Lang) -> String {
        let Tally { files, unreadable, citations, errors, warnings, notes, accepted, known } = *self;
        let more = |count: usize, vi: &str, en: &str| match count {
            0 => String::new(),
            _ => format!("; {count} {}", lang.pick(vi, en)),
        };
        let more = more(accepted, "đã được chấp nhận", "accepted") + &more(known, "đã biết từ trước", "known before");
        match lang {
            Lang::Vi => {
                let day = as_of.map_or("ngày của từng tài liệu".to_owned(), |day| {
                    format!("ngày {}", glossary::date(day, lang))
                });
                let unread =
                    if unreadable > 0 { format!("; {unreadable} tệp không đọc được") } else { String::new() };
                format!(
                    "Đã kiểm tra {files} tệp, {citations} dẫn chiếu, tính đến {day}: {errors} lỗi, {warnings} cảnh báo, {notes} lưu ý{more}{unread}."
                )
            }
            Lang::En => {
                let day = as_of.map_or("each document's own date".to_owned(), |day| day.to_string());
                let unread = match unreadable {
                    0 => String::new(),
                    _ => format!("; {} could not be read", counted(unreadable, "file")),
                };
                format!(
                    "Checked {}, {}, as of {day}: {}, {}, {}{more}{unread}.",
                    counted(files, "file"),
                    counted(citations, "citation"),
                    counted(errors, "error"),
                    counted(warnings, "warning"),
                    counted(notes, "note")
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_accepted_or_known_is_counted() {
        let tally = Tally { files: 1, accepted: 2, known: 3, ..Tally::default() };
        assert!(tally.summary(None, Lang::Vi).ends_with("0 lưu ý; 2 đã được chấp nhận; 3 đã biết từ trước."));
        assert!(tally.summary(None, Lang::En).ends_with("0 notes; 2 accepted; 3 known before."));
    }

    #[test]
    fn the_summary_counts_in_both_languages() {
        let tally = Tally { files: 1, unreadable: 1, citations: 12, errors: 2, warnings: 1, ..Tally::default() };
        assert_eq!(
            tally.summary(Some("2024-01-26".parse().unwrap()), Lang::Vi),
            "Đã kiểm tra 1 tệp, 12 dẫn chiếu, tính đến ngày 26/01/2024: 2 lỗi, 1 cảnh báo, 0 lưu ý; 1 tệp không đọc được."
        );
        assert_eq!(
            tally.summary(None, Lang::En),
            "Checked 1 file, 12 citations, as of each document's own date: 2 errors, 1 warning, 0 notes; 1 file could not be read."
        );
    }
}
