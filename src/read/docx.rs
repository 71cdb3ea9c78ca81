//! Word files: a zip archive of XML parts. Read are the body with its tables and text boxes, footnotes and
//! endnotes, headers and footers; of tracked changes what was inserted, not what was deleted.

use std::collections::HashSet;

use quick_xml::XmlVersion;
use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};

use super::anchors::{Anchors, Story, StoryKind};
use super::archive::{Archive, Trouble};
use super::error::MAX_UNPACKED;
use super::text_builder::TextBuilder;
use super::{Damage, Document, Format, Part, ReadError, legacy_encodings};

/// Reads a docx. The document's source is the extracted text: headers, the body, notes, footers.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let (flow, _) = walk(path, bytes, false)?;
    let document = flow.finish(path, Format::Docx).ok_or_else(|| ReadError::Empty { path: path.to_owned() })?;
    Ok(legacy_encodings::respelt(document))
}

/// Reads a docx, and remembers where each word of it stands in the file.
pub(super) fn read_anchored(path: &str, bytes: &[u8]) -> Result<(Document, Option<Anchors>), ReadError> {
    let (flow, stories) = walk(path, bytes, true)?;
    let (document, strand) =
        flow.finish_traced(path, Format::Docx).ok_or_else(|| ReadError::Empty { path: path.to_owned() })?;
    // The text of the strand is made a second time, in one piece; a place in another text would be a wrong one.
    let anchors = Anchors::of(&document.text, strand, stories);
    let (document, respelling) = legacy_encodings::respelt_traced(document);
    Ok((document, anchors.map(|anchors| anchors.respelt(respelling))))
}

/// Walks the parts of the file, and says which of them are stories. `traced`: their words are, too.
fn walk(path: &str, bytes: &[u8], traced: bool) -> Result<(TextBuilder, Vec<Story>), ReadError> {
    let mut package = Package::open(path, bytes, MAX_UNPACKED)?;
    let main = package.main()?;
    let parts = package.related(&main)?;
    let of_kind =
        |kind: &str| parts.iter().filter(|(k, _)| k == kind).map(|(_, name)| name.clone()).collect::<Vec<_>>();

    let mut flow = TextBuilder::new();
    // First, even and default headers often say the same.
    let mut margins = Vec::new();
    for kind in ["header", "footer"] {
        let (mut texts, mut seen) = (String::new(), HashSet::new());
        for name in of_kind(kind) {
            let mut margin = TextBuilder::new();
            package.part(&name, &mut margin, None)?;
            let Some(document) = margin.finish(path, Format::Docx) else { continue };
            let text = document.text.as_str();
            if seen.insert(text.to_owned()) {
                texts.push_str(text);
            }
        }
        margins.push(texts);
    }
    flow.enter(Part::Margin);
    flow.push(&margins[0]);
    let mut stories = vec![Story { kind: StoryKind::Body, part: main }];
    for (kind, name) in [(StoryKind::Footnotes, "footnotes"), (StoryKind::Endnotes, "endnotes")] {
        stories.extend(of_kind(name).into_iter().map(|part| Story { kind, part }));
    }
    for (at, story) in stories.iter().enumerate() {
        match story.kind {
            StoryKind::Body => flow.enter(Part::Body),
            StoryKind::Footnotes | StoryKind::Endnotes if at == 1 => flow.enter(Part::Footnote),
            StoryKind::Footnotes | StoryKind::Endnotes => {}
        }
        package.part(&story.part, &mut flow, traced.then_some(at))?;
    }
    flow.enter(Part::Margin);
    flow.push(&margins[1]);
    Ok((flow, stories))
}

/// The parts of the file, and how they relate.
struct Package<'b> {
    path: &'b str,
    archive: Archive<'b>,
}

impl<'b> Package<'b> {
    fn open(path: &'b str, bytes: &'b [u8], budget: u64) -> Result<Package<'b>, ReadError> {
        let archive = Archive::open(bytes, budget).map_err(|trouble| trouble.of(path, Format::Docx))?;
        Ok(Package { path, archive })
    }

    /// A part's XML; `None` if the archive has no such part.
    fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.archive.markup(name).map_err(|trouble| trouble.of(self.path, Format::Docx))
    }

    fn damaged(&self, name: &str, damage: Damage) -> ReadError {
        Trouble::Damaged(damage.within(name)).of(self.path, Format::Docx)
    }

    /// The name of the main part: `word/document.xml` unless the package says otherwise.
    fn main(&mut self) -> Result<String, ReadError> {
        let root = self.relations("", "_rels/.rels")?;
        let main = root.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, name)| name);
        Ok(main.unwrap_or_else(|| "word/document.xml".to_owned()))
    }

    /// Kinds and names of the parts that a part refers to.
    fn related(&mut self, part: &str) -> Result<Vec<(String, String)>, ReadError> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let relations =
            if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        self.relations(folder, &relations)
    }

    fn relations(&mut self, folder: &str, name: &str) -> Result<Vec<(String, String)>, ReadError> {
        let Some(xml) = self.xml(name)? else { return Ok(Vec::new()) };
        let mut found: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        let mut reader = quick_xml::Reader::from_str(&xml);
        loop {
            match reader.read_event().map_err(|error| self.damaged(name, Damage::of_xml(&error)))? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let (Some(kind), Some(target)) = (attribute(&tag, "Type"), attribute(&tag, "Target")) else {
                        continue;
                    };
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let target = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None if folder.is_empty() => target,
                        None => format!("{folder}/{target}"),
                    };
                    if seen.insert((kind.clone(), target.clone())) {
                        found.push((kind, target));
                    }
                }
                Event::Eof => return Ok(found),
                _ => {}
            }
        }
    }

    /// Adds the text of a part that holds paragraphs; where it is this story, with its origins.
    fn part(&mut self, name: &str, flow: &mut TextBuilder, story: Option<usize>) -> Result<(), ReadError> {
        let Some(xml) = self.xml(name)? else {
            return Err(self.damaged(name, Damage::Missing));
        };
        paragraphs(&xml, flow, story).map_err(|error| self.damaged(name, Damage::of_xml(&error)))
    }
}

/// Walks a part's XML and gives its text to `flow`, with its origins if it is this story.
fn paragraphs(xml: &str, flow: &mut TextBuilder, story: Option<usize>) -> Result<(), quick_xml::Error> {
    // The parser does not count a byte order mark.
    let rest = xml.trim_start_matches('\u{feff}');
    let mark = xml.len() - rest.len();
    let mut reader = quick_xml::Reader::from_str(rest);
    let mut walk = Walk::default();
    loop {
        let start = mark + reader.buffer_position() as usize;
        match reader.read_event()? {
            // Nobody writes one, and nobody nests so deep: what does, means harm.
            Event::DocType(_) => return Err(Damage::Doctype.into_xml()),
            Event::Start(_) if walk.open.len() > MAX_DEPTH => return Err(Damage::TooDeep.into_xml()),
            Event::Start(tag) => walk.enter(&tag, flow),
            Event::Empty(tag) => {
                walk.enter(&tag, flow);
                walk.leave(flow);
            }
            Event::End(_) => walk.leave(flow),
            Event::Text(text) if walk.takes_text() => {
                walk.text(&text.xml10_content(), flow);
                if let Some(story) = story {
                    trace(&text, start, story, flow);
                }
            }
            Event::CData(text) if walk.takes_text() => {
                let content = text.xml10_content();
                walk.text(&content, flow);
                if let Some(story) = story {
                    flow.trace(content.len(), content.len(), story, start..mark + reader.buffer_position() as usize);
                }
            }
            Event::GeneralRef(name) if walk.takes_text() => {
                let one = name.resolve_char_ref()?;
                let mut buffer = [0; 4];
                let text = match &one {
                    Some(c) => Some(&*c.encode_utf8(&mut buffer)),
                    None => quick_xml::escape::resolve_predefined_entity(&name),
                };
                let Some(text) = text else { continue };
                walk.text(text, flow);
                if let Some(story) = story {
                    flow.trace(text.len(), text.len(), story, start..mark + reader.buffer_position() as usize);
                }
            }
            Event::Eof => match walk.open.pop() {
                None => return Ok(()),
                Some(element) => return Err(IllFormedError::MissingEndTag(element.name).into()),
            },
            _ => {}
        }
    }
}

/// The origins of character data that was added just now. A line end of two bytes was read as one.
fn trace(raw: &str, start: usize, story: usize, flow: &mut TextBuilder) {
    let mut back = raw.len() - raw.matches("\r\n").count();
    let mut at = start;
    for (i, line) in raw.split("\r\n").enumerate() {
        if i > 0 {
            flow.trace(back, 1, story, at..at + 2);
            (back, at) = (back - 1, at + 2);
        }
        flow.trace(back, line.len(), story, at..at + line.len());
        (back, at) = (back - line.len(), at + line.len());
    }
}

/// More elements within elements than any writer opens.
pub(super) const MAX_DEPTH: usize = 400;

/// Where the walk through a part stands.
#[derive(Default)]
struct Walk {
    open: Vec<Element>,
    /// How many of the open elements are dropped.
    dropped: usize,
    /// The run is in superscript.
    raised: bool,
    /// A note was referred to just now; what follows must not stick to what came before.
    after_note: bool,
}

struct Element {
    /// The local name: the prefix is the writer's choice.
    name: String,
    /// Its content is no text of the document.
    dropped: bool,
    /// Of `mc:AlternateContent`: one of its choices was read, so that the others would repeat it.
    chosen: bool,
}

impl Walk {
    fn takes_text(&self) -> bool {
        self.dropped == 0 && self.open.last().is_some_and(|element| element.name == "t")
    }

    fn text(&mut self, text: &str, flow: &mut TextBuilder) {
        let sticks = flow.tail().ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric);
        if std::mem::take(&mut self.after_note) && sticks {
            flow.push(" ");
        }
        if self.raised {
            flow.push_raised(text);
        } else {
            flow.push(text);
        }
    }

    fn enter(&mut self, tag: &BytesStart<'_>, flow: &mut TextBuilder) {
        let name = tag.local_name().as_ref().to_owned();
        let parent = self.open.last_mut();
        // Properties are no text, but a run's own tell whether a digit in it is a note's mark.
        if name == "vertAlign" && self.dropped == 1 && parent.as_ref().is_some_and(|parent| parent.name == "rPr") {
            self.raised = attribute(tag, "val").as_deref() == Some("superscript");
        }
        let repeats = match parent {
            Some(parent) if parent.name == "AlternateContent" => std::mem::replace(&mut parent.chosen, true),
            _ => false,
        };
        let dropped = repeats || is_dropped(&name);
        self.dropped += usize::from(dropped);
        if self.dropped == 0 {
            match name.as_str() {
                "r" => self.raised = false,
                "tab" | "ptab" => flow.push("\t"),
                "br" | "cr" => flow.end_line(),
                "noBreakHyphen" => flow.push("-"),
                "sym" => flow.push(&symbol(tag)),
                "footnoteReference" | "endnoteReference" => self.after_note = true,
                "tbl" => flow.open_table(),
                "tr" => flow.open_row(),
                "tc" | "txbxContent" => flow.open_box(),
                _ => {}
            }
        }
        self.open.push(Element { name, dropped, chosen: false });
    }

    fn leave(&mut self, flow: &mut TextBuilder) {
        let Some(element) = self.open.pop() else { return };
        if self.dropped == 0 {
            match element.name.as_str() {
                "p" => flow.end_paragraph(),
                "tbl" | "tr" | "tc" | "txbxContent" => flow.close(),
                _ => {}
            }
        }
        self.dropped -= usize::from(element.dropped);
    }
}

/// Elements without text of the document: what was deleted or moved away, the instructions of fields (their
/// results stay), properties, and the reading aids of ruby.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "rPr"
            | "pPr"
            | "tblPr"
            | "tblPrEx"
            | "tblGrid"
            | "trPr"
            | "tcPr"
            | "sectPr"
            | "sdtPr"
            | "sdtEndPr"
            | "rt"
    )
}

/// A character given by its number. Those of picture fonts, in the private use area, are no text.
fn symbol(tag: &BytesStart<'_>) -> String {
    let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    let private = 0xe000..0xf900;
    code.filter(|code| !private.contains(code)).and_then(char::from_u32).map(String::from).unwrap_or_default()
}

/// The value of the attribute with this local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A docx with these parts under `word/`; the main part is the XML within `w:body`.
    fn docx(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
        package(&format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"), others)
    }

    fn package(main: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, content: &str| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        };
        add("word/document.xml", main);
        let mut relations = String::new();
        for (kind, file, content) in others {
            add(&format!("word/{file}"), content);
            relations += &format!("<Relationship Id='r{file}' Type='http://x/relationships/{kind}' Target='{file}'/>");
        }
        add("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
        zip.finish().unwrap().into_inner()
    }

    fn text_of(body: &str) -> String {
        read("a.docx", &docx(body, &[])).unwrap().text.as_str().to_owned()
    }

    fn p(runs: &str) -> String {
        format!("<w:p>{runs}</w:p>")
    }

    fn r(text: &str) -> String {
        format!("<w:r><w:t>{text}</w:t></w:r>")
    }

    #[test]
    fn paragraphs_tabs_breaks_and_hyphens() {
        let body = p(&format!(
            "<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>{}<w:r><w:tab/><w:t>33</w:t><w:br/><w:t>TT</w:t><w:noBreakHyphen/><w:t>BG</w:t><w:softHyphen/><w:t>DĐT &amp; &#272;</w:t></w:r>",
            r("Số")
        ));
        assert_eq!(text_of(&body), "Số\t33\nTT-BGDĐT & Đ\n");
    }

    #[test]
    fn insertions_stay_deletions_and_instructions_go() {
        let body = p(&format!(
            "{}<w:ins>{}</w:ins><w:del><w:r><w:delText>29</w:delText></w:r></w:del><w:moveFrom>{}</w:moveFrom><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> REF x </w:instrText></w:r>{}",
            r("Nghị định "),
            r("30"),
            r("cũ"),
            r("/2020/NĐ-CP")
        ));
        assert_eq!(text_of(&body), "Nghị định 30/2020/NĐ-CP\n");
    }

    #[test]
    fn a_text_box_is_read_once_and_after_its_line() {
        let content = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("MẬT")));
        let body = p(&format!(
            "{}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{content}</mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{}",
            r("Thông tư "),
            r("số 33")
        ));
        assert_eq!(text_of(&body), "Thông tư số 33\nMẬT\n");
    }

    #[test]
    fn tables_notes_and_margins_are_told_apart() {
        let cell = |text: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p(&r(text)));
        let body = format!(
            "{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>{}",
            p(&format!("{}<w:r><w:footnoteReference w:id='2'/></w:r>{}", r("Luật số 43/2019/QH14"), r("2019"))),
            cell("1"),
            cell("Nghị định"),
            p("")
        );
        let notes = format!(
            "<w:footnotes><w:footnote w:type='separator'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote></w:footnotes>",
            p("<w:r><w:separator/></w:r>"),
            p(&format!("<w:r><w:footnoteRef/></w:r>{}", r("Luật Giáo dục")))
        );
        let header = format!("<w:hdr>{}</w:hdr>", p(&r("Đầu trang")));
        let others = [
            ("footnotes", "footnotes.xml", notes.as_str()),
            ("header", "header1.xml", header.as_str()),
            ("header", "header2.xml", header.as_str()),
            ("footer", "footer1.xml", "<w:ftr><w:p/></w:ftr>"),
        ];
        let document = read("a.docx", &docx(&body, &others)).unwrap();
        let text = document.text.as_str();
        assert_eq!(text, "Đầu trang\nLuật số 43/2019/QH14 2019\n1\tNghị định\n\nLuật Giáo dục\n");
        let part = |words: &str| document.part_at(text.find(words).unwrap());
        assert_eq!(part("Đầu"), Part::Margin);
        assert_eq!(part("Luật số"), Part::Body);
        assert_eq!(part("Nghị"), Part::Table);
        assert_eq!(part("Luật Giáo"), Part::Footnote);
    }

    #[test]
    fn a_raised_digit_is_a_mark() {
        let raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>";
        assert_eq!(
            text_of(&p(&format!("{}{raised}{}", r("Luật Giáo dục"), r(" năm 2019")))),
            "Luật Giáo dục 1 năm 2019\n"
        );
    }

    #[test]
    fn the_main_part_may_have_another_name() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [
            (
                "_rels/.rels",
                "<Relationships><Relationship Type='x/officeDocument' Target='/word/document2.xml'/></Relationships>",
            ),
            ("word/document2.xml", "<w:document><w:p><w:r><w:t>Chữ</w:t></w:r></w:p></w:document>"),
        ] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(read("a.docx", &bytes).unwrap().text.as_str(), "Chữ\n");
    }

    #[test]
    fn every_word_knows_its_place_in_the_xml() {
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("Điều lệ").collect();
        let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&r(text)));
        let boxed = format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", p(&r("MẬT")));
        let body = format!(
            "{}{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            p(&r("  ")),
            p(&format!(
                "{}<w:r>{boxed}<w:tab/><w:t>A &amp; B&#272; <![CDATA[Thông]]></w:t></w:r>{}{}",
                r("Nghị định "),
                r(&decomposed),
                r(" hai\r\ndòng  ")
            )),
            cell("ô một"),
            cell("ô hai")
        );
        let notes = format!("<w:footnotes><w:footnote w:id='2'>{}</w:footnote></w:footnotes>", p(&r("chú thích")));
        let header = format!("<w:hdr>{}</w:hdr>", p(&r("Đầu trang")));
        for mark in ["", "\u{feff}"] {
            let xml = format!("{mark}<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
            let others = [("footnotes", "footnotes.xml", notes.as_str()), ("header", "header1.xml", header.as_str())];
            let bytes = package(&xml, &others);
            let (document, anchors) = read_anchored("a.docx", &bytes).unwrap();
            let anchors = anchors.unwrap();
            assert_eq!(document.text.as_str(), read("a.docx", &bytes).unwrap().text.as_str());
            let stories = [xml.as_str(), notes.as_str()];
            let mut silent = String::new();
            for (at, c) in document.text.as_str().char_indices() {
                let stood: String = anchors
                    .stretches(at..at + c.len_utf8())
                    .iter()
                    .map(|stretch| &stories[stretch.story][stretch.range.clone()])
                    .collect();
                match stood.as_str() {
                    "" => silent.push(c),
                    "&amp;" => assert_eq!(c, '&'),
                    "&#272;" => assert_eq!(c, 'Đ'),
                    "<![CDATA[Thông]]>" => assert!("Thông".contains(c)),
                    stood if stood.contains('\r') => assert_eq!(c, '\n'),
                    stood => {
                        let composed: String = unicode_normalization::UnicodeNormalization::nfc(stood).collect();
                        assert_eq!(composed, c.to_string(), "{stood:?}");
                    }
                }
            }
            assert_eq!(silent, "Đầu trang\n\n\t\n\n\t\n\n", "{:?}", document.text.as_str());
        }
    }

    #[test]
    fn nothing_stands_where_something_was_taken_out() {
        let bytes = docx(&p(&r("Thông tư&lt;b&gt;&lt;/b&gt; số 33")), &[]);
        let (document, anchors) = read_anchored("a.docx", &bytes).unwrap();
        let anchors = anchors.unwrap();
        let gone = document.text.as_str().find(" số").unwrap();
        assert_eq!(anchors.stretches(gone..gone), []);
        assert_ne!(anchors.stretches(0..gone + 1), []);
    }

    #[test]
    fn words_in_an_old_font_are_read_and_found_where_they_stand() {
        let old = "Céng hßa x· héi chñ nghÜa ViÖt Nam, NghÞ ®Þnh sè 30/2020 cña Tr\u{ad}êng";
        let bytes = docx(&format!("{}{}", p(&r(old)), p(&r("Luật Giáo dục"))), &[]);
        let (document, anchors) = read_anchored("a.docx", &bytes).unwrap();
        let anchors = anchors.unwrap();
        assert_eq!(document.text.as_str(), read("a.docx", &bytes).unwrap().text.as_str());
        assert!(!anchors.are_as_written());
        let xml =
            format!("<w:document xmlns:w='w'><w:body>{}{}</w:body></w:document>", p(&r(old)), p(&r("Luật Giáo dục")));
        for (words, stood) in [("Nghị định số 30", "NghÞ ®Þnh sè 30/2020"), ("Trường", "Tr\u{ad}êng"), ("Giáo", "Giáo")]
        {
            let at = document.text.as_str().find(words).unwrap();
            let found = anchors.stretches(at..at + words.len());
            assert_eq!(found.iter().map(|one| &xml[one.range.clone()]).collect::<Vec<_>>(), [stood]);
        }
    }

    #[test]
    fn damage_is_named() {
        let whole = docx(&p(&r("Chữ")), &[]);
        for bytes in [&whole[..whole.len() / 2], &whole[..whole.len() - 30], b"PK\x03\x04"] {
            assert!(matches!(read("a.docx", bytes), Err(ReadError::Damaged { .. })));
        }
        let unclosed = docx("</w:body><w:body><w:p>", &[]);
        assert!(matches!(read("a.docx", &unclosed), Err(ReadError::Damaged { .. })));
        assert_eq!(read("a.docx", &docx("", &[])).unwrap_err(), ReadError::Empty { path: "a.docx".into() });
    }

    #[test]
    fn a_bomb_is_refused() {
        let bytes = docx(&p(&r(&" ".repeat(1 << 16))), &[]);
        assert!(bytes.len() < 1 << 12);
        let mut package = Package::open("a.docx", &bytes, 1 << 15).unwrap();
        let refused = package.part("word/document.xml", &mut TextBuilder::new(), None).unwrap_err();
        assert_eq!(refused, ReadError::TooLarge { path: "a.docx".into(), limit: MAX_UNPACKED });
    }
}
