//! Where something is, as a person finds it again: the line or paragraph, the part of the file, and the heading
//! above it. A line number alone says nothing to whoever has the draft open in a word processor.

use std::sync::LazyLock;

use regex::Regex;

use super::terminal::plain;
use crate::read::{Document, Format, Part};
use crate::text::{Lang, Lines, fold};

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Location {
    /// From one.
    pub(super) line: usize,
    /// In characters, from one.
    pub(super) column: usize,
    pub(super) part: Part,
    /// What the line is called: in a text file a line, in what was unpacked from another file a paragraph.
    pub(super) is_paragraph: bool,
    /// The heading above, cut short.
    pub(super) heading: Option<String>,
}

/// Headings as Decree 30/2020/NĐ-CP, Annex I numbers them; the text is folded.
static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:#{1,6} |\*\*)?(?:(?:phan|chuong|muc|phu luc|dieu) (?:thu )?[0-9ivxlc]+\b|(?:x{1,3}(?:ix|iv|v?i{0,3})|ix|iv|vi{0,3}|i{1,3}) ?[.)\-–] ?\pL|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)] ?\pL)",
    )
    .ok()
});

/// How many lines back a heading is looked for, and how many characters of it are shown.
const BACK: usize = 400;
const SHOWN: usize = 60;

impl Location {
    /// The place of a byte of the NFC text. `lines` are those of `document.text.as_str()`.
    pub(super) fn of(document: &Document, lines: &Lines<'_>, offset: usize) -> Location {
        let (line, column) = lines.place(offset);
        let heading = (line.saturating_sub(BACK).max(1)..=line).rev().find_map(|at| heading(lines.line(at)));
        Location {
            line,
            column,
            part: document.part_at(offset),
            is_paragraph: !matches!(document.format, Format::Text | Format::Markdown),
            heading,
        }
    }

    /// `Dòng 12, mục “II. NHIỆM VỤ”`, as two parts: where, and below which heading.
    pub(super) fn describe(&self, lang: Lang) -> String {
        let line = self.line;
        let unit = if self.is_paragraph { lang.pick("Đoạn", "Paragraph") } else { lang.pick("Dòng", "Line") };
        let part = match self.part {
            Part::Body => "",
            Part::Table => lang.pick(", trong bảng", ", in a table"),
            Part::Footnote => lang.pick(", chú thích", ", footnote"),
            Part::Margin => lang.pick(", đầu hoặc chân trang", ", header or footer"),
        };
        format!("{unit} {line}{part}")
    }
}

fn heading(line: &str) -> Option<String> {
    // A long line is a paragraph that happens to begin with a number.
    let line = line.trim();
    if line.is_empty() || line.len() > 400 || !HEADING.as_ref()?.is_match(&fold(line)) {
        return None;
    }
    let clean = plain(line.trim_start_matches('#').trim_matches(['*', ' ']));
    let short: String = clean.chars().take(SHOWN).collect();
    Some(if short.len() < clean.len() { format!("{}…", short.trim_end()) } else { short })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_above_is_named() {
        let text = "KẾ HOẠCH\nCăn cứ A;\nI. MỤC ĐÍCH\nmột\n2. Nhiệm vụ\n\nhai ba\nĐiều 5. Hiệu lực\nbốn\n";
        let document = Document::from_text("a.txt", text);
        let lines = Lines::new(text);
        let at = |word: &str| Location::of(&document, &lines, text.find(word).unwrap());
        assert_eq!(at("Căn cứ").heading, None);
        assert_eq!(at("một").heading.as_deref(), Some("I. MỤC ĐÍCH"));
        assert_eq!(at("ba").heading.as_deref(), Some("2. Nhiệm vụ"));
        assert_eq!(at("bốn").heading.as_deref(), Some("Điều 5. Hiệu lực"));
        assert_eq!(at("ba").describe(Lang::Vi), "Dòng 7");
        assert_eq!(at("ba").column, 5);
    }

    #[test]
    fn dates_and_words_are_no_headings() {
        for line in ["12/01/2024", "ngày 5", "lớp 5. Hai", "civil) x", "33/2021/TT-BGDĐT", "Điều này"] {
            assert_eq!(heading(line), None, "{line}");
        }
        assert_eq!(heading("## 1.2. Thời gian").as_deref(), Some("1.2. Thời gian"));
    }
}
