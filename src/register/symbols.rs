//! The words and abbreviations that numbers are made of: kinds and agencies, in every spelling that means them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::trie::Trie;
use crate::law::{Agency, Kind, Number};
use crate::text::{fold, fold_char, fold_onto, is_word_char};

/// The symbol tables. Spelling is compared folded and without `&`, dots and blanks: `BGD&ĐT`, `BGD ĐT` and
/// `BGDDT` are one word.
#[derive(Debug)]
pub struct Symbols {
    agencies: Vec<Agency>,
    kinds: Vec<Kind>,
    /// By official spelling: what nearly every symbol is written in.
    agency_by_spelling: FxHashMap<String, usize>,
    agency_by_abbr: FxHashMap<String, usize>,
    agency_by_variant: FxHashMap<String, usize>,
    kind_by_spelling: FxHashMap<String, Vec<usize>>,
    kind_by_abbr: FxHashMap<String, Vec<usize>>,
    kind_by_word: FxHashMap<String, Vec<usize>>,
    /// By its last word, shorter ones first.
    kind_words_by_end: FxHashMap<String, Vec<KindWord>>,
    longest_kind_word: usize,
    kind_word_ends: WordEnds,
    agency_names: Trie,
}

impl Symbols {
    pub(super) fn new(agencies: Vec<Agency>, kinds: Vec<Kind>) -> Symbols {
        let mut agency_by_spelling = FxHashMap::default();
        let mut agency_by_abbr = FxHashMap::default();
        for (at, agency) in agencies.iter().enumerate() {
            agency_by_spelling.entry(agency.abbr.clone()).or_insert(at);
            agency_by_abbr.entry(squeeze(&agency.abbr)).or_insert(at);
        }
        let mut agency_names = Trie::new();
        let mut agency_by_variant = FxHashMap::default();
        for (at, agency) in agencies.iter().enumerate() {
            for name in [&agency.name, &agency.abbr].into_iter().chain(&agency.variants) {
                // Two letters in running text are too often something else ("TP. Vinh", "TW").
                if name.chars().count() > 2 {
                    agency_names.insert(name, at);
                }
            }
            for variant in &agency.variants {
                agency_by_variant.entry(squeeze(variant)).or_insert(at);
            }
        }
        let mut kind_by_spelling: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut kind_by_abbr: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut kind_by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, kind) in kinds.iter().enumerate() {
            if !kind.abbr.is_empty() {
                kind_by_spelling.entry(kind.abbr.clone()).or_default().push(at);
                kind_by_abbr.entry(squeeze(&kind.abbr)).or_default().push(at);
            }
            for word in std::iter::once(&kind.name).chain(&kind.variants) {
                let found = kind_by_word.entry(words(word)).or_default();
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        let mut kind_word_ends = WordEnds::default();
        let mut kind_words_by_end: FxHashMap<String, Vec<KindWord>> = FxHashMap::default();
        for (word, kinds) in &kind_by_word {
            let mut before: Vec<String> = word.rsplit(' ').map(str::to_owned).collect();
            let last = before.remove(0);
            kind_word_ends.add(&last);
            kind_words_by_end.entry(last).or_default().push(KindWord { before, kind: kinds[0] });
        }
        for words in kind_words_by_end.values_mut() {
            words.sort_by_key(|word| word.before.len());
        }
        let longest_kind_word = kind_by_word.keys().map(|word| word.split(' ').count()).max().unwrap_or(0);
        for kind in &kinds {
            if let Some(found) = kind_by_word.get(&words(&kind.name)).cloned() {
                kind_by_word.insert(kind.name.clone(), found);
            }
        }
        Symbols {
            agencies,
            kinds,
            agency_by_spelling,
            agency_by_abbr,
            agency_by_variant,
            kind_by_spelling,
            kind_by_abbr,
            kind_by_word,
            kind_words_by_end,
            longest_kind_word,
            kind_word_ends,
            agency_names,
        }
    }

    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The agency an abbreviation stands for: one of exactly this spelling, else one that folds alike, else one
    /// that uses it as a variant (`BNN`). A term of the National Assembly (`QH14`) is the Assembly.
    pub fn agency(&self, abbr: &str) -> Option<&Agency> {
        let body = assembly_term(abbr).map_or(abbr, |(body, _)| body);
        let at = self.agency_by_spelling.get(body).or_else(|| {
            let squeezed = squeeze(abbr);
            self.agency_by_abbr.get(&squeezed).or_else(|| self.agency_by_variant.get(&squeezed))
        })?;
        Some(&self.agencies[*at])
    }

    /// The agency whose official abbreviation this is, spelling apart.
    fn official(&self, abbr: &str) -> Option<&Agency> {
        let body = assembly_term(abbr).map_or(abbr, |(body, _)| body);
        let at = self.agency_by_spelling.get(body).or_else(|| self.agency_by_abbr.get(&squeeze(body)))?;
        Some(&self.agencies[*at])
    }

    /// The agency whose name, abbreviation or variant `text` begins with, and the byte where it ends; the
    /// longest name wins, and nothing is told where two agencies share it.
    pub fn agency_named_at(&self, text: &str) -> Option<(&Agency, usize)> {
        let (found, end) = self.agency_names.longest_at(text)?;
        match found {
            [one] => Some((&self.agencies[*one], end)),
            _ => None,
        }
    }

    /// The kinds an abbreviation inside a symbol may stand for.
    pub fn kinds_of_abbr(&self, abbr: &str) -> impl Iterator<Item = &Kind> {
        let found = self.kind_by_spelling.get(abbr).or_else(|| self.kind_by_abbr.get(&squeeze(abbr)));
        found.into_iter().flatten().map(|at| &self.kinds[*at])
    }

    /// The kind that a number names: `131-KH/TU` is a plan. None for a dispatch, whose symbol begins with its agency.
    pub fn kind_of(&self, number: &Number) -> Option<&Kind> {
        self.kinds_of_abbr(number.parts().next()?).next()
    }

    /// The kinds a type word before a number may stand for: `Thông tư`, `QĐ`. Blanks, line ends and marks apart.
    pub fn kinds_of_word(&self, word: &str) -> impl Iterator<Item = &Kind> {
        // The official names are asked for most.
        let found =
            self.kind_by_word.get(word).or_else(|| self.kind_by_word.get(&words(word))).map_or(&[][..], Vec::as_slice);
        found.iter().map(|at| &self.kinds[*at])
    }

    /// The type words that end in `word`, folded, shorter ones first: the words before it from right to left, and
    /// the kind.
    pub fn kind_words_ending(&self, word: &str) -> impl Iterator<Item = (&[String], &Kind)> {
        let found = self.kind_words_by_end.get(word);
        found.into_iter().flatten().map(|word| (word.before.as_slice(), &self.kinds[word.kind]))
    }

    /// Whether a type word can end in this word: a quick look before the longest one is sought. It may say yes to
    /// a word that ends none.
    pub fn may_end_kind_word(&self, word: &str) -> bool {
        self.kind_word_ends.may_hold(word)
    }

    /// How many words the longest type word has.
    pub fn longest_kind_word(&self) -> usize {
        self.longest_kind_word
    }

    /// The number with kind and agencies in their official spelling; nothing is corrected beyond spelling.
    pub fn canonical(&self, number: &Number) -> Number {
        let symbol = number.symbol();
        let mut out = String::with_capacity(symbol.len());
        let mut rest = symbol;
        while !rest.is_empty() {
            let (part, joint, tail) = split_part(rest);
            let (next, next_joint, next_tail) = split_part(tail);
            // "BGD-ĐT" is one agency; a kind goes on into none.
            let may_join = joint == "-" && !next.is_empty() && !self.kind_by_spelling.contains_key(part);
            let joined = may_join.then(|| format!("{part}{next}")).filter(|joined| self.official(joined).is_some());
            match joined {
                Some(joined) => {
                    out.push_str(&self.canonical_part(&joined, false));
                    out.push_str(next_joint);
                    rest = next_tail;
                }
                None => {
                    out.push_str(&self.canonical_part(part, out.is_empty()));
                    out.push_str(joint);
                    rest = tail;
                }
            }
        }
        if out == symbol { number.clone() } else { number.with_symbol(&out) }
    }

    fn canonical_part<'p>(&'p self, part: &'p str, first: bool) -> Cow<'p, str> {
        if first && let Some(kind) = self.kinds_of_abbr(part).next() {
            return kind.abbr.as_str().into();
        }
        match (self.official(part), assembly_term(part)) {
            (Some(agency), Some((_, term))) => format!("{}{term}", agency.abbr).into(),
            (Some(agency), None) => agency.abbr.as_str().into(),
            (None, _) => part.into(),
        }
    }
}

/// Body and term of a National Assembly symbol: `QH14` is `QH` and `14`.
fn assembly_term(part: &str) -> Option<(&str, &str)> {
    let (body, term) = part.split_at(part.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    (matches!(body, "QH" | "UBTVQH" | "HĐNN") && !term.is_empty()).then_some((body, term))
}

/// The first part of a symbol, the separator after it, and the rest.
fn split_part(symbol: &str) -> (&str, &str, &str) {
    match symbol.find(['-', '/', '.']) {
        Some(end) => (&symbol[..end], &symbol[end..end + 1], &symbol[end + 1..]),
        None => (symbol, "", ""),
    }
}

/// A type word by what stands before its last word.
#[derive(Debug)]
struct KindWord {
    /// From right to left, folded.
    before: Vec<String>,
    kind: usize,
}

/// First and last letters of a set of words: tells most other words apart without reading them.
#[derive(Debug, Default)]
struct WordEnds {
    /// For each first letter the last letters, a bit each.
    last_of_first: [u32; 26],
}

impl WordEnds {
    fn ends(word: &str) -> Option<(usize, u32)> {
        let letter = |c: char| Some(fold_char(c)).filter(char::is_ascii_lowercase).map(|c| c as u32 - 'a' as u32);
        Some((letter(word.chars().next()?)? as usize, 1 << letter(word.chars().next_back()?)?))
    }

    fn add(&mut self, word: &str) {
        if let Some((first, last)) = WordEnds::ends(word) {
            self.last_of_first[first] |= last;
        }
    }

    fn may_hold(&self, word: &str) -> bool {
        WordEnds::ends(word).is_some_and(|(first, last)| self.last_of_first[first] & last != 0)
    }
}

/// An abbreviation as it is compared.
fn squeeze(abbr: &str) -> String {
    let mut out = fold(abbr);
    out.retain(is_word_char);
    out
}

/// A type word as it is compared: folded words, one blank between.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        fold_onto(word, &mut out);
    }
    out
}
