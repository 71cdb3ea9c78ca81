//! # The symbol lacks the issuer
//!
//! ## What it does
//! Reports a symbol that ends after the kind: "489/QĐ". Kinds that were numbered without an issuer (Sắc lệnh, joint
//! circulars of old) and citations that state a day before 1997 are left alone.
//!
//! ## Why
//! Every office has its own decision number 489; the issuer tells them apart.
//!
//! ## Example
//! ```text
//! Quyết định số 489/QĐ ngày 08/4/2020 của Thủ tướng Chính phủ
//! ```
//!
//! ## Use instead
//! ```text
//! Quyết định số 489/QĐ-TTg ngày 08/4/2020 của Thủ tướng Chính phủ
//! ```
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: the symbol is made of the abbreviations of the kind and of the issuing
//! agency.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use crate::cite::MentionKind;
use crate::law::{Confidence, Number};

pub(super) static RULE: Rule = Rule {
    name: "incomplete-symbol",
    title_vi: "ký hiệu thiếu",
    severity: Severity::Warning,
    law: Some((
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3 (số, ký hiệu của văn bản)",
        "Decree 30/2020/NĐ-CP, Annex I, section II, clause 3 (number and symbol)",
    )),
    yields_to: &["type-mismatch"],
    source: include_str!("incomplete_symbol.rs"),
    page_vi: include_str!("incomplete_symbol.vi.md"),
    judge,
};

/// Kinds that were numbered without an issuer.
const WITHOUT_ISSUER: [&str; 3] = ["SL", "TTLB", "TTLN"];

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    let [kind] = symbol.parts.as_slice() else { return None };
    let symbols = context.register.symbols();
    let complete = !symbol.kinds.iter().any(|kind| kind.has_source())
        || symbols.agency(kind).is_some()
        || symbols.agency_named_at(kind).is_some_and(|(_, end)| end == kind.len())
        || WITHOUT_ISSUER.contains(kind);
    // Without a separate type word, letters and digits may be anything: the name of a file, a form, a formula.
    let bare = number.year().is_none() && (context.citation.mention.type_word.is_none() || is_glued(context.words()));
    if complete || bare || context.is_cut() || context.is_old() {
        return None;
    }
    let words = context.quoted();
    let (whole, confidence) = match context.meant().filter(|meant| meant.serial() == number.serial()) {
        Some(meant) => (Some(meant.clone()), context.confidence()),
        None => (completed(context, number), Confidence::Verified),
    };
    let (write_vi, write_en) = match &whole {
        Some(whole) => (format!("viết {whole}"), format!("write {whole}")),
        None => (
            "viết thêm chữ viết tắt của cơ quan ban hành".to_owned(),
            "add the abbreviation of the issuing agency".to_owned(),
        ),
    };
    Some(
        Violation::new(
            context,
            format!("“{words}” thiếu cơ quan ban hành trong ký hiệu; {write_vi}."),
            format!("“{words}” lacks the issuer in its symbol; {write_en}."),
        )
        .suggest_by(confidence, whole.and_then(|whole| context.with_number(&whole))),
    )
}

/// Whether the type word runs into the number, as in the name of a file: `QC141-TT`.
fn is_glued(words: &str) -> bool {
    let lead = words.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    lead.ends_with(char::is_alphabetic) && !lead.to_lowercase().ends_with("số")
}

/// The number as the draft itself gives it: whole elsewhere, else with the issuer stated beside it.
fn completed(context: &RuleContext<'_>, number: &Number) -> Option<Number> {
    by_draft(context, number).or_else(|| {
        let issuer = context.citation.issuer.as_ref()?.abbr.as_ref()?;
        let joint = if number.form() == crate::law::NumberForm::Old { "/" } else { "-" };
        Some(number.with_symbol(&format!("{}{joint}{issuer}", number.symbol())))
    })
}

/// The one whole number of this serial and kind that the draft cites elsewhere.
fn by_draft(context: &RuleContext<'_>, number: &Number) -> Option<Number> {
    let all = &context.reading.citations;
    let stated = |at: &usize| all[*at].date;
    let agrees = |at: &usize| stated(at).zip(context.citation.date).is_none_or(|(a, b)| a == b);
    let whole = context.index.with_serial(number.serial()).iter().filter(|at| agrees(at)).filter_map(|at| {
        let other = all[*at].mention.number.as_ref().filter(|_| all[*at].mention.kind == MentionKind::Full)?;
        let rest = other.symbol().strip_prefix(number.symbol())?;
        (rest.starts_with(['-', '/']) && other.year() == number.year()).then_some(other)
    });
    let mut found: Vec<&Number> = whole.collect();
    found.sort_unstable();
    found.dedup();
    let [one] = found.as_slice() else { return None };
    Some((*one).clone())
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::judge;

    #[test]
    fn the_issuer_comes_from_the_text() {
        let text = "[Quyết định số 489/QĐ] ngày 8 tháng 4 năm 2020 của Thủ tướng Chính phủ";
        let fault = judge("incomplete-symbol", text, "2023-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Quyết định số 489/QĐ-TTg"));
        let bare = judge("incomplete-symbol", "theo [Kế hoạch số 70/KH]", "2023-01-01").unwrap();
        assert_eq!(bare.suggestion, None);
        let again = "[Quyết định số 489/QĐ-TTg] ngày 08/4/2020 và [Quyết định số 489/QĐ] nêu rõ";
        let fault = judge("incomplete-symbol", again, "2023-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Quyết định số 489/QĐ-TTg"));
        let party =
            judge("incomplete-symbol", "[Nghị quyết số 29-NQ] của Ban Chấp hành Trung ương", "2023-01-01").unwrap();
        assert_eq!(party.suggestion.as_deref(), Some("Nghị quyết số 29-NQ/TW"));
    }

    #[test]
    fn complete_old_and_issuerless_symbols_are_right() {
        for text in [
            "[Quyết định số 489/QĐ-TTg]",
            "[Quyết định số 118/TTg]",
            "[Nghị định số 14-CP]",
            "[Sắc lệnh số 53/SL]",
            "[Thông tư liên bộ số 02/TTLB]",
            "[Quyết định số 255/QĐ] ngày 31/8/1981",
            "tệp [141-TT] kèm theo",
            "tệp [QC141-TT]32.doc kèm theo",
            "[Thông tư số 54/1998/TTLT]/Bộ GD&ĐT-TC",
        ] {
            assert_eq!(judge("incomplete-symbol", text, "2023-01-01"), None, "{text}");
        }
    }
}
