//! Word files in, annotated Word files out: what stands where in the XML, and what stays as it was.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use danchieu::check::{self, Finding, Severity};
use danchieu::cite;
use danchieu::read::{self, Anchors, Document};
use danchieu::register::Register;
use danchieu::report::docx::{AUTHOR, Annotated, Options, annotate};
use danchieu::text::{Lang, Message};
use quick_xml::events::Event;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

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

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// The file with another XML in the place of a part.
fn with_part(bytes: &[u8], name: &str, xml: &str) -> Vec<u8> {
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
fn raw_parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
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

fn at(range: std::ops::Range<usize>, suggestion: Option<&str>) -> Finding {
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

pub fn options(fixes: bool) -> Options<'static> {
    Options { lang: Lang::Vi, date: "2026-01-26".parse().unwrap(), author: AUTHOR, fixes }
}

/// Annotates a file with findings at these words.
fn run(bytes: &[u8], words: &[(&str, Option<&str>)], fixes: bool) -> Annotated {
    let (document, anchors) = open(bytes);
    let findings: Vec<Finding> = words.iter().map(|(words, new)| finding(&document, words, *new)).collect();
    let annotated = annotate(bytes, &document, &anchors, &findings, &options(fixes)).unwrap();
    sound(bytes, &annotated.bytes);
    annotated
}

/// What holds of every annotated file: the parts that are not ours are the same bytes, what was written is
/// well-formed, and nothing of the original is gone.
fn sound(before: &[u8], after: &[u8]) {
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
fn commented(xml: &str, id: usize) -> Option<String> {
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

#[test]
fn a_comment_cuts_the_run_at_its_words_and_nothing_else() {
    let run_of = "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/><w:i/></w:rPr><w:t>Theo Thông tư số 22 &amp; khác</w:t></w:r>";
    let bytes = docx(&p(&format!("<w:pPr><w:jc w:val=\"both\"/></w:pPr>{run_of}")), &[]);
    let annotated = run(&bytes, &[("Thông tư số 22 &", Some("Thông tư số 27"))], false);
    assert_eq!((annotated.comments, annotated.fixed.len(), annotated.unplaced.len()), (1, 0, 0));
    let again = "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space=\"preserve\">";
    let expected = format!(
        "{again}Theo </w:t></w:r><w:commentRangeStart w:id=\"0\"/>{again}Thông tư số 22 &amp;</w:t></w:r>\
         <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>{again} khác</w:t></w:r></w:p>"
    );
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains(&expected), "{xml}");
    assert_eq!(text(&annotated.bytes), text(&bytes));

    let comments = part(&annotated.bytes, "word/comments.xml");
    let head = format!(
        "<w:comments xmlns:w=\"{W}\"><w:comment w:id=\"0\" w:author=\"danchieu\" w:date=\"2026-01-26T00:00:00Z\" w:initials=\"dc\">"
    );
    assert!(comments.contains(&head), "{comments}");
    for words in
        ["Lỗi: ", "[replaced]", "Đã được thay thế &amp; hết hiệu lực", "Căn cứ: Sổ đăng ký", "Viết lại: Thông tư số 27"]
    {
        assert!(comments.contains(words), "{words}: {comments}");
    }
    // A file without relationships gets them.
    let relations = part(&annotated.bytes, "word/_rels/document.xml.rels");
    assert!(relations.contains(&format!("Id=\"rId1\" Type=\"{RELATIONS}/comments\" Target=\"comments.xml\"")));
    let types = part(&annotated.bytes, "[Content_Types].xml");
    assert!(types.contains(&format!("PartName=\"/word/comments.xml\" ContentType=\"{TYPE}.comments+xml\"")));
}

#[test]
fn words_across_runs_links_changes_and_controls_are_anchored_exactly() {
    let body = p(&format!(
        "{}<w:hyperlink w:anchor=\"x\">{}</w:hyperlink><w:ins w:id=\"4\" w:author=\"A\">{}</w:ins>\
         <w:del w:id=\"5\" w:author=\"A\"><w:r><w:delText>2013</w:delText></w:r></w:del>\
         <w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:r><w:tab/><w:t>cuối</w:t><w:br/><w:t>dòng</w:t></w:r>",
        r("Căn cứ Thông"),
        r(" tư số"),
        r(" 22/2020"),
        r("/TT-BGDĐT của"),
    ));
    let bytes = docx(&body, &[]);
    let words = ["Thông tư số 22/2020/TT-BGDĐT", "tư số 22", "BGDĐT của\tcuối\ndòng", "cuối", "dòng"];
    let annotated = run(&bytes, &words.map(|words| (words, None)), false);
    let xml = part(&annotated.bytes, "word/document.xml");
    for (id, words) in words.iter().enumerate() {
        assert_eq!(commented(&xml, id).unwrap(), words.replace(['\t', '\n'], ""), "{xml}");
    }
    assert_eq!(text(&annotated.bytes), text(&bytes));
    // What was pending is as it was.
    assert!(xml.contains("<w:del w:id=\"5\" w:author=\"A\"><w:r><w:delText>2013</w:delText></w:r></w:del>"));
    // A change in pending words, in a link, or across them is left to people.
    let fixes = run(&bytes, &[("tư số 22", Some("tư số 27")), ("của", Some("của Bộ")), ("cuối", Some("đầu"))], true);
    assert_eq!(fixes.fixed, [1, 2]);
}

#[test]
fn fields_and_formulas_are_marked_as_a_whole() {
    let body = p(&format!(
        "{}<w:fldSimple w:instr=\" REF x \">{}</w:fldSimple>{}\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF y </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        r("Theo "),
        r("Quyết định 489"),
        r(" và "),
        r("Luật số 43")
    ));
    let bytes = docx(&body, &[]);
    let annotated = run(&bytes, &[("định 489", Some("x")), ("số 43", Some("y"))], true);
    assert_eq!(annotated.fixed, [0usize; 0], "the result of a field is written anew when fields are");
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:commentRangeStart w:id=\"0\"/><w:fldSimple"), "{xml}");
    assert_eq!(commented(&xml, 1).unwrap(), "số 43");
    assert_eq!(text(&annotated.bytes), text(&bytes));
}

#[test]
fn a_text_box_and_a_note_are_marked_where_word_allows_it() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("Luật số 11/1998/QH10")));
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = format!(
        "{}{}",
        p(&format!("{}{boxed}", r("Trước"))),
        p(&format!("{}<w:r><w:footnoteReference w:id=\"3\"/></w:r>{}", r("Điều 5"), r(" cuối")))
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"{W}\"><w:footnote w:id=\"3\">{}</w:footnote></w:footnotes>",
        p(&format!("<w:r><w:footnoteRef/></w:r>{}", r(" Xem Nghị định 115/2010/NĐ-CP.")))
    );
    let header = format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", p(&r("Công văn 70/KH")));
    let bytes = docx(&body, &[("footnotes", "footnotes.xml", &notes), ("header", "header1.xml", &header)]);
    let words = [
        ("Luật số 11/1998/QH10", Some("Luật số 43/2019/QH14")),
        ("Nghị định 115/2010/NĐ-CP", Some("Nghị định 127/2018/NĐ-CP")),
        ("Công văn 70/KH", Some("Công văn 70/KH-UBND")),
    ];
    let annotated = run(&bytes, &words, true);
    assert_eq!((annotated.comments, annotated.fixed.as_slice()), (3, &[0, 1][..]));
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:commentRangeStart w:id=\"0\"/><w:r><mc:AlternateContent>"), "{xml}");
    assert!(xml.contains("<w:commentRangeStart w:id=\"1\"/><w:r><w:footnoteReference w:id=\"3\"/></w:r>"), "{xml}");
    assert!(xml.contains("<w:p><w:r><w:commentReference w:id=\"2\"/></w:r><w:r>"), "at the start: {xml}");
    let comments = part(&annotated.bytes, "word/comments.xml");
    for quoted in ["Trong hộp văn bản: “Luật số 11/1998/QH10”", "Trong chú thích này: “Nghị định", "“Công văn 70/KH”"]
    {
        assert!(comments.contains(quoted), "{quoted}: {comments}");
    }
    assert_eq!(settled_text(&annotated.bytes, false), text(&bytes));
    let new = text(&bytes).replace("11/1998/QH10", "43/2019/QH14").replace("115/2010/NĐ-CP", "127/2018/NĐ-CP");
    assert_eq!(settled_text(&annotated.bytes, true), new);
}

#[test]
fn existing_comments_and_changes_stay_and_identifiers_continue() {
    let old = format!(
        "<x:comments xmlns:x=\"{W}\"><x:comment x:id=\"7\" x:author=\"Chị Hoa\"><x:p><x:r><x:t>Xem lại</x:t></x:r></x:p></x:comment></x:comments>"
    );
    let body = p(&format!(
        "<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>\
         <w:ins w:id=\"12\" w:author=\"Chị Hoa\"><w:r><w:t> thêm</w:t></w:r></w:ins>",
        r("Theo Luật số 11")
    ));
    let bytes = docx(&body, &[("comments", "nhan-xet.xml", &old)]);
    let annotated = run(&bytes, &[("Luật số 11", Some("Luật số 43")), ("thêm", None)], true);
    assert_eq!((annotated.comments, annotated.fixed.as_slice()), (2, &[0][..]));
    let comments = part(&annotated.bytes, "word/nhan-xet.xml");
    assert!(comments.starts_with(part(&bytes, "word/nhan-xet.xml").trim_end_matches("</x:comments>")), "{comments}");
    assert!(comments.contains("<x:comment x:id=\"8\" x:author=\"danchieu\"") && comments.contains("x:id=\"9\""));
    assert!(!raw_parts(&annotated.bytes).contains_key("word/comments.xml"), "one part of comments is enough");
    for same in ["word/_rels/document.xml.rels", "[Content_Types].xml"] {
        assert_eq!(part(&annotated.bytes, same), part(&bytes, same));
    }
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:ins w:id=\"13\" ") && xml.contains("<w:del w:id=\"14\" "), "{xml}");
    assert_eq!(commented(&xml, 9).unwrap(), "thêm");
}

#[test]
fn accepting_the_changes_gives_the_suggestions_and_rejecting_them_the_draft() {
    let body = p(&format!(
        "<w:r><w:rPr><w:b/><w:rPrChange w:id=\"3\" w:author=\"A\"><w:rPr/></w:rPrChange></w:rPr><w:t>Theo Thông tư</w:t></w:r>\
         <w:proofErr w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\"> số 22/2020</w:t></w:r><w:bookmarkStart w:id=\"9\" w:name=\"x\"/>\
         <w:r><w:t>/TT-BGDĐT và</w:t></w:r>{}<w:r><w:t> Nghị</w:t><w:tab/><w:t>định 115 </w:t></w:r>",
        r(" Luật &lt;cũ&gt;")
    ));
    let bytes = docx(&body, &[]);
    let new = [
        ("Thông tư số 22/2020/TT-BGDĐT", Some("Thông tư số 27/2020/TT-BGDĐT & khác")),
        ("số 22/2020", Some("số 27/2020")),
        ("Luật <cũ>", Some("Luật <mới>")),
        ("Nghị\tđịnh 115", Some("Nghị định 127")),
    ];
    let annotated = run(&bytes, &new, true);
    assert_eq!(annotated.fixed, [0, 2, 3], "one change of the same words");
    let draft = text(&bytes);
    assert_eq!(settled_text(&annotated.bytes, false), draft);
    let mut expected = draft.replace("22/2020/TT-BGDĐT", "27/2020/TT-BGDĐT & khác");
    expected = expected.replace("<cũ>", "<mới>").replace("Nghị\tđịnh 115", "Nghị định 127");
    assert_eq!(settled_text(&annotated.bytes, true), expected);
    // Our own reader reads what is proposed.
    assert_eq!(text(&annotated.bytes), expected);
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:delText xml:space=\"preserve\">22/2020</w:delText>"), "the words that stay stay: {xml}");
    // A comment within the words struck out goes around them and what replaces them.
    let (start, end) = (xml.find("<w:commentRangeStart w:id=\"1\"/>"), xml.find("<w:commentRangeEnd w:id=\"1\"/>"));
    assert!(start < xml.find("<w:del ") && xml.find("<w:ins ") < end, "{xml}");
}

#[test]
fn blanks_that_did_not_count_do_not_count_after_a_cut() {
    let bytes = docx(&p("<w:r><w:t>  Theo Luật số 43 ngày  </w:t></w:r>"), &[]);
    let annotated = run(&bytes, &[("Luật số 43", None)], false);
    let xml = part(&annotated.bytes, "word/document.xml");
    assert!(xml.contains("<w:t>  </w:t><w:t xml:space=\"preserve\">Theo </w:t>"), "{xml}");
    assert!(xml.contains("<w:t xml:space=\"preserve\"> ngày</w:t><w:t>  </w:t>"), "{xml}");
    assert_eq!(text(&annotated.bytes), text(&bytes));
}

#[test]
fn a_part_may_name_its_elements_otherwise_or_be_in_another_encoding() {
    let bytes = docx(&p(&r("Theo Luật số 43.")), &[]);
    let xml = part(&bytes, "word/document.xml");
    // Word's namespace as the default one; it is not that of attributes.
    let bare = xml.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=");
    let annotated = run(&with_part(&bytes, "word/document.xml", &bare), &[("Luật", Some("Bộ luật"))], true);
    let written = part(&annotated.bytes, "word/document.xml");
    assert!(written.contains(&format!("<commentRangeStart xmlns:w=\"{W}\" w:id=\"0\"/>")), "{written}");
    assert_eq!(text(&annotated.bytes), "Theo Bộ luật số 43.\n");

    let marked = format!("\u{feff}{xml}");
    let annotated = run(&with_part(&bytes, "word/document.xml", &marked), &[("Luật số 43", None)], false);
    let written = part(&annotated.bytes, "word/document.xml");
    assert_eq!(commented(&written, 0).as_deref(), Some("Luật số 43"));
    assert!(written.starts_with("\u{feff}<?xml"));
}

#[test]
fn what_cannot_be_placed_is_reported_and_damage_is_named() {
    let header = format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", p(&r("Công văn 70/KH")));
    let bytes = docx("<w:p/><w:sectPr/>", &[("header", "header1.xml", &header)]);
    let annotated = run(&bytes, &[("Công văn", None)], false);
    assert_eq!((annotated.comments, annotated.unplaced.as_slice()), (0, &[0][..]));
    assert_eq!(part(&annotated.bytes, "word/document.xml"), part(&bytes, "word/document.xml"));

    let (document, anchors) = open(&bytes);
    let findings = [finding(&document, "Công văn", None)];
    let error = annotate(&bytes[..200], &document, &anchors, &findings, &options(false)).unwrap_err();
    assert!(error.message(Lang::Vi).contains("hãy mở tệp bằng Word"), "{error}");
    let none = annotate(&bytes, &document, &anchors, &[], &options(true)).unwrap();
    assert!(none.bytes == bytes && none.comments == 0);
}

/// The Word files that lie beside the repository.
pub fn real() -> Vec<PathBuf> {
    let Ok(folder) = fs::read_dir("../shared/real/docx") else {
        eprintln!("no Word files beside the repository; nothing to try");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// Findings of the check, and some at places that no rule would choose: in the midst of words, across cells,
/// lines and runs. Those of even number propose other words where they stand on one line.
pub fn findings(document: &Document, register: &Register, seed: u64) -> (usize, Vec<Finding>) {
    let reading = cite::read(document, register);
    let day = "2026-01-26".parse().unwrap();
    let mut findings = check::check(document, &reading, register, day);
    let checked = findings.len();
    let text = document.text.as_str();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut state = seed;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    for number in 0..60 {
        let start = random(places.len() - 2);
        let end = (start + 1 + random(if number % 3 == 0 { 3 } else { 90 })).min(places.len() - 1);
        let words = &text[places[start]..places[end]];
        let proposed = number % 2 == 0 && words.trim() == words && !words.contains(['\n', '\t']);
        findings.push(at(places[start]..places[end], proposed.then_some("Xx 1/2")));
    }
    (checked, findings)
}

#[test]
fn every_real_file_survives_the_round_trip() {
    let register = Register::bundled();
    let counts: Vec<[usize; 5]> =
        real().par_iter().enumerate().map(|(seed, path)| round_trip(path, &register, seed as u64)).collect();
    let sum = |at: usize| counts.iter().map(|counts| counts[at]).sum::<usize>();
    let [of_rules, comments, lines, exact, changes] = [0, 1, 2, 3, 4].map(sum);
    let files = counts.len();
    if files > 0 {
        eprintln!(
            "{files} files: {of_rules} findings of rules, {comments} comments; of {lines} on words of one line {exact} at exactly these words; {changes} changes"
        );
        assert!(of_rules > 0 && changes > 0 && exact * 100 >= lines * 98);
    }
}

/// Counts of findings of rules, comments, comments on words of one line, those at exactly these words, and changes.
fn round_trip(path: &Path, register: &Register, seed: u64) -> [usize; 5] {
    let name = path.display().to_string();
    let bytes = fs::read(path).unwrap();
    let (document, anchors) = open(&bytes);
    let draft = text(&bytes);
    assert_eq!(document.text.as_str(), draft, "{name}");
    let (checked, findings) = findings(&document, register, seed);

    let annotated = annotate(&bytes, &document, &anchors, &findings, &options(false)).unwrap();
    sound(&bytes, &annotated.bytes);
    assert_eq!((annotated.comments, annotated.unplaced.len()), (findings.len(), 0), "{name}");
    assert_eq!(text(&annotated.bytes), draft, "{name}");
    let xml = part(&annotated.bytes, "word/document.xml");
    let bare =
        |words: &str| words.replace("&amp;", "&").split_whitespace().flat_map(|word| word.nfc()).collect::<String>();
    // Words of one line of the page itself; a comment does not reach over paragraphs, nor into notes and margins.
    let plain = |finding: &Finding| {
        let words = &draft[finding.range.clone()];
        let part = document.part_at(finding.range.start);
        !words.contains(['\n', '\t'])
            && !words.trim().is_empty()
            && matches!(part, read::Part::Body | read::Part::Table)
    };
    let (mut exact, mut lines) = (0, 0);
    for (id, finding) in findings.iter().enumerate().filter(|(_, finding)| plain(finding)) {
        let words = bare(&draft[finding.range.clone()]);
        lines += 1;
        match commented(&xml, id) {
            Some(anchored) if bare(&anchored) == words => exact += 1,
            other => eprintln!("{name}: {words:?} is anchored at {other:?}"),
        }
    }

    let annotated = annotate(&bytes, &document, &anchors, &findings, &options(true)).unwrap();
    sound(&bytes, &annotated.bytes);
    assert_eq!(settled_text(&annotated.bytes, false), draft, "{name}");
    let mut fixed: Vec<&Finding> = annotated.fixed.iter().map(|at| &findings[*at]).collect();
    fixed.sort_by_key(|finding| finding.range.start);
    fixed.dedup_by(|a, b| a.range == b.range);
    let mut expected = draft.clone();
    for finding in fixed.iter().rev() {
        expected.replace_range(finding.range.clone(), finding.suggestion.as_deref().unwrap());
    }
    assert_eq!(settled_text(&annotated.bytes, true), expected, "{name}");
    [checked, findings.len(), lines, exact, fixed.len()]
}
