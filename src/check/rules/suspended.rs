//! # The instrument cited is suspended
//!
//! ## What it does
//! Reports a citation of an instrument whose effect is suspended on the day of the check: the register gives that state, or
//! an act that suspends it as a whole and no later evidence that it goes on.
//!
//! ## Why
//! While it is suspended, an instrument binds nobody, though it has not ended and may come back.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 09/2022/TT-BGDĐT ngày 30/5/2022 của Bộ Giáo dục và Đào tạo;    (suspended by a later circular)
//! ```
//!
//! ## Use instead
//! Cite what governs the matter meanwhile, or say that the instrument is suspended ("đang ngưng hiệu lực").
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: suspension of the effect of an
//! instrument. The fact itself comes from the register; the finding names its source.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::law::{Confidence, Force, Treatment};

pub(super) static RULE: Rule = Rule {
    name: "suspended",
    title_vi: "đang ngưng hiệu lực",
    severity: Severity::Warning,
    law: None,
    yields_to: &["replaced", "ended", "not-yet-in-force"],
    source: include_str!("suspended.rs"),
    page_vi: include_str!("suspended.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let row = context.instrument();
    let act = context.relations_to_instrument(Treatment::Suspends).into_iter().find(|act| {
        // What is known to be in force after the act has come back.
        let resumed = row.is_some_and(|row| {
            row.force == Force::InForce && row.force_as_of.zip(act.date).is_some_and(|(seen, day)| seen > day)
        });
        act.confidence >= Confidence::Likely && act.date.is_some() && !resumed
    });
    let over = matches!(context.force(), Force::Ended | Force::NotYet);
    if over || (act.is_none() && context.force() != Force::Suspended) || !context.reports_instrument_faults() {
        return None;
    }
    let words = context.quoted();
    let (by_vi, by_en, basis) = match (act, row) {
        (Some(act), _) => {
            let actor = wording::actor(act, context);
            let day = act.date.unwrap_or(context.as_of);
            (
                format!(" từ ngày {} theo {actor}", figures(day)),
                format!(" since {day} by {actor}"),
                wording::grounds(&act.source, act.confidence),
            )
        }
        (None, Some(row)) => (String::new(), String::new(), wording::evidence(row)),
        (None, None) => return None,
    };
    let fault = Violation::new(
        context,
        format!(
            "“{words}” đang ngưng hiệu lực{by_vi}. Viện dẫn văn bản đang điều chỉnh việc đó, hoặc ghi rõ là đang ngưng hiệu lực."
        ),
        format!("“{words}” is suspended{by_en}. Cite what governs the matter meanwhile, or say that it is suspended."),
    );
    Some(fault.on(basis))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::judge;

    #[test]
    fn a_suspension_is_told_by_state_and_by_act() {
        let by_state = judge("suspended", "theo [Thông tư số 09/2022/TT-BGDĐT]", "2024-06-01").unwrap();
        assert!(by_state.vi.contains("đang ngưng hiệu lực."), "{}", by_state.vi);
        let by_act = judge("suspended", "theo [Thông tư số 08/2022/TT-BGDĐT]", "2024-06-01").unwrap();
        assert!(by_act.vi.contains("từ ngày 01/02/2023 theo"), "{}", by_act.vi);
        assert_eq!(judge("suspended", "theo [Thông tư số 08/2022/TT-BGDĐT]", "2023-01-31"), None);
        assert_eq!(judge("suspended", "theo [Thông tư số 24/2023/TT-BGDĐT]", "2024-06-01"), None);
    }
}
