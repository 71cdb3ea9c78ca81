//! The issuer that a citation names: "của Bộ trưởng Bộ Giáo dục và Đào tạo", "của UBND thị xã Quảng Yên".
//!
//! Agencies come from the register's `Symbols`; a local issuer also has a place. Which place "UBND thị xã" means
//! without a name is decided in `resolve`.

use std::ops::Range;

use super::Issuer;
use crate::law::{LEVEL_ABBREVIATIONS, LEVEL_WORDS, LevelWord, Locality, Scope};
use crate::register::Symbols;
use crate::text::{Cursor, fold, folds_to, is_word_char};

/// Heads of agencies: the act of the head is the act of the agency.
const HEADS: [&str; 16] = [
    "bo truong",
    "pho thu tuong",
    "chu tich",
    "pho chu tich",
    "giam doc",
    "tong giam doc",
    "truong phong",
    "truong ban",
    "truong",
    "hieu truong",
    "chanh an",
    "vien truong",
    "tong bi thu",
    "bi thu",
    "thuong truc",
    "ban thuong vu",
];

/// The issuer after "của", where the number or its date ends at byte `at`.
pub(super) fn after(text: &str, at: usize, symbols: &Symbols) -> Option<Issuer> {
    let mut at = Cursor::new(text, at).blanks_and_marks();
    if at.rest().starts_with([',', ')']) {
        at = at.forward(1).blanks();
    }
    let start = at.word("cua")?.blanks();
    let mut name = start;
    let mut named = symbols.agency_named_at(name.rest());
    for head in HEADS {
        if named.is_some() {
            break;
        }
        if let Some(end) = name.phrase(head) {
            name = end.blanks();
            named = symbols.agency_named_at(name.rest());
        }
    }
    let (agency, len) = named?;
    let mut end = name.at() + len;
    let mut locality = None;
    if agency.scope == Scope::Local
        && let Some((place, range)) = place(text, end)
    {
        end = range.end;
        locality = Some(place);
    }
    let locality = locality.and_then(|place| Locality::new(&place));
    Some(Issuer { range: start.at()..end, abbr: Some(agency.abbr.clone()), locality })
}

/// The level word directly after a local agency's name: "UBND tỉnh".
pub(super) fn bare_level(text: &str, issuer: &Issuer) -> Option<&'static LevelWord> {
    let mut words = text[issuer.range.clone()].split_whitespace().rev();
    let (last, before) = (words.next()?, words.next()?);
    LEVEL_WORDS.iter().find(|level| match level.folded.split_once(' ') {
        Some((first, second)) => folds_to(last, second) && folds_to(before, first) && words.next().is_some(),
        None => folds_to(last, level.folded),
    })
}

/// A place after an agency: a level word, a name in capitals, or both. A level word alone is taken into the
/// range, so that `bare_level` finds it.
pub(super) fn place(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let start = Cursor::new(text, at).blanks();
    // A place is on the same line, or a soft line end away.
    if text[at..start.at()].contains("\n\n") {
        return None;
    }
    let mut levels = LEVEL_WORDS.iter().map(|level| level.folded).chain(LEVEL_ABBREVIATIONS);
    let level = levels.find_map(|level| level_at(start, level));
    let name_end = capitalised(text, level.unwrap_or(start).blanks().at());
    let end = name_end.or(level.map(Cursor::at))?;
    Some((text[start.at()..end].to_owned(), start.at()..end))
}

fn level_at<'t>(at: Cursor<'t>, level: &str) -> Option<Cursor<'t>> {
    match level.strip_suffix('.') {
        Some(bare) => at.phrase(bare).filter(|end| end.rest().starts_with('.')).map(|end| end.forward(1)),
        None => at.phrase(level),
    }
}

/// The end of up to four capitalised words on one line: the name of a place.
fn capitalised(text: &str, at: usize) -> Option<usize> {
    const NOT_A_NAME: [&str; 10] = ["ve", "ban", "quy", "huong", "phe", "trien", "ngay", "khoa", "nhiem", "ky"];
    let mut end = None;
    let mut next = at;
    for _ in 0..4 {
        let rest = &text[next..];
        let len = rest.find(|c: char| !(is_word_char(c) || c == '\'')).unwrap_or(rest.len());
        let word = &rest[..len];
        let number = word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if !(word.starts_with(char::is_uppercase) || (number && end.is_none()))
            || NOT_A_NAME.contains(&fold(word).as_str())
        {
            break;
        }
        next += len;
        end = Some(next);
        match text[next..].chars().next() {
            Some(' ' | '\u{a0}') => next += text[next..].chars().next().map_or(1, char::len_utf8),
            Some('-' | '–') if text[next..].chars().nth(1).is_some_and(char::is_uppercase) => {
                next += text[next..].chars().next().map_or(1, char::len_utf8);
            }
            _ => break,
        }
    }
    end
}
