//! A format that needs another program, where that program is missing: the message says which one and what to do.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn danchieu(args: &[&str], files: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_danchieu"));
    command.env_remove("DANCHIEU_LANG").args(args).args(files).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn what_is_missing_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("a.doc");
    fs::write(&old, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old").unwrap();
    let image = folder.path().join("a.png");
    fs::write(&image, b"\x89PNG\r\n\x1a\n").unwrap();
    for (file, name) in [(&old, "libreoffice-writer-nogui"), (&image, "tesseract-ocr-vie")] {
        for lang in ["vi", "en"] {
            let output = Command::new(env!("CARGO_BIN_EXE_danchieu"))
                .args(["extract", "--ocr", "--lang", lang])
                .arg(file)
                .env("PATH", folder.path())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(2));
            // LibreOffice may be installed beside the search path.
            if !Path::new("/usr/lib/libreoffice/program/soffice").exists() || name.starts_with("tesseract") {
                assert!(said(&output).contains(name), "{}", said(&output));
            }
        }
    }
    // Without the option, the option is what is named.
    let output = danchieu(&["extract", "--lang", "en"], &[&image]);
    assert!(said(&output).contains("--ocr"), "{}", said(&output));
}
