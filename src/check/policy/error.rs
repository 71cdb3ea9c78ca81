//! Why the policy of a file cannot be followed.

use std::path::PathBuf;

use crate::text::{IoMessage, Lang, Message};

/// A policy file that cannot be read or followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum PolicyError {
    /// The file cannot be read as text.
    Unreadable {
        /// Its path.
        file: PathBuf,
        /// What the operating system reports.
        reason: IoMessage,
    },
    /// The file has a mistake.
    Invalid {
        /// Its path.
        file: PathBuf,
        /// The line of the mistake, from one.
        line: usize,
        /// What is wrong there.
        reason: Message,
    },
}

impl PolicyError {
    /// One line: the file, and what is wrong with it.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            PolicyError::Unreadable { file, reason } => {
                let (file, reason) = (file.display(), reason.words(lang));
                match lang {
                    Lang::Vi => {
                        format!("{file}: không đọc được ({reason}). Phải là tệp chữ bảng mã UTF-8 và được phép đọc.")
                    }
                    Lang::En => {
                        format!("{file}: cannot be read ({reason}). It must be a text file in UTF-8 that may be read.")
                    }
                }
            }
            PolicyError::Invalid { file, line, reason } => {
                let file = file.display();
                match lang {
                    Lang::Vi => format!("{file}, dòng {line}: {}", reason.vi),
                    Lang::En => format!("{file}, line {line}: {}", reason.en),
                }
            }
        }
    }
}
