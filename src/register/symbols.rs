//! The words and abbreviations that numbers are made of: kinds and agencies, in every spelling that means them.

use std::collections::HashMap;

use crate::law::{Agency, Kind, Number};
use crate::text::fold;

/// The symbol tables. Spelling is compared folded and without `&`, dots and blanks: `BGD&ĐT`, `BGD ĐT` and
/// `BGDDT` are one word.
#[derive(Debug)]
pub struct Symbols {
    agencies: Vec<Agency>,
    kinds: Vec<Kind>,
    agency_by_abbr: HashMap<String, Vec<usize>>,
    kind_by_abbr: HashMap<String, Vec<usize>>,
    kind_by_word: HashMap<String, Vec<usize>>,
    longest_kind_word: usize,
}

impl Symbols {
    pub(super) fn new(agencies: Vec<Agency>, kinds: Vec<Kind>) -> Symbols {
        let mut agency_by_abbr: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, agency) in agencies.iter().enumerate() {
            agency_by_abbr.entry(squeeze(&agency.abbr)).or_default().push(at);
        }
        let mut kind_by_abbr: HashMap<String, Vec<usize>> = HashMap::new();
        let mut kind_by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, kind) in kinds.iter().enumerate() {
            if !kind.abbr.is_empty() {
                kind_by_abbr.entry(squeeze(&kind.abbr)).or_default().push(at);
            }
            for word in std::iter::once(&kind.name).chain(&kind.variants) {
                let found = kind_by_word.entry(words(word)).or_default();
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        let longest_kind_word = kind_by_word.keys().map(|word| word.split(' ').count()).max().unwrap_or(0);
        Symbols { agencies, kinds, agency_by_abbr, kind_by_abbr, kind_by_word, longest_kind_word }
    }

    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The agency an abbreviation stands for; one of exactly this spelling before one that only folds alike.
    /// A term of the National Assembly (`QH14`) is the Assembly.
    pub fn agency(&self, abbr: &str) -> Option<&Agency> {
        let term = abbr.trim_end_matches(|c: char| c.is_ascii_digit());
        let abbr = if matches!(term, "QH" | "UBTVQH" | "HĐNN") { term } else { abbr };
        let found = self.agency_by_abbr.get(&squeeze(abbr))?;
        let exact = found.iter().find(|at| self.agencies[**at].abbr == abbr);
        exact.or(found.first()).map(|at| &self.agencies[*at])
    }

    /// The kinds an abbreviation inside a symbol may stand for.
    pub fn kinds_of_abbr(&self, abbr: &str) -> impl Iterator<Item = &Kind> {
        let found = self.kind_by_abbr.get(&squeeze(abbr)).map_or(&[][..], Vec::as_slice);
        let exact = found.iter().any(|at| self.kinds[*at].abbr == abbr);
        found.iter().map(|at| &self.kinds[*at]).filter(move |kind| !exact || kind.abbr == abbr)
    }

    /// The kinds a type word before a number may stand for: `Thông tư`, `QĐ`. Blanks, line ends and marks apart.
    pub fn kinds_of_word(&self, word: &str) -> impl Iterator<Item = &Kind> {
        let found = self.kind_by_word.get(&words(word)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|at| &self.kinds[*at])
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
        let mut first = true;
        while !rest.is_empty() {
            let end = rest.find(['-', '/', '.']).unwrap_or(rest.len());
            let (part, tail) = rest.split_at(end);
            out.push_str(&self.canonical_part(part, first));
            if let Some(joint) = tail.chars().next() {
                out.push(joint);
            }
            rest = tail.get(1..).unwrap_or("");
            first = false;
        }
        if out == symbol { number.clone() } else { number.with_symbol(&out) }
    }

    fn canonical_part(&self, part: &str, first: bool) -> String {
        let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        if first && let Some(kind) = self.kinds_of_abbr(part).next() {
            return kind.abbr.clone();
        }
        match self.agency(part) {
            Some(agency) if squeeze(&agency.abbr) == squeeze(part) => agency.abbr.clone(),
            Some(agency) => format!("{}{digits}", agency.abbr),
            None => part.to_owned(),
        }
    }
}

/// An abbreviation as it is compared.
fn squeeze(abbr: &str) -> String {
    let mut out = fold(abbr);
    out.retain(|c| c.is_alphanumeric());
    out
}

/// A type word as it is compared: folded words, one blank between.
fn words(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
