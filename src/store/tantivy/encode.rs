//! How values are written into columns of numbers: days and ids.

use crate::law::Date;

/// A date as a number that sorts like it: YYYYMMDD. A column has 0 where a date is unknown.
pub(super) fn day(date: Date) -> u64 {
    u64::from(date.year().max(0).unsigned_abs()) * 10_000
        + u64::from(date.month().unsigned_abs()) * 100
        + u64::from(date.day().unsigned_abs())
}

/// The smallest number of a day of a year: that of documents of which only the year is known.
pub(super) fn first_day(year: i16) -> u64 {
    u64::from(year.max(0).unsigned_abs()) * 10_000
}

/// The number of the last day of a year.
pub(super) fn last_day(year: i16) -> u64 {
    first_day(year) + 1_231
}

/// The year of a day written as a number; `None` where it is unknown.
pub(super) fn year(day: u64) -> Option<i16> {
    i16::try_from(day / 10_000).ok().filter(|year| *year > 0)
}

/// A number in place of an id: the first bytes of its hash.
pub(super) fn number_of(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}
