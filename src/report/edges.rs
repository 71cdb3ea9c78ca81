//! Who cites what as terminal text: the other end, what is done to it, the sentence, the file.

use std::io;

use anstyle::Style;

use super::terminal::{BOLD, FAINT, Sheet, force_part};
use super::words;
use crate::law::Treatment;
use crate::library::{CitationView, Citations, HitKind, Paging};
use crate::text::{Lang, one_line};

/// From which end the edges are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Cites,
    CitedBy,
}

/// Writes a page of edges under a line that says how many there are.
///
/// # Errors
/// Those of the stream written to.
pub fn write(sheet: &mut Sheet<'_>, name: &str, edges: &Citations, side: Side, page: Paging) -> io::Result<()> {
    let line = format!("{name}: {}", summary(edges, side, sheet.lang));
    sheet.styled(0, &line, BOLD)?;
    list(sheet, edges, side, 0)?;
    let rest = edges.total.saturating_sub(page.offset + edges.edges.len());
    if rest > 0 {
        let next = page.offset + edges.edges.len();
        sheet.blank()?;
        sheet.styled(
            0,
            &match sheet.lang {
                Lang::Vi => format!("Còn {rest} dẫn chiếu nữa: thêm --offset {next}."),
                Lang::En => format!("{rest} more: add --offset {next}."),
            },
            FAINT,
        )?;
    }
    Ok(())
}

/// How many edges lead to how many ends.
pub(super) fn summary(edges: &Citations, side: Side, lang: Lang) -> String {
    let (total, distinct) = (edges.total, edges.distinct);
    match (side, lang) {
        (Side::CitedBy, Lang::Vi) if total == 0 => "chưa có tài liệu nào trong thư viện viện dẫn".to_owned(),
        (Side::CitedBy, Lang::En) if total == 0 => "cited by no document of the library".to_owned(),
        (Side::Cites, Lang::Vi) if total == 0 => {
            "không có dẫn chiếu nào, hoặc toàn văn không có trong thư viện".to_owned()
        }
        (Side::Cites, Lang::En) if total == 0 => "no citations, or its text is not in the library".to_owned(),
        (Side::CitedBy, Lang::Vi) => format!("được viện dẫn {total} lần trong {distinct} tài liệu"),
        (Side::CitedBy, Lang::En) => format!("cited {} in {}", count(total, "time"), count(distinct, "document")),
        (Side::Cites, Lang::Vi) => format!("viện dẫn {total} lần, {distinct} văn bản"),
        (Side::Cites, Lang::En) => format!("{} of {}", count(total, "citation"), count(distinct, "instrument")),
    }
}

/// The edges, those of one document under one heading.
pub(super) fn list(sheet: &mut Sheet<'_>, edges: &Citations, side: Side, indent: usize) -> io::Result<()> {
    let mut last: Option<&CitationView> = None;
    for edge in &edges.edges {
        let same_end = side == Side::CitedBy && last.is_some_and(|last| last.id == edge.id);
        if !same_end {
            sheet.blank()?;
            head(sheet, edge, side, indent)?;
        }
        // A sentence that cites twice is shown once.
        if !(same_end && last.is_some_and(|last| last.sentence == edge.sentence && last.treatment == edge.treatment)) {
            body(sheet, edge, indent + 2)?;
        }
        last = Some(edge);
    }
    Ok(())
}

fn head(sheet: &mut Sheet<'_>, edge: &CitationView, side: Side, indent: usize) -> io::Result<()> {
    let lang = sheet.lang;
    let unresolved = lang.pick("chưa xác định được văn bản", "instrument not told");
    let name = match (&edge.number, &edge.title, side) {
        (Some(number), ..) => number.clone(),
        (None, Some(title), _) => title.clone(),
        (None, None, Side::CitedBy) => edge.path.clone(),
        (None, None, Side::Cites) => edge.text.clone(),
    };
    let state = if edge.id.is_none() { (unresolved.to_owned(), FAINT) } else { force_part(edge.force, lang) };
    let date = edge.date.map(|date| words::date(date, lang)).unwrap_or_default();
    sheet.parts(indent, &[(name.clone(), BOLD), (date, Style::new()), state])?;
    if let Some(title) = edge.title.as_ref().filter(|title| **title != name) {
        sheet.text(indent + 2, title)?;
    }
    if edge.kind == HitKind::Document && edge.path != name {
        sheet.styled(indent + 2, &edge.path, FAINT)?;
    }
    Ok(())
}

fn body(sheet: &mut Sheet<'_>, edge: &CitationView, indent: usize) -> io::Result<()> {
    let lang = sheet.lang;
    let mut what = Vec::new();
    if edge.treatment != Treatment::Cites {
        what.push(words::treatment(edge.treatment, lang).to_owned());
    }
    what.extend(edge.pin.iter().map(|pin| words::pinpoint(pin, lang)));
    if !what.is_empty() {
        sheet.styled(indent, &what.join(", "), Style::new().italic())?;
    }
    let words = one_line(&edge.text);
    let highlights = edge.sentence.find(&words).map(|at| at..at + words.len());
    sheet.marked(indent, &edge.sentence, highlights.as_slice())
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
