//! Why a file could not be read, in words for the person who has to do something about it: the file's name,
//! the reason, and the next step, in Vietnamese and in English.

use crate::text::{IoMessage, Lang, counted};

use super::{Damage, Format, Tool, ToolFault};

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
    /// A web page whose elements are nested or crossed so much that reading it would take minutes or gigabytes.
    Tangled { path: String },
    /// Read with the help of a program that is not installed here.
    NoProgram { path: String, program: Tool },
    /// The program that helps to read the format gave nothing in the time it has.
    ProgramFailed { path: String, program: Tool, why: ToolFault },
    /// A docx or odt that is no whole zip archive, or whose parts are missing or not well-formed; a pdf that cannot be
    /// parsed.
    Damaged { path: String, format: Format, damage: Damage },
    /// A pdf of page images without a usable text layer.
    Scan { path: String, pages: usize },
    /// The file opens with a password only.
    Encrypted { path: String },
    /// Larger than [`MAX_FILE`], or unpacking to more than [`MAX_UNPACKED`].
    TooLarge { path: String, limit: u64 },
    /// The system refused: permissions, a broken disk, a link that leads to itself.
    Io { path: String, detail: IoMessage },
    /// A pipe, a socket or a device under the name of a document.
    Special { path: String },
    /// A link that leads back to a folder it lies in.
    Loop { path: String },
    /// A fault of this program, met while it read the file.
    Internal { path: String },
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
            | ReadError::Tangled { path }
            | ReadError::NoProgram { path, .. }
            | ReadError::ProgramFailed { path, .. }
            | ReadError::Damaged { path, .. }
            | ReadError::Scan { path, .. }
            | ReadError::Encrypted { path }
            | ReadError::TooLarge { path, .. }
            | ReadError::Io { path, .. }
            | ReadError::Special { path }
            | ReadError::Loop { path }
            | ReadError::Internal { path } => path,
        }
    }

    /// One line: the file, the reason, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        format!("{}: {}", self.path(), self.reason(lang))
    }

    /// The message without the file's name, for places that show the name themselves.
    pub fn reason(&self, lang: Lang) -> String {
        match self {
            ReadError::Unsupported { extension, .. } => unsupported(extension, lang),
            ReadError::NoProgram { program, .. } => program.remedy(lang).into(),
            ReadError::ProgramFailed { program, why, .. } => program.failed(*why, lang),
            ReadError::Damaged { format, damage, .. } => damaged(*format, damage, lang),
            ReadError::Misnamed { found, .. } => {
                let (name, extension) = (found.name(), found.extension());
                match lang {
                    Lang::Vi => format!(
                        "nội dung là {name}, không khớp với phần mở rộng của tên tệp; hãy đổi phần mở rộng thành .{extension}"
                    ),
                    Lang::En => {
                        format!("the content is {name}, unlike the file's extension; rename the file to .{extension}")
                    }
                }
            }
            ReadError::Scan { pages, .. } => match lang {
                Lang::Vi => format!(
                    "bản quét (scan) {pages} trang, không có lớp chữ; hãy thêm --ocr để nhận dạng chữ, hoặc dùng bản Word gốc"
                ),
                Lang::En => format!(
                    "a scan of {} without a text layer; add --ocr to recognise its characters, or use the original Word file",
                    counted(*pages, "page")
                ),
            },
            ReadError::TooLarge { limit, .. } => {
                let limit = limit >> 20;
                match lang {
                    Lang::Vi => {
                        format!(
                            "tệp quá lớn (giới hạn {limit} MiB, kể cả sau khi giải nén); hãy chia thành các tệp nhỏ hơn"
                        )
                    }
                    Lang::En => format!("the file is too large (limit {limit} MiB, unpacked data included); split it"),
                }
            }
            ReadError::Io { detail, .. } => {
                let detail = detail.words(lang);
                match lang {
                    Lang::Vi => format!("không đọc được ({detail}); hãy kiểm tra quyền truy cập"),
                    Lang::En => format!("could not be read ({detail}); check its permissions"),
                }
            }
            ReadError::Special { .. } => lang.pick(SPECIAL.0, SPECIAL.1).into(),
            ReadError::Loop { .. } => lang.pick(LOOP.0, LOOP.1).into(),
            ReadError::NotFound { .. } => lang.pick(NOT_FOUND.0, NOT_FOUND.1).into(),
            ReadError::Empty { .. } => lang.pick(EMPTY.0, EMPTY.1).into(),
            ReadError::Binary { .. } => lang.pick(BINARY.0, BINARY.1).into(),
            ReadError::Tangled { .. } => lang.pick(TANGLED.0, TANGLED.1).into(),
            ReadError::Encrypted { .. } => lang.pick(ENCRYPTED.0, ENCRYPTED.1).into(),
            ReadError::Internal { .. } => lang.pick(INTERNAL.0, INTERNAL.1).into(),
        }
    }
}

/// Vietnamese and English.
type Said = (&'static str, &'static str);

const NOT_FOUND: Said =
    ("không tìm thấy tệp hoặc thư mục này; hãy kiểm tra lại đường dẫn", "no such file or directory; check the path");
const SPECIAL: Said = (
    "không phải tệp thường mà là ống dẫn, socket hoặc thiết bị, nên không đọc",
    "no ordinary file but a pipe, a socket or a device, so it is not read",
);
const LOOP: Said = (
    "liên kết dẫn ngược về thư mục chứa nó, nên không đi theo",
    "a link that leads back to a folder it lies in, so it is not followed",
);
const EMPTY: Said = (
    "tệp rỗng, không có chữ nào; hãy kiểm tra xem tệp đã được lưu hoặc tải về đầy đủ chưa",
    "the file holds no text; check that it was saved or downloaded in full",
);
const BINARY: Said = (
    "không phải văn bản thuần, hoặc dùng bảng mã không nhận ra; hãy mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8",
    "not plain text, or in an unknown encoding; open it in an editor and save it as UTF-8",
);
const TANGLED: Said = (
    "trang web lồng nhau quá sâu hoặc quá rối nên không đọc; hãy mở bằng trình duyệt, chép phần chữ và lưu thành .txt",
    "the web page is nested too deep or too tangled to be read; open it in a browser, copy its text and save it as .txt",
);
const ENCRYPTED: Said = (
    "tệp có mật khẩu; hãy mở bằng mật khẩu rồi lưu một bản không có mật khẩu",
    "the file is protected by a password; open it and save a copy without one",
);
const INTERNAL: Said = (
    "chương trình gặp lỗi nội bộ khi đọc tệp này nên bỏ qua; hãy lưu phần chữ thành tệp .txt rồi thử lại",
    "a fault of the program itself met while reading it, so it was left out; save its text as .txt and try again",
);

fn damaged(format: Format, damage: &Damage, lang: Lang) -> String {
    let (file, remedy) = match format {
        Format::Odt => (
            lang.pick("tệp OpenDocument", "the OpenDocument file"),
            lang.pick("mở bằng LibreOffice rồi lưu lại", "open it in LibreOffice and save it again"),
        ),
        Format::Pdf => (
            lang.pick("tệp PDF", "the PDF"),
            lang.pick("mở bằng trình đọc PDF rồi in lại ra PDF", "open it in a PDF viewer and print it to a new PDF"),
        ),
        _ => (
            lang.pick("tệp Word", "the Word file"),
            lang.pick("mở bằng Word rồi lưu lại dạng .docx", "open it in Word and save it as .docx"),
        ),
    };
    let damage = damage.words(lang);
    match lang {
        Lang::Vi => format!("{file} bị hỏng hoặc không đầy đủ ({damage}); hãy tải lại, hoặc {remedy}"),
        Lang::En => format!("{file} is damaged or cut short ({damage}); fetch it again, or {remedy}"),
    }
}

fn unsupported(extension: &str, lang: Lang) -> String {
    let formats = Format::EXTENSIONS.map(|extension| format!(".{extension}")).join(", ");
    match (extension, lang) {
        ("wps" | "dot" | "docm" | "dotx", Lang::Vi) => {
            format!("chưa đọc được định dạng .{extension}; hãy mở bằng Word hoặc LibreOffice rồi lưu thành .docx")
        }
        ("wps" | "dot" | "docm" | "dotx", Lang::En) => {
            format!(".{extension} files are not read; open it in Word or LibreOffice and save it as .docx")
        }
        ("png" | "jpg" | "jpeg" | "tif" | "tiff", Lang::Vi) => {
            format!("tệp ảnh .{extension} không có lớp chữ; hãy thêm --ocr để nhận dạng chữ")
        }
        ("png" | "jpg" | "jpeg" | "tif" | "tiff", Lang::En) => {
            format!("an image (.{extension}) has no text layer; add --ocr to recognise its characters")
        }
        ("bmp" | "heic" | "webp" | "gif", Lang::Vi) => {
            format!("không đọc được ảnh .{extension}; hãy lưu ảnh thành .png hoặc .jpg rồi đọc với --ocr")
        }
        ("bmp" | "heic" | "webp" | "gif", Lang::En) => {
            format!(".{extension} images are not read; save it as .png or .jpg and read that with --ocr")
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
        let error = ReadError::Unsupported { path: "kế hoạch.docm".into(), extension: "docm".into() };
        assert!(error.message(Lang::Vi).starts_with("kế hoạch.docm: "));
        assert!(error.message(Lang::Vi).contains("lưu thành .docx"));
        assert!(error.message(Lang::En).contains("save it as .docx"));
        assert_eq!(error.to_string(), error.message(Lang::En));
    }

    #[test]
    fn what_is_wrong_inside_is_told_in_the_language_of_the_message() {
        let damage = Damage::TooDeep.within("word/document.xml");
        let error = ReadError::Damaged { path: "a.docx".into(), format: Format::Docx, damage };
        assert!(error.message(Lang::Vi).contains("(word/document.xml: các phần tử lồng nhau quá sâu)"), "{error}");
        assert!(error.message(Lang::En).contains("(word/document.xml: elements are nested too deep)"), "{error}");
        let scan = |pages| ReadError::Scan { path: "a.pdf".into(), pages }.message(Lang::En);
        assert!(scan(1).contains("a scan of 1 page without") && scan(2).contains("2 pages"));
    }

    #[test]
    fn what_to_do_fits_the_program_that_failed() {
        let failed =
            |program| ReadError::ProgramFailed { path: "a".into(), program, why: ToolFault::Failed }.message(Lang::En);
        assert!(failed(Tool::LibreOffice).contains("Word"));
        assert!(!failed(Tool::Tesseract).contains("Word") && failed(Tool::Tesseract).contains(".png"));
        assert!(!failed(Tool::Poppler).contains(".docx"));
    }

    #[test]
    fn the_limit_is_told_in_mebibytes() {
        let error = ReadError::TooLarge { path: "a.docx".into(), limit: MAX_FILE };
        assert!(error.message(Lang::En).contains("64 MiB"));
    }
}
