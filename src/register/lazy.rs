//! Rows that are not in memory: fetched when they are asked for, joined, and kept. What is kept is never taken
//! back while the register lives, so that answers can be borrowed; a long run starts a register anew now and then.

use std::fmt;
use std::sync::Arc;

use elsa::sync::FrozenMap;

use super::merge::{LookupResult, MergedRows};
use super::{Register, lookup_names, lookup_serials};
use crate::law::{Instrument, Key, Number};

/// What rows are asked for by.
#[derive(Debug, Clone, Copy)]
pub enum Lookup<'a> {
    /// `Number::folded`: everything about the number.
    Number(&'a str),
    /// One of [`super::lookup_serials`]: the instruments, and the acts by or upon them.
    Serial(&'a str),
    /// One of [`super::lookup_names`], or the id of the end of a relation or act.
    Called(&'a str),
    /// Folded words, at least so many of which stand in a title: the instruments that share most with them.
    Titled(&'a [String], usize),
}

/// Fetches what is known in answer to a question.
pub type Fetch = dyn Fn(Lookup<'_>) -> LookupResult + Send + Sync;

pub(super) struct LazyRows {
    fetch: Arc<Fetch>,
    /// By folded number.
    holdings: FrozenMap<String, Box<MergedRows>>,
    lookup_serials: FrozenMap<String, Vec<Instrument>>,
    /// By the words of a title.
    titled: FrozenMap<String, Vec<Instrument>>,
    /// Folded numbers, by what instruments are called.
    called: FrozenMap<String, Vec<String>>,
}

impl LazyRows {
    pub fn new(fetch: Arc<Fetch>) -> LazyRows {
        LazyRows {
            fetch,
            holdings: FrozenMap::new(),
            lookup_serials: FrozenMap::new(),
            titled: FrozenMap::new(),
            called: FrozenMap::new(),
        }
    }

    pub fn anew(&self) -> LazyRows {
        LazyRows::new(Arc::clone(&self.fetch))
    }

    pub fn len(&self) -> usize {
        self.holdings.len() + self.lookup_serials.len() + self.titled.len() + self.called.len()
    }

    /// Everything about a number.
    pub fn holding(&self, folded: &str, register: &Register) -> &MergedRows {
        if let Some(known) = self.holdings.get(folded) {
            return known;
        }
        let mut holding = MergedRows::of((self.fetch)(Lookup::Number(folded)), register.symbols());
        // Acts bring the instruments at their other end along.
        holding.instruments.retain(|one| one.number.as_ref().is_some_and(|number| number.folded() == folded));
        self.holdings.insert(folded.to_owned(), Box::new(holding))
    }

    /// The instruments under a serial number.
    pub fn bearing(&self, term: &str, register: &Register) -> &[Instrument] {
        if let Some(known) = self.lookup_serials.get(term) {
            return known;
        }
        let mut rows = MergedRows::of((self.fetch)(Lookup::Serial(term)), register.symbols()).instruments;
        rows.retain(|one| {
            let number = one.number.as_ref();
            number.is_some_and(|number| {
                lookup_serials(number, one.issued.map(|day| day.year())).any(|under| under == term)
            })
        });
        self.lookup_serials.insert(term.to_owned(), rows)
    }

    /// The instruments whose titles hold some of the words.
    pub fn titled(&self, words: &[String], least: usize) -> &[Instrument] {
        let key = format!("{least} {}", words.join(" "));
        if let Some(known) = self.titled.get(&key) {
            return known;
        }
        let found = (self.fetch)(Lookup::Titled(words, least));
        self.titled.insert(key, found.instruments)
    }

    /// The folded numbers of the instruments, and of the ends of relations, that are called `text`.
    pub fn numbers_called(&self, text: &str, register: &Register) -> &[String] {
        if let Some(known) = self.called.get(text) {
            return known;
        }
        let found = MergedRows::of((self.fetch)(Lookup::Called(text)), register.symbols());
        let rows = found.instruments.iter().filter(|one| lookup_names(one).any(|call| call == text));
        let ends = found.relations.iter().flat_map(|relation| [&relation.from, &relation.to]);
        let ends = ends.filter(|end: &&Key| end.id() == text).map(|end| &end.number);
        let mut numbers: Vec<String> = Vec::new();
        for number in rows.filter_map(|one| one.number.as_ref()).chain(ends).map(Number::folded) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        self.called.insert(text.to_owned(), numbers)
    }
}

impl fmt::Debug for LazyRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetched").field("kept", &self.len()).finish_non_exhaustive()
    }
}
