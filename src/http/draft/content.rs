//! A draft as it was handed in, and how it is read.

use tokio::sync::SemaphorePermit;

use super::params::CheckParams;
use crate::check::CheckRequest;
use crate::http::error::HttpError;
use crate::http::messages;
use crate::read::{self, Anchors, Document, ReadError};
use crate::text::Lang;

/// The longest text that is checked here, in bytes: a book of a thousand pages. A longer one would hold a thread past
/// the time limit of an answer.
const LONGEST_TEXT: usize = 4 << 20;

/// What was handed in.
#[derive(Default)]
pub(crate) struct Draft {
    pub(super) name: Option<String>,
    pub(super) content: Content,
    /// By what to check it.
    pub(crate) params: CheckParams,
    /// Whether to recognise the characters on pictures of pages.
    pub(crate) ocr: bool,
    /// What to answer with, as written.
    pub(crate) want: Option<String>,
    /// Whether both a text and a file were sent. The page takes the file: the text may still be in its box from before.
    pub(super) has_text_and_file: bool,
    /// The right to be read and checked now. It is held until the draft is dropped, so keep the draft until the answer
    /// is made.
    pub(super) permit: Option<SemaphorePermit<'static>>,
}

pub(super) enum Content {
    Text(String),
    File(Vec<u8>),
}

impl Default for Content {
    fn default() -> Content {
        Content::Text(String::new())
    }
}

/// What a copy of a draft is made from.
pub(crate) struct Original {
    pub(crate) bytes: Vec<u8>,
    /// Where the words of a Word file are in it.
    pub(crate) anchors: Option<Anchors>,
}

impl Draft {
    /// By what it is to be checked.
    ///
    /// # Errors
    /// An unknown day or profile.
    pub(crate) fn request(&self) -> Result<CheckRequest, HttpError> {
        self.params.request()
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.content, Content::Text(text) if text.trim().is_empty())
    }

    /// The pasted text, to show it again; none for a file.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::File(_) => None,
        }
    }

    /// The draft of a program, which sends a text or a file.
    ///
    /// # Errors
    /// Neither, or both, so that it is unclear which is meant.
    pub(crate) fn single(self) -> Result<Draft, HttpError> {
        if self.has_text_and_file {
            return Err(HttpError::unprocessable(messages::both_text_and_file()));
        }
        if self.is_empty() {
            return Err(HttpError::unprocessable(messages::no_text_and_no_file()));
        }
        Ok(self)
    }

    /// Reads it, once, as the kind of file that its name says. May block.
    ///
    /// # Errors
    /// Those of the file, and a text that is too long.
    pub(crate) fn read(&mut self, lang: Lang) -> Result<Document, HttpError> {
        let reading = read::Options { ocr: self.ocr };
        let name = self.name.take();
        bounded(match std::mem::take(&mut self.content) {
            Content::Text(text) => pasted(name, text, lang)?,
            Content::File(bytes) => {
                reading.read_bytes(&name.unwrap_or_default(), bytes).map_err(|error| unreadable(&error))?
            }
        })
    }

    /// Reads it as [`Draft::read`] does, and keeps what it takes to write a copy of it.
    ///
    /// # Errors
    /// Those of [`Draft::read`].
    pub(crate) fn original(&mut self, lang: Lang) -> Result<(Document, Original), HttpError> {
        let reading = read::Options { ocr: self.ocr };
        let name = self.name.take();
        let (document, anchors, bytes) = match std::mem::take(&mut self.content) {
            Content::Text(text) => {
                let bytes = text.clone().into_bytes();
                (pasted(name, text, lang)?, None, bytes)
            }
            Content::File(bytes) => {
                let name = name.unwrap_or_default();
                let read = reading.read_anchored(&name, &bytes);
                let (document, anchors) = read.map_err(|error| unreadable(&error))?;
                (document, anchors, bytes)
            }
        };
        Ok((bounded(document)?, Original { bytes, anchors }))
    }
}

fn pasted(name: Option<String>, text: String, lang: Lang) -> Result<Document, HttpError> {
    if text.len() > LONGEST_TEXT {
        return Err(too_long());
    }
    Ok(Document::from_text(name.unwrap_or_else(|| lang.pick("dự thảo", "draft").to_owned()), text))
}

fn bounded(document: Document) -> Result<Document, HttpError> {
    if document.text.as_str().len() > LONGEST_TEXT { Err(too_long()) } else { Ok(document) }
}

fn too_long() -> HttpError {
    HttpError::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, messages::text_too_long())
}

fn unreadable(error: &ReadError) -> HttpError {
    HttpError::unprocessable(messages::unreadable_file(error))
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    #[test]
    fn a_draft_keeps_its_permit_until_it_is_answered() {
        static PERMITS: Semaphore = Semaphore::const_new(1);
        for want in ["page", "copy"] {
            let mut draft = Draft { content: Content::Text("Luật".into()), ..Draft::default() };
            draft.permit = PERMITS.try_acquire().ok();
            match want {
                "copy" => assert!(draft.original(Lang::Vi).is_ok()),
                _ => assert!(draft.read(Lang::Vi).is_ok()),
            }
            assert_eq!(PERMITS.available_permits(), 0, "it is still to be checked");
            drop(draft);
            assert_eq!(PERMITS.available_permits(), 1);
        }
    }
}
