//! Text to the words that are indexed. One function says what a word is, for the index, for queries and for
//! highlighting alike; one fold takes marks and case away.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use unicode_normalization::char::is_combining_mark;

use crate::text::{spelling, syllable};

/// Names under which the schema finds the two analysers below.
pub(super) const FOLDED: &str = "folded";
pub(super) const MARKED: &str = "marked";

/// The words of a text: runs of letters and digits, with the bytes where they stand.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some((at, c)) = chars.peek() {
            if !c.is_alphanumeric() && !is_combining_mark(*c) {
                end = *at;
                break;
            }
            chars.next();
        }
        Some(start..end)
    })
}

/// The words of a text, folded.
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|range| syllable(&text[range])).collect()
}

/// What a word that bears marks folds to, and its marks; `None` for one without. All spellings of what folds alike stand
/// together in the dictionary.
pub(super) fn marked_word(word: &str) -> Option<String> {
    spelling(word).map(|marks| marked_term(&syllable(word), &marks))
}

pub(super) fn marked_term(folded: &str, marks: &str) -> String {
    format!("{folded} {marks}")
}

/// All words of a title as one term: those beyond the first forty tell no more titles apart.
pub(super) fn whole(words: &[String]) -> String {
    words.iter().take(40).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Teaches an index the two analysers.
pub(super) fn register(manager: &TokenizerManager) {
    manager.register(FOLDED, Words { form: |word| Some(syllable(word)) });
    manager.register(MARKED, Words { form: marked_word });
}

/// An analyser: every word in the form that `form` gives it, or left out.
#[derive(Clone)]
struct Words {
    form: fn(&str) -> Option<String>,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let tokens: Vec<(Range<usize>, usize, String)> = words(text)
            .enumerate()
            .filter_map(|(position, range)| Some((range.clone(), position, (self.form)(&text[range])?)))
            .collect();
        Stream { tokens: tokens.into_iter(), token: Token::default() }
    }
}

struct Stream {
    tokens: std::vec::IntoIter<(Range<usize>, usize, String)>,
    token: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((range, position, text)) = self.tokens.next() else { return false };
        self.token = Token { offset_from: range.start, offset_to: range.end, position, text, position_length: 1 };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
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

    #[test]
    fn only_words_with_marks_are_marked() {
        assert_eq!(marked_word("MÙ"), Some("mu mu`".into()));
        assert_eq!(marked_word("Đ"), Some("d đ".into()));
        assert_eq!(marked_word("hòa"), marked_word("hoà"));
        assert_eq!(marked_word("2021"), None);
        assert_eq!(marked_word("Thong"), None);
    }
}
