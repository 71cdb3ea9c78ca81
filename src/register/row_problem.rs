//! Rows of a table that were left out, with their lines and the reasons.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::text::{Lang, Message};

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    pub file: PathBuf,
    /// One-based line of the file.
    pub line: u64,
    /// Whether it says again what another row says.
    pub is_duplicate: bool,
    pub reason: Message,
}

impl RowProblem {
    pub(super) fn new(file: &Path, line: u64, reason: Message) -> RowProblem {
        RowProblem { file: file.to_owned(), line, is_duplicate: false, reason }
    }

    pub(super) fn duplicate(file: &Path, line: u64, id: &str) -> RowProblem {
        let reason = Message::new(
            format!("{id} xuất hiện hai lần; dòng đầu được dùng"),
            format!("{id} stands there twice; the first row counts"),
        );
        RowProblem { is_duplicate: true, ..RowProblem::new(file, line, reason) }
    }

    /// One line in the user's language: the file, its line, the reason.
    pub fn message(&self, lang: Lang) -> String {
        format!("{}:{}: {}", self.file.display(), self.line, self.reason.in_lang(lang))
    }
}

/// Why a line is not CSV.
pub(super) fn csv_problem(error: &csv::Error) -> Message {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            Message::new("không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8", "not UTF-8; save the file as UTF-8")
        }
        _ => Message::new("dòng CSV hỏng", error.to_string()),
    }
}
