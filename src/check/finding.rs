//! One rule's statement about one citation, as of one day.

use std::ops::Range;

use serde::Serialize;

use crate::law::Key;
use crate::text::Message;

/// How severe a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// Phát hiện.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name: `replaced`.
    pub rule: &'static str,
    pub severity: Severity,
    /// The words at fault, in bytes of the NFC text.
    pub range: Range<usize>,
    pub message: Message,
    /// What the statement rests on: the source of a fact with its confidence and the day it was confirmed, or the legal
    /// rule; outputs show it apart from the message.
    pub basis: Option<Message>,
    /// The instrument the citation means, where it is known.
    pub target: Option<Key>,
    /// What to write in place of the words, where that is certain.
    pub suggestion: Option<String>,
    /// Whether the suggestion may be written into a copy of the draft without a person's judgement.
    pub safe: bool,
    /// The place of the citation in `ResolvedDocument::citations`.
    pub citation: usize,
}
