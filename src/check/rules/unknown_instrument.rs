//! # The register does not hold the instrument cited
//!
//! ## What it does
//! Says, once for each number, that the register knows no instrument of it, so that nothing could be checked. This is
//! a note and no blame: the register is not complete. It speaks of central normative instruments alone (laws,
//! ordinances, decrees, circulars, decisions that carry their year); what provinces, communes, schools and Party
//! committees issue, and administrative papers, no register holds as a whole, and a note at each would bury the rest.
//! Registered instruments that differ by one slip (a figure, the year, the kind, a letter of the agency, the term of the
//! National Assembly) and do not contradict the stated date are named as candidates.
//!
//! ## Why
//! Silence would read as "checked and right". A number that no source knows is also, now and then, a slip of the pen.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 99/2021/TT-BGDĐT ngày 10/12/2021 của Bộ Giáo dục và Đào tạo;
//! ```
//!
//! ## Use instead
//! Compare number, year and symbol with the published text. If they are right, leave the citation as it is; a row added
//! to `instruments.csv` makes the register know it.
//!
//! ## References
//! The tables in `corpus/register/`; there is no legal rule behind this note.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::near_misses;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::law::{Agency, Scope};

pub(super) static RULE: Rule = Rule {
    name: "unknown-instrument",
    title_vi: "chưa có trong sổ đăng ký",
    severity: Severity::Info,
    law: None,
    yields_to: &[
        "missing-year",
        "year-mismatch",
        "type-mismatch",
        "issuer-mismatch",
        "malformed-symbol",
        "incomplete-symbol",
        "impossible-issuer",
    ],
    source: include_str!("unknown_instrument.rs"),
    page_vi: include_str!("unknown_instrument.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    let covered = number.year().is_some()
        && (!symbol.kinds.is_empty() || symbol.issuer().is_some_and(Agency::is_assembly))
        && !symbol.agencies.is_empty()
        && symbol.agencies.iter().all(|agency| agency.is_some_and(|one| one.scope == Scope::Central));
    if !covered || context.register.by_number(number).next().is_some() || !is_first_of_number(context) {
        return None;
    }
    let near = context.meant().filter(|meant| context.register.by_number(meant).next().is_some());
    let found = near_misses::candidates(context, number);
    let names: Vec<String> = match near {
        Some(meant) => vec![meant.to_string()],
        None => found.iter().map(|row| wording::full_form(row, context)).collect(),
    };
    let (also_vi, also_en) = match names.as_slice() {
        [] => ("Hãy đối chiếu với văn bản gốc.".to_owned(), "Compare with the published text.".to_owned()),
        names => (
            format!("Có thể muốn nói đến {}: hãy đối chiếu số, năm và ký hiệu.", wording::joined(names, "hoặc")),
            format!("Perhaps {} is meant: compare number, year and symbol.", wording::joined(names, "or")),
        ),
    };
    let fault = Violation::new(
        context,
        format!("Sổ đăng ký chưa có số {number} nên chưa kiểm tra được; không có nghĩa là viện dẫn sai. {also_vi}"),
        format!(
            "The register does not hold {number}, so nothing could be checked; that does not make the citation wrong. {also_en}"
        ),
    );
    let one = match found.as_slice() {
        // The date agrees, so that only the number can be wrong.
        [row] if row.issued.is_some() && row.issued == context.citation.date => row.number.as_ref(),
        _ => None,
    };
    Some(fault.propose(near.or(one).and_then(|right| context.with_number(right))))
}

fn is_first_of_number(context: &RuleContext<'_>) -> bool {
    context.index.is_first_of_number(context.at)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn a_central_number_that_no_row_holds_is_noted_once() {
        let fault = judge("unknown-instrument", "theo [Thông tư số 99/2021/TT-BGDĐT]", "2024-06-01").unwrap();
        assert!(fault.vi.contains("không có nghĩa là viện dẫn sai"), "{}", fault.vi);
        assert_eq!(fault.suggestion, None);
        let text = "theo [Thông tư số 99/2021/TT-BGDĐT] ngày 02/3/2021 của Bộ GDĐT và [Thông tư số 99/2021/TT-BGDĐT]";
        assert_eq!(findings(text, "2024-06-01"), ["unknown-instrument"]);
    }

    #[test]
    fn near_misses_are_named() {
        for (text, near, suggestion) in [
            (
                "theo [Thông tư số 42/2023/TT-BGDĐT] ngày 11/12/2023",
                "24/2023/TT-BGDĐT",
                Some("Thông tư số 24/2023/TT-BGDĐT"),
            ),
            ("theo [Luật số 43/2019/QH13]", "43/2019/QH14", None),
            ("theo [Thông tư số 24/2024/TT-BGDĐT]", "24/2023/TT-BGDĐT", None),
        ] {
            let fault = judge("unknown-instrument", text, "2024-06-01").unwrap();
            assert!(fault.vi.contains(near), "{}", fault.vi);
            assert_eq!(fault.suggestion.as_deref(), suggestion, "{text}");
            assert!(!fault.safe);
        }
        // Every number has neighbours: without a date that agrees none of them is more than another number.
        let far =
            judge("unknown-instrument", "theo [Thông tư số 25/2020/TT-BGDĐT] ngày 01/9/2020", "2024-06-01").unwrap();
        assert!(!far.vi.contains("24/2020"), "{}", far.vi);
    }

    #[test]
    fn local_administrative_and_party_papers_are_passed_over() {
        for text in [
            "theo [Quyết định số 12/2020/QĐ-UBND]",
            "theo [Kế hoạch số 70/KH-UBND]",
            "theo [Công văn số 5512/BGDĐT-GDTrH]",
            "theo [Nghị quyết số 99-NQ/TW]",
            "theo [Thông tư số 24/2023/TT-BGDĐT]",
        ] {
            assert_eq!(judge("unknown-instrument", text, "2024-06-01"), None, "{text}");
        }
    }
}
