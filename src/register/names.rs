//! Instruments known by name: laws, codes, ordinances, the Constitution.

use std::collections::HashMap;

use crate::law::{Date, Instrument};
use crate::text::fold;

/// All names of the register as one trie of words, so that the longest name at a place is found in one walk.
#[derive(Debug, Default)]
pub struct Names {
    nodes: Vec<Node>,
    entries: Vec<Name>,
}

/// The instruments that bore one name, oldest first.
#[derive(Debug, Clone)]
pub struct Name {
    pub name: String,
    /// Places in `Register::instruments`.
    pub instruments: Vec<usize>,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<String, usize>,
    entry: Option<usize>,
}

/// Kinds whose instruments are cited by their name.
const NAMED: [&str; 4] = ["Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"];

impl Names {
    pub(super) fn new(instruments: &[Instrument]) -> Names {
        let mut names = Names { nodes: vec![Node::default()], entries: Vec::new() };
        for (at, instrument) in instruments.iter().enumerate() {
            let named = NAMED.iter().any(|kind| instrument.title.starts_with(kind));
            if named && NAMED.contains(&instrument.kind.as_str()) {
                names.insert(&instrument.title, at);
            }
        }
        for entry in &mut names.entries {
            entry.instruments.sort_by_key(|at| (instruments[*at].issued, *at));
        }
        names
    }

    fn insert(&mut self, name: &str, instrument: usize) {
        let mut node = 0;
        for word in words(name) {
            let fresh = self.nodes.len();
            node = *self.nodes[node].next.entry(fold(word.1)).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        match self.nodes[node].entry {
            Some(entry) => self.entries[entry].instruments.push(instrument),
            None => {
                self.nodes[node].entry = Some(self.entries.len());
                self.entries.push(Name { name: name.to_owned(), instruments: vec![instrument] });
            }
        }
    }

    /// The longest known name that `text` begins with, and the byte where it ends. Letter case, marks, line
    /// ends and commas apart.
    pub fn longest_at(&self, text: &str) -> Option<(&Name, usize)> {
        let mut node = 0;
        let mut best = None;
        for (end, word) in words(text) {
            match self.nodes[node].next.get(&fold(word)) {
                Some(next) => node = *next,
                None => break,
            }
            if let Some(entry) = self.nodes[node].entry {
                best = Some((&self.entries[entry], end));
            }
        }
        best
    }
}

impl Name {
    /// The instrument that bore the name on `day`: the last one that had commenced by then. Where none had,
    /// the only one there is.
    pub fn on<'r>(&self, day: Date, instruments: &'r [Instrument]) -> Option<&'r Instrument> {
        let borne = self.instruments.iter().map(|at| &instruments[*at]);
        let begun = borne.clone().filter(|one| one.commences.or(one.issued).is_some_and(|first| first <= day));
        match begun.last() {
            Some(one) => Some(one),
            None if self.instruments.len() == 1 => borne.into_iter().next(),
            None => None,
        }
    }
}

/// The words a text begins with and the byte where each ends; blanks and commas part words, anything else ends
/// the walk after the word it touches.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut open = true;
    std::iter::from_fn(move || {
        if !open {
            return None;
        }
        let skipped = text[at..].find(|c: char| !(c.is_whitespace() || c == ',')).unwrap_or(text.len() - at);
        let start = at + skipped;
        let rest = &text[start..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        at = start + len;
        open = text[at..].starts_with(|c: char| c.is_whitespace() || c == ',');
        Some((at, &rest[..len]))
    })
}
