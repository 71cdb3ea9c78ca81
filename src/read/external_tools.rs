//! The other programs that help to read some formats, and what to say where one is missing or gives nothing.

use crate::text::Lang;

/// Programs that help to read some formats. They are not part of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `soffice`, for Word files before 2007 and RTF.
    LibreOffice,
    /// `tesseract` with the data for Vietnamese, for pictures of pages.
    Tesseract,
    /// `pdftoppm`, which makes pictures of the pages of a pdf.
    Poppler,
}

/// Why a program gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolFault {
    TooSlow,
    Failed,
    /// Too many others waited for it.
    Busy,
}

/// What there is to say of a program, in Vietnamese and English.
struct Said {
    name: &'static str,
    /// What to do where it is missing.
    remedy: (&'static str, &'static str),
    /// What to do where it gave nothing.
    instead: (&'static str, &'static str),
}

impl Tool {
    fn said(self) -> Said {
        match self {
            Tool::LibreOffice => Said {
                name: "LibreOffice",
                remedy: (
                    "cần LibreOffice để đọc định dạng này; hãy cài LibreOffice (Debian, Ubuntu: apt install libreoffice-writer-nogui), hoặc mở tệp bằng Word rồi lưu thành .docx",
                    "this format is read with the help of LibreOffice, which is not installed here; install it (Debian, Ubuntu: apt install libreoffice-writer-nogui), or open the file in Word and save it as .docx",
                ),
                instead: ("mở tệp bằng Word rồi lưu thành .docx", "open it in Word and save it as .docx"),
            },
            Tool::Tesseract => Said {
                name: "Tesseract",
                remedy: (
                    "cần Tesseract với dữ liệu tiếng Việt để nhận dạng chữ (--ocr); hãy cài (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)",
                    "recognising characters (--ocr) needs Tesseract with its data for Vietnamese; install them (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)",
                ),
                instead: (
                    "quét lại rõ hơn, mỗi trang một tệp .png hoặc .jpg",
                    "scan it again more clearly, each page as a .png or .jpg",
                ),
            },
            Tool::Poppler => Said {
                name: "Poppler (pdftoppm)",
                remedy: (
                    "cần Poppler (pdftoppm) để nhận dạng chữ trong tệp PDF (--ocr); hãy cài (Debian, Ubuntu: apt install poppler-utils)",
                    "recognising characters in a PDF (--ocr) needs Poppler (pdftoppm); install it (Debian, Ubuntu: apt install poppler-utils)",
                ),
                instead: (
                    "mở bằng trình đọc PDF rồi in lại ra PDF, hoặc lưu các trang thành ảnh .png",
                    "print it to a new PDF from a PDF viewer, or save its pages as .png images",
                ),
            },
        }
    }

    /// What to do where it is missing.
    pub(super) fn remedy(self, lang: Lang) -> &'static str {
        let (vi, en) = self.said().remedy;
        lang.pick(vi, en)
    }

    /// What to say and do where it gave nothing.
    pub(super) fn failed(self, why: ToolFault, lang: Lang) -> String {
        let Said { name: program, instead: (vi, en), .. } = self.said();
        let instead = lang.pick(vi, en);
        match (why, lang) {
            (ToolFault::TooSlow, Lang::Vi) => {
                format!("{program} xử lý tệp này quá lâu nên đã dừng; hãy tách nhỏ tệp, hoặc {instead}")
            }
            (ToolFault::TooSlow, Lang::En) => {
                format!("{program} took too long over it and was stopped; split it, or {instead}")
            }
            (ToolFault::Failed, Lang::Vi) => {
                format!("{program} không đọc được tệp này (tệp hỏng hoặc có mật khẩu?); hãy {instead}")
            }
            (ToolFault::Failed, Lang::En) => {
                format!("{program} could not read it (damaged, or protected by a password?); {instead}")
            }
            (ToolFault::Busy, Lang::Vi) => format!("{program} đang bận với các tệp khác; hãy thử lại sau ít phút"),
            (ToolFault::Busy, Lang::En) => format!("{program} is busy with other files; try again in a few minutes"),
        }
    }
}
