//! Number and symbol as they stand in a text: blanks and line ends inside, glued footnote digits, look-alike
//! letters. Reads forward from the first digit.

use crate::law::Number;
use crate::register::Symbols;
use crate::text::{is_word_char, repair_char};

/// What stands at a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The serial number as written.
    pub serial: String,
    pub year: Option<i16>,
    /// Number and symbol in official spelling; `None` where no symbol follows.
    pub number: Option<Number>,
    /// Where the last byte that belongs to it ends.
    pub end: usize,
}

/// The most digits a serial number has; longer runs are telephone numbers, amounts, accounts.
const MAX_DIGITS: usize = 5;

/// Reads what stands at `at`, the first digit of a number. `typed` says that a type word stands before it:
/// only then may the symbol be of a kind or issuer that no table knows.
pub(super) fn read(text: &str, at: usize, typed: bool, symbols: &Symbols) -> Option<Written> {
    let rest = &text[at..];
    let digits = digits(rest);
    if digits == 0 || digits > MAX_DIGITS {
        return None;
    }
    let reader = Reader { text, typed, symbols };
    let whole = reader.torn(at + digits).unwrap_or(at + digits);
    let decimal = reader.decimal(whole).or_else(|| reader.lettered(whole));
    let serial_end = decimal.unwrap_or(whole);
    let serial: String = text[at..serial_end].chars().filter(|c| *c != ' ').collect();
    if let Some((year, symbol, end, joint)) = reader.symbol_after(serial_end) {
        let number = Number::new(&serial, year, joint, &symbol);
        return Some(Written { serial, year, number: Some(symbols.canonical(&number)), end });
    }
    if decimal.is_some() {
        return None;
    }
    let (year, end) = reader.bare_year(whole).map_or((None, whole), |(year, end)| (Some(year), end));
    Some(Written { serial, year, number: None, end })
}

/// The serial number with at least two digits, as in `Number`.
pub(super) fn padded(serial: &str) -> String {
    let bare = serial.trim_start_matches('0');
    format!("{bare:0>2}")
}

struct Reader<'t> {
    text: &'t str,
    typed: bool,
    symbols: &'t Symbols,
}

/// One part of a symbol between separators.
struct Part {
    text: String,
    end: usize,
    known: bool,
}

impl Reader<'_> {
    /// The end of a serial number that a scan tore apart, "Thông tư số 1 2/2018/TT-BGDĐT": it counts only after a type
    /// word and before a year and a symbol.
    fn torn(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix(' ').filter(|_| self.typed)?;
        let count = digits(rest);
        let dated = rest[count..].strip_prefix('/').and_then(year);
        let symbol = dated.is_some_and(|(_, end)| rest[count + 1 + end..].starts_with('/'));
        ((1..=2).contains(&count) && symbol).then_some(at + 1 + count)
    }

    /// The end of a decimal part such as that of `66.7/2025/NQ-CP`: it counts only where `/year/` follows.
    fn decimal(&self, at: usize) -> Option<usize> {
        let rest = self.text[at..].strip_prefix('.')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        let dated = self.text[end..].starts_with("/19") || self.text[end..].starts_with("/20");
        ((1..=3).contains(&digits) && dated).then_some(end)
    }

    /// The end of a letter that tells apart numbers given twice, `30a/2008/NQ-CP`: it counts only where a separator and
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
        let at = self.skip_blanks(serial_end, 2);
        match self.joint_at(at) {
            Some(('/', next)) => {
                // "78/2014//NĐ-CP": a slash was typed twice.
                let twice = |at: usize| at + usize::from(self.text[at..].starts_with('/'));
                let next = self.skip_blanks(twice(next), 3);
                if let Some((year, len)) = year(&self.text[next..]) {
                    let after = self.skip_blanks(next + len, 2);
                    let glued = after == next + len;
                    let start = match self.joint_at(after) {
                        Some((_, start)) => Some(self.skip_blanks(twice(start), 3)),
                        // "22/2021TT-BGDĐT": the slash was lost.
                        None if glued && self.typed => Some(after),
                        None => None,
                    }?;
                    let (symbol, end) = self.symbol(start, true)?;
                    return Some((Some(year), symbol, end, "/"));
                }
                let (symbol, end) = self.symbol(next, false)?;
                Some((None, symbol, end, "/"))
            }
            Some((_, next)) => {
                let spaced = at > serial_end || self.skip_blanks(next, 1) > next;
                let next = self.skip_blanks(next, 2);
                let (symbol, end) = self.symbol(next, false)?;
                let head = symbol.split(['-', '/']).next().unwrap_or("");
                let of_kind = self.symbols.kinds_of_abbr(head).next().is_some() && symbol.contains('/');
                ((of_kind && !spaced) || self.typed).then_some((None, symbol, end, "-"))
            }
            // "64 TC/TCT", "1836 QĐ/TWĐTN": only a blank parts number and symbol.
            None if self.typed && at > serial_end => {
                let (symbol, end) = self.symbol(at, false)?;
                let mut parts = symbol.split(['/', '-']);
                let head = parts.next().unwrap_or("");
                let short = head.chars().count() <= 4 && head.chars().all(char::is_uppercase);
                (short && symbol.contains('/')).then_some((None, symbol, end, ""))
            }
            // "926QĐ-TTg": the slash was lost.
            None if self.typed => {
                let (symbol, end) = self.symbol(at, false)?;
                let head = symbol.split(['-', '/']).next().unwrap_or("");
                let of_kind = self.symbols.kinds_of_abbr(head).next().is_some() && symbol.contains('-');
                of_kind.then_some((None, symbol, end, "/"))
            }
            None => None,
        }
    }

    /// The parts of a symbol from `at` on, joined as written without blanks. `None` where they cannot be a symbol.
    fn symbol(&self, at: usize, dated: bool) -> Option<(String, usize)> {
        let first = self.part(at, dated)?;
        let mut symbol = first.text.clone();
        let mut end = first.end;
        let mut parts = 1;
        let first_is_kind = self.symbols.kinds_of_abbr(&first.text).next().is_some();
        let first_is_agency = self.symbols.agency(&first.text).is_some();
        let mut issuer_seen = first_is_agency && !first_is_kind;
        while let Some((joint, part)) = self.next_part(end, dated, issuer_seen, first_is_kind && parts == 1) {
            issuer_seen |= part.known;
            symbol.push(joint);
            symbol.push_str(&part.text);
            end = part.end;
            parts += 1;
        }
        let possible = if self.typed {
            parts > 1 || dated || first.known || first.text.chars().count() > 1
        } else if parts == 1 {
            dated && is_term(&first.text)
        } else {
            first_is_kind || first_is_agency || (dated && issuer_seen)
        };
        (possible && !is_contract(&symbol)).then_some((symbol, end))
    }

    /// The separator and part that go on after `end`. Blanks may stand around the separator where what follows
    /// can only be a part of a symbol.
    fn next_part(&self, end: usize, dated: bool, issuer_seen: bool, only_kind: bool) -> Option<(char, Part)> {
        let at = self.skip_blanks(end, 3);
        let Some((joint, next)) = self.joint_at(at) else {
            // "489/QĐ TTg": the hyphen was lost between kind and issuer.
            if only_kind && at > end && self.text[end..at].chars().all(|c| c == ' ') {
                let part = self.part(at, dated)?;
                return (self.symbols.agency(&part.text).is_some() && !self.typed_blank_is_word(at))
                    .then_some(('-', part));
            }
            return None;
        };
        let start = self.skip_blanks(next, 4);
        let part = self.part(start, dated)?;
        let (before, after) = (at > end, start > next);
        let fits = match (before, after) {
            (false, false) => true,
            (true, true) => part.known && !issuer_seen,
            _ => part.known || part.text.chars().filter(|c| c.is_uppercase()).count() > 1,
        };
        fits.then_some((joint, part))
    }

    /// After "QĐ " an issuer's name in capitals may begin a phrase of its own ("QĐ UBND tỉnh ban hành" is one);
    /// it is part of the symbol only if no lower-case word of place follows.
    fn typed_blank_is_word(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let next = rest[word..].trim_start();
        ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"].iter().any(|level| next.starts_with(level))
    }

    /// One part: letters and digits, `&` and dots inside. Capitals, or a spelling the tables know.
    fn part(&self, at: usize, dated: bool) -> Option<Part> {
        // No office has a longer abbreviation, nor does one grow so by a word glued to it.
        const LONGEST: usize = 64;
        let raw = self.raw_part(at);
        if raw == at || raw - at > LONGEST {
            return None;
        }
        let word = &self.text[at..raw];
        let spelled = clean(word);
        if !spelled.starts_with(char::is_alphabetic) {
            return None;
        }
        let lower = !spelled.chars().any(char::is_uppercase);
        if self.known(&spelled) {
            let joined = self.lost_and(&spelled, raw);
            let (text, end) = joined.unwrap_or((spelled, raw));
            // "57-nq/tw": small letters throughout, but no blank that would make a word of them.
            let joined = self.typed && self.text[..at].ends_with(['-', '/']);
            return (!lower || dated || joined).then_some(Part { text, end, known: true });
        }
        if lower || is_word(&spelled) {
            return None;
        }
        if let Some((text, end)) = self.lost_and(&spelled, raw).or_else(|| self.parted(&spelled, raw)) {
            return Some(Part { text, end, known: true });
        }
        if let Some(end) = self.without_footnote(at, raw) {
            return Some(Part { text: clean(&self.text[at..end]), end, known: true });
        }
        if let Some(end) = self.glued_word(at, raw) {
            let text = clean(&self.text[at..end]);
            return Some(Part { known: self.known(&text), text, end });
        }
        is_symbol_like(&spelled).then_some(Part { text: spelled, end: raw, known: false })
    }

    /// The end of the run of letters and digits at `at`, with `&` and single dots between capitals.
    fn raw_part(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let rest = &self.text[end..];
            let run = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
            if run == 0 && end == at {
                return at;
            }
            end += run;
            let after = self.skip_spaces(end);
            let more = match self.text[after..].chars().next() {
                Some('&') => self.skip_spaces(after + 1),
                Some('.') if after == end => end + 1,
                _ => return end,
            };
            match self.text[more..].chars().next() {
                Some(c) if repair_char(c).is_uppercase() => end = more,
                _ => return end,
            }
        }
    }

    /// "BGD ĐT": the `&` was lost.
    fn lost_and(&self, clean: &str, end: usize) -> Option<(String, usize)> {
        if !clean.ends_with("GD") {
            return None;
        }
        let rest = self.text[end..].strip_prefix(' ')?;
        let tail: String = rest.chars().map_while(|c| is_word_char(c).then(|| repair_char(c))).collect();
        let joined = format!("{clean}{tail}");
        let tail_len: usize = rest.chars().take_while(|c| is_word_char(*c)).map(char::len_utf8).sum();
        (matches!(tail.as_str(), "ĐT" | "DT") && self.symbols.agency(&joined).is_some())
            .then_some((joined, end + 1 + tail_len))
    }

    /// "BLĐ,TB&XH", "Bộ GD&ĐT": a comma or blank stands inside an abbreviation.
    fn parted(&self, clean_part: &str, end: usize) -> Option<(String, usize)> {
        let next = self.text[end..].strip_prefix([',', ' ']).map(|rest| self.text.len() - rest.len())?;
        let next = self.skip_spaces(next);
        let raw = self.raw_part(next);
        let tail = clean(&self.text[next..raw]);
        let head = if clean_part == "Bộ" { "B" } else { clean_part };
        let capital = !head.chars().any(char::is_lowercase) && tail.starts_with(char::is_uppercase);
        let joined = format!("{head}{tail}");
        (capital && self.symbols.agency(&joined).is_some()).then_some((joined, raw))
    }

    /// The end of a known abbreviation that footnote digits were glued to: "BGDĐT1", "QH141".
    fn without_footnote(&self, at: usize, end: usize) -> Option<usize> {
        let word = &self.text[at..end];
        let letters = word.trim_end_matches(|c: char| c.is_numeric());
        let digits = word.len() - letters.len();
        if digits == 0 || !self.known(&clean(letters)) {
            return None;
        }
        let term = if is_term(&clean(word)) || self.is_numbered_office(letters, end) { digits.min(2) } else { 0 };
        Some(at + letters.len() + term)
    }

    /// Councils add their term and the State Bank its department to the symbol: `NQ-HĐND8`, `QĐ-NHNN1`. Where the
    /// date goes on right after it the digit is not a footnote's.
    fn is_numbered_office(&self, letters: &str, end: usize) -> bool {
        let office = clean(letters);
        let numbered = matches!(office.as_str(), "HĐND" | "NHNN" | "NH");
        numbered && super::date::after(self.text, end).is_some()
    }

    /// The end of capitals that a word was glued to: "BGDĐTngày", "TTgvề".
    fn glued_word(&self, at: usize, end: usize) -> Option<usize> {
        let word = &self.text[at..end];
        let mut ends: Vec<usize> = word
            .char_indices()
            .filter(|(i, c)| *i > 1 && c.is_lowercase())
            .map(|(i, _)| i)
            .filter(|i| self.known(&clean(&word[..*i])))
            .collect();
        let cut = ends.pop()?;
        // What is left must be a word of its own, not the rest of a longer abbreviation.
        word[cut..].chars().all(|c| c.is_lowercase() || c.is_ascii_digit()).then_some(at + cut)
    }

    fn known(&self, part: &str) -> bool {
        let term = part.trim_end_matches(|c: char| c.is_ascii_digit());
        if matches!(term, "QH" | "UBTVQH" | "HĐNN") {
            // A term of the Assembly has one or two digits; a third is a footnote's.
            return part.len() - term.len() <= 2;
        }
        self.symbols.agency(part).is_some() || self.symbols.kinds_of_abbr(part).next().is_some()
    }

    fn joint_at(&self, at: usize) -> Option<(char, usize)> {
        let at = self.over_note(at);
        let c = self.text[at..].chars().next()?;
        let joint = repair_char(c);
        matches!(joint, '/' | '-').then_some((joint, at + c.len_utf8()))
    }

    /// Past the mark of a footnote inside a number: "33/2021[1]/TT-BGDĐT".
    fn over_note(&self, at: usize) -> usize {
        let mark = self.text[at..].strip_prefix('[').and_then(|rest| {
            let count = digits(rest);
            rest[count..].starts_with(']').then_some(count).filter(|count| (1..=2).contains(count))
        });
        mark.map_or(at, |count| at + count + 2)
    }

    /// Skips at most `most` blanks; a line end with the blank line after it counts as one.
    fn skip_blanks(&self, at: usize, most: usize) -> usize {
        let mut seen = 0;
        let mut end = at;
        for c in self.text[at..].chars() {
            if !c.is_whitespace() {
                break;
            }
            seen += usize::from(c != '\n' && c != '\r');
            end += c.len_utf8();
            if seen > most || end - at > 12 {
                return at;
            }
        }
        end
    }

    fn skip_spaces(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len()
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

/// Look-alikes repaired, blanks dropped.
fn clean(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace()).map(repair_char).collect()
}

fn is_term(part: &str) -> bool {
    let term = part.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(term, "QH" | "UBTVQH") && term.len() < part.len()
}

/// Capitals, or mixed letters with at least two capitals and no long run of small ones: `GDTrH`, `TrTHPTCBQ`.
fn is_symbol_like(part: &str) -> bool {
    let mut capitals = 0;
    let mut small_run = 0;
    for c in part.chars() {
        if c.is_lowercase() {
            small_run += 1;
            if small_run > 3 {
                return false;
            }
        } else {
            small_run = 0;
            capitals += usize::from(c.is_uppercase());
        }
    }
    let all_capital = part.chars().all(|c| !c.is_lowercase());
    (capitals >= 2) || (all_capital && capitals == 1)
}

/// One capital and small letters: the word of a sentence, not a part of a symbol.
fn is_word(part: &str) -> bool {
    let mut chars = part.chars();
    part != "Bộ"
        && chars.next().is_some_and(char::is_uppercase)
        && part.chars().count() > 1
        && chars.all(char::is_lowercase)
}

/// Contracts are numbered like instruments and are none: `01/2026/HĐXD`, `12/HĐLĐ`.
fn is_contract(symbol: &str) -> bool {
    let head = symbol.split(['-', '/']).next().unwrap_or("");
    head.starts_with("HĐ") && !["HĐND", "HĐBT", "HĐCP", "HĐTP", "HĐNN"].iter().any(|body| head.starts_with(body))
}
