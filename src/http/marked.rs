//! A text cut at the places that are marked in it, for templates that escape every piece.

use std::ops::Range;

/// The longest line, in characters, of a text that its writer wrapped by hand. A text with longer lines has a line
/// for every paragraph.
const WIDEST: usize = 120;

#[derive(Debug, Default)]
pub struct Paragraph {
    pub spans: Vec<Span>,
}

/// A stretch of text, marked by the item with this index or plain.
#[derive(Debug)]
pub struct Span {
    pub mark: Option<usize>,
    /// The pieces between line breaks that must be kept; those of the margin have become blanks.
    pub lines: Vec<String>,
}

/// Cuts `text` into paragraphs and spans. `marks` are in text order; one that overlaps an earlier one or lies
/// outside the text is left out.
pub fn paragraphs(text: &str, marks: &[Range<usize>]) -> Vec<Paragraph> {
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let cutter = Cutter { text, margin: (longest <= WIDEST).then_some(longest) };
    let mut out = vec![Paragraph::default()];
    let mut at = 0;
    for (index, range) in marks.iter().enumerate() {
        if range.start < at || range.is_empty() || text.get(range.clone()).is_none() {
            continue;
        }
        cutter.plain(at..range.start, &mut out);
        push(&mut out, Some(index), cutter.lines(range.clone()));
        at = range.end;
    }
    cutter.plain(at..text.len(), &mut out);
    out.retain(|paragraph| !paragraph.spans.is_empty());
    out
}

fn push(out: &mut [Paragraph], mark: Option<usize>, lines: Vec<String>) {
    let Some(paragraph) = out.last_mut() else { return };
    let empty = lines.iter().all(String::is_empty) && lines.len() < 2;
    if !empty {
        paragraph.spans.push(Span { mark, lines });
    }
}

struct Cutter<'t> {
    text: &'t str,
    /// Where lines were wrapped, in characters; `None` where they were not.
    margin: Option<usize>,
}

impl Cutter<'_> {
    /// Adds unmarked text, a new paragraph after each run of blank lines.
    fn plain(&self, range: Range<usize>, out: &mut Vec<Paragraph>) {
        let mut start = range.start;
        let mut at = start;
        while let Some(newline) = self.text[at..range.end].find('\n').map(|found| at + found) {
            let rest = &self.text[newline..range.end];
            let gap = rest.len() - rest.trim_start().len();
            let blank = rest[..gap].rfind('\n').unwrap_or(0);
            if blank > 0 {
                push(out, None, self.lines(start..newline));
                out.push(Paragraph::default());
                start = newline + blank + 1;
                at = start;
            } else {
                at = newline + 1;
            }
        }
        push(out, None, self.lines(start..range.end));
    }

    /// The stretch, cut at the newlines that stand for more than the margin's end.
    fn lines(&self, range: Range<usize>) -> Vec<String> {
        let mut out = Vec::new();
        let mut start = range.start;
        for (at, _) in self.text[range.clone()].match_indices('\n') {
            let newline = range.start + at;
            if !self.is_wrap(newline) {
                out.push(self.text[start..newline].replace('\n', " "));
                start = newline + 1;
            }
        }
        out.push(self.text[start..range.end].replace('\n', " "));
        out
    }

    /// Whether a newline merely wraps a sentence: the next word would not have fitted, and begins no list item.
    fn is_wrap(&self, newline: usize) -> bool {
        let Some(margin) = self.margin else { return false };
        let before = &self.text[..newline];
        let line = before[before.rfind('\n').map_or(0, |at| at + 1)..].trim_end();
        let next = self.text[newline + 1..].trim_start_matches([' ', '\t']);
        let word = next.split_whitespace().next().unwrap_or_default();
        let numbered = word.ends_with(['.', ')']) && word.trim_end_matches(['.', ')']).chars().count() <= 3;
        let listed = numbered || next.starts_with(['\n', '\r', '-', '+', '*', '•', '|', '#', '–']);
        // Hand-wrapped lines seldom reach their margin to the letter.
        let full = (line.chars().count() + 1 + word.chars().count()) * 5 > margin * 4;
        full && !listed && !line.ends_with([';', ':'])
    }
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
        let wrapped = "KẾ HOẠCH\nnăm 2022\nCác xã, phường và thị trấn trên địa bàn\nhuyện mở lớp xóa mù chữ cho người học\n1. Mục tiêu";
        assert_eq!(
            shown(wrapped, &[]),
            [
                "KẾ HOẠCH⏎năm 2022⏎Các xã, phường và thị trấn trên địa bàn huyện mở lớp xóa mù chữ cho người học⏎1. Mục tiêu"
            ]
        );
        let long = "chữ ".repeat(60);
        let unwrapped = format!("{long}\n{long}\ntiếp");
        assert_eq!(shown(&unwrapped, &[]), [unwrapped.replace('\n', "⏎")]);
    }

    #[test]
    fn marks_that_overlap_or_leave_the_text_are_dropped() {
        assert_eq!(shown("abcdef", &[1..3, 2..4, 5..99]), ["a[0:bc]def"]);
    }

    proptest! {
        #[test]
        fn nothing_but_blank_lines_is_lost(text in "[a-zđ \n.]{0,60}", a in 0usize..60, b in 0usize..60) {
            let spans: String = paragraphs(&text, std::slice::from_ref(&(a.min(b)..a.max(b))))
                .iter().flat_map(|p| &p.spans).flat_map(|span| &span.lines).cloned().collect();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&spans), bare(&text));
        }
    }
}
