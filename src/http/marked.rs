//! A text cut at the places that are marked in it, for templates that escape every piece.

use std::ops::Range;

/// Lines shorter than this (in characters) were ended by their writer, longer ones by the margin.
const FULL_LINE: usize = 58;

#[derive(Debug, Default)]
pub struct Paragraph {
    pub spans: Vec<Span>,
}

/// A stretch of text, marked by the item with this index or plain.
#[derive(Debug)]
pub struct Span {
    pub mark: Option<usize>,
    /// The pieces between line breaks that must be kept; a newline inside a piece is one of the margin's.
    pub lines: Vec<String>,
}

/// Cuts `text` into paragraphs and spans. `marks` are in text order; one that overlaps an earlier one or lies
/// outside the text is left out.
pub fn paragraphs(text: &str, marks: &[Range<usize>]) -> Vec<Paragraph> {
    let mut out = vec![Paragraph::default()];
    let mut at = 0;
    for (index, range) in marks.iter().enumerate() {
        if range.start < at || range.is_empty() || text.get(range.clone()).is_none() {
            continue;
        }
        plain(text, at..range.start, &mut out);
        push(&mut out, Some(index), lines(text, range.clone()));
        at = range.end;
    }
    plain(text, at..text.len(), &mut out);
    out.retain(|paragraph| !paragraph.spans.is_empty());
    out
}

/// Adds unmarked text, a new paragraph after each run of blank lines.
fn plain(text: &str, range: Range<usize>, out: &mut Vec<Paragraph>) {
    let mut start = range.start;
    let mut at = start;
    while let Some(newline) = text[at..range.end].find('\n').map(|found| at + found) {
        let rest = &text[newline..range.end];
        let gap = rest.len() - rest.trim_start().len();
        let blank = rest[..gap].rfind('\n').unwrap_or(0);
        if blank > 0 {
            push(out, None, lines(text, start..newline));
            out.push(Paragraph::default());
            start = newline + blank + 1;
            at = start;
        } else {
            at = newline + 1;
        }
    }
    push(out, None, lines(text, start..range.end));
}

fn push(out: &mut [Paragraph], mark: Option<usize>, lines: Vec<String>) {
    let Some(paragraph) = out.last_mut() else { return };
    let empty = lines.iter().all(String::is_empty) && lines.len() < 2;
    if !empty {
        paragraph.spans.push(Span { mark, lines });
    }
}

/// The stretch, cut at the newlines that stand for more than the margin's end.
fn lines(text: &str, range: Range<usize>) -> Vec<String> {
    let mut out = Vec::new();
    let mut start = range.start;
    for (at, _) in text[range.clone()].match_indices('\n') {
        let newline = range.start + at;
        if !is_margin(text, newline) {
            out.push(text[start..newline].to_owned());
            start = newline + 1;
        }
    }
    out.push(text[start..range.end].to_owned());
    out
}

/// Whether a newline merely wraps a sentence: the line before it is full, and no list item follows.
fn is_margin(text: &str, newline: usize) -> bool {
    let before = &text[..newline];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let next = text[newline + 1..].trim_start_matches([' ', '\t']);
    let word = next.split_whitespace().next().unwrap_or_default();
    let numbered = word.ends_with(['.', ')']) && word.trim_end_matches(['.', ')']).chars().count() <= 3;
    line.chars().count() >= FULL_LINE && !next.starts_with(['\n', '\r', '-', '+', '*', '•', '|', '#', '–']) && !numbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, marks: &[Range<usize>]) -> Vec<String> {
        paragraphs(text, marks)
            .iter()
            .map(|p| {
                let spans = p.spans.iter().map(|span| {
                    let lines = span.lines.join("⏎");
                    span.mark.map_or(lines.clone(), |mark| format!("[{mark}:{lines}]"))
                });
                spans.collect()
            })
            .collect()
    }

    #[test]
    fn cuts_at_marks_and_blank_lines() {
        let text = "Căn cứ Luật A;\n \n\nTheo Luật B.";
        let at = |words: &str| text.find(words).map_or(0..0, |at| at..at + words.len());
        assert_eq!(shown(text, &[at("Luật A"), at("Luật B")]), ["Căn cứ [0:Luật A];", "Theo [1:Luật B]."]);
    }

    #[test]
    fn a_newline_of_the_margin_is_told_from_one_of_the_writer() {
        let long = "chữ ".repeat(20);
        assert_eq!(shown(&format!("{long}\ntiếp"), &[]), [format!("{long}\ntiếp")]);
        assert_eq!(shown(&format!("{long}\n1. mục"), &[]), [format!("{long}⏎1. mục")]);
        assert_eq!(shown("KẾ HOẠCH\nnăm 2022", &[]), ["KẾ HOẠCH⏎năm 2022"]);
    }

    #[test]
    fn marks_that_overlap_or_leave_the_text_are_dropped() {
        assert_eq!(shown("abcdef", &[1..3, 2..4, 5..99]), ["a[0:bc]def"]);
    }

    proptest! {
        #[test]
        fn nothing_but_blank_lines_is_lost(text in "[a-zđ \n.]{0,60}", a in 0usize..60, b in 0usize..60) {
            let spans: String = paragraphs(&text, &[a.min(b)..a.max(b)])
                .iter().flat_map(|p| &p.spans).flat_map(|span| &span.lines).cloned().collect();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&spans), bare(&text));
        }
    }
}
