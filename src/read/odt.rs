//! OpenDocument texts: a zip archive of XML parts. Read are the body with its tables and text boxes, notes, and the
//! headers and footers of the page styles; what tracked changes deleted is kept elsewhere in the file and left out.

use std::collections::HashSet;

use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, Trouble};
use super::docx::{MAX_DEPTH, attribute};
use super::error::MAX_UNPACKED;
use super::text_builder::TextBuilder;
use super::{Damage, Document, Format, Part, ReadError, legacy_encodings};

/// What the first part of the archive says that the file is.
pub(super) const MIME: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Reads an odt. The document's source is the extracted text: headers, the body, notes, footers.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let trouble = |trouble: Trouble| trouble.of(path, Format::Odt);
    let damaged = |name: &str, damage: Damage| trouble(Trouble::Damaged(damage.within(name)));
    let mut archive = Archive::open(bytes, MAX_UNPACKED).map_err(trouble)?;
    let mut part = |name: &str| archive.markup(name).map_err(trouble);
    // Each part of a file with a password is encrypted, and only the manifest says so.
    if part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted { path: path.to_owned() });
    }
    let styles = part("styles.xml")?;
    let content = part("content.xml")?.ok_or_else(|| damaged("content.xml", Damage::Missing))?;

    let margins = styles.map(|xml| margins(path, &xml)).transpose();
    let [headers, footers] =
        margins.map_err(|error| damaged("styles.xml", Damage::of_xml(&error)))?.unwrap_or_default();
    let mut flow = TextBuilder::new();
    flow.enter(Part::Margin);
    flow.push(&headers);
    flow.enter(Part::Body);
    let notes = body(&content, &mut flow).map_err(|error| damaged("content.xml", Damage::of_xml(&error)))?;
    flow.enter(Part::Footnote);
    flow.push(&notes);
    flow.enter(Part::Margin);
    flow.push(&footers);
    let document = flow.finish(path, Format::Odt).ok_or_else(|| ReadError::Empty { path: path.to_owned() })?;
    Ok(legacy_encodings::respelt(document))
}

/// Walks `content.xml` and gives the text of the body to `flow`; the text of the notes is returned.
fn body(xml: &str, flow: &mut TextBuilder) -> Result<String, quick_xml::Error> {
    let mut walk = Walk::default();
    let mut notes = TextBuilder::new();
    walk_through(xml, |event, depth| {
        let flow = if walk.in_note > 0 { &mut notes } else { &mut *flow };
        walk.take(event, flow, depth);
        if std::mem::take(&mut walk.note_ended) {
            notes.end_line();
        }
    })?;
    Ok(notes.finish("", Format::Odt).map(|notes| notes.text.as_str().to_owned()).unwrap_or_default())
}

/// The text of the headers and of the footers in `styles.xml`. Those of the first page and of left pages often repeat
/// the others.
fn margins(path: &str, xml: &str) -> Result<[String; 2], quick_xml::Error> {
    let mut found: [String; 2] = Default::default();
    let mut seen = HashSet::new();
    let mut open: Option<(usize, usize, TextBuilder)> = None;
    let mut walk = Walk::default();
    walk_through(xml, |event, depth| {
        let at = match event.name() {
            Some("header" | "header-left" | "header-first") => Some(0),
            Some("footer" | "footer-left" | "footer-first") => Some(1),
            _ => None,
        };
        match (&mut open, at, &event) {
            (None, Some(at), Step::Open(_)) => open = Some((at, depth, TextBuilder::new())),
            (Some((at, begun, _)), _, Step::Close(_)) if *begun == depth => {
                let (at, text) = (*at, open.take().and_then(|(_, _, flow)| flow.finish(path, Format::Odt)));
                let text = text.map(|document| document.text.as_str().to_owned()).unwrap_or_default();
                if seen.insert((at, text.clone())) {
                    found[at].push_str(&text);
                }
            }
            (Some((_, _, flow)), _, _) => walk.take(event, flow, depth),
            _ => {}
        }
    })?;
    Ok(found)
}

/// What a walk meets. Names are local: the prefix is the writer's choice.
enum Step<'e, 'x> {
    Open(&'e BytesStart<'x>),
    Close(&'e str),
    Text(&'e str),
}

impl Step<'_, '_> {
    fn name(&self) -> Option<&str> {
        match self {
            Step::Open(tag) => Some(local(tag)),
            Step::Close(name) => Some(name),
            Step::Text(_) => None,
        }
    }
}

fn local<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let name: &str = tag.name().into_inner();
    name.rsplit(':').next().unwrap_or_default()
}

/// Calls `step` for each tag and text, with the number of elements open around it.
fn walk_through(xml: &str, mut step: impl FnMut(Step<'_, '_>, usize)) -> Result<(), quick_xml::Error> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event()? {
            // Nobody writes one, and nobody nests so deep: what does, means harm.
            Event::DocType(_) => return Err(Damage::Doctype.into_xml()),
            Event::Start(_) if open.len() > MAX_DEPTH => return Err(Damage::TooDeep.into_xml()),
            Event::Start(tag) => {
                step(Step::Open(&tag), open.len());
                open.push(local(&tag).to_owned());
            }
            Event::Empty(tag) => {
                step(Step::Open(&tag), open.len());
                step(Step::Close(local(&tag)), open.len());
            }
            Event::End(_) => {
                if let Some(name) = open.pop() {
                    step(Step::Close(&name), open.len());
                }
            }
            Event::Text(text) => step(Step::Text(&text.xml10_content()), open.len()),
            Event::CData(text) => step(Step::Text(&text.xml10_content()), open.len()),
            Event::GeneralRef(name) => {
                if let Some(c) = name.resolve_char_ref()? {
                    step(Step::Text(c.encode_utf8(&mut [0; 4])), open.len());
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
                    step(Step::Text(text), open.len());
                }
            }
            Event::Eof => match open.pop() {
                None => return Ok(()),
                Some(name) => return Err(IllFormedError::MissingEndTag(name).into()),
            },
            _ => {}
        }
    }
}

/// Where the walk through a part stands.
#[derive(Default)]
struct Walk {
    /// The depth of the outermost element that is left out, if within one.
    dropped: Option<usize>,
    /// Paragraphs that are open: white space and text count within them alone.
    paragraphs: usize,
    /// White space was met that begins no line and no paragraph.
    space: bool,
    in_note: usize,
    note_ended: bool,
    /// A note stood here just now; what follows must not stick to what came before.
    after_note: bool,
    /// Automatic styles that raise their text, and the one being defined.
    raising: HashSet<String>,
    style: String,
    /// The depths of the raised spans that are open.
    raised: Vec<usize>,
}

impl Walk {
    fn take(&mut self, step: Step<'_, '_>, flow: &mut TextBuilder, depth: usize) {
        if let Some(outermost) = self.dropped {
            if matches!(step, Step::Close(_)) && depth == outermost {
                self.dropped = None;
            }
            return;
        }
        match step {
            Step::Open(tag) => self.open(tag, flow, depth),
            Step::Close(name) => self.close(name, flow, depth),
            Step::Text(text) if self.paragraphs > 0 => self.text(text, flow),
            Step::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, flow: &mut TextBuilder, depth: usize) {
        match local(tag) {
            name if is_dropped(name) => self.dropped = Some(depth),
            "p" | "h" => {
                self.paragraphs += 1;
                self.space = false;
            }
            "s" => {
                const MOST: usize = 1_000;
                self.settle(flow);
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                flow.push(&" ".repeat(count.min(MOST)));
            }
            "tab" => {
                self.settle(flow);
                flow.push("\t");
            }
            "line-break" => {
                self.space = false;
                flow.end_line();
            }
            "table" => flow.open_table(),
            "table-row" => flow.open_row(),
            "table-cell" | "covered-table-cell" | "text-box" => flow.open_box(),
            "note-body" => self.in_note += 1,
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "text-properties" => {
                let position = attribute(tag, "text-position").unwrap_or_default();
                let raises = position.starts_with("super")
                    || position.split('%').next().and_then(|share| share.trim().parse::<i32>().ok()) > Some(0);
                if raises {
                    self.raising.insert(self.style.clone());
                }
            }
            "span" if attribute(tag, "style-name").is_some_and(|style| self.raising.contains(&style)) => {
                self.raised.push(depth);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, flow: &mut TextBuilder, depth: usize) {
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.space = false;
                flow.end_paragraph();
            }
            "table" | "table-row" | "table-cell" | "covered-table-cell" | "text-box" => flow.close(),
            "note-body" => {
                self.in_note = self.in_note.saturating_sub(1);
                self.note_ended = true;
                self.after_note = true;
            }
            "span" if self.raised.last() == Some(&depth) => {
                self.raised.pop();
            }
            _ => {}
        }
    }

    /// Text within a paragraph: a run of white space is one space, and none at the paragraph's begin.
    fn text(&mut self, text: &str, flow: &mut TextBuilder) {
        if !self.raised.is_empty() && !text.trim().is_empty() {
            self.settle(flow);
            flow.push_raised(text.trim());
            self.space = text.ends_with(char::is_whitespace);
            return;
        }
        for word in text.split_inclusive(WHITE) {
            let letters = word.trim_end_matches(WHITE);
            if !letters.is_empty() {
                self.settle(flow);
                let sticks = flow.tail().ends_with(char::is_alphanumeric) && letters.starts_with(char::is_alphanumeric);
                if std::mem::take(&mut self.after_note) && sticks {
                    flow.push(" ");
                }
                flow.push(letters);
            }
            self.space |= letters.len() < word.len();
        }
    }

    /// Writes the space that was met, unless it begins a line.
    fn settle(&mut self, flow: &mut TextBuilder) {
        let tail = flow.tail();
        if std::mem::take(&mut self.space) && !tail.is_empty() && !tail.ends_with('\n') {
            flow.push(" ");
        }
    }
}

/// What the format counts as white space.
const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Elements without text of the document: what was deleted, comments, the numbers of notes, the reading aids of ruby,
/// descriptions of pictures, settings.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note-citation"
            | "ruby-text"
            | "title"
            | "desc"
            | "binary-data"
            | "scripts"
            | "settings"
            | "forms"
            | "font-face-decls"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "index-title-template"
    )
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn odt(body: &str, styles: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name='T1'><style:text-properties style:text-position='super 58%'/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let styles = format!(
            "<office:document-styles><office:master-styles><style:master-page>{styles}</style:master-page></office:master-styles></office:document-styles>"
        );
        for (name, content) in
            [("mimetype", std::str::from_utf8(MIME).unwrap()), ("content.xml", &content), ("styles.xml", &styles)]
        {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn text_of(body: &str) -> String {
        read("a.odt", &odt(body, "")).unwrap().text.as_str().to_owned()
    }

    #[test]
    fn white_space_tabs_and_breaks() {
        let body = "<text:p>\n  Số<text:tab/>33<text:s text:c='2'/>TT\n   <text:span>BGDĐT</text:span> &amp; &#272;<text:line-break/>  dòng\n</text:p><text:h>Điều<text:s/>1</text:h>";
        assert_eq!(text_of(body), "Số\t33  TT BGDĐT & Đ\ndòng\nĐiều 1\n");
    }

    #[test]
    fn insertions_stay_deletions_and_comments_go() {
        let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>29</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Nghị định <text:change text:change-id='c'/><text:change-start/>30<text:change-end/><office:annotation><text:p>sai</text:p></office:annotation>/2020/NĐ-CP</text:p>";
        assert_eq!(text_of(body), "Nghị định 30/2020/NĐ-CP\n");
    }

    #[test]
    fn tables_notes_and_margins_are_told_apart() {
        let note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Luật Giáo dục</text:p></text:note-body></text:note>";
        let body = format!(
            "<text:p>Luật số 43/2019/QH14{note}2019<text:span text:style-name='T1'>2</text:span></text:p><table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>Nghị định</text:p></table:table-cell></table:table-row></table:table><text:p/>"
        );
        let styles = "<style:header><text:p>Đầu <text:page-number>1</text:page-number></text:p></style:header><style:header-left><text:p>Đầu 1</text:p></style:header-left><style:footer><text:p>Chân</text:p></style:footer>";
        let document = read("a.odt", &odt(&body, styles)).unwrap();
        let text = document.text.as_str();
        assert_eq!(text, "Đầu 1\nLuật số 43/2019/QH14 2019 2\n1\tNghị định\n\nLuật Giáo dục\nChân\n");
        let part = |words: &str| document.part_at(text.find(words).unwrap());
        assert_eq!(part("Đầu"), Part::Margin);
        assert_eq!(part("Luật số"), Part::Body);
        assert_eq!(part("Nghị"), Part::Table);
        assert_eq!(part("Luật Giáo"), Part::Footnote);
        assert_eq!(part("Chân"), Part::Margin);
    }

    #[test]
    fn damage_is_named() {
        let whole = odt("<text:p>Chữ</text:p>", "");
        for bytes in [&whole[..whole.len() / 2], b"PK\x03\x04"] {
            assert!(matches!(read("a.odt", bytes), Err(ReadError::Damaged { .. })));
        }
        assert!(matches!(read("a.odt", &odt("<text:p>", "")), Err(ReadError::Damaged { .. })));
        assert_eq!(read("a.odt", &odt("", "")).unwrap_err(), ReadError::Empty { path: "a.odt".into() });
    }
}
