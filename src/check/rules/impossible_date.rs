//! # There is no such day
//!
//! ## What it does
//! Reports a date beside a citation that the calendar does not have (31/02/2023, 15/13/2023).
//!
//! ## Why
//! It is a slip of the pen, and the instrument cannot be identified by it.
//!
//! ## Example
//! ```text
//! Thông tư số 22/2020/TT-BGDĐT ngày 31/9/2020
//! ```
//!
//! ## Use instead
//! The date of the published text; where the register knows it, the finding names it.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: a cited document is named with its date of issue.

use super::super::context::RuleContext;
use super::super::date_style::{figures, like};
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::law::{Confidence, Date};
use crate::text::Pattern;
use crate::text::one_line;

pub(super) static RULE: Rule = Rule {
    name: "impossible-date",
    title_vi: "ngày không có trong lịch",
    severity: Severity::Error,
    law: None,
    yields_to: &[],
    source: include_str!("impossible_date.rs"),
    page_vi: include_str!("impossible_date.vi.md"),
    judge,
};

static STATED: Pattern = Pattern::new(
    r"^[\s*_]*[,(]?\s*(?:được\s+)?(?:ban\s+hành\s+|ký\s+)?(?i:ngày)\s+((\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|,?\s*năm)\s*(\d{4}))(?:\D|$)",
);

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let citation = context.citation;
    if citation.date.is_some() {
        return None;
    }
    let issuer = citation.issuer.as_ref().map(|issuer| issuer.range.end);
    let places = [Some(citation.mention.range.end), issuer];
    let (at, found) =
        places.into_iter().flatten().find_map(|at| Some((at, STATED.captures(context.text.get(at..)?)?)))?;
    let figure = |group: usize| found[group].parse::<i16>().ok();
    let (day, month, year) = (figure(2)?, figure(3)?, figure(4)?);
    if Date::new(year, month as i8, day as i8).is_ok() {
        return None;
    }
    let stated = found.get(1)?;
    let range = citation.mention.range.start..at + stated.end();
    let words = one_line(stated.as_str());
    let row = context.instrument().filter(|row| row.confidence >= Confidence::Likely);
    let right = row.and_then(|row| row.issued);
    let (write_vi, write_en) = match right {
        Some(day) => (
            format!("sổ đăng ký ghi ngày ban hành {}.", figures(day)),
            format!("the register gives {day} as the date of issue."),
        ),
        None => ("đối chiếu với văn bản gốc.".to_owned(), "compare with the published text.".to_owned()),
    };
    let fault = Violation::new(
        context,
        format!("Lịch không có ngày {words}; {write_vi}"),
        format!("The calendar has no {words}; {write_en}"),
    );
    let suggestion = right.and_then(|day| {
        let head = context.text.get(range.start..at + stated.start())?;
        Some(format!("{}{}", one_line_kept(head), like(stated.as_str(), day)?))
    });
    let fault = match row.filter(|_| right.is_some()) {
        Some(row) => fault.on(wording::grounds(&row.source, row.confidence)),
        None => fault.on(context.profile.citing(context.as_of)),
    };
    Some(Violation { range, ..fault.propose(suggestion) })
}

/// One line, the blank at the end kept.
fn one_line_kept(text: &str) -> String {
    let end = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{}{end}", one_line(text))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn a_day_that_is_none_is_told() {
        for (text, suggestion) in [
            (
                "theo Thông tư số 22/2020/TT-BGDĐT ngày 31/9/2020 của Bộ",
                Some("Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020"),
            ),
            (
                "theo Thông tư số 22/2020/TT-BGDĐT ngày 31 tháng 9 năm 2020 của Bộ",
                Some("Thông tư số 22/2020/TT-BGDĐT ngày 06 tháng 8 năm 2020"),
            ),
            ("theo Kế hoạch số 70/KH-SGDĐT ngày 15/13/2023", None),
            ("theo Quyết định số 1234/QĐ-TTg của Thủ tướng Chính phủ ngày 30/02/2023", None),
        ] {
            let found = draft("impossible-date", text, "2022-06-01");
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].suggestion.as_deref(), suggestion, "{text}");
        }
        assert_eq!(draft("impossible-date", "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020", "2022-06-01"), []);
        assert_eq!(draft("impossible-date", "theo Thông tư số 22/2020/TT-BGDĐT. Ngày 31/9/2020", "2022-06-01"), []);
    }
}
