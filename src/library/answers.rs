//! What the base answers, in our own nouns: plain values that every face can print. Field names are those of
//! the machine formats.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use crate::cite::{Header, MentionKind};
use crate::law::{Confidence, Date, Force, Instrument, Key, Treatment};
pub use crate::store::Paging;
use crate::text::Lang;

/// Whether a hit is an official act or a file of the library (a file that bears a number is both; it is
/// listed as the document).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HitKind {
    Instrument,
    Document,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    pub id: String,
    pub kind: HitKind,
    pub number: Option<String>,
    /// The type word: `Thông tư`.
    pub type_word: Option<String>,
    pub title: String,
    pub issuer: Option<String>,
    pub date: Option<Date>,
    /// As of today.
    #[schema(value_type = String)]
    pub force: Force,
    pub score: f32,
    /// A stretch of the original text, marks kept.
    pub snippet: String,
    /// Bytes of `snippet` to highlight.
    #[schema(value_type = Vec<Object>)]
    pub highlights: Vec<Range<usize>>,
    /// How many citations of the library point at it.
    pub cited: usize,
    /// Of a document: its path.
    pub path: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Hits {
    pub total: usize,
    pub hits: Vec<Hit>,
    /// Numbers or words to try instead, where nothing was found.
    pub suggestions: Vec<String>,
    /// The query as it was read, where words that nobody writes were taken for others.
    pub read_as: Option<String>,
    /// Whether nothing fits the whole query, and these hits fit a part of it.
    pub nearest: bool,
    /// How many there would be without fields, where there are none with them.
    pub unfiltered: usize,
    /// Counts of all hits, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
}

/// How many hits bear each value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// The name of the field in a query: `loai`.
    pub field: String,
    /// The most frequent first; years, the newest first.
    pub values: Vec<FacetValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetValue {
    pub value: String,
    pub count: usize,
    /// What narrows a query down to it: `loai:"Thông tư"`.
    pub query: String,
}

/// What may be meant by what is typed so far.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Suggestion {
    pub id: String,
    pub kind: HitKind,
    pub number: Option<String>,
    pub title: String,
    /// As of today.
    #[schema(value_type = String)]
    pub force: Force,
}

/// One citation between a document and an instrument, seen from either end.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Edge)]
pub struct CitationView {
    /// The other end: for `cited-by` the citing document, for `cites` the instrument cited (null where unresolved).
    pub id: Option<String>,
    /// Whether `id` is a document of the library or an instrument.
    pub kind: HitKind,
    pub number: Option<String>,
    pub title: Option<String>,
    /// Of the other end: its date of issue.
    pub date: Option<Date>,
    #[schema(value_type = String)]
    pub treatment: Treatment,
    pub pin: Vec<String>,
    /// The words that cite.
    pub text: String,
    #[schema(value_type = String)]
    pub mention: MentionKind,
    pub sentence: String,
    /// The citing file.
    pub path: String,
    /// Bytes of the citing file's source text.
    pub start: usize,
    pub end: usize,
    /// Of the other end, as of today.
    #[schema(value_type = String)]
    pub force: Force,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Edges)]
pub struct Citations {
    /// The `id` asked about.
    pub instrument: String,
    pub total: usize,
    /// How many different documents (or instruments) the edges lead to.
    pub distinct: usize,
    pub edges: Vec<CitationView>,
}

/// A relation of the register, seen from one end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RelationView {
    #[schema(value_type = String)]
    pub treatment: Treatment,
    /// The other end.
    pub id: String,
    pub number: String,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub provision: Option<String>,
    #[schema(value_type = String)]
    pub confidence: Confidence,
    pub source: String,
    /// The day on which it was last confirmed.
    pub confirmed: Option<Date>,
}

/// Everything known of one instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InstrumentView {
    pub id: String,
    pub number: Option<String>,
    /// The register's row; `None` where it is known only because it is cited or is a document of the library.
    #[schema(value_type = Option<Object>)]
    pub facts: Option<Instrument>,
    /// The kind that its number names, where there is no row.
    pub kind: Option<String>,
    /// The day of issue that citations state, or relations of the register, where there is no row.
    #[schema(value_type = Option<String>)]
    pub issued: Option<Date>,
    /// The documents of the library that are this instrument.
    pub documents: Vec<DocumentRef>,
    pub as_of: Date,
    #[schema(value_type = String)]
    pub force: Force,
    /// What it does to others, by the register.
    pub acts_on: Vec<RelationView>,
    /// What others do to it, by the register.
    pub acted_on_by: Vec<RelationView>,
    /// What to cite instead as of `as_of`: the last of the chain that replaced it.
    pub successor: Option<RelationView>,
    /// How many citations point at it, and from how many documents.
    pub cited: usize,
    pub cited_by_documents: usize,
    /// Other instruments that bear the same number (another year, another place).
    pub same_number: Vec<String>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentRef {
    pub id: String,
    pub path: String,
    pub title: Option<String>,
    /// The type word that its header states.
    pub kind: Option<String>,
    /// The issuer that its header states.
    pub issuer: Option<String>,
    /// The date that its header states.
    pub date: Option<Date>,
}

/// A file of the library: its header, its text, its citations.
#[derive(Debug, Clone)]
pub struct DocumentView {
    pub id: String,
    pub path: String,
    pub header: Header,
    pub key: Option<Key>,
    /// The NFC text.
    pub text: String,
    /// What it cites, in text order; ranges in bytes of `text`.
    pub citations: Vec<(Range<usize>, CitationView)>,
}

/// How many of what the library holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counts {
    pub documents: usize,
    pub instruments: usize,
    pub citations: usize,
    pub relations: usize,
}

/// What the answers rest on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Coverage {
    /// Rows of the register.
    pub instruments: usize,
    /// Files of the library.
    pub documents: usize,
    /// When the index was made, RFC 3339.
    pub indexed: String,
}

impl Coverage {
    /// What an answer does not say.
    pub fn note(lang: Lang) -> &'static str {
        lang.pick(
            "Sổ đăng ký là một bản chọn lọc: văn bản không có trong sổ, hoặc chưa xác định được hiệu lực, vẫn có thể đang có hiệu lực.",
            "The register is a selection: an instrument it lacks, or whose force it gives as unknown, may well be in force.",
        )
    }
}

/// Where a node stands in a drawn neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NodeRole {
    /// What the centre cites or rests on.
    Cited,
    Centre,
    /// Who cites the centre.
    Citing,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GraphNode {
    pub id: String,
    pub kind: HitKind,
    /// Number, or the title of what has none.
    pub label: String,
    pub title: Option<String>,
    pub role: NodeRole,
    /// How many steps from the centre.
    pub steps: usize,
    #[schema(value_type = String)]
    pub force: Force,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GraphEdge {
    pub from: String,
    pub to: String,
    #[schema(value_type = String)]
    pub treatment: Treatment,
    /// How many citations the edge stands for; 0 for a relation of the register.
    pub citations: usize,
}

/// The neighbourhood of an instrument.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Graph {
    pub centre: String,
    pub nodes: Vec<GraphNode>,
    pub edges: Vec<GraphEdge>,
    /// Nodes left out because of the limit.
    pub more_cited: usize,
    pub more_citing: usize,
}

/// An instrument or document on a way through the graph.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Reached)]
pub struct PathNode {
    pub id: String,
    pub kind: HitKind,
    /// Number, or the title of what has none.
    pub label: String,
    pub title: Option<String>,
    /// As of today.
    #[schema(value_type = String)]
    pub force: Force,
    /// How many steps from where the question began.
    pub steps: usize,
    /// The node before it on the way; `None` for the first.
    pub by: Option<String>,
    /// What the citing end of the last step does to the other.
    #[schema(value_type = String)]
    pub treatment: Treatment,
    /// The sentence of that citation; `None` for a relation of the register.
    pub sentence: Option<String>,
}

/// The shortest way of citations from one instrument or document to another.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Chain)]
pub struct CitationPath {
    pub from: String,
    pub to: String,
    /// From the one to the other, both with; empty where no way of at most `most` steps leads there.
    pub nodes: Vec<PathNode>,
    pub most: usize,
}

/// What rests on an instrument, directly or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Resting)]
pub struct Dependents {
    pub instrument: String,
    /// The nearest first.
    pub nodes: Vec<PathNode>,
    /// Whether that is all; else the limit was reached.
    pub complete: bool,
}

/// An instrument with how often it is cited.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ranked {
    pub id: String,
    pub number: Option<String>,
    pub title: Option<String>,
    #[schema(value_type = String)]
    pub force: Force,
    pub citations: usize,
    pub documents: usize,
    /// Of one that is no longer in force: what to cite instead.
    pub successor: Option<String>,
}

/// Which instruments are ranked.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// Years of the citing documents, both with.
    pub years: Option<(i16, i16)>,
    /// The kind of the instrument: `Thông tư`.
    pub kind: Option<String>,
    /// Its issuer, by name or abbreviation.
    pub issuer: Option<String>,
    /// Only those that are ended or replaced today.
    pub ended: bool,
}

impl Ranking {
    /// One year or a run of them: `2024`, `2020..2024`.
    pub fn years(text: &str) -> Option<(i16, i16)> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let year = |text: &str| text.trim().parse::<i16>().ok().filter(|year| (1900..2200).contains(year));
        let (one, other) = (year(first)?, year(last)?);
        Some((one.min(other), one.max(other)))
    }
}
