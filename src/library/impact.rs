//! Impact: which documents cite an instrument, those that rest on it first, so that they can be revised once it has ended.
//!
//! Asked of the library, the question is [`impact`]. Asked of files that are read now, a caller parses an
//! [`ImpactTarget`], looks through each [`Document`] with it, and joins the answers with [`Impact::new`].

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Paging;
use super::{LibraryError, citations_to, document, instrument};
use crate::cite::{self, Citation, MentionKind};
use crate::law::{Date, Force, Instrument, InstrumentId, Key, Locality, Treatment};
use crate::read::Document;
use crate::register::Register;
use crate::store::Store;
use crate::text::{Lines, one_line};

/// An instrument, and the documents that cite it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Impact {
    /// The instrument asked about.
    pub instrument: ImpactInstrument,
    /// The day as of which `force` and `successor` are given.
    #[schema(value_type = String)]
    pub as_of: Date,
    /// How many citations there are.
    pub total: usize,
    /// The documents that rest on it first, then by path.
    pub documents: Vec<AffectedDocument>,
}

/// The instrument whose impact is asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImpactInstrument {
    /// Its id.
    pub id: String,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its title, where the register knows it.
    pub title: Option<String>,
    /// Its force on the day.
    #[schema(value_type = String)]
    pub force: Force,
    /// The first day on which it is no longer in force, where the register knows it.
    #[schema(value_type = Option<String>)]
    pub ended: Option<Date>,
    /// What to cite instead: the last of the chain that replaced it.
    pub successor: Option<ImpactSuccessor>,
}

/// What to cite instead of an instrument that was replaced.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImpactSuccessor {
    /// Its number.
    pub number: String,
    /// Its title, where the register knows it.
    pub title: Option<String>,
    /// The day from which it replaces.
    #[schema(value_type = Option<String>)]
    pub date: Option<Date>,
}

/// A document that cites the instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AffectedDocument {
    /// Its file.
    pub path: String,
    /// Its own number, if it has one.
    pub number: Option<String>,
    /// Its title, if its header states one.
    pub title: Option<String>,
    /// Its date, if its header states one.
    #[schema(value_type = Option<String>)]
    pub date: Option<Date>,
    /// In text order.
    pub citations: Vec<AffectedCitation>,
}

/// One citation of the instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AffectedCitation {
    /// What the document does with the instrument.
    #[schema(value_type = String)]
    pub treatment: Treatment,
    /// From one; of docx, pdf and html, of the extracted text.
    pub line: usize,
    /// The provisions cited.
    pub pin: Vec<String>,
    /// The words that cite.
    pub text: String,
    /// The sentence that cites.
    pub sentence: String,
    /// Bytes of the UTF-8 source text, end exclusive; of docx, pdf and html, of the extracted text.
    pub start: usize,
    /// See `start`.
    pub end: usize,
}

impl AffectedDocument {
    /// Whether the document rests on the instrument: it was issued on its basis, or implements it.
    pub fn rests(&self) -> bool {
        self.citations.iter().any(|one| matches!(one.treatment, Treatment::Basis | Treatment::Implements))
    }
}

impl Impact {
    /// Orders and counts what cites an instrument.
    pub fn new(instrument: ImpactInstrument, as_of: Date, mut documents: Vec<AffectedDocument>) -> Impact {
        documents.sort_by(|a, b| (!a.rests(), &a.path).cmp(&(!b.rests(), &b.path)));
        let total = documents.iter().map(|one| one.citations.len()).sum();
        Impact { instrument, as_of, total, documents }
    }

    /// What the instrument goes by in a line of text: its number, else its title, else its id.
    pub fn name(&self) -> &str {
        let ImpactInstrument { number, title, id, .. } = &self.instrument;
        number.as_deref().or(title.as_deref()).unwrap_or(id)
    }
}

/// The documents of the library that cite the instrument of this id.
///
/// # Errors
/// The store cannot be read.
pub fn impact(store: &Store, register: &Register, id: &str, as_of: Date) -> Result<Impact, LibraryError> {
    let view = instrument(store, register, id, as_of)?;
    let facts = view.as_ref().and_then(|view| view.facts.as_ref());
    let subject = ImpactInstrument {
        id: view.as_ref().map_or(id, |view| &view.id).to_owned(),
        number: view.as_ref().and_then(|view| view.number.clone()),
        title: facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty()),
        force: view.as_ref().map_or(Force::Unknown, |view| view.force),
        ended: facts.and_then(|facts| facts.ended),
        successor: view.as_ref().and_then(|view| view.successor.as_ref()).map(|one| ImpactSuccessor {
            number: one.number.clone(),
            title: one.title.clone(),
            date: one.date,
        }),
    };
    let mut documents: Vec<AffectedDocument> = Vec::new();
    let mut indices: HashMap<String, usize> = HashMap::new();
    let mut lines: Vec<HashMap<(usize, usize), usize>> = Vec::new();
    for citation in citations_to(store, register, id, Paging { offset: 0, limit: usize::MAX })?.edges {
        let at = *indices.entry(citation.path.clone()).or_insert(documents.len());
        if at == documents.len() {
            lines.push(match &citation.id {
                Some(id) => lines_of_citations(store, register, id)?,
                None => HashMap::new(),
            });
            documents.push(AffectedDocument {
                path: citation.path.clone(),
                number: citation.number.clone(),
                title: citation.title.clone(),
                date: citation.date,
                citations: Vec::new(),
            });
        }
        documents[at].citations.push(AffectedCitation {
            treatment: citation.treatment,
            line: lines[at].get(&(citation.start, citation.end)).copied().unwrap_or(1),
            pin: citation.pin,
            text: citation.text,
            sentence: citation.sentence,
            start: citation.start,
            end: citation.end,
        });
    }
    for document in &mut documents {
        document.citations.sort_by_key(|citation| citation.start);
    }
    Ok(Impact::new(subject, as_of, documents))
}

/// The line of each citation of a document, by its range in the source. NFC changes no line end.
fn lines_of_citations(
    store: &Store,
    register: &Register,
    id: &str,
) -> Result<HashMap<(usize, usize), usize>, LibraryError> {
    let Some(view) = document(store, register, id)? else { return Ok(HashMap::new()) };
    let lines = Lines::new(&view.text);
    Ok(view.citations.iter().map(|(range, one)| ((one.start, one.end), lines.place(range.start).0)).collect())
}

/// An instrument to look for in files, without a library.
#[derive(Debug, Clone)]
pub struct ImpactTarget {
    key: Option<Key>,
    /// The id of an instrument that has no number.
    named_id: Option<InstrumentId>,
    locality: Option<Locality>,
}

impl ImpactTarget {
    /// Reads a number, an alias, an id, or a citation as it is written in a text. `None` where it names no instrument or
    /// several.
    pub fn parse(text: &str, register: &Register) -> Option<ImpactTarget> {
        let of_key = |key| ImpactTarget { key: Some(key), named_id: None, locality: None };
        let text = text.trim();
        if let Some(row) = register.by_id(text) {
            let key = row.key();
            let named_id = key.is_none().then(|| row.id());
            return Some(ImpactTarget { key, named_id, locality: row.locality.clone() });
        }
        if let Some(key) = Key::parse(text).filter(|key| key.number.parts().next().is_some()) {
            return Some(of_key(Key::new(register.symbols().canonical(&key.number), key.date())));
        }
        if let [key] = register.alias(text)[..] {
            return Some(of_key(key.clone()));
        }
        let reading = cite::read(&Document::from_text("", text), register);
        let mut named = reading.citations.into_iter().filter(|one| one.id().is_some());
        match (named.next(), named.next()) {
            (Some(Citation { target, named_id, locality, .. }), None) => {
                Some(ImpactTarget { key: target, named_id, locality })
            }
            _ => None,
        }
    }

    fn row<'r>(&self, register: &'r Register) -> Option<&'r Instrument> {
        match &self.key {
            Some(key) => register.lookup(key, self.locality.as_ref()),
            None => register.by_id(self.named_id.as_ref()?.as_str()),
        }
    }

    /// What the register knows of the instrument on a day.
    pub fn instrument(&self, register: &Register, as_of: Date) -> ImpactInstrument {
        let row = self.row(register);
        let successors = self.key.as_ref().map(|key| register.successors(key, as_of)).unwrap_or_default();
        ImpactInstrument {
            id: match (&self.key, row) {
                (_, Some(row)) => row.id().to_string(),
                (Some(key), None) => key.id_in(self.locality.as_ref()).to_string(),
                (None, None) => self.named_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            },
            number: self.key.as_ref().map(|key| key.number.to_string()),
            title: row.map(|row| row.title.clone()).filter(|title| !title.is_empty()),
            force: row.map_or(Force::Unknown, |row| row.force_on(as_of)),
            ended: row.and_then(|row| row.ended),
            successor: successors.last().map(|relation| ImpactSuccessor {
                number: relation.from.number.to_string(),
                title: register.lookup(&relation.from, None).map(|row| row.title.clone()).filter(|t| !t.is_empty()),
                date: relation.date,
            }),
        }
    }

    /// Whether a citation means the instrument. Unknown dates and places agree with any, different ones never do.
    fn is_meant_by(&self, citation: &Citation) -> bool {
        fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.zip(other).is_none_or(|(one, other)| one == other)
        }
        let (Some(wanted), Some(meant)) = (&self.key, &citation.target) else {
            return self.named_id.is_some() && citation.named_id == self.named_id;
        };
        wanted.number.folded() == meant.number.folded()
            && agree(wanted.date(), meant.date())
            && agree(self.locality.as_ref(), citation.locality.as_ref())
    }

    /// The document with its citations of the instrument, if it has any.
    pub fn affected(&self, document: &Document, register: &Register) -> Option<AffectedDocument> {
        let reading = cite::read(document, register);
        let text = document.text.as_str();
        let lines = Lines::new(text);
        let affected = |citation: &Citation| {
            let range = citation.mention.range.clone();
            let source = document.text.to_source(range.clone());
            let sentence = text.get(cite::sentence(document, &range)).unwrap_or_default();
            AffectedCitation {
                treatment: citation.treatment,
                line: lines.place(range.start).0,
                pin: citation.pins.iter().map(ToString::to_string).collect(),
                text: text.get(range).unwrap_or_default().to_owned(),
                sentence: one_line(sentence),
                start: source.start,
                end: source.end,
            }
        };
        let is_meant = |one: &&Citation| one.mention.kind != MentionKind::Own && self.is_meant_by(one);
        let citations: Vec<AffectedCitation> = reading.citations.iter().filter(is_meant).map(affected).collect();
        (!citations.is_empty()).then(|| AffectedDocument {
            path: document.path.clone(),
            number: reading.header.number.as_ref().map(ToString::to_string),
            title: reading.header.title.clone(),
            date: reading.header.date,
            citations,
        })
    }
}
