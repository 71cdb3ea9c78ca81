//! Questions about citations, as values: which citations are meant, and how they are counted and grouped.
//!
//! Every question is asked for many at once, so that a caller needs no loop over the store. The answers are records of
//! `records`; which engine finds them is not seen here.

use super::records::StoredCitation;

/// A part of a long list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// How many entries to skip.
    pub offset: usize,
    /// How many entries to return at most.
    pub limit: usize,
}

impl Paging {
    /// The first `limit` entries.
    pub fn first(limit: usize) -> Paging {
        Paging { offset: 0, limit }
    }
}

/// Which of the instruments of one number are meant. In every place one instrument may have a number; where a citation
/// does not name the place, it is unknown, and unknown merges only with a place that has no rival.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// All of them.
    Any,
    /// The one of the place with this slug (empty: of no known place), and those of no known place if `or_unknown`.
    Of { slug: String, or_unknown: bool },
}

impl Place {
    /// Whether an entry of this place (empty: unknown) is meant.
    pub fn holds(&self, place: &str) -> bool {
        match self {
            Place::Any => true,
            Place::Of { slug, or_unknown } => place == slug || (*or_unknown && place.is_empty()),
        }
    }
}

/// An instrument, or the instruments that share its id without the place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InstrumentSelector {
    /// The id without the place.
    pub base: String,
    pub place: Place,
}

impl InstrumentSelector {
    /// The instrument `base` of a place.
    pub fn new(base: impl Into<String>, place: Place) -> InstrumentSelector {
        InstrumentSelector { base: base.into(), place }
    }
}

/// Which citations are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationQuery {
    pub end: CitationEnd,
    /// First and last year of the citing document; `None` for any, undated documents included.
    pub years: Option<(i16, i16)>,
    /// Only the first so many, in the order of the query; `None` for all.
    pub most: Option<usize>,
}

/// The end of the citations that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitationEnd {
    /// What these documents (ids) cite, document by document in the order of the text.
    From(Vec<String>),
    /// Who cites this instrument, the newest documents first; documents of one day are in an order that their ids fix.
    To(InstrumentSelector),
}

impl CitationQuery {
    /// What these documents cite.
    pub fn from(documents: impl IntoIterator<Item = impl Into<String>>) -> CitationQuery {
        let end = CitationEnd::From(documents.into_iter().map(Into::into).collect());
        CitationQuery { end, years: None, most: None }
    }

    /// Who cites an instrument.
    pub fn to(instrument: InstrumentSelector) -> CitationQuery {
        CitationQuery { end: CitationEnd::To(instrument), years: None, most: None }
    }

    /// Only citations in documents of these years, both included.
    pub fn in_years(self, first: i16, last: i16) -> CitationQuery {
        CitationQuery { years: Some((first, last)), ..self }
    }

    /// Only the first `most` of them.
    pub fn first(self, most: usize) -> CitationQuery {
        CitationQuery { most: Some(most), ..self }
    }
}

/// A part of the citations of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitationPage {
    /// How many there are in all.
    pub total: usize,
    pub citations: Vec<StoredCitation>,
}

/// How many citations a query means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CitationTotals {
    pub citations: usize,
    /// In how many documents.
    pub documents: usize,
    /// Of how many instruments; every unresolved citation counts as one.
    pub targets: usize,
}

/// The citations of documents of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearTotals {
    /// `None` for undated documents.
    pub year: Option<i16>,
    pub citations: usize,
    pub documents: usize,
}

/// What the citations of a group share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The citing document.
    Document,
    /// The instrument cited, its place included. Unresolved citations are in no group.
    Target,
}

/// Which group comes first. Equal groups are in the order of their first citations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GroupOrder {
    /// The one with most citations.
    #[default]
    Citations,
    /// The one with citations in most documents, then with most citations.
    Documents,
}

/// How citations are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping {
    pub by: GroupBy,
    pub order: GroupOrder,
    /// How many groups are returned at most.
    pub top: usize,
    /// How many citations of each group are read.
    pub first: usize,
    /// Whether the citing documents of each group are listed.
    pub documents: bool,
}

impl Grouping {
    /// The `top` largest groups with the first `first` citations of each.
    pub fn new(by: GroupBy, top: usize, first: usize) -> Grouping {
        Grouping { by, order: GroupOrder::Citations, top, first, documents: false }
    }
}

/// The citations of a query in groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitationGroups {
    /// Of all citations of the query.
    pub citations: usize,
    pub documents: usize,
    /// How many groups there are, returned or not.
    pub total: usize,
    /// How many citations are in no group because they are unresolved.
    pub unresolved: usize,
    pub groups: Vec<CitationGroup>,
}

/// Citations with the same document or instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationGroup {
    /// The id of the citing document, or of the instrument cited with its place.
    pub id: String,
    pub citations: usize,
    pub documents: usize,
    /// The first of them, in the order of the query.
    pub first: Vec<StoredCitation>,
    /// The ids of the citing documents with how many of the citations each has; empty unless asked for.
    pub by_document: Vec<(String, usize)>,
}

/// An instrument and how often it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MostCited {
    /// As it is cited, with the place where that is written.
    pub id: String,
    pub citations: usize,
}
