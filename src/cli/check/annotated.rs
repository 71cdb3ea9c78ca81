//! Word files with each finding as a comment at its words: where the copies go, and what is said of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::copies::{Copies, write_new};
use super::messages;
use crate::check::CheckedDocument;
use crate::law::Date;
use crate::read::{Format, Options};
use crate::report::docx;
use crate::text::{Lang, Message, system_words};

/// What annotated copies are made with.
#[derive(Debug)]
pub struct Annotations {
    copies: Copies,
    /// Safe suggestions are written too, as tracked changes.
    fixes: bool,
    /// The day that the comments state.
    date: Date,
}

impl Annotations {
    pub fn new(folder: PathBuf, paths: &[PathBuf], fixes: bool, date: Date) -> Annotations {
        Annotations { copies: Copies::new(Some(folder), paths), fixes, date }
    }

    /// Whether there can be an annotated copy of the document that was read from `path`.
    pub fn is_for(&self, checked: &CheckedDocument, path: &Path) -> bool {
        checked.document.format == Format::Docx && path != Path::new("-")
    }

    /// Whether an earlier run wrote the file: [`Copies::holds`].
    pub fn holds(&self, file: &Path) -> bool {
        self.copies.holds(file)
    }

    /// Writes the copy of a document with findings; what to say of it.
    ///
    /// # Errors
    /// Why there is no copy, with the file's name.
    pub fn write(&self, checked: &CheckedDocument, path: &Path, lang: Lang) -> Result<String, String> {
        let target = self.copies.target(path);
        let bytes = fs::read(path).map_err(|error| format!("{}: {}", path.display(), system_words(&error, lang)))?;
        let (document, anchors) =
            Options::default().read_anchored(&checked.document.path, &bytes).map_err(|error| error.message(lang))?;
        let said = |message: Message| message.in_lang(lang).to_owned();
        let anchors = anchors
            .filter(|_| document.text.as_str() == checked.document.text.as_str())
            .ok_or_else(|| said(messages::changed_meanwhile(&target)))?;
        let fixes = self.fixes && anchors.are_as_written();
        let options = docx::AnnotateOptions { lang, date: self.date, author: docx::AUTHOR, fixes };
        let annotated = docx::annotate(&bytes, &document, &anchors, &checked.findings, &options)
            .map_err(|error| format!("{}: {}", target.display(), error.message(lang)))?;
        write_new(&target, &annotated.bytes).map_err(|error| said(messages::annotation_failed(&target, &error)))?;
        let mut summary = said(messages::annotated(&target, annotated.comments, annotated.fixed.len()));
        if !annotated.unplaced.is_empty() {
            summary.push_str(&said(messages::unplaced(annotated.unplaced.len())));
        }
        Ok(summary)
    }
}
