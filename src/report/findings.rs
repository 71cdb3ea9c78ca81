//! Findings as a person reads them in a terminal: the place, the message, the line cut to the width of the
//! terminal with the words underlined, and what to write instead.

use std::io;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::{BOLD, FAINT, Sheet, plain};
use super::words;
use crate::check::policy::Accepted;
use crate::check::{self, CheckedDocument, Finding, Severity};
use crate::law::Date;
use crate::read::Document;
use crate::text::{Lang, Lines, counted};

/// Writes the findings of one document.
///
/// # Errors
/// Those of the stream the sheet is written to.
pub fn write(sheet: &mut Sheet<'_>, document: &Document, findings: &[Finding]) -> io::Result<()> {
    let lang = sheet.lang;
    let none = Style::new();
    let lines = Lines::new(document.text.source());
    for finding in findings {
        let source = document.text.to_source(finding.range.clone());
        let (line, column) = lines.place(source.start);
        let colour = colour(finding.severity);
        let place = format!("{}:{line}:{column}", document.path);
        let severity = format!(" {}", words::severity(finding.severity, lang));
        let title = check::rule(finding.rule).map_or("", |rule| lang.pick(rule.title_vi, ""));
        let rule =
            if title.is_empty() { format!(" [{}]", finding.rule) } else { format!(": {title} [{}]", finding.rule) };
        sheet.line(&[(&place, BOLD), (&severity, colour), (&rule, FAINT)])?;
        sheet.text(2, finding.message.in_lang(lang))?;
        let margin = format!("{line:>5} | ");
        let under = format!("{:>1$}", "| ", margin.len());
        let room = sheet.width() - margin.len();
        let excerpt = Excerpt::new(document.text.as_str(), finding.range.clone(), room);
        sheet.line(&[(&margin, FAINT), (&excerpt.text, none)])?;
        let carets = "^".repeat(excerpt.carets);
        sheet.line(&[(&under, FAINT), (&" ".repeat(excerpt.indent), none), (&carets, colour)])?;
        if let Some(basis) = &finding.basis {
            let basis = format!("{} {}", lang.pick("Căn cứ:", "Basis:"), basis.in_lang(lang));
            sheet.styled(2, &basis, FAINT)?;
        }
        if let Some(suggestion) = &finding.suggestion {
            let suggestion = format!("{} {suggestion}", lang.pick("Viết lại:", "Write:"));
            sheet.styled(2, &suggestion, Style::new().fg_color(Some(AnsiColor::Green.into())))?;
        }
        sheet.blank()?;
    }
    Ok(())
}

/// Writes the findings that the office accepts, one line each, with its reasons.
///
/// # Errors
/// Those of the stream the sheet is written to.
pub fn write_accepted(sheet: &mut Sheet<'_>, document: &Document, accepted: &[Accepted]) -> io::Result<()> {
    let lang = sheet.lang;
    let lines = Lines::new(document.text.source());
    for Accepted { finding, reason, until } in accepted {
        let (line, column) = lines.place(document.text.to_source(finding.range.clone()).start);
        let place = format!("{}:{line}:{column}", document.path);
        let words = single_blanks(document.text.as_str().get(finding.range.clone()).unwrap_or_default());
        let rule = format!(" {} [{}]", lang.pick("đã chấp nhận", "accepted"), finding.rule);
        sheet.line(&[(&place, BOLD), (&rule, FAINT)])?;
        sheet.text(2, &format!("“{words}”"))?;
        let until = until.map_or(String::new(), |day| {
            format!(" ({} {})", lang.pick("đến hết ngày", "until"), words::date(day, lang))
        });
        sheet.text(2, &format!("{} {reason}{until}", lang.pick("Lý do:", "Reason:")))?;
        sheet.blank()?;
    }
    Ok(())
}

/// Writes how much was found in each file; files without findings are counted and not listed.
///
/// # Errors
/// Those of the stream the sheet is written to.
pub fn write_table(sheet: &mut Sheet<'_>, files: &[(String, Tally)]) -> io::Result<()> {
    let lang = sheet.lang;
    let heads = [
        (lang.pick("Lỗi", "Errors"), colour(Severity::Error)),
        (lang.pick("Cảnh báo", "Warnings"), colour(Severity::Warning)),
        (lang.pick("Lưu ý", "Notes"), colour(Severity::Info)),
    ];
    let cell =
        |text: &str, at: usize| format!("{}{text}  ", " ".repeat(heads[at].0.width().saturating_sub(text.width())));
    let head: String = (0..heads.len()).map(|at| cell(heads[at].0, at)).collect();
    let with: Vec<_> = files.iter().filter(|(_, tally)| tally.errors + tally.warnings + tally.notes > 0).collect();
    if !with.is_empty() {
        sheet.line(&[(&head, FAINT), (lang.pick("Tệp", "File"), FAINT)])?;
    }
    for (path, tally) in &with {
        let cells: Vec<(String, Style)> = [tally.errors, tally.warnings, tally.notes]
            .iter()
            .enumerate()
            .map(|(at, count)| (cell(&count.to_string(), at), if *count > 0 { heads[at].1 } else { FAINT }))
            .collect();
        let mut row: Vec<(&str, Style)> = cells.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        row.push((path, Style::new()));
        sheet.line(&row)?;
    }
    let clean = files.len() - with.len();
    if clean > 0 {
        let said = match lang {
            Lang::Vi => format!("{clean} tệp không có phát hiện nào."),
            Lang::En => format!("{} without findings.", counted(clean, "file")),
        };
        sheet.line(&[(&said, FAINT)])?;
    }
    sheet.blank()
}

/// What one run found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub files: usize,
    pub unreadable: usize,
    pub citations: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings that the office accepts.
    pub accepted: usize,
    /// Findings left out because an earlier answer had them.
    pub known: usize,
}

impl Tally {
    /// The counts of one document.
    pub fn of(checked: &CheckedDocument) -> Tally {
        let mut tally = Tally { accepted: checked.accepted.len(), known: checked.known, ..Tally::default() };
        tally.add(checked.citations().count(), &checked.findings);
        tally
    }

    pub fn add(&mut self, citations: usize, findings: &[Finding]) {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        self.files += 1;
        self.citations += citations;
        self.errors += count(Severity::Error);
        self.warnings += count(Severity::Warning);
        self.notes += count(Severity::Info);
    }

    /// Joins what another part of the run found.
    pub fn merge(&mut self, other: &Tally) {
        self.files += other.files;
        self.unreadable += other.unreadable;
        self.citations += other.citations;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.accepted += other.accepted;
        self.known += other.known;
    }

    /// One line. `as_of` is the day of the check; `None` where each document was judged as of its own.
    pub fn summary(&self, as_of: Option<Date>, lang: Lang) -> String {
        let Tally { files, unreadable, citations, errors, warnings, notes, accepted, known } = *self;
        let more = |count: usize, vi: &str, en: &str| match count {
            0 => String::new(),
            _ => format!("; {count} {}", lang.pick(vi, en)),
        };
        let more = more(accepted, "đã được chấp nhận", "accepted") + &more(known, "đã biết từ trước", "known before");
        match lang {
            Lang::Vi => {
                let day = as_of.map_or("ngày của từng tài liệu".to_owned(), |day| {
                    format!("ngày {}", words::date(day, lang))
                });
                let unread =
                    if unreadable > 0 { format!("; {unreadable} tệp không đọc được") } else { String::new() };
                format!(
                    "Đã kiểm tra {files} tệp, {citations} dẫn chiếu, tính đến {day}: {errors} lỗi, {warnings} cảnh báo, {notes} lưu ý{more}{unread}."
                )
            }
            Lang::En => {
                let day = as_of.map_or("each document's own date".to_owned(), |day| day.to_string());
                let unread = match unreadable {
                    0 => String::new(),
                    _ => format!("; {} could not be read", counted(unreadable, "file")),
                };
                format!(
                    "Checked {}, {}, as of {day}: {}, {}, {}{more}{unread}.",
                    counted(files, "file"),
                    counted(citations, "citation"),
                    counted(errors, "error"),
                    counted(warnings, "warning"),
                    counted(notes, "note")
                )
            }
        }
    }
}

fn colour(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

/// A stretch of text around the words at fault, and where they stand in it, in columns.
struct Excerpt {
    text: String,
    indent: usize,
    carets: usize,
}

const CUT: char = '…';

/// Bytes of text looked at for one column of an excerpt: letters take up to four, blanks and marks none.
const SEEN: usize = 16;

impl Excerpt {
    /// The lines that hold `range`, as one, cut on both sides so that no more than `room` columns are used.
    fn new(text: &str, range: Range<usize>, room: usize) -> Excerpt {
        // No more of the line than can be shown: a text may be one line of many megabytes.
        let floor = text.ceil_char_boundary(range.start.saturating_sub(room * SEEN));
        let ceiling = text.floor_char_boundary(range.end + room * SEEN);
        let start = text[floor..range.start].rfind('\n').map_or(floor, |at| floor + at + 1);
        let end = text[range.end..ceiling].find('\n').map_or(ceiling, |at| range.end + at);
        let before: Vec<char> = single_blanks(&text[start..range.start]).trim_start().chars().collect();
        let words: Vec<char> = single_blanks(&text[range.clone()]).chars().collect();
        let after: Vec<char> = single_blanks(&text[range.end..end]).trim_end().chars().collect();

        // The words themselves come first, then what leads to them, then what follows.
        let words = head(&words, room.saturating_sub(2).max(1));
        let left = room.saturating_sub(columns(&words));
        let before = tail(&before, left.saturating_sub(1).min((left / 2).max(left.saturating_sub(columns(&after)))));
        let after = head(&after, left - columns(&before).min(left));
        let indent = columns(&before);
        let carets = columns(&words).max(1);
        Excerpt { text: before.into_iter().chain(words).chain(after).collect(), indent, carets }
    }
}

/// The first `room` columns of `chars`, with a mark where something was cut.
fn head(chars: &[char], room: usize) -> Vec<char> {
    if columns(chars) <= room {
        return chars.to_vec();
    }
    let mut used = 0;
    let fits = |c: &&char| {
        used += column(**c);
        used < room
    };
    let mut kept: Vec<char> = chars.iter().take_while(fits).copied().collect();
    if room > 0 {
        kept.push(CUT);
    }
    kept
}

/// The last `room` columns of `chars`, with a mark where something was cut, from a whole word on.
fn tail(chars: &[char], room: usize) -> Vec<char> {
    if columns(chars) <= room {
        return chars.to_vec();
    }
    let mut used = 0;
    let fits = |c: &&char| {
        used += column(**c);
        used < room
    };
    let count = chars.iter().rev().take_while(fits).count();
    let mut kept = &chars[chars.len() - count..];
    if let Some(blank) = kept.iter().position(|c| *c == ' ').filter(|at| at + 1 < kept.len()) {
        kept = &kept[blank + 1..];
    }
    // A combining mark whose letter was cut would sit on the mark of the cut.
    let bare = kept.iter().position(|c| column(*c) > 0).unwrap_or(kept.len());
    let lead = (room > 0).then_some(CUT);
    lead.into_iter().chain(kept[bare..].iter().copied()).collect()
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|c| column(*c)).sum()
}

fn column(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Words of a document as they may be shown, every run of blanks as one.
fn single_blanks(text: &str) -> String {
    let mut out = plain(text);
    let mut last = 'x';
    out.retain(|c| {
        let again = c.is_whitespace() && last.is_whitespace();
        last = c;
        !again
    });
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(text: &str, words: &str, room: usize) -> String {
        let start = text.find(words).unwrap();
        let excerpt = Excerpt::new(text, start..start + words.len(), room);
        format!("{}\n{}{}", excerpt.text, " ".repeat(excerpt.indent), "^".repeat(excerpt.carets))
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(
            excerpt("Mở đầu\nCăn cứ Thông tư số 22 của Bộ;\nKết", "Thông tư số 22", 60),
            "Căn cứ Thông tư số 22 của Bộ;\n       ^^^^^^^^^^^^^^"
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}Thông tư số 22 {}", "trước ".repeat(80), "sau ".repeat(80));
        let shown = excerpt(&text, "Thông tư số 22", 40);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].width() <= 40, "{shown}");
        assert!(lines[0].starts_with('…') && lines[0].ends_with('…'), "{shown}");
        let at = lines[1].len() - lines[1].trim_start().len();
        assert!(lines[0].chars().skip(at).collect::<String>().starts_with("Thông tư số 22"), "{shown}");
    }

    #[test]
    fn words_broken_by_a_line_end_are_shown_as_one_line() {
        let shown =
            excerpt("theo Thông tư số 04/2014/TT-\nBGDĐT ngày 28/02/2014", "Thông tư số 04/2014/TT-\nBGDĐT", 60);
        assert_eq!(shown.lines().count(), 2);
        assert!(shown.starts_with("theo Thông tư số 04/2014/TT- BGDĐT ngày"), "{shown}");
    }

    #[test]
    fn marks_of_their_own_take_no_column() {
        // A letter and a mark that no composed letter exists for.
        let shown = excerpt("x\u{0323}\u{0323} Luật số 1", "Luật", 40);
        assert!(shown.ends_with("\n  ^^^^"), "{shown:?}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let shown = excerpt("a\u{1b}[31m Luật\t\u{202e}x", "Luật", 40);
        assert!(!shown.contains(['\u{1b}', '\t', '\u{202e}']), "{shown:?}");
    }

    #[test]
    fn what_was_accepted_or_known_is_counted() {
        let tally = Tally { files: 1, accepted: 2, known: 3, ..Tally::default() };
        assert!(tally.summary(None, Lang::Vi).ends_with("0 lưu ý; 2 đã được chấp nhận; 3 đã biết từ trước."));
        assert!(tally.summary(None, Lang::En).ends_with("0 notes; 2 accepted; 3 known before."));
    }

    #[test]
    fn the_summary_counts_in_both_languages() {
        let tally = Tally { files: 1, unreadable: 1, citations: 12, errors: 2, warnings: 1, ..Tally::default() };
        assert_eq!(
            tally.summary(Some("2024-01-26".parse().unwrap()), Lang::Vi),
            "Đã kiểm tra 1 tệp, 12 dẫn chiếu, tính đến ngày 26/01/2024: 2 lỗi, 1 cảnh báo, 0 lưu ý; 1 tệp không đọc được."
        );
        assert_eq!(
            tally.summary(None, Lang::En),
            "Checked 1 file, 12 citations, as of each document's own date: 2 errors, 1 warning, 0 notes; 1 file could not be read."
        );
    }

    proptest! {
        #[test]
        fn an_excerpt_keeps_to_its_room(text in "[a-zà-ỹ \n\u{0301}漢]{0,200}", at in 0usize..200, len in 0usize..40, room in 20usize..100) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = places[at.min(places.len() - 1)];
            let end = places[(at + len).min(places.len() - 1)];
            let excerpt = Excerpt::new(&text, start..end, room);
            prop_assert!(excerpt.text.width() <= room, "{:?}", excerpt.text);
            prop_assert!(excerpt.indent + excerpt.carets <= room + 1);
        }
    }
}
