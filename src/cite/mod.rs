//! `Document` to `Citation`s in four steps: spot the mentions, parse what stands around them, resolve what they
//! mean, and tell what the document does to each instrument.

mod citation;

pub use citation::{Citation, Header, Issuer, Mention, MentionKind, Reading};

use crate::read::Document;
use crate::register::Register;

/// Reads the header and every citation of a document.
pub fn read(document: &Document, register: &Register) -> Reading {
    let _ = (document, register);
    Reading::default()
}
