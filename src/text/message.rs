//! A message to the reader in both languages, and the English plural.
//!
//! Whoever writes a message need not know the language of the reader: a [`Message`] holds both texts, and the faces
//! choose one by [`Lang`].

use serde::{Deserialize, Serialize};

use super::Lang;

/// The same text in Vietnamese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    /// The Vietnamese text.
    pub vi: String,
    /// The English text.
    pub en: String,
}

impl Message {
    /// Joins two texts that say the same.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Message {
        Message { vi: vi.into(), en: en.into() }
    }

    /// Asks for a text in each language, where it can be had in only one at a time.
    pub fn in_each(text: impl Fn(Lang) -> String) -> Message {
        Message { vi: text(Lang::Vi), en: text(Lang::En) }
    }

    /// The text in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }

    /// Both texts as [`sentence`]s.
    pub fn into_sentences(self) -> Message {
        Message { vi: sentence(&self.vi), en: sentence(&self.en) }
    }
}

/// Text that the command line writes after "error:", as a sentence: with a capital letter, unless it begins with the
/// name of a file, and with a full stop.
pub fn sentence(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_word = first.chars().all(char::is_alphabetic);
    let mut letters = text.chars();
    let mut out: String = letters.next().filter(|_| is_word).map_or_else(String::new, |c| c.to_uppercase().collect());
    out.push_str(if is_word { letters.as_str() } else { text });
    if !out.ends_with(['.', '?', '!', '…']) {
        out.push('.');
    }
    out
}

/// An English noun in the number that agrees with `count`: "citation", "citations". Vietnamese nouns do not change.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// A count with its English noun: "1 citation", "2 citations".
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_in_either_language() {
        let message = Message::new("đã hết hiệu lực", "no longer in force");
        assert_eq!(message.in_lang(Lang::Vi), "đã hết hiệu lực");
        assert_eq!(message.in_lang(Lang::En), "no longer in force");
        assert_eq!(message.into_sentences(), Message::new("Đã hết hiệu lực.", "No longer in force."));
    }

    #[test]
    fn a_sentence_keeps_the_name_of_a_file() {
        assert_eq!(sentence("đọc không được"), "Đọc không được.");
        assert_eq!(sentence("a.txt: không đọc được."), "a.txt: không đọc được.");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "result")), ["0 results", "1 result", "2 results"]);
    }
}
