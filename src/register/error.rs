//! Why the register cannot be opened, in the user's language.

use std::path::PathBuf;

use crate::text::{IoMessage, Lang};

/// The register cannot be opened at all. A single bad row is no such error: see [`RowProblem`].
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum RegisterError {
    /// The system does not give the table.
    Unreadable { path: PathBuf, reason: IoMessage },
    /// The first line does not name the columns without which no row can be read.
    Columns { path: PathBuf, missing: Vec<&'static str> },
    /// A quotation mark, opened on this line, has no other half.
    Quote { path: PathBuf, line: u64 },
    /// A table that must hold something holds no row.
    Empty { path: PathBuf },
}

impl RegisterError {
    /// The error in the user's language, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        let advice = lang.pick(
            "Kiểm tra lại tệp hoặc chỉ thư mục khác bằng --register.",
            "Check the file, or name another folder with --register.",
        );
        match self {
            RegisterError::Unreadable { path, reason } => {
                let (path, reason) = (path.display(), reason.words(lang));
                if vi {
                    format!("không đọc được bảng {path} của sổ đăng ký văn bản: {reason}. {advice}")
                } else {
                    format!("cannot read the register table {path}: {reason}. {advice}")
                }
            }
            RegisterError::Columns { path, missing } => {
                let (path, missing) = (path.display(), missing.join(", "));
                if vi {
                    format!(
                        "bảng {path} của sổ đăng ký văn bản thiếu cột {missing}: dòng đầu phải ghi tên các cột. {advice}"
                    )
                } else {
                    format!(
                        "the register table {path} lacks the column {missing}: its first line must name the columns. {advice}"
                    )
                }
            }
            RegisterError::Quote { path, line } => {
                let path = path.display();
                if vi {
                    format!(
                        "bảng {path} của sổ đăng ký văn bản, dòng {line}: dấu ngoặc kép (\") mở ra mà không đóng lại. {advice}"
                    )
                } else {
                    format!(
                        "the register table {path}, line {line}: a quotation mark (\") is opened and not closed. {advice}"
                    )
                }
            }
            RegisterError::Empty { path } => {
                let path = path.display();
                if vi {
                    format!("bảng {path} của sổ đăng ký văn bản không có dòng nào. {advice}")
                } else {
                    format!("the register table {path} holds no row. {advice}")
                }
            }
        }
    }
}
