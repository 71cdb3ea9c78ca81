//! Who cites an instrument, counted by year, by kind of document and treatment, and by provision, with the sentences.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::LibraryError;
use super::answers::{CitationView, Paging};
use super::citations::of_cited_instrument;
use super::identity::{identity, instrument_id};
use crate::law::Treatment;
use crate::register::Register;
use crate::store::{Store, StoredCitation, YearTotals};

/// How many citations are read to sort them by kind, treatment and provision; of a much cited instrument the newest.
const READ: usize = 2_000;
/// How many sentences of one kind of document the overview shows.
const FEW: usize = 4;
/// How many provisions are counted.
const PROVISIONS: usize = 15;

/// Which of the citations of an instrument are asked for.
#[derive(Debug, Clone, Default)]
pub struct CitationFilter {
    /// The kind of the citing document as its header states it; empty for those that state none.
    pub kind: Option<String>,
    pub treatment: Option<Treatment>,
    /// The year of the citing document.
    pub year: Option<i16>,
}

impl CitationFilter {
    /// Whether all are asked for.
    pub fn is_open(&self) -> bool {
        self.kind.is_none() && self.treatment.is_none() && self.year.is_none()
    }
}

/// The citations of an instrument, sorted.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = Citing)]
pub struct CitedBy {
    /// How many citations there are, and in how many documents, whatever is asked for.
    pub total: usize,
    pub documents: usize,
    /// By year of the citing document, the earliest first; those of undated documents last.
    pub years: Vec<YearCount>,
    /// How many citations, the newest, the counts below rest on.
    pub read: usize,
    /// The largest first.
    pub kinds: Vec<KindCount>,
    /// The most cited first.
    pub provisions: Vec<ProvisionCount>,
    /// How many of the citations read are asked for.
    pub matching: usize,
    /// Those shown, by kind of document.
    pub groups: Vec<CitingGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct YearCount {
    /// `None` for undated documents.
    pub year: Option<i16>,
    pub citations: usize,
    pub documents: usize,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindCount {
    /// The kind that the header states: `Kế hoạch`; empty where it states none.
    pub kind: String,
    pub citations: usize,
    pub documents: usize,
    pub treatments: Vec<TreatmentCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TreatmentCount {
    #[schema(value_type = String)]
    pub treatment: Treatment,
    pub citations: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProvisionCount {
    /// `5.2.a`: point a of clause 2 of article 5.
    pub pin: String,
    pub citations: usize,
    pub documents: usize,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CitingGroup {
    pub kind: String,
    /// How many there are of this kind among those asked for.
    pub citations: usize,
    pub edges: Vec<CitationView>,
}

/// Who cites an instrument. With an open filter a few sentences of every kind of document; else a page of all that pass
/// it.
///
/// # Errors
/// The store cannot be read.
pub fn cited_by(
    store: &Store,
    register: &Register,
    id: &str,
    filter: &CitationFilter,
    page: Paging,
) -> Result<CitedBy, LibraryError> {
    let query = identity(store, register, &instrument_id(store, id)?)?.citations();
    let queries = [query];
    let totals = store.count_citations(&queries)?.pop().unwrap_or_default();
    let years = store.citations_by_year(&queries)?.pop().unwrap_or_default().into_iter();
    let mut years: Vec<YearCount> =
        years.map(|YearTotals { year, citations, documents }| YearCount { year, citations, documents }).collect();
    years.sort_by_key(|one| (one.year.is_none(), one.year));
    let [query] = queries;
    let wanted = match filter.year {
        Some(year) => query.in_years(year, year),
        None => query,
    };
    let read = store.first_citations(&[wanted], READ)?.pop().unwrap_or_default();
    let kinds = kinds(&read);
    let passes = |entry: &&StoredCitation| {
        filter.kind.as_ref().is_none_or(|kind| kind_of(entry) == kind)
            && filter.treatment.is_none_or(|treatment| entry.treatment == treatment)
    };
    let matching: Vec<&StoredCitation> = read.iter().filter(passes).collect();
    let mut groups = Vec::new();
    let mut skip = page.offset;
    let mut room = page.limit;
    for kind in &kinds {
        let mut of: Vec<&StoredCitation> = matching.iter().copied().filter(|one| kind_of(one) == kind.kind).collect();
        let citations = of.len();
        // What it does to the instrument goes before what merely names it; the newest stay first.
        of.sort_by_key(|entry| entry.treatment);
        let shown: Vec<&StoredCitation> = if filter.is_open() {
            // A sentence that cites twice is shown once.
            let mut seen = HashSet::new();
            of.retain(|entry| seen.insert((&entry.document, &entry.sentence)));
            of.into_iter().take(FEW).collect()
        } else {
            let shown: Vec<_> = of.into_iter().skip(skip).take(room).collect();
            skip = skip.saturating_sub(citations);
            room -= shown.len();
            shown
        };
        if !shown.is_empty() {
            groups.push((kind.kind.clone(), citations, shown));
        }
    }
    // All that is shown is looked up at once.
    let all: Vec<StoredCitation> = groups.iter().flat_map(|(.., shown)| shown.iter().copied().cloned()).collect();
    let mut views = of_cited_instrument(store, register, &all)?.into_iter();
    let groups = groups.into_iter().map(|(kind, citations, shown)| CitingGroup {
        kind,
        citations,
        edges: views.by_ref().take(shown.len()).collect(),
    });
    let groups = groups.collect();
    let (matching, provisions) = (matching.len(), provisions(&read));
    let (total, documents) = (totals.citations, totals.documents);
    Ok(CitedBy { total, documents, years, read: read.len(), kinds, provisions, matching, groups })
}

fn kind_of(entry: &StoredCitation) -> &str {
    entry.document_kind.as_deref().unwrap_or_default()
}

fn kinds(read: &[StoredCitation]) -> Vec<KindCount> {
    let mut of: BTreeMap<&str, Vec<&StoredCitation>> = BTreeMap::new();
    for entry in read {
        of.entry(kind_of(entry)).or_default().push(entry);
    }
    let count = |(kind, entries): (&str, Vec<&StoredCitation>)| {
        let times = |treatment| entries.iter().filter(|entry| entry.treatment == treatment).count();
        let treatments = Treatment::ALL.into_iter().map(|one| TreatmentCount { treatment: one, citations: times(one) });
        KindCount {
            kind: kind.to_owned(),
            citations: entries.len(),
            documents: documents(entries.iter().copied()),
            treatments: treatments.filter(|one| one.citations > 0).collect(),
        }
    };
    let mut kinds: Vec<KindCount> = of.into_iter().map(count).collect();
    // Stable: kinds of one size stay in the order of their letters.
    kinds.sort_by_key(|kind| (kind.kind.is_empty(), std::cmp::Reverse(kind.citations)));
    kinds
}

fn provisions(read: &[StoredCitation]) -> Vec<ProvisionCount> {
    let mut of: BTreeMap<&str, Vec<&StoredCitation>> = BTreeMap::new();
    for entry in read {
        for pin in &entry.pins {
            of.entry(pin).or_default().push(entry);
        }
    }
    let mut provisions: Vec<ProvisionCount> = of
        .into_iter()
        .map(|(pin, entries)| ProvisionCount {
            pin: pin.to_owned(),
            citations: entries.len(),
            documents: documents(entries.iter().copied()),
        })
        .collect();
    provisions.sort_by_key(|one| std::cmp::Reverse((one.citations, one.documents)));
    provisions.truncate(PROVISIONS);
    provisions
}

fn documents<'e>(entries: impl Iterator<Item = &'e StoredCitation>) -> usize {
    entries.map(|entry| entry.document.as_str()).collect::<HashSet<_>>().len()
}
