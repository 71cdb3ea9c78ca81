//! One XML part of a Word file seen as what can be written into it: its runs of text, the elements that comment
//! marks may be set beside, and which words belong to which note. Positions are bytes of the part's XML.
//!
//! Marks go between the runs of a paragraph of the page itself. A paragraph in a text box is inside a run of
//! such a paragraph, and Word ignores comments in it ([MS-OI29500] 2.1.315): there the whole run is marked.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::read::StoryKind;
use crate::report::xml::escape;

/// A part, taken apart.
#[derive(Debug)]
pub(super) struct Story<'x> {
    pub xml: &'x str,
    pub names: Names,
    pub runs: Vec<Run>,
    /// Stretches of words, in order.
    pub words: Vec<Words>,
    /// The elements that marks may be set beside: the children of the page's paragraphs and of their containers.
    pub hosts: Vec<Range<usize>>,
    /// References to notes: of which kind, the note, and the host.
    pub references: Vec<(StoryKind, String, usize)>,
    /// Where the first paragraph of the page begins, after its properties.
    pub first: Option<usize>,
    /// The identifiers of comments, and those of changes and the like, that the part uses.
    pub comments: Vec<i64>,
    pub others: Vec<i64>,
}

/// How a part writes the names of Word's own elements and attributes: as its root does.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The prefix of an element's name: `w:`, or nothing.
    pub element: String,
    /// The prefix of an attribute's name. The default namespace is not that of attributes.
    pub attribute: String,
    /// What an element with such attributes must declare.
    pub declared: String,
    pub namespace: String,
}

impl Names {
    /// The attribute that holds an identifier.
    pub fn id(&self, id: i64) -> String {
        format!("{} {}id=\"{id}\"", self.declared, self.attribute)
    }

    pub fn of(root: &BytesStart<'_>) -> Names {
        let name = root.name().as_ref().to_owned();
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        let wanted = prefix.map_or("xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
        let declared = root.attributes().flatten().find(|one| one.key.as_ref() == wanted);
        let namespace = declared.and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok());
        let namespace = namespace.unwrap_or_default().into_owned();
        match prefix {
            Some(prefix) => {
                let prefix = format!("{prefix}:");
                Names { element: prefix.clone(), attribute: prefix, declared: String::new(), namespace }
            }
            None => Names {
                element: String::new(),
                attribute: "w:".into(),
                declared: format!(" xmlns:w=\"{}\"", escape(&namespace)),
                namespace,
            },
        }
    }
}

/// A run: `w:r` with its tags.
#[derive(Debug)]
pub(super) struct Run {
    pub range: Range<usize>,
    /// Its start tag.
    pub tag: Range<usize>,
    /// Its `w:rPr`; empty if it has none.
    pub properties: Range<usize>,
    pub children: Vec<Child>,
    /// The element that holds it, by the place of its start tag.
    pub parent: usize,
    /// The run that holds it, where it is in a text box.
    pub outer: Option<usize>,
    /// Words in it may be replaced: it is plain text of a paragraph, no field's result, no link, no pending change.
    pub plain: bool,
    /// It is not text of the document as it reads now: deleted, or moved away.
    pub gone: bool,
    /// It is set above the line; a cut in it could be read as two marks.
    pub raised: bool,
}

/// A child of a run other than its properties.
#[derive(Debug)]
pub(super) struct Child {
    pub range: Range<usize>,
    pub name: String,
    /// What is between its tags.
    pub content: Range<usize>,
    /// Blanks at the ends of its words count.
    pub preserve: bool,
}

/// Character data of the document.
#[derive(Debug)]
pub(super) struct Words {
    pub range: Range<usize>,
    /// The run that they are a `w:t` of, and which child.
    pub run: Option<(usize, usize)>,
    /// The host that holds them; `None` outside of paragraphs.
    pub host: Option<usize>,
    /// Marks may be set within the host: it is their own run.
    pub exact: bool,
    /// The paragraph, by the place of its start tag.
    pub paragraph: usize,
    /// The note that they are part of.
    pub note: Option<String>,
}

/// An open element.
#[derive(Default)]
struct Frame {
    name: String,
    start: usize,
    /// The end of the start tag.
    inner: usize,
    /// Marks may be its children.
    marks: bool,
    /// The host that it is or that holds it.
    host: Option<usize>,
    run: Option<usize>,
    /// The run around the paragraph.
    outer: Option<usize>,
    child: Option<usize>,
    paragraph: usize,
    gone: bool,
    /// Its words are not ours to replace.
    fixed: bool,
    note: Option<String>,
}

impl Story<'_> {
    /// # Errors
    /// XML that is not well-formed.
    pub fn parse(xml: &str) -> Result<Story<'_>, quick_xml::Error> {
        let mut parser = Parser {
            story: Story {
                xml,
                names: Names::default(),
                runs: Vec::new(),
                words: Vec::new(),
                hosts: Vec::new(),
                references: Vec::new(),
                first: None,
                comments: Vec::new(),
                others: Vec::new(),
            },
            open: Vec::new(),
            fields: 0,
        };
        // The parser does not count a byte order mark.
        let rest = xml.trim_start_matches('\u{feff}');
        let mark = xml.len() - rest.len();
        let mut reader = quick_xml::Reader::from_str(rest);
        loop {
            let start = mark + reader.buffer_position() as usize;
            let event = reader.read_event()?;
            let end = mark + reader.buffer_position() as usize;
            match event {
                Event::Start(tag) => parser.enter(&tag, start..end),
                Event::Empty(tag) => {
                    parser.enter(&tag, start..end);
                    parser.leave(end..end);
                }
                Event::End(_) => parser.leave(start..end),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => parser.text(start..end),
                Event::Eof => return Ok(parser.story),
                _ => {}
            }
        }
    }

    /// The words that hold a place.
    pub fn words_at(&self, at: usize) -> Option<&Words> {
        let next = self.words.partition_point(|words| words.range.start <= at);
        self.words[..next].last().filter(|words| words.range.contains(&at))
    }
}

struct Parser<'x> {
    story: Story<'x>,
    open: Vec<Frame>,
    /// Complex fields that are open.
    fields: usize,
}

impl Parser<'_> {
    /// Opens an element. `range` is its start tag.
    fn enter(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        if self.open.is_empty() {
            self.story.names = Names::of(tag);
        }
        let qualified = tag.name().as_ref().to_owned();
        let local = tag.local_name().as_ref().to_owned();
        let is_word = qualified[..qualified.len() - local.len()] == self.story.names.element;
        // The name of an element of another namespace means nothing here.
        let name = if is_word { local.as_str() } else { "" };
        let mut frame = self.frame(name, &range);
        let id = attribute(tag, "id").filter(|_| is_word);
        self.record_element(tag, name, id.as_deref(), &range, &mut frame);
        if let Some(id) = id.and_then(|id| id.trim().parse().ok()) {
            let is_comment = name.starts_with("comment");
            if is_comment { &mut self.story.comments } else { &mut self.story.others }.push(id);
        }
        self.record_child(tag, if is_word { &local } else { &qualified }, is_word, range, &mut frame);
        frame.name = local;
        self.open.push(frame);
    }

    /// What is known of an element by its name and by the elements that hold it. An element in which marks may be set
    /// becomes a host.
    fn frame(&mut self, name: &str, range: &Range<usize>) -> Frame {
        let is = |names: &[&str]| names.contains(&name);
        let above = self.open.iter().rev().nth(1).is_some_and(|frame| frame.marks);
        let root = Frame::default();
        let parent = self.open.last().unwrap_or(&root);
        let mut frame = Frame {
            start: range.start,
            inner: range.end,
            // Containers of runs; the container of a content control is one level deeper.
            marks: match parent.marks {
                _ if is(&["p"]) => parent.paragraph == 0,
                _ if is(&["sdtContent"]) => above,
                inside => inside && is(&["hyperlink", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo"]),
            },
            host: parent.host,
            run: parent.run,
            outer: parent.outer,
            child: None,
            paragraph: parent.paragraph,
            gone: parent.gone || is(&["del", "moveFrom"]),
            fixed: parent.fixed || is(&["hyperlink", "ins", "moveTo", "fldSimple", "ruby", "dir", "bdo"]),
            note: parent.note.clone(),
            name: String::new(),
        };
        if parent.marks {
            frame.host = Some(self.story.hosts.len());
            self.story.hosts.push(range.clone());
        }
        frame
    }

    /// Records what one of Word's own elements begins: a paragraph, a run, a note or a reference to one, a field.
    fn record_element(
        &mut self,
        tag: &BytesStart<'_>,
        name: &str,
        id: Option<&str>,
        range: &Range<usize>,
        frame: &mut Frame,
    ) {
        match name {
            "p" => {
                frame.paragraph = range.start;
                frame.outer = frame.run.take().or(frame.outer);
                if frame.marks && self.story.first.is_none() {
                    self.story.first = Some(range.end);
                }
            }
            "r" => {
                let parent = self.open.last();
                frame.run = Some(self.story.runs.len());
                self.story.runs.push(Run {
                    range: range.clone(),
                    tag: range.clone(),
                    properties: range.end..range.end,
                    children: Vec::new(),
                    parent: parent.map_or(0, |parent| parent.start),
                    outer: parent.and_then(|parent| parent.run.or(parent.outer)),
                    plain: !frame.fixed && self.fields == 0,
                    gone: frame.gone,
                    raised: false,
                });
            }
            "footnote" | "endnote" => frame.note = id.map(str::to_owned),
            "footnoteReference" | "endnoteReference" if !frame.gone => {
                let kind = if name == "footnoteReference" { StoryKind::Footnotes } else { StoryKind::Endnotes };
                self.story.references.extend(id.zip(frame.host).map(|(id, host)| (kind, id.to_owned(), host)));
            }
            "vertAlign" => {
                if let Some(run) = frame.run {
                    self.story.runs[run].raised = attribute(tag, "val").as_deref() == Some("superscript");
                }
            }
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.fields += 1,
                Some("end") => self.fields = self.fields.saturating_sub(1),
                _ => {}
            },
            // A content control keeps what it shows from elsewhere, and what it guards.
            "dataBinding" | "lock" => {
                if let Some(control) = self.open.iter_mut().rev().find(|frame| frame.name == "sdt") {
                    control.fixed = true;
                }
            }
            _ => {}
        }
    }

    /// Records an element directly in a run: its properties, or a child of it.
    fn record_child(
        &mut self,
        tag: &BytesStart<'_>,
        name: &str,
        is_word: bool,
        range: Range<usize>,
        frame: &mut Frame,
    ) {
        let Some(run) = frame.run.map(|run| &mut self.story.runs[run]) else { return };
        if self.open.last().is_none_or(|parent| parent.start != run.range.start) {
            return;
        }
        if is_word && name == "rPr" {
            run.properties = range;
            return;
        }
        frame.child = Some(run.children.len());
        let content = range.end..range.end;
        let preserve = attribute(tag, "space").as_deref() == Some("preserve");
        run.children.push(Child { range, name: name.to_owned(), content, preserve });
    }

    /// `end`: the end tag; empty for an element that is one tag.
    fn leave(&mut self, end: Range<usize>) {
        let Some(frame) = self.open.pop() else { return };
        let range = frame.start..end.end;
        let story = &mut self.story;
        let parent = self.open.last();
        if let Some(host) = frame.host.filter(|_| parent.is_some_and(|parent| parent.marks)) {
            story.hosts[host] = range.clone();
        }
        match frame.name.as_str() {
            "pPr" if parent.is_some_and(|parent| story.first == Some(parent.inner)) => story.first = Some(range.end),
            // A paragraph of one tag has no inside.
            "p" if end.is_empty() && story.first == Some(range.end) => story.first = None,
            _ => {}
        }
        let Some(run) = frame.run.map(|run| &mut story.runs[run]) else { return };
        if run.range.start == frame.start {
            run.range = range;
        } else if let Some(child) = frame.child {
            run.children[child].content = frame.inner..end.start;
            run.children[child].range = range;
        } else if run.properties.start == frame.start {
            run.properties = range;
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let Some(frame) = self.open.last().filter(|frame| frame.name == "t") else { return };
        let story = &mut self.story;
        match story.words.last_mut() {
            Some(last) if last.range.end == range.start => last.range.end = range.end,
            _ => {
                let run = frame.run.zip(frame.child);
                let whole = frame.host.map(|host| story.hosts[host].start);
                let own = run.map(|(run, _)| &story.runs[run]).filter(|run| !run.raised);
                let exact = whole.is_some() && whole == own.map(|run| run.range.start);
                let (host, paragraph, note) = (frame.host, frame.paragraph, frame.note.clone());
                story.words.push(Words { range, run, host, exact, paragraph, note });
            }
        }
    }
}

/// The value of the attribute with this local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Into::into)
}
