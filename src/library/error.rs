//! Why the knowledge base cannot answer: what is wrong, with the name of the thing and what to do about it.

use std::path::{Path, PathBuf};

use super::search::QueryError;
use crate::read::ReadError;
use crate::register::RegisterError;
use crate::store::StoreError;
use crate::text::Lang;

/// What keeps a question from being answered or an index from being made.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Nothing was indexed yet.
    #[error("no index in {}", .0.display())]
    NoIndex(PathBuf),
    /// The index was made by another version of the program.
    #[error("the index in {} is of another version", .0.display())]
    OtherVersion(PathBuf),
    #[error("the index in {} is damaged: {detail}", library.display())]
    Corrupt { library: PathBuf, detail: String },
    /// Another run is writing the index.
    #[error("the index in {} is being written", .0.display())]
    Locked(PathBuf),
    /// A query without a letter or a digit.
    #[error("the query holds no letter and no digit")]
    EmptyQuery,
    /// A query that cannot be understood, with the place.
    #[error("the query cannot be understood")]
    Query(QueryError),
    /// No folder was named, none is recorded, and there is no `corpus/plans` here.
    #[error("nothing to index")]
    NoPaths,
    /// Nothing of what was named could be found.
    #[error("nothing of what was named can be found")]
    NothingFound(Vec<ReadError>),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("{}: {detail}", library.display())]
    Io { library: PathBuf, detail: String },
}

/// What `?` makes of a failed read in a question; [`super::Library::ask`] names the library.
impl From<StoreError> for LibraryError {
    fn from(error: StoreError) -> LibraryError {
        LibraryError::of(Path::new(""), error)
    }
}

impl LibraryError {
    pub(super) fn of(library: &Path, error: StoreError) -> LibraryError {
        let library = library.to_owned();
        match error {
            StoreError::Missing => LibraryError::NoIndex(library),
            StoreError::OtherVersion => LibraryError::OtherVersion(library),
            StoreError::Corrupt(detail) => LibraryError::Corrupt { library, detail },
            StoreError::Locked => LibraryError::Locked(library),
            StoreError::Io(detail) => LibraryError::Io { library, detail },
        }
    }

    /// The same error with the library named. A question does not know which library it reads.
    pub(super) fn in_library(self, library: &Path) -> LibraryError {
        let library = library.to_owned();
        match self {
            LibraryError::NoIndex(_) => LibraryError::NoIndex(library),
            LibraryError::OtherVersion(_) => LibraryError::OtherVersion(library),
            LibraryError::Corrupt { detail, .. } => LibraryError::Corrupt { library, detail },
            LibraryError::Locked(_) => LibraryError::Locked(library),
            LibraryError::Io { detail, .. } => LibraryError::Io { library, detail },
            other => other,
        }
    }

    /// Whether the same question may be answered a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(self, LibraryError::Io { .. } | LibraryError::Locked(_))
    }

    /// The error in the user's language, with what to do.
    pub fn message(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        match self {
            LibraryError::NoIndex(library) => {
                let library = library.display();
                if vi {
                    format!("chưa có chỉ mục trong thư mục {library}. Chạy “danchieu index” để tạo, hoặc chỉ thư mục khác bằng --library.")
                } else {
                    format!("there is no index in {library}. Run “danchieu index” to make one, or name another folder with --library.")
                }
            }
            LibraryError::OtherVersion(library) => {
                let library = library.display();
                if vi {
                    format!("chỉ mục trong {library} do một phiên bản khác của chương trình tạo ra. Chạy “danchieu index” để tạo lại; tài liệu của bạn không bị ảnh hưởng.")
                } else {
                    format!("the index in {library} was made by another version of the program. Run “danchieu index” to make it again; your documents are not touched.")
                }
            }
            LibraryError::Corrupt { library, detail } => {
                let library = library.display();
                // A library's own words, in English.
                let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
                if vi {
                    format!("chỉ mục trong {library} bị hỏng. Chạy “danchieu index --rebuild” để tạo lại; tài liệu của bạn không bị ảnh hưởng.")
                } else {
                    format!("the index in {library} is damaged{detail}. Run “danchieu index --rebuild” to make it anew; your documents are not touched.")
                }
            }
            LibraryError::Locked(library) => {
                let library = library.display();
                if vi {
                    format!("một lần chạy “danchieu index” khác đang ghi chỉ mục {library}. Đợi lần đó xong rồi chạy lại.")
                } else {
                    format!("another run of “danchieu index” is writing {library}. Wait until it is done and try again.")
                }
            }
            LibraryError::EmptyQuery => lang
                .pick(
                    "câu tìm kiếm không có chữ hay số nào. Gõ số, ký hiệu (33/2021/TT-BGDĐT) hoặc vài từ trong trích yếu (xóa mù chữ), có dấu hay không dấu đều được.",
                    "the query holds no letter and no digit. Type a number (33/2021/TT-BGDĐT) or words of a title (xoa mu chu), with or without marks.",
                )
                .to_owned(),
            LibraryError::Query(error) => error.message(lang),
            LibraryError::NoPaths => lang
                .pick(
                    "chưa biết phải lập chỉ mục thư mục nào: ở đây không có corpus/plans. Ghi tên thư mục: “danchieu index THƯ_MỤC…”.",
                    "nothing to index: there is no corpus/plans here. Name the folders: “danchieu index FOLDER…”.",
                )
                .to_owned(),
            LibraryError::NothingFound(errors) => {
                let list: Vec<String> = errors.iter().map(|error| error.message(lang)).collect();
                let head = lang.pick("không có gì để lập chỉ mục; chỉ mục cũ giữ nguyên", "nothing to index; the index stays as it was");
                format!("{head}:\n  {}", list.join("\n  "))
            }
            LibraryError::Register(error) => error.message(lang),
            LibraryError::Io { library, detail } => {
                let library = library.display();
                if vi {
                    format!("không đọc hoặc ghi được chỉ mục trong {library}. Kiểm tra quyền truy cập và dung lượng đĩa.")
                } else {
                    format!("cannot read or write the index in {library}: {detail}. Check permissions and disk space.")
                }
            }
        }
    }
}
