//! # The stated issuer contradicts the symbol
//!
//! ## What it does
//! Reports "của …" after a number whose symbol names another agency: a symbol of the Party's central committee beside
//! "của Thủ tướng Chính phủ". Reported only where both agencies are in the tables. Not reported: an issuer written as a
//! bare abbreviation ("của TTCP", which offices use for several bodies); one of several that signed together; the agency
//! that took over the work of the one in the symbol, or whose work that one had taken over by the instrument's year; "Chỉ thị 206/CP của Thủ tướng Chính phủ" and other numbers of the Government
//! without a kind, which stood for both; an office that writes for its agency (Văn phòng Chính phủ for the Government); local
//! Party committees, whose symbols are shared.
//!
//! ## Why
//! The symbol says who issued the instrument. A contradiction usually means that the symbol of another instrument was
//! typed. "Chính phủ" beside a symbol of the Prime Minister, and the other way round, is a warning only: there the name is
//! loose and the symbol right.
//!
//! ## Example
//! ```text
//! Chỉ thị số 14-CT/TW ngày 25/5/2021 của Thủ tướng Chính phủ
//! ```
//!
//! ## Use instead
//! ```text
//! Chỉ thị số 14/CT-TTg ngày 25/5/2021 của Thủ tướng Chính phủ
//! ```
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: the symbol is made of the abbreviations of kind and issuer; Guidance
//! 36-HD/VPTW for the Party. The agencies are those of `corpus/register/agencies.csv`; rows written from memory alone
//! raise no finding.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use crate::law::{Agency, Branch, Number, Scope};
use crate::register::{SymbolParts, Symbols};
use crate::text::one_line;

pub(super) static RULE: Rule = Rule {
    name: "issuer-mismatch",
    title_vi: "cơ quan trái ký hiệu",
    severity: Severity::Error,
    law: Some((
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3 (số, ký hiệu của văn bản)",
        "Decree 30/2020/NĐ-CP, Annex I, section II, clause 3 (number and symbol)",
    )),
    yields_to: &["malformed-symbol"],
    source: include_str!("issuer_mismatch.rs"),
    page_vi: include_str!("issuer_mismatch.vi.md"),
    judge,
};

/// Bodies that are spoken of as one: the office and whom it writes for, the council and its court.
const AS_ONE: [(&str, &str); 7] = [
    ("VPCP", "CP"),
    ("VPCP", "TTg"),
    ("VPQH", "QH"),
    ("VPQH", "UBTVQH"),
    ("VPCTN", "CTN"),
    ("VPTW", "TW"),
    ("HĐTP", "TANDTC"),
];

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (_, symbol) = context.symbol()?;
    let issuer = context.citation.issuer.as_ref()?;
    let symbols = context.register.symbols();
    let stated = symbols.agency(issuer.abbr.as_deref()?)?;
    let written = one_line(context.text.get(issuer.range.clone())?);
    let signed = symbol.issuer()?;
    let certain = written.contains(char::is_lowercase)
        && stated.has_source()
        && signed.has_source()
        && !(symbol.is_joint() && symbol.agencies.contains(&None));
    let pair = [stated.abbr.as_str(), signed.abbr.as_str()];
    let neighbours = pair.contains(&"CP") && pair.contains(&"TTg");
    if !certain || agrees(stated, &symbol, context) || (neighbours && symbol.kinds.is_empty()) {
        return None;
    }
    let words = context.quoted();
    let meant = context.meant();
    let (write_vi, write_en) = match meant {
        Some(meant) => (format!("Viết {meant}"), format!("Write {meant}")),
        None => (
            "Đối chiếu với văn bản gốc rồi sửa ký hiệu hoặc sửa tên cơ quan".to_owned(),
            "Compare with the published text and mend the symbol or the issuer".to_owned(),
        ),
    };
    let (abbr, name) = (&signed.abbr, &signed.name);
    let mut fault = Violation::new(
        context,
        format!("“{words}”: ký hiệu {abbr} là của {name}, nhưng câu văn ghi của {written}. {write_vi}."),
        format!("“{words}”: the symbol {abbr} is that of {name}, but the text says {written}. {write_en}."),
    );
    // So common a looseness of speech that the symbol is hardly ever the wrong one.
    fault.doubtful = neighbours;
    Some(fault.suggest_by(context.confidence(), meant.and_then(|meant| context.with_number(meant))))
}

/// Whether the agency stated can be the one, or one of those, that the symbol names.
fn agrees(stated: &Agency, symbol: &SymbolParts<'_>, context: &RuleContext<'_>) -> bool {
    let symbols = context.register.symbols();
    // An instrument of the time before the stated agency gave up its work is not spoken of by that one's old name.
    let issued = context.citation.date.map(|date| date.year()).or(context.written().and_then(Number::year));
    let since = stated.valid_to.map(|last| last.year());
    let handed_over = issued.zip(since).is_none_or(|(issued, since)| issued >= since);
    symbol.known_agencies().any(|signed| {
        let local_party = [stated, signed].iter().all(|one| one.branch == Branch::Party && one.scope == Scope::Local);
        stated.abbr == signed.abbr
            || local_party
            || AS_ONE.iter().any(|pair| *pair == (&stated.abbr, &signed.abbr) || *pair == (&signed.abbr, &stated.abbr))
            || follows(signed, stated, symbols)
            || (handed_over && follows(stated, signed, symbols))
    })
}

/// Whether `later` took over work of `earlier`, directly or by way of others.
fn follows(earlier: &Agency, later: &Agency, symbols: &Symbols) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = earlier.successors.iter().map(String::as_str).collect();
    while let Some(abbr) = open.pop() {
        if abbr == later.abbr {
            return true;
        }
        if !seen.contains(&abbr) {
            seen.push(abbr);
            open.extend(symbols.agency(abbr).into_iter().flat_map(|one| one.successors.iter().map(String::as_str)));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn the_symbol_of_another_agency_is_told() {
        let text = "[Chỉ thị số 14-CT/TW=>14/CT-TTg@2021-05-25] ngày 25/5/2021 của Thủ tướng Chính phủ";
        let fault = judge("issuer-mismatch", text, "2023-01-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Chỉ thị số 14/CT-TTg"));
        assert!(fault.vi.contains("ký hiệu TW là của Ban Chấp hành Trung ương Đảng"), "{}", fault.vi);
        assert_eq!(findings(text, "2023-01-01"), ["issuer-mismatch"]);
    }

    #[test]
    fn other_pairs_that_cannot_be() {
        for text in [
            "[Thông tư số 98/2013/TT-BXD] ngày 24/7/2013 của Bộ Tài chính",
            "[Quyết định số 489/QĐ-TTg] của Chính phủ",
            "[Nghị quyết số 12/NQ-HĐND] của Ủy ban nhân dân tỉnh",
            "[Công văn số 5512/BGDĐT-GDTrH] của Sở Giáo dục và Đào tạo",
            "[Thông tư số 31/2017/TT-BGDĐT] ngày 18/12/2017 của Bộ Lao động - Thương binh và Xã hội",
        ] {
            assert!(judge("issuer-mismatch", text, "2023-01-01").is_some(), "{text}");
        }
    }

    #[test]
    fn what_agrees_or_cannot_be_told() {
        for text in [
            "[Kết luận số 49-KL/TW] của Ban Bí thư",
            "[Thông tư số 22/2020/TT-BGDĐT] của Bộ GDĐT",
            "[Thông tư số 06/2015/TTLT-BGDĐT-BNV] của Bộ Nội vụ",
            "[Nghị định số 86/2018/NĐ-CP] của TTCP",
            "[Thông tư số 26/2014/TT-BGTVT] của Bộ Xây dựng",
            "[Thông tư số 31/2025/TT-BGDĐT] ngày 18/12/2025 của Bộ Lao động - Thương binh và Xã hội",
            "[Thông báo số 349/TB-VPCP] của Thủ tướng Chính phủ",
            "[Nghị quyết số 04-NQ/TU] của Huyện ủy",
            "[Chỉ thị số 206/CP] của Thủ tướng Chính phủ",
            "[Công văn số 4261/XYZ-KHTC] của Bộ Tài chính",
        ] {
            assert_eq!(judge("issuer-mismatch", text, "2023-01-01"), None, "{text}");
        }
    }
}
