//! The document as a witness against itself: one number, two dates.

use std::collections::BTreeMap;

use super::context::RuleContext;
use super::period::Period;
use crate::cite::Citation;
use crate::law::{Date, Locality, Scope};
use crate::text::{fold, one_line};

/// A number that is in a document more often than this is compared with its first mentions only.
const MOST: usize = 256;

/// Another date that the document gives the same number in the same stretch of numbering, and whether it gives it more
/// often.
pub(super) fn other_date(context: &RuleContext<'_>, stated: Date) -> Option<(Date, bool)> {
    let (number, symbol) = context.symbol()?;
    if context.register.by_number(number).any(|row| row.issued.is_some()) {
        return None;
    }
    let local = symbol.issuer().is_none_or(|agency| agency.scope == Scope::Local);
    let period = Period::of(number, &symbol)?;
    let of_office;
    let dates = if local {
        of_office = dates_of_office(context)?;
        &of_office
    } else {
        context.index.dates(context.citation)?
    };
    let here = dates.get(&stated).copied().unwrap_or_default();
    let others = dates.iter().filter(|(date, _)| **date != stated && period.same(**date, stated));
    let (other, count) = others.max_by_key(|(date, count)| (**count, **date))?;
    let first = || {
        let all = &context.reading.citations;
        context.index.dated(number).iter().take_while(|at| **at < context.at).any(|at| all[*at].date == Some(*other))
    };
    (*count > here || (*count == here && first())).then_some((*other, *count > here))
}

/// The dates that the document gives a local number of one office. Every office has its own number 70: they are compared
/// only where its place is known, beside one of the mentions or from the document's own head, and no two mentions name
/// different offices.
fn dates_of_office(context: &RuleContext<'_>) -> Option<BTreeMap<Date, usize>> {
    let number = context.written()?;
    let all = &context.reading.citations;
    let mentions: Vec<&Citation> = context.index.dated(number).iter().take(MOST).map(|at| &all[*at]).collect();
    let place = |one: &Citation| one.locality.as_ref().map(Locality::slug);
    let named = mentions.iter().any(|one| one.locality.is_some());
    if !named && context.reading.header.locality.is_none() {
        return None;
    }
    let offices: Vec<String> = mentions.iter().filter_map(|one| office(context, one)).collect();
    let own = (place(context.citation), office(context, context.citation));
    let mut places: Vec<String> = mentions.iter().filter_map(|one| place(one)).collect();
    places.sort_unstable();
    places.dedup();
    // A mention without place or office may be of any of several.
    let several = places.len() > 1 || offices.iter().any(|one| !are_alike(one, &offices[0]));
    let same = |one: &Citation| {
        let there = (place(one), office(context, one));
        if several && (there.0.is_none() || own.0.is_none()) && (there.1.is_none() || own.1.is_none()) {
            return false;
        }
        let places = there.0.zip(own.0.clone()).is_none_or(|(a, b)| a == b);
        let offices = there.1.zip(own.1.clone()).is_none_or(|(a, b)| are_alike(&a, &b));
        places && offices
    };
    let mut dates = BTreeMap::new();
    for date in mentions.into_iter().filter(|one| same(one)).filter_map(|one| one.date) {
        *dates.entry(date).or_default() += 1;
    }
    Some(dates)
}

/// The issuer as the citation states it, folded.
fn office(context: &RuleContext<'_>, citation: &Citation) -> Option<String> {
    let range = citation.issuer.as_ref()?.range.clone();
    let words = fold(context.text.get(range)?);
    let words = words.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd");
    Some(one_line(&words))
}

/// Whether two names may be of one office: one says more than the other ("UBND tỉnh", "UBND tỉnh Cao Bằng").
fn are_alike(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}
