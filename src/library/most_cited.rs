//! Which instruments the library cites most, in which years, and which of them are no longer in force.

use std::collections::HashSet;

use super::answers::{InstrumentView, Ranked, Ranking};
use super::identity::{Identity, facts_of, identities};
use super::instrument::instruments;
use super::{LibraryError, force_on, today};
use crate::law::{Force, Instrument};
use crate::register::Register;
use crate::store::{CitationGroup, CitationQuery, MostCited, Paging, Store};
use crate::text::fold;

/// How many instruments, the most cited first, are looked at.
const LOOKED_AT: usize = 5_000;

/// How many of them are looked up at once.
const AT_ONCE: usize = 32;

/// An instrument that documents cite.
pub(super) struct Cited {
    /// With its place, where that is known.
    pub id: String,
    pub identity: Identity,
    /// How many citations it has at least, and at most: with its place and without, it is counted in two.
    pub least: usize,
    pub most: usize,
}

/// An instrument with its counts and the name it is cited by, if any.
pub(super) struct CitedOften {
    pub id: String,
    pub name: Option<String>,
    pub citations: usize,
    pub documents: usize,
}

impl CitedOften {
    pub(super) fn of_group(group: &CitationGroup) -> CitedOften {
        CitedOften {
            id: group.id.clone(),
            name: group.first.first().and_then(|citation| citation.name.clone()),
            citations: group.citations,
            documents: group.documents,
        }
    }
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
    let mut top = TopN::new(limit);
    for cited in batches(store, register, ranking.years)? {
        let cited = cited?;
        let wanted: Vec<&Cited> = cited.iter().filter(|one| top.takes(one.most)).collect();
        let ids: Vec<&str> = wanted.iter().map(|one| one.id.as_str()).collect();
        let rows = facts_of(store, register, &ids)?;
        let wanted: Vec<&Cited> = wanted
            .into_iter()
            .zip(&rows)
            .filter(|(_, row)| is_wanted(register, ranking, row.as_ref()))
            .map(|(one, _)| one)
            .collect();
        for ranked in ranked_in(store, register, &wanted, ranking.years)? {
            top.push(ranked.citations, ranked);
        }
        // None that comes later has more than twice as many.
        if cited.last().is_some_and(|last| !top.takes(2 * last.least)) {
            break;
        }
    }
    Ok(top.list())
}

/// The instruments that documents of these years (`None`: of any, and undated ones) cite, each once, by the larger of
/// its counts: the [`LOOKED_AT`] first, in batches.
pub(super) fn batches<'a>(
    store: &'a Store,
    register: &'a Register,
    years: Option<(i16, i16)>,
) -> Result<impl Iterator<Item = Result<Vec<Cited>, LibraryError>> + 'a, LibraryError> {
    let mut seen = HashSet::new();
    let counts = store.most_cited(years, Paging::first(LOOKED_AT))?;
    let cited = move |counts: &[MostCited]| -> Result<Vec<Cited>, LibraryError> {
        let ids: Vec<&str> = counts.iter().map(|count| count.id.as_str()).collect();
        let identities = identities(store, register, &ids)?.into_iter();
        let mut batch = Vec::with_capacity(counts.len());
        for (identity, count) in identities.zip(counts) {
            let (id, least) = (identity.id(), count.citations);
            let alone = identity.known_places() == 0 || identity.is_ambiguous();
            let most = if alone { least } else { 2 * least };
            if seen.insert(id.clone()) {
                batch.push(Cited { id, identity, least, most });
            }
        }
        Ok(batch)
    };
    let batches: Vec<Vec<MostCited>> = counts.chunks(AT_ONCE).map(<[MostCited]>::to_vec).collect();
    Ok(batches.into_iter().scan(cited, |cited, batch| Some(cited(&batch))))
}

/// What is known of instruments, with how many citations of these years each has, and in how many documents.
pub(super) fn ranked_in(
    store: &Store,
    register: &Register,
    cited: &[&Cited],
    years: Option<(i16, i16)>,
) -> Result<Vec<Ranked>, LibraryError> {
    let queries: Vec<CitationQuery> =
        cited.iter().map(|one| CitationQuery { years, ..CitationQuery::to(one.identity.own_selector()) }).collect();
    let totals = store.count_citations(&queries)?;
    let named = store.first_citations(&queries, 1)?;
    let counted = cited.iter().zip(totals).zip(named).map(|((one, totals), named)| CitedOften {
        id: one.id.clone(),
        name: named.into_iter().next().and_then(|citation| citation.name),
        citations: totals.citations,
        documents: totals.documents,
    });
    ranked(store, register, counted.collect())
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

/// Instruments cited, by the names they are cited by if any, with what the register knows of them.
pub(super) fn ranked(store: &Store, register: &Register, cited: Vec<CitedOften>) -> Result<Vec<Ranked>, LibraryError> {
    let ids: Vec<&str> = cited.iter().map(|one| one.id.as_str()).collect();
    let views = instruments(store, register, &ids, today())?;
    let ranked = |(CitedOften { id, name, citations, documents }, view): (CitedOften, Option<InstrumentView>)| {
        let facts = view.as_ref().and_then(|view| view.facts.as_ref());
        let title = facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
        let text = view.as_ref().and_then(|view| view.documents.first()).and_then(|document| document.title.clone());
        let title = title.or(name).or(text);
        let force = force_on(facts, today());
        Ranked {
            number: view.as_ref().and_then(|view| view.number.clone()),
            title,
            force,
            citations,
            documents,
            successor: view.and_then(|view| view.successor).map(|one| one.number).filter(|_| force == Force::Ended),
            id,
        }
    };
    Ok(cited.into_iter().zip(views).map(ranked).collect())
}
