//! A text cut at the places that are highlighted in it, for templates that escape every piece.

use std::ops::Range;

/// The longest line, in characters, of a text that its writer wrapped by hand. A text with longer lines has a line
/// for every paragraph.
const WIDEST_MARGIN: usize = 120;

#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub(crate) spans: Vec<HighlightedSpan>,
}

/// A part of the text: plain, or highlighted for the item with this index.
#[derive(Debug)]
pub(crate) struct HighlightedSpan {
    pub(crate) highlight: Option<usize>,
    /// The pieces between line breaks that must be kept; a line break at the margin has become a blank.
    pub(crate) lines: Vec<String>,
}

/// Cuts `text` into paragraphs and spans. `marks` are in text order; one that overlaps an earlier one or is
/// outside the text is left out.
pub(crate) fn paragraphs(text: &str, marks: &[Range<usize>]) -> Vec<Paragraph> {
    let cutter = Cutter::of(text);
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

/// One line of a text as its writer broke it. Line ends at the margin do not count.
#[derive(Debug, Default)]
pub(crate) struct HighlightedLine {
    /// Whether blank lines are before it.
    pub(crate) gap: bool,
    /// In bytes of the text.
    pub(crate) range: Range<usize>,
    pub(crate) spans: Vec<HighlightedSpan>,
}

/// Cuts `text` into lines, each with its spans; a mark that goes on past the end of a line keeps that line open. `marks`
/// are as those of [`paragraphs`].
pub(crate) fn lines(text: &str, marks: &[Range<usize>]) -> Vec<HighlightedLine> {
    let cutter = Cutter::of(text);
    let mut out: Vec<HighlightedLine> = Vec::new();
    let mut line = HighlightedLine::default();
    let mut at = 0;
    let mut plain = |range: Range<usize>, line: &mut HighlightedLine| {
        for (index, piece) in cutter.pieces(range).into_iter().enumerate() {
            if index > 0 {
                let is_blank = line.spans.iter().all(|span| span.lines.iter().all(|text| text.trim().is_empty()));
                let gap = is_blank && (line.gap || !out.is_empty());
                let done = std::mem::replace(line, HighlightedLine { gap, ..HighlightedLine::default() });
                if !is_blank {
                    out.push(done);
                }
            }
            line.add(None, piece.clone(), vec![cutter.text[piece].replace('\n', " ")]);
        }
    };
    for (index, range) in marks.iter().enumerate() {
        if range.start < at || range.is_empty() || text.get(range.clone()).is_none() {
            continue;
        }
        plain(at..range.start, &mut line);
        line.add(Some(index), range.clone(), cutter.lines(range.clone()));
        at = range.end;
    }
    plain(at..text.len(), &mut line);
    out.push(line);
    out.retain(|line| line.spans.iter().any(|span| span.lines.iter().any(|text| !text.trim().is_empty())));
    out
}

impl HighlightedLine {
    fn add(&mut self, mark: Option<usize>, range: Range<usize>, lines: Vec<String>) {
        if range.is_empty() {
            return;
        }
        if self.spans.is_empty() {
            self.range = range.clone();
        }
        self.range.end = range.end;
        self.spans.push(HighlightedSpan { highlight: mark, lines });
    }
}

fn push(out: &mut [Paragraph], mark: Option<usize>, lines: Vec<String>) {
    let Some(paragraph) = out.last_mut() else { return };
    let empty = lines.iter().all(String::is_empty) && lines.len() < 2;
    if !empty {
        paragraph.spans.push(HighlightedSpan { highlight: mark, lines });
    }
}

struct Cutter<'t> {
    text: &'t str,
    /// Where lines were wrapped, in characters; `None` where they were not.
    margin: Option<usize>,
}

impl<'t> Cutter<'t> {
    fn of(text: &'t str) -> Cutter<'t> {
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        Cutter { text, margin: (longest <= WIDEST_MARGIN).then_some(longest) }
    }

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

    /// The range, cut at the newlines that mean more than the end of the margin.
    fn lines(&self, range: Range<usize>) -> Vec<String> {
        self.pieces(range).into_iter().map(|piece| self.text[piece].replace('\n', " ")).collect()
    }

    /// The same pieces as ranges of the text.
    fn pieces(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = range.start;
        for (at, _) in self.text[range.clone()].match_indices('\n') {
            let newline = range.start + at;
            if !self.is_wrap(newline) {
                out.push(start..newline);
                start = newline + 1;
            }
        }
        out.push(start..range.end);
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
                    span.highlight.map_or(lines.clone(), |mark| format!("[{mark}:{lines}]"))
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
    fn every_line_of_the_writer_stands_alone() {
        let text = "KẾ HOẠCH\n\n \nCăn cứ Luật A;\nTheo Luật\nB.\n";
        let at = |words: &str| text.find(words).map_or(0..0, |at| at..at + words.len());
        let cut: Vec<_> = lines(text, &[at("Luật A"), at("Luật\nB")])
            .iter()
            .map(|line| (line.gap, text[line.range.clone()].to_owned(), line.spans.len()))
            .collect();
        let line = |gap, text: &str, spans| (gap, text.to_owned(), spans);
        assert_eq!(cut, [line(false, "KẾ HOẠCH", 1), line(true, "Căn cứ Luật A;", 3), line(false, "Theo Luật\nB.", 3)]);
        assert!(lines("\n \n", &[]).is_empty());
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
            let spans: String = lines(&text, std::slice::from_ref(&(a.min(b)..a.max(b))))
                .iter().flat_map(|line| &line.spans).flat_map(|span| &span.lines).cloned().collect();
            prop_assert_eq!(bare(&spans), bare(&text));
        }
    }
}
