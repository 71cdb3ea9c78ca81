//! # The instrument cited is no longer in force
//!
//! ## What it does
//! Reports a citation of an instrument that has ended by the day of the check and that no other instrument replaced
//! as a whole (for those see `replaced`). It says since when and, where the register knows, by what act. An
//! instrument that has only been amended, or ended in part, is not reported.
//!
//! ## Why
//! What has ended binds nobody: a basis line that rests on it is void, and a duty taken from it cannot be enforced.
//!
//! ## Example
//! ```text
//! Thực hiện Thông tư số 01/2000/TT-BGDĐT ngày 01/3/2000, nhà trường …
//! ```
//!
//! ## Use instead
//! Leave the citation out, cite the instrument that governs the matter today, or say that it has ended where the
//! text tells what was: "(đã hết hiệu lực từ ngày …)".
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: an instrument ends with the
//! term it states, when it is replaced, when it is repealed, and when the instrument it implements ends. The fact
//! itself comes from the register; the finding names its source and how certain it is.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::succession::Succession;
use super::super::wording;
use crate::law::{Confidence, Force, Treatment};

pub(super) static RULE: Rule = Rule {
    name: "ended",
    title_vi: "đã hết hiệu lực",
    severity: Severity::Error,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, chương về hiệu lực của văn bản",
        "Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect",
    )),
    yields_to: &[],
    source: include_str!("ended.rs"),
    page_vi: include_str!("ended.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let instrument = context.instrument()?;
    // What was replaced is reported by `replaced`, or is right as it is: a law's name that its successor has.
    let replaced = !Succession::of(context).last.is_empty();
    if context.force() != Force::Ended || replaced || !context.reports_instrument_faults() {
        return None;
    }
    let when_vi = match instrument.ended {
        Some(day) => format!("từ ngày {}", figures(day)),
        None => "(chưa rõ từ ngày nào)".to_owned(),
    };
    let when_en = match instrument.ended {
        Some(day) => format!("ended on {day}"),
        None => "has ended (the day is not known)".to_owned(),
    };
    let actors: Vec<String> = context
        .relations_to_instrument(Treatment::Repeals)
        .into_iter()
        .map(|act| wording::actor(act, context))
        .collect();
    let (by_vi, by_en) = match actors.as_slice() {
        [] => (String::new(), String::new()),
        actors => (
            format!(", bị bãi bỏ bởi {}", wording::joined(actors, "và")),
            format!(", repealed by {}", wording::joined(actors, "and")),
        ),
    };
    let words = context.quoted();
    let mut fault = Violation::new(
        context,
        format!(
            "“{words}” đã hết hiệu lực {when_vi}{by_vi}. Bỏ viện dẫn này hoặc viện dẫn văn bản đang quy định về việc đó."
        ),
        format!(
            "“{words}” {when_en}{by_en}. Leave the citation out, or cite the instrument that governs the matter today."
        ),
    )
    .on(wording::evidence(instrument));
    fault.doubtful = instrument.confidence == Confidence::Unsure;
    Some(fault)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{findings, judge};

    #[test]
    fn an_end_is_told_with_its_day_and_act() {
        let fault = judge("ended", "theo [Thông tư số 05/2011/TT-BGDĐT] ngày 10/02/2011", "2024-06-01").unwrap();
        assert!(
            fault.vi.contains("hết hiệu lực từ ngày 01/01/2020, bị bãi bỏ bởi Quyết định số 77/2019/QĐ-TTg"),
            "{}",
            fault.vi
        );
        assert!(fault.en.contains("ended on 2020-01-01, repealed by"), "{}", fault.en);
        assert_eq!(judge("ended", "theo [Thông tư số 05/2011/TT-BGDĐT]", "2019-12-31"), None);
    }

    #[test]
    fn an_end_without_a_day_says_so() {
        let fault = judge("ended", "theo [Thông tư số 06/2011/TT-BGDĐT]", "2026-06-01").unwrap();
        assert!(fault.vi.contains("chưa rõ từ ngày nào") && fault.basis.contains("đến 01/5/2026"), "{fault:?}");
    }

    #[test]
    fn ended_in_part_is_no_fault() {
        assert_eq!(judge("ended", "theo [Thông tư số 21/2018/TT-BGDĐT]", "2024-06-01"), None);
    }

    #[test]
    fn a_local_number_is_judged_by_its_place_or_date() {
        assert_eq!(judge("ended", "theo [Quyết định số 12/2020/QĐ-UBND]", "2024-06-01"), None);
        assert!(judge("ended", "theo [Quyết định số 12/2020/QĐ-UBND] ngày 25/6/2020", "2024-06-01").is_some());
    }

    #[test]
    fn what_was_replaced_is_told_once() {
        let rules = findings("theo [Thông tư số 22/2020/TT-BGDĐT] ngày 06/8/2020", "2024-06-01");
        assert_eq!(rules, ["replaced"]);
    }
}
