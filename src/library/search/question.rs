//! A query, understood. The words of the language in which people ask are gone here; what they mean is left.
//!
//! `understand` makes it from the typed text, `rank` makes a plan of it.

use crate::store::Filter;
use crate::text::{MOST_WORDS, Word, words_of};

/// A query, understood: words and how they were typed, what must and must not be there, and what hits are narrowed down
/// by.
#[derive(Debug, Clone, Default)]
pub(in crate::library) struct Question {
    /// Words of which most must be somewhere.
    pub words: Vec<Word>,
    /// Words that must be next to each other.
    pub phrases: Vec<Vec<Word>>,
    /// Of each group, one must be there: a word, or words next to each other.
    pub any_of: Vec<Vec<Vec<Word>>>,
    /// Words (next to each other) that must not be there.
    pub without: Vec<Vec<Word>>,
    /// Each with whether it keeps hits out instead.
    pub filters: Vec<(bool, Filter)>,
    /// Ids (places included) of what the query names outright.
    pub exact: Vec<String>,
    /// The words that the query says beside what it names, folded: a title that holds them too comes before what is
    /// named.
    pub beside: Vec<String>,
    /// Whether the query is one number and nothing else: then its words are looked for as they are next to each other.
    pub is_number: bool,
    /// Whether half of the words will do.
    pub half: bool,
}

impl Question {
    /// A question of plain words; `None` for a text without a letter or digit.
    pub fn new(text: &str) -> Option<Question> {
        let words = words_of(text);
        (!words.is_empty()).then_some(Question { words, ..Question::default() })
    }

    /// Every word that is looked for, folded: what is highlighted.
    pub fn sought(&self) -> Vec<String> {
        let groups = self.any_of.iter().flatten().chain(&self.phrases).flatten();
        let words = self.words.iter().chain(groups);
        words.flat_map(|word| std::iter::once(&word.folded).chain(&word.also)).cloned().collect()
    }

    /// Every word of the query, wanted or not.
    pub fn sought_words(&self) -> impl Iterator<Item = &Word> {
        let groups = self.any_of.iter().flatten().chain(&self.phrases).chain(&self.without).flatten();
        self.words.iter().chain(groups)
    }

    /// The same question with letters and digits that were typed together set apart: after digits alone (`2019QH14`,
    /// where the letters keep the digits they end in), then everywhere (`TT33`). None where nothing is together.
    pub fn set_apart(&self) -> Vec<Question> {
        let mut out: Vec<Question> = Vec::new();
        for everywhere in [false, true] {
            let apart = self.words.iter().flat_map(|word| match runs(&word.folded, everywhere) {
                one if one.len() < 2 => vec![word.clone()],
                several => several.iter().map(|run| Word::new(run)).collect(),
            });
            let words: Vec<Word> = apart.take(MOST_WORDS).collect();
            if words != self.words && out.iter().all(|one| one.words != words) {
                out.push(Question { words, ..self.clone() });
            }
        }
        out
    }

    /// Whether hits are narrowed down by force.
    pub fn asks_force(&self) -> bool {
        self.filters.iter().any(|(_, filter)| matches!(filter, Filter::Force(_)))
    }

    /// Questions that ask for less, for where nothing fits: words between quotation marks need not be next to each other; then
    /// half of the words will do. None for numbers, which are right or wrong.
    pub fn looser(&self) -> Vec<Question> {
        let mut out = Vec::new();
        let mut apart = self.clone();
        if !self.phrases.is_empty() {
            apart.phrases.clear();
            out.push(apart.clone());
        }
        if self.words.len() > 2 && !self.words.iter().any(Word::holds_digit) {
            apart.half = true;
            out.push(apart);
        }
        out
    }

    /// How many of the words a hit must hold: all of up to three, three quarters of more, fewer of a whole question, so
    /// that it still finds a short title.
    pub fn needed(&self) -> usize {
        match self.words.len() {
            n if self.half => n.div_ceil(2),
            n @ 0..=3 => n,
            n @ 4..=12 => (n * 3).div_ceil(4),
            n => (n * 2).div_ceil(5),
        }
    }
}

/// A word cut where letters follow digits, and where digits follow letters if `everywhere`.
fn runs(word: &str, everywhere: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for c in word.chars() {
        let cut = match last.map(|last| (last.is_ascii_digit(), c.is_ascii_digit())) {
            None | Some((true, false)) => true,
            Some((false, true)) => everywhere,
            Some(_) => false,
        };
        match out.last_mut() {
            Some(run) if !cut => run.push(c),
            _ => out.push(c.to_string()),
        }
        last = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_typed_together_are_set_apart() {
        let apart = |query: &str| -> Vec<Vec<String>> {
            let folded = |question: Question| question.words.into_iter().map(|word| word.folded).collect();
            Question::new(query).unwrap().set_apart().into_iter().map(folded).collect()
        };
        assert_eq!(apart("TT33/2021"), [["tt", "33", "2021"]]);
        assert_eq!(apart("43/2019QH14"), [vec!["43", "2019", "qh14"], vec!["43", "2019", "qh", "14"]]);
        assert_eq!(apart("xóa mù chữ 33"), Vec::<Vec<String>>::new());
    }
}
