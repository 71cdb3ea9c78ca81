//! What can be downloaded from a check: the review sheet, and a copy of the draft with comments or corrections. Both are
//! made from the request alone and leave with the answer.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::check::CheckedDocument;
use crate::library::{self, Library};
use crate::read::Format;
use crate::report::Tally;
use crate::report::html::{self, ReviewSetting};
use crate::report::{apply_fixes, docx};
use crate::text::{Lang, Message};

use super::content::Original;
use crate::http::error::HttpError;
use crate::http::links::path_segment;
use crate::http::messages;

/// A file that the browser saves.
pub(crate) struct Download {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

/// The review sheet, as the command line writes it.
///
/// # Errors
/// Its template cannot be filled in, or the index cannot be read.
pub(crate) fn report(library: &Library, checked: CheckedDocument, lang: Lang) -> Result<Download, HttpError> {
    let (set, statuses) = library
        .ask(|_, register| Ok((ReviewSetting::new(register, library::today(), lang), checked.statuses(register))))?;
    let sheet = html::sheet(&checked, &statuses, &set)?;
    let files = [(checked.document.path.clone(), Tally::of(&checked))];
    let page = html::page(&[sheet], &files, &[], &set)?;
    let name = format!("{}-{}.html", lang.pick("phieu-ra-soat", "review"), stem(&checked.document.path));
    Ok(Download { name, kind: "text/html; charset=utf-8", bytes: page.into_bytes() })
}

/// A copy of the draft: a Word file with a comment at each finding and the safe fixes as tracked changes, or a
/// plain text with the safe fixes applied.
///
/// # Errors
/// A format or an encoding of which no copy can be written, or a Word file that is damaged in a part that was not read.
pub(crate) fn copy(checked: &CheckedDocument, original: &Original, lang: Lang) -> Result<Download, HttpError> {
    let stem = stem(&checked.document.path);
    match (checked.document.format, &original.anchors) {
        (Format::Docx, Some(anchors)) => {
            let fixes = anchors.are_as_written();
            let options = docx::AnnotateOptions { lang, date: library::today(), author: docx::AUTHOR, fixes };
            let annotated = docx::annotate(&original.bytes, &checked.document, anchors, &checked.findings, &options);
            let annotated =
                annotated.map_err(|error| HttpError::unprocessable(Message::in_each(|lang| error.message(lang))))?;
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            Ok(Download { name: format!("{stem}.nhan-xet.docx"), kind, bytes: annotated.bytes })
        }
        (format @ (Format::Text | Format::Markdown), _) => {
            let choice = apply_fixes::choose(&checked.document, &checked.findings);
            let bytes = apply_fixes::apply(&checked.document, &original.bytes, &checked.findings, &choice);
            let bytes = bytes.ok_or_else(|| HttpError::unprocessable(messages::encoding_without_copy()))?;
            let name = format!("{stem}.da-sua.{}", format.extension());
            Ok(Download { name, kind: "text/plain; charset=utf-8", bytes })
        }
        (format, _) => Err(HttpError::unprocessable(messages::format_without_copy(format.name()))),
    }
}

/// The file's name without its extension and folders.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    let stem: String = stem.chars().filter(|char| !char.is_control()).take(100).collect();
    let stem = stem.trim_matches(['.', ' ']);
    if stem.is_empty() { "du-thao".to_owned() } else { stem.replace(' ', "-") }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        // RFC 6266: a plain name for old programs, the real one beside it.
        let plain: String = self
            .name
            .chars()
            .map(|char| if char.is_ascii_alphanumeric() || ".-_".contains(char) { char } else { '_' })
            .collect();
        let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", path_segment(&self.name));
        let headers = [
            (header::CONTENT_TYPE, self.kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (headers, self.bytes).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_download_is_that_of_the_draft() {
        assert_eq!(stem("C:\\Kế hoạch 2025\\Kế hoạch XMC.docx"), "Kế-hoạch-XMC");
        assert_eq!(stem("\u{7}.."), "du-thao");
        let file = Download { name: "phiếu.html".into(), kind: "text/html", bytes: Vec::new() }.into_response();
        let said = file.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(said, "attachment; filename=\"phi_u.html\"; filename*=UTF-8''phi%E1%BA%BFu.html");
    }
}
