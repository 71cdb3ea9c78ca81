//! The stretch of time in which a number is given once: two dates within it are two statements about one instrument.

use crate::law::{Branch, Date, Number, Scope};
use crate::register::SymbolParts;

/// The stretch of time in which a number is given once.
pub(super) enum Period {
    /// The number holds the year, and with it the stretch.
    InNumber,
    Year,
    /// Between two congresses of the Party.
    Term,
    /// Between two congresses of a local Party organisation, whose days no table knows.
    LocalTerm,
}

/// The days on which the Party's congresses closed, VIII to XIV: the central organs start numbering again from then on.
const CONGRESSES: [Date; 7] = [
    jiff::civil::date(1996, 7, 1),
    jiff::civil::date(2001, 4, 22),
    jiff::civil::date(2006, 4, 25),
    jiff::civil::date(2011, 1, 19),
    jiff::civil::date(2016, 1, 28),
    jiff::civil::date(2021, 2, 1),
    jiff::civil::date(2026, 1, 23),
];

/// In a year of local congresses two dates this close, in days, are hardly before and after one.
const WITHIN_A_CONGRESS_YEAR: i32 = 31;

impl Period {
    /// `None` where the numbers of the symbol follow no single series.
    pub fn of(number: &Number, symbol: &SymbolParts<'_>) -> Option<Period> {
        if number.year().is_some() {
            return Some(Period::InNumber);
        }
        let party = symbol.is_party(number) || symbol.issuer().is_some_and(|agency| agency.branch == Branch::Party);
        match party {
            false => Some(Period::Year),
            // Decisions and rules (quy định) both have QĐ, each in a series of its own.
            true if symbol.parts.first() == Some(&"QĐ") => None,
            true if symbol.issuer().is_some_and(|agency| agency.scope == Scope::Central) => Some(Period::Term),
            true => Some(Period::LocalTerm),
        }
    }

    pub fn same(&self, a: Date, b: Date) -> bool {
        let term = |date: Date| CONGRESSES.partition_point(|closed| *closed < date);
        match self {
            Period::InNumber | Period::Year => a.year() == b.year(),
            Period::Term => term(a) == term(b) && term(a) > 0,
            // Local congresses meet every fifth year (2015, 2020, 2025), each on a day of its own.
            Period::LocalTerm if a.year() % 5 == 0 => {
                a.year() == b.year() && (a - b).get_days().abs() <= WITHIN_A_CONGRESS_YEAR
            }
            Period::LocalTerm => a.year() == b.year(),
        }
    }
}
