//! What the texts of the library do to other instruments. A circular that says it replaces another one is as good a
//! source as a row of the register: it is joined to it, with the sentence as its source.

use std::sync::PoisonError;

use super::{Library, LibraryError, today};
use crate::law::{Confidence, Force, Instrument, Key, Locality, Relation};
use crate::register::StatedRelation;
use crate::store::{ForceOverrides, StoredCitation, own_number};

/// What a citation that acts says, as the register joins it; `None` where an end of it is not known well enough.
pub(super) fn act(edge: &StoredCitation) -> Option<StatedRelation> {
    let (from, to) = edge.ends()?;
    let by = acting(edge, &from);
    let provision = (!edge.pins.is_empty()).then(|| edge.pins.join(", "));
    let relation = Relation {
        from,
        treatment: edge.treatment,
        to,
        date: edge.document_commences.or(edge.document_date),
        provision,
        confirmed: None,
        confidence: Confidence::Likely,
        source: edge.sentence.clone(),
    };
    Some(StatedRelation { by, relation })
}

impl Library {
    /// The forces today of the instruments that texts of the library end, by `own_number`: the register's rows alone do not
    /// tell them. Nothing where they are not `needed`.
    pub(super) fn told_forces(&self, needed: bool) -> Result<ForceOverrides, LibraryError> {
        let day = today();
        if !needed {
            return Ok(ForceOverrides::default());
        }
        let read = || self.forces.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, told)) = read().filter(|(of, _)| *of == day) {
            return Ok(told);
        }
        let ended = self.store.ended().map_err(|error| LibraryError::of(&self.library, error))?;
        let force = |id: &String| Some((own_number(id), self.facts(id)?.force_on(day)));
        let told = ForceOverrides::new(ended.iter().filter_map(force).collect());
        *self.forces.write().unwrap_or_else(PoisonError::into_inner) = Some((day, told.clone()));
        Ok(told)
    }
}

/// The instrument whose text the library holds, as its header states it.
fn acting(edge: &StoredCitation, key: &Key) -> Instrument {
    Instrument {
        number: Some(key.number.clone()),
        kind: edge.document_kind.clone().unwrap_or_default(),
        title: edge.document_title.clone().unwrap_or_default(),
        issuer: edge.document_issuer.clone().unwrap_or_default(),
        locality: edge.document_locality.as_deref().and_then(Locality::new),
        issued: edge.document_date,
        commences: edge.document_commences,
        ended: None,
        force: Force::Unknown,
        force_as_of: None,
        confidence: Confidence::Likely,
        source: edge.path.clone(),
    }
}
