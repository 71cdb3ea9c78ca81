//! Facts about instruments, agencies and kinds, from the five tables of `corpus/register/`.
//!
//! The tables are plain CSV so that a user adds a fact by adding a row. The copy in the repository is also
//! compiled in, so that the program knows its symbols wherever it runs.

mod names;
mod row;
mod symbols;
mod table;
mod trie;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::law::{Confidence, Date, Force, Instrument, Key, Locality, Number, Relation};
use crate::text::{Lang, fold};

pub use names::{Name, Names};
pub use row::{Reason, RowProblem};
pub use symbols::Symbols;

/// The register cannot be opened at all. A single bad row is no such error: see [`RowProblem`].
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum RegisterError {
    /// The system does not give the table.
    Unreadable { path: PathBuf, reason: String },
    /// The first line does not name the columns without which no row can be read.
    Columns { path: PathBuf, missing: Vec<&'static str> },
    /// A table that must hold something holds no row.
    Empty { path: PathBuf },
}

impl RegisterError {
    /// The error in the user's language, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        let advice = lang.pick(
            "Kiểm tra lại tệp hoặc chỉ thư mục khác bằng --register.",
            "Check the file, or name another folder with --register.",
        );
        match self {
            RegisterError::Unreadable { path, reason } => {
                let path = path.display();
                if vi {
                    format!("không đọc được bảng {path} của sổ đăng ký văn bản: {reason}. {advice}")
                } else {
                    format!("cannot read the register table {path}: {reason}. {advice}")
                }
            }
            RegisterError::Columns { path, missing } => {
                let (path, missing) = (path.display(), missing.join(", "));
                if vi {
                    format!(
                        "bảng {path} của sổ đăng ký văn bản thiếu cột {missing}: dòng đầu phải ghi tên các cột. {advice}"
                    )
                } else {
                    format!(
                        "the register table {path} lacks the column {missing}: its first line must name the columns. {advice}"
                    )
                }
            }
            RegisterError::Empty { path } => {
                let path = path.display();
                if vi {
                    format!("bảng {path} của sổ đăng ký văn bản không có dòng nào. {advice}")
                } else {
                    format!("the register table {path} holds no row. {advice}")
                }
            }
        }
    }
}

/// Another name of an instrument: `Đề án 1373`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    pub alias: String,
    pub key: Key,
    pub source: String,
}

/// Sổ đăng ký văn bản: what is known of instruments, held in memory and looked up by key, number, name, alias.
#[derive(Debug)]
pub struct Register {
    instruments: Vec<Instrument>,
    relations: Vec<Relation>,
    aliases: Vec<Alias>,
    symbols: Symbols,
    names: Names,
    by_id: HashMap<String, usize>,
    by_number: HashMap<String, Vec<usize>>,
    by_serial: HashMap<String, Vec<usize>>,
    by_alias: HashMap<String, Vec<usize>>,
    relations_from: HashMap<String, Vec<usize>>,
    relations_to: HashMap<String, Vec<usize>>,
    digest: String,
}

impl Register {
    /// The tables compiled into the program. Their rows are checked by a test, so none is lost here.
    pub fn bundled() -> Register {
        let tables = table::Tables::bundled();
        Register::build(&tables).0
    }

    /// The five tables in a folder. Rows that cannot be read are reported and left out; the others count.
    ///
    /// # Errors
    /// A table that is missing, cannot be read, lacks a column that every row needs, or is empty.
    pub fn load(dir: &Path) -> Result<(Register, Vec<RowProblem>), RegisterError> {
        Ok(Register::build(&table::Tables::load(dir)?))
    }

    fn build(tables: &table::Tables) -> (Register, Vec<RowProblem>) {
        let mut problems = Vec::new();
        let agencies = table::rows(&tables.agencies, row::agency, &mut problems);
        let kinds = table::rows(&tables.kinds, row::kind, &mut problems);
        let symbols = Symbols::new(agencies, kinds);
        let instruments = table::rows(&tables.instruments, |fields| row::instrument(fields, &symbols), &mut problems);
        let relations = table::rows(&tables.relations, |fields| row::relation(fields, &symbols), &mut problems);
        let aliases = table::rows(&tables.aliases, |fields| row::alias(fields, &symbols), &mut problems);

        let mut register = Register {
            instruments: Vec::with_capacity(instruments.len()),
            relations: Vec::with_capacity(relations.len()),
            aliases,
            symbols,
            names: Names::new(&[]),
            by_id: HashMap::with_capacity(instruments.len()),
            by_number: HashMap::with_capacity(instruments.len()),
            by_serial: HashMap::new(),
            by_alias: HashMap::new(),
            relations_from: HashMap::new(),
            relations_to: HashMap::new(),
            digest: tables.digest(),
        };
        for instrument in instruments {
            // The first row of an identity counts; a later one is a problem for the user, not a second instrument.
            if let Some(double) = register.add_instrument(instrument) {
                problems.push(RowProblem::duplicate(&tables.instruments.path, &double.id()));
            }
        }
        register.names = Names::new(&register.instruments);
        for relation in relations {
            register.add_relation(relation);
        }
        for (at, alias) in register.aliases.iter().enumerate() {
            register.by_alias.entry(alias_key(&alias.alias)).or_default().push(at);
        }
        (register, problems)
    }

    /// Adds an instrument, unless one of its identity is there: then it is given back.
    pub fn add_instrument(&mut self, instrument: Instrument) -> Option<Instrument> {
        let at = self.instruments.len();
        let id = instrument.id();
        if self.by_id.contains_key(&id) {
            return Some(instrument);
        }
        self.by_id.insert(id, at);
        if let Some(number) = &instrument.number {
            self.by_number.entry(number.folded()).or_default().push(at);
            self.by_serial.entry(number.serial().to_owned()).or_default().push(at);
        }
        self.instruments.push(instrument);
        None
    }

    /// Adds a relation, unless the same one is there.
    pub fn add_relation(&mut self, relation: Relation) -> bool {
        let known = |known: &Relation| {
            known.treatment == relation.treatment
                && known.to.number.folded() == relation.to.number.folded()
                && same(&known.to, &relation.to)
        };
        if self.relations_from(&relation.from).any(known) {
            return false;
        }
        let at = self.relations.len();
        self.relations_from.entry(relation.from.number.folded()).or_default().push(at);
        self.relations_to.entry(relation.to.number.folded()).or_default().push(at);
        self.relations.push(relation);
        true
    }

    /// Joins what a text of the library says it does to another instrument. Where it ends that one as a whole and
    /// the register knew of no end, the instrument is ended from that day on; one that the register does not know
    /// becomes known by it.
    pub fn learn(&mut self, relation: Relation) {
        let ends = relation.treatment.ends() && relation.provision.is_none();
        let (to, date, source) = (relation.to.clone(), relation.date, relation.source.clone());
        if !self.add_relation(relation) || !ends {
            return;
        }
        let known = self.lookup(&to, None).map(Instrument::id);
        let Some(at) = known.and_then(|id| self.by_id.get(&id).copied()) else {
            if self.by_number(&to.number).next().is_none() {
                self.add_instrument(ended_by(&to, date, source, &self.symbols));
            }
            return;
        };
        let instrument = &mut self.instruments[at];
        if instrument.ended.is_none() && instrument.force != Force::Ended {
            instrument.force = Force::Ended;
            instrument.ended = date;
            instrument.force_as_of = date;
        }
    }

    /// A hash of the tables: what was resolved with one register is stale under another.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    pub fn aliases(&self) -> &[Alias] {
        &self.aliases
    }

    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The instrument with this `id`.
    pub fn by_id(&self, id: &str) -> Option<&Instrument> {
        self.by_id.get(id).map(|at| &self.instruments[*at])
    }

    /// All instruments with this number and symbol, letter case and marks apart; several where the number
    /// starts anew each year.
    pub fn by_number(&self, number: &Number) -> impl Iterator<Item = &Instrument> {
        self.pick(self.by_number.get(&number.folded()))
    }

    /// All instruments whose serial number is `serial` (`33`, `66.7`), at least two digits.
    pub fn by_serial(&self, serial: &str) -> impl Iterator<Item = &Instrument> {
        self.pick(self.by_serial.get(serial))
    }

    /// The one instrument of this identity: its number, its date where the number holds no year, and no other
    /// locality. A key without a date finds the instrument if only one bears the number.
    pub fn lookup(&self, key: &Key, locality: Option<&Locality>) -> Option<&Instrument> {
        let mut fitting = self.by_number(&key.number).filter(|instrument| {
            (key.date().is_none()
                || instrument.number.as_ref().is_some_and(|n| n.year().is_some())
                || instrument.issued == key.date())
                && match (&instrument.locality, locality) {
                    (Some(ours), Some(theirs)) => ours == theirs,
                    _ => true,
                }
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// The keys an alias stands for, letter case and marks apart; several where offices use it for several.
    pub fn alias(&self, name: &str) -> Vec<&Key> {
        let found = self.by_alias.get(&alias_key(name));
        found.into_iter().flatten().map(|at| &self.aliases[*at].key).collect()
    }

    /// What `key` does to others.
    pub fn relations_from(&self, key: &Key) -> impl Iterator<Item = &Relation> {
        let found = self.relations_from.get(&key.number.folded());
        found.into_iter().flatten().map(|at| &self.relations[*at]).filter(|r| same(&r.from, key))
    }

    /// What others do to `key`.
    pub fn relations_to(&self, key: &Key) -> impl Iterator<Item = &Relation> {
        let found = self.relations_to.get(&key.number.folded());
        found.into_iter().flatten().map(|at| &self.relations[*at]).filter(|r| same(&r.to, key))
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

    /// Force of the instrument a key means, on a day; `Unknown` where the register does not know it.
    pub fn force(&self, key: &Key, locality: Option<&Locality>, day: Date) -> Force {
        self.lookup(key, locality).map_or(Force::Unknown, |instrument| instrument.force_on(day))
    }

    fn pick<'r>(&'r self, found: Option<&'r Vec<usize>>) -> impl Iterator<Item = &'r Instrument> {
        found.into_iter().flatten().map(|at| &self.instruments[*at])
    }
}

/// Two keys of one number mean the same unless both state a date and the dates differ.
fn same(a: &Key, b: &Key) -> bool {
    a.date().is_none() || b.date().is_none() || a.date() == b.date()
}

/// An instrument known only because another one ended it.
fn ended_by(key: &Key, date: Option<Date>, source: String, symbols: &Symbols) -> Instrument {
    let kind = key.number.parts().next().and_then(|head| symbols.kinds_of_abbr(head).next());
    Instrument {
        number: Some(key.number.clone()),
        kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        title: String::new(),
        issuer: String::new(),
        locality: None,
        issued: key.date(),
        commences: None,
        ended: date,
        force: Force::Ended,
        force_as_of: date,
        confidence: Confidence::Likely,
        source,
    }
}

fn alias_key(name: &str) -> String {
    fold(name).split_whitespace().filter(|word| *word != "so").collect::<Vec<_>>().join(" ")
}
