//! Bytes of a file to a `Document`: one file per format, each a function of bytes. The formats that need another
//! program (`.doc` by way of LibreOffice, pictures of pages by way of Tesseract) say so where it is not installed.

mod anchors;
mod archive;
mod damage;
mod document;
mod docx;
mod error;
mod external_tools;
mod files;
mod html;
mod legacy_encodings;
mod libreoffice;
mod markdown;
mod notice;
mod odt;
mod pdf;
mod subprocess;
mod text;
mod text_builder;
mod traced_text;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use anchors::{Anchors, Story, StoryKind, StorySpan};
pub use damage::Damage;
pub use document::{Document, Format, Part, Section};
pub use error::{MAX_FILE, MAX_UNPACKED, ReadError};
pub use external_tools::{Tool, ToolFault};
pub use files::{CORRECTED, Files, stamp};
pub use notice::Notice;
pub use pdf::{WORKER, contain, work};

/// How files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Recognise the characters on pages without a text layer, and in images.
    pub ocr: bool,
}

/// Reads the bytes of a file with the usual options: [`Options::read_bytes`].
pub fn read_bytes(path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    Options::default().read_bytes(path, bytes)
}

/// Reads a file with the usual options: [`Options::read_file`].
pub fn read_file(path: &Path) -> Result<Document, ReadError> {
    Options::default().read_file(path)
}

/// The files that `paths` stand for with the usual options: [`Options::files`].
pub fn files(paths: &[PathBuf]) -> Files {
    Options::default().files(paths)
}

/// The content of a file, whatever size the system gives for it. Errors tell of it under `name`.
///
/// # Errors
/// The system refuses, or there is more of it than [`MAX_FILE`].
pub fn content(file: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let refused = |error: std::io::Error| files::io_error(name, &error);
    let file = File::open(file).map_err(refused)?;
    let size = file.metadata().map_err(refused)?.len().min(MAX_FILE);
    let mut bytes = Vec::with_capacity(size as usize);
    // A device or a pipe has no size, and a file may grow: one byte beyond the limit tells.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: name.to_owned(), limit: MAX_FILE });
    }
    Ok(bytes)
}

impl Options {
    /// Reads the bytes of a file. The format is the one that the extension of `path` names; bytes that are
    /// evidently of another format are refused with the right name.
    pub fn read_bytes(self, path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
        let format = self.admit(path, &bytes)?;
        self.read_as(format, path, bytes)
    }

    /// Reads what comes from a pipe and has no extension: as of the format that its first bytes give away, else as plain
    /// text. `path` is what errors call it.
    ///
    /// # Errors
    /// Those of [`Options::read_bytes`].
    pub fn read_stream(self, path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
        let format = match sniff(&bytes) {
            Some(Container::Of(found)) => found,
            _ => Format::Text,
        };
        fits(path, &bytes, format)?;
        self.read_as(format, path, bytes)
    }

    fn read_as(self, format: Format, path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
        match format {
            Format::Text | Format::Markdown => text::read(path, bytes, format),
            Format::Html => html::read(path, &bytes),
            Format::Docx => docx::read(path, &bytes),
            Format::Odt => odt::read(path, &bytes),
            Format::Doc | Format::Rtf => libreoffice::read(path, &bytes, format),
            Format::Pdf => pdf::read(path, bytes, self),
            Format::Image => pdf::read_image(path, &bytes),
        }
    }

    /// Reads the bytes of a file as [`Options::read_bytes`] does and, of a Word file, remembers where its words stand:
    /// what it takes to write into a copy of it.
    ///
    /// # Errors
    /// Those of [`Options::read_bytes`].
    pub fn read_anchored(self, path: &str, bytes: &[u8]) -> Result<(Document, Option<Anchors>), ReadError> {
        match self.admit(path, bytes)? {
            Format::Docx => docx::read_anchored(path, bytes),
            _ => self.read_bytes(path, bytes.to_vec()).map(|document| (document, None)),
        }
    }

    /// The format of a file that may be read: neither too large nor empty, and what its name says.
    fn admit(self, path: &str, bytes: &[u8]) -> Result<Format, ReadError> {
        let Some(format) = files::format_of(Path::new(path)).filter(|format| self.reads(Some(*format))) else {
            return Err(ReadError::Unsupported { path: path.to_owned(), extension: files::extension(Path::new(path)) });
        };
        fits(path, bytes, format)?;
        Ok(format)
    }

    /// Reads a file. [`Options::read_bytes`] says what can go wrong, beside what the system may refuse.
    pub fn read_file(self, path: &Path) -> Result<Document, ReadError> {
        let name = path.to_string_lossy();
        if !self.reads(files::format_of(path)) && path.exists() {
            return Err(ReadError::Unsupported { path: name.into(), extension: files::extension(path) });
        }
        self.read_bytes(&name, content(path, &name)?)
    }

    /// The files that `paths` stand for, each once, what is passed over, and what cannot be found or opened.
    pub fn files(self, paths: &[PathBuf]) -> Files {
        files::files(paths, self)
    }

    fn reads(self, format: Option<Format>) -> bool {
        format.is_some_and(|format| format != Format::Image || self.ocr)
    }
}

/// Whether bytes may be read as of a format: neither too many nor none, and not evidently of another.
fn fits(path: &str, bytes: &[u8], format: Format) -> Result<(), ReadError> {
    let path = || path.to_owned();
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: path(), limit: MAX_FILE });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty { path: path() });
    }
    match sniff(bytes) {
        // Word has always written RTF under the name .doc when asked to.
        Some(Container::Of(Format::Rtf)) if format == Format::Doc => Ok(()),
        Some(Container::Of(found)) if found != format => Err(ReadError::Misnamed { path: path(), found }),
        Some(Container::Protected) => Err(ReadError::Encrypted { path: path() }),
        _ => Ok(()),
    }
}

/// What the first bytes give away about a file.
enum Container {
    Of(Format),
    /// A Word file with a password: an encrypted stream in the old container, or marked so in its first block.
    Protected,
}

fn sniff(bytes: &[u8]) -> Option<Container> {
    const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(OLD_OFFICE) {
        let protected = memchr::memmem::find(bytes, ENCRYPTED).is_some() || is_encrypted_word(bytes);
        Some(if protected { Container::Protected } else { Container::Of(Format::Doc) })
    } else if bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, odt::MIME).is_some() {
        Some(Container::Of(Format::Odt))
    } else if bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, b"word/").is_some() {
        Some(Container::Of(Format::Docx))
    } else if bytes.starts_with(b"%PDF-") || (head.contains(&0) && memchr::memmem::find(head, b"%PDF-").is_some()) {
        Some(Container::Of(Format::Pdf))
    } else if bytes.starts_with(b"{\\rtf") {
        Some(Container::Of(Format::Rtf))
    } else {
        None
    }
}

/// Whether the first block of a Word 97 file, which nearly always follows the container's header, has the mark of
/// a password ([MS-DOC] 2.5.1, `FibBase.fEncrypted`).
fn is_encrypted_word(bytes: &[u8]) -> bool {
    bytes.get(512..514) == Some(&[0xec, 0xa5]) && bytes.get(523).is_some_and(|flags| flags & 1 != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn bytes_of_another_format_are_told_so() {
        let error = read_bytes("a.txt", b"%PDF-1.7\n...".to_vec()).unwrap_err();
        assert_eq!(error, ReadError::Misnamed { path: "a.txt".into(), found: Format::Pdf });
        let docx = [b"PK\x03\x04".as_slice(), &[0; 26], b"word/document.xml"].concat();
        let error = read_bytes("a.txt", docx).unwrap_err();
        assert!(error.message(Lang::Vi).contains(".docx"));
    }

    #[test]
    fn an_old_word_file_under_a_new_name_is_told_so() {
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec();
        let error = read_bytes("a.docx", old).unwrap_err();
        assert_eq!(error, ReadError::Misnamed { path: "a.docx".into(), found: Format::Doc });
    }

    #[test]
    fn an_image_needs_the_recognition_of_characters() {
        let error = read_bytes("a.png", b"\x89PNG".to_vec()).unwrap_err();
        assert!(error.message(Lang::En).contains("--ocr"), "{error}");
    }

    #[test]
    fn a_protected_word_file_is_told_so() {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read_bytes("a.docx", bytes).unwrap_err(), ReadError::Encrypted { path: "a.docx".into() });
        let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        old.resize(512, 0);
        old.extend([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(read_bytes("a.doc", old).unwrap_err(), ReadError::Encrypted { path: "a.doc".into() });
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(read_bytes("a.md", Vec::new()).unwrap_err(), ReadError::Empty { path: "a.md".into() });
        let much = vec![b'a'; MAX_FILE as usize + 1];
        assert!(matches!(read_bytes("a.txt", much), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn a_file_is_read_from_disk_under_the_name_it_was_given() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("Kế hoạch.MD");
        std::fs::write(&path, "# Kế hoạch\n").unwrap();
        let document = read_file(&path).unwrap();
        assert_eq!(document.format, Format::Markdown);
        assert_eq!(document.path, path.to_str().unwrap());
        assert!(matches!(read_file(&root.path().join("x.txt")), Err(ReadError::NotFound { .. })));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_without_end_is_too_large() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x.txt");
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert!(matches!(read_file(&path), Err(ReadError::TooLarge { .. })));
    }

    /// Pieces that readers act upon, in any order.
    const MARKUP: [&str; 30] = [
        "<w:p>",
        "</w:p>",
        "<w:r><w:t>",
        "</w:t></w:r>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:del>",
        "</w:del>",
        "<text:p>",
        "</text:p>",
        "<text:note-body>",
        "</text:note-body>",
        "<text:s text:c='9'/>",
        "<table:table>",
        "</table:table>",
        "<table:table-row>",
        "<table:table-cell>",
        "<text:span>",
        "</text:span>",
        "<mc:AlternateContent>",
        "&amp;&#x301;",
        "số 33/2021/TT-BGDĐT",
        " ",
        "1",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512), head in 0usize..8) {
            let odt = [b"PK\x03\x04".as_slice(), odt::MIME].concat();
            let heads: [&[u8]; 8] = [
                b"", b"PK\x03\x04word/", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"\xfe\xff", &odt,
                "Kế hoạch giáo dục\n".as_bytes(),
            ];
            let bytes = [heads[head], &bytes].concat();
            for extension in Format::EXTENSIONS {
                let _ = read_bytes(&format!("a.{extension}"), bytes.clone());
            }
        }

        #[test]
        fn no_markup_makes_a_reader_panic(
            picked in proptest::collection::vec(0usize..MARKUP.len(), 0..60),
            cut in 0usize..2000,
        ) {
            let markup: String = picked.iter().map(|at| MARKUP[*at]).collect();
            let _ = read_bytes("a.html", markup.clone().into_bytes());
            for (name, main) in [("a.docx", "word/document.xml"), ("a.odt", "content.xml")] {
                let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
                zip.start_file(main, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut zip, markup.as_bytes()).unwrap();
                let mut bytes = zip.finish().unwrap().into_inner();
                let _ = read_bytes(name, bytes.clone());
                bytes.truncate(cut);
                let _ = read_bytes(name, bytes);
            }
        }
    }
}
