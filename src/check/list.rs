//! Citations in one list, which share what is written once for all: "các Thông tư số 17/2018, 18/2018 và
//! 19/2018/TT-BGDĐT ngày 22/8/2018". What is said of the list is said of each; none can be exchanged alone.

use std::ops::Range;

use crate::cite::{Citation, ResolvedDocument};
use crate::text::fold;

/// The most members that are looked at on either side of one.
const MOST: usize = 64;

/// How far back the word for many ("các") is looked for, in bytes.
const LEAD: usize = 24;

/// The places in `ResolvedDocument::citations` of the list that holds the citation at `at`; its own place alone where it
/// is in none. Members of a list share a type word, or follow a word for many.
pub(super) fn members(text: &str, reading: &ResolvedDocument, at: usize) -> Range<usize> {
    let all = &reading.citations;
    let mut first = at;
    while first > 0 && at - first < MOST && are_joined(text, &all[first - 1], &all[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < all.len() && last - at < MOST && are_joined(text, &all[last], &all[last + 1]) {
        last += 1;
    }
    if is_plural(text, all[first].mention.range.start) {
        return first..last + 1;
    }
    let mut from = at;
    while from > first && !bears_type_word(text, &all[from]) {
        from -= 1;
    }
    let mut to = at;
    while to < last && !bears_type_word(text, &all[to + 1]) {
        to += 1;
    }
    from..to + 1
}

/// Where the citation with its date and issuer ends, as far as they are before `limit`.
pub(super) fn end_before(citation: &Citation, limit: usize) -> usize {
    let own = citation.mention.range.end;
    let beside = citation.date_range.iter().chain(citation.issuer.as_ref().map(|issuer| &issuer.range));
    beside.map(|range| range.end).filter(|end| *end <= limit).fold(own, usize::max)
}

/// Whether nothing but a comma, "và", "hoặc", "số" parts two citations.
pub(super) fn are_joined(text: &str, one: &Citation, next: &Citation) -> bool {
    let start = next.mention.range.start;
    let Some(between) = text.get(end_before(one, start)..start).filter(|between| between.len() < 40) else {
        return false;
    };
    let plain = |word: &str| matches!(word, "" | "va" | "hoac" | "hay" | "so" | "cac" | "cung" | "nhu");
    !between.contains([';', '.', '\t', '(', ')']) && fold(between).split(|c: char| !c.is_alphanumeric()).all(plain)
}

/// Whether the words before a citation announce several: "các Thông tư số".
fn is_plural(text: &str, start: usize) -> bool {
    let from = text.ceil_char_boundary(start.saturating_sub(LEAD));
    let before = fold(text.get(from..start).unwrap_or_default());
    let last = before.split_whitespace().next_back().unwrap_or_default();
    matches!(last, "cac" | "nhung" | "hai" | "ba" | "bon")
}

/// Whether the citation's words have a type word of their own.
pub(super) fn bears_type_word(text: &str, citation: &Citation) -> bool {
    let words = text.get(citation.mention.range.clone()).unwrap_or_default();
    words.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::super::test_support::reading;
    use super::*;

    #[test]
    fn who_shares_a_type_word_or_a_word_for_many_is_of_one_list() {
        for (marked, at, expected) in [
            ("[Thông tư số 1/2018/TT-BYT] và [2/2018/TT-BYT]", 0, 0..2),
            ("các [Thông tư số 1/2018/TT-BYT] ngày 02/3/2018 và [Thông tư số 2/2018/TT-BYT]", 1, 0..2),
            ("[Thông tư số 1/2018/TT-BYT] và [Thông tư số 2/2018/TT-BYT]", 0, 0..1),
            ("[Thông tư số 1/2018/TT-BYT]; số [2/2018/TT-BYT]", 0, 0..1),
            ("[Thông tư số 1/2018/TT-BYT] thay cho [2/2018/TT-BYT]", 1, 1..2),
            ("[Thông tư số 1/2018/TT-BYT], [2/2018/TT-BYT] và [Nghị định số 3/2018/NĐ-CP], số [4/2018/NĐ-CP]", 2, 2..4),
        ] {
            let (text, reading) = reading(marked);
            assert_eq!(members(&text, &reading, at), expected, "{marked}");
        }
    }
}
