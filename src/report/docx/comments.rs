//! What a comment says, and the part of a Word file that holds the comments.

use super::story::Names;
use super::{AnnotateOptions, Stamp};
use crate::check::{self, Finding};
use crate::report::glossary;
use crate::report::xml::escape;

/// Where a comment is, where that is not at the words themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// In a text box, around which the comment is set.
    Box,
    /// In a note, at whose reference the comment is set.
    Note,
    /// In a header or footer, or where no mark is allowed; the comment is at the start of the document.
    Elsewhere,
}

/// The paragraphs of a comment. The first is its heading.
pub(super) fn paragraphs(
    finding: &Finding,
    quoted: &str,
    aside: Option<Aside>,
    fixed: bool,
    options: &AnnotateOptions<'_>,
) -> Vec<String> {
    let lang = options.lang;
    let severity = glossary::severity(finding.severity, lang);
    let mut heading: String = severity.chars().take(1).flat_map(char::to_uppercase).collect();
    heading.extend(severity.chars().skip(1));
    match check::rule(finding.rule).map(|rule| rule.title_vi).filter(|_| lang.pick(true, false)) {
        Some(title) => heading += &format!(": {title} [{}]", finding.rule),
        None => heading += &format!(" [{}]", finding.rule),
    }
    let mut out = vec![heading];
    if let Some(aside) = aside {
        let place = match aside {
            Aside::Box => lang.pick("Trong hộp văn bản", "In the text box"),
            Aside::Note => lang.pick("Trong chú thích này", "In this note"),
            Aside::Elsewhere => lang.pick(
                "Ở đầu trang, chân trang hoặc nơi không gắn được nhận xét",
                "In a header, a footer or where no comment can stand",
            ),
        };
        out.push(format!("{place}: “{quoted}”."));
    }
    out.push(finding.message.in_lang(lang).to_owned());
    if let Some(basis) = &finding.basis {
        out.push(format!("{} {}", lang.pick("Căn cứ:", "Basis:"), basis.in_lang(lang)));
    }
    if let Some(suggestion) = &finding.suggestion {
        let lead = if fixed {
            lang.pick("Đã viết lại (thay đổi được theo dõi):", "Rewritten (tracked change):")
        } else {
            lang.pick("Viết lại:", "Write:")
        };
        out.push(format!("{lead} {suggestion}"));
    }
    out
}

/// One comment as the part of comments holds it. Its letters are set small and without indents, whatever the
/// document's own paragraphs look like.
pub(super) fn comment(id: i64, paragraphs: &[String], stamp: &Stamp, names: &Names) -> String {
    let (w, a) = (&names.element, &names.attribute);
    let mut out = format!("<{w}comment{} {a}initials=\"{}\">", stamp.attributes_with(id, names), super::INITIALS);
    for (at, text) in paragraphs.iter().enumerate() {
        let bold = if at == 0 { format!("<{w}b/>") } else { String::new() };
        let mark = if at == 0 { format!("<{w}r><{w}annotationRef/></{w}r>") } else { String::new() };
        out += &format!(
            "<{w}p><{w}pPr><{w}spacing {a}before=\"0\" {a}after=\"0\" {a}line=\"240\" {a}lineRule=\"auto\"/>\
             <{w}ind {a}left=\"0\" {a}right=\"0\" {a}firstLine=\"0\"/><{w}jc {a}val=\"left\"/></{w}pPr>{mark}\
             <{w}r><{w}rPr>{bold}<{w}sz {a}val=\"20\"/><{w}szCs {a}val=\"20\"/></{w}rPr>\
             <{w}t xml:space=\"preserve\">{}</{w}t></{w}r></{w}p>",
            escape(text)
        );
    }
    out + &format!("</{w}comment>")
}
