//! What the texts of the library do to other instruments. A circular that says it replaces another one is as good a
//! source as a row of the register: it is joined to it, with the sentence as its source.

use std::sync::{PoisonError, RwLock};

use super::identity::facts_of;
use super::{LibraryError, today};
use crate::law::{Confidence, Date, Force, Instrument, Key, Locality, Relation};
use crate::register::{Register, StatedRelation};
use crate::store::{ForceOverrides, Store, StoredCitation};

/// What a citation states that its document does, as the register joins it; `None` where an end of it is not known well
/// enough.
pub(super) fn stated_relation(citation: &StoredCitation) -> Option<StatedRelation> {
    let (from, to) = citation.ends()?;
    let by = citing_instrument(citation, &from);
    let provision = (!citation.pins.is_empty()).then(|| citation.pins.join(", "));
    let relation = Relation {
        from,
        treatment: citation.treatment,
        to,
        date: citation.document_commences.or(citation.document_date),
        provision,
        confirmed: None,
        confidence: Confidence::Likely,
        source: citation.sentence.clone(),
    };
    Some(StatedRelation { by, relation })
}

/// The instrument whose text the library has, as its header states it.
fn citing_instrument(citation: &StoredCitation, key: &Key) -> Instrument {
    Instrument {
        number: Some(key.number.clone()),
        kind: citation.document_kind.clone().unwrap_or_default(),
        title: citation.document_title.clone().unwrap_or_default(),
        issuer: citation.document_issuer.clone().unwrap_or_default(),
        locality: citation.document_locality.as_deref().and_then(Locality::new),
        issued: citation.document_date,
        commences: citation.document_commences,
        ended: None,
        force: Force::Unknown,
        force_as_of: None,
        confidence: Confidence::Likely,
        source: citation.path.clone(),
    }
}

/// How many instruments are looked up at once.
const AT_ONCE: usize = 1_000;

/// The forces of the instruments that texts of the library end: the rows stored with the index do not have them. Made
/// when they are first needed, and again on another day.
#[derive(Default)]
pub struct ForcesFromTexts(RwLock<Option<(Date, ForceOverrides)>>);

impl ForcesFromTexts {
    /// The forces as of today.
    ///
    /// # Errors
    /// The store cannot be read; then nothing is kept.
    pub(super) fn today(&self, store: &Store, register: &Register) -> Result<ForceOverrides, LibraryError> {
        let day = today();
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, forces)) = kept.filter(|(of, _)| *of == day) {
            return Ok(forces);
        }
        let mut forces = Vec::new();
        let ended: Vec<String> = store.ended_by_texts()?.into_iter().collect();
        for ids in ended.chunks(AT_ONCE) {
            let names: Vec<&str> = ids.iter().map(String::as_str).collect();
            let rows = facts_of(store, register, &names)?;
            let known = ids.iter().zip(rows).filter_map(|(id, row)| Some((id.clone(), row?.force_on(day))));
            forces.extend(known);
        }
        let forces = ForceOverrides::new(forces.into_iter().collect());
        // Rows that could not be fetched would be missing for the rest of the day.
        if !register.has_failed() {
            *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((day, forces.clone()));
        }
        Ok(forces)
    }
}
