//! The life of an instrument: the days on which something happened to it, and the line of instruments that it belongs to,
//! from what it replaced to what replaced it.

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::{InstrumentView, RelationView};
use super::identity::{facts, instrument_id, parts, related_only};
use super::instrument::seen_from;
use super::{LibraryError, force_on};
use crate::law::{Date, Force, Key, Treatment};
use crate::register::{Lookup, Register};
use crate::store::Store;

/// How far a line is followed to either side.
const GENERATIONS: usize = 8;
/// How many instruments a line has at most: one instrument may replace dozens.
const MOST_IN_LINE: usize = 60;

/// What happened to an instrument on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Issued,
    Commenced,
    /// Another instrument did something to it: `by` says which and what.
    Treated,
    Ended,
}

/// A day in the life of an instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Moment)]
pub struct TimelineEvent {
    pub date: Date,
    pub event: Event,
    pub by: Option<RelationView>,
}

/// An instrument in the line of those that replaced each other.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Kin)]
pub struct LineageEntry {
    /// How many replacements are between it and the instrument asked about: negative for what came before.
    pub steps: i64,
    /// What it did to, or suffered from, its neighbour in the line, on the side of the instrument asked about.
    pub relation: RelationView,
    /// The number of that neighbour.
    pub nearer: String,
    /// Its own date of issue.
    pub issued: Option<Date>,
    /// As of the day asked about.
    #[schema(value_type = String)]
    pub force: Force,
}

impl InstrumentView {
    /// What happened to it, the earliest first. What is not dated is left out.
    pub fn timeline(&self) -> Vec<TimelineEvent> {
        let own = |date: Option<Date>, event| date.map(|date| TimelineEvent { date, event, by: None });
        let facts = self.facts.as_ref();
        let issued = match facts {
            Some(facts) => facts.issued,
            None => self.documents.iter().find_map(|document| document.date).or(self.issued),
        };
        let mut events: Vec<TimelineEvent> = own(issued, Event::Issued).into_iter().collect();
        events.extend(own(facts.and_then(|facts| facts.commences), Event::Commenced));
        events.extend(own(facts.and_then(|facts| facts.ended), Event::Ended));
        for relation in self.acted_on_by.iter().filter(|relation| relation.treatment.acts()) {
            let event = |date| TimelineEvent { date, event: Event::Treated, by: Some(relation.clone()) };
            events.extend(relation.date.map(event));
        }
        events.sort_by_key(|one| (one.date, one.event));
        events
    }
}

/// The line of replacements that an instrument belongs to, by the register: what it replaced, what that replaced, and
/// so on, the farthest first, then what replaced it. Empty where the register knows of none.
///
/// # Errors
/// The store cannot be read.
pub fn lineage(store: &Store, register: &Register, id: &str, day: Date) -> Result<Vec<LineageEntry>, LibraryError> {
    let id = instrument_id(store, id)?;
    let key = facts(store, register, &id)?.and_then(|facts| facts.key());
    let key = key.or_else(|| related_only(register, &parts(&id).0));
    let Some(key) = key else { return Ok(Vec::new()) };
    let mut line = one_side(register, &key, false, day);
    line.reverse();
    line.extend(one_side(register, &key, true, day));
    Ok(line)
}

/// One side of the line, the nearest first: what replaced the instrument (`forward`), or what it replaced.
fn one_side(register: &Register, key: &Key, forward: bool, day: Date) -> Vec<LineageEntry> {
    let mut line: Vec<LineageEntry> = Vec::new();
    let mut seen = vec![key.clone()];
    let mut level = vec![key.clone()];
    for steps in 1..=GENERATIONS {
        prefetch_ends(register, &level);
        let mut next = Vec::new();
        for at in &level {
            let relations: Vec<_> = if forward {
                register.relations_to(at).map(|relation| (relation, &relation.from)).collect()
            } else {
                register.relations_from(at).map(|relation| (relation, &relation.to)).collect()
            };
            for (relation, end) in relations {
                if relation.treatment != Treatment::Replaces || seen.contains(end) || line.len() == MOST_IN_LINE {
                    continue;
                }
                let row = register.lookup(end, None);
                seen.push(end.clone());
                next.push(end.clone());
                let steps = i64::try_from(steps).unwrap_or(i64::MAX);
                line.push(LineageEntry {
                    steps: if forward { steps } else { -steps },
                    relation: seen_from(relation, end, row),
                    nearer: at.number.to_string(),
                    issued: row.and_then(|row| row.issued).or(end.date()),
                    force: force_on(row, day),
                });
            }
        }
        level = next;
    }
    line
}

/// Fetches at once the rows of a level and of what its relations lead to.
fn prefetch_ends(register: &Register, level: &[Key]) {
    let fetch = |numbers: Vec<String>| {
        register.prefetch(&numbers.iter().map(|folded| Lookup::Number(folded)).collect::<Vec<_>>());
    };
    fetch(level.iter().map(|key| key.number.folded()).collect());
    let of = |key| register.relations_from(key).chain(register.relations_to(key));
    let replaced = level.iter().flat_map(of).filter(|relation| relation.treatment == Treatment::Replaces);
    fetch(replaced.flat_map(|relation| [relation.from.number.folded(), relation.to.number.folded()]).collect());
}
