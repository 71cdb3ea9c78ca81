//! The rows of the register that are in memory, and the maps by which they are found.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::lookup::{Lookup, LookupResult, is_same, lookup_names, lookup_serials, statement_key};
use super::table::{self, Tables};
use super::{Alias, Names, RowProblem, Symbols, alias_key, row};
use crate::law::{Agency, Date, Instrument, InstrumentId, Key, Kind, Relation};
use crate::text::{fold, syllable};

/// The most instruments that are given for words of a title.
pub const MOST_TITLED: usize = 100;

/// How far a register reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    pub instruments: usize,
    pub relations: usize,
    /// The latest day on which a fact was confirmed.
    pub confirmed: Option<Date>,
}

/// What is always at hand of a register, however large: as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fixed {
    pub agencies: Vec<Agency>,
    pub kinds: Vec<Kind>,
    pub aliases: Vec<Alias>,
    /// Instruments that are cited by their name.
    pub named: Vec<Instrument>,
    pub digest: String,
    pub extent: Extent,
}

#[derive(Debug)]
pub(super) struct InMemoryRows {
    pub instruments: Vec<Instrument>,
    pub relations: Vec<Relation>,
    pub aliases: Vec<Alias>,
    pub symbols: Symbols,
    pub names: Names,
    pub digest: String,
    /// Of a register whose other rows are elsewhere: how far all of it reaches.
    extent: Option<Extent>,
    /// How many instruments and relations the first of the tables gave.
    pub first_layer: (usize, usize),
    /// Instruments by what they are found by in addresses.
    by_id: RowNumbers,
    by_number: RowNumbers,
    by_serial: RowNumbers,
    by_alias: RowNumbers,
    /// Relations by the folded number of either end.
    by_end: RowNumbers,
    /// Relations by the id of either end.
    by_end_id: RowNumbers,
    /// Relations by what those that say the same share.
    by_statement: RowNumbers,
    /// Instruments by the words of their titles; made when first asked for.
    by_title_word: OnceLock<RowNumbers>,
}

/// Places in a table, by a text.
type RowNumbers = FxHashMap<Box<str>, Vec<u32>>;

fn note(places: &mut RowNumbers, text: &str, at: usize) {
    // Four thousand million rows do not fit into memory.
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    match places.get_mut(text) {
        Some(found) if found.last() == Some(&at) => {}
        Some(found) => found.push(at),
        None => {
            places.insert(text.into(), vec![at]);
        }
    }
}

impl InMemoryRows {
    /// The rows of tables; those of the first count before those of the next.
    pub fn of(layers: &[Tables]) -> (InMemoryRows, Vec<RowProblem>) {
        let mut problems = Vec::new();
        let agencies =
            layers.iter().flat_map(|layer| table::rows(&layer.agencies, row::agency, &mut problems)).collect();
        let kinds = layers.iter().flat_map(|layer| table::rows(&layer.kinds, row::kind, &mut problems)).collect();
        let symbols = Symbols::new(agencies, kinds);
        let mut held = InMemoryRows::empty(symbols, table::digest(layers));
        for (place, layer) in layers.iter().enumerate() {
            let before = held.instruments.len();
            for (line, instrument) in
                table::numbered(&layer.instruments, |fields| row::instrument(fields, &held.symbols), &mut problems)
            {
                // The first row of an identity counts. In one table a later one is a problem for the user; in the
                // next table it is what the first one was put in place of.
                if let Err((at, id)) = held.add_instrument(instrument)
                    && at >= before
                {
                    problems.push(RowProblem::duplicate(&layer.instruments.path, line, id.as_str()));
                }
            }
            for relation in table::rows(&layer.relations, |fields| row::relation(fields, &held.symbols), &mut problems)
            {
                held.add_relation(relation);
            }
            for alias in table::rows(&layer.aliases, |fields| row::alias(fields, &held.symbols), &mut problems) {
                held.add_alias(alias);
            }
            if place == 0 {
                held.first_layer = (held.instruments.len(), held.relations.len());
            }
        }
        held.names = Names::new(&held.instruments);
        (held, problems)
    }

    pub fn fixed(fixed: Fixed) -> InMemoryRows {
        let mut held = InMemoryRows::empty(Symbols::new(fixed.agencies, fixed.kinds), fixed.digest);
        for instrument in fixed.named {
            // They were told apart before they were stored.
            drop(held.add_instrument(instrument));
        }
        for alias in fixed.aliases {
            held.add_alias(alias);
        }
        held.names = Names::new(&held.instruments);
        held.extent = Some(fixed.extent);
        held
    }

    pub fn to_fixed(&self) -> Fixed {
        Fixed {
            agencies: self.symbols.agencies().to_vec(),
            kinds: self.symbols.kinds().to_vec(),
            aliases: self.aliases.clone(),
            named: self.names.all(&self.instruments).cloned().collect(),
            digest: self.digest.clone(),
            extent: self.extent(),
        }
    }

    fn empty(symbols: Symbols, digest: String) -> InMemoryRows {
        InMemoryRows {
            instruments: Vec::new(),
            relations: Vec::new(),
            aliases: Vec::new(),
            symbols,
            names: Names::new(&[]),
            digest,
            extent: None,
            first_layer: (0, 0),
            by_id: RowNumbers::default(),
            by_number: RowNumbers::default(),
            by_serial: RowNumbers::default(),
            by_alias: RowNumbers::default(),
            by_end: RowNumbers::default(),
            by_end_id: RowNumbers::default(),
            by_statement: RowNumbers::default(),
            by_title_word: OnceLock::new(),
        }
    }

    /// How far these rows, or those they are a part of, reach.
    pub fn extent(&self) -> Extent {
        self.extent.unwrap_or_else(|| Extent {
            instruments: self.instruments.len(),
            relations: self.relations.len(),
            confirmed: self.instruments.iter().filter_map(|row| row.force_as_of).max(),
        })
    }

    /// The place of the instrument of the same identity.
    pub fn place_of(&self, instrument: &Instrument) -> Option<usize> {
        let id = instrument.id();
        let known = self.by_id.get(id.as_str())?.iter().map(|at| *at as usize);
        known.into_iter().find(|at| self.instruments[*at].id() == id)
    }

    /// Adds an instrument; where one of its identity is there, gives its place and id.
    pub fn add_instrument(&mut self, instrument: Instrument) -> Result<(), (usize, InstrumentId)> {
        let at = self.instruments.len();
        if let Some(there) = self.place_of(&instrument) {
            return Err((there, instrument.id()));
        }
        for name in lookup_names(&instrument) {
            note(&mut self.by_id, &name, at);
        }
        if let Some(number) = &instrument.number {
            note(&mut self.by_number, &number.folded(), at);
            for serial in lookup_serials(number, instrument.issued.map(|day| day.year())) {
                note(&mut self.by_serial, &serial, at);
            }
        }
        self.instruments.push(instrument);
        Ok(())
    }

    /// The place of the relation that says the same as this one.
    pub fn place_of_relation(&self, relation: &Relation) -> Option<usize> {
        let twins = self.by_statement.get(statement_key(relation).as_str()).into_iter().flatten();
        twins.map(|at| *at as usize).find(|at| is_same(&self.relations[*at], relation))
    }

    /// Adds a relation, unless the same one is there.
    pub fn add_relation(&mut self, relation: Relation) {
        if self.place_of_relation(&relation).is_some() {
            return;
        }
        let at = self.relations.len();
        note(&mut self.by_statement, &statement_key(&relation), at);
        note(&mut self.by_end, &relation.from.number.folded(), at);
        note(&mut self.by_end, &relation.to.number.folded(), at);
        for end in [&relation.from, &relation.to] {
            note(&mut self.by_end_id, end.id().as_str(), at);
        }
        self.relations.push(relation);
    }

    fn add_alias(&mut self, alias: Alias) {
        note(&mut self.by_alias, &alias_key(&alias.alias), self.aliases.len());
        self.aliases.push(alias);
    }

    fn pick<'h>(&'h self, found: Option<&'h Vec<u32>>) -> impl Iterator<Item = &'h Instrument> {
        found.into_iter().flatten().map(|at| &self.instruments[*at as usize])
    }

    /// The instruments that are found by this in addresses.
    pub fn by_id(&self, id: &str) -> impl Iterator<Item = &Instrument> {
        self.pick(self.by_id.get(id))
    }

    pub fn by_number(&self, folded: &str) -> impl Iterator<Item = &Instrument> {
        self.pick(self.by_number.get(folded))
    }

    pub fn by_serial(&self, term: &str) -> Vec<&Instrument> {
        self.pick(self.by_serial.get(term)).collect()
    }

    pub fn alias(&self, name: &str) -> Vec<&Key> {
        let found = self.by_alias.get(alias_key(name).as_str());
        found.into_iter().flatten().map(|at| &self.aliases[*at as usize].key).collect()
    }

    /// The relations with an end of this number.
    pub fn relations_of(&self, folded: &str) -> impl Iterator<Item = &Relation> {
        self.by_end.get(folded).into_iter().flatten().map(|at| &self.relations[*at as usize])
    }

    pub fn answer(&self, lookup: Lookup<'_>) -> LookupResult {
        let (instruments, relations): (Vec<&Instrument>, Vec<&Relation>) = match lookup {
            Lookup::Number(folded) => (self.by_number(folded).collect(), self.relations_of(folded).collect()),
            Lookup::Serial(term) => (self.by_serial(term), Vec::new()),
            Lookup::Id(id) => (self.by_id(id).collect(), self.relations_with_end(id)),
            Lookup::Title(words, least) => (self.titled(words, least), Vec::new()),
        };
        LookupResult {
            instruments: instruments.into_iter().cloned().collect(),
            relations: relations.into_iter().cloned().collect(),
            stated: Vec::new(),
        }
    }

    /// The instruments whose titles hold at least `least` of the words, those that hold most first.
    pub fn titled(&self, words: &[String], least: usize) -> Vec<&Instrument> {
        let by_word = self.by_title_word.get_or_init(|| {
            let mut by_word = RowNumbers::default();
            for (at, row) in self.instruments.iter().enumerate() {
                for word in fold(&row.title).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    note(&mut by_word, &syllable(word), at);
                }
            }
            by_word
        });
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        // As the index has them, so that both answer alike.
        let wanted: FxHashSet<String> = words.iter().map(|word| syllable(word)).collect();
        for at in wanted.into_iter().filter_map(|word| by_word.get(word.as_str())).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let mut found: Vec<(u32, usize)> = shared.into_iter().filter(|(_, count)| *count >= least).collect();
        found.sort_unstable_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        found.truncate(MOST_TITLED);
        found.into_iter().map(|(at, _)| &self.instruments[at as usize]).collect()
    }

    /// The relations with an end of this id.
    fn relations_with_end(&self, id: &str) -> Vec<&Relation> {
        let found = self.by_end_id.get(id).into_iter().flatten();
        found.map(|at| &self.relations[*at as usize]).collect()
    }
}
