//! Resolves what the mentions of a document mean.
//!
//! A short form, a name, a wrong number resolves only if exactly one instrument fits; otherwise the citation has its
//! candidates. Numbers and names are resolved here, short forms in `short_form`.

use rustc_hash::FxHashMap;
use std::cell::OnceCell;

use super::citation_index::CitationIndex;
use super::localities::Localities;
use super::number_faults;
use super::{Citation, Header, MentionKind, issuer, short_form};
use crate::law::{Date, Instrument, Key, Number, Scope};
use crate::read::Document;
use crate::register::{Lookup, Register, SymbolParts};
use crate::text::fold;

/// Resolves all citations of one document in place. `weak` marks short forms that count only if they mean
/// something; the others are removed.
pub(super) fn resolve(
    document: &Document,
    header: &Header,
    register: &Register,
    citations: &mut Vec<Citation>,
    weak: &[bool],
) {
    let text = document.text.as_str();
    let index = CitationIndex::as_written(document, citations);
    let resolver = Resolver { text, header, register, localities: OnceCell::new(), index: &index };
    resolver.resolve_localities(citations);
    resolver.resolve_numbers(citations);
    resolver.resolve_names(citations);
    short_form::resolve(document, register, &index, citations);
    let kept: Vec<bool> =
        citations.iter().zip(weak).map(|(citation, weak)| !weak || means_something(citation)).collect();
    renumber(citations, &kept);
    let mut keep = kept.into_iter();
    citations.retain(|_| keep.next().unwrap_or(true));
}

/// Whether a short form means an instrument, or may mean one of several that the document cites.
fn means_something(citation: &Citation) -> bool {
    citation.target.is_some() || citation.candidates.len() > 1
}

/// Antecedents are positions in the list: they change if citations before them are removed.
fn renumber(citations: &mut [Citation], kept: &[bool]) {
    let mut place = 0;
    let places: Vec<usize> = kept
        .iter()
        .map(|keep| {
            let at = place;
            place += usize::from(*keep);
            at
        })
        .collect();
    for citation in citations {
        citation.antecedent = citation.antecedent.map(|at| places[at]);
    }
}

struct Resolver<'r> {
    text: &'r str,
    header: &'r Header,
    register: &'r Register,
    /// Collected at the first question: most documents name every place in full.
    localities: OnceCell<Localities>,
    index: &'r CitationIndex,
}

impl Resolver<'_> {
    /// The place of each local issuer: beside its name, else the only one of its level that the document names.
    fn resolve_localities(&self, citations: &mut [Citation]) {
        for citation in citations {
            let Some(stated) = &citation.issuer else { continue };
            citation.locality = stated.locality.clone().or_else(|| {
                let level = issuer::bare_level(self.text, stated)?;
                let own = self.header.locality.as_ref().filter(|own| fold(own.as_str()).starts_with(level.folded));
                own.or_else(|| self.localities.get_or_init(|| Localities::of(self.text)).of_level(level)).cloned()
            });
        }
    }

    /// The instrument of each number.
    fn resolve_numbers(&self, citations: &mut [Citation]) {
        let symbols = self.register.symbols();
        let faults: Vec<bool> = citations
            .iter()
            .map(|citation| number_faults::fault(&citation.mention, citation.issuer.as_ref(), symbols).is_some())
            .collect();
        self.prefetch(citations, &faults);
        // Well-formed numbers that carry their date first: wrong ones may mean the same. Then the wrong
        // ones with a date; last those without, well formed or not, which mean what the same number with a date
        // means.
        let dated = |citation: &Citation| {
            citation.date.is_some() || citation.mention.number.as_ref().is_some_and(|number| number.year().is_some())
        };
        for at in 0..citations.len() {
            if citations[at].mention.number.is_some() && !faults[at] && dated(&citations[at]) {
                citations[at].target = self.as_written(at, citations);
            }
        }
        for at in 0..citations.len() {
            if faults[at] {
                citations[at].target = self.meant(at, citations).or_else(|| self.with_year(&citations[at]));
            }
        }
        for at in 0..citations.len() {
            if citations[at].mention.number.is_some() && citations[at].target.is_none() {
                citations[at].target = self.antecedent(at, citations).or_else(|| self.as_written(at, citations));
            }
        }
        self.spread_localities(citations);
    }

    /// Asks the register at once for what resolving the numbers will look at.
    fn prefetch(&self, citations: &[Citation], faults: &[bool]) {
        let numbers = || {
            citations.iter().zip(faults).filter_map(|(one, faulty)| Some((one, one.mention.number.as_ref()?, *faulty)))
        };
        let folded: Vec<String> = numbers().map(|(_, number, _)| number.folded()).collect();
        let mut serials: Vec<String> = Vec::new();
        for (citation, number, _) in numbers().filter(|(.., faulty)| *faulty) {
            let years = [number.year(), citation.date.map(Date::year)];
            serials.extend(years.into_iter().flatten().map(|year| format!("{}@{year}", number.serial())));
        }
        let lookups = folded.iter().map(|folded| Lookup::Number(folded));
        let lookups: Vec<Lookup<'_>> = lookups.chain(serials.iter().map(|serial| Lookup::Serial(serial))).collect();
        self.register.prefetch(&lookups);
    }

    /// The key of a number as it is written, with the date that belongs to it.
    fn as_written(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let citation = &citations[at];
        let number = citation.mention.number.clone()?;
        if number.year().is_some() {
            return Some(Key::new(number, None));
        }
        let date = match citation.date {
            Some(stated) => Some(self.corrected(&number, stated)),
            None => self.only_date(&number),
        };
        Some(Key::new(number, date))
    }

    /// The stated date, unless the register knows the number of a central issuer by exactly one date that
    /// differs in a single part (day, month or year), or the document itself gives that other date at least twice
    /// and no third: then that one is meant.
    fn corrected(&self, number: &Number, stated: Date) -> Date {
        let central = SymbolParts::of(number, self.register.symbols())
            .known_agencies()
            .next()
            .is_some_and(|agency| agency.scope == Scope::Central);
        let mut dates: Vec<Date> = self.register.by_number(number).filter_map(|instrument| instrument.issued).collect();
        if dates.is_empty() {
            dates.extend(self.index.repeated_date(number, stated));
        }
        if !central || dates.contains(&stated) {
            return stated;
        }
        let mut near = dates.into_iter().filter(|date| {
            let same = [date.day() == stated.day(), date.month() == stated.month(), date.year() == stated.year()];
            same.iter().filter(|same| **same).count() == 2
        });
        match (near.next(), near.next()) {
            (Some(one), None) => one,
            _ => stated,
        }
    }

    /// The date of the only instrument of the register with this number.
    fn only_date(&self, number: &Number) -> Option<Date> {
        let mut found = self.register.by_number(number).filter_map(|instrument| instrument.issued);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The one instrument that a wrong number can mean: same serial number, same kind, the date or year
    /// stated, and the stated issuer (else the one in the symbol). A number without date and year can only mean
    /// what the document itself cites.
    fn meant(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let citation = &citations[at];
        let number = citation.mention.number.as_ref()?;
        let undated = citation.date.is_none() && number.year().is_none();
        let symbols = self.register.symbols();
        let parts = SymbolParts::of(number, symbols);
        let fits = |candidate: &Number, kind: Option<&str>, issued: Option<Date>| {
            let by_word = kind.is_some() && kind == citation.mention.type_word.as_deref();
            let by_symbol = number.parts().any(|part| candidate.parts().next() == Some(part))
                || number.parts().collect::<String>() == candidate.parts().collect::<String>();
            let dated = match (citation.date, issued, number.year()) {
                (Some(stated), Some(issued), _) => stated == issued,
                (_, _, Some(year)) => candidate.year() == Some(year),
                (Some(stated), None, None) => candidate.year() == Some(stated.year()),
                (None, _, None) => undated,
            };
            let stated = citation.issuer.as_ref().and_then(|issuer| issuer.abbr.as_deref());
            let issued_by = || {
                let theirs = SymbolParts::of(candidate, symbols);
                let issued_by = |abbr: &str| theirs.known_agencies().any(|agency| agency.abbr == abbr);
                match stated {
                    Some(abbr) => issued_by(abbr),
                    None => parts.kinds.is_empty() || parts.known_agencies().all(|agency| issued_by(&agency.abbr)),
                }
            };
            candidate != number && (by_word || by_symbol) && dated && issued_by()
        };
        let mut found: Vec<Key> = Vec::new();
        let mut add = |key: Key| {
            if !found.contains(&key) {
                found.push(key);
            }
        };
        // The year of the instrument is stated beside the number or inside it.
        let years = [number.year(), citation.date.map(Date::year).filter(|year| Some(*year) != number.year())];
        let years = years.into_iter().flatten();
        for instrument in years.flat_map(|year| self.register.by_serial_of(number.serial(), year)) {
            if let (Some(candidate), Some(key)) = (&instrument.number, instrument.key())
                && fits(candidate, Some(&instrument.kind), instrument.issued)
            {
                add(key);
            }
        }
        for other in self.index.with_serial(number.serial()) {
            let other = &citations[*other];
            if let (Some(candidate), Some(key)) = (&other.mention.number, &other.target)
                && candidate == &key.number
                && fits(candidate, other.mention.type_word.as_deref(), other.date.or(key.date()))
            {
                add(key.clone());
            }
        }
        (found.len() == 1).then(|| found.remove(0))
    }

    /// A number of a kind that always carries its year, with the year of the date stated: `83/TT-BTC` of 1/7/1999 is
    /// `83/1999/TT-BTC`. Before 1997 numbers carried none (Law of 12 November 1996 on normative documents).
    fn with_year(&self, citation: &Citation) -> Option<Key> {
        let symbols = self.register.symbols();
        let number = citation.mention.number.as_ref()?;
        let missing = number_faults::fault(&citation.mention, citation.issuer.as_ref(), symbols)
            == Some(number_faults::NumberFault::MissingYear);
        let parts = SymbolParts::of(number, symbols);
        let mut agencies = parts.known_agencies().peekable();
        let central = agencies.peek().is_some() && agencies.all(|agency| agency.scope == Scope::Central);
        let year = citation.date?.year();
        (missing && central && year >= 1997).then(|| Key::new(number.with_year(year), None))
    }

    /// What the nearest other mention of the same number that states a date turned out to mean.
    fn antecedent(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let number = citations[at].mention.number.as_ref().filter(|_| citations[at].date.is_none())?;
        citations[self.index.dated_near(number, at)?].target.clone()
    }

    /// A mention without issuer shares the place of other mentions of the same instrument.
    fn spread_localities(&self, citations: &mut [Citation]) {
        let mut known: FxHashMap<Key, Option<crate::law::Locality>> = FxHashMap::default();
        for citation in citations.iter() {
            if let (Some(key), Some(place)) = (&citation.target, &citation.locality) {
                let entry = known.entry(key.clone()).or_insert_with(|| Some(place.clone()));
                if entry.as_ref() != Some(place) {
                    *entry = None;
                }
            }
        }
        for citation in citations {
            if let (Some(key), None) = (&citation.target, &citation.locality) {
                citation.locality = known.get(key).cloned().flatten();
            }
        }
    }

    /// The instrument of each name.
    fn resolve_names(&self, citations: &mut [Citation]) {
        let mut date = None;
        // The last citation of each law that gave its number or date: a bare name after it means it.
        let mut exact: FxHashMap<String, usize> = FxHashMap::default();
        for at in 0..citations.len() {
            if citations[at].mention.kind != MentionKind::Named {
                remember(at, citations, &mut exact);
                continue;
            }
            let mention = &citations[at].mention;
            let bare = mention.year.is_none() && citations[at].date.is_none();
            let earlier = mention.name.as_deref().filter(|_| bare).and_then(|name| exact.get(&fold(name)).copied());
            if let Some(earlier) = earlier {
                citations[at].target = citations[earlier].target.clone();
                citations[at].antecedent = Some(earlier);
                continue;
            }
            let date = *date.get_or_insert_with(|| self.reading_date(citations));
            let found = self.bearer(&citations[at], date);
            let citation = &mut citations[at];
            citation.target = found.and_then(Instrument::key);
            citation.named_id = found.filter(|one| one.number.is_none()).map(Instrument::id);
            remember(at, citations, &mut exact);
        }
    }

    /// The date as of which names are understood: the document's own, else the end of the year in its number, else the
    /// date from which it says it binds, else the latest date or year of what it cites; a document without any is read as
    /// of the latest instrument of the name.
    fn reading_date(&self, citations: &[Citation]) -> Date {
        let year_end = |number: &Number| Date::new(number.year()?, 12, 31).ok();
        let own = self.header.date.or_else(|| self.header.number.as_ref().and_then(year_end));
        let cited = |citation: &Citation| citation.date.or_else(|| citation.mention.number.as_ref().and_then(year_end));
        own.or_else(|| super::commencement::commences(self.text, None))
            .or_else(|| citations.iter().filter_map(cited).max())
            .unwrap_or(Date::MAX)
    }

    /// The instrument that had the name: by the date or year beside it, else the one in force on `date`.
    fn bearer(&self, citation: &Citation, date: Date) -> Option<&Instrument> {
        let instruments = self.register.instruments();
        let name = self.register.names().get(citation.mention.name.as_deref()?).or_else(|| {
            self.register
                .names()
                .get(&format!("{} nước Cộng hòa xã hội chủ nghĩa Việt Nam", citation.mention.name.as_deref()?))
        })?;
        let only = |fits: &dyn Fn(&Instrument) -> bool| {
            let mut found = name.borne(instruments).filter(|one| fits(one));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let year_of = |one: &Instrument| one.number.as_ref().and_then(Number::year).or(one.issued.map(Date::year));
        if let Some(date) = citation.date {
            // A row without its date is still the one if its year has no other.
            return only(&|one| one.issued == Some(date))
                .or_else(|| only(&|one| one.issued.is_none() && year_of(one) == Some(date.year())));
        }
        if let Some(year) = citation.mention.year {
            return only(&|one| year_of(one) == Some(year));
        }
        name.on(date, instruments)
    }
}

/// Notes a citation that gives a law's name with its number or date.
fn remember(at: usize, citations: &[Citation], exact: &mut FxHashMap<String, usize>) {
    let citation = &citations[at];
    let certain = citation.mention.number.is_some() || citation.date.is_some();
    if let Some(name) = citation.mention.name.as_deref().filter(|_| certain && citation.target.is_some()) {
        exact.insert(fold(name), at);
    }
}
