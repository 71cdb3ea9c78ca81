//! What the texts of the library do to other instruments. A circular that says it replaces another one is as good a
//! source as a row of the register: it is joined to it, with the sentence as its source.

use crate::index::EdgeEntry;
use crate::law::{Confidence, Force, Instrument, Key, Locality, Relation};
use crate::register::Register;

/// Joins the acts found in the library's texts to the register: relations, and the acting instruments that it does
/// not know.
pub(super) fn learn(register: &mut Register, acts: &[EdgeEntry]) {
    for act in acts {
        let Some(from) = own_key(act) else { continue };
        let Some(to) = act.key.as_deref().and_then(Key::parse).filter(|to| *to != from && to.is_complete()) else {
            continue;
        };
        if register.lookup(&from, None).is_none() {
            register.add_instrument(acting(act, &from));
        }
        let provision = (!act.pins.is_empty()).then(|| act.pins.join(", "));
        register.learn(Relation {
            from,
            treatment: act.treatment,
            to,
            date: act.document_commences.or(act.document_date),
            provision,
            confidence: Confidence::Likely,
            source: act.sentence.clone(),
        });
    }
}

fn own_key(act: &EdgeEntry) -> Option<Key> {
    let number = act.document_number.as_deref().and_then(crate::law::Number::parse)?;
    Some(Key::new(number, act.document_date)).filter(Key::is_complete)
}

/// The instrument whose text the library holds, as its header states it.
fn acting(act: &EdgeEntry, key: &Key) -> Instrument {
    Instrument {
        number: Some(key.number.clone()),
        kind: act.document_kind.clone().unwrap_or_default(),
        title: act.document_title.clone().unwrap_or_default(),
        issuer: act.document_issuer.clone().unwrap_or_default(),
        locality: act.document_locality.as_deref().and_then(Locality::new),
        issued: act.document_date,
        commences: act.document_commences,
        ended: None,
        force: Force::Unknown,
        force_as_of: None,
        confidence: Confidence::Likely,
        source: act.path.clone(),
    }
}
