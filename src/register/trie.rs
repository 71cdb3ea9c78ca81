//! A trie of words: the longest known name that a text begins with, in one walk.

use rustc_hash::FxHashMap;

use crate::text::{fold, fold_onto, is_word_char};

/// Names to values, letter case, marks, line ends, commas and `&` apart.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: FxHashMap<String, usize>,
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

    /// The values of the longest name that `text` begins with, and the byte where the name ends. A word in capitals may
    /// stand for several by their initials: "BMNN" for "bí mật nhà nước", where just one name fits.
    pub fn longest_at(&self, text: &str) -> Option<(&[usize], usize)> {
        let mut node = 0;
        let mut best = None;
        let mut folded = String::new();
        for (end, word) in words(text) {
            folded.clear();
            fold_onto(word, &mut folded);
            let next = self.nodes[node].next.get(&folded).copied();
            match next.or_else(|| self.abbreviated(node, word, &folded)) {
                Some(next) => node = next,
                None => break,
            }
            if !self.nodes[node].values.is_empty() {
                best = Some((self.nodes[node].values.as_slice(), end));
            }
        }
        best
    }

    /// The one node whose way from `node` has the initials `letters`; a word "và" on the way needs none.
    fn abbreviated(&self, node: usize, word: &str, letters: &str) -> Option<usize> {
        let capital = node != 0 && (2..=9).contains(&letters.len()) && !word.chars().any(char::is_lowercase);
        if !capital || !letters.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return None;
        }
        let mut reached = vec![node];
        for letter in letters.chars() {
            let silent =
                reached.iter().filter_map(|node| self.nodes[*node].next.get("va").copied()).collect::<Vec<_>>();
            let open = reached.iter().chain(&silent);
            reached = open
                .flat_map(|node| &self.nodes[*node].next)
                .filter(|(word, _)| word.starts_with(letter))
                .map(|(_, next)| *next)
                .collect();
        }
        reached.sort_unstable();
        reached.dedup();
        match reached.as_slice() {
            [one] => Some(*one),
            // Several ways: the one on which a name ends here, if there is but one.
            _ => {
                let mut ends = reached.iter().filter(|node| !self.nodes[**node].values.is_empty());
                let one = ends.next()?;
                ends.next().is_none().then_some(*one)
            }
        }
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
        // "Luật Bảo hiểm y tế1": a footnote's digits are no part of the word they were glued to.
        let letters = rest[..len].trim_end_matches(|c: char| c.is_numeric()).len();
        let len = if letters > 0 { letters } else { len };
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
        trie.insert("Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân", 4);
        trie.insert("Luật Phí và lệ phí", 5);
        let longest = |text: &'static str| {
            trie.longest_at(text).map(|(values, end): (&[usize], usize)| (values.to_vec(), &text[..end]))
        };
        assert_eq!(longest("Luật Giáo dục\nđại học năm 2012"), Some((vec![2], "Luật Giáo dục\nđại học")));
        assert_eq!(longest("luật giáo dục, và"), Some((vec![1], "luật giáo dục")));
        assert_eq!(longest("Bộ GD & ĐT về"), Some((vec![3], "Bộ GD & ĐT")));
        assert_eq!(longest("Luật"), None);
        assert_eq!(longest("Luật Tổ chức HĐND và UBND năm 2003"), Some((vec![4], "Luật Tổ chức HĐND và UBND")));
        assert_eq!(longest("Luật GDĐH"), Some((vec![2], "Luật GDĐH")));
        assert_eq!(longest("Luật XYZ"), None);
    }
}
