//! # A short form that may stand for several instruments
//!
//! ## What it does
//! Reports a short form ("Thông tư 22", "Kế hoạch 70") for which the draft cites several instruments in full, or the register knows
//! several by that name, and names them. Told once for each short form. Silent where the draft cites exactly one of those that the
//! register knows; a number and its faulty spelling elsewhere in the draft count as one.
//!
//! ## Why
//! The reader has to guess which duty is meant.
//!
//! ## Example
//! ```text
//! Thông tư số 22/2020/TT-BGDĐT … Thông tư số 22/2021/TT-BGDĐT … đánh giá theo Thông tư 22.
//! ```
//!
//! ## Use instead
//! Number and symbol at every mention of the two, or a name defined for each ("sau đây gọi là …").
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: after its first mention a document is cited by kind, number and symbol. Normative
//! documents: Decree 78/2025/NĐ-CP, before it article 75 of Decree 34/2016/NĐ-CP.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::{near_misses, wording};
use crate::cite::MentionKind;
use crate::law::Key;

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-short-form",
    title_vi: "tên viết tắt chỉ nhiều văn bản",
    severity: Severity::Warning,
    law: None,
    yields_to: &[],
    source: include_str!("ambiguous_short_form.rs"),
    page_vi: include_str!("ambiguous_short_form.vi.md"),
    judge,
};

/// More candidates are not named.
const MOST: usize = 4;

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let citation = context.citation;
    if citation.mention.kind != MentionKind::Short || citation.target.is_some() || citation.candidates.len() < 2 {
        return None;
    }
    // "Thông tư số 01/2018" that the draft cites nowhere in full means nothing: `undefined-short-form`.
    if citation.mention.year.is_some() && !citation.candidates.iter().any(|key| context.also_cites(key)) {
        return None;
    }
    if !context.index.is_first_of_short(context.at) {
        return None;
    }
    let candidates = distinct(&citation.candidates);
    // The one of them that the draft cites in full is the one that is meant.
    let cited = candidates.iter().filter(|key| context.index.means(key)).count();
    if candidates.len() < 2 || cited == 1 {
        return None;
    }
    let mut names: Vec<String> = candidates.iter().take(MOST).map(|key| wording::name_of(key, context)).collect();
    if candidates.len() > MOST {
        names.push("…".to_owned());
    }
    let words = context.quoted();
    let fault = Violation::new(
        context,
        format!(
            "“{words}” có thể là {}. Viết đủ số, ký hiệu của văn bản muốn nói đến.",
            wording::joined(&names, "hoặc")
        ),
        format!(
            "“{words}” may be {}. Write number and symbol of the one that is meant.",
            wording::joined(&names, "or")
        ),
    );
    Some(fault.on(context.profile.citing(context.as_of)))
}

/// The candidates without repetition; a number and a faulty spelling of it are one.
fn distinct(candidates: &[Key]) -> Vec<&Key> {
    let mut out: Vec<&Key> = Vec::new();
    for key in candidates {
        match out.iter_mut().find(|known| ***known == *key || near_misses::is_same_misspelt(known, key)) {
            // The spelling that says more is the one to name.
            Some(known) if known.number.as_str().len() < key.number.as_str().len() => *known = key,
            Some(_) => {}
            None => out.push(key),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn the_candidates_are_named_once() {
        let text = "Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020; Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023. Theo Thông tư 24, \
                    các trường làm theo Thông tư 24.";
        let found = draft("ambiguous-short-form", text, "2024-06-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].vi.contains("24/2020/TT-BGDĐT hoặc Thông tư số 24/2023/TT-BGDĐT"), "{}", found[0].vi);
        assert_eq!(draft("ambiguous-short-form", "Thông tư số 24/2020/TT-BGDĐT. Theo Thông tư 24", "2024-06-01"), []);
    }
    #[test]
    fn a_faulty_spelling_is_no_second_candidate() {
        for text in [
            "Nghị quyết số 99-NQ/TW ngày 24/01/2025. Nghị quyết số 99/NQ-TW nêu rõ. Thực hiện Nghị quyết số 99.",
            "Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020. Thông tư số 24/2020/TTBGDĐT nêu rõ. Theo Thông tư 24.",
            "Quyết định số 489/QĐ-TTg ngày 08/4/2020. Quyết định số 489/QĐ nêu rõ. Theo Quyết định 489.",
        ] {
            assert_eq!(draft("ambiguous-short-form", text, "2025-06-01"), [], "{text}");
        }
    }

    #[test]
    fn a_name_with_its_year_names_no_other_year() {
        let text = "Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020 (sau đây gọi là Thông tư 24/2020); Thông tư số 24/2023/TT-BGDĐT \
                    ngày 11/12/2023. Theo Thông tư 24/2020 và Thông tư 24.";
        let found = draft("ambiguous-short-form", text, "2024-06-01");
        assert_eq!(found.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["Thông tư 24"]);
    }
}
