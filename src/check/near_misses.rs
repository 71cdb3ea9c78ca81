//! Numbers that differ by a slip of the pen: one digit, the year, the kind, a letter of the agency, the term.

use super::context::RuleContext;
use crate::law::{Date, Instrument, Key, Number};
use crate::text::fold;

/// The most candidates that are named: more are a guess.
const MOST: usize = 3;

/// Whether one letter added, left out or changed, or two neighbours swapped, turn one word into the other.
pub(super) fn one_slip(a: &str, b: &str) -> bool {
    strsim::osa_distance(a, b) == 1
}

/// Registered instruments that a number missing from the register may be a slip for, at most three. A slip in the serial
/// number counts only where the stated date is that of the candidate: otherwise every number has neighbours.
pub(super) fn candidates<'a>(context: &RuleContext<'a>, number: &Number) -> Vec<&'a Instrument> {
    let dated = |row: &&Instrument| row.issued.is_some() && row.issued == context.citation.date;
    let fits = |row: &&Instrument| {
        row.locality.is_none()
            && row.number.as_ref().is_some_and(|other| like(number, other))
            && (context.citation.date.is_none() || row.issued.is_none() || dated(row))
    };
    let serial = number.serial();
    let mut found: Vec<&Instrument> = match context.citation.date.map(Date::year) {
        // A row with the stated date is of its year; a row without a date, of the number's own.
        Some(year) => {
            let own = number.year().filter(|own| *own != year);
            let years = [Some(year), own].into_iter().flatten();
            years.flat_map(|year| context.register.by_serial_of(serial, year)).filter(fits).collect()
        }
        None => context.register.by_serial(serial).filter(fits).collect(),
    };
    for other in numbers_to_try(number) {
        found.extend(context.register.by_number(&other).filter(dated));
    }
    if context.citation.date.is_some() && found.iter().any(dated) {
        found.retain(dated);
    }
    if found.len() > MOST { Vec::new() } else { found }
}

/// The numbers that one slip in the serial number makes of this one.
pub(super) fn numbers_to_try(number: &Number) -> impl Iterator<Item = Number> + use<'_> {
    slips_of(number.serial()).into_iter().map(|serial| number.with_serial(&serial, number.year()))
}

/// The terms under which [`candidates`] looks for a number with the date stated beside it.
pub(super) fn serials_to_try(number: &Number, stated: Option<Date>) -> Vec<String> {
    let serial = number.serial();
    match stated.map(Date::year) {
        Some(year) => {
            let own = number.year().filter(|own| *own != year);
            [Some(year), own].into_iter().flatten().map(|year| format!("{serial}@{year}")).collect()
        }
        None => vec![serial.to_owned()],
    }
}

/// Whether one of two keys is but a faulty spelling of the other: the same letters joined otherwise (71/NQ-TW, TTBGDĐT),
/// the year or the issuer left out (22/TT-BGDĐT, 1373/QĐ), and dates that do not contradict.
pub(super) fn is_same_misspelt(a: &Key, b: &Key) -> bool {
    let (one, other) = (&a.number, &b.number);
    let year = |key: &Key| key.number.year().or(key.date().map(Date::year));
    let years_agree = year(a).zip(year(b)).is_none_or(|(x, y)| x == y);
    let dates_agree = a.date().zip(b.date()).is_none_or(|(x, y)| x == y);
    let letters = |number: &Number| {
        let mut letters: Vec<char> = fold(number.symbol()).chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    let cut_off = |short: &Number, long: &Number| {
        let rest = long.symbol().strip_prefix(short.symbol());
        short.parts().count() == 1 && rest.is_some_and(|rest| rest.starts_with(['-', '/']))
    };
    one.serial() == other.serial()
        && years_agree
        && dates_agree
        && (letters(one) == letters(other) || cut_off(one, other) || cut_off(other, one))
}

/// Whether two numbers of one serial differ in the year alone, by one figure, or in one letter of the symbol, or in its
/// kind or term alone.
fn like(number: &Number, other: &Number) -> bool {
    let (ours, theirs) = (fold(number.symbol()), fold(other.symbol()));
    let years = number.year().zip(other.year()).map(|(a, b)| (a.to_string(), b.to_string()));
    if ours == theirs {
        return years.is_some_and(|(a, b)| one_slip(&a, &b));
    }
    let tail = |symbol: &str| symbol.split_once('-').map(|(_, tail)| tail.to_owned());
    let term = |symbol: &str| symbol.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let kind = tail(&ours).is_some() && tail(&ours) == tail(&theirs);
    number.year() == other.year() && (kind || one_slip(&ours, &theirs) || term(&ours) == term(&theirs))
}

/// The serial numbers that one slip makes of this one.
fn slips_of(serial: &str) -> Vec<String> {
    let digits: Vec<char> = serial.chars().collect();
    if !digits.iter().all(char::is_ascii_digit) || digits.len() > 4 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for at in 0..digits.len() {
        for digit in '0'..='9' {
            let mut other = digits.clone();
            other[at] = digit;
            out.push(other.iter().collect());
            let mut longer = digits.clone();
            longer.insert(at, digit);
            out.push(longer.iter().collect());
        }
        let mut shorter = digits.clone();
        shorter.remove(at);
        out.push(shorter.iter().collect());
        let mut swapped = digits.clone();
        if at + 1 < digits.len() {
            swapped.swap(at, at + 1);
            out.push(swapped.iter().collect());
        }
    }
    for digit in '0'..='9' {
        out.push(digits.iter().chain([&digit]).collect());
    }
    out.retain(|other: &String| {
        !other.is_empty() && other.trim_start_matches('0') != serial.trim_start_matches('0') && other != "0"
    });
    out.sort_unstable();
    out.dedup_by(|a, b| a.trim_start_matches('0') == b.trim_start_matches('0'));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_and_no_more() {
        for (a, b) in [("bdgdt", "bgddt"), ("qh14", "qh15"), ("bgdt", "bgddt"), ("2021", "2012"), ("a", "ab")] {
            assert!(one_slip(a, b) && one_slip(b, a), "{a} {b}");
        }
        for (a, b) in [("bgddt", "bgddt"), ("btc", "bgddt"), ("2012", "2121"), ("ab", "ba c")] {
            assert!(!one_slip(a, b) && !one_slip(b, a), "{a} {b}");
        }
    }

    fn hold_both_ways<T>(read: fn(&str) -> Option<T>, judge: fn(&T, &T) -> bool, cases: &[(&str, &str, bool)]) {
        for (one, other, expected) in cases {
            let (a, b) = (read(one).unwrap(), read(other).unwrap());
            assert_eq!((judge(&a, &b), judge(&b, &a)), (*expected, *expected), "{one} {other}");
        }
    }

    #[test]
    fn a_faulty_spelling_is_told_from_another_instrument() {
        let cases = [
            ("71-NQ/TW@2025-08-22", "71/NQ-TW", true),
            ("22/2021/TT-BGDĐT", "22/2021/TTBGDĐT", true),
            ("22/2021/TT-BGDĐT", "22/TT-BGDĐT", true),
            ("22/2021/TT-BGDĐT", "22/TT-BGDĐT@2020-08-06", false),
            ("1373/QĐ-TTg@2021-07-30", "1373/QĐ", true),
            ("1373/QĐ-TTg@2021-07-30", "1373/QĐ-UBND", false),
            ("89/QĐ-TTg@2013-01-09", "89/QĐ-TTg@2019-01-18", false),
            ("22/2021/TT-BGDĐT", "22/2020/TT-BGDĐT", false),
            ("71-NQ/TW", "71/NQ-CP", false),
        ];
        hold_both_ways(Key::parse, is_same_misspelt, &cases);
    }

    #[test]
    fn what_is_like_a_number() {
        let cases = [
            ("22/2020/TT-BGDĐT", "22/2021/TT-BGDĐT", true),
            ("22/2020/TT-BGDĐT", "22/2020/QĐ-BGDĐT", true),
            ("43/2019/QH15", "43/2019/QH14", true),
            ("22/2020/TT-BTC", "22/2020/TT-BTP", true),
            ("22/2020/TT-BGDĐT", "22/2013/TT-BGDĐT", false),
            ("22/2020/TT-BGDĐT", "22/2020/TT-BTC", false),
            ("22/2020/TT-BGDĐT", "22/2020/NĐ-CP", false),
        ];
        hold_both_ways(Number::parse, like, &cases);
    }
}
