//! A page of text for a terminal: wrapped lines, a few styles, nothing that could confuse the terminal. Colour
//! codes are written always; the stream they go to takes them out where they are not wanted.

pub mod citations;
pub mod findings;
pub mod fix_summary;
pub mod hits;
pub mod impact;
pub mod import;
pub mod instrument;
pub mod lint;
pub mod matrix;
pub mod summary;
pub mod trace;

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::law::Force;
use crate::report::glossary;
use crate::text::Lang;

/// The narrowest and the widest page that is written.
const WIDTHS: (usize, usize) = (40, 120);

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
const MARKED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

/// Where a page is written, in which language, how wide.
pub struct TerminalPage<'w> {
    out: &'w mut dyn Write,
    pub lang: Lang,
    width: usize,
}

impl<'w> TerminalPage<'w> {
    pub fn new(out: &'w mut dyn Write, lang: Lang, width: usize) -> TerminalPage<'w> {
        TerminalPage { out, lang, width: width.clamp(WIDTHS.0, WIDTHS.1) }
    }

    /// The columns there are.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A heading with a blank line before it.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{BOLD}{}{BOLD:#}", plain(text))
    }

    /// Words in one style, wrapped, every row `indent` columns in.
    pub(super) fn styled(&mut self, indent: usize, text: &str, style: Style) -> io::Result<()> {
        for row in rows(&plain(text), &[], self.width - indent) {
            let row: Vec<String> = row.into_iter().map(|(word, _)| word).collect();
            writeln!(self.out, "{:indent$}{style}{}{style:#}", "", row.join(" "))?;
        }
        Ok(())
    }

    pub(super) fn text(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.styled(indent, text, Style::new())
    }

    /// Wrapped words, those in `highlights` (bytes of `text`) marked.
    pub(super) fn marked(&mut self, indent: usize, text: &str, highlights: &[Range<usize>]) -> io::Result<()> {
        for row in rows(&plain(text), highlights, self.width - indent) {
            write!(self.out, "{:indent$}", "")?;
            for (at, (word, is_marked)) in row.iter().enumerate() {
                let style = if *is_marked { MARKED } else { Style::new() };
                write!(self.out, "{}{style}{word}{style:#}", if at > 0 { " " } else { "" })?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    /// `label   value`, the value wrapped beside its label.
    pub(super) fn field(&mut self, label: &str, value: &str, style: Style) -> io::Result<()> {
        const LABEL: usize = 22;
        let gap = " ".repeat(LABEL.saturating_sub(label.width()).max(1));
        for (at, row) in rows(&plain(value), &[], self.width - LABEL - 2).into_iter().enumerate() {
            let row: Vec<String> = row.into_iter().map(|(word, _)| word).collect();
            let row = row.join(" ");
            match at {
                0 => writeln!(self.out, "  {FAINT}{label}{FAINT:#}{gap}{style}{row}{style:#}")?,
                _ => writeln!(self.out, "  {:LABEL$}{style}{row}{style:#}", "")?,
            }
        }
        Ok(())
    }

    /// One line of words in several styles, as they are. Not wrapped.
    pub(super) fn line(&mut self, words: &[(&str, Style)]) -> io::Result<()> {
        for (words, style) in words {
            write!(self.out, "{style}{}{style:#}", plain(words))?;
        }
        writeln!(self.out)
    }

    /// One line of parts that belong together, the empty ones left out. Not wrapped.
    pub(super) fn parts(&mut self, indent: usize, parts: &[(String, Style)]) -> io::Result<()> {
        write!(self.out, "{:indent$}", "")?;
        let mut first = true;
        for (text, style) in parts.iter().filter(|(text, _)| !text.is_empty()) {
            if !first {
                write!(self.out, "{FAINT} · {FAINT:#}")?;
            }
            write!(self.out, "{style}{}{style:#}", plain(text))?;
            first = false;
        }
        writeln!(self.out)
    }
}

/// The style in which a state is shown.
pub(super) fn force_style(force: Force) -> Style {
    let colour = match force {
        Force::InForce => AnsiColor::Green,
        Force::Ended => AnsiColor::Red,
        Force::NotYet | Force::InPart | Force::Suspended => AnsiColor::Yellow,
        Force::Unknown => return FAINT,
    };
    Style::new().fg_color(Some(colour.into()))
}

/// The state in its words; nothing where it is not known, for lists in which that would be noise.
pub(super) fn force_part(force: Force, lang: Lang) -> (String, Style) {
    let word = if force == Force::Unknown { "" } else { glossary::force(force, lang) };
    (word.to_owned(), force_style(force))
}

/// Text that comes from files, as it may be shown: control characters and marks that turn the direction of
/// writing as blanks. Byte offsets stay what they were.
pub(in crate::report) fn plain(text: &str) -> String {
    let unsafe_here = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if unsafe_here(c) {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
        out
    })
}

/// Words in rows of at most `width` columns, each with whether it is highlighted.
fn rows(text: &str, highlights: &[Range<usize>], width: usize) -> Vec<Vec<(String, bool)>> {
    let mut rows: Vec<Vec<(String, bool)>> = Vec::new();
    let mut used = 0;
    let mut at = 0;
    for word in text.split_whitespace() {
        let start = at + text[at..].find(word).unwrap_or(0);
        at = start + word.len();
        let is_marked = highlights.iter().any(|range| range.start < at && start < range.end);
        let columns = word.width();
        if rows.is_empty() || used + 1 + columns > width {
            rows.push(Vec::new());
            used = 0;
        } else {
            used += 1;
        }
        used += columns;
        if let Some(row) = rows.last_mut() {
            row.push((word.to_owned(), is_marked));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut TerminalPage<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut TerminalPage::new(&mut out, Lang::Vi, 40)).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn long_lines_wrap_at_blanks() {
        let text = written(|page| page.text(2, "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021"));
        assert_eq!(text, "  Căn cứ Thông tư số 33/2021/TT-BGDĐT\n  ngày 26 tháng 11 năm 2021\n");
    }

    #[test]
    fn control_characters_of_a_file_do_not_reach_the_terminal() {
        let text = written(|page| page.text(0, "a\u{1b}[31mb\u{202e}c"));
        assert_eq!(text, "a [31mb c\n");
    }

    #[test]
    fn words_touched_by_a_highlight_are_marked() {
        let highlight = 5..16;
        let rows = rows("một xóa mù chữ hai", std::slice::from_ref(&highlight), 40);
        let marked: Vec<&str> = rows[0].iter().filter(|(_, marked)| *marked).map(|(word, _)| word.as_str()).collect();
        assert_eq!(marked, ["xóa", "mù", "chữ"]);
    }
}
