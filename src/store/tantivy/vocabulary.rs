//! The words of the library as the term dictionaries know them: how often one is written, in which spellings, which others
//! are one slip away, and which begin alike. What a word was meant for is decided in `library/search/spelling.rs`.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::open::Store;
use super::tokens::marked_term;
use crate::store::error::StoreError;
use crate::store::plan::{KnownWord, Spelling};
use crate::text::fold;

impl Store {
    /// How often each folded word is in titles, designations, issuers and texts.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn word_frequencies(&self, words: &[&str]) -> Result<Vec<usize>, StoreError> {
        let fields = &self.fields;
        let fields = [fields.title, fields.designation, fields.issuer, fields.body];
        words.iter().map(|word| self.frequency(&fields, word)).collect()
    }

    fn frequency(&self, fields: &[Field], term: &str) -> Result<usize, StoreError> {
        let mut sum = 0;
        for reader in self.searcher.segment_readers() {
            for field in fields {
                sum += reader.inverted_index(*field)?.doc_freq(&Term::from_field_text(*field, term))? as usize;
            }
        }
        Ok(sum)
    }

    /// The spellings with marks of each folded word, the most frequent first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn spellings(&self, words: &[&str]) -> Result<Vec<Vec<Spelling>>, StoreError> {
        words.iter().map(|word| self.spellings_of(word)).collect()
    }

    fn spellings_of(&self, folded: &str) -> Result<Vec<Spelling>, StoreError> {
        let mut out: Vec<Spelling> = Vec::new();
        let first = marked_term(folded, "");
        for field in [self.fields.title_marked, self.fields.body_marked] {
            for (term, frequency) in self.terms_from(field, &first, usize::MAX)? {
                let marks = &term[first.len()..];
                match out.iter_mut().find(|one| one.marks == marks) {
                    Some(one) => one.frequency += frequency,
                    None => out.push(Spelling { marks: marks.to_owned(), frequency }),
                }
            }
        }
        out.sort_by(|a, b| b.frequency.cmp(&a.frequency).then_with(|| a.marks.cmp(&b.marks)));
        Ok(out)
    }

    /// The words of the library that one slip parts from each folded word: a letter left out, added, mistaken, or swapped
    /// with its neighbour; by their letters. Words with a digit are never among them.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn words_near(&self, words: &[&str]) -> Result<Vec<Vec<KnownWord>>, StoreError> {
        words.iter().map(|word| self.near(word)).collect()
    }

    fn near(&self, word: &str) -> Result<Vec<KnownWord>, StoreError> {
        let fields = &self.fields;
        let mut sums: HashMap<String, (usize, usize)> = HashMap::new();
        for (field, is_title) in [(fields.title, true), (fields.designation, true), (fields.body, false)] {
            let near = FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true);
            for reader in self.searcher.segment_readers() {
                let index = reader.inverted_index(field)?;
                let mut stream = index.terms().search(near.automaton()?).into_stream()?;
                while stream.advance() {
                    let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                    if term == word || !term.bytes().all(|byte| byte.is_ascii_lowercase()) {
                        continue;
                    }
                    let (in_titles, in_texts) = sums.entry(term.to_owned()).or_default();
                    *(if is_title { in_titles } else { in_texts }) += stream.value().doc_freq as usize;
                }
            }
        }
        let known = sums.into_iter().map(|(word, (in_titles, in_texts))| KnownWord { word, in_titles, in_texts });
        let mut known: Vec<KnownWord> = known.collect();
        known.sort_by(|a, b| a.word.cmp(&b.word));
        Ok(known)
    }

    /// The folded words that begin with `prefix` and are in titles and designations, at most `most`, the most frequent
    /// first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn completions(&self, prefix: &str, most: usize) -> Result<Vec<KnownWord>, StoreError> {
        /// Beyond this many, a prefix is too short to say anything.
        const SCANNED: usize = 2000;
        let mut sums: HashMap<String, usize> = HashMap::new();
        for field in [self.fields.title, self.fields.designation] {
            for (term, frequency) in self.terms_from(field, prefix, SCANNED)? {
                *sums.entry(term).or_default() += frequency;
            }
        }
        let known = sums.into_iter().map(|(word, in_titles)| KnownWord { word, in_titles, in_texts: 0 });
        let mut known: Vec<KnownWord> = known.collect();
        known.sort_by(|a, b| b.in_titles.cmp(&a.in_titles).then_with(|| a.word.cmp(&b.word)));
        known.truncate(most);
        Ok(known)
    }

    /// Whether some hit is of a kind, by its name, folded.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn is_kind(&self, kind: &str) -> Result<bool, StoreError> {
        Ok(self.terms_from(self.fields.kind, "", usize::MAX)?.iter().any(|(name, _)| fold(name) == kind))
    }

    /// The terms of a field that begin with `prefix`, with how many entries have each, at most `most` per segment.
    pub(super) fn terms_from(
        &self,
        field: Field,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(String, usize)>, StoreError> {
        let mut out = Vec::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut end = prefix.as_bytes().to_vec();
            end.push(0xff);
            let mut stream = index.terms().range().ge(prefix.as_bytes()).lt(&end).into_stream()?;
            let mut left = most;
            while left > 0 && stream.advance() {
                left -= 1;
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    out.push((term.to_owned(), stream.value().doc_freq as usize));
                }
            }
        }
        Ok(out)
    }
}
