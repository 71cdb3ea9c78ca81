//! One file, read: its text in NFC and where the stretches of it stood.

use std::ops::Range;

use serde::Serialize;

use crate::text::Text;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Text,
    Markdown,
    Html,
    Docx,
    Pdf,
}

impl Format {
    /// The extensions that are read, in lower case and without the dot.
    pub const EXTENSIONS: [&'static str; 7] = ["txt", "md", "markdown", "html", "htm", "docx", "pdf"];

    /// The format of a file name's extension (without the dot, in any letter case).
    pub fn from_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            "pdf" => Some(Format::Pdf),
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
            Format::Pdf => "pdf",
        }
    }

    /// The format's name, the same in both languages.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "TXT",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Docx => "Word (.docx)",
            Format::Pdf => "PDF",
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

/// One file, read. For text, Markdown the source is the file; for docx, pdf and html it is the extracted text.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path as the user gave it.
    pub path: String,
    pub format: Format,
    pub text: Text,
    /// In order, without overlap; what no section covers is body.
    pub sections: Vec<Section>,
}

impl Document {
    /// A text that is no file, such as one pasted into a page.
    pub fn from_text(path: impl Into<String>, text: impl Into<String>) -> Document {
        Document { path: path.into(), format: Format::Text, text: Text::new(text.into()), sections: Vec::new() }
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
