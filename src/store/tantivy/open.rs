//! Reading the index: one commit of it, seen whole, however often it is asked and whatever a writer does meanwhile.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::de::DeserializeOwned;
use tantivy::Directory;
use tantivy::collector::{Collector, Count};
use tantivy::query::{BooleanQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Executor, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::citation_counts::CitationCount;
use super::collector::{CitationCounts, EncodedOverrides, InOrder};
use super::columns::Columns;
use super::encode::number_of;
use super::layout;
use super::read_only_directory::ReadOnlyDirectory;
use super::schema::{Fields, kind, schema};
use super::tokens;
use crate::law::{Date, Number};
use crate::store::citation_query::Place;
use crate::store::error::StoreError;
use crate::store::plan::ForceOverrides;
use crate::store::records::Manifest;

/// Up to this size (bytes) every file of the index is compared with its checksum on opening: that costs no more
/// than a blink, and damage is told instead of met later.
const CHECKED: u64 = 64 << 20;

/// An index of more parts than this is large, and searched by all processors.
const FEW: usize = 12;

/// A commit of the index, opened. Cheap to share between threads.
pub struct Store {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) columns: Arc<Columns>,
    manifest: Manifest,
    /// How often every instrument is cited, once it was asked for.
    pub(super) cited: OnceLock<CitationCounts>,
    /// The same, the most cited first.
    pub(super) tallies: OnceLock<Arc<[CitationCount]>>,
    /// The overrides of force that were last asked for, as the columns have them.
    overrides: Mutex<Option<(ForceOverrides, EncodedOverrides)>>,
}

/// What the last run noted of itself, even where the rest of the index cannot be read; `None` where that cannot either.
pub fn last_manifest(library: &Path) -> Option<Manifest> {
    let meta = std::fs::read(layout::data_folder(library).join("meta.json")).ok()?;
    let meta: serde_json::Value = serde_json::from_slice(&meta).ok()?;
    serde_json::from_str(meta.get("payload")?.as_str()?).ok()
}

/// Opens what `directory` holds and makes sure it has the layout of this version.
pub(super) fn open_index(directory: impl Directory) -> Result<(Index, Fields), StoreError> {
    let index = Index::open(directory)?;
    let (schema, fields) = schema();
    if index.schema() != schema {
        return Err(StoreError::OtherVersion);
    }
    tokens::register(index.tokenizers());
    Ok((index, fields))
}

impl Store {
    /// Opens the last commit.
    ///
    /// # Errors
    /// `Missing`, `OtherVersion`, `Corrupt`, `Io`.
    pub fn open(library: &Path) -> Result<Store, StoreError> {
        Store::open_in(ReadOnlyDirectory(layout::open(library)?), library)
    }

    /// The same, with reads that fail when a test says so.
    #[cfg(test)]
    pub(crate) fn open_failing(
        library: &Path,
        failures: &super::failing_directory::ReadFailures,
    ) -> Result<Store, StoreError> {
        let inner = ReadOnlyDirectory(layout::open(library)?);
        Store::open_in(super::failing_directory::FailingDirectory { inner, failures: failures.clone() }, library)
    }

    fn open_in(directory: impl Directory, library: &Path) -> Result<Store, StoreError> {
        let (mut index, fields) = open_index(directory)?;
        let metas = index.load_metas()?;
        if metas.segments.len() > FEW {
            index.set_default_multithread_executor()?;
        }
        // Without a payload nothing was ever committed: a first run that was killed.
        let Some(payload) = metas.payload else { return Err(StoreError::Missing) };
        let manifest: Manifest = serde_json::from_str(&payload)?;
        if manifest.schema != crate::store::SCHEMA_VERSION {
            return Err(StoreError::OtherVersion);
        }
        let segments: Vec<String> = metas.segments.iter().map(|segment| segment.id().uuid_string()).collect();
        if let Some(torn) = layout::torn(library, &segments) {
            return Err(StoreError::Corrupt(torn.display().to_string()));
        }
        if layout::size(library) <= CHECKED
            && let Some(damaged) = index.validate_checksum()?.into_iter().min()
        {
            return Err(StoreError::Corrupt(damaged.display().to_string()));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Store {
            searcher: reader.searcher(),
            fields,
            columns: Arc::default(),
            manifest,
            cited: OnceLock::new(),
            tallies: OnceLock::new(),
            overrides: Mutex::default(),
        })
    }

    /// Overrides of force as the columns have them; those of the last search are kept.
    pub(super) fn encoded_overrides(&self, overrides: &ForceOverrides) -> EncodedOverrides {
        if overrides.is_empty() {
            return EncodedOverrides::default();
        }
        let mut last = self.overrides.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, encoded)) = &*last
            && Arc::ptr_eq(of, overrides)
        {
            return Arc::clone(encoded);
        }
        let encoded = overrides.iter().map(|(id, force)| (number_of(id), *force)).collect();
        let encoded = EncodedOverrides::new(encoded);
        *last = Some((Arc::clone(overrides), Arc::clone(&encoded)));
        encoded
    }

    /// What the commit says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// How many documents, instruments (those whose text is a document among them), citations and relations of the
    /// register there are.
    pub fn counts(&self) -> Result<[usize; 4], StoreError> {
        let count = |sort| self.count(&self.term(self.fields.record_kind, sort));
        let instruments = count(kind::INSTRUMENT)? + count(kind::TWIN)?;
        Ok([count(kind::DOCUMENT)?, instruments, count(kind::CITATION)?, count(kind::RELATION)?])
    }

    /// The ids, places included, of everything that bears a number: documents that are it, instruments cited. Told from
    /// the dictionary, however often they are cited.
    pub fn bearing(&self, number: &Number) -> Result<BTreeSet<String>, StoreError> {
        let undated = number.slug();
        let is_dated = |rest: &str| rest.strip_prefix('-').is_some_and(|day| day.parse::<Date>().is_ok());
        let bears = |base: &str| base.strip_prefix(&undated).is_some_and(|rest| rest.is_empty() || is_dated(rest));
        let mut ids = BTreeSet::new();
        for (own, _) in self.terms_from(self.fields.is_instrument, &undated, usize::MAX)? {
            if bears(&own) {
                for address in self.posted(self.fields.is_instrument, &own)? {
                    ids.extend(self.identity(address)?);
                }
            }
        }
        let cited: BTreeSet<String> =
            self.terms_from(self.fields.cites, &undated, usize::MAX)?.into_iter().map(|(id, _)| id).collect();
        for id in &cited {
            let (base, place) = id.split_once('.').unwrap_or((id, ""));
            // What is cited with its place stands there without it as well.
            let places = format!("{base}.");
            let placed = cited.range(places.clone()..).next().is_some_and(|next| next.starts_with(&places));
            let exactly = if placed { Place::Of { slug: place.to_owned(), or_unknown: false } } else { Place::Any };
            // Terms outlive the documents they stood in.
            if bears(base) && !ids.contains(id) && self.cited(base, exactly)? > 0 {
                ids.insert(id.clone());
            }
        }
        Ok(ids)
    }

    /// The ids, places included, of everything that has each number: documents that are it, instruments cited.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn ids_of_numbers(&self, numbers: &[Number]) -> Result<Vec<BTreeSet<String>>, StoreError> {
        numbers.iter().map(|number| self.bearing(number)).collect()
    }

    /// The places known for each instrument (by its id without place), among the documents that are it and those that
    /// cite it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn places_of(&self, bases: &[&str]) -> Result<Vec<BTreeSet<String>>, StoreError> {
        bases.iter().map(|base| self.places(base)).collect()
    }

    /// Whether anything of each id (without place) is cited or is a document.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn are_known(&self, bases: &[&str]) -> Result<Vec<bool>, StoreError> {
        bases.iter().map(|base| self.knows(base)).collect()
    }

    /// The ids, with and without place, of the instruments cited whose numbers begin with `serial`.
    pub fn cited_under(&self, serial: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut ids = BTreeSet::new();
        for (id, _) in self.terms_from(self.fields.cites, &format!("{serial}-"), usize::MAX)? {
            // Terms outlive the documents they stood in.
            if !ids.contains(&id) && self.count(&self.term(self.fields.cites, &id))? > 0 {
                ids.insert(id);
            }
        }
        Ok(ids)
    }

    /// The places known for the instrument `base`, among the documents that are it and those that cite it.
    pub fn places(&self, base: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut places = BTreeSet::new();
        for address in self.posted(self.fields.is_instrument, base)? {
            places.extend(self.string("place", address)?.filter(|place| !place.is_empty()));
        }
        let before = format!("{base}.");
        for (cited, _) in self.terms_from(self.fields.cites, &before, usize::MAX)? {
            let place = &cited[before.len()..];
            // Terms outlive the documents they stood in.
            if !places.contains(place) && self.count(&self.term(self.fields.cites, &cited))? > 0 {
                places.insert(place.to_owned());
            }
        }
        Ok(places)
    }

    /// Whether anything of this id is cited or is a document.
    pub fn knows(&self, base: &str) -> Result<bool, StoreError> {
        let own = self.count(&self.term(self.fields.is_instrument, base))?;
        Ok(own > 0 || self.count(&self.term(self.fields.target, base))? > 0)
    }

    /// The id, place included, of the instrument an entry is or cites.
    pub(super) fn identity(&self, address: DocAddress) -> Result<Option<String>, StoreError> {
        if let Some(act) = self.string("instrument", address)? {
            return Ok(Some(act));
        }
        let base = match self.string("is_instrument", address)? {
            Some(own) => Some(own),
            None => self.string("target", address)?,
        };
        let place = self.string("place", address)?.unwrap_or_default();
        Ok(base.map(|base| if place.is_empty() { base } else { format!("{base}.{place}") }))
    }

    pub(super) fn term(&self, field: Field, text: &str) -> TermQuery {
        TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)
    }

    pub(super) fn both(&self, sort: &str, query: impl Query) -> BooleanQuery {
        BooleanQuery::intersection(vec![Box::new(self.term(self.fields.record_kind, sort)), Box::new(query)])
    }

    pub(super) fn count(&self, query: &dyn Query) -> Result<usize, StoreError> {
        self.here(query, &Count)
    }

    /// The entries that match, in order.
    pub(super) fn matching(&self, query: &dyn Query) -> Result<Vec<DocAddress>, StoreError> {
        self.here(query, &InOrder)
    }

    /// Asks on this thread: what one term answers is told before other threads were woken.
    fn here<C: Collector>(&self, query: &dyn Query, collector: &C) -> Result<C::Fruit, StoreError> {
        let scoring = EnableScoring::disabled_from_searcher(&self.searcher);
        Ok(self.searcher.search_with_executor(query, collector, &Executor::SingleThread, scoring)?)
    }

    pub(super) fn record<T: DeserializeOwned>(&self, address: DocAddress) -> Result<T, StoreError> {
        let doc: TantivyDocument = self.searcher.doc(address)?;
        self.parse(&doc)
    }

    pub(super) fn parse<T: DeserializeOwned>(&self, doc: &TantivyDocument) -> Result<T, StoreError> {
        let record = doc.get_first(self.fields.record);
        let json = record.as_ref().and_then(|record| record.as_str());
        let json = json.ok_or_else(|| StoreError::Corrupt("an entry without a record".into()))?;
        Ok(serde_json::from_str(json)?)
    }
}
