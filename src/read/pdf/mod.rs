//! PDF files with a text layer, and pictures of pages where the recognition of characters is asked for. `draw` takes
//! the letters from the file, in a place that `worker` bounds; `ocr` has another program read pictures; lines and
//! paragraphs are put together here, from the places of the letters on the page.

mod draw;
mod glyphs;
mod ocr;
mod paragraphs;
mod prepare;
mod stamps;
mod worker;

use std::collections::HashSet;
use std::sync::Arc;

use super::error::MAX_UNPACKED;
use super::{Damage, Document, Format, Notice, Options, ReadError};
use draw::{Refusal, Sheet};
use glyphs::Page;
use worker::Drawn;

pub use worker::{WORKER, contain, work};

/// A page with fewer letters and digits than this is taken for a picture if it also shows one.
const FEW_LETTERS: usize = 150;

/// Reads a pdf. The document's source is the extracted text: the body, notes at the foot of pages, then running
/// heads and what was stamped on the pages.
pub(super) fn read(path: &str, bytes: Vec<u8>, options: Options) -> Result<Document, ReadError> {
    let bytes = Arc::new(bytes);
    let Drawn { sheets, stamps } = worker::drawn(&bytes).map_err(|refusal| refused(path, refusal))?;
    let states: Vec<State> = sheets.iter().map(|sheet| State::of(sheet.as_ref())).collect();
    let scan = || ReadError::Scan { path: path.to_owned(), pages: states.len() };
    let is_scan = !states.contains(&State::Text);
    if is_scan && !options.ocr {
        let damaged = states.iter().all(|state| *state == State::Damaged);
        return Err(if damaged { refused(path, Refusal::Damaged(Damage::NoReadablePage)) } else { scan() });
    }
    let mut pages: Vec<Page> = sheets.into_iter().map(|sheet| sheet.unwrap_or_default().lines).collect();
    let mut recognised = HashSet::new();
    if options.ocr {
        let wanted = |state: &State| match state {
            State::Picture | State::Damaged => true,
            State::Blank => is_scan,
            State::Text => false,
        };
        let wanted: Vec<usize> = (0..states.len()).filter(|at| wanted(&states[*at])).collect();
        for (at, page) in ocr::pages(path, &bytes, &wanted)? {
            recognised.insert(at);
            pages[at] = page;
        }
    }
    let texts = stamps::place(stamps, &mut pages);
    let document = document(path, Format::Pdf, pages, &texts, &recognised)
        .ok_or_else(|| if options.ocr { ReadError::Empty { path: path.to_owned() } } else { scan() })?;
    let numbers = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..states.len()).filter(|at| wanted(*at)).map(|at| at + 1).collect()
    };
    let lost = |at: usize| match states[at] {
        State::Damaged => !recognised.contains(&at),
        State::Picture => options.ocr && !recognised.contains(&at),
        State::Text | State::Blank => false,
    };
    let pictures = |at: usize| states[at] == State::Picture && !options.ocr;
    let notices = [
        Notice::PagesLeftOut(numbers(&lost)),
        Notice::PagesOfPictures(numbers(&pictures)),
        Notice::PagesRecognised(numbers(&|at| recognised.contains(&at))),
    ];
    let notices = notices.into_iter().filter(|notice| match notice {
        Notice::PagesLeftOut(pages) | Notice::PagesOfPictures(pages) | Notice::PagesRecognised(pages) => {
            !pages.is_empty()
        }
        _ => true,
    });
    Ok(Document { notices: notices.collect(), ..document })
}

/// Reads a picture of a page, or several pages in one file.
pub(super) fn read_image(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let pages = ocr::image(path, bytes)?;
    let all: HashSet<usize> = (0..pages.len()).collect();
    let numbers = (1..=pages.len()).collect();
    let document = document(path, Format::Image, pages, &[], &all);
    let document = document.ok_or_else(|| ReadError::Empty { path: path.to_owned() })?;
    Ok(Document { notices: vec![Notice::PagesRecognised(numbers)], ..document })
}

fn document(
    path: &str,
    format: Format,
    pages: Vec<Page>,
    stamps: &[String],
    recognised: &HashSet<usize>,
) -> Option<Document> {
    let (flow, stretches) = paragraphs::Parts::of(pages).flow(stamps, recognised);
    let document = flow.finish(path, format)?;
    let len = document.text.source().len();
    // The text may have lost blanks at its end.
    let within = stretches.into_iter().map(|stretch| stretch.start.min(len)..stretch.end.min(len));
    let within = within.map(|stretch| document.text.of_source(stretch));
    let recognised = within.filter(|stretch| !stretch.is_empty()).collect();
    Some(Document { recognised, ..document })
}

/// What a page is, for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    /// Next to no letters and a large picture, or letters that mean nothing: fonts without a table to Unicode yield
    /// those.
    Picture,
    /// Not a letter and no large picture: drawn letters, or nothing at all.
    Blank,
    Damaged,
}

impl State {
    fn of(sheet: Option<&Sheet>) -> State {
        let Some(sheet) = sheet else { return State::Damaged };
        let (mut letters, mut unreadable) = (0, 0);
        let words = sheet.lines.iter().flat_map(|line| &line.words);
        for c in words.flat_map(|word| word.text.chars()) {
            letters += usize::from(c.is_alphanumeric());
            unreadable += usize::from(matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
        }
        match () {
            () if sheet.picture && letters < FEW_LETTERS || unreadable > letters / 2 => State::Picture,
            () if letters == 0 => State::Blank,
            () => State::Text,
        }
    }
}

fn refused(path: &str, refusal: Refusal) -> ReadError {
    let path = path.to_owned();
    match refusal {
        Refusal::Encrypted => ReadError::Encrypted { path },
        Refusal::Bomb => ReadError::TooLarge { path, limit: MAX_UNPACKED },
        Refusal::Damaged(damage) => ReadError::Damaged { path, format: Format::Pdf, damage },
    }
}

#[cfg(test)]
mod tests;
