//! The archive of a Word file: parts out as text, and a new archive in which every part that was not changed is
//! copied as it is, compressed bytes and all.

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read, Write};

use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::AnnotateError;
use super::story::{Names, attribute};
use crate::read::MAX_UNPACKED;

const TYPES: &str = "[Content_Types].xml";

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    budget: u64,
    changed: BTreeMap<String, Vec<u8>>,
}

/// The XML of a part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub xml: String,
    encoding: Encoding,
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, AnnotateError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(AnnotateError::damaged)?;
        Ok(Package { archive, budget: MAX_UNPACKED, changed: BTreeMap::new() })
    }

    /// A part's XML, with a byte order mark of UTF-8 where it has one; `None` if there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, AnnotateError> {
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(AnnotateError::damaged(error)),
        };
        let mut bytes = Vec::new();
        (&mut file).take(self.budget + 1).read_to_end(&mut bytes).map_err(AnnotateError::damaged)?;
        self.budget = self.budget.checked_sub(bytes.len() as u64).ok_or(AnnotateError::TooLarge)?;
        let encoding = match bytes.as_slice() {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            _ => Encoding::Utf8,
        };
        let units = |unit: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
            String::from_utf16(&units).ok()
        };
        let xml = match encoding {
            Encoding::Utf16Le => units(u16::from_le_bytes),
            Encoding::Utf16Be => units(u16::from_be_bytes),
            Encoding::Utf8 => String::from_utf8(bytes).ok(),
        };
        let xml = xml.ok_or_else(|| AnnotateError::damaged(format!("{name}: not UTF-8")))?;
        Ok(Some(Part { xml, encoding }))
    }

    /// Puts `xml` in the place of a part, in the encoding that the part had.
    pub fn replace(&mut self, name: &str, part: &Part, xml: &str) {
        let units = |mark: u16, bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(mark).chain(xml.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
        };
        let bytes = match part.encoding {
            Encoding::Utf8 => xml.as_bytes().to_vec(),
            Encoding::Utf16Le => units(0xfeff, u16::to_le_bytes),
            Encoding::Utf16Be => units(0xfeff, u16::to_be_bytes),
        };
        self.changed.insert(name.to_owned(), bytes);
    }

    /// The part that `part` relates to as `kind`, the last word of the relationship's type.
    pub fn related(&mut self, part: &str, kind: &str) -> Result<Option<String>, AnnotateError> {
        let (folder, relations) = relations_of(part);
        let Some(relations) = self.part(&relations)? else { return Ok(None) };
        let mut found = None;
        each_tag(&relations.xml, |tag| {
            let fits = attribute(tag, "Type").is_some_and(|one| one.rsplit('/').next() == Some(kind));
            if let Some(target) = attribute(tag, "Target").filter(|_| fits && found.is_none()) {
                found = Some(match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                });
            }
        })?;
        Ok(found)
    }

    /// Adds a part that `owner` relates to: the part, the relationship and the content type. The part is named
    /// `stem.xml` beside `owner`, or with a number where that name is taken.
    pub fn add(
        &mut self,
        owner: &str,
        stem: &str,
        kind: &str,
        content_type: &str,
        xml: &str,
    ) -> Result<(), AnnotateError> {
        let (folder, relations) = relations_of(owner);
        let numbered = (2u32..).map(|number| format!("{stem}{number}.xml"));
        let path = |file: &str| if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
        let mut files = std::iter::once(format!("{stem}.xml")).chain(numbered);
        let taken: Vec<String> = self.archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
        let free = files.find(|file| !taken.contains(&path(file).to_ascii_lowercase()));
        let file = free.unwrap_or_default();

        const NONE: &str = concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
        );
        let old = self.part(&relations)?.unwrap_or(Part { xml: NONE.to_owned(), encoding: Encoding::Utf8 });
        let mut ids = HashSet::new();
        each_tag(&old.xml, |tag| ids.extend(attribute(tag, "Id")))?;
        let id = (1..).map(|number| format!("rId{number}")).find(|id| !ids.contains(id)).unwrap_or_default();
        let attributes = format!(" Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"");
        self.replace(&relations, &old, &append_element(&old.xml, "Relationship", &attributes)?);

        let types = self.part(TYPES)?.ok_or_else(|| AnnotateError::damaged(format!("{TYPES} is missing")))?;
        let attributes = format!(" PartName=\"/{}\" ContentType=\"{content_type}\"", path(&file));
        self.replace(TYPES, &types, &append_element(&types.xml, "Override", &attributes)?);
        self.changed.insert(path(&file), xml.as_bytes().to_vec());
        Ok(())
    }

    /// The archive with the parts that were changed in their old places, and new ones at the end.
    pub fn write(mut self) -> Result<Vec<u8>, AnnotateError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for at in 0..self.archive.len() {
            let file = self.archive.by_index_raw(at).map_err(AnnotateError::damaged)?;
            let name = file.name().map_err(AnnotateError::damaged)?.into_owned();
            match self.changed.remove(&name) {
                None => out.raw_copy_file(file).map_err(AnnotateError::damaged)?,
                Some(bytes) => {
                    let options = deflated.last_modified_time(file.last_modified().unwrap_or_default());
                    out.start_file(name, options).map_err(AnnotateError::damaged)?;
                    out.write_all(&bytes).map_err(AnnotateError::damaged)?;
                }
            }
        }
        for (name, bytes) in self.changed {
            out.start_file(name, deflated).map_err(AnnotateError::damaged)?;
            out.write_all(&bytes).map_err(AnnotateError::damaged)?;
        }
        out.finish().map(Cursor::into_inner).map_err(AnnotateError::damaged)
    }
}

/// The folder of a part, and the part that holds its relationships.
fn relations_of(part: &str) -> (&str, String) {
    match part.rsplit_once('/') {
        Some((folder, file)) => (folder, format!("{folder}/_rels/{file}.rels")),
        None => ("", format!("_rels/{part}.rels")),
    }
}

/// Every element's start tag.
fn each_tag(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), AnnotateError> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(AnnotateError::damaged)? {
            Event::Start(tag) | Event::Empty(tag) => see(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The XML with one more child at the end of its root; the child takes the prefix of the root.
fn append_element(xml: &str, name: &str, attributes: &str) -> Result<String, AnnotateError> {
    append(xml, |names| format!("<{}{name}{attributes}/>", names.element))
}

/// The XML with more at the end of its root. `content` gets the names that the root uses.
pub(super) fn append(xml: &str, content: impl Fn(&Names) -> String) -> Result<String, AnnotateError> {
    // The parser does not count a byte order mark.
    let rest = xml.trim_start_matches('\u{feff}');
    let mark = xml.len() - rest.len();
    let mut reader = quick_xml::Reader::from_str(rest);
    let mut root: Option<Names> = None;
    let mut depth = 0;
    loop {
        let start = mark + reader.buffer_position() as usize;
        let event = reader.read_event().map_err(AnnotateError::damaged)?;
        let end = mark + reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                depth += 1;
                root.get_or_insert_with(|| Names::of(&tag));
            }
            Event::Empty(tag) if depth == 0 => {
                let name = tag.name().as_ref().to_owned();
                let open = xml[start..end].trim_end_matches('>').trim_end_matches('/');
                let content = content(&Names::of(&tag));
                return Ok(format!("{}{open}>{content}</{name}>{}", &xml[..start], &xml[end..]));
            }
            Event::End(_) => {
                depth -= 1;
                if let Some(names) = root.as_ref().filter(|_| depth == 0) {
                    return Ok(format!("{}{}{}", &xml[..start], content(names), &xml[start..]));
                }
            }
            Event::Eof => return Err(AnnotateError::damaged("XML without a root element")),
            _ => {}
        }
    }
}
