//! Which instruments the library cites most, in which years, and which of them are no longer in force.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::answers::{Ranked, Ranking};
use super::identity::{Identity, facts, identity};
use super::instrument::instrument;
use super::{LibraryError, force_on, today};
use crate::law::{Force, Instrument};
use crate::register::Register;
use crate::store::{CitationCount, Store};
use crate::text::fold;

/// How many instruments, the most cited first, are looked at.
pub(super) const LOOKED_AT: usize = 5_000;

/// Any day, and none.
pub(super) const EVER: RangeInclusive<u64> = 0..=u64::MAX;

/// An instrument that documents cite.
pub(super) struct Cited {
    /// With its place, where that is known.
    pub id: String,
    pub identity: Identity,
    count: CitationCount,
    /// How many citations it has at least, and at most: with its place and without, it is counted in two.
    pub least: usize,
    pub most: usize,
}

/// The first few of what comes about in order, by the number of citations.
pub(super) struct TopN<T> {
    limit: usize,
    found: Vec<(usize, T)>,
}

impl<T> TopN<T> {
    pub fn new(limit: usize) -> TopN<T> {
        TopN { limit, found: Vec::new() }
    }

    /// Whether something with so many citations would be among them.
    pub fn takes(&self, citations: usize) -> bool {
        self.found.len() < self.limit || self.found.last().is_some_and(|(last, _)| citations > *last)
    }

    pub fn push(&mut self, citations: usize, one: T) {
        let at = self.found.partition_point(|(more, _)| *more >= citations);
        self.found.insert(at, (citations, one));
        self.found.truncate(self.limit);
    }

    pub fn list(self) -> Vec<T> {
        self.found.into_iter().map(|(_, one)| one).collect()
    }
}

/// The instruments cited most, by citations; at most `limit`, of the [`LOOKED_AT`] that are cited most of all.
///
/// # Errors
/// The store cannot be read.
pub fn most_cited(
    store: &Store,
    register: &Register,
    ranking: &Ranking,
    limit: usize,
) -> Result<Vec<Ranked>, LibraryError> {
    let days = match ranking.years {
        Some((first, last)) => in_year(first, 0)..=in_year(last, 1231),
        None => EVER,
    };
    let mut top = TopN::new(limit);
    for cited in cited_most(store, register, days.clone())?.take(LOOKED_AT) {
        let cited = cited?;
        // None that comes later has more than twice as many.
        if !top.takes(2 * cited.least) {
            break;
        }
        if top.takes(cited.most) && is_wanted(register, ranking, facts(store, register, &cited.id)?.as_ref()) {
            let ranked = ranked_in(store, register, &cited, &days)?;
            top.push(ranked.citations, ranked);
        }
    }
    Ok(top.list())
}

/// Every instrument that documents of these days cite, each once, by the larger of its counts.
pub(super) fn cited_most<'a>(
    store: &'a Store,
    register: &'a Register,
    days: RangeInclusive<u64>,
) -> Result<impl Iterator<Item = Result<Cited, LibraryError>> + 'a, LibraryError> {
    let mut seen = HashSet::new();
    let counts = store.tallies(days)?.to_vec();
    let cited = move |count: CitationCount| -> Result<Option<Cited>, LibraryError> {
        let Some(id) = store.instrument_counted(&count)? else { return Ok(None) };
        let identity = identity(store, register, &id)?;
        let (id, least) = (identity.id(), count.citations);
        let most = if identity.places.is_empty() || identity.is_ambiguous() { least } else { 2 * least };
        Ok(seen.insert(id.clone()).then_some(Cited { id, identity, count, least, most }))
    };
    Ok(counts.into_iter().map(cited).filter_map(Result::transpose))
}

/// What is known of it, with how many citations of these days it has, and in how many documents.
pub(super) fn ranked_in(
    store: &Store,
    register: &Register,
    cited: &Cited,
    days: &RangeInclusive<u64>,
) -> Result<Ranked, LibraryError> {
    let (base, place) = (cited.identity.base.as_str(), cited.identity.own_place());
    let (citations, documents) = if *days == EVER {
        (store.cited(base, place.clone())?, store.citing_documents(base, place)?)
    } else {
        let edges = store.edges_to(base, place)?.within(days);
        (edges.total(), edges.documents())
    };
    let name = store.citation_counted(&cited.count)?.name;
    ranked(store, register, cited.id.clone(), name.as_deref(), citations, documents)
}

fn is_wanted(register: &Register, ranking: &Ranking, facts: Option<&Instrument>) -> bool {
    let kind = ranking.kind.as_deref().is_none_or(|kind| facts.is_some_and(|one| is_of_kind(register, one, kind)));
    let issuer =
        ranking.issuer.as_deref().is_none_or(|issuer| facts.is_some_and(|one| is_issued_by(register, one, issuer)));
    let ended = !ranking.ended || facts.is_some_and(|one| one.force_on(today()) == Force::Ended);
    kind && issuer && ended
}

/// Whether the instrument is of a kind, named in full or by its abbreviation.
fn is_of_kind(register: &Register, one: &Instrument, kind: &str) -> bool {
    let named = || register.symbols().kinds_of_word(kind).chain(register.symbols().kinds_of_abbr(kind));
    fold(&one.kind) == fold(kind) || named().any(|named| named.name == one.kind)
}

/// Whether the instrument is of an agency, named in full or by its abbreviation.
fn is_issued_by(register: &Register, one: &Instrument, issuer: &str) -> bool {
    let agency = register.symbols().agency(issuer).map_or(issuer, |agency| agency.name.as_str());
    fold(&one.issuer) == fold(agency) || fold(&one.issuer) == fold(issuer)
}

/// An instrument cited, by the name it is cited by if any, with what the register knows of it.
pub(super) fn ranked(
    store: &Store,
    register: &Register,
    id: String,
    name: Option<&str>,
    citations: usize,
    documents: usize,
) -> Result<Ranked, LibraryError> {
    let view = instrument(store, register, &id, today())?;
    let facts = view.as_ref().and_then(|view| view.facts.as_ref());
    let title = facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
    let text = view.as_ref().and_then(|view| view.documents.first()).and_then(|document| document.title.clone());
    let title = title.or_else(|| name.map(str::to_owned)).or(text);
    let force = force_on(facts, today());
    Ok(Ranked {
        number: view.as_ref().and_then(|view| view.number.clone()),
        title,
        force,
        citations,
        documents,
        successor: view.and_then(|view| view.successor).map(|one| one.number).filter(|_| force == Force::Ended),
        id,
    })
}

/// A day as the index writes it: the year and a month and day of it.
fn in_year(year: i16, day: u64) -> u64 {
    u64::from(year.unsigned_abs()) * 10_000 + day
}
