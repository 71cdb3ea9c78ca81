//! What the user should know about a file that was read: what of it was left out, replaced or is less certain.

use crate::text::{Lang, counted};

/// One remark about the reading of a file. Pages are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Pages that are damaged, or that took too long, and are missing from the text.
    PagesLeftOut(Vec<usize>),
    /// Pages that are pictures, whose words are missing from the text.
    PagesOfPictures(Vec<usize>),
    /// Pages whose text was recognised from pictures.
    PagesRecognised(Vec<usize>),
    /// Bytes that are no UTF-8, read as "?" each; the first stands on this line, counted from 1.
    BytesReplaced { count: usize, line: usize },
    /// Zero bytes, read as a blank each; the first stands on this line, counted from 1.
    ZerosRead { count: usize, line: usize },
    /// The file is written in a code older than Unicode, of this name.
    Converted(&'static str),
}

impl Notice {
    /// One line in the user's language, without the file's name.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Notice::PagesLeftOut(pages), Lang::Vi) => {
                format!("trang {} bị hỏng, không đọc được và đã bị bỏ qua", list(pages))
            }
            (Notice::PagesLeftOut(pages), Lang::En) => match pages.len() {
                1 => format!("page {} is damaged and was left out", list(pages)),
                _ => format!("pages {} are damaged and were left out", list(pages)),
            },
            (Notice::PagesOfPictures(pages), Lang::Vi) => {
                format!("trang {} là ảnh, chưa đọc chữ trên đó; thêm --ocr để nhận dạng chữ", list(pages))
            }
            (Notice::PagesOfPictures(pages), Lang::En) => match pages.len() {
                1 => {
                    format!("page {} is a picture whose words were not read; add --ocr to recognise them", list(pages))
                }
                _ => {
                    format!("pages {} are pictures whose words were not read; add --ocr to recognise them", list(pages))
                }
            },
            (Notice::PagesRecognised(pages), Lang::Vi) => {
                format!("chữ ở trang {} được nhận dạng từ ảnh, có thể sai; hãy đối chiếu với bản gốc", list(pages))
            }
            (Notice::PagesRecognised(pages), Lang::En) => {
                let page = if pages.len() == 1 { "page" } else { "pages" };
                format!(
                    "the text of {page} {} was recognised from pictures and may be wrong; compare it with the original",
                    list(pages)
                )
            }
            (Notice::ZerosRead { count, line }, Lang::Vi) => {
                format!("{count} ký tự rỗng (NUL, lần đầu ở dòng {line}) được đọc là dấu cách")
            }
            (Notice::ZerosRead { count, line }, Lang::En) => {
                format!("{} (first on line {line}), read as blanks", counted(*count, "zero byte"))
            }
            (Notice::BytesReplaced { count, line }, Lang::Vi) => {
                format!(
                    "{count} byte không phải UTF-8 (lần đầu ở dòng {line}) được đọc là “?”; hãy lưu lại tệp với bảng mã UTF-8"
                )
            }
            (Notice::BytesReplaced { count, line }, Lang::En) => {
                format!(
                    "{} outside UTF-8 (first on line {line}) read as “?”; save the file as UTF-8",
                    counted(*count, "byte")
                )
            }
            (Notice::Converted(name), Lang::Vi) => {
                format!("tệp viết bằng bảng mã {name}, đã chuyển sang Unicode để đọc")
            }
            (Notice::Converted(name), Lang::En) => format!("the file is written in {name} and was read as Unicode"),
        }
    }
}

/// "3, 5–7".
fn list(pages: &[usize]) -> String {
    let runs = pages.chunk_by(|a, b| a + 1 == *b).filter_map(|run| match run {
        [] => None,
        [page] => Some(page.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
    });
    runs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_in_runs() {
        let said = Notice::PagesLeftOut(vec![1, 3, 4, 5, 9]).message(Lang::En);
        assert!(said.contains("pages 1, 3–5, 9 are "), "{said}");
    }
}
