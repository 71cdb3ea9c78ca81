//! Which instrument an id means. The place belongs to the identity of a local instrument, but is not always
//! written: unknown merges with the one place that is known, never with one of several.

use std::collections::BTreeSet;

use super::LibraryError;
use crate::law::{Instrument, Key};
use crate::register::Register;
use crate::store::{Place, Store};

/// An id taken apart: `70-kh-ubnd-2022-03-25.quang-yen`.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// The id without the place.
    pub base: String,
    /// The place asked for.
    pub asked: Option<String>,
    /// All places that are known to have an instrument of this number and date.
    pub places: BTreeSet<String>,
}

impl Identity {
    /// Which entries of the index are meant.
    pub fn place(&self) -> Place {
        match &self.asked {
            None => Place::Any,
            Some(slug) => Place::Of { slug: slug.clone(), or_unknown: self.places.iter().all(|place| place == slug) },
        }
    }

    /// Whether this id, with a place or without, means the same instrument.
    pub fn is(&self, id: &str) -> bool {
        let (base, place) = id.split_once('.').unwrap_or((id, ""));
        base == self.base && self.place().holds(place)
    }

    /// Which citations count for this instrument and no other: where several may be meant, those that name no place.
    pub fn own_place(&self) -> Place {
        if self.is_ambiguous() { Place::Of { slug: String::new(), or_unknown: false } } else { self.place() }
    }

    /// The id with its place, where only one place has the number.
    pub fn id(&self) -> String {
        match self.asked.as_ref().or_else(|| self.places.first().filter(|_| !self.is_ambiguous())) {
            Some(place) => format!("{}.{place}", self.base),
            None => self.base.clone(),
        }
    }

    /// Whether several instruments may be meant.
    pub fn is_ambiguous(&self) -> bool {
        self.asked.is_none() && self.places.len() > 1
    }
}

/// Takes an id apart and finds the places that have an instrument of its number and date.
pub(super) fn identity(store: &Store, register: &Register, id: &str) -> Result<Identity, LibraryError> {
    let (base, asked) = match id.split_once('.') {
        Some((base, place)) => (base, Some(place.to_owned())),
        None => (id, None),
    };
    let mut places = store.places(base)?;
    let rows = register.by_any_id(base).filter(|row| row.key().is_some_and(|key| key.id() == base));
    places.extend(rows.filter_map(|row| row.locality.as_ref()).map(|locality| locality.slug()));
    Ok(Identity { base: base.to_owned(), asked, places })
}

/// The key, by its id, of what relations name and no row describes.
pub(super) fn related_only(register: &Register, id: &str) -> Option<Key> {
    let end = register.end_by_id(id)?;
    register.lookup(&end, None).is_none().then_some(end)
}

/// The register's row of the instrument.
pub(super) fn facts(store: &Store, register: &Register, id: &str) -> Result<Option<Instrument>, LibraryError> {
    if let Some(instrument) = register.by_id(id) {
        return Ok(Some(instrument.clone()));
    }
    let base = id.split('.').next().unwrap_or(id);
    // Only where there is a row that could be meant at all.
    if !register.by_any_id(base).any(|row| row.key().is_some_and(|key| key.id() == base)) {
        return Ok(None);
    }
    let identity = identity(store, register, id)?;
    Ok(match &identity.asked {
        Some(place) => {
            let alone = identity.places.iter().all(|known| known == place);
            register.by_id(base).filter(|_| alone).cloned()
        }
        None if identity.places.len() == 1 => {
            identity.places.first().and_then(|place| register.by_id(&format!("{base}.{place}")).cloned())
        }
        None => None,
    })
}

/// The id of the instrument that `id` is: that of a document's instrument where it is a document with a number, else
/// itself.
pub(super) fn instrument_id(store: &Store, id: &str) -> Result<String, LibraryError> {
    Ok(store.own(id)?.unwrap_or_else(|| id.to_owned()))
}
