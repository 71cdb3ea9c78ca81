//! Reads a number with its symbol forward from its first digit: blanks and line ends inside, glued footnote digits,
//! look-alike letters.
//!
//! This file reads the serial number and the year; `symbol` reads the symbol. `number_faults` says what is wrong with a
//! number, and `find` decides which digits begin one.

use super::symbol::SymbolReader;
use crate::law::Number;
use crate::register::Symbols;
use crate::text::is_word_char;

/// A number as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenNumber {
    /// The serial number as written.
    pub serial: String,
    pub year: Option<i16>,
    /// Number and symbol in official spelling; `None` if no symbol follows.
    pub number: Option<Number>,
    /// Where it ends, in bytes of the text.
    pub end: usize,
}

/// The most digits a serial number has; longer runs are telephone numbers, amounts, accounts.
const MAX_DIGITS: usize = 5;

/// Reads the number at byte `at`, its first digit. `typed` says that a type word is before it:
/// only then may the symbol be of a kind or issuer that the register does not know.
pub(super) fn read(text: &str, at: usize, typed: bool, symbols: &Symbols) -> Option<WrittenNumber> {
    let rest = &text[at..];
    let digits = digits(rest);
    if digits == 0 || digits > MAX_DIGITS {
        return None;
    }
    let reader = NumberReader { symbol: SymbolReader { text, typed, symbols }, text, typed };
    let whole = reader.torn(at + digits).unwrap_or(at + digits);
    let decimal = reader.decimal(whole).or_else(|| reader.lettered(whole));
    let serial_end = decimal.unwrap_or(whole);
    let serial: String = text[at..serial_end].chars().filter(|c| *c != ' ').collect();
    if let Some((year, symbol, end, joint)) = reader.symbol_after(serial_end) {
        let number = Number::new(&serial, year, joint, &symbol);
        return Some(WrittenNumber { serial, year, number: Some(symbols.canonical(&number)), end });
    }
    if decimal.is_some() {
        return None;
    }
    let (year, end) = reader.bare_year(whole).map_or((None, whole), |(year, end)| (Some(year), end));
    Some(WrittenNumber { serial, year, number: None, end })
}

/// The serial number with at least two digits, as in `Number`.
pub(super) fn padded(serial: &str) -> String {
    let bare = serial.trim_start_matches('0');
    format!("{bare:0>2}")
}

struct NumberReader<'t> {
    text: &'t str,
    typed: bool,
    symbol: SymbolReader<'t>,
}

impl NumberReader<'_> {
    /// The end of a serial number that a scan tore apart, "Thông tư số 1 2/2018/TT-BGDĐT": it counts only after a type
    /// word and before a year and a symbol.
    fn torn(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix(' ').filter(|_| self.typed)?;
        let count = digits(rest);
        let dated = rest[count..].strip_prefix('/').and_then(year);
        let symbol = dated.is_some_and(|(_, end)| rest[count + 1 + end..].starts_with('/'));
        ((1..=2).contains(&count) && symbol).then_some(at + 1 + count)
    }

    /// The end of a decimal part such as that of `66.7/2025/NQ-CP`: it counts only if `/year/` follows.
    fn decimal(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix('.')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        let dated = self.text[end..].starts_with("/19") || self.text[end..].starts_with("/20");
        ((1..=3).contains(&digits) && dated).then_some(end)
    }

    /// The end of a letter that distinguishes numbers given twice, `30a/2008/NQ-CP`: it counts only if a separator and
    /// a year or symbol follow.
    fn lettered(&self, at: usize) -> Option<usize> {
        let mut chars = self.text[at..].chars();
        let letter = chars.next().filter(|c| matches!(c, 'a'..='e' | 'A' | 'B'))?;
        let rest = chars.as_str();
        let goes_on = rest.strip_prefix('/').or_else(|| rest.strip_prefix('-'))?;
        let dated = goes_on.starts_with("19") || goes_on.starts_with("20");
        let symbol = goes_on.chars().take_while(|c| is_word_char(*c)).filter(|c| c.is_uppercase()).count() > 1;
        (dated || symbol).then(|| at + letter.len_utf8())
    }

    /// A year after a slash that no symbol follows: `Thông tư 22/2021`.
    fn bare_year(&self, at: usize) -> Option<(i16, usize)> {
        let rest = self.text[at..].strip_prefix('/')?;
        let (year, end) = year(rest)?;
        let next = rest[end..].chars().next();
        let open = next.is_none_or(|c| !(is_word_char(c) || matches!(c, '/' | '-')));
        open.then_some((year, at + 1 + end))
    }

    /// `(year, symbol, end, joint)` of what follows the serial number.
    fn symbol_after(&self, serial_end: usize) -> Option<(Option<i16>, String, usize, &'static str)> {
        let at = self.symbol.skip_blanks(serial_end, 2);
        match self.symbol.joint_at(at) {
            Some(('/', next)) => {
                // "78/2014//NĐ-CP": a slash was typed twice.
                let twice = |at: usize| at + usize::from(self.text[at..].starts_with('/'));
                let next = self.symbol.skip_blanks(twice(next), 3);
                if let Some((year, len)) = year(&self.text[next..]) {
                    let after = self.symbol.skip_blanks(next + len, 2);
                    let glued = after == next + len;
                    let start = match self.symbol.joint_at(after) {
                        Some((_, start)) => Some(self.symbol.skip_blanks(twice(start), 3)),
                        // "22/2021TT-BGDĐT": the slash was lost.
                        None if glued && self.typed => Some(after),
                        None => None,
                    }?;
                    let (symbol, end) = self.symbol.read(start, true)?;
                    return Some((Some(year), symbol, end, "/"));
                }
                let (symbol, end) = self.symbol.read(next, false)?;
                Some((None, symbol, end, "/"))
            }
            Some((_, next)) => {
                let spaced = at > serial_end || self.symbol.skip_blanks(next, 1) > next;
                let next = self.symbol.skip_blanks(next, 2);
                let (symbol, end) = self.symbol.read(next, false)?;
                let head = symbol.split(['-', '/']).next().unwrap_or("");
                let of_kind = self.symbol.symbols.kinds_of_abbr(head).next().is_some() && symbol.contains('/');
                ((of_kind && !spaced) || self.typed).then_some((None, symbol, end, "-"))
            }
            // "64 TC/TCT", "1836 QĐ/TWĐTN": only a blank separates number and symbol.
            None if self.typed && at > serial_end => {
                let (symbol, end) = self.symbol.read(at, false)?;
                let mut parts = symbol.split(['/', '-']);
                let head = parts.next().unwrap_or("");
                let short = head.chars().count() <= 4 && head.chars().all(char::is_uppercase);
                (short && symbol.contains('/')).then_some((None, symbol, end, ""))
            }
            // "926QĐ-TTg": the slash was lost.
            None if self.typed => {
                let (symbol, end) = self.symbol.read(at, false)?;
                let head = symbol.split(['-', '/']).next().unwrap_or("");
                let of_kind = self.symbol.symbols.kinds_of_abbr(head).next().is_some() && symbol.contains('-');
                of_kind.then_some((None, symbol, end, "/"))
            }
            None => None,
        }
    }
}

/// How many ASCII digits `text` begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A year of four digits at the start of `text`, and where it ends.
fn year(text: &str) -> Option<(i16, usize)> {
    let count = digits(text);
    let plausible = |year: i16| (1940..2100).contains(&year);
    // "38/201 8/TT-BNNPTNT": a scan tore the year apart.
    if (1..=3).contains(&count) && text[count..].starts_with(' ') && digits(&text[count + 1..]) == 4 - count {
        let year: i16 = format!("{}{}", &text[..count], &text[count + 1..5]).parse().ok()?;
        return (text[5..].starts_with('/') && plausible(year)).then_some((year, 5));
    }
    let year: i16 = text[..count.min(4)].parse().ok()?;
    (count == 4 && plausible(year)).then_some((year, 4))
}
