//! # The instrument cited has been replaced by another
//!
//! ## What it does
//! Reports a citation of an instrument that a later one has replaced as a whole by the day of the check, and names
//! the last one of the chain: what to cite now, and the way to it where it has several steps. The text proposed keeps the
//! style of the draft; it is written unasked (`--fix`) only where every step of the chain is known for sure and no short
//! form of the draft stands for the old instrument. A replacement of single provisions is not reported here. A text
//! that itself replaces, repeals or amends the instrument, or tells that it has ended, is not blamed.
//!
//! ## Why
//! A plan that rests on a replaced regulation directs people to duties that no longer exist, and an office that
//! reviews drafts will send it back.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ trưởng Bộ Giáo dục và Đào tạo;
//! ```
//!
//! ## Use instead
//! ```text
//! Căn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo;
//! ```
//! Read the new instrument first: provisions and terms may have changed. Where the text must speak of the old one,
//! say so: "(đã được thay thế bởi …)".
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: an instrument ceases to
//! have effect when a new one of the same authority replaces it. The fact itself comes from the register; the
//! finding names its source and how certain it is.

use super::super::case::Case;
use super::super::chain::Chain;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::rule::{Fault, Rule};
use super::super::{successor, wording};
use crate::law::{Confidence, Force, Relation};

pub(super) static RULE: Rule = Rule {
    name: "replaced",
    title_vi: "đã bị thay thế",
    severity: Severity::Error,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, chương về hiệu lực của văn bản",
        "Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect",
    )),
    yields_to: &[],
    source: include_str!("replaced.rs"),
    page_vi: include_str!("replaced.vi.md"),
    judge,
};

fn judge(case: &Case<'_>) -> Option<Fault> {
    let chain = Chain::of(case);
    let first = chain.first()?;
    let right_by_name = case.is_bare_name() && chain.last.iter().all(|relation| bears_name(relation, case));
    if right_by_name || !case.answers_for_instrument() {
        return None;
    }
    let instrument = case.instrument();
    let doubtful = match case.force() {
        Force::Ended => instrument.is_some_and(|row| row.confidence == Confidence::Unsure),
        // The register has no state of its own to set against the clause that replaced it.
        Force::Unknown if is_clear(first) => true,
        _ => return None,
    };
    let since = instrument.and_then(|row| row.ended).or(first.date);
    let when_vi = since.map_or(String::new(), |day| format!(" từ ngày {}", figures(day)));
    let when_en = since.map_or(String::new(), |day| format!(" as of {day}"));
    let actors: Vec<String> = chain.last.iter().map(|relation| wording::actor(relation, case)).collect();
    let title = match chain.last.as_slice() {
        [one] => case.register.lookup(&one.from, None).map_or(String::new(), wording::title),
        _ => String::new(),
    };
    let way = chain.shown(case);
    let dead = chain.dead_end(case);
    let dead_vi = dead.as_ref().map_or("", |dead| &dead.vi);
    let dead_en = dead.as_ref().map_or("", |dead| &dead.en);
    let words = case.quoted();
    let mut fault = Fault::new(
        case,
        format!(
            "“{words}” đã được thay thế{when_vi}. Viết thay: {}{title}.{}{dead_vi}",
            wording::joined(&actors, "và"),
            way.vi
        ),
        format!(
            "“{words}” has been replaced{when_en}. Write instead: {}{title}.{}{dead_en}",
            wording::joined(&actors, "and"),
            way.en
        ),
    );
    fault.doubtful = doubtful || first.confidence == Confidence::Unsure || first.source.contains(wording::PHASED_IN);
    let fault = fault.on(wording::grounds(&first.source, first.confidence));
    if dead.is_some() || chain.last.iter().any(|end| end.confidence < Confidence::Likely) {
        return Some(fault);
    }
    Some(match successor::rewrite(case, &chain) {
        Some((range, words, safe)) => Fault { range, safe, ..fault.suggest(Some(words)) },
        None => fault,
    })
}

/// Whether the new instrument bears the name that the citation gives without a year: "Luật Giáo dục" is right as long
/// as there is a law of that name.
fn bears_name(relation: &Relation, case: &Case<'_>) -> bool {
    let title = case.register.lookup(&relation.from, None).map(|row| row.title.as_str());
    title.is_some() && title == case.instrument().map(|row| row.title.as_str())
}

/// A replacement that is dated and more than a guess.
fn is_clear(relation: &Relation) -> bool {
    relation.date.is_some() && relation.confidence >= Confidence::Likely
}

#[cfg(test)]
mod tests {
    use super::super::super::bench::{draft, judge};

    #[test]
    fn the_last_of_the_chain_is_named() {
        let fault = judge("replaced", "Căn cứ [Thông tư số 10/2010/TT-BGDĐT] ngày 01/3/2010;", "2024-06-01").unwrap();
        assert_eq!(fault.words, "Thông tư số 10/2010/TT-BGDĐT ngày 01/3/2010");
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023"));
        assert!(
            fault.vi.contains("10/2010/TT-BGDĐT → 22/2020/TT-BGDĐT (21/9/2020) → 24/2023/TT-BGDĐT (26/01/2024)"),
            "{}",
            fault.vi
        );
        assert!(
            fault.vi.contains("Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo"),
            "{}",
            fault.vi
        );
        assert!(fault.en.contains("replaced as of 2020-09-21"), "{}", fault.en);
        assert!(fault.basis.contains("điều khoản của 22/2020/TT-BGDĐT"), "{fault:?}");
    }

    #[test]
    fn as_of_a_day_before_the_end_nothing_is_wrong() {
        assert_eq!(judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT]", "2024-01-25"), None);
        assert!(judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT]", "2024-01-26").is_some());
    }

    #[test]
    fn a_number_that_stands_alone_gets_its_replacement() {
        let fault =
            judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT], các trường tự rà soát", "2024-06-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 24/2023/TT-BGDĐT"));
        assert!(fault.safe);
    }

    #[test]
    fn date_issuer_and_title_go_with_the_number() {
        let text =
            "Căn cứ [Thông tư số 22/2020/TT-BGDĐT] ngày 6 tháng 8 năm 2020 của Bộ GDĐT về đánh giá đơn vị học tập;";
        let fault = judge("replaced", text, "2024-06-01").unwrap();
        assert_eq!(
            fault.suggestion.as_deref(),
            Some("Thông tư số 24/2023/TT-BGDĐT ngày 11 tháng 12 năm 2023 của Bộ GDĐT về Công nhận đơn vị học tập")
        );
        let unknown = "theo [Thông tư số 22/2020/TT-BGDĐT] về việc nào đó của trường ta và các trường khác";
        assert_eq!(judge("replaced", unknown, "2024-06-01").unwrap().suggestion, None);
    }

    #[test]
    fn what_short_forms_stand_for_is_not_rewritten_unasked() {
        let text = "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020. Thực hiện Thông tư 22, các trường";
        let found = draft("replaced", text, "2024-06-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].suggestion.is_some() && !found[0].safe, "{found:?}");
    }

    #[test]
    fn amended_in_part_or_told_as_past_is_no_fault() {
        for text in [
            "theo [Thông tư số 21/2018/TT-BGDĐT]",
            "Thông tư này thay thế [Thông tư số 22/2020/TT-BGDĐT].",
            "[Thông tư số 22/2020/TT-BGDĐT] đã được thay thế bởi Thông tư mới",
            "[Thông tư số 11/2022/TT-BGDĐT] ngày 01/7/2022 sửa đổi, bổ sung một số điều của [Thông tư số 22/2020/TT-BGDĐT]",
        ] {
            assert_eq!(judge("replaced", text, "2024-06-01"), None, "{text}");
        }
    }

    #[test]
    fn a_bare_name_is_right_while_a_law_bears_it() {
        for rule in ["replaced", "ended"] {
            assert_eq!(judge(rule, "theo quy định của [Luật Giáo dục=>38/2005/QH11]", "2024-06-01"), None);
        }
        assert!(judge("replaced", "theo [Luật Giao thông đường bộ=>23/2008/QH12]", "2025-06-01").is_some());
        assert!(judge("replaced", "theo [Luật số 38/2005/QH11]", "2024-06-01").is_some());
    }

    #[test]
    fn a_title_of_another_instrument_is_not_rewritten() {
        let text = "theo [Công văn số 6615/UBND-GD] ngày 29/9/2020 về thực hiện [Thông tư số 22/2020/TT-BGDĐT]";
        assert_eq!(judge("replaced", text, "2024-06-01").unwrap().suggestion, None);
    }

    #[test]
    fn several_successors_are_all_named_and_none_is_suggested() {
        let fault = judge("replaced", "theo [Luật số 23/2008/QH12]", "2025-06-01").unwrap();
        assert!(fault.vi.contains("35/2024/QH15") && fault.vi.contains("36/2024/QH15"), "{}", fault.vi);
        assert_eq!(fault.suggestion, None);
    }
}
