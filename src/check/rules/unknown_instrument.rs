//! # The register does not hold the instrument cited
//!
//! ## What it does
//! Says, once for each number, that the register knows no instrument of it, so that nothing could be checked. This is
//! a note and no blame: the register is not complete. It speaks of central normative instruments alone (laws,
//! ordinances, decrees, circulars, decisions that carry their year); what provinces, communes, schools and Party
//! committees issue, and administrative papers, no register holds as a whole, and a note at each would bury the rest.
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

use super::super::case::Case;
use super::super::finding::Severity;
use super::super::rule::{Fault, Rule};
use super::super::symbol::is_assembly;
use crate::law::Scope;

pub(super) static RULE: Rule = Rule {
    name: "unknown-instrument",
    title_vi: "chưa có trong sổ đăng ký",
    severity: Severity::Info,
    yields_to: &[
        "missing-year",
        "year-mismatch",
        "type-mismatch",
        "issuer-mismatch",
        "malformed-symbol",
        "incomplete-symbol",
    ],
    source: include_str!("unknown_instrument.rs"),
    page_vi: include_str!("unknown_instrument.vi.md"),
    judge,
};

fn judge(case: &Case<'_>) -> Option<Fault> {
    let (number, symbol) = case.symbol()?;
    let covered = number.year().is_some()
        && (!symbol.kinds.is_empty() || symbol.issuer().is_some_and(is_assembly))
        && !symbol.agencies.is_empty()
        && symbol.agencies.iter().all(|agency| agency.is_some_and(|one| one.scope == Scope::Central));
    if !covered || case.register.by_number(number).next().is_some() || !is_first_of_number(case) {
        return None;
    }
    let (also_vi, also_en) = match case.meant().filter(|meant| case.register.by_number(meant).next().is_some()) {
        Some(meant) => (
            format!("Có thể muốn nói đến {meant}: hãy đối chiếu số, năm và ký hiệu."),
            format!("Perhaps {meant} is meant: compare number, year and symbol."),
        ),
        None => ("Hãy đối chiếu với văn bản gốc.".to_owned(), "Compare with the published text.".to_owned()),
    };
    Some(Fault::new(
        case,
        format!("Sổ đăng ký chưa có số {number} nên chưa kiểm tra được; không có nghĩa là viện dẫn sai. {also_vi}"),
        format!(
            "The register does not hold {number}, so nothing could be checked; that does not make the citation wrong. {also_en}"
        ),
    ))
}

fn is_first_of_number(case: &Case<'_>) -> bool {
    case.mentions.is_first_of_number(case.at)
}

#[cfg(test)]
mod tests {
    use super::super::super::bench::{findings, judge};

    #[test]
    fn a_central_number_that_no_row_holds_is_noted_once() {
        let fault = judge("unknown-instrument", "theo [Thông tư số 99/2021/TT-BGDĐT]", "2024-06-01").unwrap();
        assert!(fault.vi.contains("không có nghĩa là viện dẫn sai"), "{}", fault.vi);
        assert_eq!(fault.suggestion, None);
        let text = "theo [Thông tư số 99/2021/TT-BGDĐT] và [Thông tư số 99/2021/TT-BGDĐT]";
        assert_eq!(findings(text, "2024-06-01"), ["unknown-instrument"]);
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
