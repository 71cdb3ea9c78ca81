//! A cursor that reads a text forwards, word by word, without letter case, marks and line ends.
//!
//! Words are compared folded and whole; their boundaries are found on characters, not with the Unicode `\b` of a regular
//! expression, which is slow on Vietnamese. What the words mean is decided by the floors above.

use super::{fold_char, is_letter};

/// A place in a text to read on from. Every step gives a new cursor, so that an attempt that fails costs nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

/// The most digits of a footnote's mark.
const NOTE_DIGITS: usize = 3;

impl<'t> Cursor<'t> {
    /// A cursor at byte `at`, a character boundary of `text`.
    pub(crate) fn new(text: &'t str, at: usize) -> Cursor<'t> {
        Cursor { text, at }
    }

    /// The whole text.
    pub(crate) fn text(self) -> &'t str {
        self.text
    }

    /// Where the cursor is, in bytes of the text.
    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// The text from here on.
    pub(crate) fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    /// `bytes` further on.
    pub(crate) fn forward(self, bytes: usize) -> Cursor<'t> {
        Cursor { at: self.at + bytes, ..self }
    }

    fn before(self, rest: &str) -> Cursor<'t> {
        Cursor { at: self.text.len() - rest.len(), ..self }
    }

    /// Past blanks, line ends among them.
    pub(crate) fn blanks(self) -> Cursor<'t> {
        self.before(self.rest().trim_start())
    }

    /// Past blanks and the emphasis marks of Markdown that close a number.
    pub(crate) fn blanks_and_marks(self) -> Cursor<'t> {
        self.before(self.rest().trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`')))
    }

    /// Past one character, if it is one of these.
    pub(crate) fn past_one_of(self, marks: &[char]) -> Cursor<'t> {
        self.rest().strip_prefix(marks).map_or(self, |rest| self.before(rest))
    }

    /// Past blanks and one whole word, given folded; `None` if another word follows.
    pub(crate) fn word(self, word: &str) -> Option<Cursor<'t>> {
        let mut chars = self.blanks().rest().chars();
        for expected in word.chars() {
            if fold_char(chars.next()?) != expected {
                return None;
            }
        }
        let rest = chars.as_str();
        (!rest.starts_with(is_letter)).then(|| self.before(rest))
    }

    /// [`Cursor::word`] for several words.
    pub(crate) fn phrase(self, phrase: &str) -> Option<Cursor<'t>> {
        phrase.split(' ').try_fold(self, Cursor::word)
    }

    /// Past a phrase, if it follows.
    pub(crate) fn past(self, phrase: &str) -> Cursor<'t> {
        self.phrase(phrase).unwrap_or(self)
    }

    /// The ASCII digits here.
    pub(crate) fn digits(self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]
    }

    /// Past the mark of a footnote that closes a number: "[1]", "(*)", "¹", or digits that were glued to it.
    pub(crate) fn over_note(self) -> Cursor<'t> {
        let bracket = self.before(self.rest().trim_start_matches([' ', '`']));
        if let Some(end) = bracket.note_in('[', ']').or_else(|| bracket.note_in('(', ')')) {
            return end;
        }
        let glued = self.over_glued_digits(NOTE_DIGITS);
        // Four bytes hold three digits, or two raised ones.
        let short = (1..=4).contains(&(glued.at - self.at));
        if short && glued.rest().starts_with(char::is_whitespace) { glued } else { self }
    }

    /// Past the mark of a footnote in brackets: one to three digits or asterisks.
    pub(crate) fn note_in(self, open: char, close: char) -> Option<Cursor<'t>> {
        let mark = self.rest().strip_prefix(open)?.trim_start_matches('^');
        let len = mark.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'*').count();
        let rest = mark[len..].strip_prefix(close).filter(|_| (1..=NOTE_DIGITS).contains(&len))?;
        Some(self.before(rest))
    }

    /// Past at most `most` digits, raised ones among them, that were glued to a word.
    pub(crate) fn over_glued_digits(self, most: usize) -> Cursor<'t> {
        self.forward(self.rest().chars().take_while(|c| c.is_numeric()).take(most).map(char::len_utf8).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    fn at(text: &str) -> Cursor<'_> {
        Cursor::new(text, 0)
    }

    #[test]
    fn words_are_whole_and_folded() {
        let text = "  Kể\ntừ ngày: 5";
        assert_eq!(at(text).phrase("ke tu ngay").map(|end| end.rest()), Some(": 5"));
        assert_eq!(at(text).word("k").map(Cursor::at), None);
        assert_eq!(at("ngày").past("thang").at(), 0);
    }

    #[test]
    fn marks_and_digits_are_passed() {
        assert_eq!(at("** _ngày").blanks_and_marks().rest(), "ngày");
        assert_eq!(at(", và").past_one_of(&[',', ';']).rest(), " và");
        assert_eq!(at("2021)").digits(), "2021");
    }

    #[test]
    fn the_mark_of_a_footnote_is_passed() {
        for (text, rest) in [
            ("[1] ngày", " ngày"),
            (" (*) ngày", " ngày"),
            ("¹ ngày", " ngày"),
            ("12 ngày", " ngày"),
            ("[^3] ngày", " ngày"),
            ("(ngày", "(ngày"),
            ("1234 ngày", "1234 ngày"),
            ("1/2", "1/2"),
        ] {
            assert_eq!(at(text).over_note().rest(), rest, "{text}");
        }
    }
}
