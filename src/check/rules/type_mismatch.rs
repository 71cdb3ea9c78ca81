//! # The type word contradicts the symbol
//!
//! ## What it does
//! Reports a type word before a number whose symbol names another kind of instrument: "Quyết định" before a symbol that
//! begins with KH (kế hoạch). Not reported: general words ("văn bản"); words for what a decision or circular issues or
//! approves ("Đề án 1373/QĐ-TTg", "Quy chế … 09/2008/QĐ-BGDĐT"); a shorter name of the same kind ("Thông tư" for a
//! joint circular); consolidated texts named by what they consolidate; abbreviations that no table knows.
//!
//! ## Why
//! Either the word or the symbol is wrong, and the reader looks for an instrument that does not exist.
//!
//! ## Example
//! ```text
//! Quyết định số 1114/KH-UBND
//! ```
//!
//! ## Use instead
//! ```text
//! Kế hoạch số 1114/KH-UBND
//! ```
//! if the number is right; otherwise correct the symbol.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex III: kinds of documents and their abbreviations; the table is
//! `corpus/register/kinds.csv`. Rows written from memory alone raise no finding.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use crate::law::{Kind, Number};
use crate::register::SymbolParts;

pub(super) static RULE: Rule = Rule {
    name: "type-mismatch",
    title_vi: "loại trái ký hiệu",
    severity: Severity::Error,
    law: Some((
        "Nghị định 30/2020/NĐ-CP, Phụ lục III (tên loại văn bản và chữ viết tắt)",
        "Decree 30/2020/NĐ-CP, Annex III (kinds of documents and their abbreviations)",
    )),
    yields_to: &["malformed-symbol"],
    source: include_str!("type_mismatch.rs"),
    page_vi: include_str!("type_mismatch.vi.md"),
    judge,
};

/// Words that name any document.
const GENERAL: [&str; 1] = ["Văn bản"];

/// Words for what is issued with, or approved by, an instrument of the issuing kinds and is cited by its number.
const CONTENTS: [&str; 16] = [
    "Đề án",
    "Dự án",
    "Phương án",
    "Kế hoạch",
    "Chương trình",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Kế hoạch phối hợp",
    "Quy chế",
    "Quy chế phối hợp",
    "Quy định",
    "Quy hoạch",
    "Quy trình",
    "Hướng dẫn",
    "Biên bản",
    "Hợp đồng",
];

/// Kinds that issue or approve such contents.
const ISSUING: [&str; 6] = ["Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Thông tư liên tịch", "Chỉ thị"];

/// Kinds whose abbreviations were used for one another: joint circulars, laws under the number of the order that
/// promulgated them, proposals written TT by local offices.
const ALIKE: [&[&str]; 3] = [
    &["Thông tư liên tịch", "Thông tư liên bộ", "Thông tư liên ngành"],
    &["Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Sắc lệnh"],
    &["Tờ trình", "Thông tư"],
];

/// A consolidated text is called by the name of what it consolidates.
const CONSOLIDATED: &str = "Văn bản hợp nhất";

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    let word = context.citation.mention.type_word.as_deref()?;
    of_assembly(context, number, &symbol, word).or_else(|| by_symbol(context, number, &symbol, word))
}

/// What the National Assembly and its Standing Committee pass, by the first letters of the symbol (Constitution of 2013,
/// articles 70 and 74).
const PASSED: [(&str, &[&str]); 2] =
    [("UBTVQH", &["Pháp lệnh", "Nghị quyết"]), ("QH", &["Luật", "Bộ luật", "Hiến pháp", "Nghị quyết"])];

/// A number with a term of the Assembly names no kind: only laws and resolutions have one.
fn of_assembly(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>, word: &str) -> Option<Violation> {
    let part = symbol.parts.first().filter(|_| symbol.kinds.is_empty() && number.year().is_some())?;
    let term = part.trim_start_matches(|c: char| c.is_alphabetic());
    if symbol.parts.len() > 1 || term.is_empty() || !term.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (_, passed) = PASSED.iter().find(|(letters, _)| part.strip_suffix(term) == Some(*letters))?;
    let other = context.register.symbols().kinds_of_word(word).next().filter(|kind| kind.has_source())?;
    if GENERAL.contains(&word) || CONTENTS.contains(&word) || passed.contains(&other.name.as_str()) {
        return None;
    }
    let registered = context.instrument().filter(|row| row.number.as_ref() == Some(number));
    let (words, kinds) = (context.quoted(), passed.join(", "));
    Some(
        Violation::new(
            context,
            format!(
                "“{words}”: số có ký hiệu {part} là của {}, không phải {}. Đối chiếu số, ký hiệu.",
                kinds.to_lowercase(),
                word.to_lowercase()
            ),
            format!(
                "“{words}”: a number with the symbol {part} is that of {kinds}, not of {word}. Compare the number."
            ),
        )
        .propose(registered.map(|row| format!("{} số {number}", row.kind))),
    )
}

/// A symbol that names its kind, and not that of the word before it.
fn by_symbol(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>, word: &str) -> Option<Violation> {
    let symbols = context.register.symbols();
    let named: Vec<&Kind> = symbols.kinds_of_word(word).collect();
    let stated: Vec<&Kind> = symbol.kinds.iter().copied().filter(|kind| kind.has_source()).collect();
    let known = !stated.is_empty() && !context.is_old() && named.iter().any(|kind| kind.has_source());
    if !known
        || named.iter().any(|kind| symbol.kinds.iter().any(|one| goes_with(kind, one)))
        || may_be_agency(symbol, &named)
    {
        return None;
    }
    let mut names: Vec<&str> = stated.iter().map(|kind| kind.name.as_str()).collect();
    let mut told: Vec<&str> = Vec::new();
    names.retain(|name| {
        !told.contains(name) && {
            told.push(name);
            true
        }
    });
    let abbr = symbol.parts.first()?;
    let words = context.quoted();
    let kinds = names.join(" / ");
    let registered =
        context.instrument().filter(|row| row.number.as_ref() == Some(number) && names.contains(&row.kind.as_str()));
    Some(
        Violation::new(
            context,
            format!(
                "“{words}”: ký hiệu {abbr} là của {}, không phải {}. Nếu số đúng thì viết “{} số {number}”, nếu không thì sửa ký hiệu.",
                kinds.to_lowercase(),
                word.to_lowercase(),
                names[0]
            ),
            format!(
                "“{words}”: the symbol {abbr} belongs to {kinds}, not to {word}. If the number is right, write “{} số {number}”; otherwise mend the symbol.",
                names[0]
            ),
        )
        .propose(registered.map(|row| format!("{} số {number}", row.kind))),
    )
}

/// Whether an instrument of the kind `stated` in the symbol may be called by the word of the kind `named`.
fn goes_with(named: &Kind, stated: &Kind) -> bool {
    let (word, kind) = (named.name.as_str(), stated.name.as_str());
    GENERAL.contains(&word)
        || kind == CONSOLIDATED
        || kind.starts_with(word)
        || word.starts_with(kind)
        || ALIKE.iter().any(|group| group.contains(&word) && group.contains(&kind))
        || (CONTENTS.contains(&word) && ISSUING.contains(&kind))
}

/// In a dispatch the symbol opens with the issuer, and some offices have letters that are also a kind's (CT: Cục
/// Thuế). It is a kind only where a known agency follows.
fn may_be_agency(symbol: &SymbolParts<'_>, named: &[&Kind]) -> bool {
    let dispatch = named.iter().any(|kind| kind.abbr.is_empty() && kind.name == "Công văn");
    dispatch && symbol.issuer().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn a_number_of_the_assembly_is_that_of_a_law_or_a_resolution() {
        for text in ["[Nghị định số 43/2019/QH14]", "[Thông tư số 32/2018/QH14]", "[Thông tư số 973/2020/UBTVQH14]"]
        {
            let fault = judge("type-mismatch", text, "2024-06-01").unwrap_or_else(|| panic!("{text}"));
            assert!(fault.vi.contains("nghị quyết"), "{}", fault.vi);
        }
        let right =
            "Luật số 43/2019/QH14, Nghị quyết số 88/2019/QH14, Pháp lệnh số 02/2020/UBTVQH14, Bộ luật số 45/2019/QH14";
        assert_eq!(findings(right, "2024-06-01").iter().filter(|rule| **rule == "type-mismatch").count(), 0);
    }

    #[test]
    fn the_word_of_another_kind_is_told() {
        for (text, kind) in [
            ("[Quyết định số 1114/KH-UBND] ngày 12/4/2024", "Kế hoạch"),
            ("[Thông tư số 489/QĐ-TTg]", "Quyết định"),
            ("[Nghị định số 22/2020/TT-BGDĐT]", "Thông tư"),
            ("[Công văn số 349/TB-VPCP]", "Thông báo"),
            ("[Kết luận số 29-NQ/TW]", "Nghị quyết"),
            ("[Chỉ thị số 77-QĐ/TW]", "Quyết định"),
        ] {
            let fault = judge("type-mismatch", text, "2024-06-01").unwrap_or_else(|| panic!("{text}"));
            assert!(fault.vi.contains(&format!("viết “{kind} số")), "{}", fault.vi);
            let kinds = fault.vi.split(" là của ").nth(1).and_then(|rest| rest.split(", không").next()).unwrap();
            let mut parts: Vec<&str> = kinds.split(" / ").collect();
            parts.sort_unstable();
            parts.dedup();
            assert_eq!(parts.len(), kinds.split(" / ").count(), "each kind once: {kinds}");
        }
    }

    #[test]
    fn the_register_makes_the_suggestion() {
        let fault = judge("type-mismatch", "[Nghị định số 22/2020/TT-BGDĐT]", "2023-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 22/2020/TT-BGDĐT"));
        assert_eq!(judge("type-mismatch", "[Quyết định số 1114/KH-UBND]", "2023-01-01").unwrap().suggestion, None);
    }

    #[test]
    fn words_that_may_go_with_the_symbol() {
        for text in [
            "[Đề án 1373/QĐ-TTg]",
            "[Quy định số 37-QĐ/TW]",
            "[văn bản số 349/TB-VPCP]",
            "[Thông tư số 06/2015/TTLT-BGDĐT-BNV]",
            "[Thông tri số 22-TT/TW]",
            "[Công văn số 1234/CT-TTHT]",
            "[Công văn số 529-CV/BCSĐ]",
            "[Tờ trình số 6925/LĐTBXH-CS]",
            "[Chương trình phối hợp số 1921/CTPH-SGD-HKH]",
            "[Luật số 43/2019/QH14]",
            "[Pháp lệnh số 26/2005/PL-UBTVQH11]",
            "[Quyết định số 118/TTg]",
            "[Quyết định số 87-CT] ngày 01/3/1985",
            "[Thông tư liên tịch số 60/2006/TTLB-BVHTT-BCA]",
            "[Luật số 35-L/CTN]",
            "[Tờ trình số 615/TT-UBND]",
        ] {
            assert_eq!(judge("type-mismatch", text, "2023-01-01"), None, "{text}");
        }
    }

    #[test]
    fn no_second_finding_for_the_same_slip() {
        assert_eq!(findings("[Quyết định số 1114/KH-UBND] ngày 12/4/2024", "2024-06-01"), ["type-mismatch"]);
    }
}
