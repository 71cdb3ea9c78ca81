//! One file, read: its text in NFC and where the stretches of it stood.

use std::ops::Range;

use serde::Serialize;

use crate::text::SourceText;

use super::Notice;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Html,
    Docx,
    Odt,
    /// Word before 2007: read by way of LibreOffice.
    Doc,
    /// Read by way of LibreOffice.
    Rtf,
    Pdf,
    /// A picture of a page: read where the recognition of characters is asked for.
    Image,
}

impl Format {
    /// The extensions that are read, in lower case and without the dot; images apart.
    pub const EXTENSIONS: [&'static str; 10] =
        ["txt", "md", "markdown", "html", "htm", "docx", "odt", "doc", "rtf", "pdf"];

    /// The format of a file name's extension (without the dot, in any letter case).
    pub fn from_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            "odt" => Some(Format::Odt),
            "doc" => Some(Format::Doc),
            "rtf" => Some(Format::Rtf),
            "pdf" => Some(Format::Pdf),
            "png" | "jpg" | "jpeg" | "tif" | "tiff" => Some(Format::Image),
            _ => None,
        }
    }

    /// The usual extension of the format.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Doc => "doc",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
            Format::Image => "png",
        }
    }

    /// The format's name, the same in both languages.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "TXT",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Docx => "Word (.docx)",
            Format::Odt => "OpenDocument (.odt)",
            Format::Doc => "Word 97–2003 (.doc)",
            Format::Rtf => "RTF",
            Format::Pdf => "PDF",
            Format::Image => "PNG/JPEG/TIFF",
        }
    }
}

/// What a stretch of the text was in the file. A short form defined in a footnote is looked for there first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Body,
    Table,
    Footnote,
    /// Running header or footer of the page.
    Margin,
}

/// A stretch of the NFC text that came from one part of the file. Bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub part: Part,
    pub range: Range<usize>,
}

/// One file, read. For text and Markdown the source is the file; for the other formats it is the extracted text.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as the user gave it.
    pub path: String,
    pub format: Format,
    pub text: SourceText,
    /// In order, without overlap; what no section covers is body.
    pub sections: Vec<Section>,
    /// Stretches of the NFC text, in bytes, that were recognised from pictures of pages: in order, without overlap.
    /// What is found in them is less certain.
    pub recognised: Vec<Range<usize>>,
    /// What the user should know about the reading, such as pages that were left out.
    pub notices: Vec<Notice>,
}

impl Document {
    /// A text that is no file, such as one pasted into a page.
    pub fn from_text(path: impl Into<String>, text: impl Into<String>) -> Document {
        Document::plain(path.into(), Format::Text, text.into())
    }

    /// A text without parts of its own.
    pub(super) fn plain(path: String, format: Format, text: String) -> Document {
        let text = SourceText::new(text);
        Document { path, format, text, sections: Vec::new(), recognised: Vec::new(), notices: Vec::new() }
    }

    /// Whether any of a range of the NFC text, in bytes, was recognised from a picture of a page.
    pub fn is_recognised(&self, range: &Range<usize>) -> bool {
        let next = self.recognised.partition_point(|stretch| stretch.end <= range.start);
        self.recognised.get(next).is_some_and(|stretch| stretch.start < range.end)
    }

    /// The part that a byte of the NFC text belongs to.
    pub fn part_at(&self, offset: usize) -> Part {
        let next = self.sections.partition_point(|section| section.range.start <= offset);
        match next.checked_sub(1).map(|at| &self.sections[at]) {
            Some(section) if section.range.contains(&offset) => section.part,
            _ => Part::Body,
        }
    }
}
