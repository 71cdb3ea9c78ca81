//! Who cites what as terminal text: the other end, what is done to it, the sentence, the file.

use std::io;

use anstyle::Style;

use super::{BOLD, FAINT, TerminalPage, force_part};
use crate::law::Treatment;
use crate::library::{CitationView, Citations, HitKind, Paging};
use crate::report::glossary;
use crate::text::{Lang, counted, one_line};

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
pub fn write(out: &mut TerminalPage<'_>, name: &str, edges: &Citations, side: Side, page: Paging) -> io::Result<()> {
    let line = format!("{name}: {}", summary(edges, side, out.lang));
    out.styled(0, &line, BOLD)?;
    list(out, edges, side, 0)?;
    let rest = edges.total.saturating_sub(page.offset + edges.edges.len());
    if rest > 0 {
        let next = page.offset + edges.edges.len();
        out.blank()?;
        out.styled(
            0,
            &match out.lang {
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
        (Side::CitedBy, Lang::En) => format!("cited {} in {}", counted(total, "time"), counted(distinct, "document")),
        (Side::Cites, Lang::Vi) => format!("viện dẫn {total} lần, {distinct} văn bản"),
        (Side::Cites, Lang::En) => format!("{} of {}", counted(total, "citation"), counted(distinct, "instrument")),
    }
}

/// The edges, those of one document under one heading.
pub(super) fn list(out: &mut TerminalPage<'_>, edges: &Citations, side: Side, indent: usize) -> io::Result<()> {
    let mut last: Option<&CitationView> = None;
    for edge in &edges.edges {
        let same_end = side == Side::CitedBy && last.is_some_and(|last| last.id == edge.id);
        if !same_end {
            out.blank()?;
            head(out, edge, side, indent)?;
        }
        // A sentence that cites twice is shown once.
        if !(same_end && last.is_some_and(|last| last.sentence == edge.sentence && last.treatment == edge.treatment)) {
            body(out, edge, indent + 2)?;
        }
        last = Some(edge);
    }
    Ok(())
}

fn head(out: &mut TerminalPage<'_>, edge: &CitationView, side: Side, indent: usize) -> io::Result<()> {
    let lang = out.lang;
    let unresolved = lang.pick("chưa xác định được văn bản", "instrument not told");
    let name = match (&edge.number, &edge.title, side) {
        (Some(number), ..) => number.clone(),
        (None, Some(title), _) => title.clone(),
        (None, None, Side::CitedBy) => edge.path.clone(),
        (None, None, Side::Cites) => edge.text.clone(),
    };
    let state = if edge.id.is_none() { (unresolved.to_owned(), FAINT) } else { force_part(edge.force, lang) };
    let date = edge.date.map(|date| glossary::date(date, lang)).unwrap_or_default();
    out.parts(indent, &[(name.clone(), BOLD), (date, Style::new()), state])?;
    if let Some(title) = edge.title.as_ref().filter(|title| **title != name) {
        out.text(indent + 2, title)?;
    }
    if edge.kind == HitKind::Document && edge.path != name {
        out.styled(indent + 2, &edge.path, FAINT)?;
    }
    Ok(())
}

fn body(out: &mut TerminalPage<'_>, edge: &CitationView, indent: usize) -> io::Result<()> {
    let lang = out.lang;
    let mut what = Vec::new();
    if edge.treatment != Treatment::Cites {
        what.push(glossary::treatment(edge.treatment, lang).to_owned());
    }
    what.extend(edge.pin.iter().map(|pin| glossary::pinpoint(pin, lang)));
    if !what.is_empty() {
        out.styled(indent, &what.join(", "), Style::new().italic())?;
    }
    let words = one_line(&edge.text);
    let highlights = edge.sentence.find(&words).map(|at| at..at + words.len());
    out.marked(indent, &edge.sentence, highlights.as_slice())
}
