//! The part of a text that answers a query best, with its marks, and which bytes of it to highlight.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{fold_char, syllable, word_ranges};

/// The usual length of a snippet, in bytes.
const LENGTH: usize = 260;

/// A part of a text, on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    /// Bytes of `text`, in order, without overlap, on character boundaries.
    pub highlights: Vec<Range<usize>>,
}

/// The part of `text` with most of the folded words `query` close together; `None` if it has none of them.
pub fn excerpt(text: &str, query: &[String]) -> Option<Snippet> {
    let mut wanted: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in query.iter().enumerate() {
        wanted.entry(word).or_default().push(at);
    }
    // The first letter rules out most words of a long text without folding them.
    let firsts: HashSet<char> = query.iter().filter_map(|word| word.chars().next()).collect();
    let may_be = |at: usize| text[at..].chars().next().is_some_and(|c| firsts.contains(&fold_char(c)));
    // Every word asked for: its range, how many words precede it, its places in the query.
    let mut found: Vec<(Range<usize>, usize, &[usize])> = Vec::new();
    for (ordinal, range) in word_ranges(text).enumerate() {
        if may_be(range.start)
            && let Some(places) = wanted.get(syllable(&text[range.clone()]).as_str())
        {
            found.push((range, ordinal, places));
        }
    }
    let window = best_window(&found, query.len())?;
    let shown = &found[window];
    let (first, last) = (shown[0].0.start, shown[shown.len() - 1].0.end);
    let spare = LENGTH.saturating_sub(last - first);
    let start = back(text, first, spare / 3);
    let end = forth(text, last, spare - (first - start).min(spare));
    Some(flatten(text, start..end, shown.iter().map(|(range, _, _)| range.clone())))
}

/// All of a short text, on one line, with the folded words `query` highlighted.
pub fn highlight(text: &str, query: &[String]) -> Snippet {
    let found = word_ranges(text).filter(|range| query.contains(&syllable(&text[range.clone()])));
    flatten(text, 0..text.len(), found)
}

/// The run of found words within `LENGTH` bytes that holds most different words of the query, neighbours in the
/// query preferred, then the earliest.
fn best_window(found: &[(Range<usize>, usize, &[usize])], query_words: usize) -> Option<Range<usize>> {
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut counts = vec![0usize; query_words];
    let (mut distinct, mut pairs, mut start) = (0, 0, 0);
    let adjacent = |a: usize, b: usize| {
        let (_, before, left) = &found[a];
        let (_, after, right) = &found[b];
        after - before == 1 && left.iter().any(|place| right.contains(&(place + 1)))
    };
    for end in 0..found.len() {
        let place = found[end].2[0];
        counts[place] += 1;
        distinct += usize::from(counts[place] == 1);
        pairs += usize::from(end > start && adjacent(end - 1, end));
        // A word longer than the snippet is shown alone.
        while start < end && found[end].0.end - found[start].0.start > LENGTH {
            let place = found[start].2[0];
            counts[place] -= 1;
            distinct -= usize::from(counts[place] == 0);
            pairs -= usize::from(adjacent(start, start + 1));
            start += 1;
        }
        let score = distinct * 4 + pairs.min(2 * query_words) * 3;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, start..end + 1));
        }
    }
    best.map(|(_, window)| window)
}

/// At most `room` bytes before `at`, at the beginning of a word; not beyond a blank line.
fn back(text: &str, at: usize, room: usize) -> usize {
    let floor = text.ceil_char_boundary(at.saturating_sub(room));
    let before = &text[floor..at];
    if let Some(gap) = before.rfind("\n\n") {
        return floor + gap + 2;
    }
    if floor == 0 {
        return 0;
    }
    before.find(char::is_whitespace).map_or(at, |blank| floor + blank)
}

/// At most `room` bytes after `at`, at the end of a word; not beyond a blank line.
fn forth(text: &str, at: usize, room: usize) -> usize {
    let ceiling = text.floor_char_boundary(at + room);
    let after = &text[at..ceiling];
    if let Some(gap) = after.find("\n\n") {
        return at + gap;
    }
    if ceiling == text.len() {
        return ceiling;
    }
    after.rfind(char::is_whitespace).map_or(at, |blank| at + blank)
}

/// The range with every run of blanks as one, an ellipsis where the text goes on, and the highlights moved along; two
/// with only a blank between them become one.
fn flatten(text: &str, stretch: Range<usize>, marks: impl Iterator<Item = Range<usize>>) -> Snippet {
    let mut out = Snippet::default();
    if !text[..stretch.start].trim().is_empty() {
        out.text.push('…');
    }
    let mut at = stretch.start;
    let push = |out: &mut String, piece: &str| {
        for c in piece.chars() {
            if !c.is_whitespace() {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with([' ', '…']) {
                out.push(' ');
            }
        }
    };
    for mark in marks {
        push(&mut out.text, &text[at..mark.start]);
        let start = out.text.len();
        push(&mut out.text, &text[mark.clone()]);
        at = mark.end;
        match out.highlights.last_mut() {
            Some(last) if out.text[last.end..start].trim().is_empty() => last.end = out.text.len(),
            _ => out.highlights.push(start..out.text.len()),
        }
    }
    push(&mut out.text, &text[at..stretch.end]);
    out.text.truncate(out.text.trim_end().len());
    if !text[stretch.end..].trim().is_empty() {
        out.text.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::folded_words;
    use proptest::prelude::*;

    #[test]
    fn the_words_together_win_and_keep_their_marks() {
        let text =
            format!("Xóa đói. {} Chương trình xóa\n mù chữ mới. {}", "Lời khác. ".repeat(60), "Nữa. ".repeat(60));
        let found = excerpt(&text, &folded_words("xoa mu chu")).unwrap();
        let marked: Vec<&str> = found.highlights.iter().map(|range| &found.text[range.clone()]).collect();
        assert_eq!(marked, ["xóa mù chữ"]);
        assert!(found.text.starts_with('…') && found.text.ends_with('…') && found.text.len() < LENGTH + 40);
    }

    #[test]
    fn nothing_found_is_nothing_shown() {
        assert_eq!(excerpt("Lời nào đó", &folded_words("khác")), None);
        assert_eq!(excerpt("", &folded_words("khác")), None);
    }

    #[test]
    fn a_word_longer_than_a_snippet_is_shown_whole() {
        let long = "dài".repeat(LENGTH);
        let text = format!("Lời nói {long} đầu {long}");
        let found = excerpt(&text, &folded_words(&format!("nói {long} đầu"))).unwrap();
        assert!(!found.highlights.is_empty());
        let found = excerpt(&text, &folded_words(&long)).unwrap();
        assert_eq!(&found.text[found.highlights[0].clone()], long);
    }

    proptest! {
        #[test]
        fn highlights_are_words_of_the_query(text in "[abđệ \n]{0,300}", query in "[abđệ ]{1,8}") {
            let query = folded_words(&query);
            if let Some(found) = excerpt(&text, &query) {
                for range in &found.highlights {
                    for word in folded_words(&found.text[range.clone()]) {
                        prop_assert!(query.contains(&word));
                    }
                }
                prop_assert!(!found.highlights.is_empty());
            }
        }
    }
}
