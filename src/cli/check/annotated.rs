//! Word files with each finding as a comment at its words: where the copies go, and what is said of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::copies::{Copies, write_new};
use crate::check::CheckedDocument;
use crate::law::Date;
use crate::read::{Format, Options};
use crate::report::docx;
use crate::text::{Lang, system_words};

/// What annotated copies are made with.
#[derive(Debug)]
pub struct Annotations {
    copies: Copies,
    /// Safe suggestions are written too, as tracked changes.
    fixes: bool,
    /// The day that the comments state.
    date: Date,
}

impl Annotations {
    pub fn new(folder: PathBuf, paths: &[PathBuf], fixes: bool, date: Date) -> Annotations {
        Annotations { copies: Copies::new(Some(folder), paths), fixes, date }
    }

    /// Whether there can be an annotated copy of the document that was read from `path`.
    pub fn is_for(&self, checked: &CheckedDocument, path: &Path) -> bool {
        checked.document.format == Format::Docx && path != Path::new("-")
    }

    /// Whether an earlier run wrote the file: [`Copies::holds`].
    pub fn holds(&self, file: &Path) -> bool {
        self.copies.holds(file)
    }

    /// Writes the copy of a document with findings; what to say of it.
    ///
    /// # Errors
    /// Why there is no copy, with the file's name.
    pub fn write(&self, checked: &CheckedDocument, path: &Path, lang: Lang) -> Result<String, String> {
        let target = self.copies.target(path);
        let failed = |why: &str| format!("{}: {why}", target.display());
        let bytes = fs::read(path).map_err(|error| format!("{}: {}", path.display(), system_words(&error, lang)))?;
        let (document, anchors) =
            Options::default().read_anchored(&checked.document.path, &bytes).map_err(|error| error.message(lang))?;
        let anchors =
            anchors.filter(|_| document.text.as_str() == checked.document.text.as_str()).ok_or_else(|| {
                failed(lang.pick(
                    "tệp vừa thay đổi trong lúc kiểm tra; hãy chạy lại",
                    "the file changed while it was checked; run again",
                ))
            })?;
        let fixes = self.fixes && anchors.are_as_written();
        let options = docx::AnnotateOptions { lang, date: self.date, author: docx::AUTHOR, fixes };
        let annotated = docx::annotate(&bytes, &document, &anchors, &checked.findings, &options)
            .map_err(|error| failed(&error.message(lang)))?;
        write_new(&target, &annotated.bytes).map_err(|error| match (error.kind(), lang) {
            (std::io::ErrorKind::AlreadyExists, Lang::Vi) => {
                failed("đã có tệp này nên không ghi đè; hãy đổi tên hoặc xóa tệp đó, hoặc chỉ thư mục khác")
            }
            (std::io::ErrorKind::AlreadyExists, Lang::En) => {
                failed("the file is there and is not written over; rename or remove it, or name another folder")
            }
            (_, Lang::Vi) => failed(&format!("không ghi được bản có nhận xét ({})", system_words(&error, lang))),
            (_, Lang::En) => {
                failed(&format!("the annotated copy could not be written ({})", system_words(&error, lang)))
            }
        })?;
        let (name, comments, fixed) = (target.display(), annotated.comments, annotated.fixed.len());
        let mut said = match lang {
            Lang::Vi => format!("{name}: {comments} nhận xét, {fixed} chỗ sửa được theo dõi\n"),
            Lang::En => format!("{name}: {comments} comments, {fixed} tracked changes\n"),
        };
        if !annotated.unplaced.is_empty() {
            let left = annotated.unplaced.len();
            said.push_str(&match lang {
                Lang::Vi => format!("  {left} phát hiện không đặt được nhận xét; xem danh sách trên\n"),
                Lang::En => format!("  {left} findings could not be placed; see the list above\n"),
            });
        }
        Ok(said)
    }
}
