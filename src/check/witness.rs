//! The document as a witness against itself: one number, two dates.

use super::case::Case;
use super::period::Period;
use crate::law::{Date, Scope};

/// Another date that the document gives the same number in the same stretch of numbering, and whether it gives it more
/// often.
pub(super) fn other_date(case: &Case<'_>, stated: Date) -> Option<(Date, bool)> {
    let (number, symbol) = case.symbol()?;
    if case.register.by_number(number).any(|row| row.issued.is_some()) {
        return None;
    }
    let local = symbol.issuer().is_none_or(|agency| agency.scope == Scope::Local);
    if local && case.citation.locality.is_none() {
        return None;
    }
    let period = Period::of(number, &symbol)?;
    let dates = case.mentions.dates(case.citation)?;
    let here = dates.get(&stated).copied().unwrap_or_default();
    let others = dates.iter().filter(|(date, _)| **date != stated && period.same(**date, stated));
    let (other, count) = others.max_by_key(|(date, count)| (**count, **date))?;
    let first = || {
        let before = &case.reading.citations[..case.at];
        before.iter().any(|one| one.mention.number == case.citation.mention.number && one.date == Some(*other))
    };
    (*count > here || (*count == here && first())).then_some((*other, *count > here))
}
