//! The lines at the top of a document, cut into the cells of tables and without Markdown.

use crate::read::{Document, Part};
use crate::text::fold_char;

/// How many lines the head of a document can have, and how many bytes.
const HEAD_LINES: usize = 60;
const HEAD_BYTES: usize = 6000;

/// A longer line is a paragraph of the body.
const LINE_BYTES: usize = 600;

/// A line of the head, cleaned of table tabs and Markdown.
pub(super) struct Line<'t> {
    /// Byte of the NFC text at which it starts.
    pub start: usize,
    pub text: &'t str,
    /// How it begins, folded.
    pub lead: String,
}

/// How much of a line is looked at to decide what it is, in characters.
const LEAD: usize = 24;

/// The lines of the head, which ends soon after the preamble begins.
pub(super) fn of(document: &Document) -> Vec<Line<'_>> {
    let text = document.text.as_str();
    let mut out = Vec::new();
    let mut closing = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for cell in cells(&line[..line.floor_char_boundary(HEAD_BYTES)]) {
            let is_frame = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '|' | '\u{feff}');
            let lead = cell.len() - cell.trim_start_matches(is_frame).len();
            let trimmed = cell[lead..].trim_end_matches(is_frame);
            let start = at + lead;
            at += cell.len();
            if !trimmed.is_empty()
                && trimmed.len() <= LINE_BYTES
                && document.part_at(start) != Part::Margin
                && document.part_at(start) != Part::Footnote
            {
                let lead: String = trimmed.chars().take(LEAD).map(fold_char).collect();
                // The preamble and the first article close the head; a number may still be beside them.
                closing += usize::from(closing > 0 || lead.starts_with("can cu ") || lead.starts_with("dieu 1"));
                out.push(Line { start, text: trimmed, lead });
            }
        }
        if out.len() >= HEAD_LINES || at > HEAD_BYTES || closing > 4 {
            break;
        }
    }
    out
}

/// The columns of a line: separated by a tab, a table's bar, or a wide gap.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    const GAP: &[u8] = b"    ";
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let text = rest.len() - rest.trim_start().len();
        let bar = rest.find(['\t', '|']).map(|at| at + 1);
        let gap = memchr::memmem::find(&rest.as_bytes()[text..], GAP).map(|at| text + at + GAP.len());
        let end = bar.into_iter().chain(gap).min().unwrap_or(rest.len());
        let (cell, tail) = rest.split_at(end);
        rest = tail;
        Some(cell)
    })
}
