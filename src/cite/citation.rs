//! The values of this floor: a `Mention` as written, a `Citation` as understood, the `Header` of the citing document, and
//! the `ResolvedDocument` that holds them.

use std::ops::Range;

use serde::Serialize;

use crate::law::{Date, InstrumentId, Key, Locality, Number, Pinpoint, Treatment, Use};

/// How a mention names its instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// Number and symbol, even if they are wrong or incomplete.
    Full,
    /// Type word and number without symbol: `Kế hoạch 70`.
    Short,
    /// An established name: `Luật Giáo dục 2019`.
    Named,
    /// The document's own number.
    #[serde(rename = "self")]
    Own,
}

/// The words that cite, before we know what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the NFC text.
    pub range: Range<usize>,
    /// How it names the instrument.
    pub kind: MentionKind,
    /// The type word in its official spelling, if there is one before the number, or one shared by a list.
    pub type_word: Option<String>,
    /// The number as written, spelling normalised; completed in a list that shares its year or symbol.
    pub number: Option<Number>,
    /// Of a short form: its serial number, at least two digits.
    pub serial: Option<String>,
    /// Of a short form or a name: the year written beside it.
    pub year: Option<i16>,
    /// Of a law cited by name, with or without its number: the name in its established spelling.
    pub name: Option<String>,
}

/// A mention and how sure its shape is.
#[derive(Debug, Clone)]
pub(super) struct FoundMention {
    pub mention: Mention,
    /// A short form whose shape alone does not show that it cites.
    pub weak: bool,
    /// Where the date, issuer and title may follow, in bytes of the NFC text: the end of the list the mention belongs to.
    pub tail: usize,
}

/// The issuer that a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Bytes of the NFC text.
    pub range: Range<usize>,
    /// Official abbreviation of a known agency: `BGDĐT`.
    pub abbr: Option<String>,
    /// The place beside the name: `thị xã Quảng Yên`.
    pub locality: Option<Locality>,
}

/// A mention and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The words that cite.
    pub mention: Mention,
    /// The date of issue that the text states for this mention.
    pub date: Option<Date>,
    /// Where that date is, in bytes of the NFC text.
    pub date_range: Option<Range<usize>>,
    /// The issuer that the text states for it.
    pub issuer: Option<Issuer>,
    /// The place of a local issuer, from the citation or the citing document.
    pub locality: Option<Locality>,
    /// The provisions named before it.
    pub pins: Vec<Pinpoint>,
    /// What the document does to the instrument.
    pub treatment: Treatment,
    /// What the text does with the instrument.
    pub usage: Use,
    /// The instrument that is meant, if exactly one can be.
    pub target: Option<Key>,
    /// The `id` of an instrument that has no number (the Constitution).
    pub named_id: Option<InstrumentId>,
    /// What it may mean, if that cannot be decided.
    pub candidates: Vec<Key>,
    /// The citation of the same document that a short form repeats: its index in `ResolvedDocument::citations`.
    pub antecedent: Option<usize>,
}

impl Citation {
    /// The id of the instrument meant, without its place.
    pub fn base_id(&self) -> Option<InstrumentId> {
        self.target.as_ref().map(Key::id).or_else(|| self.named_id.clone())
    }

    /// The id of the instrument meant, with its place if that is known.
    pub fn id(&self) -> Option<InstrumentId> {
        match &self.target {
            Some(key) => Some(key.id_in(self.locality.as_ref())),
            None => self.named_id.clone(),
        }
    }
}

/// What a document says of itself at its top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Number and symbol.
    pub number: Option<Number>,
    /// Where the number is, in bytes of the NFC text.
    pub number_range: Option<Range<usize>>,
    /// The date of issue.
    pub date: Option<Date>,
    /// Where it was signed: `Quảng Yên`.
    pub place: Option<String>,
    /// The issuing office, as written.
    pub issuer: Option<String>,
    /// The place of a local issuer.
    pub locality: Option<Locality>,
    /// The type word: `Kế hoạch`.
    pub kind: Option<String>,
    /// Trích yếu, or the subject of a dispatch.
    pub title: Option<String>,
    /// The date from which the text says it binds.
    pub commences: Option<Date>,
}

impl Header {
    /// The document's own identity, if it has a number.
    pub fn key(&self) -> Option<Key> {
        self.number.clone().map(|number| Key::new(number, self.date))
    }
}

/// What was read out of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedDocument {
    /// What the document says of itself.
    pub header: Header,
    /// In text order; the document's own number among them with the kind `Own`.
    pub citations: Vec<Citation>,
}
