//! An instrument, or a document without a number, as terminal text.

use std::io;

use anstyle::Style;

use super::citations::{self, Side};
use super::{BOLD, FAINT, TerminalPage, force_style};
use crate::law::{Date, Instrument};
use crate::library::{Citations, DocumentRef, DocumentView, InstrumentView, RelationView};
use crate::report::glossary;
use crate::text::Lang;

/// Writes the facts, relations and first citations of an instrument.
///
/// # Errors
/// Those of the stream written to.
pub fn write(
    out: &mut TerminalPage<'_>,
    view: &InstrumentView,
    cites: &Citations,
    cited_by: &Citations,
) -> io::Result<()> {
    let lang = out.lang;
    name(out, view)?;
    out.blank()?;
    force(out, view)?;
    match (&view.facts, view.documents.first()) {
        (Some(facts), _) => facts_of_register(out, facts)?,
        (None, document) => facts_of_document(out, document)?,
    }
    out.field(lang.pick("Mã định danh", "Id"), &view.id, FAINT)?;
    for document in &view.documents {
        out.field(lang.pick("Toàn văn", "Text"), &document.path, Style::new())?;
    }
    if !view.same_number.is_empty() {
        out.field(lang.pick("Cùng số, ký hiệu", "Same number"), &view.same_number.join(", "), FAINT)?;
    }
    relations(
        out,
        lang.pick("Tác động tới văn bản khác", "What it does to others"),
        &view.acts_on,
        glossary::treatment,
    )?;
    relations(
        out,
        lang.pick("Chịu tác động của văn bản khác", "What others do to it"),
        &view.acted_on_by,
        glossary::treated_by,
    )?;
    citations(out, cites, cited_by)
}

/// Its kind and number, and its title.
fn name(out: &mut TerminalPage<'_>, view: &InstrumentView) -> io::Result<()> {
    let document = view.documents.first();
    let facts = view.facts.as_ref();
    let kind = match facts {
        Some(facts) => facts.kind.as_str(),
        None => document.and_then(|document| document.kind.as_deref()).unwrap_or_default(),
    };
    let title = facts.map(|facts| facts.title.as_str()).filter(|title| !title.is_empty());
    let title = title.or_else(|| document.and_then(|document| document.title.as_deref()));
    let name = match &view.number {
        Some(number) => format!("{kind} {number}").trim_start().to_owned(),
        None => title.unwrap_or(&view.id).to_owned(),
    };
    out.styled(0, &name, BOLD)?;
    if let Some(title) = title.filter(|title| *title != name) {
        out.text(0, title)?;
    }
    Ok(())
}

/// Its force on the day, and what to cite instead.
fn force(out: &mut TerminalPage<'_>, view: &InstrumentView) -> io::Result<()> {
    let lang = out.lang;
    let as_of = glossary::date(view.as_of, lang);
    let force = glossary::force(view.force, lang);
    let force = match lang {
        Lang::Vi => format!("{force} (tính đến ngày {as_of})"),
        Lang::En => format!("{force} (as of {as_of})"),
    };
    out.field(lang.pick("Hiệu lực", "Force"), &force, force_style(view.force))?;
    if let Some(successor) = &view.successor {
        let named = relation_name(successor, lang);
        out.field(lang.pick("Văn bản thay thế", "Cite instead"), &named, BOLD)?;
    }
    Ok(())
}

/// What the register states.
fn facts_of_register(out: &mut TerminalPage<'_>, facts: &Instrument) -> io::Result<()> {
    let lang = out.lang;
    let place = facts.locality.as_ref().map_or("", |place| place.as_str());
    let issuer = [facts.issuer.as_str(), place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let day = |date: Option<Date>| date.map(|date| glossary::date(date, lang)).unwrap_or_default();
    for (label, value) in [
        (lang.pick("Cơ quan ban hành", "Issuer"), issuer.join(", ")),
        (lang.pick("Ngày ban hành", "Issued"), day(facts.issued)),
        (lang.pick("Ngày có hiệu lực", "Commences"), day(facts.commences)),
        (lang.pick("Hết hiệu lực từ", "Ended"), day(facts.ended)),
        (lang.pick("Độ tin cậy", "Confidence"), glossary::confidence(facts.confidence, lang).to_owned()),
        (lang.pick("Nguồn", "Source"), glossary::source(&facts.source, lang)),
        (lang.pick("Xác nhận gần nhất", "Last confirmed"), day(facts.force_as_of)),
    ] {
        out.field(label, &value, Style::new())?;
    }
    Ok(())
}

/// What the header of its text states, where the register does not have the instrument.
fn facts_of_document(out: &mut TerminalPage<'_>, document: Option<&DocumentRef>) -> io::Result<()> {
    let lang = out.lang;
    if let Some(document) = document {
        let date = document.date.map(|date| glossary::date(date, lang)).unwrap_or_default();
        let issuer = document.issuer.as_deref().unwrap_or_default();
        out.field(lang.pick("Cơ quan ban hành", "Issuer"), issuer, Style::new())?;
        out.field(lang.pick("Ngày ban hành", "Issued"), &date, Style::new())?;
    }
    let note = lang.pick("không có trong sổ đăng ký văn bản", "not in the register");
    out.field(lang.pick("Sổ đăng ký", "Register"), note, FAINT)
}

/// Writes a document that has no number.
///
/// # Errors
/// Those of the stream written to.
pub fn write_document(
    out: &mut TerminalPage<'_>,
    view: &DocumentView,
    cites: &Citations,
    cited_by: &Citations,
) -> io::Result<()> {
    let lang = out.lang;
    let header = &view.header;
    out.styled(0, header.title.as_deref().unwrap_or(&view.path), BOLD)?;
    out.blank()?;
    let date = header.date.map(|date| glossary::date(date, lang)).unwrap_or_default();
    for (label, value) in [
        (lang.pick("Loại văn bản", "Kind"), header.kind.as_deref().unwrap_or("")),
        (lang.pick("Cơ quan ban hành", "Issuer"), header.issuer.as_deref().unwrap_or("")),
        (lang.pick("Ngày ban hành", "Issued"), date.as_str()),
        (lang.pick("Mã định danh", "Id"), view.id.as_str()),
        (lang.pick("Tệp", "File"), view.path.as_str()),
    ] {
        out.field(label, value, Style::new())?;
    }
    citations(out, cites, cited_by)
}

fn citations(out: &mut TerminalPage<'_>, cites: &Citations, cited_by: &Citations) -> io::Result<()> {
    let lang = out.lang;
    for (edges, side) in [(cites, Side::Cites), (cited_by, Side::CitedBy)] {
        if edges.total == 0 {
            continue;
        }
        let line = citations::summary(edges, side, lang);
        let head = match side {
            Side::Cites => lang.pick("Dẫn chiếu", "What it cites"),
            Side::CitedBy => lang.pick("Được dẫn chiếu", "Who cites it"),
        };
        out.heading(&format!("{head} ({line})"))?;
        citations::list(out, edges, side, 2)?;
        let rest = edges.total - edges.edges.len();
        if rest > 0 {
            let command = match side {
                Side::Cites => "cites",
                Side::CitedBy => "cited-by",
            };
            out.blank()?;
            let line = match lang {
                Lang::Vi => format!("Còn {rest} dẫn chiếu nữa: danchieu {command} {}", edges.instrument),
                Lang::En => format!("{rest} more: danchieu {command} {}", edges.instrument),
            };
            out.styled(2, &line, FAINT)?;
        }
    }
    Ok(())
}

fn relations(
    out: &mut TerminalPage<'_>,
    heading: &str,
    relations: &[RelationView],
    verb: fn(crate::law::Treatment, Lang) -> &'static str,
) -> io::Result<()> {
    if relations.is_empty() {
        return Ok(());
    }
    let lang = out.lang;
    out.heading(heading)?;
    for relation in relations {
        let since = relation.date.map(|date| match lang {
            Lang::Vi => format!("từ {}", glossary::date(date, lang)),
            Lang::En => format!("from {}", glossary::date(date, lang)),
        });
        out.parts(
            2,
            &[
                (verb(relation.treatment, lang).to_owned(), Style::new().italic()),
                (relation.number.clone(), BOLD),
                (since.unwrap_or_default(), Style::new()),
                (glossary::confidence(relation.confidence, lang).to_owned(), FAINT),
            ],
        )?;
        if let Some(title) = &relation.title {
            out.text(4, title)?;
        }
        if let Some(provision) = &relation.provision {
            out.styled(4, provision, FAINT)?;
        }
        let source = glossary::source(&relation.source, lang);
        if !source.is_empty() {
            let confirmed = relation.confirmed.map(|day| glossary::date(day, lang)).map(|day| match lang {
                Lang::Vi => format!(", xác nhận {day}"),
                Lang::En => format!(", confirmed {day}"),
            });
            let line = format!("{}: {source}{}", lang.pick("nguồn", "source"), confirmed.unwrap_or_default());
            out.styled(4, &line, FAINT)?;
        }
    }
    Ok(())
}

fn relation_name(relation: &RelationView, lang: Lang) -> String {
    let since = relation.date.map(|date| glossary::date(date, lang));
    let since = match (since, lang) {
        (None, _) => String::new(),
        (Some(day), Lang::Vi) => format!(" (từ {day})"),
        (Some(day), Lang::En) => format!(" (from {day})"),
    };
    match &relation.title {
        Some(title) => format!("{}{since}: {title}", relation.number),
        None => format!("{}{since}", relation.number),
    }
}
