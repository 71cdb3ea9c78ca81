//! What was changed in a corrected copy and what was left, as terminal text.

use std::io;

use anstyle::{AnsiColor, Style};

use super::{BOLD, FAINT, TerminalPage};
use crate::check::CheckedDocument;
use crate::report::apply_fixes::{FixChoice, SkippedFix};
use crate::text::{Lines, one_line};

/// Writes the changes of one copy, named `to`, or that there was nothing to change, and what was left.
///
/// # Errors
/// Those of the stream the out is written to.
pub fn write(
    out: &mut TerminalPage<'_>,
    checked: &CheckedDocument,
    to: Option<&str>,
    choice: &FixChoice,
) -> io::Result<()> {
    let lang = out.lang;
    let green = Style::new().fg_color(Some(AnsiColor::Green.into()));
    let text = &checked.document.text;
    let lines = Lines::new(text.source());
    let line = |at: usize| lines.place(text.to_source(checked.findings[at].range.clone()).start).0;
    let words = |at: usize| one_line(text.as_str().get(checked.findings[at].range.clone()).unwrap_or_default());
    let path = &checked.document.path;
    match to {
        Some(to) => {
            out.line(&[(path, BOLD), (lang.pick(": bản đã sửa là ", ": the corrected copy is "), FAINT), (to, BOLD)])?;
        }
        None => {
            let said = lang.pick(": không có gì sửa được tự động", ": nothing can be corrected unasked");
            out.line(&[(path, BOLD), (said, FAINT)])?;
        }
    }
    for at in &choice.written {
        let new = checked.findings[*at].suggestion.as_deref().unwrap_or_default();
        let said = format!("{} {}: “{}” → “{new}”", lang.pick("dòng", "line"), line(*at), words(*at));
        out.styled(2, &said, green)?;
    }
    for (at, why) in &choice.skipped {
        let why = match why {
            SkippedFix::NoSuggestion => lang.pick("chưa có cách viết chắc chắn", "there is no certain rewriting"),
            SkippedFix::Unsafe => lang.pick("cần người xem quyết định", "for a person to decide"),
            SkippedFix::Overlaps => {
                lang.pick("chồng lên chỗ đã sửa, hãy kiểm tra lại bản sửa", "overlaps a change; check the copy again")
            }
        };
        let rule = checked.findings[*at].rule;
        let left = lang.pick("để lại", "left");
        let said = format!("{} {}: {left} “{}” [{rule}]: {why}", lang.pick("dòng", "line"), line(*at), words(*at));
        out.text(2, &said)?;
    }
    out.blank()
}
