//! # No instrument can bear this symbol
//!
//! ## What it does
//! Reports numbers that the rules of numbering exclude:
//! - a number with a year after 2005 whose symbol names no kind, only an agency ("Nghị định số 46/2017/TTCP"); the National
//!   Assembly and its Standing Committee alone number so;
//! - a symbol with two kinds ("10-QĐ/VBHN-BGDĐT"), or with the agency before the kind ("16/2022/BGDĐT-TT");
//! - a decree with year of any other body than the Government ("30/2020/NĐ-TTg");
//! - a term of the National Assembly that did not sit in that year ("79/2025/QH13");
//! - the letters of a symbol run together or out of order ("30/2020/NĐCP", "489/QĐTTg"), where they can be parted in one
//!   way only or the register holds exactly one instrument that they can mean;
//! - an agency that no table knows and that is one letter from exactly one ministry ("22/2020/TT-BDGĐT");
//! - a number of the Party's central committee in the State's form ("57/NQ-TW"), or of a central State body in the
//!   Party's form with a date after 2005 ("489-QĐ/TTg").
//!
//! ## Why
//! Whoever looks the number up finds nothing, and an office that reviews the draft will take it for carelessness.
//!
//! ## Example
//! ```text
//! Nghị định số 46/2017/TTCP
//! Quyết định số 10-QĐ/VBHN-BGDĐT
//! Luật số 79/2025/QH13
//! ```
//!
//! ## Use instead
//! ```text
//! Nghị định số 46/2017/NĐ-CP
//! Văn bản hợp nhất số 10/VBHN-BGDĐT
//! Luật số 79/2025/QH15
//! ```
//!
//! ## References
//! Law 64/2025/QH15 and its decree (number and symbol of normative instruments); Decree 30/2020/NĐ-CP, Annexes I and III;
//! Joint Circular 55/2005/TTLT-BNV-VPCP, which first gave all State documents the form with slash; Guidance 36-HD/VPTW
//! of 3 April 2018 for the Party's.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::near_misses::one_slip;
use super::super::rule::{Rule, Violation};
use crate::law::{Agency, Branch, Confidence, Number, NumberForm, Scope};
use crate::register::SymbolParts;
use crate::text::fold;

pub(super) static RULE: Rule = Rule {
    name: "malformed-symbol",
    title_vi: "ký hiệu sai",
    severity: Severity::Error,
    law: Some((
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3 (số, ký hiệu của văn bản)",
        "Decree 30/2020/NĐ-CP, Annex I, section II, clause 3 (number and symbol)",
    )),
    yields_to: &[],
    source: include_str!("malformed_symbol.rs"),
    page_vi: include_str!("malformed_symbol.vi.md"),
    judge,
};

/// What is wrong, in both languages, and the number put right where its form is enough.
struct Defect {
    vi: String,
    en: String,
    repaired: Option<Number>,
}

impl Defect {
    fn new(vi: impl Into<String>, en: impl Into<String>) -> Defect {
        Defect { vi: vi.into(), en: en.into(), repaired: None }
    }

    fn repaired(self, number: Option<Number>) -> Defect {
        Defect { repaired: number, ..self }
    }
}

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    // Some did have what the rules exclude.
    if context.register.by_number(number).next().is_some() {
        return None;
    }
    let defect = assembly_term(number, &symbol)
        .or_else(|| two_kinds(&symbol))
        .or_else(|| no_kind(context, number, &symbol))
        .or_else(|| swapped(context, number, &symbol))
        .or_else(|| decree_of_another(number, &symbol))
        .or_else(|| wrong_form(context, number, &symbol))
        .or_else(|| slip(context, number, &symbol))
        .or_else(|| run_together(context, number, &symbol))
        .or_else(|| misspelt(context, number, &symbol))?;
    // What follows from the form alone needs no register.
    let confidence = match (context.meant(), &defect.repaired) {
        (Some(meant), repaired) if repaired.as_ref() != Some(meant) => context.confidence(),
        _ => Confidence::Verified,
    };
    let right = context.meant().cloned().or(defect.repaired);
    let words = context.quoted();
    let (write_vi, write_en) = match &right {
        Some(right) => (format!("Viết {right}"), format!("Write {right}")),
        None => ("Đối chiếu với văn bản gốc".to_owned(), "Compare with the published text".to_owned()),
    };
    let (vi, en) = (&defect.vi, &defect.en);
    Some(
        Violation::new(
            context,
            format!("“{words}”: không văn bản nào có ký hiệu như vậy, vì {vi}. {write_vi}."),
            format!("“{words}”: no instrument can bear this symbol, because {en}. {write_en}."),
        )
        .suggest_by(confidence, right.and_then(|right| context.with_number(&right))),
    )
}

/// The years in which each term of the National Assembly sat, from its first session to the next term's.
const TERMS: [(u32, i16, i16); 8] = [
    (9, 1992, 1997),
    (10, 1997, 2002),
    (11, 2002, 2007),
    (12, 2007, 2011),
    (13, 2011, 2016),
    (14, 2016, 2021),
    (15, 2021, 2026),
    (16, 2026, 2031),
];

fn assembly_term(number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let year = number.year()?;
    let at = symbol.agencies.iter().position(|agency| agency.is_some_and(Agency::is_assembly))?;
    let part = symbol.parts[symbol.parts.len() - symbol.agencies.len() + at];
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let term: u32 = part[letters.len()..].parse().ok()?;
    let (_, first, last) = TERMS.iter().find(|(one, ..)| *one == term)?;
    if (*first..=*last).contains(&year) {
        return None;
    }
    let sitting: Vec<u32> =
        TERMS.iter().filter(|(_, first, last)| (*first..=*last).contains(&year)).map(|one| one.0).collect();
    let repaired = match sitting.as_slice() {
        [one] => Some(number.with_symbol(&number.symbol().replace(part, &format!("{letters}{one}")))),
        _ => None,
    };
    let defect = Defect::new(
        format!("Quốc hội khóa {term} hoạt động từ {first} đến {last}, không phải năm {year}"),
        format!("term {term} of the National Assembly sat from {first} to {last}, not in {year}"),
    );
    Some(defect.repaired(repaired))
}

/// Abbreviations of kinds that no agency, unit or post has, so that a second one in a symbol can only be a kind.
const ONLY_KINDS: [&str; 5] = ["NĐ", "NQ", "QĐ", "VBHN", "TTLT"];

fn two_kinds(symbol: &SymbolParts<'_>) -> Option<Defect> {
    let first = symbol.parts.first().filter(|_| symbol.kinds.iter().any(|kind| kind.has_source()))?;
    let second = symbol.parts[1..].iter().find(|part| ONLY_KINDS.contains(part) && *part != first)?;
    Some(Defect::new(
        format!("{first} và {second} là hai loại văn bản khác nhau"),
        format!("{first} and {second} are two kinds of document"),
    ))
}

/// A number with year names its kind. Some ministries of the 1990s wrote it last (BYT-QĐ) or not at all.
fn no_kind(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let symbols = context.register.symbols();
    let issuer = symbol.issuer().filter(|agency| agency.has_source() && !agency.is_assembly())?;
    let word = context.citation.mention.type_word.as_deref()?;
    let abbr = symbols.kinds_of_word(word).find(|kind| kind.has_source() && !kind.abbr.is_empty())?.abbr.as_str();
    let kind_somewhere = symbol.parts.iter().any(|part| symbols.kinds_of_abbr(part).next().is_some());
    let normative = symbols.kinds_of_word(word).any(|kind| kind.family == crate::law::Family::Normative);
    let bound = number.year().is_some_and(|year| year >= ONE_FORM_SINCE);
    if !bound || kind_somewhere || !normative || issuer.scope != Scope::Central {
        return None;
    }
    let defect = Defect::new(
        format!("sau năm phải có chữ viết tắt của loại văn bản ({abbr})"),
        format!("after the year the abbreviation of the kind ({abbr}) must follow"),
    );
    // Only the Government issues decrees, so the whole symbol is known.
    Some(defect.repaired((abbr == "NĐ").then(|| number.with_symbol("NĐ-CP"))))
}

/// Agency and kind in each other's place: "16/2022/BGDĐT-TT". Ministries of the 1990s wrote so (BYT-QĐ), and some units
/// of agencies have a kind's letters: only the kind that the type word names is one.
fn swapped(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let symbols = context.register.symbols();
    let [agency, kind] = symbol.parts.as_slice() else { return None };
    let issuer = symbol.issuer().filter(|one| one.has_source() && one.scope == Scope::Central)?;
    let word = context.citation.mention.type_word.as_deref()?;
    let named = symbols.kinds_of_word(word).any(|one| one.abbr == *kind && one.has_source());
    let year = number.year().or(context.citation.date.map(|date| date.year()))?;
    if !symbol.kinds.is_empty() || !named || year < ONE_FORM_SINCE {
        return None;
    }
    let defect = Defect::new(
        format!("chữ viết tắt của loại văn bản ({kind}) đứng trước cơ quan ({})", issuer.abbr),
        format!("the abbreviation of the kind ({kind}) stands before that of the issuer ({})", issuer.abbr),
    );
    Some(defect.repaired(Some(number.with_symbol(&format!("{kind}-{agency}")))))
}

fn decree_of_another(number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let issuer = symbol.issuer().filter(|agency| agency.has_source())?;
    if number.year().is_none() || symbol.parts.first() != Some(&"NĐ") || issuer.abbr == "CP" {
        return None;
    }
    let defect = Defect::new(
        format!("chỉ Chính phủ ban hành nghị định, còn {} là {}", issuer.abbr, issuer.name),
        format!("the Government alone issues decrees, and {} is {}", issuer.abbr, issuer.name),
    );
    Some(defect.repaired(Some(number.with_symbol("NĐ-CP"))))
}

/// The year from which all State documents have the form with slash.
const ONE_FORM_SINCE: i16 = 2006;

fn wrong_form(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let issuer = symbol.issuer().filter(|agency| agency.has_source() && agency.scope == Scope::Central)?;
    let kind = symbol.parts.first().filter(|_| !symbol.kinds.is_empty() && symbol.parts.len() == 2)?;
    let agency = symbol.parts[1];
    let dated = context.citation.date.is_some_and(|date| date.year() >= ONE_FORM_SINCE);
    match (number.form(), issuer.branch) {
        (NumberForm::Slash | NumberForm::Old, Branch::Party) if issuer.abbr == "TW" => {
            let right = Number::new(number.serial(), None, "-", &format!("{kind}/{agency}"));
            let defect = Defect::new(
                "văn bản của Trung ương Đảng có dấu gạch nối trước tên loại và dấu gạch chéo trước cơ quan",
                "documents of the Party's central committee bear a hyphen before the kind and a slash before the issuer",
            );
            Some(defect.repaired(Some(right)))
        }
        (NumberForm::Party, Branch::State | Branch::Assembly) if dated => {
            let right = Number::new(number.serial(), None, "/", &format!("{kind}-{agency}"));
            let defect = Defect::new(
                "văn bản của cơ quan nhà nước có dấu gạch chéo trước tên loại và dấu gạch nối trước cơ quan",
                "documents of State bodies bear a slash before the kind and a hyphen before the issuer",
            );
            Some(defect.repaired(Some(right)))
        }
        _ => None,
    }
}

/// A symbol with a part that no table knows, whose letters are those of the instrument meant, joined or ordered
/// otherwise: "NĐCP", "TT-BDGĐT".
fn slip(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let meant = context.meant().filter(|meant| (meant.serial(), meant.year()) == (number.serial(), number.year()))?;
    let unknown = symbol.kinds.is_empty() || symbol.agencies.iter().any(Option::is_none);
    let letters = |number: &Number| {
        let mut letters: Vec<char> = number.symbol().chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    let held = context.register.by_number(meant).next().is_some();
    (unknown && held && letters(number) == letters(meant)).then(|| {
        Defect::new(
            format!("ký hiệu {} viết sai dấu nối hoặc thứ tự chữ", number.symbol()),
            format!("{} is joined or spelled wrongly", number.symbol()),
        )
    })
}

/// Kind and agency without the hyphen between them: "QĐTTg", "TTBGDĐT".
fn run_together(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let [part] = symbol.parts.as_slice() else { return None };
    let symbols = context.register.symbols();
    let known = !symbol.kinds.is_empty() || symbol.issuer().is_some() || context.is_cut() || context.is_old();
    if known || number.form() == NumberForm::Party {
        return None;
    }
    let mut splits = part.char_indices().skip(1).filter_map(|(at, _)| {
        let (kind, agency) = part.split_at(at);
        let kind = symbols.kinds_of_abbr(kind).find(|one| one.abbr == kind && one.has_source())?;
        let agency = symbols.agency(agency).filter(|one| one.abbr == agency && one.has_source())?;
        // Provinces did write QĐUB.
        (agency.scope == Scope::Central).then(|| format!("{}-{}", kind.abbr, agency.abbr))
    });
    let (right, None) = (splits.next()?, splits.next()) else { return None };
    let defect = Defect::new(
        format!("giữa loại văn bản và cơ quan phải có dấu gạch nối ({right})"),
        format!("a hyphen stands between kind and issuer ({right})"),
    );
    Some(defect.repaired(Some(number.with_symbol(&right))))
}

/// An issuer that no table knows and that is one slip from exactly one central agency: "TT-BDGĐT". Only for kinds
/// that central agencies alone issue with their year in the number, whose issuers are all known.
fn misspelt(context: &RuleContext<'_>, number: &Number, symbol: &SymbolParts<'_>) -> Option<Defect> {
    let symbols = context.register.symbols();
    let [kind, written] = symbol.parts.as_slice() else { return None };
    let year = number.year().filter(|year| *year >= ONE_FORM_SINCE)?;
    let of_ministries = matches!(*kind, "TT" | "NĐ" | "TTLT") && symbol.issuer().is_none();
    let folded = fold(written);
    if !of_ministries || folded.chars().count() < 2 || context.is_cut() {
        return None;
    }
    let sat = |agency: &Agency| agency.valid_from.is_none_or(|from| from.year() <= year);
    let mut near = symbols.agencies().iter().filter(|agency| {
        agency.scope == Scope::Central
            && agency.has_source()
            && sat(agency)
            // Two letters are one slip from half the table.
            && agency.abbr.chars().count() >= 4
            && one_slip(&fold(&agency.abbr), &folded)
    });
    let (agency, None) = (near.next()?, near.next()) else { return None };
    let defect = Defect::new(
        format!("không có cơ quan nào viết tắt là {written}; gần nhất là {} ({})", agency.abbr, agency.name),
        format!("no agency is abbreviated {written}; the nearest is {} ({})", agency.abbr, agency.name),
    );
    Some(defect.repaired(Some(number.with_symbol(&format!("{kind}-{}", agency.abbr)))))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn each_form_that_cannot_be_is_told_with_what_to_write() {
        for (text, suggestion) in [
            ("[Nghị định số 46/2017/TTCP]", Some("Nghị định số 46/2017/NĐ-CP")),
            ("[Thông tư số 22/2020/BGDĐT]", None),
            (
                "[Quyết định số 10-QĐ/VBHN-BGDĐT=>10/VBHN-BGDĐT@2014-03-14] ngày 14 tháng 03 năm 2014",
                Some("Văn bản hợp nhất số 10/VBHN-BGDĐT"),
            ),
            ("[Nghị định số 30/2020/NĐ-TTg]", Some("Nghị định số 30/2020/NĐ-CP")),
            ("[Thông tư số 24/2020/TTBGDĐT=>24/2020/TT-BGDĐT@2020-08-25]", Some("Thông tư số 24/2020/TT-BGDĐT")),
            ("[Thông tư số 24/2020/TT-BDGĐT=>24/2020/TT-BGDĐT@2020-08-25]", Some("Thông tư số 24/2020/TT-BGDĐT")),
            ("[Quyết định số 489/QĐTTg]", Some("Quyết định số 489/QĐ-TTg")),
            ("[Nghị định số 30/2020/NĐCP]", Some("Nghị định số 30/2020/NĐ-CP")),
            ("[Thông tư số 99/2020/TT-BDGĐT]", Some("Thông tư số 99/2020/TT-BGDĐT")),
            ("[Thông tư số 99/2020/TT-BGĐT]", Some("Thông tư số 99/2020/TT-BGDĐT")),
            ("[Luật số 79/2025/QH13]", Some("Luật số 79/2025/QH15")),
            ("[Thông tư số 99/2020/BGDĐT-TT]", Some("Thông tư số 99/2020/TT-BGDĐT")),
            ("[Quyết định số 489/TTg-QĐ] ngày 08/4/2020", Some("Quyết định số 489/QĐ-TTg")),
            ("[Nghị quyết số 57/NQ-TW] ngày 22/12/2024", Some("Nghị quyết số 57-NQ/TW")),
            ("[Quyết định số 489-QĐ/TTg] ngày 08/4/2020", Some("Quyết định số 489/QĐ-TTg")),
        ] {
            let fault = judge("malformed-symbol", text, "2023-01-01").unwrap_or_else(|| panic!("{text}"));
            assert_eq!(fault.suggestion.as_deref(), suggestion, "{text}");
        }
    }

    #[test]
    fn what_only_an_unchecked_row_tells_is_left_to_people() {
        let safe = |text: &str| judge("malformed-symbol", text, "2023-01-01").unwrap().safe;
        assert!(safe("[Quyết định số 489/QĐTTg]"), "the form tells it");
        assert!(!safe("[Quyết định số 10-QĐ/VBHN-BGDĐT=>10/VBHN-BGDĐT@2014-03-14] ngày 14 tháng 03 năm 2014"));
    }

    #[test]
    fn symbols_that_exist_are_right() {
        for text in [
            "[Luật số 43/2019/QH14]",
            "[Nghị quyết số 51/2001/QH10]",
            "[Pháp lệnh số 04/2012/UBTVQH13]",
            "[Pháp lệnh số 26/2005/PL-UBTVQH11]",
            "[Nghị quyết số 1686/NQ-UBTVQH15]",
            "[Quyết định số 1895/1997/BYT-QĐ]",
            "[Thông tư liên tịch số 3729/2001/BQP-BTC]",
            "[Quyết định số 999/TC-QĐ] ngày 02/11/1996",
            "[Thông tư liên tịch số 16/2006/TTLT/BLĐTBXH-BGDĐT-BTC]",
            "[Quyết định số 118/TTg] ngày 27/02/1996",
            "[Chỉ thị số 123-CT/TTg] ngày 12/5/1988",
            "[Tờ trình số 4189/LS-LĐTBXH-TC]",
            "[Nghị quyết số 57-NQ/TW]",
            "[Kết luận số 12/KL-TTr]",
            "[Luật số 09/2026/QH16]",
            "[Công văn số 5512/BGDĐT-TT] ngày 08/4/2020",
            "[Quyết định số 12/QĐUB] ngày 02/11/2001",
            "[Thông tư số 12/2020/TT-BXYZ]",
            "[Thông tư số 12/2020/TT-BNL]",
        ] {
            assert_eq!(judge("malformed-symbol", text, "2026-06-01"), None, "{text}");
        }
    }

    #[test]
    fn one_bad_symbol_is_one_finding() {
        let text = "[Quyết định số 10-QĐ/VBHN-BGDĐT=>10/VBHN-BGDĐT@2014-03-14] ngày 14 tháng 03 năm 2014";
        assert_eq!(findings(text, "2023-01-01"), ["malformed-symbol"]);
    }
}
