//! Which instrument an id means. The place belongs to the identity of a local instrument, but is not always
//! written: unknown merges with the one place that is known, never with one of several.
//!
//! Every question here is asked for many ids at once; those about one id ask for a list of one.

use std::collections::BTreeSet;

use super::LibraryError;
use crate::law::{Instrument, InstrumentId, Key};
use crate::register::Register;
use crate::store::{CitationQuery, InstrumentSelector, Place, Store};

/// An id taken apart: `70-kh-ubnd-2022-03-25.quang-yen`.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// The id without the place.
    base: String,
    /// The place asked for.
    asked: Option<String>,
    /// All places that are known to have an instrument of this number and date.
    places: BTreeSet<String>,
}

impl Identity {
    /// The id without the place.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The place asked for.
    pub(super) fn asked(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// How many places are known to have an instrument of this number and date.
    pub(super) fn known_places(&self) -> usize {
        self.places.len()
    }

    /// Which entries of the index are meant.
    pub(super) fn selector(&self) -> InstrumentSelector {
        InstrumentSelector::new(self.base.as_str(), self.place())
    }

    /// Who cites it.
    pub(super) fn citations(&self) -> CitationQuery {
        CitationQuery::to(self.selector())
    }

    /// Which citations count for this instrument and no other: where several may be meant, those that name no place.
    pub(super) fn own_selector(&self) -> InstrumentSelector {
        if self.is_ambiguous() {
            let place = Place::Of { slug: String::new(), or_unknown: false };
            InstrumentSelector::new(self.base.as_str(), place)
        } else {
            self.selector()
        }
    }

    fn place(&self) -> Place {
        match &self.asked {
            None => Place::Any,
            Some(slug) => Place::Of { slug: slug.clone(), or_unknown: self.places.iter().all(|place| place == slug) },
        }
    }

    /// Whether this id, with a place or without, means the same instrument.
    pub(super) fn is(&self, id: &str) -> bool {
        let (base, place) = parts(id);
        base == self.base && self.place().holds(place.as_deref().unwrap_or_default())
    }

    /// The id with its place, where only one place has the number.
    pub(super) fn id(&self) -> String {
        match self.asked.as_ref().or_else(|| self.places.first().filter(|_| !self.is_ambiguous())) {
            Some(place) => format!("{}.{place}", self.base),
            None => self.base.clone(),
        }
    }

    /// The id as it was asked for.
    pub(super) fn as_asked(&self) -> String {
        self.asked.as_ref().map_or_else(|| self.base.clone(), |place| format!("{}.{place}", self.base))
    }

    /// Whether several instruments may be meant.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.asked.is_none() && self.places.len() > 1
    }
}

/// An id without its place, and the place. What is not an id has no place.
pub(super) fn parts(id: &str) -> (String, Option<String>) {
    match id.parse::<InstrumentId>() {
        Ok(id) => (id.without_place_str().to_owned(), id.place().map(str::to_owned)),
        Err(_) => (id.to_owned(), None),
    }
}

/// Takes ids apart and finds the places that have an instrument of their number and date.
pub(super) fn identities(store: &Store, register: &Register, ids: &[&str]) -> Result<Vec<Identity>, LibraryError> {
    let parted: Vec<(String, Option<String>)> = ids.iter().map(|id| parts(id)).collect();
    let bases: Vec<&str> = parted.iter().map(|(base, _)| base.as_str()).collect();
    register.prefetch_ids(&bases);
    let places = store.places_of(&bases)?;
    let identity = |((base, asked), mut places): ((String, Option<String>), BTreeSet<String>)| {
        let rows = register.by_any_id(&base).filter(|row| is_of_base(row, &base));
        places.extend(rows.filter_map(|row| row.locality.as_ref()).map(|locality| locality.slug()));
        Identity { base, asked, places }
    };
    Ok(parted.into_iter().zip(places).map(identity).collect())
}

/// [`identities`] of one id.
pub(super) fn identity(store: &Store, register: &Register, id: &str) -> Result<Identity, LibraryError> {
    let (base, asked) = parts(id);
    let one = identities(store, register, &[id])?.pop();
    Ok(one.unwrap_or(Identity { base, asked, places: BTreeSet::new() }))
}

/// The key, by its id, of what relations name and no row describes.
pub(super) fn related_only(register: &Register, id: &str) -> Option<Key> {
    let end = register.end_by_id(id)?;
    register.lookup(&end, None).is_none().then_some(end)
}

/// The register's row of each instrument.
pub(super) fn facts_of(
    store: &Store,
    register: &Register,
    ids: &[&str],
) -> Result<Vec<Option<Instrument>>, LibraryError> {
    let bases: Vec<String> = ids.iter().map(|id| parts(id).0).collect();
    let wanted: Vec<&str> = ids.iter().copied().chain(bases.iter().map(String::as_str)).collect();
    register.prefetch_ids(&wanted);
    let mut facts: Vec<Option<Instrument>> = ids.iter().map(|id| register.by_id(id).cloned()).collect();
    // Of the others, only where there is a row that could be meant at all.
    let could_be =
        |at: &usize| facts[*at].is_none() && register.by_any_id(&bases[*at]).any(|row| is_of_base(row, &bases[*at]));
    let open: Vec<usize> = (0..ids.len()).filter(could_be).collect();
    let open_ids: Vec<&str> = open.iter().map(|at| ids[*at]).collect();
    for (at, identity) in open.into_iter().zip(identities(store, register, &open_ids)?) {
        facts[at] = match &identity.asked {
            Some(place) => {
                let alone = identity.places.iter().all(|known| known == place);
                register.by_id(&identity.base).filter(|_| alone).cloned()
            }
            None if identity.places.len() == 1 => register.by_id(&identity.id()).cloned(),
            None => None,
        };
    }
    Ok(facts)
}

/// The register's row of one instrument.
pub(super) fn facts(store: &Store, register: &Register, id: &str) -> Result<Option<Instrument>, LibraryError> {
    Ok(facts_of(store, register, &[id])?.pop().flatten())
}

/// The ids of the instruments: that of a document's instrument where an id is of a document with a number, else itself.
pub(super) fn instrument_ids(store: &Store, ids: &[&str]) -> Result<Vec<String>, LibraryError> {
    let own = store.instruments_of(ids)?;
    Ok(ids.iter().zip(own).map(|(id, own)| own.unwrap_or_else(|| (*id).to_owned())).collect())
}

/// [`instrument_ids`] of one id.
pub(super) fn instrument_id(store: &Store, id: &str) -> Result<String, LibraryError> {
    Ok(instrument_ids(store, &[id])?.pop().unwrap_or_else(|| id.to_owned()))
}

fn is_of_base(row: &Instrument, base: &str) -> bool {
    row.key().is_some_and(|key| key.id() == *base)
}
