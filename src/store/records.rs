//! What is written into the index and read back from it: plain records, stored as JSON.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cite::{Citation, Header, MentionKind, sentence};
use crate::law::{Date, Force, Instrument, Key, Locality, Number, Treatment};
use crate::read::Document;
use crate::register::Folders;
use crate::text::one_line;

/// What one commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: u32,
    /// `Register::digest` of the register that citations were resolved with.
    pub register: String,
    /// Where its tables lay, and what tells them from themselves after a change (`Folders::stamp`).
    pub folders: Folders,
    pub stamp: String,
    /// The folders and files that were asked for, canonical.
    pub roots: Vec<PathBuf>,
    /// Whether characters were recognised in pictures of pages; once asked for, later runs do so too.
    #[serde(default)]
    pub ocr: bool,
    /// When the commit was made, RFC 3339.
    pub made: String,
}

/// What hits are narrowed down and counted by, as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    pub kind: String,
    pub issuer: String,
    pub locality: String,
    pub date: Option<Date>,
    /// What the register knows of the force; `None` where it has no row.
    pub force: Option<Force>,
    pub commences: Option<Date>,
    pub issued: Option<Date>,
    pub ended: Option<Date>,
    pub seen_on: Option<Date>,
}

impl Traits {
    pub fn of(row: &Instrument) -> Traits {
        Traits {
            kind: row.kind.clone(),
            issuer: row.issuer.clone(),
            locality: row.locality.as_ref().map(Locality::to_string).unwrap_or_default(),
            date: row.issued,
            force: Some(row.force),
            commences: row.commences,
            issued: row.issued,
            ended: row.ended,
            seen_on: row.force_as_of,
        }
    }
}

/// An instrument of the register, with all it is searched by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInstrument<'r> {
    pub row: &'r Instrument,
    /// Words by which it is called: number, kind, aliases.
    pub called: String,
    pub issuer: String,
    pub traits: Traits,
    /// Whether its text is a document of the library.
    pub twin: bool,
}

/// A file of the library, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDocument {
    pub id: String,
    /// Canonical.
    pub path: String,
    pub number: Option<String>,
    pub number_range: Option<Range<usize>>,
    pub date: Option<Date>,
    pub place: Option<String>,
    pub issuer: Option<String>,
    pub locality: Option<String>,
    pub kind: Option<String>,
    pub title: Option<String>,
    pub commences: Option<Date>,
    /// The id of the instrument it is, without and with the place.
    pub own_base: Option<String>,
    pub own: Option<String>,
    /// The text in NFC; stored apart.
    #[serde(skip)]
    pub text: String,
    /// Words by which it is called: number, kind, file name, aliases.
    #[serde(skip)]
    pub called: String,
    #[serde(skip)]
    pub traits: Traits,
}

impl StoredDocument {
    pub fn new(id: String, path: String, header: &Header, text: String) -> StoredDocument {
        let key = header.key();
        StoredDocument {
            id,
            path,
            number: header.number.as_ref().map(Number::to_string),
            number_range: header.number_range.clone(),
            date: header.date,
            place: header.place.clone(),
            issuer: header.issuer.clone(),
            locality: header.locality.as_ref().map(Locality::to_string),
            kind: header.kind.clone(),
            title: header.title.clone(),
            commences: header.commences,
            own_base: key.as_ref().map(|key| key.id().to_string()),
            own: key.as_ref().map(|key| key.id_in(header.locality.as_ref()).to_string()),
            text,
            called: String::new(),
            traits: Traits {
                kind: header.kind.clone().unwrap_or_default(),
                issuer: header.issuer.clone().unwrap_or_default(),
                locality: header.locality.as_ref().map(Locality::to_string).unwrap_or_default(),
                date: header.date,
                ..Traits::default()
            },
        }
    }

    /// The header as it was read.
    pub fn header(&self) -> Header {
        Header {
            number: self.number.as_deref().and_then(Number::parse),
            number_range: self.number_range.clone(),
            date: self.date,
            place: self.place.clone(),
            issuer: self.issuer.clone(),
            locality: self.locality.as_deref().and_then(Locality::new),
            kind: self.kind.clone(),
            title: self.title.clone(),
            commences: self.commences,
        }
    }
}

/// What a document is asked for by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKey<'k> {
    /// Its id.
    Id(&'k str),
    /// The canonical path of its file.
    Path(&'k str),
}

/// Which documents are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentFilter {
    All,
    /// Those whose canonical path begins so.
    Below(String),
}

/// A part of a list of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentPage {
    /// How many there are in all.
    pub total: usize,
    /// Without their text.
    pub documents: Vec<StoredDocument>,
}

/// One citation of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCitation {
    /// The citing document: its id, path, and what is shown of it.
    pub document: String,
    pub path: String,
    pub document_number: Option<String>,
    pub document_title: Option<String>,
    pub document_date: Option<Date>,
    pub document_kind: Option<String>,
    pub document_issuer: Option<String>,
    pub document_locality: Option<String>,
    pub document_commences: Option<Date>,
    /// The instrument that the citing document is, place included.
    pub document_own: Option<String>,
    /// The instrument cited: its id without place, and the place; `None` where unresolved.
    pub target: Option<String>,
    pub locality: Option<String>,
    /// The target's key (`70/KH-UBND@2022-03-25`), or the number as written.
    pub key: Option<String>,
    /// Of a named mention: the name.
    pub name: Option<String>,
    /// The date the text states.
    pub date: Option<Date>,
    pub treatment: Treatment,
    pub pins: Vec<String>,
    /// `full`, `short` or `named`.
    mention: String,
    pub text: String,
    pub sentence: String,
    /// Bytes of the NFC text.
    pub range: Range<usize>,
    /// Bytes of the source.
    pub source: Range<usize>,
}

impl StoredCitation {
    /// `None` for the document's own number, which is no citation.
    pub fn new(from: &StoredDocument, document: &Document, citation: &Citation) -> Option<StoredCitation> {
        let mention = match citation.mention.kind {
            MentionKind::Full => "full",
            MentionKind::Short => "short",
            MentionKind::Named => "named",
            MentionKind::Own => return None,
        };
        let text = document.text.as_str();
        let range = citation.mention.range.clone();
        let key = citation.target.as_ref().map(Key::to_string);
        Some(StoredCitation {
            document: from.id.clone(),
            path: from.path.clone(),
            document_number: from.number.clone(),
            document_title: from.title.clone(),
            document_date: from.date,
            document_kind: from.kind.clone(),
            document_issuer: from.issuer.clone(),
            document_locality: from.locality.clone(),
            document_commences: from.commences,
            document_own: from.own.clone(),
            target: citation.base_id().map(|id| id.to_string()),
            locality: citation.locality.as_ref().map(Locality::to_string),
            key: key.or_else(|| citation.mention.number.as_ref().map(Number::to_string)),
            name: citation.mention.name.clone(),
            date: citation.date,
            treatment: citation.treatment,
            pins: citation.pins.iter().map(ToString::to_string).collect(),
            mention: mention.to_owned(),
            text: text[range.clone()].to_owned(),
            sentence: one_line(&text[sentence(document, &range)]),
            source: document.text.to_source(range.clone()),
            range,
        })
    }

    /// The keys of the citing document and of the instrument cited, where the first does something to the second and
    /// both are known well enough to say so of them.
    pub fn ends(&self) -> Option<(Key, Key)> {
        self.treatment.acts().then_some(())?;
        let from = Key::new(Number::parse(self.document_number.as_deref()?)?, self.document_date);
        let to = Key::parse(self.key.as_deref()?)?;
        (from.is_complete() && to.is_complete() && from != to).then_some((from, to))
    }

    pub fn mention(&self) -> MentionKind {
        match self.mention.as_str() {
            "short" => MentionKind::Short,
            "named" => MentionKind::Named,
            _ => MentionKind::Full,
        }
    }

    /// The slug of the place, empty where it is not known.
    pub fn place(&self) -> String {
        self.locality.as_deref().and_then(Locality::new).map(|place| place.slug()).unwrap_or_default()
    }

    /// The id of the instrument cited, place included.
    pub fn target_in_place(&self) -> Option<String> {
        let target = self.target.as_ref()?;
        let place = self.place();
        Some(if place.is_empty() { target.clone() } else { format!("{target}.{place}") })
    }
}

/// What was last seen of a file on disk, readable or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Canonical.
    pub path: String,
    /// Size and time of change.
    pub stamp: String,
    /// Hash of content, register and reader; `None` where the file could not be read.
    pub fingerprint: Option<String>,
    /// The id of the instrument it is, place included.
    pub own: Option<String>,
    /// How many citations it holds.
    pub citations: usize,
}
