//! Search: what the index finds, ordered by what an office needs first, with the words shown where they stand.

mod syntax;
mod understand;

pub use self::syntax::{Field, Problem, QueryError, typed};
use self::understand::{UnderstoodQuery, typed_force};
use super::answers::{Facet, FacetValue, Hit, HitKind, Hits, Paging, Suggestion};
use super::{Library, LibraryError, shown, today};
use crate::law::{Force, Instrument, Number};
use crate::store::{FacetCounts, Found, Order, Place, Question, StoredDocument, Wanted};
use crate::text::{Word, excerpt, folded_words, highlight};

/// How many of the best hits are weighed by force and use; those behind them stay in the order of the index.
const WEIGHED: usize = 60;
/// How many of them the index looks at closer.
const LOOKED_AT: usize = 200;
/// How many are weighed where a number is asked for: "thông tư 33" is borne by one of every year and ministry, all of them alike.
const WEIGHED_ALIKE: usize = 400;
/// The share of the best score that such a hit has at least.
const ALIKE: f32 = 0.75;
/// How many suggestions are given where nothing was found.
const SUGGESTIONS: usize = 5;
/// How many values of a facet are told.
const VALUES: usize = 12;

impl Library {
    /// Instruments and documents for a query in any spelling, the best first.
    ///
    /// # Errors
    /// `EmptyQuery` for a query without a letter or a digit; `Query` for one that cannot be understood.
    pub fn search(&self, query: &str, page: Paging) -> Result<Hits, LibraryError> {
        self.search_by(query, page, Order::Relevance, false)
    }

    /// The same in an order, and with counts by kind, issuer, place, year, force and sort where `facets`.
    ///
    /// # Errors
    /// As [`Library::search`].
    pub fn search_by(&self, query: &str, page: Paging, order: Order, facets: bool) -> Result<Hits, LibraryError> {
        let UnderstoodQuery { mut question, read_as } = self.asked(query)?;
        // What is only narrowed down has no order of its own.
        let bare = question.words.is_empty() && question.any_of.is_empty();
        let order = if bare && order == Order::Relevance { Order::Date } else { order };
        let weighed = if question.words.iter().any(Word::holds_digit) { WEIGHED_ALIKE } else { WEIGHED };
        let wanted = Wanted {
            limit: page.offset.saturating_add(page.limit).max(weighed),
            looked_at: weighed.max(LOOKED_AT),
            order,
            tally: facets,
            today: today(),
            told: self.told_forces(facets || question.asks_force())?,
        };
        let run = |question: &Question| {
            self.store.search(question, &wanted).map_err(|error| LibraryError::of(&self.library, error))
        };
        let (mut total, mut found, mut tally) = run(&question)?;
        // Instruments that are named by the query and known only because they are cited stand in no list of the
        // index; they come first.
        let plain = question.filters.is_empty() && question.phrases.is_empty() && question.any_of.is_empty();
        let cited_only: Vec<Hit> = match plain {
            true => question.exact.iter().filter_map(|id| self.cited_only(id)).collect(),
            false => Vec::new(),
        };
        let mut nearest = false;
        if total == 0 && cited_only.is_empty() {
            for looser in question.looser() {
                let again = run(&looser)?;
                if again.0 > 0 {
                    (total, found, tally) = again;
                    question = looser;
                    nearest = true;
                    break;
                }
            }
        }
        if order == Order::Relevance {
            let least = found.first().map_or(0.0, |best| best.score * ALIKE);
            let alike = found.partition_point(|one| one.score >= least).min(weighed);
            let weighed = alike.max(WEIGHED).min(found.len());
            for one in &mut found[..weighed] {
                one.score *= self.weight(one);
            }
            found[..weighed].sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        }

        let before = cited_only.len();
        let listed = found.iter().skip(page.offset.saturating_sub(before));
        let first = cited_only.into_iter().skip(page.offset);
        let mut hits: Vec<Hit> = first.take(page.limit).collect();
        let room = page.limit - hits.len();
        let sought = question.sought();
        hits.extend(listed.take(room).filter_map(|one| self.hit(one, &sought)));
        let total = total + before;
        let suggestions = if total == 0 { self.suggestions(&question) } else { Vec::new() };
        let unfiltered = match total == 0 && !question.filters.is_empty() && !bare {
            true => run(&Question { filters: Vec::new(), ..question.clone() })?.0,
            false => 0,
        };
        let facets = if facets { facets_of(tally) } else { Vec::new() };
        Ok(Hits { total, hits, suggestions, read_as, nearest, unfiltered, facets })
    }

    /// Instruments and documents that may be meant by what is typed so far, the most cited of those that fit best
    /// first.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let Some(mut question) = Question::new(typed) else { return Vec::new() };
        let mut found = self.told(self.store.beginning(&question, limit * 4));
        // Numbers typed together ("tt33/2021"), then keys of an input method that was off.
        for apart in question.set_apart().into_iter().filter(|_| found.is_empty()).collect::<Vec<_>>() {
            found = self.told(self.store.beginning(&apart, limit * 4));
        }
        if found.is_empty() && self.told(self.store.mend(&mut question.words)) {
            found = self.told(self.store.beginning(&question, limit * 4));
        }
        for one in &mut found {
            one.score *= self.weight(one);
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        let suggestion = |one: &Found| {
            let hit = self.hit(one, &[])?;
            Some(Suggestion { id: hit.id, kind: hit.kind, number: hit.number, title: hit.title, force: hit.force })
        };
        found.iter().take(limit).filter_map(suggestion).collect()
    }

    /// What force and use make of a score: a little, so that they decide between hits that are near each other.
    fn weight(&self, found: &Found) -> f32 {
        let Some(id) = &found.instrument else { return 0.97 };
        let force = self.force_of(self.facts(id).as_ref(), today());
        let force = match force {
            Force::InForce | Force::InPart | Force::NotYet => 1.0,
            Force::Unknown => 0.97,
            Force::Suspended => 0.94,
            Force::Ended => 0.9,
        };
        force * (1.0 + 0.06 * (1.0 + self.times_cited(id) as f32).ln())
    }

    pub(super) fn times_cited(&self, id: &str) -> usize {
        if !id.contains('.') {
            return self.told(self.store.cited(id, Place::Any));
        }
        let identity = self.identity(id);
        self.told(self.store.cited(&identity.base, identity.place()))
    }

    fn hit(&self, found: &Found, words: &[String]) -> Option<Hit> {
        if found.is_document {
            let entry = self.told(self.store.document_found(found).map(Some))?;
            return Some(self.document_hit(&entry, found.score, words));
        }
        let register = self.register();
        let facts = register.by_id(&found.id);
        // Where the register has changed since the index was made, the row is as it was then.
        let old = if facts.is_none() { self.told(self.store.instrument_found(found).map(Some)) } else { None };
        facts.or(old.as_ref()).map(|facts| self.instrument_hit(facts, found.score, words))
    }

    fn instrument_hit(&self, facts: &Instrument, score: f32, words: &[String]) -> Hit {
        let snippet = highlight(&facts.title, words);
        Hit {
            id: facts.id().to_string(),
            kind: HitKind::Instrument,
            number: facts.number.as_ref().map(Number::to_string),
            type_word: some(&facts.kind),
            title: facts.title.clone(),
            issuer: some(&facts.issuer),
            date: facts.issued,
            force: facts.force_on(today()),
            score,
            snippet: snippet.text,
            highlights: snippet.highlights,
            cited: self.times_cited(facts.id().as_str()),
            path: None,
        }
    }

    /// `words`: what was asked for, folded; none in a plain list.
    pub(super) fn document_hit(&self, entry: &StoredDocument, score: f32, words: &[String]) -> Hit {
        let facts = entry.own.as_deref().and_then(|own| self.facts(own));
        let path = shown(&entry.path);
        let title = entry.title.clone().unwrap_or_else(|| path.clone());
        let snippet = excerpt(&entry.text, words).unwrap_or_else(|| highlight(&title, words));
        Hit {
            id: entry.id.clone(),
            kind: HitKind::Document,
            number: entry.number.clone(),
            type_word: entry.kind.clone(),
            title,
            issuer: entry.issuer.clone(),
            date: entry.date,
            force: self.force_of(facts.as_ref(), today()),
            score,
            snippet: snippet.text,
            highlights: snippet.highlights,
            cited: entry.own.as_deref().map_or(0, |own| self.times_cited(own)),
            path: Some(path),
        }
    }

    /// A hit for what is neither in the register nor a document, but cited.
    fn cited_only(&self, id: &str) -> Option<Hit> {
        if self.facts(id).is_some() {
            return None;
        }
        let view = self.instrument(id, today()).filter(|view| view.documents.is_empty())?;
        let number = view.number?;
        // What it is about, the documents that cite it tell.
        let newest = self.cited_by(id, Paging { offset: 0, limit: 1 });
        let snippet = newest.edges.into_iter().next().map(|edge| edge.sentence).unwrap_or_default();
        Some(Hit {
            id: view.id,
            kind: HitKind::Instrument,
            title: String::new(),
            number: Some(number),
            type_word: view.kind,
            issuer: None,
            date: view.issued,
            force: view.force,
            score: 0.0,
            snippet,
            highlights: Vec::new(),
            cited: view.cited,
            path: None,
        })
    }

    /// Numbers or names to try where a query finds nothing: for a query with a number, instruments with the same
    /// serial number; else instruments whose titles share most words.
    fn suggestions(&self, question: &Question) -> Vec<String> {
        self.near(question).into_iter().map(|(call, _)| call).collect()
    }

    /// What may have been meant by a number or name that nothing bears: number or title, and id.
    pub fn near_to(&self, text: &str) -> Vec<(String, String)> {
        Question::new(text).map(|question| self.near(&question)).unwrap_or_default()
    }

    fn near(&self, question: &Question) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut push = |instrument: &Instrument| {
            let call = instrument.number.as_ref().map_or_else(|| instrument.title.clone(), Number::to_string);
            if out.len() < SUGGESTIONS && out.iter().all(|(_, id)| instrument.id() != id.as_str()) {
                out.push((call, instrument.id().to_string()));
            }
        };
        let number = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(serial) = question.words.iter().map(|word| &word.folded).find(number) {
            let serial = format!("{:0>2}", serial.trim_start_matches('0'));
            let register = self.register();
            let mut same: Vec<&Instrument> = register.by_serial(&serial).collect();
            // Those whose symbol shares most with the query, then the most cited.
            let shared = |instrument: &Instrument| {
                let words = instrument.number.as_ref().map(|number| folded_words(&number.as_str().replace('&', "")));
                words
                    .unwrap_or_default()
                    .iter()
                    .filter(|word| question.words.iter().any(|one| one.folded == **word))
                    .count()
            };
            same.sort_by_cached_key(|instrument| {
                std::cmp::Reverse((shared(instrument), self.times_cited(instrument.id().as_str()), instrument.issued))
            });
            same.into_iter().for_each(&mut push);
            // Titles have nothing to do with a number that nobody knows.
            return out;
        }
        for found in self.told(self.store.near_titles(question, SUGGESTIONS)) {
            if let Some(instrument) = found.instrument.as_deref().and_then(|id| self.facts(id)) {
                push(&instrument);
            }
        }
        out
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The counts as they are told: the most frequent values, each with what narrows the query down to it.
fn facets_of(tally: FacetCounts) -> Vec<Facet> {
    let told = |field: Field, values: Vec<FacetValue>| Facet { field: field.name().to_owned(), values };
    let facet = |field: Field, values: Vec<(String, usize)>| {
        let values = values.into_iter().map(|(value, count)| FacetValue { query: typed(field, &value), value, count });
        told(field, values.take(VALUES).collect())
    };
    // What stands in the index in English is typed in Vietnamese.
    let named = |field: Field, values: Vec<(&str, &str, usize)>| {
        let some = values.into_iter().filter(|(.., count)| *count > 0);
        let value = |(value, word, count): (&str, &str, usize)| FacetValue {
            query: typed(field, word),
            value: value.to_owned(),
            count,
        };
        told(field, some.map(value).collect())
    };
    let most = |counts: std::collections::BTreeMap<String, usize>| {
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    };
    let years = tally.years.into_iter().rev().map(|(year, count)| (year.to_string(), count)).collect();
    let force = |force: &Force| (force.as_str(), typed_force(*force), tally.forces.get(force).copied().unwrap_or(0));
    vec![
        named(Field::Is, vec![("instrument", "vanban", tally.instruments), ("document", "tailieu", tally.documents)]),
        named(Field::Force, Force::ALL.iter().map(force).collect()),
        facet(Field::Kind, most(tally.kinds)),
        facet(Field::Issuer, most(tally.issuers)),
        facet(Field::Place, most(tally.places)),
        facet(Field::Year, years),
    ]
}
