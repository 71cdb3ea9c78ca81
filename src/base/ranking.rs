//! Which instruments the library cites most, in which years, and which of them are no longer in force.

use super::view::{Ranked, Ranking};
use super::{Base, today};
use crate::index::EdgeEntry;
use crate::law::{Force, Instrument};
use crate::text::fold;

impl Base {
    /// The instruments cited most, by citations; at most `limit`.
    pub fn most_cited(&self, ranking: &Ranking, limit: usize) -> Vec<Ranked> {
        let days = match ranking.years {
            Some((first, last)) => in_year(first, 0)..=in_year(last, 1231),
            None => 0..=u64::MAX,
        };
        let tallies = self.told(self.store.tallies(days.clone()));
        let wanted = tallies.iter().filter_map(|tally| {
            let entry = self.told(self.store.tallied(tally).map(Some))?;
            let id = entry.target_in_place()?;
            let facts = self.facts(&id);
            if !self.is_wanted(ranking, facts.as_ref()) {
                return None;
            }
            let identity = self.identity(&id);
            let edges = self.told(self.store.edges_to(&identity.base, identity.place())).within(&days);
            Some(self.ranked(id, &entry, edges.total(), edges.documents()))
        });
        wanted.take(limit).collect()
    }

    fn is_wanted(&self, ranking: &Ranking, facts: Option<&Instrument>) -> bool {
        let kind = ranking.kind.as_deref().is_none_or(|kind| facts.is_some_and(|one| self.is_of_kind(one, kind)));
        let issuer =
            ranking.issuer.as_deref().is_none_or(|issuer| facts.is_some_and(|one| self.is_issued_by(one, issuer)));
        let ended = !ranking.ended || facts.is_some_and(|one| one.force_on(today()) == Force::Ended);
        kind && issuer && ended
    }

    /// Whether the instrument is of a kind, named in full or by its abbreviation.
    fn is_of_kind(&self, one: &Instrument, kind: &str) -> bool {
        let register = self.register();
        let named = || register.symbols().kinds_of_word(kind).chain(register.symbols().kinds_of_abbr(kind));
        fold(&one.kind) == fold(kind) || named().any(|named| named.name == one.kind)
    }

    /// Whether the instrument is of an agency, named in full or by its abbreviation.
    fn is_issued_by(&self, one: &Instrument, issuer: &str) -> bool {
        let register = self.register();
        let agency = register.symbols().agency(issuer).map_or(issuer, |agency| agency.name.as_str());
        fold(&one.issuer) == fold(agency) || fold(&one.issuer) == fold(issuer)
    }

    /// An instrument cited, with what the register knows of it.
    pub(super) fn ranked(&self, id: String, entry: &EdgeEntry, citations: usize, documents: usize) -> Ranked {
        let view = self.instrument(&id, today());
        let facts = view.as_ref().and_then(|view| view.facts.as_ref());
        let title = facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
        let force = self.force_of(facts, today());
        Ranked {
            number: view.as_ref().and_then(|view| view.number.clone()),
            title: title.or_else(|| entry.name.clone()),
            force,
            citations,
            documents,
            successor: view.and_then(|view| view.successor).map(|one| one.number).filter(|_| force == Force::Ended),
            id,
        }
    }
}

/// A day as the index writes it: the year and a month and day of it.
fn in_year(year: i16, day: u64) -> u64 {
    u64::from(year.unsigned_abs()) * 10_000 + day
}
