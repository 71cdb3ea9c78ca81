//! What a search is ordered by: an understood query becomes a [`SearchPlan`], with all weights here.
//!
//! The plan has two steps. The first finds everything that fits and orders it roughly: the number or name asked for, words
//! in what an instrument is called, in titles, in texts, marks as typed. The second looks closer at the best of that:
//! words that are next to each other. Force and use are weighed afterwards, in `mod.rs`; how an engine carries the
//! plan out is decided in `store`.

use std::collections::HashMap;

use super::question::Question;
use crate::store::{Clause, ForceBasis, KnownWord, Order, Rescore, SearchPlan, Spelling, Store, StoreError, TextField};
use crate::text::{Word, begins, is_joint};

// How much each kind of match weighs beside the plain score of a word in a text (usually 1 to 10).
const EXACT: f32 = 400.0;
const DESIGNATED: f32 = 300.0;
/// Per word of the number.
const IN_NUMBER: f32 = 20.0;
const WHOLE_TITLE: f32 = 800.0;
/// Nearly the whole query in a title, where it names something and says more.
const IN_TITLE: f32 = 600.0;
const TITLE_PHRASE: f32 = 5.0;
const TEXT_PHRASE: f32 = 1.5;
const TITLE_PAIR: f32 = 2.0;
const TEXT_PAIR: f32 = 1.5;
const TITLE_WORD: f32 = 3.0;
const DESIGNATION_WORD: f32 = 2.0;
/// What a match in a second field adds to the best one.
const TIE: f32 = 0.1;
/// What is left of a match where the word was typed with other marks, or with some of the marks; the rest counts for the
/// spelling typed.
const OTHER_MARKS: f32 = 0.4;
const SOME_MARKS: f32 = 0.75;
/// What is left of a match with a word that may have been meant.
const MEANT: f32 = 0.7;
/// How many of the best hits the second step looks at.
const LOOKED_AT: usize = 200;
/// Beyond this many words the whole query is no title.
const LONGEST_TITLE_PHRASE: usize = 12;

/// How hits are wanted.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// How many at least, where there are as many.
    pub limit: usize,
    /// How many are weighed afterwards; as many are looked at closer.
    pub weighed: usize,
    pub order: Order,
    pub facets: bool,
    pub force: ForceBasis,
}

/// The plan of a question.
///
/// # Errors
/// The vocabulary cannot be read.
pub(super) fn plan(question: &Question, wanted: &Wanted, store: &Store) -> Result<SearchPlan, StoreError> {
    let builder = Builder { question, spellings: spellings(question, store)? };
    let window = wanted.weighed.max(LOOKED_AT);
    let rescore = (wanted.order == Order::Relevance).then(|| Rescore { window, clauses: builder.closer() });
    Ok(SearchPlan {
        clause: Some(builder.whole()),
        filters: question.filters.clone(),
        force: wanted.force.clone(),
        order: wanted.order,
        rescore,
        limit: wanted.limit,
        total: true,
        facets: wanted.facets,
    })
}

/// Hits with all words of a question in their number, kind, alias or issuer, at least one number among them; `None` for a
/// question without a number, which asks for a subject.
pub(super) fn designated(question: &Question) -> Option<Clause> {
    let words = question.words.iter().filter(|word| !is_joint(&word.folded));
    if !words.clone().any(Word::holds_digit) {
        return None;
    }
    let clauses = words.map(|word| {
        let designated = Clause::word(TextField::Designation, &word.folded, 1.0);
        if word.holds_digit() {
            return designated;
        }
        Clause::any(vec![designated, Clause::word(TextField::Issuer, &word.folded, 1.0)])
    });
    Some(Clause::All(clauses.collect()))
}

/// Hits whose titles share a third of the words with a question at least; `None` for a question without a word of its
/// own.
pub(super) fn near_titles(question: &Question) -> Option<Clause> {
    let words = question.words.iter().filter(|word| !is_joint(&word.folded));
    let clauses: Vec<Clause> = words.map(|word| Clause::word(TextField::Title, &word.folded, 1.0)).collect();
    let min = clauses.len().div_ceil(3);
    (!clauses.is_empty()).then_some(Clause::Any { clauses, min })
}

/// Hits with all words in number, name or title, the last of them one of `ends`: what it may be typed on to.
pub(super) fn beginning(question: &Question, ends: &[KnownWord]) -> Option<Clause> {
    let (last, words) = question.words.split_last()?;
    // A number is that of the instrument, not one in its title.
    let named = |word: &str| {
        let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
        let fields = [
            (TextField::Designation, 2.0),
            (TextField::Title, if is_number { 0.1 } else { 2.0 }),
            (TextField::Issuer, 0.5),
        ];
        Clause::any(fields.map(|(field, weight)| Clause::word(field, word, weight)).into())
    };
    // A number may be typed to its end.
    let weight = |word: &str| if last.holds_digit() && word == last.folded { 4.0 } else { 1.0 };
    let ends = ends.iter().map(|end| named(&end.word).boost(weight(&end.word)));
    let mut clauses: Vec<Clause> = words.iter().map(|word| named(&word.folded)).collect();
    clauses.push(Clause::any(ends.collect()));
    Some(Clause::All(clauses))
}

/// The spellings of every word that was typed with marks.
fn spellings(question: &Question, store: &Store) -> Result<HashMap<String, Vec<Spelling>>, StoreError> {
    let marked = question.sought_words().filter(|word| word.marks.is_some());
    let mut words: Vec<&str> = marked.map(|word| word.folded.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    let found = store.spellings(&words)?;
    Ok(words.into_iter().map(str::to_owned).zip(found).collect())
}

/// Puts the clauses of one question together.
struct Builder<'q> {
    question: &'q Question,
    /// Of the words typed with marks, by their fold.
    spellings: HashMap<String, Vec<Spelling>>,
}

impl Builder<'_> {
    /// Everything that fits, roughly ordered.
    fn whole(&self) -> Clause {
        let question = self.question;
        let mut clauses: Vec<Clause> = Vec::new();
        let mut one_of: Vec<Clause> = Vec::new();
        if !question.words.is_empty() {
            one_of.push(self.text());
        }
        if !question.exact.is_empty() {
            let exact = question.exact.iter().map(|id| Clause::Is(id.clone()));
            one_of.push(Clause::any(exact.collect()).constant(EXACT));
        }
        one_of.extend(designated(question).map(|found| self.numbered(found)));
        if !one_of.is_empty() {
            clauses.push(Clause::any(one_of));
        }
        clauses.extend(question.phrases.iter().map(|phrase| self.together(phrase)));
        for group in &question.any_of {
            clauses.push(Clause::any(group.iter().map(|words| self.together(words)).collect()));
        }
        clauses.extend(question.without.iter().map(|words| self.together(words).negated()));
        let words = self.best_words();
        if words.len() > 1 {
            let mut better = Vec::new();
            if words.len() <= LONGEST_TITLE_PHRASE {
                better.push(phrase(&words, TITLE_PHRASE, TEXT_PHRASE));
            }
            better.extend(self.titled(&words));
            let title = words.iter().map(|word| (*word).to_owned()).collect();
            better.push(Clause::WholeTitle(title).constant(WHOLE_TITLE));
            clauses.push(Clause::optional(better));
        }
        Clause::All(clauses)
    }

    /// What the best of the hits are looked at for: neighbouring words of the query that are neighbours in the hit.
    fn closer(&self) -> Vec<Clause> {
        let words = self.best_words();
        if words.len() < 3 {
            return Vec::new();
        }
        let mut pairs: Vec<&[&str]> = words.windows(2).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.into_iter().map(|pair| phrase(pair, self.by_length(TITLE_PAIR, TEXT_PAIR), TEXT_PAIR)).collect()
    }

    /// What a match in a title weighs: `short` for a few words, which ask for a title, `long` for whole questions, whose
    /// answers are in texts.
    fn by_length(&self, short: f32, long: f32) -> f32 {
        const FEW: usize = 8;
        const MANY: usize = 20;
        let words = self.question.words.len().clamp(FEW, MANY) - FEW;
        short + (long - short) * words as f32 / (MANY - FEW) as f32
    }

    /// The words, folded; those that nobody writes as what was most likely meant.
    fn best_words(&self) -> Vec<&str> {
        self.question.words.iter().map(|word| word.also.first().unwrap_or(&word.folded).as_str()).collect()
    }

    /// The words, each in whatever field it is.
    fn text(&self) -> Clause {
        let words = &self.question.words;
        if self.question.is_number && words.len() > 1 {
            let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
            return phrase(&folded, 1.0, 1.0);
        }
        Clause::Any { clauses: words.iter().map(|word| self.word(word)).collect(), min: self.question.needed() }
    }

    /// A word in whatever field it is, or one that was meant by it.
    fn word(&self, word: &Word) -> Clause {
        let mut clauses = vec![
            self.spelled(word, TextField::Title, self.by_length(TITLE_WORD, 1.0)),
            Clause::word(TextField::Designation, &word.folded, self.by_length(DESIGNATION_WORD, 1.0)),
            Clause::word(TextField::Issuer, &word.folded, 1.0),
            self.spelled(word, TextField::Body, 1.0),
        ];
        for other in &word.also {
            clauses.push(Clause::word(TextField::Title, other, TITLE_WORD * MEANT));
            clauses.push(Clause::word(TextField::Designation, other, DESIGNATION_WORD * MEANT));
            clauses.push(Clause::word(TextField::Body, other, MEANT));
        }
        Clause::Best { clauses, tie: TIE }
    }

    /// A word in a field that knows marks: where it was typed with marks, the spellings that have them count more.
    fn spelled(&self, word: &Word, field: TextField, weight: f32) -> Clause {
        let Some(typed) = &word.marks else { return Clause::word(field, &word.folded, weight) };
        let mut parts = vec![Clause::word(field, &word.folded, weight * OTHER_MARKS)];
        let rest = weight * (1.0 - OTHER_MARKS);
        let known = self.spellings.get(&word.folded).into_iter().flatten();
        for Spelling { marks, .. } in known.filter(|one| begins(typed, &one.marks)) {
            let share = if marks == typed { 1.0 } else { SOME_MARKS };
            let spelled = Clause::Spelled { field, word: word.folded.clone(), marks: marks.clone() };
            parts.push(spelled.boost(rest * share));
        }
        Clause::any(parts)
    }

    /// One word, or several that are next to each other.
    fn together(&self, words: &[Word]) -> Clause {
        match words {
            [one] => self.word(one),
            several => {
                let folded: Vec<&str> = several.iter().map(|word| word.folded.as_str()).collect();
                phrase(&folded, TITLE_PHRASE, TEXT_PHRASE)
            }
        }
    }

    /// What is designated so; first the numbers that say no more than the words do: `61/QĐ-BGDĐT` before
    /// `61/1998/QĐ-BGDĐT`.
    fn numbered(&self, designated: Clause) -> Clause {
        let words = self.question.words.iter().map(|word| Clause::word(TextField::Number, &word.folded, IN_NUMBER));
        Clause::All(vec![designated.constant(DESIGNATED), Clause::optional(words.collect())])
    }

    /// Titles that hold nearly all of the query, where it names something and says more; `None` where it does not. What
    /// is said beside the name is looked for by itself: it is short, and a name is long.
    fn titled(&self, words: &[&str]) -> Option<Clause> {
        let beside = &self.question.beside;
        if beside.is_empty() {
            return None;
        }
        let most = |words: &[&str]| Clause::Any {
            clauses: words.iter().map(|word| Clause::word(TextField::Title, word, 1.0)).collect(),
            min: (words.len() * 17).div_ceil(20),
        };
        let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
        Some(Clause::All(vec![most(words), most(&beside)]).constant(IN_TITLE))
    }
}

/// Words one after the other, in whatever field.
fn phrase(words: &[&str], in_title: f32, in_text: f32) -> Clause {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let fields = [(TextField::Title, in_title), (TextField::Designation, in_title), (TextField::Body, in_text)];
    let clauses = fields.map(|(field, weight)| Clause::Phrase { field, words: words.clone() }.boost(weight));
    Clause::Best { clauses: clauses.into(), tie: TIE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(question: &Question) -> Builder<'_> {
        let spelling = |marks: &str| Spelling { marks: marks.to_owned(), frequency: 1 };
        let spellings = HashMap::from([("mu".to_owned(), vec![spelling("mu`"), spelling("mu")])]);
        Builder { question, spellings }
    }

    #[test]
    fn a_word_with_marks_counts_most_as_it_was_typed() {
        let question = Question::new("mù").unwrap();
        let Clause::Best { clauses, .. } = builder(&question).word(&question.words[0]) else { panic!() };
        let Clause::Any { clauses, .. } = &clauses[3] else { panic!("{clauses:?}") };
        let Clause::Boost { clause, by } = &clauses[1] else { panic!("{clauses:?}") };
        assert!(matches!(&**clause, Clause::Spelled { marks, .. } if marks == "mu`"), "{clause:?}");
        assert!((by - (1.0 - OTHER_MARKS)).abs() < 1e-6);
    }

    #[test]
    fn only_a_query_with_a_number_asks_for_a_designation() {
        assert!(designated(&Question::new("xóa mù chữ").unwrap()).is_none());
        assert!(designated(&Question::new("thông tư 33").unwrap()).is_some());
    }

    #[test]
    fn three_words_have_two_pairs() {
        let question = Question::new("xóa mù chữ").unwrap();
        assert_eq!(builder(&question).closer().len(), 2);
        let question = Question::new("mù chữ").unwrap();
        assert_eq!(builder(&question).closer().len(), 0);
    }
}
