//! A query in the user's words to a query of the engine. What it prefers, strongest first: the number or name
//! asked for; all words in what an instrument is called; the words as a phrase, in a title before a text; words
//! that are near; marks as typed; rare words.

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use super::error::IndexError;
use super::schema::{Fields, sort};
use super::store::Store;
use super::tokens::{folded_words, marked_word, words};

/// Words beyond this many are not looked for: a page pasted into the search box.
const MOST_WORDS: usize = 24;

// How much each kind of match weighs beside the plain score of a word in a text (usually 1 to 10).
const EXACT: f32 = 400.0;
const CALLED: f32 = 100.0;
const TITLE_PHRASE: f32 = 5.0;
const TEXT_PHRASE: f32 = 1.5;
const TITLE_PAIR: f32 = 1.2;
const TEXT_PAIR: f32 = 0.4;
const TITLE_WORD: f32 = 3.0;
const CALLED_WORD: f32 = 2.0;
const MARKED_WORD: f32 = 0.3;
/// What a match in a second field adds to the best one.
const TIE: f32 = 0.1;

/// Words that join number, date and issuer and say nothing themselves, folded.
const JOINTS: [&str; 8] = ["so", "nam", "ngay", "thang", "cua", "va", "ve", "viec"];

/// A query, understood as far as the store needs.
#[derive(Debug, Clone)]
pub struct Question {
    /// Folded words.
    pub words: Vec<String>,
    /// Those written with marks, marks kept.
    marked: Vec<String>,
    /// Ids (places included) of what the query names outright.
    pub exact: Vec<String>,
    /// Whether the query is one number and nothing else: then its words are looked for as they stand together.
    pub is_number: bool,
}

impl Question {
    /// `None` where the query holds no letter and no digit.
    pub fn new(query: &str) -> Option<Question> {
        // `BGD&ĐT` is one word of a number.
        let query = query.replace('&', "");
        let mut folded = folded_words(&query);
        folded.truncate(MOST_WORDS);
        let marked = words(&query).filter_map(|range| marked_word(&query[range])).take(MOST_WORDS).collect();
        (!folded.is_empty()).then_some(Question { words: folded, marked, exact: Vec::new(), is_number: false })
    }

    /// The same question with letters and digits that were typed together set apart: after digits alone (`2019QH14`,
    /// where the letters keep the digits they end in), then everywhere (`TT33`). None where nothing is together.
    pub fn set_apart(&self) -> Vec<Question> {
        let mut out: Vec<Question> = Vec::new();
        for everywhere in [false, true] {
            let mut words: Vec<String> = self.words.iter().flat_map(|word| runs(word, everywhere)).collect();
            words.truncate(MOST_WORDS);
            if words != self.words && out.iter().all(|one| one.words != words) {
                out.push(Question { words, ..self.clone() });
            }
        }
        out
    }

    /// How many of the words a hit must hold: all of up to three, three quarters of more, so that a question
    /// in full sentences still finds a short title.
    fn needed(&self) -> usize {
        match self.words.len() {
            n @ 0..=3 => n,
            n => (n * 3).div_ceil(4),
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

/// A hit before it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The id of the instrument or document.
    pub id: String,
    pub is_document: bool,
    /// The instrument it is, place included.
    pub instrument: Option<String>,
    pub score: f32,
}

impl Store {
    /// The best `limit` instruments and documents, and how many there are.
    pub fn search(&self, question: &Question, limit: usize) -> Result<(usize, Vec<Found>), IndexError> {
        let query = Builder { question, fields: &self.fields }.whole();
        self.run(&query, limit)
    }

    /// The instruments and documents that bear all words of the question in their number, kind, alias or issuer.
    pub fn called(&self, question: &Question, limit: usize) -> Result<Vec<Found>, IndexError> {
        let builder = Builder { question, fields: &self.fields };
        let Some(query) = builder.called() else { return Ok(Vec::new()) };
        Ok(self.run(&builder.among_hits(query), limit)?.1)
    }

    /// The instruments whose titles share most words with the question.
    pub fn near_titles(&self, question: &Question, limit: usize) -> Result<Vec<Found>, IndexError> {
        let builder = Builder { question, fields: &self.fields };
        let words = question.words.iter().filter(|word| !JOINTS.contains(&word.as_str()));
        let words: Vec<_> = words.map(|word| builder.word(self.fields.title, word, 1.0)).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let least = words.len().div_ceil(3);
        let query = BooleanQuery::union_with_minimum_required_clauses(words, least);
        Ok(self.run(&builder.among_hits(Box::new(query)), limit)?.1)
    }

    fn run(&self, query: &dyn Query, limit: usize) -> Result<(usize, Vec<Found>), IndexError> {
        let top = TopDocs::with_limit(limit.max(1)).order_by_score();
        let (total, top) = self.searcher.search(query, &(Count, top))?;
        let found = top.into_iter().map(|(score, address)| self.found(score, address)).collect::<Result<_, _>>()?;
        Ok((total, found))
    }

    fn found(&self, score: f32, address: DocAddress) -> Result<Found, IndexError> {
        let instrument = self.identity(address)?;
        let document = self.string("document", address)?;
        let is_document = document.is_some();
        let id = document.or_else(|| instrument.clone()).unwrap_or_default();
        Ok(Found { id, is_document, instrument, score })
    }
}

struct Builder<'q> {
    question: &'q Question,
    fields: &'q Fields,
}

type Clause = Box<dyn Query>;

impl Builder<'_> {
    /// Everything put together.
    fn whole(&self) -> BooleanQuery {
        let mut one_of: Vec<Clause> = vec![self.text()];
        one_of.extend(self.exact());
        one_of.extend(self.called().map(|called| -> Clause { Box::new(ConstScoreQuery::new(called, CALLED)) }));
        let mut query = self.among_hits(Box::new(BooleanQuery::union(one_of)));
        let mut clauses: Vec<(Occur, Clause)> =
            query.clauses().iter().map(|(occur, one)| (*occur, one.box_clone())).collect();
        clauses.extend(self.phrases().into_iter().chain(self.marks()).map(|clause| (Occur::Should, clause)));
        query = BooleanQuery::new(clauses);
        query
    }

    /// Only what is listed as a hit: documents, and instruments that are not one of them.
    fn among_hits(&self, query: Clause) -> BooleanQuery {
        let of_sort = |sort| -> Clause { Box::new(term(self.fields.sort, sort, IndexRecordOption::Basic)) };
        let sorts = BooleanQuery::union(vec![of_sort(sort::INSTRUMENT), of_sort(sort::DOCUMENT)]);
        let sorts: Clause = Box::new(ConstScoreQuery::new(Box::new(sorts), 0.0));
        BooleanQuery::new(vec![(Occur::Must, sorts), (Occur::Must, query)])
    }

    /// The words, each in whatever field it stands.
    fn text(&self) -> Clause {
        let fields = self.fields;
        if self.question.is_number && self.question.words.len() > 1 {
            return self.phrase(&self.question.words, 1.0, 1.0);
        }
        let clauses = self.question.words.iter().map(|one| -> Clause {
            Box::new(DisjunctionMaxQuery::with_tie_breaker(
                vec![
                    self.word(fields.title, one, TITLE_WORD),
                    self.word(fields.called, one, CALLED_WORD),
                    self.word(fields.issuer, one, 1.0),
                    self.word(fields.body, one, 1.0),
                ],
                TIE,
            ))
        });
        let needed = self.question.needed();
        Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses.collect(), needed))
    }

    /// What the query names outright.
    fn exact(&self) -> Option<Clause> {
        let fields = self.fields;
        let clauses: Vec<Clause> = self
            .question
            .exact
            .iter()
            .flat_map(|id| {
                let (base, place) = id.split_once('.').unwrap_or((id, ""));
                let basic = IndexRecordOption::Basic;
                let own: Clause = Box::new(term(fields.own, base, basic));
                let own = match place {
                    "" => own,
                    _ => Box::new(BooleanQuery::intersection(vec![own, Box::new(term(fields.place, place, basic))])),
                };
                let act: Clause = Box::new(term(fields.act, id, basic));
                let document: Clause = Box::new(term(fields.document, id, basic));
                [act, own, document]
            })
            .collect();
        if clauses.is_empty() {
            return None;
        }
        Some(Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(clauses)), EXACT)))
    }

    /// All words in the number, kind, aliases or issuer, at least one number among them; `None` for a query
    /// without a number, which asks for a subject.
    fn called(&self) -> Option<Clause> {
        let fields = self.fields;
        let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let words = self.question.words.iter().filter(|word| !JOINTS.contains(&word.as_str()));
        if !words.clone().any(|word| is_number(word)) {
            return None;
        }
        let clauses = words.map(|word| -> Clause {
            let called = self.word(fields.called, word, 1.0);
            if is_number(word) {
                return called;
            }
            Box::new(BooleanQuery::union(vec![called, self.word(fields.issuer, word, 1.0)]))
        });
        Some(Box::new(BooleanQuery::intersection(clauses.collect())))
    }

    /// The whole query and its neighbouring words as phrases.
    fn phrases(&self) -> Vec<Clause> {
        let words = &self.question.words;
        let mut clauses = Vec::new();
        if words.len() > 1 {
            clauses.push(self.phrase(words, TITLE_PHRASE, TEXT_PHRASE));
        }
        if words.len() > 2 {
            clauses.extend(words.windows(2).map(|pair| self.phrase(pair, TITLE_PAIR, TEXT_PAIR)));
        }
        clauses
    }

    fn phrase(&self, words: &[String], in_title: f32, in_text: f32) -> Clause {
        let phrase = |field: Field, weight: f32| -> Clause {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Box::new(BoostQuery::new(Box::new(PhraseQuery::new(terms)), weight))
        };
        let fields = self.fields;
        let clauses =
            vec![phrase(fields.title, in_title), phrase(fields.called, in_title), phrase(fields.body, in_text)];
        Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, TIE))
    }

    /// Words typed with marks, where they stand with the same marks.
    fn marks(&self) -> Vec<Clause> {
        self.question.marked.iter().map(|word| self.word(self.fields.marked, word, MARKED_WORD)).collect()
    }

    fn word(&self, field: Field, word: &str, weight: f32) -> Clause {
        Box::new(BoostQuery::new(Box::new(term(field, word, IndexRecordOption::WithFreqs)), weight))
    }
}

fn term(field: Field, text: &str, option: IndexRecordOption) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, text), option)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_typed_together_are_set_apart() {
        let apart = |query: &str| -> Vec<Vec<String>> {
            Question::new(query).unwrap().set_apart().into_iter().map(|question| question.words).collect()
        };
        assert_eq!(apart("TT33/2021"), [["tt", "33", "2021"]]);
        assert_eq!(apart("43/2019QH14"), [vec!["43", "2019", "qh14"], vec!["43", "2019", "qh", "14"]]);
        assert_eq!(apart("xóa mù chữ 33"), Vec::<Vec<String>>::new());
    }
}
