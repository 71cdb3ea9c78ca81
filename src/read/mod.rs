//! Bytes of a file to a `Document`: one file per format, each a function of bytes.

mod anchors;
mod document;
mod docx;
mod error;
mod files;
mod flow;
mod html;
mod pdf;
mod strand;
mod text;

use std::path::Path;

pub use anchors::{Anchors, Story, StoryKind, Stretch};
pub use document::{Document, Format, Part, Section};
pub use error::{MAX_FILE, MAX_UNPACKED, ReadError};
pub use files::files;

/// Reads the bytes of a file. The format is the one that the extension of `path` names; bytes that are
/// evidently of another format are refused with the right name.
pub fn read_bytes(path: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    match admit(path, &bytes)? {
        format @ (Format::Text | Format::Markdown) => text::read(path, bytes, format),
        Format::Html => html::read(path, &bytes),
        Format::Docx => docx::read(path, &bytes),
        Format::Pdf => pdf::read(path, &bytes),
    }
}

/// Reads the bytes of a file as [`read_bytes`] does and, of a Word file, remembers where its words stand: what it
/// takes to write into a copy of it.
///
/// # Errors
/// Those of [`read_bytes`].
pub fn read_anchored(path: &str, bytes: &[u8]) -> Result<(Document, Option<Anchors>), ReadError> {
    match admit(path, bytes)? {
        Format::Docx => docx::read_anchored(path, bytes).map(|(document, anchors)| (document, Some(anchors))),
        _ => read_bytes(path, bytes.to_vec()).map(|document| (document, None)),
    }
}

/// The format of a file that may be read: neither too large nor empty, and what its name says.
fn admit(path: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    let owned = || path.to_owned();
    let Some(format) = files::format_of(Path::new(path)) else {
        return Err(ReadError::Unsupported { path: owned(), extension: files::extension(Path::new(path)) });
    };
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge { path: owned(), limit: MAX_FILE });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty { path: owned() });
    }
    match sniff(bytes) {
        Some(Container::Of(found)) if found != format => return Err(ReadError::Misnamed { path: owned(), found }),
        Some(Container::Protected) => return Err(ReadError::Encrypted { path: owned() }),
        Some(Container::OldWord) => return Err(ReadError::Unsupported { path: owned(), extension: "doc".into() }),
        _ => {}
    }
    Ok(format)
}

/// Reads a file. [`read_bytes`] says what can go wrong, beside what the system may refuse.
pub fn read_file(path: &Path) -> Result<Document, ReadError> {
    let name = path.to_string_lossy();
    if files::format_of(path).is_none() && path.exists() {
        return Err(ReadError::Unsupported { path: name.into(), extension: files::extension(path) });
    }
    let size = std::fs::metadata(path).map_err(|error| files::io_error(path, &error))?.len();
    if size > MAX_FILE {
        return Err(ReadError::TooLarge { path: name.into(), limit: MAX_FILE });
    }
    let bytes = std::fs::read(path).map_err(|error| files::io_error(path, &error))?;
    read_bytes(&name, bytes)
}

/// What the first bytes give away about a file.
enum Container {
    Of(Format),
    /// A Word file with a password is an encrypted stream in the old container.
    Protected,
    OldWord,
}

fn sniff(bytes: &[u8]) -> Option<Container> {
    const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(OLD_OFFICE) {
        let protected = memchr::memmem::find(bytes, ENCRYPTED).is_some();
        Some(if protected { Container::Protected } else { Container::OldWord })
    } else if bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, b"word/").is_some() {
        Some(Container::Of(Format::Docx))
    } else if bytes.starts_with(b"%PDF-") || (head.contains(&0) && memchr::memmem::find(head, b"%PDF-").is_some()) {
        Some(Container::Of(Format::Pdf))
    } else {
        None
    }
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
    fn old_word_files_are_unsupported_whatever_their_name() {
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec();
        for name in ["a.doc", "a.docx"] {
            let error = read_bytes(name, old.clone()).unwrap_err();
            assert_eq!(error, ReadError::Unsupported { path: name.into(), extension: "doc".into() });
        }
    }

    #[test]
    fn a_protected_word_file_is_told_so() {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read_bytes("a.docx", bytes).unwrap_err(), ReadError::Encrypted { path: "a.docx".into() });
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512), head in 0usize..5) {
            let heads: [&[u8]; 5] = [b"", b"PK\x03\x04word/", b"%PDF-1.4\n", b"<html>", b"\xff\xfe"];
            let bytes = [heads[head], &bytes].concat();
            for extension in Format::EXTENSIONS {
                let _ = read_bytes(&format!("a.{extension}"), bytes.clone());
            }
        }
    }
}
