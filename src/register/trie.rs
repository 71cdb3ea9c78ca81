//! A trie of words: the longest known name that a text begins with, in one walk.

use std::collections::HashMap;

use crate::text::{fold, fold_onto, is_word_char};

/// Names to values, letter case, marks, line ends, commas and `&` apart.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<String, usize>,
    values: Vec<usize>,
}

impl Trie {
    pub fn new() -> Trie {
        Trie { nodes: vec![Node::default()] }
    }

    pub fn insert(&mut self, name: &str, value: usize) {
        let mut node = 0;
        for (_, word) in words(name) {
            let fresh = self.nodes.len();
            node = *self.nodes[node].next.entry(fold(word)).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        if node != 0 && !self.nodes[node].values.contains(&value) {
            self.nodes[node].values.push(value);
        }
    }

    /// The values of the longest name that `text` begins with, and the byte where the name ends.
    pub fn longest_at(&self, text: &str) -> Option<(&[usize], usize)> {
        let mut node = 0;
        let mut best = None;
        let mut folded = String::new();
        for (end, word) in words(text) {
            folded.clear();
            fold_onto(word, &mut folded);
            match self.nodes[node].next.get(&folded) {
                Some(next) => node = *next,
                None => break,
            }
            if !self.nodes[node].values.is_empty() {
                best = Some((self.nodes[node].values.as_slice(), end));
            }
        }
        best
    }
}

/// The words a text begins with and the byte where each ends; blanks, commas and `&` part words, anything else
/// ends the walk after the word it touches.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | '&');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c| !parts(c)).unwrap_or(text.len() - at);
        let rest = &text[start..];
        let len = rest.find(|c: char| !(is_word_char(c) || c == '-')).unwrap_or(rest.len());
        at = start + len;
        (len > 0).then(|| (at, &rest[..len]))
    })
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn the_longest_name_wins() {
        let mut trie = Trie::new();
        trie.insert("Luật Giáo dục", 1);
        trie.insert("Luật Giáo dục đại học", 2);
        trie.insert("Bộ GD&ĐT", 3);
        let longest = |text: &'static str| {
            trie.longest_at(text).map(|(values, end): (&[usize], usize)| (values.to_vec(), &text[..end]))
        };
        assert_eq!(longest("Luật Giáo dục\nđại học năm 2012"), Some((vec![2], "Luật Giáo dục\nđại học")));
        assert_eq!(longest("luật giáo dục, và"), Some((vec![1], "luật giáo dục")));
        assert_eq!(longest("Bộ GD & ĐT về"), Some((vec![3], "Bộ GD & ĐT")));
        assert_eq!(longest("Luật"), None);
    }
}
