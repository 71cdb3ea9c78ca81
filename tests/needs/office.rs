//! Annotated Word files in the programs of others: LibreOffice and python-docx open them, see the same text as before and
//! as many comments as were written.

use std::fs;
use std::path::Path;
use std::process::Command;

use danchieu::check::Finding;
use danchieu::read::Document;
use danchieu::register::Register;
use danchieu::report::docx::{AUTHOR, annotate};
use serde_json::Value;

use crate::need::python;
use crate::round_trip::{findings, real};
use crate::support::word::{docx, finding, open, options, p, r};

/// How many of the real files are tried: each costs seconds.
const FEW: usize = 3;

/// Prints the paragraphs of a file, those of its tables' cells too, and who signed its comments.
const READ: &str = "
import docx, json, re, sys
d = docx.Document(sys.argv[1])
parts = [r.target_part for r in d.part.rels.values() if r.reltype.endswith('/comments')]
text = [p.text for p in d.paragraphs] + [c.text for t in d.tables for row in t.rows for c in row.cells]
authors = [a for part in parts for a in re.findall('<w:comment [^>]*w:author=\"([^\"]*)\"', part.blob.decode())]
print(json.dumps({'text': text, 'authors': authors}))
";

fn convert(dir: &Path, to: &str, names: &[String]) {
    let profile = format!("-env:UserInstallation=file://{}/profile", dir.display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(dir);
    let output = command.args(names.iter().map(|name| dir.join(format!("{name}.docx")))).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A draft in which the words at fault stand in every place that a plan has.
fn draft() -> Vec<u8> {
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let cell =
        |text: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"4500\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", p(&r(text)));
    let body = format!(
        "{}{}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4500\"/><w:gridCol w:w=\"4500\"/></w:tblGrid><w:tr>{}{}</w:tr></w:tbl>{}",
        p(&format!(
            "<w:r><w:t>Căn cứ Thông</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> tư số 22/2020</w:t></w:r>{}",
            r("/TT-BGDĐT của Bộ;")
        )),
        p(&format!(
            "{}<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:ins w:id=\"5\" w:author=\"A\" w:date=\"2025-01-01T00:00:00Z\">{}</w:ins>",
            r("Theo Luật số 11/1998/QH10"),
            r(" và Nghị định số 75/2006/NĐ-CP")
        )),
        cell("Quyết định 489/QĐ-TTg"),
        cell("70/KH-UBND"),
        p("")
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"{w}\"><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p(&format!("<w:r><w:footnoteRef/></w:r>{}", r(" Xem Nghị định 115/2010/NĐ-CP.")))
    );
    docx(&body, &[("footnotes", "footnotes.xml", &notes)])
}

pub fn others_open_a_draft_and_see_the_same_text_and_every_comment() {
    others_see_the_same(&[draft()], |at, document| {
        assert_eq!(at, 0);
        let words = [
            "Thông tư số 22/2020/TT-BGDĐT",
            "Luật số 11",
            "Nghị định số 75",
            "Quyết định 489/QĐ-TTg	70",
            "115/2010/NĐ-CP",
        ];
        words.iter().map(|words| finding(document, words, Some("Luật Giáo dục"))).collect()
    });
}

pub fn others_open_real_files_and_see_the_same_text_and_every_comment() {
    let register = Register::bundled();
    let files: Vec<Vec<u8>> = real().iter().rev().take(FEW).map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(files.len(), FEW);
    others_see_the_same(&files, |at, document| findings(document, &register, at as u64 + 1).1);
}

/// Annotates the files with these findings, once as comments and once as changes, and opens what was written.
fn others_see_the_same(files: &[Vec<u8>], findings: impl Fn(usize, &Document) -> Vec<Finding>) {
    let dir = tempfile::tempdir().unwrap();
    let mut counts = Vec::new();
    for (at, bytes) in files.iter().enumerate() {
        let (document, anchors) = open(bytes);
        let findings = findings(at, &document);
        let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(format!("{name}{at}.docx")), bytes).unwrap();
        write("draft", bytes);
        for (name, fixes) in [("comments", false), ("changes", true)] {
            let annotated = annotate(bytes, &document, &anchors, &findings, &options(fixes)).unwrap();
            write(name, &annotated.bytes);
        }
        counts.push(findings.len());
    }
    let names = |kinds: &[&str]| -> Vec<String> {
        (0..files.len()).flat_map(|at| kinds.iter().map(move |kind| format!("{kind}{at}"))).collect()
    };
    convert(dir.path(), "txt:Text (encoded):UTF8", &names(&["draft", "comments"]));
    convert(dir.path(), "fodt", &names(&["comments", "changes"]));
    convert(dir.path(), "pdf", &["changes0".to_owned()]);
    assert!(fs::read(dir.path().join("changes0.pdf")).unwrap().starts_with(b"%PDF"));

    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    // LibreOffice sets a blank line before a table that opens the document where a comment stands in it.
    let lines = |name: &str| -> Vec<String> {
        let text = read(name);
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    for (at, count) in counts.into_iter().enumerate() {
        assert_eq!(lines(&format!("comments{at}.txt")), lines(&format!("draft{at}.txt")), "LibreOffice, file {at}");
        for kind in ["comments", "changes"] {
            let flat = read(&format!("{kind}{at}.fodt"));
            let creator = format!("<dc:creator>{AUTHOR}</dc:creator>");
            let seen = flat
                .split("<office:annotation ")
                .skip(1)
                .filter(|one| one.split("</office:annotation>").next().is_some_and(|one| one.contains(&creator)))
                .count();
            assert_eq!(seen, count, "LibreOffice, {kind}, file {at}");
        }
        let read_by_python = |name: &str| -> Value {
            let path = dir.path().join(format!("{name}{at}.docx"));
            let output = Command::new(python()).args(["-c", READ]).arg(&path).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice(&output.stdout).unwrap()
        };
        let (draft, comments) = (read_by_python("draft"), read_by_python("comments"));
        assert_eq!(comments["text"], draft["text"], "python-docx, file {at}");
        let ours = comments["authors"].as_array().unwrap().iter().filter(|author| *author == AUTHOR).count();
        assert_eq!(ours, count, "python-docx, file {at}");
    }
}
