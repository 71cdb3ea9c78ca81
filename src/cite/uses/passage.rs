//! The passage in which a citation is used: its sentence with what comes before and after the citation, the lead-in of its
//! list, the headings above it, and the quotation around it.
//!
//! [`Layout`] knows the lines of a document and is made once; [`Passage`] is what the grammar reads for one citation, folded
//! and on one line. Nothing here knows what a phrase means.

use std::ops::Range;

use crate::text::{fold, one_line};

/// How far a sentence is followed from the citation to either side, in bytes.
const REACH: usize = 1600;

/// How many lines above a citation its lead-in and its headings are looked for.
const LINES_ABOVE: usize = 160;

/// How far back an opening quotation mark is looked for, in bytes.
const QUOTATION: usize = 1500;

/// How much of a line is looked at, in bytes: a line may be a whole document.
const LINE: usize = 400;

/// The rank of a line that carries no mark of a heading or a list item.
const PLAIN: u8 = 9;

/// The lines of a document that hold words, with their ranks.
pub(super) struct Layout<'t> {
    pub text: &'t str,
    lines: Vec<Line>,
    /// Where the body begins; before it are the letterhead, the title and the bases.
    pub body: usize,
}

struct Line {
    range: Range<usize>,
    /// 0 for an article, chapter or annex, then part, clause, point, dash; [`PLAIN`] for running text.
    rank: u8,
}

/// What surrounds one citation. All texts are folded and on one line.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// From the beginning of the sentence to the citation.
    pub before: String,
    /// From the end of the citation, its day and its issuer, to the end of the sentence.
    pub after: String,
    pub sentence: String,
    /// The sentence that ends in a colon and introduces the list in which the citation is an item.
    pub lead: Option<String>,
    /// The headings above the citation, the nearest first.
    pub headings: Vec<String>,
    /// Where the sentence begins, in bytes of the text.
    pub start: usize,
    /// Where the quotation around the citation opens.
    pub quotation: Option<usize>,
    /// The words before that quotation.
    pub before_quotation: String,
}

impl<'t> Layout<'t> {
    pub fn of(text: &'t str) -> Layout<'t> {
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            if !text[at..end].trim().is_empty() {
                lines.push(Line { rank: rank(&text[at..end]), range: at..end });
            }
            at += line.len();
        }
        let first = lines.iter().find(|line| opens_body(&text[line.range.clone()]));
        let body = first.map_or(text.len(), |line| line.range.start);
        Layout { text, lines, body }
    }

    /// The sentence, list item or table cell around `range`.
    pub fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.text;
        let floor = text.floor_char_boundary(range.start.saturating_sub(REACH));
        let marks = memchr::memrchr3_iter(b'\n', b'.', b'\t', &text.as_bytes()[floor..range.start]);
        let start = marks.map(|at| floor + at).find(|at| self.ends_at(*at)).map_or(floor, |at| at + 1);
        let ceiling = text.ceil_char_boundary((range.end + REACH).min(text.len()));
        let marks = memchr::memchr3_iter(b'\n', b'.', b'\t', &text.as_bytes()[range.end..ceiling]);
        let end = marks.map(|at| range.end + at).find(|at| self.ends_at(*at)).unwrap_or(ceiling);
        start..end
    }

    /// Whether a sentence, a list item or a cell ends at the tab, line end or full stop at `at`.
    fn ends_at(&self, at: usize) -> bool {
        let text = self.text;
        let rest = &text[at + 1..];
        match text.as_bytes()[at] {
            b'\t' => true,
            b'\n' => {
                let next = rest.trim_start();
                let bare = next.trim_start_matches(['*', '_', '#', '>', ' ']);
                let before = text[text.floor_char_boundary(at.saturating_sub(LINE))..at].trim_end();
                let before = before.trim_end_matches(['*', '_']);
                let (Some(first), Some(last)) = (bare.chars().next(), before.chars().next_back()) else { return true };
                let blank = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
                let line = before.rsplit('\n').next().unwrap_or_default();
                matches!(last, '.' | ';' | ':' | '!' | '?' | '”' | '"' | '|')
                    || opens_item(next)
                    || (blank && !first.is_lowercase())
                    || (is_capital(line) && !is_capital(bare.get(..bare.floor_char_boundary(16)).unwrap_or_default()))
                    || (first.is_uppercase() && line.len() < 200 && is_article_heading(line))
            }
            _ => {
                if !rest.starts_with(char::is_whitespace) {
                    return false;
                }
                let next = rest.trim_start().trim_start_matches(['*', '_', '“', '"', '(']);
                if !next.starts_with(char::is_uppercase) {
                    return false;
                }
                let line = line_before(text, at);
                let word = line.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                let abbreviation = word.chars().count() <= 2 && word.starts_with(char::is_uppercase);
                !abbreviation && !is_mark(line.trim_matches(['*', '_', '#', '>', ' ', '\t']))
            }
        }
    }

    /// What surrounds the citation at `range`, whose day and issuer end at `tail`.
    pub fn passage(&self, range: &Range<usize>, tail: usize) -> Passage {
        let sentence = self.sentence(range);
        let start = sentence.start + bookmarks(&self.text[sentence.start..range.start]);
        let folded = |range: Range<usize>| fold(&one_line(self.text.get(range).unwrap_or_default()));
        let (lead, headings) = self.above(start);
        let quotation = self.quotation(range);
        let before_quotation =
            quotation.map(|at| folded(self.text.floor_char_boundary(at.saturating_sub(220))..at)).unwrap_or_default();
        let end = sentence.end.max(tail);
        Passage {
            before: folded(start..range.start),
            after: folded(tail..end),
            sentence: folded(start..end),
            lead,
            headings,
            start,
            quotation,
            before_quotation,
        }
    }

    /// The lead-in of the list and the headings above the sentence that begins at `start`.
    fn above(&self, start: usize) -> (Option<String>, Vec<String>) {
        let text = self.text;
        let visible = start + (text[start..].len() - text[start..].trim_start().len());
        let own = self.lines.partition_point(|line| line.range.start <= visible).saturating_sub(1);
        let rank_here = rank(head(&text[visible..]).lines().next().unwrap_or_default());
        let (mut lead, mut headings) = (None, Vec::new());
        let (mut lowest, mut near) = (rank_here, 0);
        for line in self.lines[..own].iter().rev().take(LINES_ABOVE) {
            // A line may be a page long: of a heading its beginning is enough.
            let raw = text[line.range.clone()].trim();
            let words = raw.trim_matches(['*', '_', '>', ' ']).trim_start_matches('#').trim();
            if words.is_empty() {
                continue;
            }
            near += 1;
            let above = line.rank < rank_here || line.rank == PLAIN;
            if lead.is_none() && words.ends_with(':') && above && (rank_here < PLAIN || near == 1) {
                let last = line.range.end - 1;
                let from = self.sentence(&(text.floor_char_boundary(last)..line.range.end)).start;
                lead = Some(fold(&one_line(&text[from..line.range.end])));
            }
            if line.rank < lowest {
                headings.push(fold(&one_line(head(words))));
                lowest = line.rank;
                if lowest == 0 {
                    break;
                }
            }
        }
        (lead, headings)
    }

    /// Where the quotation that holds `range` opens. “…” ends with its paragraph, except where an amending text gives new
    /// wording; straight marks are trusted within one line.
    fn quotation(&self, range: &Range<usize>) -> Option<usize> {
        let text = self.text;
        let floor = text.floor_char_boundary(range.start.saturating_sub(QUOTATION));
        let before = &text[floor..range.start];
        if let Some(open) = before.rfind('“') {
            let inside = &before[open..];
            let paragraph = inside.split('\n').all(|line| !line.trim().is_empty());
            let lead = fold(&before[before.floor_char_boundary(open.saturating_sub(60))..open]);
            let reworded = lead.trim_end().trim_end_matches(':').ends_with("nhu sau");
            if !inside.contains(['”', '"']) && (paragraph || reworded) {
                return Some(floor + open);
            }
        }
        let line = before.rsplit('\n').next().unwrap_or_default();
        let behind = head(&text[range.end..]).lines().next().unwrap_or_default();
        let open = !line.contains('“') && line.matches('"').count() % 2 == 1 && behind.contains('"');
        open.then(|| line.rfind('"').map(|at| range.start - line.len() + at)).flatten()
    }
}

/// The beginning of some words, as much as is looked at of a line.
fn head(words: &str) -> &str {
    &words[..words.floor_char_boundary(LINE)]
}

/// The line up to `at`, as much of it as is looked at.
fn line_before(text: &str, at: usize) -> &str {
    text[text.floor_char_boundary(at.saturating_sub(LINE))..at].rsplit('\n').next().unwrap_or_default()
}

/// How long the bookmarks are that a converter left in front of a sentence: "[bookmark: muc_1]".
fn bookmarks(words: &str) -> usize {
    let mut rest = words;
    loop {
        let trimmed = rest.trim_start();
        match trimmed.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((mark, after)) if mark.len() <= 60 => rest = after,
            _ => return words.len() - rest.len(),
        }
    }
}

/// The rank of a line by the mark that it begins with.
fn rank(line: &str) -> u8 {
    let raw = line.trim_start();
    if raw.starts_with('#') {
        return 0;
    }
    let line = raw.trim_start_matches(['*', '_', '>', ' ']);
    let Some(first) = line.chars().next() else { return PLAIN };
    match first {
        '-' | '–' | '•' => return 5,
        '+' => return 6,
        _ => {}
    }
    let mark = line.split([' ', '\t']).next().unwrap_or_default();
    let label: &str = mark.trim_end_matches(['.', ')', ':']);
    let closed = label.len() < mark.len();
    let digits = label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if closed && !label.is_empty() {
        if label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')) && mark.ends_with('.') {
            return 1;
        }
        if digits && label.len() <= 5 {
            return if label.contains('.') { 3 } else { 2 };
        }
        if label.chars().count() <= 2 && label.chars().all(char::is_lowercase) && mark.ends_with(')') {
            return 4;
        }
    }
    if !closed && digits && label.contains('.') && label.len() <= 6 {
        return 3;
    }
    if !first.is_uppercase() {
        return PLAIN;
    }
    let head = fold(&line[..line.floor_char_boundary(16)]);
    let numbered = |word: &str| {
        let label = head.strip_prefix(word).map(str::trim_start);
        label.is_some_and(|label| label.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x')))
    };
    let named = ["chuong ", "phan ", "phu luc"].iter().any(|word| head.starts_with(word));
    if named || numbered("dieu ") || numbered("muc ") { 0 } else { PLAIN }
}

/// Whether a line opens the body: its first article or numbered part.
fn opens_body(line: &str) -> bool {
    let line = fold(&line[..line.floor_char_boundary(40)]);
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let article = line.strip_prefix("dieu 1").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    article || ["i.", "1.", "a.", "phan i ", "phan thu nhat", "chuong i "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a line begins an item, a heading or a table row.
fn opens_item(line: &str) -> bool {
    let starts = ["Căn cứ", "CĂN CỨ", "Chương ", "CHƯƠNG", "Phụ lục", "PHỤ LỤC"];
    if line.starts_with(['-', '+', '–', '•', '|', '#']) || starts.iter().any(|word| line.starts_with(word)) {
        return true;
    }
    if let Some(rest) = line.strip_prefix("Điều ") {
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    let label: usize = line.chars().take_while(|c| c.is_alphanumeric()).take(6).map(char::len_utf8).sum();
    let (label, rest) = line.split_at(label);
    let mut after = rest.chars();
    let mark = after.next();
    let blank = after.next().is_none_or(char::is_whitespace);
    let small = label.chars().count() == 1 && label.chars().all(char::is_lowercase);
    let digits = !label.is_empty() && label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit());
    let roman = !label.is_empty() && label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    match mark {
        Some(')') => (small || digits) && blank,
        Some('.') => (digits || roman) && blank,
        _ => false,
    }
}

/// Whether words are nothing but the mark of an item: "1", "3.2", "II", "a", "Điều 5".
fn is_mark(words: &str) -> bool {
    let words = words.strip_prefix("Điều ").unwrap_or(words);
    let digits = words.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let numbered = words.len() <= 6 && words.starts_with(|c: char| c.is_ascii_digit()) && {
        let label = words.trim_end_matches(|c: char| c.is_lowercase());
        digits || (words.len() - label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
    };
    let roman = !words.is_empty() && words.len() <= 5 && words.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    numbered || roman || (words.chars().count() == 1 && words.chars().all(char::is_lowercase))
}

fn is_article_heading(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(rest) = line.strip_prefix("Điều ") else { return false };
    let label = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    label.len() < rest.len() && label.trim_start_matches(|c: char| c.is_ascii_lowercase()).starts_with(['.', ':'])
}

fn is_capital(words: &str) -> bool {
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'t>(layout: &Layout<'t>, words: &str) -> Range<usize> {
        let at = layout.text.find(words).unwrap();
        at..at + words.len()
    }

    #[test]
    fn a_sentence_ends_with_its_item_not_with_the_line_of_a_converter() {
        let text = "1. Thông tư này có hiệu lực.\n2. Bãi bỏ Thông tư\nsố 5/2020 về thu.\nĐiều 3. Khác";
        let layout = Layout::of(text);
        let sentence = layout.sentence(&around(&layout, "số 5/2020"));
        assert_eq!(&text[sentence], "2. Bãi bỏ Thông tư\nsố 5/2020 về thu");
    }

    #[test]
    fn an_item_has_its_lead_in_and_its_headings() {
        let text = "Điều 9. Điều khoản chuyển tiếp\n1. Hồ sơ cũ:\na) theo Thông tư số 5/2020;\nb) theo Nghị định số 6";
        let layout = Layout::of(text);
        let passage = layout.passage(&around(&layout, "Nghị định số 6"), text.len());
        assert_eq!(passage.lead.as_deref(), Some("1. ho so cu:"));
        assert_eq!(passage.headings, ["1. ho so cu:", "dieu 9. dieu khoan chuyen tiep"]);
        assert_eq!(passage.before, "b) theo");
    }

    #[test]
    fn a_quotation_is_known_by_its_marks() {
        for (text, words, expected) in [
            ("Thay cụm từ “theo Luật A” bằng “theo Luật B” trong Luật C", "Luật A", true),
            ("Thay cụm từ “theo Luật A” bằng “theo Luật B” trong Luật C", "Luật B", true),
            ("Thay cụm từ “theo Luật A” bằng “theo Luật B” trong Luật C", "Luật C", false),
            ("Thay cụm từ \"Luật D\" trong Luật E", "Luật D", true),
            ("Thay cụm từ \"Luật D\" trong Luật E", "Luật E", false),
        ] {
            let layout = Layout::of(text);
            assert_eq!(layout.quotation(&around(&layout, words)).is_some(), expected, "{words} in {text}");
        }
    }
}
