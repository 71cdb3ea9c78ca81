//! From an instrument that was replaced to what to cite now: the chain of replacements, and how it ends.

use super::context::RuleContext;
use super::date_style::figures;
use super::wording;
use crate::law::{Confidence, Date, Force, Relation, Treatment};
use crate::text::Message;

/// The way from an instrument to what took its place by the day of the check.
#[derive(Debug, Default)]
pub(super) struct Succession<'a> {
    /// Each step on which exactly one instrument replaced the one before, nearest first.
    pub way: Vec<&'a Relation>,
    /// What to cite now: the last of the way, or all those that replaced it at once.
    pub last: Vec<&'a Relation>,
}

impl<'a> Succession<'a> {
    pub fn of(context: &RuleContext<'a>) -> Succession<'a> {
        let Some(key) = &context.citation.target else { return Succession::default() };
        let way = context.register.successors(key, context.as_of);
        let end = way.last().map_or(key, |relation| &relation.from);
        let fork: Vec<&Relation> = context
            .register
            .relations_to(end)
            .filter(|relation| {
                relation.treatment == Treatment::Replaces
                    && relation.provision.is_none()
                    && relation.date.is_none_or(|date| date <= context.as_of)
                    && relation.from != *key
                    && way.iter().all(|step| step.from != relation.from)
            })
            .collect();
        let last = if fork.len() > 1 { fork } else { way.last().copied().into_iter().collect() };
        Succession { way, last }
    }

    /// The step that ended the instrument itself.
    pub fn first(&self) -> Option<&'a Relation> {
        self.way.first().or(self.last.first()).copied()
    }

    /// Whether every step is certain enough to write its end into a draft automatically: one successor at each, each compared
    /// with its source, and the last of them in force by a row that was compared as well.
    pub fn is_certain(&self, context: &RuleContext<'_>) -> bool {
        let [end] = self.last.as_slice() else { return false };
        let sure = |step: &&Relation| {
            step.confidence >= Confidence::Verified && step.date.is_some() && !is_phased(step, context.as_of)
        };
        let stands =
            context.register.lookup(&end.from, None).filter(|row| row.confidence >= Confidence::Verified).is_some_and(
                |row| !matches!(row.force_on(context.as_of), Force::Ended | Force::NotYet | Force::Suspended),
            );
        !self.way.is_empty() && self.way.iter().all(sure) && sure(end) && stands
    }

    /// Whether the step that ended the instrument itself is still on its way on a day.
    pub fn is_phased(&self, day: Date) -> bool {
        self.first().is_some_and(|step| is_phased(step, day))
    }

    /// The day of the last step, where the instrument itself was replaced in steps and the register knows when it ended.
    pub fn last_step(&self) -> Option<Date> {
        self.first()?.source.split("; ").filter_map(|part| part.strip_prefix(wording::PHASED_IN)).find_map(last_step)
    }

    /// Where the chain has more than one step, the way it goes: `22/2020/TT-BGDĐT → 24/2023/TT-BGDĐT (26/01/2024)`.
    pub fn shown(&self, context: &RuleContext<'_>) -> Message {
        let fork = self.last.len() > 1;
        if self.way.len() + usize::from(fork) < 2 {
            return Message::new("", "");
        }
        let Some(key) = &context.citation.target else { return Message::new("", "") };
        let mut vi = format!(" Chuỗi thay thế: {}", key.number);
        let mut en = format!(" The chain: {}", key.number);
        for step in &self.way {
            let day = |text: String| if text.is_empty() { text } else { format!(" ({text})") };
            vi.push_str(&format!(" → {}{}", step.from.number, day(step.date.map(figures).unwrap_or_default())));
            en.push_str(&format!(
                " → {}{}",
                step.from.number,
                day(step.date.map(|d| d.to_string()).unwrap_or_default())
            ));
        }
        if fork {
            let ends: Vec<String> = self.last.iter().map(|relation| relation.from.number.to_string()).collect();
            vi.push_str(&format!(" → {}", wording::joined(&ends, "và")));
            en.push_str(&format!(" → {}", wording::joined(&ends, "and")));
        }
        Message::new(format!("{vi}."), format!("{en}."))
    }

    /// Where the last of the chain has itself ended without a successor, a word of warning.
    pub fn dead_end(&self, context: &RuleContext<'_>) -> Option<Message> {
        let [end] = self.last.as_slice() else { return None };
        let row = context.register.lookup(&end.from, None)?;
        (row.force_on(context.as_of) == Force::Ended).then(|| {
            Message::new(
                format!(
                    " Văn bản này cũng đã hết hiệu lực{}.",
                    row.ended.map_or(String::new(), |day| format!(" từ ngày {}", figures(day)))
                ),
                format!(" That one has ended as well{}.", row.ended.map_or(String::new(), |day| format!(" on {day}"))),
            )
        })
    }
}

/// Whether a replacement takes effect step by step and the last of the steps has not come by a day. The register marks it
/// "phased in", with the day of the last step where it is known: "phased in until 2024-09-05".
fn is_phased(relation: &Relation, day: Date) -> bool {
    let steps = relation.source.split("; ").filter_map(|part| part.strip_prefix(wording::PHASED_IN));
    steps.map(last_step).any(|last| last.is_none_or(|last| day < last))
}

fn last_step(mark: &str) -> Option<Date> {
    mark.strip_prefix(" until ").and_then(|last| last.trim().parse().ok())
}
