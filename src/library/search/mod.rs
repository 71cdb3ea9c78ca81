//! Search: what the index finds, ordered by what an office needs first, with the words of the query in their context.

mod syntax;
mod understand;

pub use self::syntax::{Field, Problem, QueryError, typed};
use self::understand::{UnderstoodQuery, typed_force, understand};
use super::answers::{Facet, FacetValue, Hit, HitKind, Hits, Paging, Suggestion};
use super::citations::citations_to;
use super::force_from_texts::ForcesFromTexts;
use super::identity::{facts, identity};
use super::instrument::{instrument, is_registered};
use super::{LibraryError, force_on, shown, today};
use crate::law::{Force, Instrument, Number};
use crate::register::Register;
use crate::store::{FacetCounts, ForceOverrides, Found, Order, Place, Question, Store, StoredDocument, Wanted};
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
/// How many values of a facet are shown.
const VALUES: usize = 12;

/// What a search asks for.
#[derive(Debug, Clone, Copy)]
pub struct SearchRequest<'q> {
    /// As typed.
    pub query: &'q str,
    pub page: Paging,
    pub order: Order,
    /// Whether all hits are counted by kind, issuer, place, year, force and sort.
    pub facets: bool,
}

/// Instruments and documents for a query in any spelling, the best first.
///
/// # Errors
/// `EmptyQuery` for a query without a letter or a digit; `Query` for one that cannot be understood; the store cannot be
/// read.
pub fn search(
    store: &Store,
    register: &Register,
    forces: &ForcesFromTexts,
    request: &SearchRequest<'_>,
) -> Result<Hits, LibraryError> {
    let SearchRequest { query, page, order, facets } = *request;
    let UnderstoodQuery { mut question, read_as } = understand(store, register, query)?;
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
        told: if facets || question.asks_force() { forces.today(store, register)? } else { ForceOverrides::default() },
    };
    let run = |question: &Question| store.search(question, &wanted);
    let (mut total, mut found, mut tally) = run(&question)?;
    // Instruments that are named by the query and known only because they are cited are in no list of the
    // index; they come first.
    let plain = question.filters.is_empty() && question.phrases.is_empty() && question.any_of.is_empty();
    let mut cited_only: Vec<Hit> = Vec::new();
    for id in question.exact.iter().filter(|_| plain) {
        cited_only.extend(cited_only_hit(store, register, id)?);
    }
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
        weigh(store, register, &mut found[..weighed])?;
    }

    let before = cited_only.len();
    let first = cited_only.into_iter().skip(page.offset);
    let mut hits: Vec<Hit> = first.take(page.limit).collect();
    let room = page.limit - hits.len();
    let sought = question.sought();
    for one in found.iter().skip(page.offset.saturating_sub(before)).take(room) {
        hits.push(hit(store, register, one, &sought)?);
    }
    let total = total + before;
    let suggestions = if total == 0 { near(store, register, &question)? } else { Vec::new() };
    let suggestions = suggestions.into_iter().map(|(name, _)| name).collect();
    let unfiltered = if total == 0 && !question.filters.is_empty() && !bare {
        run(&Question { filters: Vec::new(), ..question.clone() })?.0
    } else {
        0
    };
    let facets = if facets { facets_of(tally) } else { Vec::new() };
    Ok(Hits { total, hits, suggestions, read_as, nearest, unfiltered, facets })
}

/// Instruments and documents that may be meant by what is typed so far, the most cited of those that fit best
/// first.
///
/// # Errors
/// The store cannot be read.
pub fn suggest(store: &Store, register: &Register, typed: &str, limit: usize) -> Result<Vec<Suggestion>, LibraryError> {
    let Some(mut question) = Question::new(typed) else { return Ok(Vec::new()) };
    let mut found = store.beginning(&question, limit * 4)?;
    // Numbers typed together ("tt33/2021"), then keys of an input method that was off.
    for apart in question.set_apart() {
        if found.is_empty() {
            found = store.beginning(&apart, limit * 4)?;
        }
    }
    if found.is_empty() && store.mend(&mut question.words)? {
        found = store.beginning(&question, limit * 4)?;
    }
    weigh(store, register, &mut found)?;
    let suggestion = |one: &Found| {
        let hit = hit(store, register, one, &[])?;
        Ok(Suggestion { id: hit.id, kind: hit.kind, number: hit.number, title: hit.title, force: hit.force })
    };
    found.iter().take(limit).map(suggestion).collect()
}

/// Puts hits in the order of their scores, weighed by force and use.
fn weigh(store: &Store, register: &Register, found: &mut [Found]) -> Result<(), LibraryError> {
    for one in found.iter_mut() {
        one.score *= weight(store, register, one)?;
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    Ok(())
}

/// What force and use make of a score: a little, so that they decide between hits that are near each other.
fn weight(store: &Store, register: &Register, found: &Found) -> Result<f32, LibraryError> {
    let Some(id) = &found.instrument else { return Ok(0.97) };
    let force = match force_on(facts(store, register, id)?.as_ref(), today()) {
        Force::InForce | Force::InPart | Force::NotYet => 1.0,
        Force::Unknown => 0.97,
        Force::Suspended => 0.94,
        Force::Ended => 0.9,
    };
    Ok(force * (1.0 + 0.06 * (1.0 + times_cited(store, register, id)? as f32).ln()))
}

/// How many citations point at an instrument.
pub(super) fn times_cited(store: &Store, register: &Register, id: &str) -> Result<usize, LibraryError> {
    if !id.contains('.') {
        return Ok(store.cited(id, Place::Any)?);
    }
    let identity = identity(store, register, id)?;
    Ok(store.cited(&identity.base, identity.place())?)
}

fn hit(store: &Store, register: &Register, found: &Found, words: &[String]) -> Result<Hit, LibraryError> {
    if found.is_document {
        return document_hit(store, register, &store.document_found(found)?, found.score, words);
    }
    match register.by_id(&found.id) {
        Some(facts) => instrument_hit(store, register, facts, found.score, words),
        // Where the register has changed since the index was made, the row is as it was then.
        None => instrument_hit(store, register, &store.instrument_found(found)?, found.score, words),
    }
}

fn instrument_hit(
    store: &Store,
    register: &Register,
    facts: &Instrument,
    score: f32,
    words: &[String],
) -> Result<Hit, LibraryError> {
    let snippet = highlight(&facts.title, words);
    Ok(Hit {
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
        cited: times_cited(store, register, facts.id().as_str())?,
        path: None,
    })
}

/// `words`: what was asked for, folded; none in a plain list.
pub(super) fn document_hit(
    store: &Store,
    register: &Register,
    entry: &StoredDocument,
    score: f32,
    words: &[String],
) -> Result<Hit, LibraryError> {
    let (facts, cited) = match &entry.own {
        Some(own) => (facts(store, register, own)?, times_cited(store, register, own)?),
        None => (None, 0),
    };
    let path = shown(&entry.path);
    let title = entry.title.clone().unwrap_or_else(|| path.clone());
    let snippet = excerpt(&entry.text, words).unwrap_or_else(|| highlight(&title, words));
    Ok(Hit {
        id: entry.id.clone(),
        kind: HitKind::Document,
        number: entry.number.clone(),
        type_word: entry.kind.clone(),
        title,
        issuer: entry.issuer.clone(),
        date: entry.date,
        force: force_on(facts.as_ref(), today()),
        score,
        snippet: snippet.text,
        highlights: snippet.highlights,
        cited,
        path: Some(path),
    })
}

/// A hit for what is neither in the register nor a document, but cited.
fn cited_only_hit(store: &Store, register: &Register, id: &str) -> Result<Option<Hit>, LibraryError> {
    if is_registered(store, register, id)? {
        return Ok(None);
    }
    let view = instrument(store, register, id, today())?.filter(|view| view.documents.is_empty());
    let Some(view) = view else { return Ok(None) };
    let Some(number) = view.number else { return Ok(None) };
    // The documents that cite it say what it is about.
    let newest = citations_to(store, register, id, Paging { offset: 0, limit: 1 })?;
    let snippet = newest.edges.into_iter().next().map(|edge| edge.sentence).unwrap_or_default();
    Ok(Some(Hit {
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
    }))
}

/// What may have been meant by a number or name that nothing has: number or title, and id.
///
/// # Errors
/// The store cannot be read.
pub fn similar_names(store: &Store, register: &Register, text: &str) -> Result<Vec<(String, String)>, LibraryError> {
    Question::new(text).map_or(Ok(Vec::new()), |question| near(store, register, &question))
}

/// Numbers or names to try where a query finds nothing, each with its id: for a query with a number, instruments with
/// the same serial number; else instruments whose titles share most words.
fn near(store: &Store, register: &Register, question: &Question) -> Result<Vec<(String, String)>, LibraryError> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut push = |instrument: &Instrument| {
        let name = instrument.number.as_ref().map_or_else(|| instrument.title.clone(), Number::to_string);
        if out.len() < SUGGESTIONS && out.iter().all(|(_, id)| instrument.id() != id.as_str()) {
            out.push((name, instrument.id().to_string()));
        }
    };
    let is_number = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(serial) = question.words.iter().map(|word| &word.folded).find(is_number) {
        let serial = format!("{:0>2}", serial.trim_start_matches('0'));
        // Those whose symbol shares most with the query, then the most cited.
        let shared = |instrument: &Instrument| {
            let words = instrument.number.as_ref().map(|number| folded_words(&number.as_str().replace('&', "")));
            let is_sought = |word: &&String| question.words.iter().any(|one| one.folded == **word);
            words.unwrap_or_default().iter().filter(is_sought).count()
        };
        let mut same = Vec::new();
        for one in register.by_serial(&serial) {
            let times = times_cited(store, register, one.id().as_str())?;
            same.push((std::cmp::Reverse((shared(one), times, one.issued)), one));
        }
        same.sort_by_key(|(order, _)| *order);
        same.into_iter().for_each(|(_, one)| push(one));
        // Titles have nothing to do with a number that nobody knows.
        return Ok(out);
    }
    for found in store.near_titles(question, SUGGESTIONS)? {
        if let Some(id) = &found.instrument
            && let Some(instrument) = facts(store, register, id)?
        {
            push(&instrument);
        }
    }
    Ok(out)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The counts as they are shown: the most frequent values, each with what narrows the query down to it.
fn facets_of(tally: FacetCounts) -> Vec<Facet> {
    let facet_of = |field: Field, values: Vec<FacetValue>| Facet { field: field.name().to_owned(), values };
    let facet = |field: Field, values: Vec<(String, usize)>| {
        let values = values.into_iter().map(|(value, count)| FacetValue { query: typed(field, &value), value, count });
        facet_of(field, values.take(VALUES).collect())
    };
    // What the index has in English is typed in Vietnamese.
    let named = |field: Field, values: Vec<(&str, &str, usize)>| {
        let some = values.into_iter().filter(|(.., count)| *count > 0);
        let value = |(value, word, count): (&str, &str, usize)| FacetValue {
            query: typed(field, word),
            value: value.to_owned(),
            count,
        };
        facet_of(field, some.map(value).collect())
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
