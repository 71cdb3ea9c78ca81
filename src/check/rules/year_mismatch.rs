//! # The year in the number is not that of the date
//!
//! ## What it does
//! Reports a number whose year differs from the year of the date stated beside it. Where the register knows the
//! instrument it says which of the two is wrong. A date that the register confirms is never reported.
//!
//! ## Why
//! The year in the number is the year of issue. One of the two is a slip, and the reader cannot tell which.
//!
//! ## Example
//! ```text
//! Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2022
//! ```
//!
//! ## Use instead
//! ```text
//! Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020
//! ```
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents and the decree on its application: the number
//! carries the year in which the instrument is issued.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use crate::law::{Confidence, Date, Instrument, Number};

pub(super) static RULE: Rule = Rule {
    name: "year-mismatch",
    title_vi: "năm trái ngày",
    severity: Severity::Error,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 và Nghị định 78/2025/NĐ-CP, quy định về số, ký hiệu",
        "Law 64/2025/QH15 on normative legal documents and Decree 78/2025/NĐ-CP, on number and symbol",
    )),
    yields_to: &[],
    source: include_str!("year_mismatch.rs"),
    page_vi: include_str!("year_mismatch.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let number = context.written()?;
    let (year, stated) = (number.year()?, context.citation.date?);
    if year == stated.year() || registered(context, number).any(|row| row.issued == Some(stated)) {
        return None;
    }
    let words = context.quoted();
    let stated_vi = context.date_in_style(stated);
    let opening_vi = format!("“{words}” là số của năm {year} nhưng ngày ghi kèm là {stated_vi}");
    let opening_en = format!("“{words}” is a number of {year}, but the date beside it is {stated}");
    let row = registered(context, number).next();
    let issued = row.and_then(|row| row.issued);
    let mut confidence = row.map_or(Confidence::Unsure, |row| row.confidence);
    let (vi, en, range, suggestion) = match (other_number(context, number, stated, issued), issued) {
        (Some((meant, known)), _) => {
            confidence = known;
            (
                format!("ngày ấy là của số {meant}; viết {meant}"),
                format!("that date is the one of {meant}; write {meant}"),
                None,
                context.with_number(&meant),
            )
        }
        (None, Some(issued)) => (
            format!("sổ đăng ký ghi ngày ban hành {}; viết ngày {0}", context.date_in_style(issued)),
            format!("the register gives {issued} as its date of issue; write ngày {}", context.date_in_style(issued)),
            context.with_date_range(),
            same_day(issued, stated).then(|| context.with_date(issued)).flatten(),
        ),
        (None, None) => (
            "năm trong số phải là năm ban hành; đối chiếu với văn bản gốc rồi sửa số hoặc sửa ngày".to_owned(),
            "the year in the number must be that of issue; compare with the published text and mend one of them"
                .to_owned(),
            context.with_date_range(),
            None,
        ),
    };
    let mut fault = Violation::new(context, format!("{opening_vi}: {vi}."), format!("{opening_en}: {en}."))
        .suggest_by(confidence, suggestion);
    fault.range = range.unwrap_or(fault.range);
    Some(fault)
}

/// The number that was meant, where the date is right and the year in the number the slip: the citation is resolved
/// to it, or the register has the number of the stated year with the stated date. With it, how far the register is to be
/// trusted in this.
fn other_number(
    context: &RuleContext<'_>,
    number: &Number,
    stated: Date,
    issued: Option<Date>,
) -> Option<(Number, Confidence)> {
    let resolved = context.meant().filter(|meant| meant.year() == Some(stated.year())).cloned();
    if let Some(meant) = resolved {
        return Some((meant, context.confidence()));
    }
    let other = Number::parse(&format!("{}/{}/{}", number.serial(), stated.year(), number.symbol()))?;
    let row = registered(context, &other).find(|row| row.issued == Some(stated))?;
    let held = !issued.is_some_and(|issued| same_day(issued, stated));
    held.then_some((other, row.confidence))
}

/// Whether two dates differ in the year alone.
fn same_day(a: Date, b: Date) -> bool {
    (a.day(), a.month()) == (b.day(), b.month())
}

/// The rows of this number that give a date of issue, unsure ones left out.
fn registered<'a>(context: &RuleContext<'a>, number: &Number) -> impl Iterator<Item = &'a Instrument> {
    let place = context.citation.locality.as_ref();
    let rows = context.register.by_number(number).filter(|row| row.confidence >= Confidence::Likely);
    rows.filter(move |row| row.issued.is_some() && (row.locality.is_none() || row.locality.as_ref() == place))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn the_register_tells_which_is_wrong() {
        let fault =
            judge("year-mismatch", "theo [Thông tư số 22/2020/TT-BGDĐT] ngày 06/8/2022 của Bộ", "2023-01-01").unwrap();
        assert_eq!(fault.words, "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2022");
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020"));
        assert!(fault.vi.contains("viết ngày 06/8/2020"), "{}", fault.vi);
        assert!(!fault.safe, "likely only");
    }

    #[test]
    fn the_number_is_wrong_where_another_bears_the_date() {
        let fault =
            judge("year-mismatch", "theo [Thông tư số 24/2020/TT-BGDĐT] ngày 11/12/2023", "2024-06-01").unwrap();
        assert_eq!(fault.words, "Thông tư số 24/2020/TT-BGDĐT");
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 24/2023/TT-BGDĐT"));
        assert!(fault.safe, "compared with its source");
    }

    #[test]
    fn what_no_row_knows_is_told_without_a_suggestion() {
        let fault = judge("year-mismatch", "[Quyết định số 12/2020/QĐ-UBND] ngày 25/6/2021", "2023-01-01").unwrap();
        assert_eq!(fault.suggestion, None);
        assert!(fault.en.contains("mend one of them"), "{}", fault.en);
    }

    #[test]
    fn agreement_and_numbers_without_year_are_right() {
        for text in ["[Thông tư số 22/2020/TT-BGDĐT] ngày 06/8/2020", "[Kế hoạch số 70/KH-UBND] ngày 25/3/2022"]
        {
            assert_eq!(judge("year-mismatch", text, "2023-01-01"), None, "{text}");
        }
    }

    #[test]
    fn one_slip_is_one_finding() {
        assert_eq!(findings("[Thông tư số 22/2020/TT-BGDĐT] ngày 06/8/2022", "2023-01-01"), ["year-mismatch"]);
    }
}
