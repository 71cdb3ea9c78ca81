//! # One instrument, two dates
//!
//! ## What it does
//! Reports a citation that gives a number another date than the same document gives it elsewhere, within the stretch of time in
//! which the number is given once (the number's own year, the calendar year, the Party's term), where the register does not
//! know the right date; where it does, or where one of the dates stands there more often, `date-mismatch` tells it. Told at the
//! later mention. Local numbers are compared only where the place is known, from one of the mentions or from the draft's own head, and
//! the mentions name no different offices; those of local Party organisations within one year.
//!
//! ## Why
//! One of the two is a slip, and the reader cannot tell which.
//!
//! ## Example
//! ```text
//! Nghị quyết số 99-NQ/TW ngày 24/01/2025 … theo Nghị quyết số 99-NQ/TW ngày 24/01/2024
//! ```
//!
//! ## Use instead
//! The date of the published text at both places.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: a cited document is named with its date of issue. Numbers of the Party's
//! documents run through a term: Guidance 36-HD/VPTW of 3 April 2018.

use super::super::conflicting_dates;
use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};

pub(super) static RULE: Rule = Rule {
    name: "inconsistent-citation",
    title_vi: "cùng văn bản, hai ngày khác nhau",
    severity: Severity::Warning,
    law: None,
    yields_to: &["date-mismatch", "year-mismatch", "type-mismatch", "issuer-mismatch", "malformed-symbol"],
    source: include_str!("inconsistent_citation.rs"),
    page_vi: include_str!("inconsistent_citation.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let stated = context.citation.date?;
    let (other, _) = conflicting_dates::other_date(context, stated)?;
    let words = context.quoted();
    let (stated_vi, style) = (context.date_in_style(stated), context.date_in_style(other));
    let fault = Violation::new(
        context,
        format!(
            "“{words}” ở đây ghi ngày {stated_vi}, ở chỗ khác trong cùng tài liệu ghi ngày {style}; đối chiếu với văn bản gốc rồi ghi thống nhất."
        ),
        format!(
            "“{words}” is dated {stated} here and {other} elsewhere in the same document; compare with the published text and write one of them."
        ),
    );
    let range = context.with_date_range().unwrap_or(fault.range.clone());
    Some(Violation { range, ..fault.on(context.profile.citing(context.as_of)) })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{draft, findings, judge};

    #[test]
    fn the_later_of_two_is_told() {
        let draw = "[Nghị quyết số 99-NQ/TW] ngày 24/01/2025, [Nghị quyết số 99-NQ/TW] ngày 24/01/2024";
        assert_eq!(findings(draw, "2025-06-01"), ["inconsistent-citation"]);
        let fault = judge("inconsistent-citation", draw, "2025-06-01").unwrap();
        assert_eq!(fault.words, "Nghị quyết số 99-NQ/TW ngày 24/01/2024");
        assert_eq!(fault.suggestion, None);
    }

    #[test]
    fn local_numbers_are_compared_where_the_place_is_known() {
        let head = "UBND XÃ AN LỘC\nSố: 12/BC-UBND\nAn Lộc, ngày 12 tháng 12 năm 2024\nBÁO CÁO\nKết quả\n\n";
        for (text, told) in [
            (
                "Kế hoạch số 88-KH/HU ngày 14/3/2024 của Huyện ủy An Bình; Kế hoạch số 88-KH/HU ngày 24/3/2024 của Ban Thường vụ Huyện ủy An Bình",
                true,
            ),
            ("Kế hoạch số 88-KH/TU ngày 14/3/2024 của Tỉnh ủy Nghệ An; theo Kế hoạch số 88-KH/TU ngày 24/3/2024", true),
            (
                "Công văn số 28/SNV-CCVC ngày 01/12/2024 của Sở Nội vụ tỉnh Cao Bằng; theo Công văn số 28/SNV-CCVC ngày 11/12/2024",
                true,
            ),
            (
                "Kế hoạch số 88-KH/HU ngày 14/3/2024 của Huyện ủy An Bình; Kế hoạch số 88-KH/HU ngày 24/3/2023 của Huyện ủy An Bình",
                false,
            ),
            (
                "Kế hoạch số 88-KH/HU ngày 14/3/2024 của Huyện ủy An Bình; Kế hoạch số 88-KH/HU ngày 24/3/2024 của Huyện ủy Cát Hải",
                false,
            ),
            (
                "Kế hoạch số 71/KH-UBND ngày 14/3/2024 của UBND tỉnh; Kế hoạch số 71/KH-UBND ngày 24/3/2024 của UBND huyện",
                false,
            ),
            ("Công văn số 28/SNV-CCVC ngày 01/12/2024; theo Công văn số 28/SNV-CCVC ngày 11/12/2024", false),
        ] {
            let found = draft("inconsistent-citation", text, "2024-12-31");
            assert_eq!(!found.is_empty(), told, "{text}: {found:?}");
        }
        let bare = "Công văn số 28/SNV-CCVC ngày 01/12/2024; theo Công văn số 28/SNV-CCVC ngày 11/12/2024";
        assert_eq!(draft("inconsistent-citation", &format!("{head}{bare}"), "2024-12-31").len(), 1);
    }

    #[test]
    fn another_year_another_term_another_place_is_another_instrument() {
        for text in [
            "[Quyết định số 777/QĐ-TTg] ngày 24/01/2020, [Quyết định số 777/QĐ-TTg] ngày 24/6/2021",
            "[Nghị quyết số 99-NQ/TW] ngày 24/01/2025, [Nghị quyết số 99-NQ/TW] ngày 24/01/2019",
            "[Kế hoạch số 71/KH-UBND] ngày 26/3/2022, [Kế hoạch số 71/KH-UBND] ngày 27/4/2022",
        ] {
            assert_eq!(judge("inconsistent-citation", text, "2025-06-01"), None, "{text}");
        }
    }
}
