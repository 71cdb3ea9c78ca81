//! Search: what the index finds, ordered by what an office needs first, with the words shown where they stand.

use super::view::{Hit, HitKind, Hits, Page};
use super::{Base, BaseError, shown, today};
use crate::index::{DocumentEntry, Found, Place, Question, passage, whole};
use crate::law::{Force, Instrument, Number};

/// How many of the best hits are weighed by force and use; those behind them stay in the order of the index.
const WEIGHED: usize = 200;
/// How many suggestions are given where nothing was found.
const SUGGESTIONS: usize = 5;

impl Base {
    /// Instruments and documents for a query in any spelling, the best first.
    ///
    /// # Errors
    /// `EmptyQuery` for a query without a letter or a digit.
    pub fn search(&self, query: &str, page: Page) -> Result<Hits, BaseError> {
        let mut question = Question::new(query).ok_or(BaseError::EmptyQuery)?;
        let exact = self.of_year(&question).or_else(|| self.named(query.trim()));
        question.exact = exact.or_else(|| self.typed_together(&question)).unwrap_or_default();
        question.is_number = Number::parse(query).is_some();
        let wanted = page.offset.saturating_add(page.limit).max(WEIGHED);
        let (total, mut found) =
            self.store.search(&question, wanted).map_err(|error| BaseError::of(&self.library, error))?;
        for one in found.iter_mut().take(WEIGHED) {
            one.score *= self.weight(one);
        }
        let weighed = found.len().min(WEIGHED);
        found[..weighed].sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));

        // Instruments that are named by the query and known only because they are cited stand in no list of the
        // index; they come first.
        let cited_only: Vec<Hit> = question.exact.iter().filter_map(|id| self.cited_only(id)).collect();
        let before = cited_only.len();
        let listed = found.iter().skip(page.offset.saturating_sub(before));
        let first = cited_only.into_iter().skip(page.offset);
        let mut hits: Vec<Hit> = first.take(page.limit).collect();
        let room = page.limit - hits.len();
        hits.extend(listed.take(room).filter_map(|one| self.hit(one, &question.words)));
        let total = total + before;
        let suggestions = if total == 0 { self.suggestions(&question) } else { Vec::new() };
        Ok(Hits { total, hits, suggestions })
    }

    /// What force and use make of a score: a little, so that they decide between hits that are near each other.
    fn weight(&self, found: &Found) -> f32 {
        let Some(id) = &found.instrument else { return 0.97 };
        let force = self.force_of(self.facts(id).as_ref(), today());
        let force = match force {
            Force::InForce | Force::InPart | Force::NotYet => 1.0,
            Force::Unknown => 0.97,
            Force::Suspended => 0.94,
            Force::Ended => 0.9,
        };
        force * (1.0 + 0.06 * (1.0 + self.times_cited(id) as f32).ln())
    }

    pub(super) fn times_cited(&self, id: &str) -> usize {
        if !id.contains('.') {
            return self.told(self.store.cited(id, Place::Any));
        }
        let identity = self.identity(id);
        self.told(self.store.cited(&identity.base, identity.place()))
    }

    fn hit(&self, found: &Found, words: &[String]) -> Option<Hit> {
        if found.is_document {
            let entry = self.told(self.store.document(&found.id))?;
            return Some(self.document_hit(&entry, found.score, words));
        }
        let register = self.register();
        let facts = register.by_id(&found.id);
        // Where the register has changed since the index was made, the row is as it was then.
        let old = if facts.is_none() { self.told(self.store.instrument(&found.id)) } else { None };
        facts.or(old.as_ref()).map(|facts| self.instrument_hit(facts, found.score, words))
    }

    fn instrument_hit(&self, facts: &Instrument, score: f32, words: &[String]) -> Hit {
        let snippet = whole(&facts.title, words);
        Hit {
            id: facts.id(),
            kind: HitKind::Instrument,
            number: facts.number.as_ref().map(Number::to_string),
            type_word: some(&facts.kind),
            title: facts.title.clone(),
            issuer: some(&facts.issuer),
            date: facts.issued,
            force: facts.force_on(today()),
            score,
            snippet: snippet.text,
            highlights: snippet.highlights,
            cited: self.times_cited(&facts.id()),
            path: None,
        }
    }

    /// `words`: what was asked for, folded; none in a plain list.
    pub(super) fn document_hit(&self, entry: &DocumentEntry, score: f32, words: &[String]) -> Hit {
        let facts = entry.own.as_deref().and_then(|own| self.facts(own));
        let path = shown(&entry.path);
        let title = entry.title.clone().unwrap_or_else(|| path.clone());
        let snippet = passage(&entry.text, words).unwrap_or_else(|| whole(&title, words));
        Hit {
            id: entry.id.clone(),
            kind: HitKind::Document,
            number: entry.number.clone(),
            type_word: entry.kind.clone(),
            title,
            issuer: entry.issuer.clone(),
            date: entry.date,
            force: self.force_of(facts.as_ref(), today()),
            score,
            snippet: snippet.text,
            highlights: snippet.highlights,
            cited: entry.own.as_deref().map_or(0, |own| self.times_cited(own)),
            path: Some(path),
        }
    }

    /// A hit for what is neither in the register nor a document, but cited.
    fn cited_only(&self, id: &str) -> Option<Hit> {
        if self.facts(id).is_some() {
            return None;
        }
        let view = self.instrument(id, today()).filter(|view| view.documents.is_empty())?;
        let number = view.number?;
        Some(Hit {
            id: view.id,
            kind: HitKind::Instrument,
            title: number.clone(),
            number: Some(number),
            type_word: None,
            issuer: None,
            date: None,
            force: view.force,
            score: 0.0,
            snippet: String::new(),
            highlights: Vec::new(),
            cited: view.cited,
            path: None,
        })
    }

    /// Numbers or names to try where a query finds nothing: for a query with a number, instruments with the same
    /// serial number; else instruments whose titles share most words.
    fn suggestions(&self, question: &Question) -> Vec<String> {
        self.near(question).into_iter().map(|(call, _)| call).collect()
    }

    /// What may have been meant by a number or name that nothing bears: number or title, and id.
    pub fn near_to(&self, text: &str) -> Vec<(String, String)> {
        Question::new(text).map(|question| self.near(&question)).unwrap_or_default()
    }

    fn near(&self, question: &Question) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut push = |instrument: &Instrument| {
            let call = instrument.number.as_ref().map_or_else(|| instrument.title.clone(), Number::to_string);
            if out.len() < SUGGESTIONS && out.iter().all(|(_, id)| *id != instrument.id()) {
                out.push((call, instrument.id()));
            }
        };
        let number = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(serial) = question.words.iter().find(number) {
            let serial = format!("{:0>2}", serial.trim_start_matches('0'));
            let register = self.register();
            let mut same: Vec<&Instrument> = register.by_serial(&serial).collect();
            // Those whose symbol shares most with the query, then the most cited.
            let shared = |instrument: &Instrument| {
                let words = instrument
                    .number
                    .as_ref()
                    .map(|number| crate::index::folded_words(&number.as_str().replace('&', "")));
                words.unwrap_or_default().iter().filter(|word| question.words.contains(word)).count()
            };
            same.sort_by_cached_key(|instrument| {
                std::cmp::Reverse((shared(instrument), self.times_cited(&instrument.id()), instrument.issued))
            });
            same.into_iter().for_each(&mut push);
            // Titles have nothing to do with a number that nobody knows.
            return out;
        }
        for found in self.told(self.store.near_titles(question, SUGGESTIONS)) {
            if let Some(instrument) = found.instrument.as_deref().and_then(|id| self.facts(id)) {
                push(&instrument);
            }
        }
        out
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
