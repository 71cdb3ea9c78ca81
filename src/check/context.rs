//! The context of one citation: what a rule may ask about it.

use std::cell::OnceCell;
use std::ops::Range;

use super::historical;
use super::profile::Profile;
use crate::cite::{Citation, CitationIndex, MentionKind, ResolvedDocument};
use crate::law::{Confidence, Date, Force, Instrument, Key, Number, Relation, Treatment};
use crate::register::{Register, SymbolParts};
use crate::text::one_line;

/// One citation of one document, checked as of one day.
pub(super) struct RuleContext<'a> {
    /// The document's NFC text.
    pub text: &'a str,
    pub reading: &'a ResolvedDocument,
    /// The same citations, by what they mean.
    pub index: &'a CitationIndex,
    /// The citation's place in `ResolvedDocument::citations`.
    pub at: usize,
    pub citation: &'a Citation,
    pub register: &'a Register,
    pub as_of: Date,
    /// The rules of form that the document is held to.
    pub profile: Profile,
    /// What several rules ask, answered once.
    relies_on_it: OnceCell<bool>,
    instrument: OnceCell<Option<&'a Instrument>>,
    sentence: OnceCell<String>,
}

/// The law of 12 November 1996 on normative documents put the year into their numbers from 1997 on; earlier
/// numbers followed no rule that could be broken.
pub(super) const NUMBERING_RULES_SINCE: i16 = 1997;

impl<'a> RuleContext<'a> {
    /// The citation at `at` of a document.
    pub fn new(
        text: &'a str,
        reading: &'a ResolvedDocument,
        index: &'a CitationIndex,
        at: usize,
        register: &'a Register,
        as_of: Date,
        profile: Profile,
    ) -> RuleContext<'a> {
        let citation = &reading.citations[at];
        let (relies_on_it, instrument, sentence) = Default::default();
        RuleContext { text, reading, index, at, citation, register, as_of, profile, relies_on_it, instrument, sentence }
    }

    /// The words that cite.
    pub fn words(&self) -> &'a str {
        self.text.get(self.citation.mention.range.clone()).unwrap_or_default()
    }

    /// The words on one line, as a message quotes them.
    pub fn quoted(&self) -> String {
        one_line(self.words())
    }

    /// Number and symbol as written; `None` for short forms and names.
    pub fn written(&self) -> Option<&'a Number> {
        let mention = &self.citation.mention;
        mention.number.as_ref().filter(|_| mention.kind == MentionKind::Full)
    }

    /// The written number, and its symbol taken apart.
    pub fn symbol(&self) -> Option<(&'a Number, SymbolParts<'a>)> {
        let number = self.written()?;
        Some((number, SymbolParts::of(number, self.register.symbols())))
    }

    /// Whether the citation states a day before the rules of numbering that hold today.
    pub fn is_old(&self) -> bool {
        self.citation.date.is_some_and(|date| date.year() < NUMBERING_RULES_SINCE)
    }

    /// Whether the symbol goes on after the words, in a form that could not be read: what is missing is unknown.
    pub fn is_cut(&self) -> bool {
        let rest = self.text.get(self.citation.mention.range.end..).unwrap_or_default();
        rest.trim_start_matches(['*', '_', ':']).starts_with(['-', '/', '–'])
    }

    /// The number that is meant, where it is not the one written.
    pub fn meant(&self) -> Option<&'a Number> {
        let target = self.citation.target.as_ref()?;
        let written = self.written()?;
        (target.number.folded() != written.folded()).then_some(&target.number)
    }

    /// The register's row of the instrument that is meant. A row of some place counts only where the citation is
    /// of the same place, or states the same date: every province has its own `12/2020/QĐ-UBND`.
    pub fn instrument(&self) -> Option<&'a Instrument> {
        *self.instrument.get_or_init(|| self.row())
    }

    fn row(&self) -> Option<&'a Instrument> {
        let citation = self.citation;
        let row = match &citation.target {
            Some(key) => self.register.lookup(key, citation.locality.as_ref()),
            None => self.register.by_id(citation.named_id.as_ref()?.as_str()),
        }?;
        let here = row.locality.is_none()
            || row.locality == citation.locality
            || (citation.locality.is_none() && row.issued.is_some() && row.issued == citation.date);
        here.then_some(row)
    }

    /// How far the register's row of the instrument that is meant is to be trusted; `Unsure` where there is none.
    pub fn confidence(&self) -> Confidence {
        self.instrument().map_or(Confidence::Unsure, |row| row.confidence)
    }

    /// Force of the instrument that is meant on the day of the check; `Unknown` where the register does not know.
    pub fn force(&self) -> Force {
        self.instrument().map_or(Force::Unknown, |instrument| instrument.force_on(self.as_of))
    }

    /// What did `treatment` to the instrument as a whole by the day of the check.
    pub fn relations_to_instrument(&self, treatment: Treatment) -> Vec<&'a Relation> {
        let Some(key) = &self.citation.target else { return Vec::new() };
        let acts = self.register.relations_to(key).filter(|relation| {
            relation.treatment == treatment
                && relation.provision.is_none()
                && relation.date.is_none_or(|date| date <= self.as_of)
        });
        acts.collect()
    }

    /// Whether a fault of the instrument itself (ended, replaced, not yet in force) is reported here: at every full
    /// citation, so that each can be corrected, and at the first of the short forms and names that mean an
    /// instrument without a full citation before them. A text that amends, replaces or repeals an instrument, or reports the
    /// past, is right to name it.
    pub fn reports_instrument_faults(&self) -> bool {
        let citation = self.citation;
        if !self.relies_on_it() {
            return false;
        }
        citation.mention.kind == MentionKind::Full || (citation.antecedent.is_none() && self.is_first_of_instrument())
    }

    /// Whether the text rests on the instrument or refers to it: it neither acts upon it nor reports the past.
    pub fn relies_on_it(&self) -> bool {
        *self
            .relies_on_it
            .get_or_init(|| !self.citation.treatment.acts() && !historical::spoken_of(self.text, self.reading, self.at))
    }

    /// The sentence of the citation, folded, on one line.
    pub fn sentence(&self) -> &str {
        self.sentence.get_or_init(|| historical::sentence(self.text, self.reading, self.at))
    }

    /// Whether a short form of the document means the same instrument: it would lose its antecedent if the full
    /// citation were another.
    pub fn has_short_forms(&self) -> bool {
        self.citation.target.as_ref().is_some_and(|key| self.index.last_short_of(key).is_some())
    }

    /// Whether the document cites the instrument of this key somewhere.
    pub fn also_cites(&self, key: &Key) -> bool {
        self.index.cites(key)
    }

    /// Whether it names its instrument without number, year and date, as laws may be cited (Decree 30/2020/NĐ-CP, Annex
    /// I): which of the laws of that name is meant is inferred.
    pub fn is_bare_name(&self) -> bool {
        let mention = &self.citation.mention;
        mention.kind == MentionKind::Named && mention.year.is_none() && self.citation.date.is_none()
    }

    /// Whether no citation before this one means the same instrument.
    pub fn is_first_of_instrument(&self) -> bool {
        self.index.is_first_of_instrument(self.at)
    }

    /// The citation's words with another number in place of the one written, for a mention in which the whole
    /// number stands; a member of a list that shares its symbol has none. The type word follows where the new
    /// symbol is of another kind.
    pub fn with_number(&self, number: &Number) -> Option<String> {
        let words = self.words();
        let digit = words.find(|c: char| c.is_ascii_digit())?;
        let written = Number::parse(&words[digit..])?;
        (self.register.symbols().canonical(&written).folded() == self.written()?.folded()).then_some(())?;
        let lead = self.lead_for(&words[..digit], number);
        Some(format!("{lead}{number}"))
    }

    /// What is before the number, with the type word of the number's own kind if it contradicts.
    fn lead_for(&self, lead: &str, number: &Number) -> String {
        let symbols = self.register.symbols();
        let symbol = SymbolParts::of(number, symbols);
        let Some(word) = &self.citation.mention.type_word else { return lead.to_owned() };
        match symbol.kinds.as_slice() {
            [] => lead.to_owned(),
            kinds if symbols.kinds_of_word(word).any(|kind| kinds.iter().any(|one| one.name == kind.name)) => {
                lead.to_owned()
            }
            [kind, ..] => format!("{} số ", kind.name),
        }
    }

    /// The stretch from the words to the stated date, or from the date to the words: what a suggestion that
    /// concerns both replaces.
    pub fn with_date_range(&self) -> Option<Range<usize>> {
        let words = &self.citation.mention.range;
        let date = self.citation.date_range.as_ref()?;
        let range = words.start.min(date.start)..words.end.max(date.end);
        self.text.get(range.clone()).map(|_| range)
    }

    /// That stretch with another date, written in the same style.
    pub fn with_date(&self, date: Date) -> Option<String> {
        let range = self.with_date_range()?;
        let stated = self.citation.date_range.clone()?;
        let restyled = super::date_style::like(self.text.get(stated.clone())?, date)?;
        Some(one_line(&format!(
            "{}{restyled}{}",
            &self.text[range.start..stated.start],
            &self.text[stated.end..range.end]
        )))
    }

    /// The date in the style in which this citation writes its own, else in figures: `24/8/2018`.
    pub fn date_in_style(&self, date: Date) -> String {
        let written = self.citation.date_range.clone().and_then(|range| self.text.get(range));
        written
            .and_then(|written| super::date_style::like(written, date))
            .unwrap_or_else(|| super::date_style::figures(date))
    }
}
