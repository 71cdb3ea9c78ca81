//! The words of the library: how often one is written, in which spellings, and what a word may have been meant for
//! that nobody writes.

use std::ops::{Bound, RangeInclusive};

use tantivy::Term;
use tantivy::schema::Field;

use super::open::Store;
use super::tokens::marked_term;
use crate::store::error::StoreError;
use crate::text::{Word, keyed, written};

/// A word as rare as this may be a slip.
const RARE: usize = 3;
/// How many times more often the word that was meant is written.
const TELLING: usize = 50;
/// Of words of these lengths (letters, folded) a slip of one letter is forgiven. No word is longer, and what it may have been
/// meant for grows with the square of its length.
const SLIPS: RangeInclusive<usize> = 4..=16;
/// How many corrections of one word are looked for.
const CORRECTIONS: usize = 3;

impl Store {
    /// How many entries hold a folded word.
    pub(super) fn frequency(&self, folded: &str) -> Result<usize, StoreError> {
        let fields = &self.fields;
        self.held(&[fields.title, fields.called, fields.issuer, fields.body], folded)
    }

    fn held(&self, fields: &[Field], term: &str) -> Result<usize, StoreError> {
        let mut sum = 0;
        for reader in self.searcher.segment_readers() {
            for field in fields {
                sum += reader.inverted_index(*field)?.doc_freq(&Term::from_field_text(*field, term))? as usize;
            }
        }
        Ok(sum)
    }

    /// The spellings with marks of a folded word, with how many entries hold each, the most frequent first.
    pub(super) fn spellings(&self, folded: &str) -> Result<Vec<(String, usize)>, StoreError> {
        let mut out: Vec<(String, usize)> = Vec::new();
        let first = marked_term(folded, "");
        for field in [self.fields.title_marked, self.fields.body_marked] {
            for (term, held) in self.terms_from(field, &first, usize::MAX)? {
                let marks = term[first.len()..].to_owned();
                match out.iter_mut().find(|(one, _)| *one == marks) {
                    Some((_, sum)) => *sum += held,
                    None => out.push((marks, held)),
                }
            }
        }
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(out)
    }

    /// The terms of a field that begin with `prefix`, with how many entries hold each, at most `most` per segment.
    pub(super) fn terms_from(
        &self,
        field: Field,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(String, usize)>, StoreError> {
        let mut out = Vec::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut range = index.terms().range().ge(prefix.as_bytes());
            let mut end = prefix.as_bytes().to_vec();
            end.push(0xff);
            range = range.lt(&end);
            let mut stream = range.into_stream().map_err(|error| StoreError::Io(error.to_string()))?;
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

    /// Reads words that nobody writes as what was meant: keys of an input method that was off, then a slip of one letter
    /// in a long word, never in one with a digit. Whether anything was changed.
    pub fn mend(&self, words: &mut [Word]) -> Result<bool, StoreError> {
        let mut changed = false;
        for word in words {
            let held = self.frequency(&word.folded)?;
            if held > RARE {
                continue;
            }
            if let Some(meant) = self.meant_by_keys(word, held)? {
                *word = meant;
                changed = true;
                continue;
            }
            if word.holds_digit() || !SLIPS.contains(&word.folded.chars().count()) {
                continue;
            }
            let mut near: Vec<(usize, String)> = Vec::new();
            for other in one_slip(&word.folded) {
                let often = self.held(&[self.fields.title, self.fields.called], &other)? * 10
                    + self.held(&[self.fields.body], &other)?;
                if often > 0 && often >= held * TELLING {
                    near.push((often, other));
                }
            }
            near.sort_by(|a, b| b.cmp(a));
            word.also = near.into_iter().take(CORRECTIONS).map(|(_, other)| other).collect();
            changed |= !word.also.is_empty();
        }
        Ok(changed)
    }

    fn meant_by_keys(&self, word: &Word, held: usize) -> Result<Option<Word>, StoreError> {
        for marks in keyed(&word.written) {
            let text = written(&marks);
            let mut meant = Word::new(&text);
            let known = self.spellings(&meant.folded)?;
            let often = known.iter().find(|(one, _)| *one == marks).map_or(0, |(_, often)| *often);
            if often > 0 && often >= held * TELLING {
                meant.written = text;
                return Ok(Some(meant));
            }
        }
        Ok(None)
    }

    /// A word as it is most often written; as it was typed where it is known so.
    pub fn usual(&self, word: &Word) -> Result<String, StoreError> {
        let Some(meant) = word.also.first() else { return Ok(word.written.clone()) };
        let spellings = self.spellings(meant)?;
        let bare = self.frequency(meant)?;
        // Words with marks are counted apart from those without.
        let best = spellings.first().filter(|(_, held)| held * 2 > bare);
        Ok(best.map_or_else(|| meant.clone(), |(marks, _)| written(marks)))
    }

    /// The folded words that begin with `prefix` and stand in numbers, names and titles, the most frequent first.
    pub(super) fn completions(&self, prefix: &str, most: usize) -> Result<Vec<String>, StoreError> {
        /// Beyond this many, a prefix is too short to tell anything.
        const SCANNED: usize = 2000;
        let mut sums: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        for field in [self.fields.title, self.fields.called] {
            for (term, held) in self.terms_from(field, prefix, SCANNED)? {
                *sums.entry(term).or_default() += held;
            }
        }
        let mut sums: Vec<(String, usize)> = sums.into_iter().collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(sums.into_iter().take(most).map(|(term, _)| term).collect())
    }
}

/// Every word that one slip parts from `word`: a letter left out, added, mistaken, or swapped with its neighbour.
fn one_slip(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut out = Vec::new();
    let mut push = |letters: Vec<char>| out.push(letters.into_iter().collect::<String>());
    for at in 0..=letters.len() {
        for c in 'a'..='z' {
            let mut other = letters.clone();
            other.insert(at, c);
            push(other);
            if at < letters.len() && letters[at] != c {
                let mut other = letters.clone();
                other[at] = c;
                push(other);
            }
        }
        if at < letters.len() {
            let mut other = letters.clone();
            other.remove(at);
            push(other);
        }
        if at + 1 < letters.len() && letters[at] != letters[at + 1] {
            let mut other = letters.clone();
            other.swap(at, at + 1);
            push(other);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The bounds of an open range, for queries on columns.
pub(super) fn between(field: Field, first: u64, after: u64) -> (Bound<Term>, Bound<Term>) {
    (Bound::Included(Term::from_field_u64(field, first)), Bound::Excluded(Term::from_field_u64(field, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        let near = one_slip("truong");
        for other in ["trung", "truongg", "trunog", "truomg"] {
            assert!(near.contains(&other.to_owned()), "{other}");
        }
        assert!(!near.contains(&"truong".to_owned()) && !near.contains(&"tuon".to_owned()));
    }
}
