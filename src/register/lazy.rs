//! Rows that are not in memory: fetched when they are asked for, joined, and kept for later questions.
//!
//! One [`LazyRows`] serves one question. It takes what others fetched from the shared [`FetchCache`] and adds what it
//! fetches itself. What is kept is never changed or taken back while the cache lives, so that answers can be borrowed. A
//! fetch that fails gives an empty answer, is not kept, and is remembered here alone: whoever asked must look at
//! [`LazyRows::has_failed`] in the end.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use elsa::sync::FrozenMap;
use rustc_hash::FxHashSet;

use super::Symbols;
use super::lookup::{Lookup, LookupResult, lookup_names, lookup_serials};
use super::merge::MergedRows;
use crate::law::{Instrument, Key, Number};

/// Rows could not be fetched. Whoever made the [`Fetch`] knows why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchFailed;

/// Fetches what is known in answer to some questions, at once: one result for each, in their order.
pub type Fetch = dyn Fn(&[Lookup<'_>]) -> Result<Vec<LookupResult>, FetchFailed> + Send + Sync;

/// What was fetched so far, joined. It is shared by all questions and only grows; whoever owns it begins a new one
/// when it has become large.
#[derive(Default)]
pub struct FetchCache {
    /// By folded number.
    numbers: FrozenMap<String, Box<MergedRows>>,
    /// By one of [`lookup_serials`].
    serials: FrozenMap<String, Vec<Instrument>>,
    /// By the words of a title.
    titles: FrozenMap<String, Vec<Instrument>>,
    /// Folded numbers, by one of [`lookup_names`] or the id of the end of a relation.
    numbers_by_id: FrozenMap<String, Vec<String>>,
}

impl FetchCache {
    /// How many answers are kept. Each is about a kilobyte.
    pub fn len(&self) -> usize {
        self.numbers.len() + self.serials.len() + self.titles.len() + self.numbers_by_id.len()
    }

    /// Whether nothing was fetched yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn holds(&self, lookup: &Lookup<'_>) -> bool {
        match lookup {
            Lookup::Number(folded) => self.numbers.get(*folded).is_some(),
            Lookup::Serial(term) => self.serials.get(*term).is_some(),
            Lookup::Id(id) => self.numbers_by_id.get(*id).is_some(),
            Lookup::Title(words, least) => self.titles.get(&title_key(words, *least)).is_some(),
        }
    }

    fn keep(&self, lookup: &Lookup<'_>, found: LookupResult, symbols: &Symbols) {
        match lookup {
            Lookup::Number(folded) => {
                let mut rows = MergedRows::of(found, symbols);
                // Stated relations bring the instruments at their other end along.
                rows.instruments.retain(|one| one.number.as_ref().is_some_and(|number| number.folded() == *folded));
                self.numbers.insert((*folded).to_owned(), Box::new(rows));
            }
            Lookup::Serial(term) => {
                let mut rows = MergedRows::of(found, symbols).instruments;
                rows.retain(|one| is_under(one, term));
                self.serials.insert((*term).to_owned(), rows);
            }
            Lookup::Id(id) => {
                let rows = MergedRows::of(found, symbols);
                self.numbers_by_id.insert((*id).to_owned(), numbers_of(&rows, id));
            }
            Lookup::Title(words, least) => {
                self.titles.insert(title_key(words, *least), found.instruments);
            }
        }
    }
}

/// The rows as one question sees them.
pub(super) struct LazyRows {
    fetch: Arc<Fetch>,
    cache: Arc<FetchCache>,
    has_failed: AtomicBool,
    /// The answer of a fetch that failed.
    nothing: MergedRows,
}

impl LazyRows {
    pub(super) fn new(fetch: Arc<Fetch>, cache: Arc<FetchCache>) -> LazyRows {
        LazyRows { fetch, cache, has_failed: AtomicBool::new(false), nothing: MergedRows::default() }
    }

    /// Whether a fetch failed: answers may then lack rows.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// Fetches at once what of this is not kept yet.
    pub(super) fn prefetch(&self, lookups: &[Lookup<'_>], symbols: &Symbols) {
        let mut seen = FxHashSet::default();
        let mut wanted: Vec<Lookup<'_>> = lookups.iter().filter(|lookup| !self.cache.holds(lookup)).copied().collect();
        wanted.retain(|lookup| seen.insert(*lookup));
        if wanted.is_empty() {
            return;
        }
        match (self.fetch)(&wanted) {
            Ok(results) => {
                for (lookup, found) in wanted.iter().zip(results) {
                    self.cache.keep(lookup, found, symbols);
                }
            }
            Err(FetchFailed) => self.has_failed.store(true, Ordering::Relaxed),
        }
    }

    /// Everything about a folded number.
    pub(super) fn of_number(&self, folded: &str, symbols: &Symbols) -> &MergedRows {
        self.prefetch(&[Lookup::Number(folded)], symbols);
        self.cache.numbers.get(folded).unwrap_or(&self.nothing)
    }

    /// The instruments under a serial number.
    pub(super) fn by_serial(&self, term: &str, symbols: &Symbols) -> &[Instrument] {
        self.prefetch(&[Lookup::Serial(term)], symbols);
        self.cache.serials.get(term).unwrap_or_default()
    }

    /// The instruments whose titles have at least `least` of the words.
    pub(super) fn titled(&self, words: &[String], least: usize, symbols: &Symbols) -> &[Instrument] {
        self.prefetch(&[Lookup::Title(words, least)], symbols);
        self.cache.titles.get(&title_key(words, least)).unwrap_or_default()
    }

    /// The folded numbers of the instruments, and of the ends of relations, that an id names.
    pub(super) fn numbers_of_id(&self, id: &str, symbols: &Symbols) -> &[String] {
        self.prefetch(&[Lookup::Id(id)], symbols);
        self.cache.numbers_by_id.get(id).unwrap_or_default()
    }
}

fn title_key(words: &[String], least: usize) -> String {
    format!("{least} {}", words.join(" "))
}

/// Whether an instrument is found under a serial number.
fn is_under(instrument: &Instrument, term: &str) -> bool {
    let issued = instrument.issued.map(|day| day.year());
    instrument.number.as_ref().is_some_and(|number| lookup_serials(number, issued).any(|under| under == term))
}

/// The folded numbers of what goes by an id.
fn numbers_of(rows: &MergedRows, id: &str) -> Vec<String> {
    let instruments = rows.instruments.iter().filter(|one| lookup_names(one).any(|name| name == id));
    let ends = rows.relations.iter().flat_map(|relation| [&relation.from, &relation.to]);
    let ends = ends.filter(|end: &&Key| end.id() == id).map(|end| &end.number);
    let mut numbers: Vec<String> = Vec::new();
    for number in instruments.filter_map(|one| one.number.as_ref()).chain(ends).map(Number::folded) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

impl fmt::Debug for LazyRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LazyRows").field("kept", &self.cache.len()).finish_non_exhaustive()
    }
}
