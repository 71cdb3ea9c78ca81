//! # The provision cited is no longer in force
//!
//! ## What it does
//! Reports a citation of an article, clause or point that a later instrument repealed or replaced while the rest goes on: a
//! warning. Where only a part of the cited provision ended, where the whole instrument is cited and parts of it are
//! known to have ended, or where the register does not say which provision ended, it is a note. An instrument that the
//! register merely marks as "in part" is not reported: that mark also covers what was amended.
//!
//! ## Why
//! A draft that rests on a repealed clause of an instrument in force looks right at every check of numbers.
//!
//! ## Example
//! ```text
//! theo Điều 5 Nghị định số 61/2006/NĐ-CP ngày 20/6/2006 của Chính phủ    (Điều 5 repealed from 07/7/2026)
//! ```
//!
//! ## Use instead
//! Cite the provision that governs the matter now, or leave the provision out.
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: an instrument may end in part. The
//! fact itself is a relation of the register that names the provision; the finding names its source.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::provision::{self, ProvisionChange, Reach};
use super::super::rule::{Rule, Violation};
use super::super::{historical, wording};
use crate::law::Force;

pub(super) static RULE: Rule = Rule {
    name: "ended-in-part",
    title_vi: "hết hiệu lực một phần",
    severity: Severity::Warning,
    law: None,
    yields_to: &["replaced", "ended", "not-yet-in-force", "suspended"],
    source: include_str!("ended_in_part.rs"),
    page_vi: include_str!("ended_in_part.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let pinned = !context.citation.pins.is_empty();
    if !context.relies_on_it()
        || (!pinned && !context.reports_instrument_faults())
        || (!pinned && !context.is_first_of_instrument())
    {
        return None;
    }
    if matches!(context.force(), Force::Ended | Force::NotYet) {
        return None;
    }
    let acts: Vec<ProvisionChange<'_>> = provision::acts(context).into_iter().filter(|act| act.ends).collect();
    // The cited provision itself first, then a part of it, then what the register cannot place.
    let rank = |act: &&ProvisionChange<'_>| match act.reach {
        Reach::Whole(_) => 0,
        Reach::Part(_) => 1,
        Reach::Unsaid => 2,
    };
    let act = acts.iter().min_by_key(rank)?;
    // A bare name means the law as it is now; a change of unknown place is reported once.
    let stale = context.is_bare_name() || !context.is_first_of_instrument();
    if act.reach == Reach::Unsaid && (stale || historical::called_amended(context.text, context.reading, context.at)) {
        return None;
    }
    let words = context.quoted();
    let actor = wording::actor(act.relation, context);
    let day_vi = act.day.map_or(String::new(), |day| format!(" từ ngày {}", figures(day)));
    let (on_en, since_en) = match act.day {
        Some(day) => (format!(" ended on {day}"), format!(" since {day}")),
        None => (" has ended".to_owned(), String::new()),
    };
    let said = act.relation.provision.as_deref().unwrap_or_default();
    let (vi, en) = match &act.reach {
        Reach::Whole(pin) => (
            format!(
                "{} của “{words}” đã hết hiệu lực{day_vi} theo {actor}. Viện dẫn quy định đang có hiệu lực.",
                wording::provision(pin)
            ),
            format!("{} of “{words}”{on_en} by {actor}. Cite the provision in force.", wording::provision(pin)),
        ),
        Reach::Part(pin) => (
            format!(
                "{} của “{words}” đã hết hiệu lực{day_vi} theo {actor} ({said}). Kiểm tra phần còn lại có đúng nội dung viện dẫn không.",
                wording::provision(pin)
            ),
            format!(
                "{} of “{words}”{on_en} by {actor} ({said}). Check that what is cited still stands.",
                wording::provision(pin)
            ),
        ),
        Reach::Unsaid if pinned => (
            format!(
                "“{words}” đã hết hiệu lực một phần{day_vi} theo {actor} ({said}); nguồn không cho biết điều, khoản nào. Hãy đối chiếu điều, khoản được viện dẫn."
            ),
            format!(
                "“{words}” has ended in part{since_en} by {actor} ({said}); the register cannot tell which provision. Compare the provision cited."
            ),
        ),
        Reach::Unsaid => (
            format!("“{words}” đã hết hiệu lực một phần{day_vi} theo {actor} ({said})."),
            format!("“{words}” has ended in part{since_en} by {actor} ({said})."),
        ),
    };
    let whole = matches!(act.reach, Reach::Whole(_));
    Some(
        Violation::new(context, vi, en)
            .on(wording::grounds(&act.relation.source, act.relation.confidence))
            .noted_if(!whole),
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn the_cited_provision_decides() {
        let rules = |text: &str, day: &str| -> Vec<(String, bool)> {
            draft("ended-in-part", text, day).into_iter().map(|one| (one.severity, one.vi.contains("Điều 5"))).collect()
        };
        for (text, severity) in [
            ("theo Điều 5 Thông tư số 21/2018/TT-BGDĐT ngày 24/8/2018", "warning"),
            ("theo khoản 2 Điều 5 Thông tư số 21/2018/TT-BGDĐT", "warning"),
            ("theo Thông tư số 21/2018/TT-BGDĐT ngày 24/8/2018", "info"),
        ] {
            let found = rules(text, "2024-06-01");
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].0, severity, "{text}");
            assert!(found[0].1, "{text}");
            assert_eq!(rules(text, "2024-01-25"), [], "before that day: {text}");
        }
        assert_eq!(rules("theo Điều 6 Thông tư số 21/2018/TT-BGDĐT", "2024-06-01"), []);
        assert_eq!(rules("Bãi bỏ Điều 5 Thông tư số 21/2018/TT-BGDĐT ngày 24/8/2018.", "2024-06-01"), []);
    }

    #[test]
    fn a_part_of_what_is_cited_and_what_cannot_be_placed_are_notes() {
        let part = draft("ended-in-part", "theo Điều 7 Quyết định số 77/2019/QĐ-TTg", "2024-06-01");
        assert_eq!((part[0].severity.as_str(), part[0].vi.contains("Khoản 1 Điều 7")), ("info", true), "{part:?}");
        let unsaid = draft("ended-in-part", "theo Điều 3 Thông tư số 33/2021/TT-BGDĐT", "2024-06-01");
        assert_eq!(unsaid[0].severity, "info");
        assert!(unsaid[0].vi.contains("không cho biết điều, khoản nào"), "{}", unsaid[0].vi);
        assert!(unsaid[0].en.contains("cannot tell which provision"), "{}", unsaid[0].en);
    }

    #[test]
    fn no_day_is_told_where_none_is_known() {
        let found = draft("ended-in-part", "theo khoản 2 Điều 5 Quyết định số 77/2019/QĐ-TTg", "2024-06-01");
        assert!(found[0].vi.contains("đã hết hiệu lực theo Thông tư số 40/2020/TT-BTC"), "{}", found[0].vi);
        assert!(found[0].en.contains("has ended by Thông tư"), "{}", found[0].en);
    }

    #[test]
    fn the_mark_in_part_alone_says_nothing() {
        assert_eq!(draft("ended-in-part", "theo Luật Giáo dục số 43/2019/QH14", "2024-06-01"), []);
    }
}
