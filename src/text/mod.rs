//! Places in text: a text in NFC that knows where each stretch of it stood in the source, folding for
//! comparison, and line numbers for people. Nothing here knows what a law is.

mod converter_noise;
mod fold;
mod io_message;
mod lang;
mod lines;
mod message;
mod pattern;
mod scan;
mod slug;
mod snippet;
mod source_text;
mod syllable;
mod words;

pub use fold::{fold, fold_char, fold_onto, folds_to, is_letter, is_word_char, repair_char};
pub use io_message::{IoMessage, system_words};
pub use lang::Lang;
pub use lines::{Lines, one_line};
pub use message::{Message, counted, plural, sentence};
pub use pattern::Pattern;
pub(crate) use scan::Cursor;
pub use slug::slug;
pub(crate) use slug::slug_onto;
pub use snippet::{Snippet, excerpt, highlight};
pub use source_text::SourceText;
pub use syllable::{begins, keyed, spelling, syllable, written};
pub use words::{MOST_WORDS, Word, WordRanges, folded_words, is_joint, word_ranges, words_of};
