//! Word files made by hand, their parts, and what an annotated one must keep.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use danchieu::check::{Finding, Severity};
use danchieu::read::{self, Anchors, Document};
use danchieu::report::docx::{AUTHOR, AnnotateOptions, Annotated, annotate};
use danchieu::text::{Lang, Message};
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A whole Word file: the content of the body, and further parts as (kind, file, XML).
pub fn docx(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, xml: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let mut types = format!(
        "<Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut relations = String::new();
    for (at, (kind, file, xml)) in others.iter().enumerate() {
        types += &format!("<Override PartName=\"/word/{file}\" ContentType=\"{TYPE}.{kind}+xml\"/>");
        relations += &format!("<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/{kind}\" Target=\"{file}\"/>", at + 1);
        add(&format!("word/{file}"), &format!("{head}{xml}"));
    }
    let package = "http://schemas.openxmlformats.org/package/2006";
    add("[Content_Types].xml", &format!("{head}<Types xmlns=\"{package}/content-types\">{types}</Types>"));
    add(
        "_rels/.rels",
        &format!(
            "{head}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    );
    if !others.is_empty() {
        add(
            "word/_rels/document.xml.rels",
            &format!("{head}<Relationships xmlns=\"{package}/relationships\">{relations}</Relationships>"),
        );
    }
    add(
        "word/document.xml",
        &format!(
            "{head}<w:document xmlns:w=\"{W}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><w:body>{body}</w:body></w:document>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

pub fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// The file with another XML in the place of a part.
pub fn with_part(bytes: &[u8], name: &str, xml: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).unwrap();
        if file.name().unwrap() == name {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(xml.as_bytes()).unwrap();
        } else {
            zip.raw_copy_file(file).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// Compressed bytes of every part.
pub fn raw_parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index_raw(at).unwrap();
            let mut data = Vec::new();
            file.read_to_end(&mut data).unwrap();
            (file.name().unwrap().into_owned(), data)
        })
        .collect()
}

pub fn open(bytes: &[u8]) -> (Document, Anchors) {
    let (document, anchors) = read::Options::default().read_anchored("a.docx", bytes).unwrap();
    (document, anchors.unwrap())
}

pub fn text(bytes: &[u8]) -> String {
    read::read_bytes("a.docx", bytes.to_vec()).unwrap().text.as_str().to_owned()
}

pub fn finding(document: &Document, words: &str, suggestion: Option<&str>) -> Finding {
    let start = document.text.as_str().find(words).unwrap_or_else(|| panic!("{words}"));
    at(start..start + words.len(), suggestion)
}

pub fn at(range: std::ops::Range<usize>, suggestion: Option<&str>) -> Finding {
    Finding {
        rule: "replaced",
        severity: Severity::Error,
        range,
        message: Message { vi: "Đã được thay thế & hết hiệu lực".into(), en: "Replaced & ended".into() },
        basis: Some(Message::new("Sổ đăng ký", "The register")),
        target: None,
        suggestion: suggestion.map(str::to_owned),
        safe: suggestion.is_some(),
        citation: 0,
    }
}

pub fn options(fixes: bool) -> AnnotateOptions<'static> {
    AnnotateOptions { lang: Lang::Vi, date: "2026-01-26".parse().unwrap(), author: AUTHOR, fixes }
}

/// Annotates a file with findings at these words.
pub fn run(bytes: &[u8], words: &[(&str, Option<&str>)], fixes: bool) -> Annotated {
    let (document, anchors) = open(bytes);
    let findings: Vec<Finding> = words.iter().map(|(words, new)| finding(&document, words, *new)).collect();
    let annotated = annotate(bytes, &document, &anchors, &findings, &options(fixes)).unwrap();
    sound(bytes, &annotated.bytes);
    annotated
}

/// What holds of every annotated file: the parts that are not ours are the same bytes, what was written is
/// well-formed, and nothing of the original is gone.
pub fn sound(before: &[u8], after: &[u8]) {
    let (old, new) = (raw_parts(before), raw_parts(after));
    for (name, data) in &old {
        let ours = ["document.xml", "footnotes.xml", "endnotes.xml", "document.xml.rels", "[Content_Types].xml"];
        if ours.iter().any(|ours| name.ends_with(ours)) || name.contains("comments") || name.contains("nhan-xet") {
            let (old, new) = (part(before, name), part(after, name));
            let mut written = new.bytes();
            assert!(old.bytes().all(|byte| written.any(|one| one == byte)), "{name}: something is gone");
            well_formed(&new, name);
        } else {
            assert_eq!(new.get(name), Some(data), "{name}");
        }
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        assert!(name.ends_with("comments.xml") || name.ends_with(".rels"), "{name} is new");
        well_formed(&part(after, name), name);
    }
}

fn well_formed(xml: &str, name: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) => {
                open += 1;
                assert!(tag.attributes().all(|one| one.is_ok()), "{name}: attributes of {:?}", tag.name());
            }
            Event::Empty(tag) => assert!(tag.attributes().all(|one| one.is_ok()), "{name}: {:?}", tag.name()),
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{name}");
}

/// The text that the comment is anchored at; `None` where it stands at a point.
pub fn commented(xml: &str, id: usize) -> Option<String> {
    let start = format!("<w:commentRangeStart w:id=\"{id}\"/>");
    let end = format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let from = xml.find(&start)?;
    let to = xml.find(&end).unwrap_or_else(|| panic!("comment {id} has no end"));
    let mut out = String::new();
    for piece in xml[from..to].split("<w:t").skip(1).filter(|piece| piece.starts_with(['>', ' '])) {
        out += piece.split('>').nth(1).unwrap().split("</").next().unwrap();
    }
    Some(out)
}

/// The XML with our changes accepted (what was inserted stays) or rejected (what was struck out does).
fn settled(xml: &str, accept: bool) -> String {
    let by = format!("w:author=\"{AUTHOR}\"");
    let mut out = String::with_capacity(xml.len());
    let mut at = 0;
    while let Some(author) = xml[at..].find(&by).map(|found| at + found) {
        let start = xml[..author].rfind('<').unwrap();
        let tag = author + xml[author..].find('>').unwrap() + 1;
        let inserted = xml[start..].starts_with("<w:ins ");
        assert!(inserted || xml[start..].starts_with("<w:del "), "{}", &xml[start..tag]);
        let close = if inserted { "</w:ins>" } else { "</w:del>" };
        let end = tag + xml[tag..].find(close).unwrap();
        out += &xml[at..start];
        if inserted == accept {
            out += &xml[tag..end].replace("w:delText", "w:t");
        }
        at = end + close.len();
    }
    out + &xml[at..]
}

/// The text of the file with our changes accepted or rejected.
pub fn settled_text(bytes: &[u8], accept: bool) -> String {
    let mut settled_bytes = bytes.to_vec();
    for name in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] {
        if raw_parts(bytes).contains_key(name) {
            settled_bytes = with_part(&settled_bytes, name, &settled(&part(bytes, name), accept));
        }
    }
    text(&settled_bytes)
}
