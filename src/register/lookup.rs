//! What rows of the register are asked for by, and what is found: the questions that a source of rows answers.
//!
//! A source is the memory (`in_memory`) or, by way of `lazy`, whatever holds the rows of a large register. What it finds
//! is rows, and relations that texts state; `merge` joins the two.

use crate::law::{Instrument, Key, Locality, Number, Relation};

/// What rows are asked for by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lookup<'a> {
    /// `Number::folded`: everything about the number.
    Number(&'a str),
    /// One of [`lookup_serials`]: the instruments, and the relations stated by or about them.
    Serial(&'a str),
    /// One of [`lookup_names`], or the id of the end of a relation.
    Id(&'a str),
    /// Folded words, and how many of them a title has at least: the instruments that share most with them.
    Title(&'a [String], usize),
}

/// What was found for a question, not yet joined.
#[derive(Debug, Clone, Default)]
pub struct LookupResult {
    pub instruments: Vec<Instrument>,
    pub relations: Vec<Relation>,
    /// What texts say.
    pub stated: Vec<StatedRelation>,
}

/// What the text of one instrument says it does to another.
#[derive(Debug, Clone)]
pub struct StatedRelation {
    /// The instrument whose text says so, as its header states it.
    pub by: Instrument,
    pub relation: Relation,
}

/// By what an instrument is found in addresses: its `id`, its `id` without the place, the slug of a number without
/// year.
pub fn lookup_names(instrument: &Instrument) -> impl Iterator<Item = String> {
    let base = instrument.key().filter(|_| instrument.locality.is_some()).map(|key| key.id());
    let undated = |number: &&Number| number.year().is_none() && instrument.issued.is_some();
    let slug = instrument.number.as_ref().filter(undated).map(Number::slug);
    std::iter::once(instrument.id()).chain(base).map(|id| id.to_string()).chain(slug)
}

/// Under what a number is found by its serial: `33`, and `33@2021` for each year that may be its year of issue.
pub fn lookup_serials(number: &Number, issued: Option<i16>) -> impl Iterator<Item = String> {
    let serial = number.serial().to_owned();
    let years = [number.year(), issued.filter(|year| Some(*year) != number.year())];
    let dated = years.into_iter().flatten().map(move |year| format!("{serial}@{year}"));
    std::iter::once(number.serial().to_owned()).chain(dated)
}

/// The one of the instruments of a number that a key means; `None` where several fit.
pub(super) fn meant_by<'r>(
    rows: impl Iterator<Item = &'r Instrument>,
    key: &Key,
    locality: Option<&Locality>,
) -> Option<&'r Instrument> {
    let mut fitting = rows.filter(|instrument| {
        (key.date().is_none()
            || instrument.number.as_ref().is_some_and(|number| number.year().is_some())
            || instrument.issued == key.date())
            && match (&instrument.locality, locality) {
                (Some(ours), Some(theirs)) => ours == theirs,
                _ => true,
            }
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Whether two keys may mean the same instrument: one number, and no two different dates.
pub(super) fn may_be_one(a: &Key, b: &Key) -> bool {
    let dates_fit = a.date().is_none() || b.date().is_none() || a.date() == b.date();
    dates_fit && a.number.folded() == b.number.folded()
}

/// Whether two relations say the same, whatever their sources.
pub(super) fn is_same(a: &Relation, b: &Relation) -> bool {
    a.treatment == b.treatment && may_be_one(&a.from, &b.from) && may_be_one(&a.to, &b.to)
}

/// What two relations that say the same share; the dates of their keys may still differ.
pub(super) fn statement_key(relation: &Relation) -> String {
    format!("{} {} {}", relation.from.number.folded(), relation.treatment, relation.to.number.folded())
}
