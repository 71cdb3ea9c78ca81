//! Facts about instruments, agencies and kinds, from the five tables of `corpus/register/` and from what was imported
//! into a library.
//!
//! The tables are plain CSV so that a user adds a fact by adding a row. The copy in the repository is also
//! compiled in, so that the program knows its symbols wherever it runs. A register holds its rows in memory, or, where
//! there are too many for that, fetches those of a number when the number is asked about.

mod error;
pub mod export;
pub mod import;
mod in_memory;
mod lazy;
pub mod lint;
mod lookup;
mod merge;
mod names;
mod row;
mod row_problem;
mod symbol_parts;
mod symbols;
mod table;
mod trie;
mod unclosed_quotes;

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::law::{Date, Instrument, Key, Locality, Number, Relation};
use crate::text::fold;

pub use error::RegisterError;
pub use in_memory::{Extent, Fixed, MOST_TITLED};
pub use lazy::{Fetch, FetchCache, FetchFailed};
pub use lookup::{Lookup, LookupResult, StatedRelation, lookup_names, lookup_serials};
pub use names::{Name, Names};
pub use row_problem::RowProblem;
pub use symbol_parts::SymbolParts;
pub use symbols::Symbols;
pub use table::Folders;

use in_memory::InMemoryRows;
use lazy::LazyRows;
use lookup::{may_be_one, meant_by};

/// Another name of an instrument: `Đề án 1373`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    pub alias: String,
    pub key: Key,
    pub source: String,
}

/// Sổ đăng ký văn bản: what is known of instruments, looked up by key, number, name, alias.
///
/// Symbols, aliases and the names of laws are always in memory. The rest is in memory as well, or is fetched number by
/// number and kept: the answers are the same.
#[derive(Debug)]
pub struct Register {
    held: Arc<InMemoryRows>,
    fetched: Option<LazyRows>,
}

impl Register {
    /// The tables compiled into the program. Their rows are checked by a test, so none is lost here.
    pub fn bundled() -> Register {
        let (held, _) = InMemoryRows::of(&[table::Tables::bundled()]);
        Register { held: Arc::new(held), fetched: None }
    }

    /// The five tables in a folder. Rows that cannot be read are reported and left out; the others count.
    ///
    /// # Errors
    /// A table that is missing, cannot be read, lacks a column that every row needs, or is empty.
    pub fn load(dir: &Path) -> Result<(Register, Vec<RowProblem>), RegisterError> {
        Register::open(&Folders { tables: Some(dir.to_owned()), imported: None })
    }

    /// The tables of `folders`, all in memory.
    ///
    /// # Errors
    /// As [`Register::load`].
    pub fn open(folders: &Folders) -> Result<(Register, Vec<RowProblem>), RegisterError> {
        let (held, problems) = InMemoryRows::of(&folders.read()?);
        Ok((Register { held: Arc::new(held), fetched: None }, problems))
    }

    /// Only what every register has in memory; the rows come by [`Register::with_fetch`].
    pub fn from_fixed(fixed: Fixed) -> Register {
        Register { held: Arc::new(InMemoryRows::fixed(fixed)), fetched: None }
    }

    /// This register for one question: rows are taken from `cache` or asked of `fetch`, which may join other facts to
    /// those in memory. Where `fetch` fails, the answers lack rows and [`Register::has_failed`] says so.
    pub fn with_fetch(&self, fetch: Arc<Fetch>, cache: Arc<FetchCache>) -> Register {
        Register { held: Arc::clone(&self.held), fetched: Some(LazyRows::new(fetch, cache)) }
    }

    /// Whether rows could not be fetched, so that answers may lack some.
    pub fn has_failed(&self) -> bool {
        self.fetched.as_ref().is_some_and(LazyRows::has_failed)
    }

    /// Fetches at once what will be asked for. It changes no answer; without it each question fetches for itself.
    pub fn prefetch(&self, lookups: &[Lookup<'_>]) {
        if let Some(fetched) = &self.fetched {
            fetched.prefetch(lookups, self.symbols());
        }
    }

    /// Fetches at once the rows of the numbers that some ids name, as [`Register::prefetch`] does.
    pub fn prefetch_ids(&self, ids: &[&str]) {
        let Some(fetched) = &self.fetched else { return };
        fetched.prefetch(&ids.iter().map(|id| Lookup::Id(id)).collect::<Vec<_>>(), self.symbols());
        if fetched.has_failed() {
            return;
        }
        let numbers = ids.iter().flat_map(|id| fetched.numbers_of_id(id, self.symbols()));
        fetched.prefetch(&numbers.map(|number| Lookup::Number(number)).collect::<Vec<_>>(), self.symbols());
    }

    /// What is in memory of every register, whatever is fetched.
    pub fn fixed(&self) -> Fixed {
        self.held.to_fixed()
    }

    /// The rows in memory that answer a question, with the relations that have an end among them.
    pub fn answer(&self, lookup: Lookup<'_>) -> LookupResult {
        self.held.answer(lookup)
    }

    /// A hash of the tables: what was resolved with one register is stale under another.
    pub fn digest(&self) -> &str {
        &self.held.digest
    }

    /// How many instruments and relations there are, in memory or not, and how fresh the facts are.
    pub fn extent(&self) -> Extent {
        self.held.extent()
    }

    /// The instruments in memory: all of them, or, where they are fetched, those known by their name.
    pub fn instruments(&self) -> &[Instrument] {
        &self.held.instruments
    }

    /// The relations in memory: all of them, or none where they are fetched.
    pub fn relations(&self) -> &[Relation] {
        &self.held.relations
    }

    pub fn aliases(&self) -> &[Alias] {
        &self.held.aliases
    }

    pub fn symbols(&self) -> &Symbols {
        &self.held.symbols
    }

    pub fn names(&self) -> &Names {
        &self.held.names
    }

    /// The instrument with this `id`.
    pub fn by_id(&self, id: &str) -> Option<&Instrument> {
        self.by_any_id(id).find(|instrument| instrument.id() == id)
    }

    /// The instruments whose `id`, `id` without the place, or slug of the number is `id`.
    pub fn by_any_id(&self, id: &str) -> impl Iterator<Item = &Instrument> {
        let found: Vec<&Instrument> = match &self.fetched {
            None => self.held.by_id(id).collect(),
            Some(fetched) => {
                let numbers = fetched.numbers_of_id(id, self.symbols());
                let rows = numbers.iter().flat_map(|number| &fetched.of_number(number, self.symbols()).instruments);
                let without_number = self.held.by_id(id).filter(|one| one.number.is_none());
                rows.filter(|one| lookup_names(one).any(|name| name == id)).chain(without_number).collect()
            }
        };
        found.into_iter()
    }

    /// The key of the end of a relation whose id this is.
    pub fn end_by_id(&self, id: &str) -> Option<Key> {
        let ends = |relation: &Relation| [&relation.from, &relation.to].into_iter().find(|end| end.id() == id).cloned();
        match &self.fetched {
            None => self.held.answer(Lookup::Id(id)).relations.iter().find_map(ends),
            Some(fetched) => {
                let numbers = fetched.numbers_of_id(id, self.symbols());
                numbers.iter().flat_map(|number| &fetched.of_number(number, self.symbols()).relations).find_map(ends)
            }
        }
    }

    /// All instruments with this number and symbol, letter case and marks apart; several where the number
    /// starts anew each year.
    pub fn by_number(&self, number: &Number) -> impl Iterator<Item = &Instrument> {
        let folded = number.folded();
        let found: Vec<&Instrument> = match &self.fetched {
            None => self.held.by_number(&folded).collect(),
            Some(fetched) => fetched.of_number(&folded, self.symbols()).instruments.iter().collect(),
        };
        found.into_iter()
    }

    /// All instruments whose serial number is `serial` (`33`, `66.7`), at least two digits. In a large register these
    /// are thousands: where the year is known, ask [`Register::by_serial_of`].
    pub fn by_serial(&self, serial: &str) -> impl Iterator<Item = &Instrument> {
        self.under_serial(serial).into_iter()
    }

    /// Those of `by_serial` with the year in their number, or issued in it.
    pub fn by_serial_of(&self, serial: &str, year: i16) -> impl Iterator<Item = &Instrument> {
        self.under_serial(&format!("{serial}@{year}")).into_iter()
    }

    fn under_serial(&self, term: &str) -> Vec<&Instrument> {
        match &self.fetched {
            None => self.held.by_serial(term),
            Some(fetched) => fetched.by_serial(term, self.symbols()).iter().collect(),
        }
    }

    /// The instruments whose titles hold at least `least` of some folded words, those that share most with them first; at
    /// most [`MOST_TITLED`].
    pub fn titled(&self, words: &[String], least: usize) -> impl Iterator<Item = &Instrument> {
        let found: Vec<&Instrument> = match &self.fetched {
            None => self.held.titled(words, least),
            Some(fetched) => fetched.titled(words, least, self.symbols()).iter().collect(),
        };
        found.into_iter()
    }

    /// The one instrument of this identity: its number, its date where the number holds no year, and no other
    /// locality. A key without a date finds the instrument if only one bears the number.
    pub fn lookup(&self, key: &Key, locality: Option<&Locality>) -> Option<&Instrument> {
        meant_by(self.by_number(&key.number), key, locality)
    }

    /// The keys an alias stands for, letter case and marks apart; several where offices use it for several.
    pub fn alias(&self, name: &str) -> Vec<&Key> {
        self.held.alias(name)
    }

    /// What `key` does to others.
    pub fn relations_from(&self, key: &Key) -> impl Iterator<Item = &Relation> {
        self.relations_of(key).into_iter().filter(|relation| may_be_one(&relation.from, key))
    }

    /// What others do to `key`.
    pub fn relations_to(&self, key: &Key) -> impl Iterator<Item = &Relation> {
        self.relations_of(key).into_iter().filter(|relation| may_be_one(&relation.to, key))
    }

    /// The relations with an end of the key's number.
    fn relations_of(&self, key: &Key) -> Vec<&Relation> {
        let folded = key.number.folded();
        match &self.fetched {
            None => self.held.relations_of(&folded).collect(),
            Some(fetched) => fetched.of_number(&folded, self.symbols()).relations.iter().collect(),
        }
    }

    /// What to cite on `day` in place of `key`: the last of the chain of instruments that replaced it as a
    /// whole, and the way to it, nearest first. Empty where nothing replaced it, or where the chain forks.
    pub fn successors(&self, key: &Key, day: Date) -> Vec<&Relation> {
        let mut way: Vec<&Relation> = Vec::new();
        let mut at = key;
        loop {
            let mut next = self.relations_to(at).filter(|relation| {
                relation.treatment == crate::law::Treatment::Replaces
                    && relation.provision.is_none()
                    && relation.date.is_none_or(|date| date <= day)
            });
            let (Some(relation), None) = (next.next(), next.next()) else { break };
            if relation.from == *key || way.iter().any(|seen| seen.from == relation.from) {
                break;
            }
            way.push(relation);
            at = &relation.from;
        }
        way
    }
}

/// A name as aliases are compared.
fn alias_key(name: &str) -> String {
    fold(name).split_whitespace().filter(|word| *word != "so").collect::<Vec<_>>().join(" ")
}
