//! "của Bộ trưởng Bộ Giáo dục và Đào tạo", "của UBND thị xã Quảng Yên": whose act a citation says it is.

use std::ops::Range;

use super::{Issuer, date};
use crate::law::{Locality, Scope};
use crate::register::Symbols;
use crate::text::{fold, folds_to, is_word_char};

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

/// Level words of places, longest first.
pub(super) const LEVELS: [&str; 8] = ["thanh pho", "thi tran", "dac khu", "thi xa", "phuong", "huyen", "tinh", "quan"];

/// What stands after "của" at `at`, where the number or its date ends.
pub(super) fn after(text: &str, at: usize, symbols: &Symbols) -> Option<Issuer> {
    let mut at = date::blanks_and_marks(text, at);
    if text[at..].starts_with([',', ')']) {
        at = date::blanks(text, at + 1);
    }
    let start = date::word(text, at, "cua")?;
    let start = date::blanks(text, start);
    let mut name = start;
    let mut named = symbols.agency_named_at(&text[name..]);
    for head in HEADS {
        if named.is_some() {
            break;
        }
        if let Some(end) = date::phrase(text, name, head) {
            name = date::blanks(text, end);
            named = symbols.agency_named_at(&text[name..]);
        }
    }
    let (agency, len) = named?;
    let mut end = name + len;
    let mut locality = None;
    if agency.scope == Scope::Local
        && let Some((place, range)) = place(text, end)
    {
        end = range.end;
        locality = Some(place);
    }
    let locality = locality.and_then(|place| Locality::new(&place));
    Some(Issuer { range: start..end, abbr: Some(agency.abbr.clone()), locality })
}

/// The level word directly after a local agency's name: "UBND tỉnh". Folded.
pub(super) fn bare_level(text: &str, issuer: &Issuer) -> Option<&'static str> {
    let mut words = text[issuer.range.clone()].split_whitespace().rev();
    let (last, before) = (words.next()?, words.next()?);
    LEVELS.iter().chain(&["xa"]).copied().find(|level| match level.split_once(' ') {
        Some((first, second)) => folds_to(last, second) && folds_to(before, first) && words.next().is_some(),
        None => folds_to(last, level),
    })
}

/// A place after an agency: a level word, a name in capitals, or both. A level word alone is taken into the
/// range, so that `bare_level` finds it.
pub(super) fn place(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let start = date::blanks(text, at);
    // A place stands on the same line, or a soft line end away.
    if text[at..start].contains("\n\n") {
        return None;
    }
    let level = LEVELS.iter().chain(&["xa", "tp.", "tp", "tx."]).find_map(|level| level_at(text, start, level));
    let name_at = date::blanks(text, level.unwrap_or(start));
    let name_end = capitalised(text, name_at);
    match (level, name_end) {
        (None, None) => None,
        (Some(end), None) => Some((text[start..end].to_owned(), start..end)),
        (_, Some(end)) => Some((text[start..end].to_owned(), start..end)),
    }
}

fn level_at(text: &str, at: usize, level: &str) -> Option<usize> {
    match level.strip_suffix('.') {
        Some(bare) => date::phrase(text, at, bare).filter(|end| text[*end..].starts_with('.')).map(|end| end + 1),
        None => date::phrase(text, at, level),
    }
}

/// The end of up to four capitalised words on one line: a place name.
fn capitalised(text: &str, at: usize) -> Option<usize> {
    const NO_NAME: [&str; 10] = ["ve", "ban", "quy", "huong", "phe", "trien", "ngay", "khoa", "nhiem", "ky"];
    let mut end = None;
    let mut next = at;
    for _ in 0..4 {
        let rest = &text[next..];
        let len = rest.find(|c: char| !(is_word_char(c) || c == '\'')).unwrap_or(rest.len());
        let word = &rest[..len];
        let number = word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if !(word.starts_with(char::is_uppercase) || (number && end.is_none()))
            || NO_NAME.contains(&fold(word).as_str())
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
