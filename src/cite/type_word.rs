//! Reads the type word before a number: `Thông tư số`, `QĐ`, `Công⏎văn`.

use crate::register::Symbols;
use crate::text::{fold, folds_to, is_letter};

/// A type word found before a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypeWord {
    /// Where it starts, in bytes of the text.
    pub start: usize,
    /// The kind's official name.
    pub name: String,
    /// Whether "số" is between it and the number.
    pub numbered: bool,
    /// Whether it is an abbreviation (`QĐ 02`).
    pub short: bool,
    /// Whether an abbreviation has all its marks (`CD 34` may be anything).
    pub exact: bool,
}

/// The words before a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Before {
    pub type_word: Option<TypeWord>,
    /// Whether "số" is directly before the number.
    pub numbered: bool,
}

/// Reads backwards from `at`, the first digit of a number: blanks, a colon, "số", and the longest type word.
pub(super) fn before(text: &str, at: usize, symbols: &Symbols) -> Before {
    let mut end = back_over(text, at);
    let mut numbered = false;
    if let Some(start) = word_start(text, end)
        && is_so(&text[start..end])
    {
        numbered = true;
        end = back_over(text, start);
    }
    let type_word = longest(text, end, symbols).map(|word| TypeWord { numbered, ..word });
    Before { type_word, numbered }
}

fn is_so(word: &str) -> bool {
    // "sổ", "só": slips and misread marks.
    if !word.starts_with(['s', 'S']) {
        return false;
    }
    word.len() <= 5 && word.chars().count() == 2 && fold(word) == "so" && word != "sở" && word != "Sở"
}

/// The longest run of words ending at `end` that is a type word.
fn longest(text: &str, end: usize, symbols: &Symbols) -> Option<TypeWord> {
    let start = word_start(text, end)?;
    let last = &text[start..end];
    if !symbols.may_end_kind_word(last) {
        return None;
    }
    let last_folded = fold(last);
    let mut best = None;
    for (before, kind) in symbols.kind_words_ending(&last_folded) {
        let Some(start) = before.iter().try_fold(start, |start, word| before_word(text, start, word)) else { continue };
        let words = &text[start..end];
        // "tt" in small letters is not "TT".
        let short = before.is_empty() && fold(&kind.name) != last_folded;
        if !short || words.chars().all(|c| !c.is_lowercase() || c == 'r') {
            let exact = !short || kind.variants.iter().any(|variant| variant == words);
            best = Some(TypeWord { start, name: kind.name.clone(), numbered: false, short, exact });
        }
    }
    best
}

/// Where `word`, folded, begins if it ends before byte `start`; only blanks separate the words of a type word.
fn before_word(text: &str, start: usize, word: &str) -> Option<usize> {
    let end = back_over_blanks(text, start);
    let start = word_start(text, end)?;
    folds_to(&text[start..end], word).then_some(start)
}

/// Back over blanks, a colon, and the emphasis marks of Markdown.
fn back_over(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '_')).len();
    // A blank line separates paragraphs, unless a converter broke a line there: then the word before continues.
    if at - end > 16 { at } else { end }
}

fn back_over_blanks(text: &str, at: usize) -> usize {
    let end = text[..at].trim_end().len();
    if at - end > 8 { at } else { end }
}

/// Where the word that ends at `end` begins; `None` if no letter is before `end`.
fn word_start(text: &str, end: usize) -> Option<usize> {
    let before = &text[..end];
    let start = before
        .rfind(|c: char| !is_letter(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    (start < end).then_some(start)
}
