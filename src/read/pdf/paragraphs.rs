//! From lines to running text: running heads and notes at the foot of the page are told from the body, so that a
//! sentence goes on over the page's end, and lines are joined where only the width of the column broke them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::glyphs::{Line, Page};
use crate::read::Part;
use crate::read::text_builder::TextBuilder;

/// A line of fewer characters is a signature, a heading or the cell of a table rather than the line of a sentence
/// that was broken because the column is full.
const SHORT: usize = 25;

/// The lines of a file, each in its part.
pub(super) struct Parts {
    body: Vec<Placed>,
    notes: Vec<Placed>,
    heads: Vec<Placed>,
}

/// A line and the column that it stands in.
struct Placed {
    line: Line,
    text: String,
    page: usize,
    /// Lines that follow each other closely, one below the other, share a block.
    block: usize,
    /// Left and right border of the block of lines around it. Points.
    column: (f64, f64),
    /// The right border is one: the page's own, or several lines end there.
    bordered: bool,
}

impl Parts {
    pub(super) fn of(pages: Vec<Page>) -> Parts {
        let mut parts = Parts { body: Vec::new(), notes: Vec::new(), heads: Vec::new() };
        let repeated = repeated_heads(&pages);
        let size = body_size(&pages);
        for (number, page) in pages.into_iter().enumerate() {
            let outer = heads(&page, &repeated);
            let (mut body, mut heads) = (Vec::new(), Vec::new());
            for (at, line) in page.into_iter().enumerate() {
                if outer.contains(&at) {
                    heads.push(line);
                } else {
                    body.push(line);
                }
            }
            let notes = body.split_off(notes_begin(&body, size));
            parts.body.extend(placed(&body, number));
            parts.notes.extend(placed(&notes, number));
            parts.heads.extend(placed(&heads, number));
        }
        parts
    }

    /// The text: body, notes, then running heads and `stamps`; and where in it the text of the pages in
    /// `recognised` stands.
    pub(super) fn flow(&self, stamps: &[String], recognised: &HashSet<usize>) -> (TextBuilder, Vec<Range<usize>>) {
        let mut flow = TextBuilder::new();
        let mut stretches: Vec<Range<usize>> = Vec::new();
        let mut note = |page: usize, stretch: Range<usize>| match stretches.last_mut() {
            _ if !recognised.contains(&page) => {}
            Some(last) if last.end + 1 >= stretch.start => last.end = stretch.end,
            _ => stretches.push(stretch),
        };
        write(&self.body, &mut flow, &mut note);
        flow.enter(Part::Footnote);
        write(&self.notes, &mut flow, &mut note);
        flow.enter(Part::Margin);
        for head in &self.heads {
            let start = flow.tail().len();
            flow.push(&head.text);
            note(head.page, start..flow.tail().len());
            flow.end_line();
        }
        for text in stamps {
            flow.push(text);
            flow.end_line();
        }
        (flow, stretches)
    }
}

fn write(lines: &[Placed], flow: &mut TextBuilder, note: &mut impl FnMut(usize, Range<usize>)) {
    for (at, next) in lines.iter().enumerate() {
        match at.checked_sub(1).map(|at| &lines[at]) {
            Some(line) if continues(line, next) => flow.push(joint(&line.text, &next.text)),
            _ => flow.end_line(),
        }
        let start = flow.tail().len();
        flow.push(&next.text);
        note(next.page, start..flow.tail().len());
    }
    flow.end_line();
}

/// What stands between two lines of a paragraph: a number broken after its hyphen or at its slash is one word.
fn joint(line: &str, next: &str) -> &'static str {
    let before = line.strip_suffix(['-', '/']).is_some_and(|rest| rest.ends_with(char::is_alphanumeric));
    let after = next.starts_with('/') && line.ends_with(char::is_alphanumeric);
    if before || after { "" } else { " " }
}

/// Whether the paragraph of `line` goes on in `next`: the line is full, in that the next word would not have
/// fitted, and the next line begins no paragraph.
fn continues(line: &Placed, next: &Placed) -> bool {
    let (a, b) = (&line.line, &next.line);
    let em = a.size.max(b.size);
    if a.turn != b.turn || a.size.min(b.size) < 0.85 * em || b.is_note {
        return false;
    }
    let apart = line.column.1 < next.column.0 || next.column.1 < line.column.0;
    if apart || (line.page == next.page && line.block != next.block) {
        return false;
    }
    if joint(&line.text, &next.text).is_empty() && !is_item(&next.text) {
        // A number broken at its hyphen or slash, wherever the column ends.
        return true;
    }
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    if capitals(&line.text) && !capitals(&next.text) {
        return false;
    }
    let closed = line.text.ends_with(['.', ';', ':', ',', '!', '?', '”']);
    let fresh = next.text.starts_with(char::is_uppercase) || is_item(&next.text);
    if fresh && line.text.chars().count() < SHORT || !line.bordered && (fresh || closed) || b.has_columns() {
        return false;
    }
    if a.right + 0.2 * em + b.first_word_width() < line.column.1 {
        return false;
    }
    let (indent, next_indent) = (a.left() - line.column.0, b.left() - next.column.0);
    let shift = next_indent - indent;
    // No first line is indented that far: another column.
    if shift < -5.0 * em || a.has_columns() && shift.abs() > em {
        return false;
    }
    if shift > 0.5 * em {
        // Further in: the first line of a paragraph, or the second of an item with its number set out.
        let set_out = a.words.iter().skip(1).take(2).any(|word| (word.left - b.left()).abs() < 0.15 * em);
        return line.page == next.page
            && (is_item(&line.text) || set_out)
            && !(fresh && (closed || is_item(&next.text)));
    }
    let indented = next_indent > 0.8 * em;
    if closed && (is_item(&next.text) || indented) || is_item(&next.text) && indented {
        return false;
    }
    let centre = |line: &Line| (line.left() + line.right) / 2.0;
    let centred = shift < -0.5 * em && line.page == next.page && (centre(a) - centre(b)).abs() < 0.4 * em;
    !centred
}

/// Whether a line begins as an item of a list does: "- ", "+ ", "1. ", "12) ", "a) ", "IV. ", "Điều 5. ".
fn is_item(text: &str) -> bool {
    let text = text.strip_prefix("Điều ").unwrap_or(text);
    if text.starts_with(['-', '–', '+', '•', '*', '·', '\u{f0b7}']) {
        return true;
    }
    let Some((mark, rest)) = text.split_once(['.', ')']) else { return false };
    let number = mark.len() <= 3 && !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit());
    let letter = mark.chars().count() == 1 && mark.chars().all(char::is_alphabetic);
    let roman = mark.len() <= 5 && !mark.is_empty() && mark.chars().all(|c| "IVXLC".contains(c));
    (number || letter || roman) && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Sets the lines of one page into blocks.
fn placed(lines: &[Line], page: usize) -> Vec<Placed> {
    let page_right = |turn: i32| {
        let rights = lines.iter().filter(|line| line.turn == turn).map(|line| line.right);
        rights.fold(f64::MIN, f64::max)
    };
    let mut placed = Vec::with_capacity(lines.len());
    for (number, block) in lines.chunk_by(is_below).enumerate() {
        let left = block.iter().map(Line::left).fold(f64::MAX, f64::min);
        let right = block.iter().map(|line| line.right).fold(f64::MIN, f64::max);
        let full = block.iter().filter(|line| line.right > right - 0.3 * line.size).count();
        let bordered = full > 1 || block.iter().any(|line| line.right > page_right(line.turn) - line.size);
        let lines = block.iter().cloned();
        placed.extend(lines.map(|line| Placed {
            text: line.text().nfc().collect(),
            line,
            page,
            block: number,
            column: (left, right),
            bordered,
        }));
    }
    placed
}

fn is_below(line: &Line, next: &Line) -> bool {
    let pitch = next.down - line.down;
    line.turn == next.turn
        && pitch > 0.0
        && pitch <= 2.2 * line.size.max(next.size)
        && line.left() < next.right
        && next.left() < line.right
}

/// The size of the body's letters: of the sizes in which much of the file is set, the largest. Points.
fn body_size(pages: &[Page]) -> f64 {
    let mut letters: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *letters.entry((line.size * 2.0) as i64).or_default() += line.letters();
    }
    let all: usize = letters.values().sum();
    letters.into_iter().filter(|(_, some)| some * 5 >= all).map(|(size, _)| size).max().unwrap_or(0) as f64 / 2.0
}

/// Where the notes at the foot of a page begin: at a small raised number after which nothing is as large as the
/// body.
fn notes_begin(lines: &[Line], size: f64) -> usize {
    let small = lines.iter().rposition(|line| line.size >= 0.92 * size).map_or(0, |last| last + 1);
    lines[small..].iter().position(|line| line.is_note).map_or(lines.len(), |first| small + first)
}

/// Running heads and feet: lines at the border of the page that come back on others with other numbers.
fn repeated_heads(pages: &[Page]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let masks: HashSet<String> = borders(page).into_iter().flatten().map(|at| mask(&page[at])).collect();
        for mask in masks {
            *counts.entry(mask).or_default() += 1;
        }
    }
    // Without a page number it may also be the letterhead of an annex.
    let enough = |mask: &str, count: usize| {
        if mask.contains('#') {
            count >= 2 && count * 5 >= pages.len() * 2
        } else {
            count >= 3 && count * 5 >= pages.len() * 3
        }
    };
    counts.into_iter().filter(|(mask, count)| enough(mask, *count)).map(|(mask, _)| mask).collect()
}

/// The lines of a page that are running heads or feet.
fn heads(page: &Page, repeated: &HashSet<String>) -> HashSet<usize> {
    let from_border = borders(page).into_iter();
    from_border.flat_map(|lines| lines.into_iter().take_while(|at| repeated.contains(&mask(&page[*at])))).collect()
}

/// The lines at the upper and the lower border that stand clear of the text, at most two each, from the border
/// inwards; on a page set sideways also every line that runs across its text.
fn borders(page: &Page) -> Vec<Vec<usize>> {
    let mut turns: HashMap<i32, Vec<usize>> = HashMap::new();
    for (at, line) in page.iter().enumerate() {
        turns.entry(line.turn).or_default().push(at);
    }
    let main = turns.iter().max_by_key(|(turn, lines)| (lines.len(), **turn)).map_or(0, |(turn, _)| *turn);
    let mut borders = Vec::new();
    for (turn, mut lines) in turns {
        lines.sort_by(|a, b| page[*a].down.total_cmp(&page[*b].down));
        if turn == main {
            borders.push(clear(page, lines.iter().copied()));
            borders.push(clear(page, lines.iter().rev().copied()));
        } else {
            borders.extend(lines.into_iter().map(|at| vec![at]));
        }
    }
    borders
}

/// The first lines, at most two, up to one that a wide gap sets apart from what follows; or the first alone if
/// it is but a number. Other lines at the border belong to the text.
fn clear(page: &Page, lines: impl Iterator<Item = usize> + Clone) -> Vec<usize> {
    let next = lines.clone().skip(1).map(Some).chain([None]);
    let pairs = lines.zip(next).take(2);
    let apart = |(at, next): &(usize, Option<usize>)| match next {
        Some(next) => (page[*at].down - page[*next].down).abs() > 1.6 * page[*at].size.max(page[*next].size),
        None => true,
    };
    let pairs: Vec<_> = pairs.collect();
    match pairs.iter().rposition(apart) {
        Some(last) => pairs[..=last].iter().map(|(at, _)| *at).collect(),
        None => pairs.iter().map(|(at, _)| *at).take(1).filter(|at| mask(&page[*at]) == "#").collect(),
    }
}

/// The line without what changes from page to page, "#" in front if it has a number. Left and right pages have
/// theirs at different ends.
fn mask(line: &Line) -> String {
    let mut mask = String::new();
    for c in line.text().chars() {
        match c {
            c if c.is_ascii_digit() && mask.ends_with('#') => {}
            c if c.is_ascii_digit() => mask.push('#'),
            c if c.is_whitespace() => {}
            c => mask.extend(c.to_lowercase()),
        }
    }
    if mask.contains('#') { format!("#{}", mask.trim_matches('#')) } else { mask }
}
