//! The work on the bytes of a pdf itself, page by page. The library that decodes fonts and page contents panics on
//! what it does not expect, and may loop or take all memory: `worker` says where this runs, and ends it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use pdf_extract::encryption::DecryptionError;
use pdf_extract::{Error, output_doc_page};
use serde::{Deserialize, Serialize};

use super::glyphs::{Glyphs, Page};
use super::prepare;
use super::stamps::{self, Stamp};
use crate::read::Damage;
use crate::read::error::MAX_UNPACKED;

/// What is told of a file while it is drawn, in this order: how many pages, each page, the stamps.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    Refused(Refusal),
    Pages(usize),
    /// The next page; none if it is damaged.
    Page(Option<Sheet>),
    Stamps(Vec<Stamp>),
}

/// One page.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sheet {
    pub lines: Page,
    /// It shows a picture of the size of a page.
    pub picture: bool,
}

/// Why nothing of a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Refusal {
    Encrypted,
    Bomb,
    Damaged(Damage),
}

/// Draws the pages from the one with the number `from`, counted from 0, and the stamps, until `tell` is false.
pub(super) fn draw(bytes: &[u8], from: usize, tell: &mut dyn FnMut(Told) -> bool) {
    silence_panics();
    QUIET.set(true);
    let mut told = false;
    let done = catch_unwind(AssertUnwindSafe(|| {
        pages(bytes, from, &mut |what| {
            told = true;
            tell(what)
        })
    }));
    let nonsense = || Refusal::Damaged(Damage::Nonsense);
    if let Some(refusal) = done.unwrap_or_else(|_| Err(nonsense())).err().filter(|_| !told) {
        tell(Told::Refused(refusal));
    }
    QUIET.set(false);
}

fn pages(bytes: &[u8], from: usize, tell: &mut dyn FnMut(Told) -> bool) -> Result<(), Refusal> {
    if prepare::is_bomb(bytes, MAX_UNPACKED) {
        return Err(Refusal::Bomb);
    }
    let mut pdf = pdf_extract::Document::load_mem(bytes).map_err(loading)?;
    if pdf.is_encrypted() {
        // Many files only forbid printing or copying; they open with the empty password.
        pdf.decrypt("").map_err(loading)?;
    }
    let pages = pdf.get_pages().len();
    if pages == 0 {
        return Err(Refusal::Damaged(Damage::NoPages));
    }
    let pictures = prepare::prepare(&mut pdf).map_err(Refusal::Damaged)?;
    if !tell(Told::Pages(pages)) {
        return Ok(());
    }
    for at in from..pages {
        let mut glyphs = Glyphs::new();
        let drawn = catch_unwind(AssertUnwindSafe(|| output_doc_page(&pdf, &mut glyphs, at as u32 + 1)));
        let sheet = matches!(drawn, Ok(Ok(()))).then(|| Sheet {
            lines: glyphs.finish().into_iter().next().unwrap_or_default(),
            picture: pictures.contains(&at),
        });
        if !tell(Told::Page(sheet)) {
            return Ok(());
        }
    }
    tell(Told::Stamps(stamps::read(&mut pdf)));
    Ok(())
}

fn loading(error: Error) -> Refusal {
    match error {
        Error::InvalidPassword | Error::Decryption(DecryptionError::IncorrectPassword) => Refusal::Encrypted,
        error => Refusal::Damaged(Damage::told(error)),
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
