//! What `danchieu check` says of files that it cannot read or write, in both languages.
//!
//! Findings are worded in `check`, and what is changed in a copy in `report::terminal::fix_summary`.

use std::fmt::Display;
use std::io;
use std::path::Path;

use crate::check::policy::BaselineError;
use crate::read::Document;
use crate::read::Format::{Docx, Html, Markdown, Pdf, Text};
use crate::text::{Message, system_words};

/// A message about a file, after its name.
fn about(name: impl Display, vi: impl Display, en: impl Display) -> Message {
    Message::new(format!("{name}: {vi}"), format!("{name}: {en}"))
}

/// The system's words for an error, in both languages.
fn words(error: &io::Error) -> Message {
    Message::in_each(|lang| system_words(error, lang))
}

/// Why there is no annotated copy of a document, and what to do.
pub(super) fn not_annotated(document: &Document, path: &Path) -> Message {
    let (vi, en) = if path == Path::new("-") {
        (
            "đầu vào chuẩn không có tệp để ghi nhận xét; hãy lưu thành tệp .docx rồi chạy lại",
            "standard input has no file to annotate; save it as a .docx and run again",
        )
    } else {
        (
            "--annotate chỉ ghi nhận xét vào tệp Word (.docx), tệp này không có bản nào được ghi; hãy lưu thành .docx rồi chạy lại",
            "--annotate puts comments into Word files (.docx) only, and no copy of this file was written; save it as .docx and run again",
        )
    };
    about(&document.path, vi, en)
}

/// Why there is no corrected copy of a document, and what to do.
pub(super) fn not_writable(document: &Document) -> Message {
    let (vi, en) = match document.format {
        Docx => (
            "--fix không ghi tệp Word; dùng --annotate để có bản .docx với vết sửa (tracked changes)",
            "--fix writes no Word files; --annotate gives a .docx with tracked changes",
        ),
        Pdf => (
            "tệp PDF không ghi lại được; hãy sửa trên bản Word gốc",
            "a PDF cannot be written; correct the Word file it was made from",
        ),
        Html => (
            "--fix chỉ ghi tệp .txt và .md; hãy sửa tệp HTML bằng tay",
            "--fix writes .txt and .md files only; correct the HTML by hand",
        ),
        Text | Markdown => (
            "đầu vào chuẩn không có tệp để ghi bản sửa; hãy lưu thành tệp rồi chạy lại",
            "standard input has no file to copy; save it as a file and run again",
        ),
        _ => (
            "không ghi lại được định dạng này; hãy lưu thành .docx rồi dùng --annotate",
            "this format cannot be written; save it as .docx and use --annotate",
        ),
    };
    about(&document.path, vi, en)
}

/// Why an annotated copy was not written to `target`.
pub(super) fn annotation_failed(target: &Path, error: &io::Error) -> Message {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return about(
            target.display(),
            "đã có tệp này nên không ghi đè; hãy đổi tên hoặc xóa tệp đó, hoặc chỉ thư mục khác",
            "the file is there and is not written over; rename or remove it, or name another folder",
        );
    }
    let Message { vi, en } = words(error);
    about(
        target.display(),
        format!("không ghi được bản có nhận xét ({vi})"),
        format!("the annotated copy could not be written ({en})"),
    )
}

/// The draft is not what was checked.
pub(super) fn changed_meanwhile(target: &Path) -> Message {
    about(
        target.display(),
        "tệp vừa thay đổi trong lúc kiểm tra; hãy chạy lại",
        "the file changed while it was checked; run again",
    )
}

/// How many comments and tracked changes an annotated copy has.
pub(super) fn annotated(target: &Path, comments: usize, changes: usize) -> Message {
    about(
        target.display(),
        format!("{comments} nhận xét, {changes} chỗ sửa được theo dõi\n"),
        format!("{comments} comments, {changes} tracked changes\n"),
    )
}

/// How many findings have no comment in an annotated copy.
pub(super) fn unplaced(count: usize) -> Message {
    Message::new(
        format!("  {count} phát hiện không đặt được nhận xét; xem danh sách trên\n"),
        format!("  {count} findings could not be placed; see the list above\n"),
    )
}

/// Why a corrected copy was not written to `target`.
pub(super) fn copy_failed(target: &Path, error: &io::Error) -> Message {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return about(
            target.display(),
            "đã có tệp này nên không ghi đè; hãy đổi tên hoặc xóa tệp đó, hoặc ghi --out THƯ_MỤC",
            "the file is there and is not written over; rename or remove it, or name --out DIR",
        );
    }
    let Message { vi, en } = words(error);
    about(
        target.display(),
        format!("không ghi được bản sửa ({vi})"),
        format!("the corrected copy could not be written ({en})"),
    )
}

/// A file whose encoding cannot be written back.
pub(super) fn encoding_without_copy(path: &Path) -> Message {
    about(
        path.display(),
        "bảng mã của tệp không ghi lại được nguyên vẹn, hoặc tệp vừa thay đổi; hãy lưu tệp với bảng mã UTF-8 rồi chạy lại",
        "its encoding cannot be written back exactly, or the file has just changed; save it as UTF-8 and run again",
    )
}

/// A file that cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Message {
    let Message { vi, en } = words(error);
    about(path.display(), format!("không đọc được ({vi})"), format!("could not be read ({en})"))
}

/// A file that cannot be written.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Message {
    let Message { vi, en } = words(error);
    about(path.display(), format!("không ghi được ({vi})"), format!("cannot be written ({en})"))
}

/// A baseline that is not the answer of an earlier run.
pub(super) fn not_a_baseline(path: &Path, error: &BaselineError) -> Message {
    let (line, column) = (error.line(), error.column());
    about(
        path.display(),
        format!("không phải kết quả JSON của một lần kiểm tra trước (dòng {line}, cột {column})"),
        format!("not the JSON answer of an earlier check ({error})"),
    )
}

/// An answer that would be written over a draft.
pub(super) fn is_a_draft(path: &Path) -> Message {
    about(
        path.display(),
        "là một trong các tệp cần kiểm tra nên không ghi đè",
        "is one of the files to check and is not written over",
    )
}
