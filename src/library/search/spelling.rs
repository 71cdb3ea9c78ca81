//! Words that nobody writes, read as what was meant: keys of an input method that was off, or a slip of one letter.
//!
//! Which words are known, and how often they are written, the vocabulary of the store says; what is a slip is decided
//! here.

use std::ops::RangeInclusive;

use crate::store::{Store, StoreError};
use crate::text::{Word, keyed, written};

/// A word as rare as this may be a slip.
const RARE: usize = 3;
/// How many times more often the word that was meant is written.
const CLEARLY: usize = 50;
/// A word in a title or name counts as so many in texts.
const TITLE: usize = 10;
/// Of words of these lengths (letters, folded) a slip of one letter is forgiven. No word is longer.
const SLIPS: RangeInclusive<usize> = 4..=16;
/// How many corrections of one word are looked for.
const CORRECTIONS: usize = 3;

/// Corrects words that are hardly ever written; never a letter of one with a digit. Whether anything was changed.
///
/// # Errors
/// The vocabulary cannot be read.
pub(super) fn correct(words: &mut [Word], store: &Store) -> Result<bool, StoreError> {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let frequencies = store.word_frequencies(&folded)?;
    let mut changed = false;
    let mut slips: Vec<(&mut Word, usize)> = Vec::new();
    for (word, frequency) in words.iter_mut().zip(frequencies).filter(|(_, frequency)| *frequency <= RARE) {
        if let Some(meant) = meant_by_keys(word, frequency, store)? {
            *word = meant;
            changed = true;
        } else if !word.holds_digit() && SLIPS.contains(&word.folded.chars().count()) {
            slips.push((word, frequency));
        }
    }
    let folded: Vec<&str> = slips.iter().map(|(word, _)| word.folded.as_str()).collect();
    let near = store.words_near(&folded)?;
    for ((word, frequency), near) in slips.into_iter().zip(near) {
        let weighed = near.into_iter().map(|one| (one.in_titles * TITLE + one.in_texts, one.word));
        let mut likely: Vec<(usize, String)> =
            weighed.filter(|(often, _)| *often > 0 && *often >= frequency * CLEARLY).collect();
        likely.sort_by(|a, b| b.cmp(a));
        word.also = likely.into_iter().take(CORRECTIONS).map(|(_, other)| other).collect();
        changed |= !word.also.is_empty();
    }
    Ok(changed)
}

/// The word that the keys of an input method would have made, if it is written clearly more often.
fn meant_by_keys(word: &Word, frequency: usize, store: &Store) -> Result<Option<Word>, StoreError> {
    for marks in keyed(&word.written) {
        let meant = Word::new(&written(&marks));
        let known = store.spellings(&[&meant.folded])?.pop().unwrap_or_default();
        let often = known.iter().find(|one| one.marks == marks).map_or(0, |one| one.frequency);
        if often > 0 && often >= frequency * CLEARLY {
            return Ok(Some(meant));
        }
    }
    Ok(None)
}

/// The words as they are most often written; as they were typed where they are known so.
///
/// # Errors
/// The vocabulary cannot be read.
pub(super) fn usual_forms(words: &[Word], store: &Store) -> Result<Vec<String>, StoreError> {
    let meant: Vec<&str> = words.iter().filter_map(|word| word.also.first()).map(String::as_str).collect();
    let mut known = store.spellings(&meant)?.into_iter().zip(store.word_frequencies(&meant)?);
    let form = |word: &Word| {
        let Some(meant) = word.also.first() else { return word.written.clone() };
        let (spellings, bare) = known.next().unwrap_or_default();
        // Words with marks are counted apart from those without.
        let best = spellings.first().filter(|best| best.frequency * 2 > bare);
        best.map_or_else(|| meant.clone(), |best| written(&best.marks))
    };
    Ok(words.iter().map(form).collect())
}
