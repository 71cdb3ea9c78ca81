//! Splits a text into sentences and clauses.
//!
//! The sentence around a mention shows a reader why a document cites; `treatment` and the rules of `check` look for their
//! words in the clause around it.

use std::ops::Range;

use crate::read::{Document, Format};
use crate::text::is_word_char;

/// The longest part of a sentence that is shown, in bytes.
const MOST: usize = 600;

/// The sentence of the document that holds `range`, without blanks at its ends; long ones are cut around the
/// mention at blanks. Bytes of the NFC text.
pub fn sentence(document: &Document, range: &Range<usize>) -> Range<usize> {
    let text = document.text.as_str();
    let mut start = sentence_start(text, range.start);
    let mut end = sentence_end(text, range.end);
    // In plain text a line end may be a converter's; in the other formats it ends a paragraph, and a tab ends a cell.
    if !matches!(document.format, Format::Text | Format::Markdown) {
        start += text[start..range.start].rfind(['\n', '\t']).map_or(0, |at| at + 1);
        end = range.end + text[range.end..end].find(['\n', '\t']).unwrap_or(end - range.end);
    }
    let start = cut_before(text, start, range.start.saturating_sub(MOST / 2));
    let end = cut_after(text, end, (range.end + MOST / 2).min(text.len()));
    let inner = &text[start..end];
    let lead = inner.len()
        - inner.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '#' | '>')).len();
    let start = (start + lead).min(range.start);
    start..start + text[start..end].trim_end().len()
}

/// Where the sentence around byte `at` begins, at most twice `MOST` bytes back.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    let floor = text.floor_char_boundary(at.saturating_sub(2 * MOST));
    let marks = memchr::memrchr3_iter(b'\n', b'.', b'!', &text.as_bytes()[floor..at]);
    marks.map(|i| floor + i).find(|i| ends_at(text, *i)).map_or(floor, |i| i + 1)
}

fn sentence_end(text: &str, at: usize) -> usize {
    let ceiling = text.floor_char_boundary(at + 2 * MOST);
    let marks = memchr::memchr3_iter(b'\n', b'.', b'!', &text.as_bytes()[at..ceiling]);
    let end = marks.map(|i| at + i).find(|i| ends_at(text, *i));
    end.map_or(ceiling, |i| i + usize::from(text.as_bytes()[i] != b'\n'))
}

/// Whether a sentence ends at the line end or full stop at `at`: a full stop before a blank and a capital, a
/// semicolon at a line's end, a blank line, a new item. A single line end inside a sentence is a converter's.
fn ends_at(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    if text.as_bytes()[at] == b'\n' {
        let next = rest.trim_start_matches([' ', '\t', '\r']);
        let before = text[..at].trim_end();
        let closed = before.chars().next_back().is_some_and(|c| !is_word_char(c) && c != ',');
        return next.starts_with(['\n', '-', '+', '*', '#', '|'])
            || next.starts_with("Căn cứ")
            || next.is_empty()
            || before.ends_with([';', '.', ':'])
            || (closed && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    }
    // "TP. Hồ Chí Minh", "TS. Nguyễn": a short word in capitals is an abbreviation.
    let word: usize = text[..at].chars().rev().take_while(|c| is_word_char(*c)).take(3).count();
    let capital = text[..at].chars().next_back().is_some_and(char::is_uppercase);
    let abbreviation = capital && word <= 2;
    !abbreviation && rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(char::is_uppercase)
}

/// The text up to the end of its clause: a semicolon, a full stop before a blank, a blank line.
pub fn clause_head(text: &str) -> &str {
    let end = text.match_indices(['.', ';', '\n']).find(|(at, mark)| ends_clause(text, *at, mark));
    end.map_or(text, |(at, _)| &text[..at])
}

/// The text from the start of its last clause on.
pub fn clause_tail(text: &str) -> &str {
    let start = text.rmatch_indices(['.', ';', '\n']).find(|(at, mark)| ends_clause(text, *at, mark));
    start.map_or(text, |(at, mark)| &text[at + mark.len()..])
}

/// Whether the mark at byte `at` ends a clause: a full stop does before a blank, a line end before an empty line.
pub fn ends_clause(text: &str, at: usize, mark: &str) -> bool {
    let rest = &text[at + mark.len()..];
    match mark {
        "." => rest.is_empty() || rest.starts_with(char::is_whitespace),
        "\n" => rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
        _ => true,
    }
}

fn cut_before(text: &str, start: usize, wish: usize) -> usize {
    if start >= wish {
        return start;
    }
    let wish = text.floor_char_boundary(wish);
    text[wish..].find(' ').map_or(wish, |blank| wish + blank + 1)
}

fn cut_after(text: &str, end: usize, wish: usize) -> usize {
    if end <= wish {
        return end;
    }
    let wish = text.floor_char_boundary(wish);
    text[..wish].rfind(' ').unwrap_or(wish)
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::read::Document;

    #[test]
    fn keeps_to_the_sentence() {
        let text = "Mở đầu. Thực hiện Thông tư số 33/2021/TT-BGDĐT của Bộ.\nTiếp theo.";
        let at = text.find("Thông tư").unwrap();
        let range = sentence(&Document::from_text("text", text), &(at..at + 10));
        assert_eq!(&text[range], "Thực hiện Thông tư số 33/2021/TT-BGDĐT của Bộ.");
    }
}
