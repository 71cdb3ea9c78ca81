//! Rows and what texts say, joined: everything that is known of one number.

use super::Symbols;
use super::lookup::{LookupResult, StatedRelation, is_same, meant_by};
use crate::law::{Confidence, Date, Force, Instrument, Key, Relation};

/// Instruments and relations, those of rows and those of texts alike.
#[derive(Debug, Default)]
pub(super) struct MergedRows {
    pub(super) instruments: Vec<Instrument>,
    pub(super) relations: Vec<Relation>,
}

impl MergedRows {
    /// Joins stated relations to rows. An instrument without a row whose text states one becomes known by its text. Where
    /// a text ends another instrument as a whole and its row gives no end, it is ended from that day on; one without
    /// a row becomes known by it.
    pub(super) fn of(found: LookupResult, symbols: &Symbols) -> MergedRows {
        let mut rows = MergedRows { instruments: found.instruments, relations: found.relations };
        for stated in &found.stated {
            if rows.meant_by(&stated.relation.from).is_none() {
                rows.add(stated.by.clone());
            }
        }
        for StatedRelation { relation, .. } in found.stated {
            let (to, date, source) = (relation.to.clone(), relation.date, relation.source.clone());
            let ends = relation.treatment.ends() && relation.provision.is_none();
            if rows.relations.iter().any(|known| is_same(known, &relation)) {
                continue;
            }
            rows.relations.push(relation);
            if !ends {
                continue;
            }
            let known = rows.meant_by(&to).map(Instrument::id);
            let has_number = rows.of_number(&to).next().is_some();
            match known.and_then(|id| rows.instruments.iter_mut().find(|one| one.id() == id)) {
                Some(instrument) if instrument.ended.is_none() && instrument.force != Force::Ended => {
                    instrument.force = Force::Ended;
                    instrument.ended = date;
                    instrument.force_as_of = date;
                }
                None if !has_number => rows.add(ended_by(&to, date, source, symbols)),
                Some(_) | None => {}
            }
        }
        rows
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

    fn meant_by(&self, key: &Key) -> Option<&Instrument> {
        meant_by(self.of_number(key), key, None)
    }
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
