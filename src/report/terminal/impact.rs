//! Which documents rest on an instrument, as terminal text.

use std::io;

use anstyle::Style;

use super::{BOLD, FAINT, TerminalPage, force_style};
use crate::law::Force;
use crate::library::{AffectedDocument, Impact, ImpactInstrument, ImpactSuccessor};
use crate::report::glossary;
use crate::text::{Lang, counted, one_line};

/// Writes the instrument, how many documents rest on it, and each document with its citations.
///
/// # Errors
/// Those of the stream written to.
pub fn write(out: &mut TerminalPage<'_>, impact: &Impact) -> io::Result<()> {
    let lang = out.lang;
    let ImpactInstrument { number, title, force, successor, .. } = &impact.instrument;
    out.parts(0, &[(impact.name().to_owned(), BOLD), (state(impact, lang), force_style(*force))])?;
    if let (Some(_), Some(title)) = (number, title) {
        out.text(2, title)?;
    }
    if let Some(ImpactSuccessor { number, title, date }) = successor {
        let title = title.as_ref().map_or(String::new(), |title| format!(", {title}"));
        let since = date.map_or(String::new(), |date| match lang {
            Lang::Vi => format!(" (từ ngày {})", glossary::date(date, lang)),
            Lang::En => format!(" (from {date})"),
        });
        out.text(2, &format!("{} {number}{title}{since}", lang.pick("Nay viện dẫn:", "Cite now:")))?;
    }
    out.styled(0, &summary(impact, lang), BOLD)?;
    for document in &impact.documents {
        out.blank()?;
        write_document(out, document)?;
    }
    Ok(())
}

/// The force of the instrument, with the day since or for which it is so.
fn state(impact: &Impact, lang: Lang) -> String {
    let force = impact.instrument.force;
    let name = glossary::force(force, lang);
    match (force, impact.instrument.ended, lang) {
        (Force::Ended, Some(ended), Lang::Vi) => format!("{name} từ ngày {}", glossary::date(ended, lang)),
        (Force::Ended, Some(ended), Lang::En) => format!("{name} on {ended}"),
        (_, _, Lang::Vi) => format!("{name} (tính đến ngày {})", glossary::date(impact.as_of, lang)),
        (_, _, Lang::En) => format!("{name} (as of {})", glossary::date(impact.as_of, lang)),
    }
}

/// How many documents rest on the instrument, and how many only cite it.
fn summary(impact: &Impact, lang: Lang) -> String {
    let resting = impact.documents.iter().filter(|one| one.rests()).count();
    let only = impact.documents.len() - resting;
    match lang {
        Lang::Vi if impact.total == 0 => "Không có tài liệu nào viện dẫn.".to_owned(),
        Lang::En if impact.total == 0 => "No document cites it.".to_owned(),
        Lang::Vi => {
            format!("{resting} tài liệu căn cứ vào hoặc hướng dẫn thực hiện, {only} tài liệu chỉ viện dẫn.")
        }
        Lang::En => {
            let (rest, carry) = if resting == 1 { ("rests", "carries") } else { ("rest", "carry") };
            let cites = if only == 1 { "cites" } else { "cite" };
            format!("{} {rest} on it or {carry} it out, {only} only {cites} it.", counted(resting, "document"))
        }
    }
}

fn write_document(out: &mut TerminalPage<'_>, document: &AffectedDocument) -> io::Result<()> {
    let lang = out.lang;
    let date = document.date.map(|date| glossary::date(date, lang)).unwrap_or_default();
    let number = document.number.clone().unwrap_or_default();
    out.parts(0, &[(number, BOLD), (date, Style::new()), (document.path.clone(), FAINT)])?;
    if let Some(title) = &document.title {
        out.text(2, title)?;
    }
    for citation in &document.citations {
        let line = format!("{} {}", lang.pick("dòng", "line"), citation.line);
        let mut what = vec![glossary::treatment(citation.treatment, lang).to_owned(), line];
        what.extend(citation.pin.iter().map(|pin| glossary::pinpoint(pin, lang)));
        out.styled(2, &what.join(", "), Style::new().italic())?;
        let cited = one_line(&citation.text);
        let marked = citation.sentence.find(&cited).map(|at| at..at + cited.len());
        out.marked(4, &citation.sentence, marked.as_slice())?;
    }
    Ok(())
}
