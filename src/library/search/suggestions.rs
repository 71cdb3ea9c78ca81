//! What may be meant by what is typed so far, and what to try where a query finds nothing.

use std::cmp::Reverse;

use super::best::best;
use super::hits::{self, times_cited};
use super::question::Question;
use super::weigh::weigh;
use super::{rank, spelling};
use crate::law::{Instrument, Number};
use crate::library::LibraryError;
use crate::library::answers::{Hit, Suggestion};
use crate::library::identity::facts;
use crate::register::Register;
use crate::store::{SearchHit, Store};
use crate::text::folded_words;

/// How many suggestions are given where nothing was found.
const SUGGESTIONS: usize = 5;
/// How many words the last one typed may be the beginning of.
const ENDINGS: usize = 40;
/// How many times more hits are weighed than are shown.
const WEIGHED: usize = 4;

/// Instruments and documents that may be meant by what is typed so far, the most cited of those that fit best
/// first.
///
/// # Errors
/// The store cannot be read.
pub fn suggest(store: &Store, register: &Register, typed: &str, limit: usize) -> Result<Vec<Suggestion>, LibraryError> {
    let Some(mut question) = Question::new(typed) else { return Ok(Vec::new()) };
    let mut found = beginning(store, &question, limit * WEIGHED)?;
    // Numbers typed together ("tt33/2021"), then keys of an input method that was off.
    for apart in question.set_apart() {
        if found.is_empty() {
            found = beginning(store, &apart, limit * WEIGHED)?;
        }
    }
    if found.is_empty() && spelling::correct(&mut question.words, store)? {
        found = beginning(store, &question, limit * WEIGHED)?;
    }
    weigh(store, register, &mut found)?;
    let shown: Vec<&SearchHit> = found.iter().take(limit).collect();
    let suggestion =
        |hit: Hit| Suggestion { id: hit.id, kind: hit.kind, number: hit.number, title: hit.title, force: hit.force };
    Ok(hits::read_hits(store, register, &shown, &[])?.into_iter().map(suggestion).collect())
}

fn beginning(store: &Store, question: &Question, limit: usize) -> Result<Vec<SearchHit>, LibraryError> {
    let Some(last) = question.words.last() else { return Ok(Vec::new()) };
    let ends = store.completions(&last.folded, ENDINGS)?;
    best(store, rank::beginning(question, &ends), limit)
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
pub(super) fn near(
    store: &Store,
    register: &Register,
    question: &Question,
) -> Result<Vec<(String, String)>, LibraryError> {
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
        of_serial(store, register, &serial, question)?.into_iter().for_each(&mut push);
        // Titles have nothing to do with a number that nobody knows.
        return Ok(out);
    }
    for found in best(store, rank::near_titles(question), SUGGESTIONS)? {
        if let Some(id) = &found.instrument
            && let Some(instrument) = facts(store, register, id)?
        {
            push(&instrument);
        }
    }
    Ok(out)
}

/// The instruments with a serial number: those whose number shares most words with the question, then the most cited.
fn of_serial<'r>(
    store: &Store,
    register: &'r Register,
    serial: &str,
    question: &Question,
) -> Result<Vec<&'r Instrument>, LibraryError> {
    let rows: Vec<&Instrument> = register.by_serial(serial).collect();
    let ids: Vec<String> = rows.iter().map(|row| row.id().to_string()).collect();
    let times = times_cited(store, register, &ids.iter().map(String::as_str).collect::<Vec<_>>())?;
    let shared = |row: &Instrument| {
        let words = row.number.as_ref().map(|number| folded_words(&number.as_str().replace('&', "")));
        let asked = |word: &&String| question.words.iter().any(|one| one.folded == **word);
        words.unwrap_or_default().iter().filter(asked).count()
    };
    let mut rows: Vec<(&Instrument, usize)> = rows.into_iter().zip(times).collect();
    rows.sort_by_cached_key(|(row, times)| Reverse((shared(row), *times, row.issued)));
    Ok(rows.into_iter().map(|(row, _)| row).collect())
}
