//! What is wrong in the register's tables, as lines with their places and as records.

use std::io;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::{BOLD, FAINT, TerminalPage};
use crate::register::lint::{Level, LintFinding};
use crate::text::{Lang, counted};

/// A finding as machines read it.
#[derive(Debug, Serialize)]
pub struct LintRecord {
    file: String,
    line: u64,
    check: &'static str,
    level: Level,
    message: String,
}

fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Error => lang.pick("lỗi", "error"),
        Level::Warning => lang.pick("cảnh báo", "warning"),
        Level::Note => lang.pick("lưu ý", "note"),
    }
}

/// The findings, notes only where they are asked for.
pub fn records(findings: &[LintFinding], notes: bool, lang: Lang) -> Vec<LintRecord> {
    let shown = findings.iter().filter(|finding| notes || finding.fault.level > Level::Note);
    shown
        .map(|finding| LintRecord {
            file: finding.file.display().to_string(),
            line: finding.line,
            check: finding.fault.check,
            level: finding.fault.level,
            message: finding.fault.reason.in_lang(lang).to_owned(),
        })
        .collect()
}

/// Writes the findings by file and line, and how many there are of each level.
///
/// # Errors
/// Those of the stream written to.
pub fn write(out: &mut TerminalPage<'_>, findings: &[LintFinding], notes: bool) -> io::Result<()> {
    let lang = out.lang;
    for finding in findings.iter().filter(|finding| notes || finding.fault.level > Level::Note) {
        let style = match finding.fault.level {
            Level::Error => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            Level::Warning => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Level::Note => FAINT,
        };
        out.line(&[
            (&format!("{}:{}: ", finding.file.display(), finding.line), BOLD),
            (level(finding.fault.level, lang), style),
            (&format!(": {} ", finding.fault.reason.in_lang(lang)), Style::new()),
            (&format!("[{}]", finding.fault.check), FAINT),
        ])?;
    }
    let count = |level| findings.iter().filter(|finding| finding.fault.level == level).count();
    let (errors, warnings, left) = (count(Level::Error), count(Level::Warning), count(Level::Note));
    let hidden = if notes || left == 0 { "" } else { lang.pick(" (xem bằng --notes)", " (shown with --notes)") };
    let line = match lang {
        Lang::Vi => format!("Sổ đăng ký: {errors} lỗi, {warnings} cảnh báo, {left} lưu ý{hidden}."),
        Lang::En => format!(
            "The register: {}, {}, {}{hidden}.",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(left, "note")
        ),
    };
    out.text(0, &line)
}
