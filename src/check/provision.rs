//! Force below the level of the instrument: whether the provision a citation points at was amended or ended by the day
//! of the check, or whether the register does not say which provisions were.

use super::context::RuleContext;
use crate::cite;
use crate::law::{Confidence, Date, Pinpoint, Relation, Treatment};
use crate::text::fold;

/// How an act on provisions of an instrument meets what is cited of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// The cited provision as a whole.
    Whole(Pinpoint),
    /// Only a part of the cited provision, which is this.
    Part(Pinpoint),
    /// Some provisions, the register does not say which; or the citation names none.
    Unsaid,
}

/// One act on provisions of the cited instrument.
#[derive(Debug)]
pub(super) struct ProvisionChange<'a> {
    pub relation: &'a Relation,
    /// A day by which it surely held.
    pub since: Date,
    /// The day from which it holds, where the register knows it.
    pub day: Option<Date>,
    /// It takes force away, and does not only change the wording.
    pub ends: bool,
    pub reach: Reach,
}

/// What others did to provisions of the cited instrument by the day of the check, as far as it can concern this citation;
/// nothing that is a mere guess. Changes of provisions that are not cited are left out.
pub(super) fn acts<'a>(context: &RuleContext<'a>) -> Vec<ProvisionChange<'a>> {
    let Some(key) = &context.citation.target else { return Vec::new() };
    let relations = context.register.relations_to(key).filter(|relation| relation.confidence >= Confidence::Likely);
    let mut acts: Vec<ProvisionChange<'a>> = relations
        .filter_map(|relation| {
            let (since, day) = since(relation, context).filter(|_| can_touch(relation))?;
            let provision = relation.provision.as_deref().unwrap_or_default();
            let ends = ends(relation.treatment, provision);
            let amends = relation.treatment == Treatment::Amends && !ends;
            let reach = (ends || amends).then(|| reach(provision, &context.citation.pins)).flatten()?;
            Some(ProvisionChange { relation, since, day, ends, reach })
        })
        .collect();
    acts.sort_by_key(|act| act.since);
    acts
}

/// Whether the acting instrument is of a rank that can touch the other: no decree amends a law (Law 64/2025/QH15). A row that
/// says so has taken a name for another.
fn can_touch(relation: &Relation) -> bool {
    let of_assembly =
        |key: &crate::law::Key| key.number.parts().any(|part| part.starts_with("QH") || part.starts_with("UBTVQH"));
    of_assembly(&relation.from) || !of_assembly(&relation.to)
}

/// The day from which the act holds, if it did by the day of the check; with it, the same day where it is more than the day on
/// which the acting instrument was issued. Without a day of its own an act holds from when its instrument commenced.
fn since(relation: &Relation, context: &RuleContext<'_>) -> Option<(Date, Option<Date>)> {
    let acting = || context.register.lookup(&relation.from, None);
    let day = relation.date.or_else(|| acting()?.commences);
    let since = day.or_else(|| acting()?.issued).filter(|since| *since <= context.as_of)?;
    Some((since, day))
}

/// Whether an act on a provision takes its force away: "Điều 5 bị bãi bỏ", but not "sửa đổi, bổ sung, bãi bỏ", which does
/// not say what happened to which.
fn ends(treatment: Treatment, provision: &str) -> bool {
    let words = fold(provision);
    let said = |word: &str| words.contains(word);
    match treatment {
        Treatment::Replaces | Treatment::Repeals => !provision.is_empty() && !said("tru "),
        Treatment::Amends => (said("bai bo") || said("huy bo")) && !said("sua doi") && !said("bo sung"),
        _ => false,
    }
}

/// `None` where the act is on other provisions than those cited.
fn reach(provision: &str, cited: &[Pinpoint]) -> Option<Reach> {
    let named = cite::provisions(provision);
    if cited.is_empty() || named.pins.is_empty() {
        return Some(Reach::Unsaid);
    }
    // "khoản 3 Điều 41 (một phần)": what is named is touched, but not the whole of it.
    let whole = |pin: &&Pinpoint| named.pins.iter().any(|act| act.covers(pin));
    if let Some(pin) = cited.iter().find(whole) {
        return Some(if named.complete { Reach::Whole(pin.clone()) } else { Reach::Part(pin.clone()) });
    }
    let part = named.pins.iter().find(|act| cited.iter().any(|pin| pin.covers(act)));
    match part {
        Some(pin) => Some(Reach::Part(pin.clone())),
        None if named.complete => None,
        None => Some(Reach::Unsaid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(text: &str) -> Pinpoint {
        cite::provisions(text).pins.remove(0)
    }

    #[test]
    fn an_act_meets_what_is_cited() {
        for (provision, cited, expected) in [
            ("Điều 5", "khoản 2 Điều 5", Some(Reach::Whole(pin("khoản 2 Điều 5")))),
            ("khoản 2 Điều 5", "Điều 5", Some(Reach::Part(pin("khoản 2 Điều 5")))),
            ("khoản 2 Điều 5", "khoản 3 Điều 5", None),
            ("Điều 4-9", "khoản 1 Điều 7", Some(Reach::Whole(pin("khoản 1 Điều 7")))),
            ("5.2", "điểm a khoản 2 Điều 5", Some(Reach::Whole(pin("điểm a khoản 2 Điều 5")))),
            ("một số nội dung được sửa đổi", "Điều 5", Some(Reach::Unsaid)),
            ("Điều 1, 2 và Phụ lục của Chuẩn", "Điều 9", Some(Reach::Unsaid)),
            ("khoản 3 Điều 41 (một phần)", "khoản 3 Điều 41", Some(Reach::Part(pin("khoản 3 Điều 41")))),
        ] {
            assert_eq!(reach(provision, &cite::provisions(cited).pins), expected, "{provision} / {cited}");
        }
        assert_eq!(reach("Điều 5", &[]), Some(Reach::Unsaid));
    }

    #[test]
    fn an_act_that_takes_force_away_is_told_from_an_amendment() {
        assert!(ends(Treatment::Repeals, "Điều 5"));
        assert!(ends(Treatment::Amends, "một số nội dung bị bãi bỏ"));
        assert!(!ends(Treatment::Amends, "một số nội dung được sửa đổi, bổ sung, bãi bỏ"));
        assert!(!ends(Treatment::Replaces, "trừ một số quy định"));
        assert!(!ends(Treatment::Repeals, ""));
    }
}
