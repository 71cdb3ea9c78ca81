//! Text that is being extracted from a marked-up file: what docx, html and pdf have in common once their tags
//! and glyphs are understood. Paragraphs end lines, the cells of a row are set apart by tabs, what stands
//! beside the text (a text box) waits for the end of its line, and each stretch knows its part of the file.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::traced_text::TracedText;
use super::{Document, Format, Part, Section};

/// Builds the text of a [`Document`] from its pieces.
pub(super) struct TextBuilder {
    page: Lines,
    /// The tables, rows, cells and boxes that are open, innermost last.
    frames: Vec<Frame>,
    /// Starts of the parts in the page's text, in order.
    parts: Vec<(Part, usize)>,
}

/// Running text, and what waits for the end of its line.
#[derive(Default)]
struct Lines {
    text: TracedText,
    aside: TracedText,
}

enum Frame {
    /// A cell or a text box.
    Box(Lines),
    Row(Vec<TracedText>),
    Table(TracedText),
}

impl TextBuilder {
    pub(super) fn new() -> TextBuilder {
        TextBuilder { page: Lines::default(), frames: Vec::new(), parts: vec![(Part::Body, 0)] }
    }

    /// Adds text to the current line.
    pub(super) fn push(&mut self, text: &str) {
        self.lines().text.push_str(text);
    }

    /// The text of the innermost paragraph, cell or box so far.
    pub(super) fn tail(&mut self) -> &str {
        self.lines().text.as_str()
    }

    /// Says where words stood that were added just now: `len` bytes of which the first is `back` bytes before the
    /// end, at `range` of the source's story.
    pub(super) fn trace(&mut self, back: usize, len: usize, story: usize, range: Range<usize>) {
        self.lines().text.trace(back, len, story, range);
    }

    /// Adds a mark in superscript. A note's digit must not become part of the word or number before it.
    pub(super) fn push_raised(&mut self, mark: &str) {
        let text = &mut self.lines().text;
        if glues(text.as_str(), mark) {
            text.push_str(" ");
        }
        text.push_str(mark);
    }

    /// Ends the current line, if anything stands on it.
    pub(super) fn end_line(&mut self) {
        let lines = self.lines();
        close_line(&mut lines.text);
        lines.text.append(std::mem::take(&mut lines.aside));
    }

    /// Ends a paragraph: its line, or one blank line for an empty paragraph.
    pub(super) fn end_paragraph(&mut self) {
        let text = &mut self.lines().text;
        let start = text.as_str().rfind('\n').map_or(0, |at| at + 1);
        if text.as_str()[start..].trim().is_empty() {
            text.truncate(start);
            if start > 0 && !text.as_str().ends_with("\n\n") {
                text.push_str("\n");
            }
        }
        self.end_line();
    }

    pub(super) fn open_table(&mut self) {
        self.end_line();
        self.frames.push(Frame::Table(TracedText::default()));
    }

    pub(super) fn open_row(&mut self) {
        self.frames.push(Frame::Row(Vec::new()));
    }

    /// Opens a cell of a row, or a text box.
    pub(super) fn open_box(&mut self) {
        self.frames.push(Frame::Box(Lines::default()));
    }

    /// Closes the innermost table, row, cell or box; the page itself stays open.
    pub(super) fn close(&mut self) {
        if let Some(Frame::Box(_)) = self.frames.last() {
            self.end_line();
        }
        let Some(frame) = self.frames.pop() else { return };
        match (frame, self.frames.last_mut()) {
            (Frame::Box(lines), Some(Frame::Row(cells))) => cells.push(lines.text),
            (Frame::Box(lines), _) => self.lines().aside.append(lines.text),
            (Frame::Row(cells), Some(Frame::Table(table))) => table.append(row(cells)),
            (Frame::Row(cells), _) => self.block(row(cells)),
            (Frame::Table(table), outer) => {
                let part = self.parts.last().map_or(Part::Body, |(part, _)| *part);
                if outer.is_none() && part == Part::Body {
                    self.enter(Part::Table);
                    self.block(table);
                    self.enter(part);
                } else {
                    self.block(table);
                }
            }
        }
    }

    /// From here on the text of the page belongs to `part`. Closes what is open and ends the current line.
    pub(super) fn enter(&mut self, part: Part) {
        while !self.frames.is_empty() {
            self.close();
        }
        self.end_line();
        self.parts.push((part, self.page.text.len()));
    }

    /// The document; `None` if nothing visible was gathered.
    pub(super) fn finish(self, path: &str, format: Format) -> Option<Document> {
        self.finish_traced(path, format).map(|(document, _)| document)
    }

    /// The document, and its text before normalisation with what was traced of it.
    pub(super) fn finish_traced(mut self, path: &str, format: Format) -> Option<(Document, TracedText)> {
        self.enter(Part::Body);
        let mut strand = self.page.text;
        let raw = strand.as_str();
        if raw.trim().is_empty() {
            return None;
        }
        // Parts begin at line starts, so each may be normalised for itself: no mark combines over a line end.
        let mut text = String::with_capacity(raw.len());
        let mut sections: Vec<Section> = Vec::new();
        let mut blank = Vec::new();
        for pair in self.parts.windows(2) {
            let ((part, start), (_, end)) = (pair[0], pair[1]);
            if part != Part::Body && raw[start..end].trim().is_empty() {
                blank.push(start..end);
                continue;
            }
            let from = text.len();
            text.extend(raw[start..end].nfc());
            if part == Part::Body {
                continue;
            }
            match sections.last_mut() {
                Some(last) if last.part == part && last.range.end == from => last.range.end = text.len(),
                _ => sections.push(Section { part, range: from..text.len() }),
            }
        }
        blank.into_iter().rev().filter(|range| !range.is_empty()).for_each(|range| strand.remove(range));
        let document = Document::plain(path.to_owned(), format, text);
        // Counted so far in what is the document's source; its text has lost the remnants.
        let moved = |section: Section| Section { range: document.text.of_source(section.range), ..section };
        let sections = sections.into_iter().map(moved).filter(|section| !section.range.is_empty()).collect();
        Some((Document { sections, ..document }, strand))
    }

    /// A block of whole lines.
    fn block(&mut self, lines: TracedText) {
        self.end_line();
        self.lines().text.append(lines);
    }

    /// The innermost running text. Text that stands between the rows or cells of a table, which no format
    /// allows, falls to what surrounds the table.
    fn lines(&mut self) -> &mut Lines {
        let boxes = self.frames.iter_mut().rev();
        boxes.filter_map(Frame::lines).next().unwrap_or(&mut self.page)
    }
}

impl Frame {
    fn lines(&mut self) -> Option<&mut Lines> {
        match self {
            Frame::Box(lines) => Some(lines),
            Frame::Row(_) | Frame::Table(_) => None,
        }
    }
}

/// Ends the last line of `text` without spaces before the line end; nothing if no line is open.
fn close_line(text: &mut TracedText) {
    let start = text.as_str().rfind('\n').map_or(0, |at| at + 1);
    let end = start + text.as_str()[start..].trim_end_matches([' ', '\t']).len();
    text.truncate(end);
    if end > start {
        text.push_str("\n");
    }
}

/// One row. Cells of one line each stand on one line, set apart by tabs; as soon as a cell has several lines,
/// the cells follow one another, each on its own lines.
fn row(cells: Vec<TracedText>) -> TracedText {
    let cells: Vec<TracedText> = cells.into_iter().map(TracedText::trim_lines).collect();
    let single = cells.iter().all(|cell| !cell.as_str().contains('\n'));
    let mut out = TracedText::default();
    for (at, cell) in cells.into_iter().enumerate() {
        if single {
            if at > 0 {
                out.push_str("\t");
            }
            out.append(cell);
        } else if cell.len() > 0 {
            out.append(cell);
            out.push_str("\n");
        }
    }
    if out.as_str().trim().is_empty() {
        return TracedText::default();
    }
    close_line(&mut out);
    out
}

/// Whether `mark`, written small above the line, would be read as part of the word before it. The squares and
/// cubes of units of length are meant to be.
pub(super) fn glues(before: &str, mark: &str) -> bool {
    let digits = !mark.trim().is_empty() && mark.trim().chars().all(|c| c.is_ascii_digit());
    let clear = before.ends_with(|c: char| c.is_whitespace() || "([{“\"'".contains(c)) || before.is_empty();
    if !digits || mark.starts_with(char::is_whitespace) || clear {
        return false;
    }
    let unit = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !(matches!(unit, "m" | "mm" | "cm" | "dm" | "km") && matches!(mark.trim(), "2" | "3"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(flow: TextBuilder) -> Document {
        flow.finish("x", Format::Docx).unwrap()
    }

    #[test]
    fn cells_of_one_line_share_it_and_longer_ones_follow_each_other() {
        let mut flow = TextBuilder::new();
        flow.push("Trước");
        flow.open_table();
        for cells in [["a", "b"], ["c\nd", "e"]] {
            flow.open_row();
            for cell in cells {
                flow.open_box();
                flow.push(cell);
                flow.end_paragraph();
                flow.close();
            }
            flow.close();
        }
        flow.close();
        flow.push("Sau");
        let document = text_of(flow);
        assert_eq!(document.text.as_str(), "Trước\na\tb\nc\nd\ne\nSau\n");
        let at = document.text.as_str().find("a\t").unwrap();
        assert_eq!(document.part_at(at), Part::Table);
        assert_eq!(document.part_at(0), Part::Body);
        assert_eq!(document.part_at(document.text.as_str().find("Sau").unwrap()), Part::Body);
    }

    #[test]
    fn a_box_waits_for_the_end_of_the_line() {
        let mut flow = TextBuilder::new();
        flow.push("Nghị định ");
        flow.open_box();
        flow.push("MẬT");
        flow.end_paragraph();
        flow.close();
        flow.push("số 30");
        flow.end_paragraph();
        assert_eq!(text_of(flow).text.as_str(), "Nghị định số 30\nMẬT\n");
    }

    #[test]
    fn sections_are_counted_in_normalised_text() {
        let mut flow = TextBuilder::new();
        flow.push(&"Điều lệ".nfd().collect::<String>());
        flow.enter(Part::Footnote);
        flow.push(&"Chú thích".nfd().collect::<String>());
        let document = text_of(flow);
        let section = &document.sections[0];
        assert_eq!(&document.text.as_str()[section.range.clone()], "Chú thích\n");
    }

    #[test]
    fn sections_stay_where_they_are_when_remnants_are_taken_out() {
        let mut flow = TextBuilder::new();
        flow.push(&format!("Điều{} lệ", "\u{200b}".repeat(3000)));
        flow.enter(Part::Footnote);
        flow.push("Chú thích");
        let document = text_of(flow);
        assert_eq!(document.text.as_str(), "Điều lệ\nChú thích\n");
        assert_eq!(&document.text.as_str()[document.sections[0].range.clone()], "Chú thích\n");
        assert_eq!(document.part_at(document.text.as_str().find("thích").unwrap()), Part::Footnote);
    }

    #[test]
    fn raised_digits_keep_off_words_but_not_off_units() {
        assert!(glues("Luật Giáo dục", "1"));
        assert!(glues("43/2019/QH14", "2"));
        assert!(!glues("diện tích 30 m", "2"));
        assert!(glues("Điều 24.", "8"));
        assert!(!glues("Luật Giáo dục ", "1"));
        assert!(!glues("xem (", "1"));
        assert!(!glues("ngày 1", "st"));
    }
}
