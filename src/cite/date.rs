//! Dates as offices write them, and the words that lead from a number to its date.

use std::ops::Range;

use crate::law::Date;
use crate::text::Cursor;

/// The date at byte `at`: `26/11/2021`, `06-8-2020`, `08 tháng 12 năm 2017`, line ends and stray blanks
/// inside. Gives the date and where it ends; `None` for a day that the calendar does not have.
pub(super) fn read(text: &str, at: usize) -> Option<(Date, usize)> {
    let (day, next) = number(Cursor::new(text, at), 1..=2)?;
    let (month, year, end) = in_figures(next).or_else(|| in_words(next))?;
    Some((Date::new(year, month, day as i8).ok()?, end.at()))
}

fn in_figures(at: Cursor<'_>) -> Option<(i8, i16, Cursor<'_>)> {
    let (month, at) = number(separator(at)?, 1..=2)?;
    let (year, end) = number(separator(at)?, 4..=4)?;
    is_plausible(year).then_some((month as i8, year, end))
}

fn in_words(at: Cursor<'_>) -> Option<(i8, i16, Cursor<'_>)> {
    let (month, at) = number(part(at)?, 1..=2)?;
    let (year, end) = number(part(at.past_one_of(&[',']))?, 4..=4)?;
    is_plausible(year).then_some((month as i8, year, end))
}

/// Past "tháng" or "năm"; in "ngày 18 ngày 11 tháng 2008" the words are mixed up, the order is not.
fn part(at: Cursor<'_>) -> Option<Cursor<'_>> {
    ["thang", "nam", "ngay"].iter().find_map(|name| at.word(name)).map(Cursor::blanks)
}

fn is_plausible(year: i16) -> bool {
    (1900..2100).contains(&year)
}

/// The date after a number that ends at byte `at`, with the words that may lead to it; and where the date itself is.
pub(super) fn after(text: &str, at: usize) -> Option<(Date, Range<usize>)> {
    let mut at = Cursor::new(text, at).over_note().blanks_and_marks();
    if at.rest().starts_with(';') {
        return None;
    }
    if at.rest().starts_with([',', '(']) {
        at = at.forward(1).blanks();
    }
    // "… đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày 12 tháng 11 năm 1996"
    let passed = at
        .past("da")
        .phrase("duoc quoc hoi")
        .and_then(|at| at.past("nuoc cong hoa xa hoi chu nghia viet nam").phrase("thong qua"));
    let at = passed.unwrap_or(at);
    let at = ["duoc", "ban hanh", "ky", "de", "ra"].into_iter().fold(at, Cursor::past);
    let start = at.word("ngay")?.blanks().at();
    let (date, end) = read(text, start)?;
    Some((date, start..end))
}

/// The number that the digits here write, if there are so many.
fn number(at: Cursor<'_>, lengths: std::ops::RangeInclusive<usize>) -> Option<(i16, Cursor<'_>)> {
    let digits = at.digits();
    lengths.contains(&digits.len()).then_some(())?;
    Some((digits.parse().ok()?, at.forward(digits.len())))
}

/// Past a separator and the blanks around it.
fn separator(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let at = spaces(at);
    let rest = at.rest();
    // "09/12//2016"
    let twice = usize::from(rest.starts_with("//"));
    rest.starts_with(['/', '-', '.']).then(|| spaces(at.forward(1 + twice)))
}

fn spaces(at: Cursor<'_>) -> Cursor<'_> {
    let rest = at.rest();
    at.forward(rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_written_forms() {
        for (text, date) in [
            (" ngày 26/11/2021 của", "2021-11-26"),
            (", ngày 08 tháng 12 năm 2017", "2017-12-08"),
            (" ngày 6/8/2020,", "2020-08-06"),
            (" ngày 7 tháng\n11 năm 2006", "2006-11-07"),
            (" (ngày 26-11-2021)", "2021-11-26"),
            (" ký ngày 01.7.2021", "2021-07-01"),
            (" NGÀY 26 THÁNG 11 NĂM 2021", "2021-11-26"),
        ] {
            assert_eq!(after(text, 0).map(|(date, _)| date.to_string()).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in [" ngày 31/02/2021", " ngày làm việc", " tháng 11/2021", " ngày 26/11", "; ngày 26/11/2021"]
        {
            assert_eq!(after(text, 0), None, "{text}");
        }
    }
}
