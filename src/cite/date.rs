//! Dates as offices write them.

use crate::law::Date;
use crate::text::{fold_char, is_letter};

/// A date that stands at `at`: `26/11/2021`, `06-8-2020`, `08 tháng 12 năm 2017`, line ends and stray blanks
/// inside. Gives the date and where it ends; an impossible day is no date.
pub(super) fn read(text: &str, at: usize) -> Option<(Date, usize)> {
    let (day, next) = digits(text, at, 2)?;
    if let Some((month, year, end)) = slashed(text, next).or_else(|| in_words(text, next)) {
        return Some((Date::new(year, month, day as i8).ok()?, end));
    }
    None
}

fn slashed(text: &str, at: usize) -> Option<(i8, i16, usize)> {
    let at = separator(text, at)?;
    let (month, at) = digits(text, at, 2)?;
    let at = separator(text, at)?;
    let (year, end) = digits(text, at, 4)?;
    (1900..2100).contains(&year).then_some((month as i8, year, end))
}

fn in_words(text: &str, at: usize) -> Option<(i8, i16, usize)> {
    // "ngày 18 ngày 11 tháng 2008": the words are mixed up, the order is not.
    let part = |at| ["thang", "nam", "ngay"].iter().find_map(|name| word(text, at, name));
    let at = part(at)?;
    let (month, at) = digits(text, blanks(text, at), 2)?;
    let at = text[at..].strip_prefix(',').map_or(at, |_| at + 1);
    let at = part(at)?;
    let (year, end) = digits(text, blanks(text, at), 4)?;
    (1900..2100).contains(&year).then_some((month as i8, year, end))
}

/// The words that may lead from a number to its date; the date's own range and what comes after. `at` is where
/// the number ends.
pub(super) fn after(text: &str, at: usize) -> Option<(Date, std::ops::Range<usize>)> {
    let mut at = blanks_and_marks(text, over_note(text, at));
    if let Some(c) = text[at..].chars().next().filter(|c| matches!(c, ',' | '(' | ';')) {
        if c == ';' {
            return None;
        }
        at = blanks(text, at + 1);
    }
    // "… đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày 12 tháng 11 năm 1996"
    let passed = phrase(text, word(text, at, "da").unwrap_or(at), "duoc quoc hoi").and_then(|at| {
        let at = phrase(text, at, "nuoc cong hoa xa hoi chu nghia viet nam").unwrap_or(at);
        phrase(text, at, "thong qua")
    });
    at = passed.unwrap_or(at);
    for lead in ["duoc", "ban hanh", "ky", "de", "ra"] {
        at = phrase(text, at, lead).unwrap_or(at);
    }
    let start = word(text, at, "ngay")?;
    let start = blanks(text, start);
    let (date, end) = read(text, start)?;
    Some((date, start..end))
}

/// Past the mark of a footnote that closes a number: "[1]", "(*)", "¹", or digits that were glued to it.
fn over_note(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let bracket = [('[', ']'), ('(', ')')].iter().find_map(|(open, close)| {
        let inner = rest.trim_start_matches([' ', '`']).strip_prefix(*open)?;
        let end = inner.find(*close)?;
        let mark = inner[..end].trim_start_matches('^');
        let short = (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*');
        short.then(|| at + rest.len() - inner.len() + end + close.len_utf8())
    });
    if let Some(end) = bracket {
        return end;
    }
    let glued: usize = rest.chars().take_while(|c| c.is_numeric()).take(3).map(char::len_utf8).sum();
    if (1..=4).contains(&glued) && rest[glued..].starts_with(char::is_whitespace) { at + glued } else { at }
}

/// Skips blanks and the emphasis marks of Markdown that close a number.
pub(super) fn blanks_and_marks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`')).len()
}

/// Skips blanks, line ends among them.
pub(super) fn blanks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start().len()
}

/// Where `word` ends if it stands after the blanks at `at`, folded and whole.
pub(super) fn word(text: &str, at: usize, word: &str) -> Option<usize> {
    let start = blanks(text, at);
    let mut chars = text[start..].char_indices();
    for expected in word.chars() {
        let (_, c) = chars.next()?;
        if fold_char(c) != expected {
            return None;
        }
    }
    let rest = chars.as_str();
    (!rest.starts_with(is_letter)).then(|| text.len() - rest.len())
}

/// `word` for several words.
pub(super) fn phrase(text: &str, at: usize, phrase: &str) -> Option<usize> {
    phrase.split(' ').try_fold(at, |at, one| word(text, at, one))
}

fn digits(text: &str, at: usize, most: usize) -> Option<(i16, usize)> {
    let count = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    if count == 0 || count > most || (most == 4 && count != 4) {
        return None;
    }
    Some((text[at..at + count].parse().ok()?, at + count))
}

fn separator(text: &str, at: usize) -> Option<usize> {
    let at = spaces(text, at);
    let mark = *text.as_bytes().get(at)?;
    // "09/12//2016"
    let twice = usize::from(mark == b'/' && text.as_bytes().get(at + 1) == Some(&b'/'));
    matches!(mark, b'/' | b'-' | b'.').then(|| spaces(text, at + 1 + twice))
}

fn spaces(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n']).len()
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
    fn what_is_no_date_is_none() {
        for text in [" ngày 31/02/2021", " ngày làm việc", " tháng 11/2021", " ngày 26/11", "; ngày 26/11/2021"]
        {
            assert_eq!(after(text, 0), None, "{text}");
        }
    }
}
