//! A question to queries of the engine, in two steps. The first finds everything that fits and orders it roughly: the
//! number or name asked for, words in what an instrument is called, in titles, in texts, marks as typed. The second
//! looks closer at the best of that: words that stand together, whole titles.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::open::Store;
use super::schema::sort;
use super::tokens::{marked_term, whole};
use super::vocabulary::between;
use crate::store::error::StoreError;
use crate::store::plan::{Filter, Question};
use crate::text::{Word, begins, fold, folded_words, is_joint};

// How much each kind of match weighs beside the plain score of a word in a text (usually 1 to 10).
const EXACT: f32 = 400.0;
const CALLED: f32 = 300.0;
/// Per word of the number.
const NUMBERED: f32 = 20.0;
const WHOLE_TITLE: f32 = 800.0;
/// Nearly the whole query in a title, where it names something and says more.
const IN_TITLE: f32 = 600.0;
const TITLE_PHRASE: f32 = 5.0;
const TEXT_PHRASE: f32 = 1.5;
const TITLE_PAIR: f32 = 2.0;
const TEXT_PAIR: f32 = 1.5;
const TITLE_WORD: f32 = 3.0;
const CALLED_WORD: f32 = 2.0;
/// What a match in a second field adds to the best one.
const TIE: f32 = 0.1;
/// What is left of a match where the word was typed with other marks, or with some of the marks; the rest counts for the
/// spelling typed.
const OTHER_MARKS: f32 = 0.4;
const SOME_MARKS: f32 = 0.75;
/// What is left of a match with a word that may have been meant.
const MEANT: f32 = 0.7;

pub(super) type Clause = Box<dyn Query>;

/// Puts queries together.
pub(super) struct Builder<'q> {
    pub question: &'q Question,
    pub store: &'q Store,
}

impl Builder<'_> {
    /// Everything that fits, roughly ordered.
    pub fn whole(&self) -> Result<BooleanQuery, StoreError> {
        let question = self.question;
        let mut clauses: Vec<(Occur, Clause)> = vec![(Occur::Must, self.hits()?)];
        let mut one_of: Vec<Clause> = Vec::new();
        if !question.words.is_empty() {
            one_of.push(self.text()?);
        }
        one_of.extend(self.exact());
        one_of.extend(self.called().map(|called| self.numbered(called)));
        if !one_of.is_empty() {
            clauses.push((Occur::Must, Box::new(BooleanQuery::union(one_of))));
        }
        for phrase in &question.phrases {
            clauses.push((Occur::Must, self.standing(phrase)?));
        }
        for group in &question.any_of {
            let alternatives = group.iter().map(|words| self.standing(words)).collect::<Result<Vec<_>, _>>()?;
            clauses.push((Occur::Must, Box::new(BooleanQuery::union(alternatives))));
        }
        for words in &question.without {
            clauses.push((Occur::MustNot, self.standing(words)?));
        }
        let words = self.best_words();
        if words.len() > 1 {
            if words.len() <= 12 {
                clauses.push((Occur::Should, self.phrase(&words, TITLE_PHRASE, TEXT_PHRASE)));
            }
            clauses.extend(self.titled(&words).map(|titled| (Occur::Should, titled)));
            let title = words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
            let same: Clause = Box::new(self.store.term(self.store.fields.whole, &whole(&title)));
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(same, WHOLE_TITLE))));
        }
        Ok(BooleanQuery::new(clauses))
    }

    /// What the best of the hits are looked at for: neighbouring words that stand together.
    pub fn closer(&self) -> Vec<Clause> {
        let words = self.best_words();
        if words.len() < 3 {
            return Vec::new();
        }
        let mut pairs: Vec<&[&str]> = words.windows(2).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.into_iter().map(|pair| self.phrase(pair, self.by_length(TITLE_PAIR, TEXT_PAIR), TEXT_PAIR)).collect()
    }

    /// What a match in a title weighs: `short` for a few words, which ask for a title, `long` for whole questions, whose
    /// answers stand in texts.
    fn by_length(&self, short: f32, long: f32) -> f32 {
        const FEW: usize = 8;
        const MANY: usize = 20;
        let words = self.question.words.len().clamp(FEW, MANY) - FEW;
        short + (long - short) * words as f32 / (MANY - FEW) as f32
    }

    /// The words, folded, those that nobody writes as what was most likely meant.
    fn best_words(&self) -> Vec<&str> {
        self.question.words.iter().map(|word| word.also.first().unwrap_or(&word.folded).as_str()).collect()
    }

    /// Only what is listed as a hit: documents, and instruments that are not one of them; narrowed down.
    fn hits(&self) -> Result<Clause, StoreError> {
        let sorts: Vec<Clause> =
            [sort::INSTRUMENT, sort::DOCUMENT].into_iter().map(|sort| self.of_sort(sort)).collect();
        let mut clauses: Vec<(Occur, Clause)> = vec![(Occur::Must, Box::new(BooleanQuery::union(sorts)))];
        let mut wanted: Vec<Vec<&Filter>> = Vec::new();
        for (not, filter) in &self.question.filters {
            // What depends on the day is told in the pass over the hits.
            if matches!(filter, Filter::Force(_)) {
                continue;
            }
            if *not {
                clauses.push((Occur::MustNot, self.filter(filter)?));
                continue;
            }
            match wanted.iter_mut().find(|group| group[0].is_like(filter)) {
                Some(group) => group.push(filter),
                None => wanted.push(vec![filter]),
            }
        }
        for group in wanted {
            let any = group.into_iter().map(|filter| self.filter(filter)).collect::<Result<Vec<_>, _>>()?;
            clauses.push((Occur::Must, Box::new(BooleanQuery::union(any))));
        }
        Ok(Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new(clauses)), 0.0)))
    }

    fn of_sort(&self, sort: &str) -> Clause {
        Box::new(self.store.term(self.store.fields.sort, sort))
    }

    fn filter(&self, filter: &Filter) -> Result<Clause, StoreError> {
        let fields = &self.store.fields;
        Ok(match filter {
            Filter::Number(words) => together(fields.numbered, words),
            // An agency of exactly this name, else any in whose name the words stand.
            Filter::Issuer(words) => {
                let exactly = self.names(fields.authority, |name| folded_words(name) == *words)?;
                if exactly.is_empty() { together(fields.issuer, words) } else { any_of(exactly) }
            }
            Filter::Kind(kind) => self.named(fields.kind, |name| fold(name) == *kind)?,
            Filter::Place(place) => {
                let holds = |name: &str| format!(" {} ", folded_words(name).join(" ")).contains(&format!(" {place} "));
                self.named(fields.locality, holds)?
            }
            Filter::Years(first, last) => {
                let day = |year: i16| u64::from(year.max(0).unsigned_abs()) * 10_000;
                let (first, after) = between(fields.day, day(*first), day(last.saturating_add(1)));
                Box::new(RangeQuery::new(first, after))
            }
            Filter::Cites(ids) => {
                let any = ids.iter().map(|id| -> Clause { Box::new(self.store.term(fields.cites, id)) });
                Box::new(BooleanQuery::union(any.collect()))
            }
            Filter::Documents => self.of_sort(sort::DOCUMENT),
            Filter::Instruments => self.of_sort(sort::INSTRUMENT),
            Filter::Force(_) => Box::new(AllQuery),
        })
    }

    /// Entries with a value that fits in a field of names.
    fn named(&self, field: Field, fits: impl Fn(&str) -> bool) -> Result<Clause, StoreError> {
        Ok(any_of(self.names(field, fits)?))
    }

    fn names(&self, field: Field, fits: impl Fn(&str) -> bool) -> Result<Vec<Clause>, StoreError> {
        let mut names: Vec<String> =
            self.store.terms_from(field, "", usize::MAX)?.into_iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| fits(name));
        Ok(names.iter().map(|name| -> Clause { Box::new(self.store.term(field, name)) }).collect())
    }

    /// The words, each in whatever field it stands.
    fn text(&self) -> Result<Clause, StoreError> {
        let words = &self.question.words;
        if self.question.is_number && words.len() > 1 {
            let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
            return Ok(self.phrase(&folded, 1.0, 1.0));
        }
        let clauses = words.iter().map(|word| self.word(word)).collect::<Result<Vec<_>, _>>()?;
        Ok(Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses, self.question.needed())))
    }

    /// A word in whatever field it stands, or one that was meant by it.
    fn word(&self, word: &Word) -> Result<Clause, StoreError> {
        let fields = &self.store.fields;
        // Of the spellings that fold alike, those that bear what was typed.
        let typed: Vec<(String, f32)> = match &word.marks {
            None => Vec::new(),
            Some(marks) => {
                let known = self.store.spellings(&word.folded)?;
                let fits = known.into_iter().filter(|(one, _)| begins(marks, one));
                fits.map(|(one, _)| (marked_term(&word.folded, &one), if one == *marks { 1.0 } else { SOME_MARKS }))
                    .collect()
            }
        };
        let spelled = |field: Field, marked: Field, weight: f32| -> Clause {
            if word.marks.is_none() {
                return scored(field, &word.folded, weight);
            }
            let mut parts = vec![scored(field, &word.folded, weight * OTHER_MARKS)];
            let rest = weight * (1.0 - OTHER_MARKS);
            parts.extend(typed.iter().map(|(term, share)| scored(marked, term, rest * share)));
            Box::new(BooleanQuery::union(parts))
        };
        let mut clauses = vec![
            spelled(fields.title, fields.title_marked, self.by_length(TITLE_WORD, 1.0)),
            scored(fields.called, &word.folded, self.by_length(CALLED_WORD, 1.0)),
            scored(fields.issuer, &word.folded, 1.0),
            spelled(fields.body, fields.body_marked, 1.0),
        ];
        for other in &word.also {
            clauses.push(scored(fields.title, other, TITLE_WORD * MEANT));
            clauses.push(scored(fields.called, other, CALLED_WORD * MEANT));
            clauses.push(scored(fields.body, other, MEANT));
        }
        Ok(Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, TIE)))
    }

    /// One word, or several that stand together.
    fn standing(&self, words: &[Word]) -> Result<Clause, StoreError> {
        match words {
            [one] => self.word(one),
            several => {
                let folded: Vec<&str> = several.iter().map(|word| word.folded.as_str()).collect();
                Ok(self.phrase(&folded, TITLE_PHRASE, TEXT_PHRASE))
            }
        }
    }

    /// What the query names outright.
    fn exact(&self) -> Option<Clause> {
        let fields = &self.store.fields;
        let store = self.store;
        let clauses: Vec<Clause> = self
            .question
            .exact
            .iter()
            .flat_map(|id| {
                let (base, place) = id.split_once('.').unwrap_or((id, ""));
                let own: Clause = Box::new(store.term(fields.own, base));
                let own = match place {
                    "" => own,
                    _ => Box::new(BooleanQuery::intersection(vec![own, Box::new(store.term(fields.place, place))])),
                };
                let act: Clause = Box::new(store.term(fields.act, id));
                let document: Clause = Box::new(store.term(fields.document, id));
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
    pub fn called(&self) -> Option<Clause> {
        let fields = &self.store.fields;
        let words = self.question.words.iter().filter(|word| !is_joint(&word.folded));
        if !words.clone().any(Word::holds_digit) {
            return None;
        }
        let clauses = words.map(|word| -> Clause {
            let called = scored(fields.called, &word.folded, 1.0);
            if word.holds_digit() {
                return called;
            }
            Box::new(BooleanQuery::union(vec![called, scored(fields.issuer, &word.folded, 1.0)]))
        });
        Some(Box::new(BooleanQuery::intersection(clauses.collect())))
    }

    /// What is called so; first the numbers that say no more than the words do: `61/QĐ-BGDĐT` before `61/1998/QĐ-BGDĐT`.
    fn numbered(&self, called: Clause) -> Clause {
        let field = self.store.fields.numbered;
        let words = self.question.words.iter().map(|word| (Occur::Should, scored(field, &word.folded, NUMBERED)));
        let called: Clause = Box::new(ConstScoreQuery::new(called, CALLED));
        Box::new(BooleanQuery::new(std::iter::once((Occur::Must, called)).chain(words).collect()))
    }

    /// Titles that hold nearly all of the query, where it names something and says more; `None` where it does not. What
    /// is said beside the name is looked at for itself: it is short, and a name is long.
    fn titled(&self, words: &[&str]) -> Option<Clause> {
        let beside = &self.question.beside;
        if beside.is_empty() {
            return None;
        }
        let most = |words: &[&str]| -> Clause {
            let least = (words.len() * 17).div_ceil(20);
            let title = self.store.fields.title;
            let clauses = words.iter().map(|word| scored(title, word, 1.0)).collect();
            Box::new(BooleanQuery::union_with_minimum_required_clauses(clauses, least))
        };
        let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
        let both = BooleanQuery::intersection(vec![most(words), most(&beside)]);
        Some(Box::new(ConstScoreQuery::new(Box::new(both), IN_TITLE)))
    }

    /// Only what is listed as a hit, and fits a query.
    pub fn among_hits(&self, query: Clause) -> Result<BooleanQuery, StoreError> {
        Ok(BooleanQuery::new(vec![(Occur::Must, self.hits()?), (Occur::Must, query)]))
    }

    fn phrase(&self, words: &[&str], in_title: f32, in_text: f32) -> Clause {
        let phrase =
            |field: Field, weight: f32| -> Clause { Box::new(BoostQuery::new(together(field, words), weight)) };
        let fields = &self.store.fields;
        let clauses =
            vec![phrase(fields.title, in_title), phrase(fields.called, in_title), phrase(fields.body, in_text)];
        Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, TIE))
    }
}

/// Whatever one of the clauses finds.
fn any_of(clauses: Vec<Clause>) -> Clause {
    if clauses.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(clauses)) }
}

/// Words that stand one after the other.
fn together(field: Field, words: &[impl AsRef<str>]) -> Clause {
    let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word.as_ref())).collect();
    match &terms[..] {
        [] => Box::new(EmptyQuery),
        [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

pub(super) fn scored(field: Field, word: &str, weight: f32) -> Clause {
    let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(term), weight))
}
