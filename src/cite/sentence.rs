//! The sentence around a mention: what a reader needs to see why a document cites.

use std::ops::Range;

/// The most of a sentence that is shown, in bytes.
const MOST: usize = 600;

/// The sentence of `text` that holds `range`, without blanks at its ends; long ones are cut around the mention
/// at blanks. Bytes.
pub fn sentence(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = sentence_start(text, range.start);
    let end = sentence_end(text, range.end);
    let start = cut_before(text, start, range.start.saturating_sub(MOST / 2));
    let end = cut_after(text, end, (range.end + MOST / 2).min(text.len()));
    let inner = &text[start..end];
    let lead = inner.len()
        - inner.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '#' | '>')).len();
    let start = (start + lead).min(range.start);
    start..start + text[start..end].trim_end().len()
}

/// Where the sentence that holds `at` begins, as far back as a sentence is followed.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    let floor = floor(text, at.saturating_sub(2 * MOST));
    let before = &text[floor..at];
    let mut start = floor;
    for (i, c) in before.char_indices() {
        if ends_here(before, i, c) {
            start = floor + i + c.len_utf8();
        }
    }
    start
}

fn sentence_end(text: &str, at: usize) -> usize {
    let ceiling = floor(text, (at + 2 * MOST).min(text.len()));
    let after = &text[at..ceiling];
    after
        .char_indices()
        .find(|(i, c)| ends_here(after, *i, *c))
        .map_or(ceiling, |(i, c)| at + i + if c == '\n' { 0 } else { c.len_utf8() })
}

/// A full stop before a blank and a capital, a semicolon at a line's end, or a blank line. A single line end
/// inside a sentence is a converter's.
fn ends_here(text: &str, at: usize, c: char) -> bool {
    let rest = &text[at + c.len_utf8()..];
    match c {
        '\n' => {
            let next = rest.trim_start_matches([' ', '\t', '\r']);
            let before = text[..at].trim_end();
            next.starts_with(['\n', '-', '+', '*', '#', '|'])
                || next.is_empty()
                || before.ends_with([';', '.', ':'])
                || (!before.ends_with(',')
                    && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                    && before.chars().next_back().is_some_and(|c| !c.is_lowercase() && !c.is_alphanumeric()))
        }
        '.' | '!' | '?' => {
            let next = rest.trim_start();
            rest.starts_with(char::is_whitespace) && next.starts_with(|c: char| c.is_uppercase())
        }
        _ => false,
    }
}

fn cut_before(text: &str, start: usize, wish: usize) -> usize {
    if start >= wish {
        return start;
    }
    let wish = floor(text, wish);
    text[wish..].find(' ').map_or(wish, |blank| wish + blank + 1)
}

fn cut_after(text: &str, end: usize, wish: usize) -> usize {
    if end <= wish {
        return end;
    }
    let wish = floor(text, wish);
    text[..wish].rfind(' ').unwrap_or(wish)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn keeps_to_the_sentence() {
        let text = "Mở đầu. Thực hiện Thông tư số 33/2021/TT-BGDĐT của Bộ.\nTiếp theo.";
        let at = text.find("Thông tư").unwrap();
        let range = sentence(text, &(at..at + 10));
        assert_eq!(&text[range], "Thực hiện Thông tư số 33/2021/TT-BGDĐT của Bộ.");
    }
}
