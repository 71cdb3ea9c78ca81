//! The words of a text: runs of letters and digits, as they are typed and folded.
//!
//! One function says what a word is, for the index, for queries and for highlighting alike; one fold takes marks and
//! case away. What a query means is decided in `library/search`.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use unicode_normalization::char::is_combining_mark;

use super::{is_word_char, spelling, syllable};

/// Words of a query beyond this many are ignored: a page pasted into the search box.
pub const MOST_WORDS: usize = 64;

/// Words that join number, date and issuer and say nothing themselves, folded.
const JOINTS: [&str; 8] = ["so", "nam", "ngay", "thang", "cua", "va", "ve", "viec"];

/// Whether a folded word only joins number, date and issuer.
pub fn is_joint(word: &str) -> bool {
    JOINTS.contains(&word)
}

/// Where the words of a text are, in bytes, in order.
pub fn word_ranges(text: &str) -> WordRanges<'_> {
    WordRanges { chars: text.char_indices().peekable(), end: text.len() }
}

/// The iterator of [`word_ranges`].
pub struct WordRanges<'t> {
    chars: Peekable<CharIndices<'t>>,
    /// Of the text.
    end: usize,
}

impl Iterator for WordRanges<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let (start, _) = self.chars.find(|(_, c)| is_word_char(*c))?;
        while self.chars.next_if(|(_, c)| is_word_char(*c) || is_combining_mark(*c)).is_some() {}
        Some(start..self.chars.peek().map_or(self.end, |(at, _)| *at))
    }
}

/// The words of a text, folded.
pub fn folded_words(text: &str) -> Vec<String> {
    word_ranges(text).map(|range| syllable(&text[range])).collect()
}

/// A word that somebody typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub written: String,
    /// Without marks and case.
    pub folded: String,
    /// Its marks (`spelling`); `None` where none were typed, which matches any.
    pub marks: Option<String>,
    /// Folded words that may have been meant, where this one is hardly ever written.
    pub also: Vec<String>,
}

impl Word {
    /// The word as typed, with its fold and marks.
    pub fn new(written: &str) -> Word {
        Word { written: written.to_owned(), folded: syllable(written), marks: spelling(written), also: Vec::new() }
    }

    /// Whether a digit is in it.
    pub fn holds_digit(&self) -> bool {
        self.folded.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// The words of a query, at most [`MOST_WORDS`].
pub fn words_of(text: &str) -> Vec<Word> {
    // `BGD&ĐT` is one word of a number.
    let text = text.replace('&', "");
    word_ranges(&text).map(|range| Word::new(&text[range])).take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_numbers_split() {
        assert_eq!(folded_words("Thông tư 33/2021/TT-BGDĐT"), ["thong", "tu", "33", "2021", "tt", "bgddt"]);
        assert_eq!(folded_words("?!… –"), Vec::<String>::new());
    }

    #[test]
    fn a_word_in_nfd_is_one_word() {
        let nfd = "đi\u{323}nh"; // định, its dot typed apart
        assert_eq!(folded_words(nfd), ["dinh"]);
    }
}
