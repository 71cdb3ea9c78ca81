//! Rules to findings: one file per rule, whose doc comment is the user's page about it.

mod finding;

pub use finding::{Finding, Message, Severity};

use crate::cite::Reading;
use crate::law::Date;
use crate::read::Document;
use crate::register::Register;

/// What can be said against the citations of a document as of a day, in text order.
pub fn check(document: &Document, reading: &Reading, register: &Register, as_of: Date) -> Vec<Finding> {
    let _ = (document, reading, register, as_of);
    Vec::new()
}
