//! What an import did or would do: a diff with a line for each row, as text and as a record.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::{BOLD, FAINT, TerminalPage};
use crate::register::RowProblem;
use crate::register::import::{Change, Entry, ImportReport};
use crate::text::Lang;

/// An import as machines read it. The lists are cut to the limit asked for, the counts are whole.
#[derive(Debug, Serialize)]
pub struct ImportRecord {
    file: String,
    dry_run: bool,
    columns: String,
    lines: u64,
    added: usize,
    changed: usize,
    same: usize,
    conflicts: usize,
    doubtful: usize,
    problems: usize,
    unknown_words: BTreeMap<String, usize>,
    additions: Vec<RowRecord>,
    changes: Vec<RowRecord>,
    conflicting: Vec<RowRecord>,
    left_out: Vec<LineRecord>,
}

#[derive(Debug, Serialize)]
struct RowRecord {
    line: u64,
    row: String,
    facts: Vec<FactRecord>,
}

#[derive(Debug, Serialize)]
struct FactRecord {
    column: &'static str,
    existing: String,
    imported: String,
}

#[derive(Debug, Serialize)]
struct LineRecord {
    line: u64,
    reason: String,
}

/// The report of one file.
pub fn record(file: &Path, report: &ImportReport, dry_run: bool, limit: usize, lang: Lang) -> ImportRecord {
    let fact = |change: &Change| FactRecord {
        column: change.column,
        existing: change.old.clone(),
        imported: change.new.clone(),
    };
    let rows = |entries: &[Entry]| -> Vec<RowRecord> {
        let entries = entries.iter().take(limit);
        entries
            .map(|entry| RowRecord {
                line: entry.line,
                row: entry.what.clone(),
                facts: entry.changes.iter().map(fact).collect(),
            })
            .collect()
    };
    let left_out = report.problems.iter().take(limit);
    ImportRecord {
        file: file.display().to_string(),
        dry_run,
        columns: report.columns.clone(),
        lines: report.lines,
        added: report.added.len(),
        changed: report.changed.len(),
        same: report.same,
        conflicts: report.conflicts.len(),
        doubtful: report.doubtful.len(),
        problems: report.problems.len(),
        unknown_words: report.unknown_words.clone(),
        additions: rows(&report.added),
        changes: rows(&report.changed),
        conflicting: rows(&report.conflicts),
        left_out: left_out
            .map(|problem| LineRecord { line: problem.line, reason: problem.reason.in_lang(lang).to_owned() })
            .collect(),
    }
}

/// Writes the report of one file; the additions only where nothing is written to the register.
///
/// # Errors
/// Those of the stream written to.
pub fn write(
    out: &mut TerminalPage<'_>,
    file: &Path,
    report: &ImportReport,
    dry_run: bool,
    limit: usize,
) -> io::Result<()> {
    let lang = out.lang;
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    out.styled(0, &file.display().to_string(), BOLD)?;
    out.field(lang.pick("Cột", "Columns"), &report.columns, FAINT)?;
    for (label, count) in [
        (lang.pick("Dòng đã đọc", "Lines read"), report.lines as usize),
        (lang.pick("Thêm mới", "Added"), report.added.len()),
        (lang.pick("Bổ sung, cập nhật", "Changed"), report.changed.len()),
        (lang.pick("Đã biết", "Known"), report.same),
        (lang.pick("Mâu thuẫn", "In conflict"), report.conflicts.len()),
        (lang.pick("Tự mâu thuẫn", "Doubtful"), report.doubtful.len()),
        (lang.pick("Bỏ qua", "Left out"), report.problems.len()),
    ] {
        out.field(label, &count.to_string(), Style::new())?;
    }
    let words: Vec<String> = report.unknown_words.iter().map(|(word, times)| format!("“{word}” ({times})")).collect();
    if !words.is_empty() {
        let head = lang.pick("Tình trạng chưa hiểu", "States not understood");
        out.field(head, &words.join(", "), Style::new())?;
    }
    if dry_run {
        list(out, lang.pick("Sẽ thêm", "Would be added"), "+", colour(AnsiColor::Green), &report.added, limit)?;
    }
    let changed =
        if dry_run { lang.pick("Sẽ thay đổi", "Would change") } else { lang.pick("Đã thay đổi", "Changed") };
    list(out, changed, "~", colour(AnsiColor::Yellow), &report.changed, limit)?;
    let head = lang.pick("Mâu thuẫn (đang có ≠ trong tệp)", "In conflict (the register ≠ the file)");
    list(out, head, "!", colour(AnsiColor::Red), &report.conflicts, limit)?;
    let head = lang.pick("Tự mâu thuẫn, ghi là chưa chắc chắn", "Contradict themselves, taken as unsure");
    problems(out, head, &report.doubtful, limit)?;
    problems(out, lang.pick("Bỏ qua", "Left out"), &report.problems, limit)
}

fn list(
    out: &mut TerminalPage<'_>,
    heading: &str,
    mark: &str,
    style: Style,
    entries: &[Entry],
    limit: usize,
) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    out.heading(heading)?;
    for entry in entries.iter().take(limit) {
        let facts: Vec<String> = entry.changes.iter().map(|change| fact(change, mark)).collect();
        let line = format!(" ({} {})", out.lang.pick("dòng", "line"), entry.line);
        out.line(&[("  ", style), (mark, style), (" ", style), (&entry.what, BOLD), (&line, FAINT)])?;
        for fact in facts {
            out.text(6, &fact)?;
        }
    }
    more(out, entries.len(), limit)
}

fn fact(change: &Change, mark: &str) -> String {
    let Change { column, old, new } = change;
    match (mark, old.as_str()) {
        (_, "") => format!("{column}: {new}"),
        ("!", _) => format!("{column}: {old} ≠ {new}"),
        _ => format!("{column}: {old} → {new}"),
    }
}

fn problems(out: &mut TerminalPage<'_>, heading: &str, problems: &[RowProblem], limit: usize) -> io::Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let lang = out.lang;
    out.heading(heading)?;
    for problem in problems.iter().take(limit) {
        out.text(2, &problem.message(lang))?;
    }
    more(out, problems.len(), limit)
}

fn more(out: &mut TerminalPage<'_>, all: usize, limit: usize) -> io::Result<()> {
    let left = all.saturating_sub(limit);
    if left == 0 {
        return Ok(());
    }
    let line = match out.lang {
        Lang::Vi => format!("… và {left} mục nữa (--limit {all} để xem hết)"),
        Lang::En => format!("… and {left} more (--limit {all} shows all)"),
    };
    out.styled(2, &line, FAINT)
}
