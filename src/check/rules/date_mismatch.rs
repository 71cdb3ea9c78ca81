//! # The date is not the one on which the instrument was issued
//!
//! ## What it does
//! Compares the date stated beside a number with the date of issue in the register, and reports another day. A number
//! without year is compared within the stretch in which it is given once: the calendar year, for the Party's central
//! organs the term between two congresses; or with the one instrument that everything but the year of the date points
//! to. Rows of the register that are unsure are not used. Local numbers are compared only where the place is known. Where
//! the register does not know the number, the document itself is the witness: it cites the same number more often with
//! another date. Where both dates stand there equally often, `inconsistent-citation` tells it.
//!
//! ## Why
//! Number and date together identify an instrument; offices check both before they sign.
//!
//! ## Example
//! ```text
//! Thông tư số 21/2018/TT-BGDĐT ngày 21/8/2018
//! ```
//!
//! ## Use instead
//! ```text
//! Thông tư số 21/2018/TT-BGDĐT ngày 24/8/2018
//! ```
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: a cited document is named with kind, number and symbol, date of issue,
//! issuer and subject. Numbers of the Party's documents run through a term: Guidance 36-HD/VPTW of 3 April 2018. The
//! date itself comes from the register; the finding names its source.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::period::Period;
use super::super::rule::{Rule, Violation};
use super::super::{conflicting_dates, wording};
use crate::law::{Confidence, Date, Instrument, Scope};
use crate::register::SymbolParts;

pub(super) static RULE: Rule = Rule {
    name: "date-mismatch",
    title_vi: "sai ngày ban hành",
    severity: Severity::Warning,
    law: Some((
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 6 (viện dẫn văn bản)",
        "Decree 30/2020/NĐ-CP, Annex I, section II, clause 6 (citing documents)",
    )),
    yields_to: &["year-mismatch", "type-mismatch", "issuer-mismatch", "malformed-symbol"],
    source: include_str!("date_mismatch.rs"),
    page_vi: include_str!("date_mismatch.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let stated = context.citation.date?;
    let words = context.quoted();
    let stated_vi = context.date_in_style(stated);
    let Some(row) = registered(context, stated) else { return by_witness(context, stated) };
    let issued = row.issued?;
    let style = context.date_in_style(issued);
    let fault = Violation::new(
        context,
        format!("“{words}” được ban hành ngày {style}, không phải ngày {stated_vi}; viết ngày {style}."),
        format!("“{words}” was issued on {issued}, not on {stated}; write ngày {style}."),
    );
    let range = context.with_date_range().unwrap_or(fault.range.clone());
    let fault = Violation { range, ..fault }.suggest_by(row.confidence, context.with_date(issued));
    Some(fault.on(wording::grounds(&row.source, row.confidence)))
}

/// The document itself is the witness: it gives the number another date more often.
fn by_witness(context: &RuleContext<'_>, stated: Date) -> Option<Violation> {
    let Some((other, true)) = conflicting_dates::other_date(context, stated) else { return None };
    let words = context.quoted();
    let (stated_vi, style) = (context.date_in_style(stated), context.date_in_style(other));
    let fault = Violation::new(
        context,
        format!(
            "“{words}” ở đây ghi ngày {stated_vi}, những chỗ khác trong cùng tài liệu ghi ngày {style}; đối chiếu với văn bản gốc rồi ghi thống nhất."
        ),
        format!(
            "“{words}” is dated {stated} here and {other} elsewhere in the same document; compare with the published text, and if this is the slip, write ngày {style}."
        ),
    );
    let range = context.with_date_range().unwrap_or(fault.range.clone());
    Some(Violation { range, ..fault }.propose(context.with_date(other)))
}

/// The one row of the register that can be the instrument and was issued on another day.
fn registered<'a>(context: &RuleContext<'a>, stated: Date) -> Option<&'a Instrument> {
    let rows: Vec<&Instrument> = match context.symbol() {
        Some((number, symbol)) => {
            let period = Period::of(number, &symbol)?;
            let rows = context.register.by_number(number).filter(|row| fits_place(row, context, &symbol));
            if context.register.by_number(number).any(|row| row.issued == Some(stated)) {
                return None;
            }
            let near: Vec<&Instrument> =
                rows.filter(|row| row.issued.is_some_and(|issued| period.same(issued, stated))).collect();
            if near.is_empty() { resolved_elsewhere(context, stated).into_iter().collect() } else { near }
        }
        // A name with a date: the law that bore it.
        None => {
            context.instrument().into_iter().filter(|row| row.issued.is_some_and(|issued| issued != stated)).collect()
        }
    };
    match rows.as_slice() {
        [row] if row.confidence >= Confidence::Likely => Some(row),
        _ => None,
    }
}

/// The instrument of the written number that the citation is resolved to although the stated date is another one:
/// a slip in the year.
fn resolved_elsewhere<'a>(context: &RuleContext<'a>, stated: Date) -> Option<&'a Instrument> {
    let meant = context.citation.target.as_ref()?.date().filter(|date| *date != stated)?;
    let row = context.instrument().filter(|row| row.issued == Some(meant))?;
    context.meant().is_none().then_some(row)
}

/// A central number is given once; a local one once in its place.
fn fits_place(row: &Instrument, context: &RuleContext<'_>, symbol: &SymbolParts<'_>) -> bool {
    let central = !symbol.agencies.is_empty()
        && symbol.issuer().is_some_and(|agency| agency.scope == Scope::Central)
        && symbol.known_agencies().all(|agency| agency.scope == Scope::Central);
    central || (row.locality.is_some() && row.locality == context.citation.locality)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn the_register_gives_the_day() {
        let fault =
            judge("date-mismatch", "theo [Thông tư số 21/2018/TT-BGDĐT] ngày 21/8/2018 của Bộ", "2024-01-01").unwrap();
        assert_eq!(fault.words, "Thông tư số 21/2018/TT-BGDĐT ngày 21/8/2018");
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 21/2018/TT-BGDĐT ngày 24/8/2018"));
        assert!(fault.basis.contains("Nguồn của sổ đăng ký"), "{fault:?}");
        assert!(fault.safe, "compared with its source");
    }

    #[test]
    fn a_number_without_year_is_compared_within_its_year() {
        let fault =
            judge("date-mismatch", "[Quyết định số 489/QĐ-TTg] ngày 18 tháng 4 năm 2020", "2024-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Quyết định số 489/QĐ-TTg ngày 08 tháng 4 năm 2020"));
        assert!(!fault.safe, "likely only");
        assert_eq!(judge("date-mismatch", "[Quyết định số 489/QĐ-TTg] ngày 15/4/2019", "2024-01-01"), None);
    }

    #[test]
    fn a_slip_in_the_year_of_the_date_is_told_where_the_instrument_is_clear() {
        let text = "[Quyết định số 489/QĐ-TTg=>489/QĐ-TTg@2020-04-08] ngày 08/4/2021";
        let fault = judge("date-mismatch", text, "2024-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Quyết định số 489/QĐ-TTg ngày 08/4/2020"));
    }

    #[test]
    fn the_party_numbers_by_term() {
        assert!(judge("date-mismatch", "[Kết luận số 49-KL/TW] ngày 10/5/2018", "2024-01-01").is_some());
        assert_eq!(judge("date-mismatch", "[Kết luận số 49-KL/TW] ngày 28/02/2023", "2024-01-01"), None);
    }

    #[test]
    fn the_document_is_its_own_witness_where_the_register_is_silent() {
        let text = "[Nghị quyết số 99-NQ/TW] ngày 24/01/2025, [Nghị quyết số 99-NQ/TW] ngày 24/01/2025, \
                    [Nghị quyết số 99-NQ/TW] ngày 24/01/2024";
        assert_eq!(findings(text, "2025-06-01"), ["date-mismatch"]);
        let fault = judge("date-mismatch", text, "2025-06-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Nghị quyết số 99-NQ/TW ngày 24/01/2025"));
        assert!(!fault.safe);
    }

    #[test]
    fn the_same_local_number_in_another_place_is_another_instrument() {
        assert_eq!(judge("date-mismatch", "[Kế hoạch số 70/KH-UBND] ngày 26/3/2022", "2024-01-01"), None);
    }

    #[test]
    fn unsure_rows_blame_nobody() {
        assert_eq!(judge("date-mismatch", "[Thông tư số 98/2013/TT-BTC] ngày 25/7/2013", "2024-01-01"), None);
    }
}
