//! A search plan as queries of the engine, clause by clause. What a match is worth is decided in the plan.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::encode::first_day;
use super::open::Store;
use super::schema::kind;
use super::tokens::{marked_term, whole};
use crate::store::error::StoreError;
use crate::store::plan::{Clause, Filter, SearchPlan, TextField};
use crate::text::{fold, folded_words};

type Lowered = Box<dyn Query>;

/// Everything that a plan matches, scored by its clause.
pub(super) fn plan(store: &Store, plan: &SearchPlan) -> Result<BooleanQuery, StoreError> {
    let mut clauses = vec![(Occur::Must, hits(store, &plan.filters)?)];
    match &plan.clause {
        Some(Clause::All(parts)) => all(store, parts, &mut clauses),
        Some(one) => clauses.push((Occur::Must, clause(store, one))),
        None => {}
    }
    Ok(BooleanQuery::new(clauses))
}

/// A clause by itself.
pub(super) fn clause(store: &Store, one: &Clause) -> Lowered {
    let fields = &store.fields;
    let each = |clauses: &[Clause]| -> Vec<Lowered> { clauses.iter().map(|one| clause(store, one)).collect() };
    match one {
        Clause::Term { field, word } => scored(text_field(store, *field), word),
        Clause::Spelled { field, word, marks } => {
            let field = if *field == TextField::Title { fields.title_marked } else { fields.body_marked };
            scored(field, &marked_term(word, marks))
        }
        Clause::Phrase { field, words } => phrase(text_field(store, *field), words),
        Clause::WholeTitle(words) => Box::new(store.term(fields.whole, &whole(words))),
        Clause::Is(id) => is(store, id),
        Clause::Any { clauses, .. } if clauses.is_empty() => Box::new(EmptyQuery),
        Clause::Any { clauses, min: 1 } => Box::new(BooleanQuery::union(each(clauses))),
        Clause::Any { clauses, min } => {
            Box::new(BooleanQuery::union_with_minimum_required_clauses(each(clauses), *min))
        }
        Clause::All(parts) => {
            let mut clauses = Vec::new();
            all(store, parts, &mut clauses);
            Box::new(BooleanQuery::new(clauses))
        }
        Clause::Not(inner) => {
            let everything: Lowered = Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
            Box::new(BooleanQuery::new(vec![(Occur::Must, everything), (Occur::MustNot, clause(store, inner))]))
        }
        Clause::Best { clauses, tie } => Box::new(DisjunctionMaxQuery::with_tie_breaker(each(clauses), *tie)),
        Clause::Constant { clause: inner, score } => Box::new(ConstScoreQuery::new(clause(store, inner), *score)),
        Clause::Boost { clause: inner, by } => Box::new(BoostQuery::new(clause(store, inner), *by)),
    }
}

fn all(store: &Store, parts: &[Clause], out: &mut Vec<(Occur, Lowered)>) {
    for part in parts {
        match part {
            Clause::Not(inner) => out.push((Occur::MustNot, clause(store, inner))),
            Clause::Any { clauses, min: 0 } => {
                out.extend(clauses.iter().map(|one| (Occur::Should, clause(store, one))));
            }
            other => out.push((Occur::Must, clause(store, other))),
        }
    }
}

fn text_field(store: &Store, field: TextField) -> Field {
    let fields = &store.fields;
    match field {
        TextField::Title => fields.title,
        TextField::Designation => fields.designation,
        TextField::Issuer => fields.issuer,
        TextField::Body => fields.body,
        TextField::Number => fields.numbered,
    }
}

fn scored(field: Field, word: &str) -> Lowered {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// Words one after the other.
fn phrase(field: Field, words: &[String]) -> Lowered {
    let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    match &terms[..] {
        [] => Box::new(EmptyQuery),
        [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// What has an id, or is a document of the instrument with that id.
fn is(store: &Store, id: &str) -> Lowered {
    let fields = &store.fields;
    let (base, place) = id.split_once('.').unwrap_or((id, ""));
    let document_of: Lowered = Box::new(store.term(fields.is_instrument, base));
    let document_of = match place {
        "" => document_of,
        _ => Box::new(BooleanQuery::intersection(vec![document_of, Box::new(store.term(fields.place, place))])),
    };
    let instrument: Lowered = Box::new(store.term(fields.instrument, id));
    let document: Lowered = Box::new(store.term(fields.document, id));
    Box::new(BooleanQuery::union(vec![instrument, document_of, document]))
}

/// Only what is listed as a hit: documents, and instruments that are not one of them; narrowed down.
fn hits(store: &Store, filters: &[(bool, Filter)]) -> Result<Lowered, StoreError> {
    let kinds: Vec<Lowered> = [kind::INSTRUMENT, kind::DOCUMENT].into_iter().map(|one| of_kind(store, one)).collect();
    let mut clauses: Vec<(Occur, Lowered)> = vec![(Occur::Must, Box::new(BooleanQuery::union(kinds)))];
    let mut groups: Vec<Vec<&Filter>> = Vec::new();
    // Force depends on the day: the collector looks at it.
    for (not, filter) in filters.iter().filter(|(_, filter)| !matches!(filter, Filter::Force(_))) {
        if *not {
            clauses.push((Occur::MustNot, lower_filter(store, filter)?));
            continue;
        }
        match groups.iter_mut().find(|group| group[0].is_like(filter)) {
            Some(group) => group.push(filter),
            None => groups.push(vec![filter]),
        }
    }
    for group in groups {
        let any = group.into_iter().map(|filter| lower_filter(store, filter)).collect::<Result<Vec<_>, _>>()?;
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(any))));
    }
    Ok(Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new(clauses)), 0.0)))
}

fn of_kind(store: &Store, kind: &str) -> Lowered {
    Box::new(store.term(store.fields.record_kind, kind))
}

fn lower_filter(store: &Store, filter: &Filter) -> Result<Lowered, StoreError> {
    let fields = &store.fields;
    Ok(match filter {
        Filter::Number(words) => phrase(fields.numbered, words),
        // An agency of exactly this name, else any whose name has the words.
        Filter::Issuer(words) => {
            let exactly = names(store, fields.authority, |name| folded_words(name) == *words)?;
            if exactly.is_empty() { phrase(fields.issuer, words) } else { any_of(exactly) }
        }
        Filter::Kind(kind) => any_of(names(store, fields.kind, |name| fold(name) == *kind)?),
        Filter::Place(place) => {
            let holds = |name: &str| format!(" {} ", folded_words(name).join(" ")).contains(&format!(" {place} "));
            any_of(names(store, fields.locality, holds)?)
        }
        Filter::Years(first, last) => {
            let bound = |year: i16| Term::from_field_u64(fields.day, first_day(year));
            let years = (Bound::Included(bound(*first)), Bound::Excluded(bound(last.saturating_add(1))));
            Box::new(RangeQuery::new(years.0, years.1))
        }
        Filter::Cites(ids) => {
            let any = ids.iter().map(|id| -> Lowered { Box::new(store.term(fields.cites, id)) });
            Box::new(BooleanQuery::union(any.collect()))
        }
        Filter::Documents => of_kind(store, kind::DOCUMENT),
        Filter::Instruments => of_kind(store, kind::INSTRUMENT),
        Filter::Force(_) => Box::new(AllQuery),
    })
}

/// The entries with each of the names of a field that fit.
fn names(store: &Store, field: Field, fits: impl Fn(&str) -> bool) -> Result<Vec<Lowered>, StoreError> {
    let mut names: Vec<String> =
        store.terms_from(field, "", usize::MAX)?.into_iter().map(|(name, _)| name).filter(|name| fits(name)).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.iter().map(|name| -> Lowered { Box::new(store.term(field, name)) }).collect())
}

/// Whatever one of the queries matches.
fn any_of(queries: Vec<Lowered>) -> Lowered {
    if queries.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(queries)) }
}
