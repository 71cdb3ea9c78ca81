//! Text to the words that are indexed. One function says what a word is, for the index, for queries and for
//! highlighting alike; one fold takes marks and case away.

use std::iter::Enumerate;

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::{WordRanges, spelling, syllable, word_ranges};

/// Names under which the schema finds the two analysers below.
pub(super) const FOLDED: &str = "folded";
pub(super) const MARKED: &str = "marked";

/// What a word that bears marks folds to, and its marks; `None` for one without. All spellings of what folds alike stand
/// together in the dictionary.
pub(super) fn marked_word(word: &str) -> Option<String> {
    spelling(word).map(|marks| marked_term(&syllable(word), &marks))
}

pub(super) fn marked_term(folded: &str, marks: &str) -> String {
    format!("{folded} {marks}")
}

/// A cited instrument and the year of the citing document (0: undated) as one term; those of one instrument stand
/// together, the latest year last.
pub(super) fn in_year(target: &str, year: u64) -> String {
    format!("{}{year:04}", before_year(target))
}

/// What all terms of one instrument begin with.
pub(super) fn before_year(target: &str) -> String {
    format!("{target}@")
}

/// All words of a title as one term: those beyond the first forty tell no more titles apart.
pub(super) fn whole(words: &[String]) -> String {
    words.iter().take(40).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Teaches an index the two analysers.
pub(super) fn register(manager: &TokenizerManager) {
    manager.register(FOLDED, Analyser::new(|word| Some(syllable(word))));
    manager.register(MARKED, Analyser::new(marked_word));
}

/// How many words an analyser keeps. Vietnamese is written in some seven thousand syllables.
const KEPT: usize = 1 << 14;
/// The longest of them in bytes.
const LONGEST: usize = 24;

/// Every word in the form that `form` gives it, or left out.
#[derive(Clone)]
struct Analyser {
    form: fn(&str) -> Option<String>,
    /// The forms given so far: the same syllables come again and again.
    known: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Analyser {
    fn new(form: fn(&str) -> Option<String>) -> Analyser {
        Analyser { form, known: FxHashMap::default() }
    }

    /// Puts the form of a word in place of `out`; whether it has one.
    fn put(&mut self, word: &str, out: &mut String) -> bool {
        out.clear();
        if let Some(known) = self.known.get(word) {
            out.push_str(known.as_deref().unwrap_or_default());
            return known.is_some();
        }
        let form = (self.form)(word);
        out.push_str(form.as_deref().unwrap_or_default());
        let found = form.is_some();
        let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
        if self.known.len() < KEPT && word.len() <= LONGEST && !is_number {
            self.known.insert(word.into(), form.map(String::into_boxed_str));
        }
        found
    }
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { text, words: word_ranges(text).enumerate(), analyser: self, token: Token::default() }
    }
}

struct Stream<'a> {
    text: &'a str,
    words: Enumerate<WordRanges<'a>>,
    analyser: &'a mut Analyser,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Stream { text, words, analyser, token } = self;
        let Some((position, range)) = words.find(|(_, range)| analyser.put(&text[range.clone()], &mut token.text))
        else {
            return false;
        };
        (token.offset_from, token.offset_to, token.position, token.position_length) =
            (range.start, range.end, position, 1);
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
    fn an_analyser_gives_a_word_the_same_form_again() {
        let mut analyser = Analyser::new(marked_word);
        let mut tokens = |text: &str| -> Vec<(usize, String)> {
            let mut stream = analyser.token_stream(text);
            std::iter::from_fn(|| stream.next().map(|token| (token.position, token.text.clone()))).collect()
        };
        let once = vec![(1, "tu tư".to_owned()), (3, "so sô'".to_owned())];
        assert_eq!(tokens("Thong tư 33 số"), once);
        assert_eq!(tokens("Thong tư 33 số"), once);
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
