//! A search as a value: what a hit must say, what that is worth, and how hits are filtered, ordered and counted.
//!
//! `library/search/rank.rs` decides the ranking and builds the plan; an engine only carries it out. Words are folded
//! (`text::syllable`), days are dates, and hits come back as ids.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::law::{Date, Force};

/// A text of a hit that words are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    Title,
    /// What it is called: number, kind, aliases, the title where it is the name of a law.
    Designation,
    /// Issuer and place.
    Issuer,
    /// The text of a document.
    Body,
    /// The number alone.
    Number,
}

/// What a hit must say. A match has a score; words are scored by BM25 among the hits.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// The folded word is in the field.
    Term { field: TextField, word: String },
    /// The word is in the field (title or body) with exactly these marks (`text::spelling`).
    Spelled { field: TextField, word: String, marks: String },
    /// The words are in the field, one right after the other.
    Phrase { field: TextField, words: Vec<String> },
    /// The title consists of these words.
    WholeTitle(Vec<String>),
    /// The hit is the instrument or document with this id, or is a document of this instrument.
    Is(String),
    /// At least `min` of the clauses; the scores of all that match are added.
    Any { clauses: Vec<Clause>, min: usize },
    /// All of the clauses; the scores are added. `Not` keeps out; `Any` with a `min` of 0 only adds to the score.
    All(Vec<Clause>),
    /// Does not match. Only in `All`, beside something that must match.
    Not(Box<Clause>),
    /// One of the clauses; the best score, and of the others the share `tie`.
    Best { clauses: Vec<Clause>, tie: f32 },
    /// The same matches, all with this score.
    Constant { clause: Box<Clause>, score: f32 },
    /// The same matches, with the score times `by`.
    Boost { clause: Box<Clause>, by: f32 },
}

impl Clause {
    /// A word, with its score times `by`.
    pub fn word(field: TextField, word: &str, by: f32) -> Clause {
        Clause::Term { field, word: word.to_owned() }.boost(by)
    }

    /// One of the clauses at least.
    pub fn any(clauses: Vec<Clause>) -> Clause {
        Clause::Any { clauses, min: 1 }
    }

    /// None of the clauses need match; those that do add to the score.
    pub fn optional(clauses: Vec<Clause>) -> Clause {
        Clause::Any { clauses, min: 0 }
    }

    /// The same with the score times `by`.
    pub fn boost(self, by: f32) -> Clause {
        Clause::Boost { clause: Box::new(self), by }
    }

    /// The same with one score for all.
    pub fn constant(self, score: f32) -> Clause {
        Clause::Constant { clause: Box::new(self), score }
    }

    /// Whatever does not match.
    pub fn negated(self) -> Clause {
        Clause::Not(Box::new(self))
    }
}

/// What hits are narrowed down by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Folded words of the number, one after the other.
    Number(Vec<String>),
    /// Type words, folded and joined by blanks.
    Kind(String),
    /// Folded words of the issuer, one after the other; the issuer of exactly this name if there is one.
    Issuer(Vec<String>),
    /// First and last year.
    Years(i16, i16),
    /// Part of the name of a place, folded.
    Place(String),
    Force(Force),
    /// Ids of the instruments cited.
    Cites(Vec<String>),
    Documents,
    Instruments,
}

impl Filter {
    /// Whether two filters narrow down by the same property.
    pub fn is_like(&self, other: &Filter) -> bool {
        let only = |filter: &Filter| matches!(filter, Filter::Documents | Filter::Instruments);
        std::mem::discriminant(self) == std::mem::discriminant(other) || (only(self) && only(other))
    }
}

/// What hits are ordered by. Equal ones are in an order that their ids fix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Relevance,
    /// Newest first.
    Date,
    /// Most cited first.
    Cited,
}

/// Forces of instruments (by id, place included) that the rows of the register alone do not say.
pub type ForceOverrides = Arc<HashMap<String, Force>>;

/// How the force of a hit is determined.
#[derive(Debug, Clone)]
pub struct ForceBasis {
    /// The day on which it is asked for.
    pub as_of: Date,
    /// These come before what the register says.
    pub overrides: ForceOverrides,
}

/// A second look at the best hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Rescore {
    /// How many of the best hits are looked at; those behind them stay in the order of the first pass.
    pub window: usize,
    /// The scores of all that match are added to the first score.
    pub clauses: Vec<Clause>,
}

/// A search.
#[derive(Debug, Clone)]
pub struct SearchPlan {
    /// What a hit must say; `None` for any.
    pub clause: Option<Clause>,
    /// Each with whether it keeps hits out instead. Of several by one property, one must fit.
    pub filters: Vec<(bool, Filter)>,
    pub force: ForceBasis,
    pub order: Order,
    pub rescore: Option<Rescore>,
    /// How many hits are returned at most.
    pub limit: usize,
    /// Whether all hits are counted; else only the best are looked for, which is quicker.
    pub total: bool,
    /// Whether all hits are counted by kind, issuer, place, year and force too.
    pub facets: bool,
}

impl SearchPlan {
    /// Whether hits are narrowed down by force.
    pub fn is_by_force(&self) -> bool {
        self.filters.iter().any(|(_, filter)| matches!(filter, Filter::Force(_)))
    }

    /// The `limit` hits that match a clause best, not counted.
    pub fn best(clause: Clause, limit: usize, as_of: Date) -> SearchPlan {
        SearchPlan {
            clause: Some(clause),
            filters: Vec::new(),
            force: ForceBasis { as_of, overrides: ForceOverrides::default() },
            order: Order::Relevance,
            rescore: None,
            limit,
            total: false,
            facets: false,
        }
    }
}

/// Whether a hit is a document of the library or an instrument of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    Document,
    Instrument,
}

/// What was found, before it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The id of the instrument or document.
    pub id: String,
    pub kind: RecordKind,
    /// The instrument it is, place included; `None` for a document without a number.
    pub instrument: Option<String>,
    pub score: f32,
}

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResults {
    /// How many hits there are; at least as many as are returned where they were not counted.
    pub total: usize,
    /// The first in the order asked for.
    pub hits: Vec<SearchHit>,
    /// Empty unless asked for.
    pub facets: FacetCounts,
}

/// How many of all hits have each value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    pub kinds: BTreeMap<String, usize>,
    pub issuers: BTreeMap<String, usize>,
    pub places: BTreeMap<String, usize>,
    pub years: BTreeMap<i16, usize>,
    pub forces: HashMap<Force, usize>,
    pub documents: usize,
    pub instruments: usize,
}

/// One way in which a word is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// `text::spelling`.
    pub marks: String,
    /// How many titles and texts have it so.
    pub frequency: usize,
}

/// A folded word of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownWord {
    pub word: String,
    /// How many titles and designations have it.
    pub in_titles: usize,
    /// How many texts have it.
    pub in_texts: usize,
}
