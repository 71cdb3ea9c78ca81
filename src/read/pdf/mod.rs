//! PDF files with a text layer. The library that decodes fonts and page contents panics on what it does not
//! expect, so it works on a thread of its own, whose panics become errors; `prepare` first takes away what would
//! make it crash. Lines and paragraphs are put together here, from the places of the letters on the page.

mod glyphs;
mod paragraphs;
mod prepare;
mod stamps;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use pdf_extract::encryption::DecryptionError;
use pdf_extract::{Error, output_doc};

use super::error::MAX_UNPACKED;
use super::{Document, Format, ReadError};
use glyphs::Glyphs;

/// Page contents may draw drawings that draw drawings; the reader recurses into each.
const STACK: usize = 64 << 20;

/// A page with fewer letters and digits than this, on average, is taken for a picture if it also holds one.
const FEW_LETTERS: usize = 150;

/// A page image of A4 at 72 dots per inch has half a million dots; scans have many more.
const PICTURE: u64 = 400_000;

/// Reads a pdf. The document's source is the extracted text: the body, notes at the foot of pages, then running
/// heads and what was stamped on the pages.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    silence_panics();
    let reader = std::thread::Builder::new().name("pdf".into()).stack_size(STACK);
    std::thread::scope(|scope| {
        let work = reader.spawn_scoped(scope, || {
            QUIET.set(true);
            catch_unwind(AssertUnwindSafe(|| extract(path, bytes)))
        });
        let done = work.map_err(|error| ReadError::Io { path: path.to_owned(), detail: error.to_string() })?.join();
        match done {
            Ok(Ok(result)) => result,
            Ok(Err(_)) | Err(_) => Err(damaged(path, "its structure makes no sense")),
        }
    })
}

fn damaged(path: &str, detail: impl ToString) -> ReadError {
    ReadError::DamagedPdf { path: path.to_owned(), detail: detail.to_string() }
}

fn extract(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    if prepare::is_bomb(bytes, MAX_UNPACKED) {
        return Err(ReadError::TooLarge { path: path.to_owned(), limit: MAX_UNPACKED });
    }
    let mut pdf = pdf_extract::Document::load_mem(bytes).map_err(|error| loading(path, error))?;
    if pdf.is_encrypted() {
        // Many files only forbid printing or copying; they open with the empty password.
        pdf.decrypt("").map_err(|error| loading(path, error))?;
    }
    let pages = pdf.get_pages().len();
    if pages == 0 {
        return Err(damaged(path, "no pages"));
    }
    let dots = prepare::prepare(&mut pdf).map_err(|detail| damaged(path, detail))?;

    let mut glyphs = Glyphs::new();
    match catch_unwind(AssertUnwindSafe(|| output_doc(&pdf, &mut glyphs))) {
        Ok(Ok(())) => {}
        Ok(Err(_)) if glyphs.is_full() => {
            return Err(ReadError::TooLarge { path: path.to_owned(), limit: MAX_UNPACKED });
        }
        Ok(Err(error)) => return Err(damaged(path, format!("page {}: {error}", glyphs.pages()))),
        Err(_) => return Err(damaged(path, format!("page {}", glyphs.pages()))),
    }
    let mut lines = glyphs.finish();
    let stamps = stamps::place(&mut pdf, &mut lines);
    let parts = paragraphs::Parts::of(lines);
    let (letters, unreadable) = parts.body_letters();
    let picture = dots / pages as u64 >= PICTURE && letters < FEW_LETTERS * pages;
    // Fonts without a table to Unicode yield letters that nobody can read: no usable text layer either.
    if letters == 0 || picture || unreadable > letters / 2 {
        return Err(ReadError::Scan { path: path.to_owned(), pages });
    }
    parts.flow(&stamps).finish(path, Format::Pdf).ok_or_else(|| ReadError::Scan { path: path.to_owned(), pages })
}

fn loading(path: &str, error: Error) -> ReadError {
    match error {
        Error::InvalidPassword | Error::Decryption(DecryptionError::IncorrectPassword) => {
            ReadError::Encrypted { path: path.to_owned() }
        }
        error => damaged(path, error),
    }
}

thread_local! {
    /// Panics of this thread are expected and say nothing to the user.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the panics of reader threads from being printed; those of other threads are printed as before.
fn silence_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                print(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests;
