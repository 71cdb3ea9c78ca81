//! Findings as workflow commands, which the runner of a continuous integration turns into notes beside the lines of a
//! change.

use std::fmt::Write;

use super::glossary;
use crate::check::{CheckedDocument, Severity};
use crate::read::ReadError;
use crate::text::{Lang, Lines};

/// One command a line.
pub fn commands(checked: &CheckedDocument, lang: Lang) -> String {
    let text = &checked.document.text;
    let lines = Lines::new(text.source());
    let mut out = String::new();
    for finding in &checked.findings {
        let source = text.to_source(finding.range.clone());
        let ((line, column), (end_line, end_column)) = (lines.place(source.start), lines.place(source.end));
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let path = property(&checked.document.path.replace('\\', "/"));
        let title = format!("{} [{}]", glossary::fault(finding.rule, lang), finding.rule);
        let title = property(&format!("{}: {title}", glossary::severity(finding.severity, lang)));
        let mut message = finding.message.in_lang(lang).to_owned();
        if let Some(suggestion) = &finding.suggestion {
            message.push_str(&format!("\n{} {suggestion}", lang.pick("Viết lại:", "Write:")));
        }
        if let Some(basis) = &finding.basis {
            message.push_str(&format!("\n{} {}", lang.pick("Căn cứ:", "Basis:"), basis.in_lang(lang)));
        }
        // The runner takes columns only where both ends are on one line.
        let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
        let message = data(&message);
        let _ = writeln!(out, "::{level} file={path},line={line},endLine={end_line}{columns},title={title}::{message}");
    }
    out
}

/// The command for a file that could not be read.
pub fn unreadable(error: &ReadError, lang: Lang) -> String {
    let title = property(lang.pick("không đọc được", "not read"));
    format!(
        "::error file={},title={title}::{}\n",
        property(&error.path().replace('\\', "/")),
        data(&error.reason(lang))
    )
}

/// A message as a command may hold it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50%\r\nhai: ba, bốn"), "50%25%0D%0Ahai: ba, bốn");
        assert_eq!(property("C:\\a,b%.txt\n::error::x"), "C%3A\\a%2Cb%25.txt%0A%3A%3Aerror%3A%3Ax");
    }
}
