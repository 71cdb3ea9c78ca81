//! The counts of a search as facets: the most frequent values, each with what narrows the query down to it.

use std::collections::BTreeMap;

use super::syntax::{Field, typed};
use super::understand::typed_force;
use crate::law::Force;
use crate::library::answers::{Facet, FacetValue};
use crate::store::FacetCounts;

/// How many values of a facet are returned.
const VALUES: usize = 12;

/// The facets of all hits.
pub(super) fn facets(counts: FacetCounts) -> Vec<Facet> {
    let years = counts.years.into_iter().rev().map(|(year, count)| (year.to_string(), count)).collect();
    let force = |force: &Force| (force.as_str(), typed_force(*force), counts.forces.get(force).copied().unwrap_or(0));
    let kinds = vec![("instrument", "vanban", counts.instruments), ("document", "tailieu", counts.documents)];
    vec![
        worded(Field::Is, kinds),
        worded(Field::Force, Force::ALL.iter().map(force).collect()),
        named(Field::Kind, by_frequency(counts.kinds)),
        named(Field::Issuer, by_frequency(counts.issuers)),
        named(Field::Place, by_frequency(counts.places)),
        named(Field::Year, years),
    ]
}

/// Values that are typed as they are shown.
fn named(field: Field, values: Vec<(String, usize)>) -> Facet {
    let values = values.into_iter().map(|(value, count)| FacetValue { query: typed(field, &value), value, count });
    Facet { field: field.name().to_owned(), values: values.take(VALUES).collect() }
}

/// Values that are named in English and typed in Vietnamese.
fn worded(field: Field, values: Vec<(&str, &str, usize)>) -> Facet {
    let some = values.into_iter().filter(|(.., count)| *count > 0);
    let value = |(value, word, count): (&str, &str, usize)| FacetValue {
        query: typed(field, word),
        value: value.to_owned(),
        count,
    };
    Facet { field: field.name().to_owned(), values: some.map(value).collect() }
}

fn by_frequency(counts: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
