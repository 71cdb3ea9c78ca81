//! Everything that is known of one number, from rows and from texts, joined.

use crate::law::{Confidence, Date, Force, Instrument, Key, Locality, Relation};

use super::Symbols;
use super::in_memory::is_same;

/// What was found for a question, not yet joined.
#[derive(Debug, Clone, Default)]
pub struct LookupResult {
    pub instruments: Vec<Instrument>,
    pub relations: Vec<Relation>,
    pub acts: Vec<StatedRelation>,
}

/// What the text of one instrument says it does to another.
#[derive(Debug, Clone)]
pub struct StatedRelation {
    /// The instrument whose text says so, as its header states it.
    pub by: Instrument,
    pub relation: Relation,
}

/// The instruments and relations of one number.
#[derive(Debug, Default)]
pub(super) struct MergedRows {
    pub instruments: Vec<Instrument>,
    pub relations: Vec<Relation>,
}

impl MergedRows {
    /// Joins acts to rows. An instrument whose text acts and that has no row becomes known by its text. Where an act
    /// ends another instrument as a whole and its row knows of no end, it is ended from that day on; one without a row
    /// becomes known by it.
    pub fn of(found: LookupResult, symbols: &Symbols) -> MergedRows {
        let mut holding = MergedRows { instruments: found.instruments, relations: found.relations };
        for act in &found.acts {
            if holding.lookup(&act.relation.from).is_none() {
                holding.add(act.by.clone());
            }
        }
        for StatedRelation { relation, .. } in found.acts {
            let (to, date, source) = (relation.to.clone(), relation.date, relation.source.clone());
            let ends = relation.treatment.ends() && relation.provision.is_none();
            if holding.relations.iter().any(|known| is_same(known, &relation)) {
                continue;
            }
            holding.relations.push(relation);
            if !ends {
                continue;
            }
            let known = holding.lookup(&to).map(Instrument::id);
            let borne = holding.of_number(&to).next().is_some();
            match known.and_then(|id| holding.instruments.iter_mut().find(|one| one.id() == id)) {
                Some(instrument) if instrument.ended.is_none() && instrument.force != Force::Ended => {
                    instrument.force = Force::Ended;
                    instrument.ended = date;
                    instrument.force_as_of = date;
                }
                None if !borne => holding.add(ended_by(&to, date, source, symbols)),
                Some(_) | None => {}
            }
        }
        holding
    }

    fn add(&mut self, instrument: Instrument) {
        let id = instrument.id();
        if self.instruments.iter().all(|one| one.id() != id) {
            self.instruments.push(instrument);
        }
    }

    fn of_number(&self, key: &Key) -> impl Iterator<Item = &Instrument> {
        let folded = key.number.folded();
        self.instruments.iter().filter(move |one| one.number.as_ref().is_some_and(|number| number.folded() == folded))
    }

    fn lookup(&self, key: &Key) -> Option<&Instrument> {
        lookup(self.of_number(key), key, None)
    }
}

/// The one of the instruments of a number that a key means.
pub(super) fn lookup<'r>(
    rows: impl Iterator<Item = &'r Instrument>,
    key: &Key,
    locality: Option<&Locality>,
) -> Option<&'r Instrument> {
    let mut fitting = rows.filter(|instrument| {
        (key.date().is_none()
            || instrument.number.as_ref().is_some_and(|number| number.year().is_some())
            || instrument.issued == key.date())
            && match (&instrument.locality, locality) {
                (Some(ours), Some(theirs)) => ours == theirs,
                _ => true,
            }
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Two keys of one number mean the same unless both state a date and the dates differ.
pub(super) fn same(a: &Key, b: &Key) -> bool {
    a.date().is_none() || b.date().is_none() || a.date() == b.date()
}

/// An instrument known only because another one ended it.
fn ended_by(key: &Key, date: Option<Date>, source: String, symbols: &Symbols) -> Instrument {
    let kind = key.number.parts().next().and_then(|head| symbols.kinds_of_abbr(head).next());
    Instrument {
        number: Some(key.number.clone()),
        kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        title: String::new(),
        issuer: String::new(),
        locality: None,
        issued: key.date(),
        commences: None,
        ended: date,
        force: Force::Ended,
        force_as_of: date,
        confidence: Confidence::Likely,
        source,
    }
}
