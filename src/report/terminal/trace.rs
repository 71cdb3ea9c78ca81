//! Ways through the graph and rankings as terminal text.

use std::io;

use anstyle::Style;

use super::{BOLD, FAINT, TerminalPage, force_part};
use crate::law::{Force, Treatment};
use crate::library::{CitationPath, Dependents, PathNode, Ranked};
use crate::report::glossary;
use crate::text::Lang;

/// Writes a way from one instrument to another, a step a paragraph.
///
/// # Errors
/// Those of the stream written to.
pub fn chain(out: &mut TerminalPage<'_>, chain: &CitationPath, (from, to): (&str, &str)) -> io::Result<()> {
    let lang = out.lang;
    let steps = chain.nodes.len().saturating_sub(1);
    if chain.nodes.is_empty() {
        let most = chain.most;
        return out.text(
            0,
            &match lang {
                Lang::Vi => format!("Không có đường dẫn chiếu nào từ {from} đến {to} trong {most} bước."),
                Lang::En => format!("No way of citations leads from {from} to {to} in {most} steps."),
            },
        );
    }
    let head = match lang {
        Lang::Vi => format!("Từ {from} đến {to}: {steps} bước"),
        Lang::En => format!("From {from} to {to}: {steps} {}", if steps == 1 { "step" } else { "steps" }),
    };
    out.styled(0, &head, BOLD)?;
    for node in &chain.nodes {
        out.blank()?;
        reached(out, node, 2 * node.steps.min(8))?;
    }
    Ok(())
}

/// Writes what rests on an instrument, the nearest first.
///
/// # Errors
/// Those of the stream written to.
pub fn resting(out: &mut TerminalPage<'_>, resting: &Dependents, name: &str) -> io::Result<()> {
    let lang = out.lang;
    let total = resting.nodes.len();
    let direct = resting.nodes.iter().filter(|node| node.steps == 1).count();
    let head = match lang {
        Lang::Vi if total == 0 => format!("{name}: chưa có tài liệu nào trong thư viện dựa vào"),
        Lang::En if total == 0 => format!("{name}: nothing in the library rests on it"),
        Lang::Vi => format!("{name}: {total} văn bản dựa vào, {direct} trực tiếp"),
        Lang::En => format!("{name}: {total} rest on it, {direct} directly"),
    };
    out.styled(0, &head, BOLD)?;
    let mut last = 0;
    for node in &resting.nodes {
        if node.steps != last {
            last = node.steps;
            out.heading(&match lang {
                Lang::Vi if last == 1 => "Trực tiếp".to_owned(),
                Lang::En if last == 1 => "Directly".to_owned(),
                Lang::Vi => format!("Qua {} văn bản khác", last - 1),
                Lang::En => format!("By way of {} other{}", last - 1, if last == 2 { "" } else { "s" }),
            })?;
        }
        entry(out, node, &resting.nodes)?;
    }
    if !resting.complete {
        out.blank()?;
        out.styled(0, lang.pick("Còn nữa: tăng --limit.", "There are more: raise --limit."), FAINT)?;
    }
    Ok(())
}

/// Writes what is cited together with an instrument.
///
/// # Errors
/// Those of the stream written to.
pub fn together(out: &mut TerminalPage<'_>, found: &[Ranked], name: &str) -> io::Result<()> {
    let head = match out.lang {
        Lang::Vi if found.is_empty() => format!("{name}: không có văn bản nào được viện dẫn cùng"),
        Lang::En if found.is_empty() => format!("{name}: nothing is cited together with it"),
        Lang::Vi => format!("Được viện dẫn cùng {name}"),
        Lang::En => format!("Cited together with {name}"),
    };
    out.styled(0, &head, BOLD)?;
    ranked(out, found)
}

/// Writes the instruments cited most.
///
/// # Errors
/// Those of the stream written to.
pub fn most(out: &mut TerminalPage<'_>, found: &[Ranked]) -> io::Result<()> {
    let head = if found.is_empty() {
        out.lang.pick("Không có văn bản nào như vậy được viện dẫn", "No such instrument is cited")
    } else {
        out.lang.pick("Được viện dẫn nhiều nhất", "Cited most")
    };
    out.styled(0, head, BOLD)?;
    ranked(out, found)
}

fn ranked(out: &mut TerminalPage<'_>, found: &[Ranked]) -> io::Result<()> {
    let lang = out.lang;
    for one in found {
        let label = one.number.clone().or_else(|| one.title.clone()).unwrap_or_else(|| one.id.clone());
        let counts = match lang {
            Lang::Vi => format!("{} tài liệu, {} lần", one.documents, one.citations),
            Lang::En => format!("{} documents, {} citations", one.documents, one.citations),
        };
        out.blank()?;
        out.parts(0, &[(label.clone(), BOLD), (counts, Style::new()), force_part(one.force, lang)])?;
        if let Some(title) = one.title.as_ref().filter(|title| **title != label) {
            out.text(2, title)?;
        }
        if let Some(successor) = &one.successor {
            let now = lang.pick("nay viện dẫn", "cite now");
            out.styled(2, &format!("{now}: {successor}"), Style::new().italic())?;
        }
    }
    Ok(())
}

/// A node of a way, with what led to it.
fn reached(out: &mut TerminalPage<'_>, node: &PathNode, indent: usize) -> io::Result<()> {
    let lang = out.lang;
    if node.by.is_some() {
        let verb = match node.treatment {
            Treatment::Cites => lang.pick("viện dẫn", "cites"),
            other => glossary::treatment(other, lang),
        };
        out.styled(indent, &format!("↳ {verb}"), Style::new().italic())?;
    }
    out.parts(indent, &label(node, lang))?;
    if let Some(title) = node.title.as_ref().filter(|title| **title != node.label) {
        out.text(indent + 2, title)?;
    }
    if let Some(sentence) = &node.sentence {
        out.styled(indent + 2, sentence, FAINT)?;
    }
    Ok(())
}

/// A node of a list.
fn entry(out: &mut TerminalPage<'_>, node: &PathNode, list: &[PathNode]) -> io::Result<()> {
    let lang = out.lang;
    let mut parts = label(node, lang);
    if node.treatment != Treatment::Cites {
        parts.push((glossary::treatment(node.treatment, lang).to_owned(), Style::new().italic()));
    }
    if let Some(by) = node.by.as_ref().filter(|_| node.steps > 1) {
        let by = list.iter().find(|one| one.id == *by).map_or(by, |one| &one.label);
        parts.push((format!("{} {by}", lang.pick("qua", "by way of")), FAINT));
    }
    out.parts(0, &parts)?;
    if let Some(title) = node.title.as_ref().filter(|title| **title != node.label) {
        out.text(2, title)?;
    }
    Ok(())
}

fn label(node: &PathNode, lang: Lang) -> Vec<(String, Style)> {
    let mut parts = vec![(node.label.clone(), BOLD)];
    if node.force != Force::Unknown {
        parts.push(force_part(node.force, lang));
    }
    parts
}
