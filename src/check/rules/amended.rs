//! # The instrument cited has been amended
//!
//! ## What it does
//! Notes, at the first citation of an instrument in force, which later instruments have amended it by the day of the check;
//! where a provision is cited, whether that provision was amended, or that the register cannot tell which provisions
//! were. Silent where the draft cites the amending instrument itself or says that the instrument was
//! amended, and for laws by their bare name, which means the law
//! as it stands.
//!
//! ## Why
//! The instrument is right; its text may no longer be the one the writer has before him.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020 của Bộ Giáo dục và Đào tạo
//! ```
//!
//! ## Use instead
//! Read the amended text. A preamble that must be exact says so: "… (được sửa đổi, bổ sung bởi Thông tư số …)".
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents: instruments are amended by instruments of the same
//! authority. The fact itself comes from the register; the finding names its source.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::provision::{self, ProvisionChange, Reach};
use super::super::rule::{Rule, Violation};
use super::super::{historical, title, wording};
use crate::law::Force;
use crate::text::one_line;

pub(super) static RULE: Rule = Rule {
    name: "amended",
    title_vi: "đã được sửa đổi, bổ sung",
    severity: Severity::Info,
    law: None,
    yields_to: &["replaced", "ended", "not-yet-in-force", "suspended", "ended-in-part"],
    source: include_str!("amended.rs"),
    page_vi: include_str!("amended.vi.md"),
    judge,
};

/// More acts than these are counted, not named.
const MOST: usize = 4;

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let pinned = !context.citation.pins.is_empty();
    let is_reported_here = pinned || context.is_first_of_instrument();
    if !is_reported_here
        || context.is_bare_name()
        || !context.relies_on_it()
        || (!pinned && !context.reports_instrument_faults())
    {
        return None;
    }
    if matches!(context.force(), Force::Ended | Force::NotYet | Force::Suspended) {
        return None;
    }
    let mut acts: Vec<ProvisionChange<'_>> = provision::acts(context).into_iter().filter(|act| !act.ends).collect();
    if acts.iter().any(|act| matches!(act.reach, Reach::Whole(_) | Reach::Part(_))) {
        acts.retain(|act| act.reach != Reach::Unsaid);
    } else if !context.is_first_of_instrument() {
        return None;
    }
    if historical::called_amended(context.text, context.reading, context.at) {
        return None;
    }
    if acts.is_empty() || acts.iter().any(|act| context.also_cites(&act.relation.from)) {
        return None;
    }
    let words = context.quoted();
    let skip = acts.len().saturating_sub(MOST);
    let named: Vec<String> = acts[skip..]
        .iter()
        .map(|act| {
            let day = act.day.map_or(String::new(), |day| format!(" ({})", figures(day)));
            format!("{}{day}", wording::name_of(&act.relation.from, context))
        })
        .collect();
    let (before_vi, before_en) = match skip {
        0 => (String::new(), String::new()),
        1 => ("một văn bản trước đó và ".to_owned(), "an earlier one and ".to_owned()),
        _ => (format!("{skip} văn bản trước đó và "), format!("{skip} earlier ones and ")),
    };
    let by_vi = format!("{before_vi}{}", wording::joined(&named, "và"));
    let by_en = format!("{before_en}{}", wording::joined(&named, "and"));
    let met = acts.iter().find_map(|act| match &act.reach {
        Reach::Whole(pin) | Reach::Part(pin) => Some(wording::provision(pin)),
        Reach::Unsaid => None,
    });
    let (vi, en) = match (&met, pinned) {
        (Some(pin), _) => (
            format!("{pin} của “{words}” đã được sửa đổi, bổ sung bởi {by_vi}. Đối chiếu với nội dung đã sửa đổi."),
            format!("{pin} of “{words}” was amended by {by_en}. Compare with the amended text."),
        ),
        (None, true) => (
            format!(
                "“{words}” còn hiệu lực nhưng đã được sửa đổi, bổ sung bởi {by_vi}; nguồn không cho biết điều, khoản nào. Hãy đối chiếu điều, khoản được viện dẫn."
            ),
            format!(
                "“{words}” is in force but was amended by {by_en}; the register cannot tell which provision. Compare the provision cited."
            ),
        ),
        (None, false) => (
            format!("“{words}” đã được sửa đổi, bổ sung bởi {by_vi}. Viện dẫn theo văn bản đã sửa đổi, bổ sung."),
            format!("“{words}” was amended by {by_en}. Cite it as amended."),
        ),
    };
    let last = acts.last()?.relation;
    let fault = Violation::new(context, vi, en).on(wording::grounds(&last.source, last.confidence));
    let Some((range, suggestion)) = suggestion(context, &acts).filter(|_| skip == 0) else { return Some(fault) };
    Some(Violation { range, ..fault.propose(Some(suggestion)) })
}

/// The citation with the amending instruments in brackets, where the register knows each of them as a row of its own and
/// the end of the citation is clear.
fn suggestion(context: &RuleContext<'_>, acts: &[ProvisionChange<'_>]) -> Option<(std::ops::Range<usize>, String)> {
    let known = |act: &ProvisionChange<'_>| context.register.lookup(&act.relation.from, None).is_some();
    if context.written().is_none() || context.meant().is_some() || !acts.iter().all(known) {
        return None;
    }
    let (range, _) = title::whole(context)?;
    let names: Vec<String> = acts.iter().map(|act| wording::name_of(&act.relation.from, context)).collect();
    let words = one_line(context.text.get(range.clone())?);
    Some((range, format!("{words} (được sửa đổi, bổ sung bởi {})", wording::joined(&names, "và"))))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn an_amendment_is_noted_once_with_what_to_write() {
        let text =
            "Căn cứ Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020 của Bộ GDĐT;\nTheo Thông tư số 24/2020/TT-BGDĐT.";
        let found = draft("amended", text, "2026-06-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].severity, "info");
        assert_eq!(
            found[0].suggestion.as_deref(),
            Some(
                "Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020 của Bộ GDĐT (được sửa đổi, bổ sung bởi Thông tư số 08/2022/TT-BGDĐT)"
            )
        );
        assert!(!found[0].safe);
        assert_eq!(draft("amended", text, "2022-03-31"), [], "before it was amended");
    }

    #[test]
    fn a_provision_that_was_not_amended_is_right() {
        let met = draft("amended", "theo khoản 2 Điều 9 Quyết định số 77/2019/QĐ-TTg", "2026-06-01");
        assert!(met[0].vi.starts_with("Khoản 2 Điều 9 của"), "{met:?}");
        assert_eq!(draft("amended", "theo Điều 4 Quyết định số 77/2019/QĐ-TTg", "2026-06-01"), []);
    }

    #[test]
    fn who_cites_the_amendment_knows_of_it() {
        let text = "Căn cứ Thông tư số 24/2020/TT-BGDĐT được sửa đổi tại Thông tư số 08/2022/TT-BGDĐT;";
        assert_eq!(draft("amended", text, "2026-06-01"), []);
    }
}
