//! Writing the index. Everything between opening and committing is one change: a reader sees all of it or none,
//! and a run that is killed leaves what was there before.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::directory::DirectoryLock;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::encode::{day, first_day, number_of};
use super::layout;
use super::open::{Store, open_index};
use super::permissions::follow_umask;
use super::schema::{Fields, kind, schema};
use super::tokens;
use crate::law::{Force, Number, Relation};
use crate::register::{Fixed, RowProblem, lookup_names, lookup_serials};
use crate::store::error::StoreError;
use crate::store::records::{Manifest, StoredCitation, StoredDocument, StoredFile, StoredInstrument, Traits};
use crate::text::folded_words;

/// Memory for entries not yet on disk, in bytes, per thread.
const MEMORY: usize = 48 << 20;

/// How parts of the index become one: small ones only, one such work after the other. What is joined is held in memory, all
/// of it; so a library of any size is written within the same memory, and is read from some more parts. Of a large part that
/// lost entries, these take their place until the library is rebuilt (`--rebuild`) or few enough are left.
fn merging() -> LogMergePolicy {
    /// From so many parts of about one size on, they become one.
    const TOGETHER: usize = 4;
    /// Entries of a part that is left as it is.
    const LARGE: usize = 300_000;
    /// The share of removed entries above which a part is written again.
    const REMOVED: f32 = 0.3;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(TOGETHER);
    policy.set_max_docs_before_merge(LARGE);
    policy.set_del_docs_ratio_before_merge(REMOVED);
    policy
}

/// The one writer of a library: one change from `begin` to `commit`. Its methods may be called from several threads.
pub struct StoreWriter {
    library: PathBuf,
    writer: IndexWriter,
    fields: Fields,
    _lock: DirectoryLock,
}

impl StoreWriter {
    /// Locks the library and opens it for writing, and for reading what the last commit holds. A library that
    /// was never indexed, or by another version, gives no store; nor does a damaged one with `rebuild`: that one is emptied.
    ///
    /// # Errors
    /// `Locked` where another run is writing; `Corrupt` where what is there cannot be read, without `rebuild`.
    pub fn begin(library: &Path, threads: usize, rebuild: bool) -> Result<(StoreWriter, Option<Store>), StoreError> {
        let (directory, lock) = layout::lock(library)?;
        // What is there must be whole before anything is added to it.
        let before = match Store::open(library) {
            Ok(store) => Some(store),
            Err(StoreError::Missing | StoreError::OtherVersion) => None,
            Err(StoreError::Corrupt(_)) if rebuild => {
                layout::empty(library)?;
                None
            }
            Err(error) => return Err(error),
        };
        let there = layout::data_folder(library).join("meta.json").is_file();
        let (index, fields) = match there.then(|| open_index(directory.clone())) {
            Some(Ok(opened)) => opened,
            Some(Err(error)) if error != StoreError::OtherVersion => return Err(error),
            // Nothing there, or nothing that this version can read.
            other => {
                if other.is_some() {
                    layout::empty(library)?;
                }
                let (schema, fields) = schema();
                let index = Index::create(directory, schema, IndexSettings::default())?;
                tokens::register(index.tokenizers());
                (index, fields)
            }
        };
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(MEMORY)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(merging()));
        Ok((StoreWriter { library: library.to_owned(), writer, fields, _lock: lock }, before))
    }

    /// Removes everything.
    pub fn clear(&self) -> Result<(), StoreError> {
        self.writer.delete_all_documents()?;
        Ok(())
    }

    /// Removes a file: its document, its citations, and the note that it was seen.
    pub fn remove_file(&self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.path, path));
        self.forget_file(path);
    }

    /// Removes everything of the register.
    pub fn remove_register(&self) {
        for sort in [kind::INSTRUMENT, kind::TWIN, kind::RELATION, kind::FIXED] {
            self.writer.delete_term(Term::from_field_text(self.fields.record_kind, sort));
        }
    }

    /// Writes an instrument in place of what was written of it.
    pub fn put_instrument(&self, entry: &StoredInstrument<'_>) -> Result<(), StoreError> {
        self.writer.delete_term(Term::from_field_text(self.fields.instrument, entry.row.id().as_str()));
        self.put_new_instrument(entry)
    }

    /// Writes an instrument of which nothing is written yet.
    pub fn put_new_instrument(&self, entry: &StoredInstrument<'_>) -> Result<(), StoreError> {
        let fields = &self.fields;
        let row = entry.row;
        let mut doc = TantivyDocument::new();
        doc.add_text(fields.record_kind, if entry.twin { kind::TWIN } else { kind::INSTRUMENT });
        doc.add_text(fields.instrument, row.id());
        if let Some(number) = &row.number {
            let folded = number.folded();
            doc.add_text(fields.number, &folded);
            doc.add_text(fields.about, &folded);
            for serial in lookup_serials(number, row.issued.map(|day| day.year())) {
                doc.add_text(fields.serial, serial);
            }
        }
        for call in lookup_names(row) {
            doc.add_text(fields.called_by, call);
        }
        doc.add_text(fields.designation, &entry.called);
        self.add_title(&mut doc, &row.title);
        doc.add_text(fields.issuer, &entry.issuer);
        self.add_traits(&mut doc, row.number.as_ref(), &entry.traits);
        doc.add_u64(fields.own_no, number_of(row.id().as_str()));
        doc.add_text(fields.record, serde_json::to_string(row)?);
        self.writer.add_document(doc)?;
        Ok(())
    }

    fn add_title(&self, doc: &mut TantivyDocument, title: &str) {
        doc.add_text(self.fields.title, title);
        doc.add_text(self.fields.title_marked, title);
        doc.add_text(self.fields.whole, tokens::whole(&folded_words(title)));
    }

    /// What hits are narrowed down and counted by.
    fn add_traits(&self, doc: &mut TantivyDocument, number: Option<&Number>, traits: &Traits) {
        let fields = &self.fields;
        if let Some(number) = number {
            doc.add_text(fields.numbered, number.as_str().replace('&', ""));
        }
        // Of what several agencies issue together, each is the issuer.
        let issuers = traits.issuer.split(';').map(|issuer| (fields.authority, issuer.trim()));
        let shown = [(fields.kind, traits.kind.as_str()), (fields.locality, traits.locality.as_str())];
        for (field, value) in shown.into_iter().chain(issuers) {
            if !value.is_empty() {
                doc.add_text(field, value);
            }
        }
        // Without a date, the year of the number is what is known.
        let year = || number.and_then(Number::year).map_or(0, first_day);
        doc.add_u64(fields.day, traits.date.map_or_else(year, day));
        if let Some(state) = traits.force.and_then(|force| Force::ALL.iter().position(|one| *one == force)) {
            doc.add_u64(fields.state, state as u64 + 1);
        }
        let days = [
            (fields.commences, traits.commences),
            (fields.issued, traits.issued),
            (fields.ended, traits.ended),
            (fields.seen_on, traits.seen_on),
        ];
        for (field, date) in days {
            doc.add_u64(field, date.map_or(0, day));
        }
    }

    pub fn put_relation(&self, relation: &Relation) -> Result<(), StoreError> {
        let mut doc = TantivyDocument::new();
        doc.add_text(self.fields.record_kind, kind::RELATION);
        for end in [&relation.from, &relation.to] {
            doc.add_text(self.fields.about, end.number.folded());
            doc.add_text(self.fields.called_by, end.id());
        }
        doc.add_text(self.fields.record, serde_json::to_string(relation)?);
        self.add_dayless(doc)
    }

    /// Writes the part of the register that is read whenever the index is opened.
    pub fn put_register_tables(&self, fixed: &Fixed, problems: &[RowProblem]) -> Result<(), StoreError> {
        let mut doc = TantivyDocument::new();
        doc.add_text(self.fields.record_kind, kind::FIXED);
        doc.add_text(self.fields.record, serde_json::to_string(&(fixed, problems))?);
        self.add_dayless(doc)
    }

    /// Writes a document and its citations. What was written of its file is taken out before (`remove_file`).
    ///
    /// # Errors
    /// The index cannot be written.
    pub fn put_document(&self, entry: &StoredDocument, citations: &[StoredCitation]) -> Result<(), StoreError> {
        let cites = citations.iter().flat_map(|one| [one.target.clone(), one.target_in_place()]).flatten();
        self.add_document(entry, &cites.collect())?;
        citations.iter().try_for_each(|citation| self.add_citation(citation))
    }

    /// `cites`: the ids of the instruments that it cites, with and without the place, each once.
    fn add_document(&self, entry: &StoredDocument, cites: &BTreeSet<String>) -> Result<(), StoreError> {
        let fields = &self.fields;
        let mut doc = TantivyDocument::new();
        doc.add_text(fields.record_kind, kind::DOCUMENT);
        doc.add_text(fields.document, &entry.id);
        doc.add_text(fields.path, &entry.path);
        let number = entry.number.as_deref().and_then(Number::parse);
        if let Some(number) = &number {
            doc.add_text(fields.number, number.folded());
        }
        if let (Some(base), Some(own)) = (&entry.own_base, &entry.own) {
            doc.add_text(fields.is_instrument, base);
            doc.add_text(fields.place, own.strip_prefix(base.as_str()).unwrap_or("").trim_start_matches('.'));
        }
        doc.add_text(fields.designation, &entry.called);
        self.add_title(&mut doc, entry.title.as_deref().unwrap_or(""));
        doc.add_text(fields.body_marked, &entry.text);
        self.add_traits(&mut doc, number.as_ref(), &entry.traits);
        if let Some(own) = &entry.own {
            doc.add_u64(fields.own_no, number_of(own));
        }
        for id in cites {
            doc.add_text(fields.cites, id);
        }
        let whose = [entry.issuer.as_deref(), entry.locality.as_deref()];
        doc.add_text(fields.issuer, whose.into_iter().flatten().collect::<Vec<_>>().join(" "));
        doc.add_text(fields.body, &entry.text);
        doc.add_u64(fields.document_no, number_of(&entry.id));
        doc.add_text(fields.text, &entry.text);
        doc.add_text(fields.record, serde_json::to_string(entry)?);
        self.writer.add_document(doc)?;
        Ok(())
    }

    fn add_citation(&self, edge: &StoredCitation) -> Result<(), StoreError> {
        let fields = &self.fields;
        let mut doc = TantivyDocument::new();
        doc.add_text(fields.record_kind, kind::CITATION);
        doc.add_text(fields.document, &edge.document);
        doc.add_text(fields.path, &edge.path);
        if let Some(target) = &edge.target {
            let year = edge.document_date.map_or(0, |date| day(date) / 10_000);
            doc.add_text(fields.target, target);
            doc.add_text(fields.target_year, tokens::in_year(target, year));
            let number = edge.key.as_deref().map(|key| key.split('@').next().unwrap_or(key));
            if let Some(number) = number.and_then(Number::parse) {
                doc.add_text(fields.number, number.folded());
            }
        }
        if let Some((from, to)) = edge.ends() {
            for (end, issued) in [(&from, edge.document_date), (&to, to.date())] {
                doc.add_text(fields.about, end.number.folded());
                doc.add_text(fields.called_by, end.id());
                for serial in lookup_serials(&end.number, issued.map(|day| day.year())) {
                    doc.add_text(fields.serial, serial);
                }
            }
            if let Some(own) = edge.document_own.as_ref().filter(|own| from.id() != own.as_str()) {
                doc.add_text(fields.called_by, own);
            }
        }
        doc.add_text(fields.treatment, edge.treatment.as_str());
        doc.add_text(fields.place, edge.place());
        doc.add_u64(fields.day, edge.document_date.map_or(0, day));
        doc.add_u64(fields.document_no, number_of(&edge.document));
        // Unresolved citations lead nowhere, each for itself.
        let end = edge.target_in_place().unwrap_or_else(|| format!("{}#{}", edge.document, edge.range.start));
        doc.add_u64(fields.target_no, number_of(&end));
        doc.add_u64(fields.start, edge.range.start as u64);
        doc.add_text(fields.record, serde_json::to_string(edge)?);
        self.writer.add_document(doc)?;
        Ok(())
    }

    /// Removes the note of what was seen of a file; its document stays.
    pub fn forget_file(&self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.seen, path));
    }

    /// Notes what was seen of a file of which nothing is noted yet.
    pub fn put_file(&self, entry: &StoredFile) -> Result<(), StoreError> {
        let mut doc = TantivyDocument::new();
        doc.add_text(self.fields.record_kind, kind::FILE);
        doc.add_text(self.fields.seen, &entry.path);
        doc.add_text(self.fields.file, serde_json::to_string(entry)?);
        self.add_dayless(doc)
    }

    /// Adds what has no day. A column in which every entry has a value is read without a search for it.
    fn add_dayless(&self, mut doc: TantivyDocument) -> Result<(), StoreError> {
        doc.add_u64(self.fields.day, 0);
        self.writer.add_document(doc)?;
        Ok(())
    }

    /// Makes the change visible as a whole, then clears away what older versions left.
    pub fn commit(mut self, manifest: &Manifest) -> Result<(), StoreError> {
        let payload = serde_json::to_string(manifest)?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.writer.wait_merging_threads()?;
        follow_umask(&layout::data_folder(&self.library));
        layout::remove_others(&self.library);
        Ok(())
    }
}
