//! Reads the symbol of a number, `TT-BGDĐT`, part by part, whatever blanks, footnotes and glued words a text has inside.
//!
//! The register's `Symbols` say which parts are kinds and agencies; after a type word a part may also be unknown.

use super::date;
use crate::law::LEVEL_WORDS;
use crate::register::Symbols;
use crate::text::{Cursor, is_word_char, repair_char};

/// Reads symbols in one text.
pub(super) struct SymbolReader<'t> {
    pub text: &'t str,
    /// Whether a type word is before the number.
    pub typed: bool,
    pub symbols: &'t Symbols,
}

/// One part of a symbol between separators.
struct Part {
    text: String,
    end: usize,
    known: bool,
}

impl SymbolReader<'_> {
    /// The parts of a symbol from `at` on, joined as written without blanks. `None` if they cannot be a symbol.
    pub(super) fn read(&self, at: usize, dated: bool) -> Option<(String, usize)> {
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

    /// The separator and part that go on after `end`. Blanks may be around the separator if what follows
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
        LEVEL_WORDS.iter().any(|level| next.starts_with(level.written))
    }

    /// One part: letters and digits, `&` and dots inside. Capitals, or a spelling that the register knows.
    fn part(&self, at: usize, dated: bool) -> Option<Part> {
        // No office has a longer abbreviation, even with a word glued to it.
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
            // "57-nq/tw": small letters throughout, but no blank before them that would make them a word.
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

    /// "BLĐ,TB&XH", "Bộ GD&ĐT": a comma or blank is inside an abbreviation.
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

    /// Councils add their term and the State Bank its department to the symbol: `NQ-HĐND8`, `QĐ-NHNN1`. If the
    /// date follows right after it, the digit is not a footnote's.
    fn is_numbered_office(&self, letters: &str, end: usize) -> bool {
        let office = clean(letters);
        let numbered = matches!(office.as_str(), "HĐND" | "NHNN" | "NH");
        numbered && date::after(self.text, end).is_some()
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
        // The rest must be a word, not the end of a longer abbreviation.
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

    /// The separator at byte `at`, and where it ends.
    pub(super) fn joint_at(&self, at: usize) -> Option<(char, usize)> {
        // The mark of a footnote may be inside a number: "33/2021[1]/TT-BGDĐT".
        let here = Cursor::new(self.text, at);
        let here = here.note_in('[', ']').unwrap_or(here);
        let c = here.rest().chars().next()?;
        let joint = repair_char(c);
        matches!(joint, '/' | '-').then_some((joint, here.at() + c.len_utf8()))
    }

    /// Skips at most `most` blanks; a line end with the blank line after it counts as one.
    pub(super) fn skip_blanks(&self, at: usize, most: usize) -> usize {
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

/// Contracts are numbered like instruments: `01/2026/HĐXD`, `12/HĐLĐ`.
fn is_contract(symbol: &str) -> bool {
    let head = symbol.split(['-', '/']).next().unwrap_or("");
    head.starts_with("HĐ") && !["HĐND", "HĐBT", "HĐCP", "HĐTP", "HĐNN"].iter().any(|body| head.starts_with(body))
}
