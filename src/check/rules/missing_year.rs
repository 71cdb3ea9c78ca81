//! # The year is missing from the number
//!
//! ## What it does
//! Reports a number without year where every instrument of the kind carries its year: laws, ordinances, decrees,
//! circulars, joint circulars. Decisions, resolutions and directives exist with and without year and are not reported.
//! Citations that state a day before 1997 are left alone: the rule is younger.
//!
//! ## Why
//! Numbers start anew each year. "22/TT-BGDĐT" may be any of the circulars that bore number 22.
//!
//! ## Example
//! ```text
//! Thông tư số 22/TT-BGDĐT ngày 06/8/2020
//! ```
//!
//! ## Use instead
//! ```text
//! Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020
//! ```
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents and the decree on its application (before them Law
//! 80/2015/QH13 and Decree 34/2016/NĐ-CP): number and symbol are serial number, year, abbreviation of kind and issuer.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use crate::law::{Confidence, Number};

pub(super) static RULE: Rule = Rule {
    name: "missing-year",
    title_vi: "thiếu năm",
    severity: Severity::Error,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 và Nghị định 78/2025/NĐ-CP, quy định về số, ký hiệu",
        "Law 64/2025/QH15 on normative legal documents and Decree 78/2025/NĐ-CP, on number and symbol",
    )),
    yields_to: &["type-mismatch"],
    source: include_str!("missing_year.rs"),
    page_vi: include_str!("missing_year.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    let word = context.citation.mention.type_word.as_deref();
    // An issuer that no table knows may be of the time before the rule (TT-LB), or the symbol no instrument's at all.
    let required = symbol.holds_year(word, context.register.symbols()) == Some(true) && symbol.issuer().is_some();
    if number.year().is_some() || !required || context.is_old() {
        return None;
    }
    let whole = completed(context, number);
    let confidence = whole.as_ref().map_or(Confidence::Unsure, |whole| grounds(context, whole));
    let words = context.quoted();
    let (write_vi, write_en) = match &whole {
        Some(whole) => (format!("viết {whole}"), format!("write {whole}")),
        None => (
            format!("viết đủ năm, như {}", with_year(number, "…")),
            format!("write the year, as in {}", with_year(number, "…")),
        ),
    };
    let kind = word.unwrap_or("Văn bản");
    Some(
        Violation::new(
            context,
            format!("“{words}” thiếu năm ban hành: số của {} luôn có năm; {write_vi}.", kind.to_lowercase()),
            format!("“{words}” lacks the year, which numbers of this kind ({kind}) always carry; {write_en}."),
        )
        .suggest_by(confidence, whole.and_then(|whole| context.with_number(&whole))),
    )
}

/// The year is that of the stated date by the rules of numbering; where only the register gives it, by its confidence.
fn grounds(context: &RuleContext<'_>, whole: &Number) -> Confidence {
    if context.citation.date.is_some_and(|date| whole.year() == Some(date.year())) {
        return Confidence::Verified;
    }
    context.confidence()
}

/// The number with the year of the instrument that is meant, else with that of the stated date.
fn completed(context: &RuleContext<'_>, number: &Number) -> Option<Number> {
    let meant = context.meant().filter(|meant| meant.year().is_some() && meant.serial() == number.serial());
    if let Some(meant) = meant {
        return Some(meant.clone());
    }
    let year = context.citation.date?.year();
    // "Nghị định số 2013/NĐ-CP": what was left out is the number, not the year.
    (number.serial() != year.to_string()).then_some(())?;
    Number::parse(&with_year(number, &year.to_string()))
}

fn with_year(number: &Number, year: &str) -> String {
    format!("{}/{year}/{}", number.serial(), number.symbol())
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::judge;

    #[test]
    fn the_year_comes_from_the_stated_date() {
        let fault = judge("missing-year", "theo [Thông tư số 22/TT-BGDĐT] ngày 06/8/2020", "2023-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 22/2020/TT-BGDĐT"));
        assert!(fault.vi.contains("viết 22/2020/TT-BGDĐT"), "{}", fault.vi);
    }

    #[test]
    fn a_year_in_the_place_of_the_number_is_not_repeated() {
        let fault = judge("missing-year", "[Nghị định số 2013/NĐ-CP] ngày 19/12/2013", "2023-01-01").unwrap();
        assert_eq!(fault.suggestion, None);
    }

    #[test]
    fn without_a_date_the_form_alone_is_told() {
        let fault = judge("missing-year", "theo [Nghị định 30/NĐ-CP] về công tác văn thư", "2023-01-01").unwrap();
        assert_eq!(fault.suggestion, None);
        assert!(fault.en.contains("30/…/NĐ-CP"), "{}", fault.en);
    }

    #[test]
    fn kinds_that_may_lack_the_year_and_old_numbers_are_right() {
        for text in [
            "[Quyết định số 489/QĐ-TTg] ngày 08/4/2020",
            "[Nghị quyết số 175/NQ-CP] ngày 30/10/2023",
            "[Kế hoạch số 70/KH-UBND]",
            "[Thông tri số 22-TT/TW]",
            "[Công văn 5512/BGDĐT-GDTrH]",
            "[Văn bản hợp nhất số 10/VBHN-BGDĐT]",
            "[Thông tư số 30/TT-BYT] ngày 12/11/1986",
            "[Thông tư số 22/2020/TT-BGDĐT]",
            "[Thông tư số 13/TT-LB]",
            "phụ lục số [02/PL-TNCN]",
        ] {
            assert_eq!(judge("missing-year", text, "2023-01-01"), None, "{text}");
        }
    }
}
