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
    /// An odt that is no whole zip archive, or whose parts are missing or not well-formed.
    DamagedOdt { path: String, detail: String },
    /// A web page whose elements are nested or crossed so much that reading it would take minutes or gigabytes.
    Tangled { path: String },
    /// Read with the help of a program that is not installed here.
    NoProgram { path: String, program: Program },
    /// The program that helps to read the format gave nothing in the time it has.
    ProgramFailed { path: String, program: Program, why: Why },
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

/// Programs that help to read some formats. They are not part of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// `soffice`, for Word files before 2007 and RTF.
    LibreOffice,
    /// `tesseract` with the data for Vietnamese, for pictures of pages.
    Tesseract,
    /// `pdftoppm`, which makes pictures of the pages of a pdf.
    Poppler,
}

/// Why a program gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    TooSlow,
    Failed,
    /// Too many others waited for it.
    Busy,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Program::LibreOffice => "LibreOffice",
            Program::Tesseract => "Tesseract",
            Program::Poppler => "Poppler (pdftoppm)",
        }
    }

    /// What to do where it is missing.
    fn remedy(self, lang: Lang) -> &'static str {
        match self {
            Program::LibreOffice => lang.pick(
                "cần LibreOffice để đọc định dạng này; hãy cài LibreOffice (Debian, Ubuntu: apt install libreoffice-writer-nogui), hoặc mở tệp bằng Word rồi lưu thành .docx",
                "this format is read with the help of LibreOffice, which is not installed here; install it (Debian, Ubuntu: apt install libreoffice-writer-nogui), or open the file in Word and save it as .docx",
            ),
            Program::Tesseract => lang.pick(
                "cần Tesseract với dữ liệu tiếng Việt để nhận dạng chữ (--ocr); hãy cài (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)",
                "recognising characters (--ocr) needs Tesseract with its data for Vietnamese; install them (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)",
            ),
            Program::Poppler => lang.pick(
                "cần Poppler (pdftoppm) để nhận dạng chữ trong tệp PDF (--ocr); hãy cài (Debian, Ubuntu: apt install poppler-utils)",
                "recognising characters in a PDF (--ocr) needs Poppler (pdftoppm); install it (Debian, Ubuntu: apt install poppler-utils)",
            ),
        }
    }
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
            | ReadError::DamagedOdt { path, .. }
            | ReadError::Tangled { path }
            | ReadError::NoProgram { path, .. }
            | ReadError::ProgramFailed { path, .. }
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
            ReadError::DamagedOdt { detail, .. } => match lang {
                Lang::Vi => format!(
                    "tệp OpenDocument bị hỏng hoặc không đầy đủ ({detail}); hãy tải lại, hoặc mở bằng LibreOffice rồi lưu lại"
                ),
                Lang::En => format!(
                    "the OpenDocument file is damaged or cut short ({detail}); fetch it again, or open it in LibreOffice and save it again"
                ),
            },
            ReadError::Tangled { .. } => lang
                .pick(
                    "trang web lồng nhau quá sâu hoặc quá rối nên không đọc; hãy mở bằng trình duyệt, chép phần chữ và lưu thành .txt",
                    "the web page is nested too deep or too tangled to be read; open it in a browser, copy its text and save it as .txt",
                )
                .into(),
            ReadError::NoProgram { program, .. } => program.remedy(lang).into(),
            ReadError::ProgramFailed { program, why, .. } => failed(program.name(), *why, lang),
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
                    "bản quét (scan) {pages} trang, không có lớp chữ; hãy thêm --ocr để nhận dạng chữ, hoặc dùng bản Word gốc"
                ),
                Lang::En => format!(
                    "a scan of {pages} page(s) without a text layer; add --ocr to recognise its characters, or use the original Word file"
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

fn failed(program: &str, why: Why, lang: Lang) -> String {
    match (why, lang) {
        (Why::TooSlow, Lang::Vi) => {
            format!(
                "{program} xử lý tệp này quá lâu nên đã dừng; hãy mở tệp bằng Word rồi lưu thành .docx, hoặc tách nhỏ tệp"
            )
        }
        (Why::TooSlow, Lang::En) => {
            format!(
                "{program} took too long over it and was stopped; open it in Word and save it as .docx, or split it"
            )
        }
        (Why::Failed, Lang::Vi) => {
            format!(
                "{program} không đọc được tệp này (tệp hỏng hoặc có mật khẩu?); hãy mở tệp bằng Word rồi lưu thành .docx"
            )
        }
        (Why::Failed, Lang::En) => {
            format!(
                "{program} could not read it (damaged, or protected by a password?); open it in Word and save it as .docx"
            )
        }
        (Why::Busy, Lang::Vi) => format!("{program} đang bận với các tệp khác; hãy thử lại sau ít phút"),
        (Why::Busy, Lang::En) => format!("{program} is busy with other files; try again in a few minutes"),
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
    fn the_limit_is_told_in_mebibytes() {
        let error = ReadError::TooLarge { path: "a.docx".into(), limit: MAX_FILE };
        assert!(error.message(Lang::En).contains("64 MiB"));
    }
}
