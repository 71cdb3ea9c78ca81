//! Places in text: a text in NFC that knows where each stretch of it stood in the source, folding for
//! comparison, and line numbers for people. Nothing here knows what a law is.

mod fold;
mod lang;
mod lines;
mod nfc;
mod remnants;
mod slug;
mod syllable;
mod system;

pub use fold::{fold, fold_char, fold_onto, folds_to, is_letter, is_word_char, repair_char};
pub use lang::{Lang, counted};
pub use lines::Lines;
pub use nfc::Text;
pub use slug::slug;
pub use syllable::{begins, keyed, spelling, syllable, written};
pub use system::{SystemFault, system_words};
