//! Why a file could not be read, in words for the person who has to do something about it: the file's name,
//! the reason, and the next step, in Vietnamese and in English.

use crate::text::Lang;

use super::Format;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// The most that the compressed parts of one file may unpack to, in bytes. A docx or a pdf beyond it is taken
/// for a decompression bomb.
pub const MAX_UNPACKED: u64 = 256 << 20;

/// A file that could not be read. Every variant carries the path as the user gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum ReadError {
    /// Neither a file nor a directory is there.
    NotFound { path: String },
    /// The extension (lower case, without the dot; empty if there is none) is of no format that is read.
    Unsupported { path: String, extension: String },
    /// The bytes are of another format than the extension says.
    Misnamed { path: String, found: Format },
    /// No byte, or no visible character.
    Empty { path: String },
    /// Named as text, but neither UTF-8, UTF-16 with a mark, nor Vietnamese in windows-1258.
    Binary { path: String },
    /// A docx that is no whole zip archive, or whose parts are missing or not well-formed.
    DamagedDocx { path: String, detail: String },
    /// A pdf that cannot be parsed.
    DamagedPdf { path: String, detail: String },
    /// A pdf of page images without a usable text layer.
    Scan { path: String, pages: usize },
    /// The file opens with a password only.
    Encrypted { path: String },
    /// Larger than [`MAX_FILE`], or unpacking to more than [`MAX_UNPACKED`].
    TooLarge { path: String, limit: u64 },
    /// The system refused: permissions, a broken disk, a link that leads to itself.
    Io { path: String, detail: String },
}

impl ReadError {
    /// The file that could not be read, as the user gave it.
    pub fn path(&self) -> &str {
        match self {
            ReadError::NotFound { path }
            | ReadError::Unsupported { path, .. }
            | ReadError::Misnamed { path, .. }
            | ReadError::Empty { path }
            | ReadError::Binary { path }
            | ReadError::DamagedDocx { path, .. }
            | ReadError::DamagedPdf { path, .. }
            | ReadError::Scan { path, .. }
            | ReadError::Encrypted { path }
            | ReadError::TooLarge { path, .. }
            | ReadError::Io { path, .. } => path,
        }
    }

    /// One line: the file, the reason, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        format!("{}: {}", self.path(), self.reason(lang))
    }

    /// The message without the file's name, for places that show the name themselves.
    pub fn reason(&self, lang: Lang) -> String {
        match self {
            ReadError::NotFound { .. } => lang
                .pick(
                    "không tìm thấy tệp hoặc thư mục này; hãy kiểm tra lại đường dẫn",
                    "no such file or directory; check the path",
                )
                .into(),
            ReadError::Unsupported { extension, .. } => unsupported(extension, lang),
            ReadError::Misnamed { found, .. } => {
                let name = found.name();
                let extension = found.extension();
                match lang {
                    Lang::Vi => format!(
                        "nội dung là {name}, không khớp với phần mở rộng của tên tệp; hãy đổi phần mở rộng thành .{extension}"
                    ),
                    Lang::En => {
                        format!("the content is {name}, unlike the file's extension; rename the file to .{extension}")
                    }
                }
            }
            ReadError::Empty { .. } => lang
                .pick(
                    "tệp rỗng, không có chữ nào; hãy kiểm tra xem tệp đã được lưu hoặc tải về đầy đủ chưa",
                    "the file holds no text; check that it was saved or downloaded in full",
                )
                .into(),
            ReadError::Binary { .. } => lang
                .pick(
                    "không phải văn bản thuần, hoặc dùng bảng mã không nhận ra; hãy mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8",
                    "not plain text, or in an unknown encoding; open it in an editor and save it as UTF-8",
                )
                .into(),
            ReadError::DamagedDocx { detail, .. } => match lang {
                Lang::Vi => format!(
                    "tệp Word bị hỏng hoặc không đầy đủ ({detail}); hãy tải lại, hoặc mở bằng Word rồi lưu lại dạng .docx"
                ),
                Lang::En => format!(
                    "the Word file is damaged or cut short ({detail}); fetch it again, or open it in Word and save it as .docx"
                ),
            },
            ReadError::DamagedPdf { detail, .. } => match lang {
                Lang::Vi => format!(
                    "tệp PDF bị hỏng hoặc không đầy đủ ({detail}); hãy tải lại, hoặc mở bằng trình đọc PDF rồi in lại ra PDF"
                ),
                Lang::En => format!(
                    "the PDF is damaged or cut short ({detail}); fetch it again, or open it in a PDF viewer and print it to a new PDF"
                ),
            },
            ReadError::Scan { pages, .. } => match lang {
                Lang::Vi => format!(
                    "bản quét (scan) {pages} trang, không có lớp chữ; hãy nhận dạng chữ (OCR) trước, hoặc dùng bản Word gốc"
                ),
                Lang::En => format!(
                    "a scan of {pages} page(s) without a text layer; run OCR on it first, or use the original Word file"
                ),
            },
            ReadError::Encrypted { .. } => lang
                .pick(
                    "tệp có mật khẩu; hãy mở bằng mật khẩu rồi lưu một bản không có mật khẩu",
                    "the file is protected by a password; open it and save a copy without one",
                )
                .into(),
            ReadError::TooLarge { limit, .. } => {
                let limit = limit >> 20;
                match lang {
                    Lang::Vi => {
                        format!("tệp quá lớn (giới hạn {limit} MiB, kể cả sau khi giải nén); hãy chia thành các tệp nhỏ hơn")
                    }
                    Lang::En => format!("the file is too large (limit {limit} MiB, unpacked data included); split it"),
                }
            }
            ReadError::Io { detail, .. } => match lang {
                Lang::Vi => format!("không đọc được ({detail}); hãy kiểm tra quyền truy cập tệp"),
                Lang::En => format!("could not be read ({detail}); check the permissions of the file"),
            },
        }
    }
}

fn unsupported(extension: &str, lang: Lang) -> String {
    let formats = Format::EXTENSIONS.map(|extension| format!(".{extension}")).join(", ");
    match (extension, lang) {
        ("doc" | "rtf" | "odt" | "wps" | "dot" | "docm" | "dotx", Lang::Vi) => {
            format!("chưa đọc được định dạng .{extension}; hãy mở bằng Word hoặc LibreOffice rồi lưu thành .docx")
        }
        ("doc" | "rtf" | "odt" | "wps" | "dot" | "docm" | "dotx", Lang::En) => {
            format!(".{extension} files are not read; open it in Word or LibreOffice and save it as .docx")
        }
        ("png" | "jpg" | "jpeg" | "tif" | "tiff" | "bmp" | "heic" | "webp", Lang::Vi) => {
            format!("tệp ảnh .{extension} không có lớp chữ; hãy nhận dạng chữ (OCR) rồi lưu thành .docx hoặc .txt")
        }
        ("png" | "jpg" | "jpeg" | "tif" | "tiff" | "bmp" | "heic" | "webp", Lang::En) => {
            format!("an image (.{extension}) has no text layer; run OCR on it and save the result as .docx or .txt")
        }
        ("", Lang::Vi) => format!("tên tệp không có phần mở rộng; các định dạng đọc được: {formats}"),
        ("", Lang::En) => format!("the file name has no extension; formats that are read: {formats}"),
        (_, Lang::Vi) => format!("không đọc được định dạng .{extension}; các định dạng đọc được: {formats}"),
        (_, Lang::En) => format!(".{extension} files are not read; formats that are read: {formats}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_file_and_the_way_out_in_both_languages() {
        let error = ReadError::Unsupported { path: "kế hoạch.doc".into(), extension: "doc".into() };
        assert!(error.message(Lang::Vi).starts_with("kế hoạch.doc: "));
        assert!(error.message(Lang::Vi).contains("lưu thành .docx"));
        assert!(error.message(Lang::En).contains("save it as .docx"));
        assert_eq!(error.to_string(), error.message(Lang::En));
    }

    #[test]
    fn the_limit_is_told_in_mebibytes() {
        let error = ReadError::TooLarge { path: "a.docx".into(), limit: MAX_FILE };
        assert!(error.message(Lang::En).contains("64 MiB"));
    }
}
