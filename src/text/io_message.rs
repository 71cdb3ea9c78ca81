//! What the operating system says when it refuses something, in the user's language: its own words are English
//! wherever the program runs.

use std::io::{Error, ErrorKind};

use super::Lang;

/// A refusal of the operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IoMessage {
    kind: ErrorKind,
    /// The system's number of the error.
    code: Option<i32>,
    said: String,
}

impl From<&Error> for IoMessage {
    fn from(error: &Error) -> IoMessage {
        let said = error.to_string();
        let code = error.raw_os_error();
        let number = code.map(|code| format!(" (os error {code})")).unwrap_or_default();
        IoMessage { kind: error.kind(), code, said: said.strip_suffix(&number).unwrap_or(&said).to_owned() }
    }
}

impl From<Error> for IoMessage {
    fn from(error: Error) -> IoMessage {
        IoMessage::from(&error)
    }
}

impl IoMessage {
    /// In words that fit into brackets.
    pub fn words(&self, lang: Lang) -> String {
        let vi = match self.kind {
            _ if lang == Lang::En => return self.said.clone(),
            ErrorKind::NotFound => "không có tệp hoặc thư mục này",
            ErrorKind::PermissionDenied => "không có quyền truy cập",
            ErrorKind::AlreadyExists => "đã có tệp hoặc thư mục này",
            ErrorKind::IsADirectory => "đây là một thư mục, không phải tệp",
            ErrorKind::NotADirectory => "một phần của đường dẫn không phải thư mục",
            ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa đã đầy",
            ErrorKind::FileTooLarge => "tệp quá lớn",
            ErrorKind::InvalidFilename => "tên tệp quá dài hoặc không hợp lệ",
            ErrorKind::InvalidData => "nội dung không phải UTF-8",
            ErrorKind::InvalidInput => "không phải tệp thường",
            ErrorKind::ResourceBusy => "tệp đang được chương trình khác dùng",
            _ => match self.code {
                // ELOOP has no name in the library yet.
                Some(40) if cfg!(target_os = "linux") => "liên kết dẫn vòng về chính nó",
                Some(code) => return format!("hệ điều hành báo lỗi số {code}"),
                None => "hệ điều hành báo lỗi",
            },
        };
        vi.to_owned()
    }
}

/// What the system says of an error, in words that fit into brackets.
pub fn system_words(error: &Error, lang: Lang) -> String {
    IoMessage::from(error).words(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_speaks_the_language_asked_for() {
        let error = std::fs::read(std::env::temp_dir()).unwrap_err();
        assert_eq!(system_words(&error, Lang::Vi), "đây là một thư mục, không phải tệp");
        assert_eq!(system_words(&error, Lang::En), "Is a directory");
        assert_eq!(system_words(&Error::from_raw_os_error(104), Lang::Vi), "hệ điều hành báo lỗi số 104");
    }
}
