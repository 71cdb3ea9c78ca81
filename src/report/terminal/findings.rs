//! Findings as a person reads them in a terminal: the place, the message, the line cut to the width of the
//! terminal with the words underlined, and what to write instead.

use std::io;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{BOLD, FAINT, TerminalPage, plain};
use crate::check::policy::Accepted;
use crate::check::{self, Finding, Severity};
use crate::read::Document;
use crate::report::{Tally, glossary};
use crate::text::{Lang, Lines, counted};

/// Writes the findings of one document.
///
/// # Errors
/// Those of the stream the out is written to.
pub fn write(out: &mut TerminalPage<'_>, document: &Document, findings: &[Finding]) -> io::Result<()> {
    let lang = out.lang;
    let none = Style::new();
    let lines = Lines::new(document.text.source());
    for finding in findings {
        let source = document.text.to_source(finding.range.clone());
        let (line, column) = lines.place(source.start);
        let colour = colour(finding.severity);
        let place = format!("{}:{line}:{column}", document.path);
        let severity = format!(" {}", glossary::severity(finding.severity, lang));
        let title = check::rule(finding.rule).map_or("", |rule| lang.pick(rule.title_vi, ""));
        let rule =
            if title.is_empty() { format!(" [{}]", finding.rule) } else { format!(": {title} [{}]", finding.rule) };
        out.line(&[(&place, BOLD), (&severity, colour), (&rule, FAINT)])?;
        out.text(2, finding.message.in_lang(lang))?;
        let margin = format!("{line:>5} | ");
        let under = format!("{:>1$}", "| ", margin.len());
        let room = out.width() - margin.len();
        let excerpt = Excerpt::new(document.text.as_str(), finding.range.clone(), room);
        out.line(&[(&margin, FAINT), (&excerpt.text, none)])?;
        let carets = "^".repeat(excerpt.carets);
        out.line(&[(&under, FAINT), (&" ".repeat(excerpt.indent), none), (&carets, colour)])?;
        if let Some(basis) = &finding.basis {
            let basis = format!("{} {}", lang.pick("Căn cứ:", "Basis:"), basis.in_lang(lang));
            out.styled(2, &basis, FAINT)?;
        }
        if let Some(suggestion) = &finding.suggestion {
            let suggestion = format!("{} {suggestion}", lang.pick("Viết lại:", "Write:"));
            out.styled(2, &suggestion, Style::new().fg_color(Some(AnsiColor::Green.into())))?;
        }
        out.blank()?;
    }
    Ok(())
}

/// Writes the findings that the office accepts, one line each, with its reasons.
///
/// # Errors
/// Those of the stream the out is written to.
pub fn write_accepted(out: &mut TerminalPage<'_>, document: &Document, accepted: &[Accepted]) -> io::Result<()> {
    let lang = out.lang;
    let lines = Lines::new(document.text.source());
    for Accepted { finding, reason, until } in accepted {
        let (line, column) = lines.place(document.text.to_source(finding.range.clone()).start);
        let place = format!("{}:{line}:{column}", document.path);
        let words = single_blanks(document.text.as_str().get(finding.range.clone()).unwrap_or_default());
        let rule = format!(" {} [{}]", lang.pick("đã chấp nhận", "accepted"), finding.rule);
        out.line(&[(&place, BOLD), (&rule, FAINT)])?;
        out.text(2, &format!("“{words}”"))?;
        let until = until.map_or(String::new(), |day| {
            format!(" ({} {})", lang.pick("đến hết ngày", "until"), glossary::date(day, lang))
        });
        out.text(2, &format!("{} {reason}{until}", lang.pick("Lý do:", "Reason:")))?;
        out.blank()?;
    }
    Ok(())
}

/// Writes how much was found in each file; files without findings are counted and not listed.
///
/// # Errors
/// Those of the stream the out is written to.
pub fn write_table(out: &mut TerminalPage<'_>, files: &[(String, Tally)]) -> io::Result<()> {
    let lang = out.lang;
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
        out.line(&[(&head, FAINT), (lang.pick("Tệp", "File"), FAINT)])?;
    }
    for (path, tally) in &with {
        let cells: Vec<(String, Style)> = [tally.errors, tally.warnings, tally.notes]
            .iter()
            .enumerate()
            .map(|(at, count)| (cell(&count.to_string(), at), if *count > 0 { heads[at].1 } else { FAINT }))
            .collect();
        let mut row: Vec<(&str, Style)> = cells.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        row.push((path, Style::new()));
        out.line(&row)?;
    }
    let clean = files.len() - with.len();
    if clean > 0 {
        let said = match lang {
            Lang::Vi => format!("{clean} tệp không có phát hiện nào."),
            Lang::En => format!("{} without findings.", counted(clean, "file")),
        };
        out.line(&[(&said, FAINT)])?;
    }
    out.blank()
}

fn colour(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

/// A stretch of text around the words at fault, and where they are in it, in columns.
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
