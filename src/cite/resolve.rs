//! What the mentions of a document mean. A short form, a name, a wrong number resolves only if exactly one
//! instrument fits; otherwise the citation carries its candidates.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::form::{self, Parts};
use super::places::Places;
use super::{Citation, Header, MentionKind, issuer};
use crate::law::{Date, Instrument, Key, Number, Scope};
use crate::register::Register;
use crate::text::fold;

/// Resolves all citations of one document in place. `weak` marks short forms that count only if they stand for
/// something; those that do not are taken out, with their marks.
pub(super) fn resolve(
    text: &str,
    header: &Header,
    register: &Register,
    citations: &mut Vec<Citation>,
    weak: &mut Vec<bool>,
) {
    let mut resolver = Resolver {
        text,
        header,
        register,
        places: OnceCell::new(),
        by_number: HashMap::new(),
        by_serial: HashMap::new(),
    };
    resolver.localities(citations);
    resolver.full(citations);
    resolver.named(citations);
    resolver.short(citations);
    let mut keep = citations
        .iter()
        .zip(weak.iter())
        .map(|(citation, weak)| !weak || citation.target.is_some())
        .collect::<Vec<_>>()
        .into_iter();
    let kept: Vec<bool> = keep.by_ref().collect();
    renumber(citations, &kept);
    let mut at = 0;
    citations.retain(|_| (kept[at], at += 1).0);
    at = 0;
    weak.retain(|_| (kept[at], at += 1).0);
}

/// Antecedents point at places in the list: follow them when some are taken out.
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
    /// Collected when first asked for: most documents name every place in full.
    places: OnceCell<Places>,
    /// Citations of the document by folded number, and by serial number, in text order.
    by_number: HashMap<String, Vec<usize>>,
    by_serial: HashMap<String, Vec<usize>>,
}

impl Resolver<'_> {
    /// The place of each local issuer: beside its name, else the only one of its level that the document names.
    fn localities(&self, citations: &mut [Citation]) {
        for citation in citations {
            let Some(stated) = &citation.issuer else { continue };
            citation.locality = stated.locality.clone().or_else(|| {
                let level = issuer::bare_level(self.text, stated)?;
                let own = self.header.locality.as_ref().filter(|own| fold(own.as_str()).starts_with(level));
                own.or_else(|| self.places.get_or_init(|| Places::of(self.text)).of_level(level)).cloned()
            });
        }
    }

    fn full(&mut self, citations: &mut [Citation]) {
        for (at, citation) in citations.iter().enumerate() {
            if let Some(number) = &citation.mention.number {
                self.by_number.entry(number.folded()).or_default().push(at);
                self.by_serial.entry(number.serial().to_owned()).or_default().push(at);
            }
        }
        let symbols = self.register.symbols();
        let faults: Vec<bool> = citations
            .iter()
            .map(|citation| form::fault(&citation.mention, citation.issuer.as_ref(), symbols).is_some())
            .collect();
        // Well-formed numbers that carry their date first: they are what wrong ones may stand for. Then the wrong
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
                citations[at].target = self.meant(at, citations);
            }
        }
        for at in 0..citations.len() {
            if citations[at].mention.number.is_some() && citations[at].target.is_none() {
                citations[at].target = self.antecedent(at, citations).or_else(|| self.as_written(at, citations));
            }
        }
        self.spread_localities(citations);
    }

    /// The key of a number taken at its word, with the date that belongs to it.
    fn as_written(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let citation = &citations[at];
        let number = citation.mention.number.clone()?;
        if number.year().is_some() {
            return Some(Key::new(number, None));
        }
        let date = match citation.date {
            Some(stated) => Some(self.corrected(&number, stated, citations)),
            None => self.only_date(&number),
        };
        Some(Key::new(number, date))
    }

    /// The stated date, unless the register knows the number of a central issuer by exactly one date that
    /// differs in a single part (day, month or year), or the document itself gives that other date at least twice
    /// and no third: then that one is meant.
    fn corrected(&self, number: &Number, stated: Date, citations: &[Citation]) -> Date {
        let central = Parts::of(number, self.register.symbols())
            .agencies
            .first()
            .is_some_and(|agency| agency.scope == Scope::Central);
        let mut dates: Vec<Date> = self.register.by_number(number).filter_map(|instrument| instrument.issued).collect();
        if dates.is_empty() {
            dates = self.repeated_dates(number, stated, citations);
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

    /// The date that all other mentions of the number in the document agree on, if at least two do and this one
    /// stands alone.
    fn repeated_dates(&self, number: &Number, stated: Date, citations: &[Citation]) -> Vec<Date> {
        let same = self.by_number.get(&number.folded()).into_iter().flatten();
        let dates: Vec<Date> = same.filter_map(|at| citations[*at].date).collect();
        let others: Vec<Date> = dates.iter().copied().filter(|date| *date != stated).collect();
        let alone = others.len() + 1 == dates.len();
        match others.first() {
            Some(first) if alone && others.len() >= 2 && others.iter().all(|date| date == first) => vec![*first],
            _ => Vec::new(),
        }
    }

    /// The date of the only instrument of the register with this number.
    fn only_date(&self, number: &Number) -> Option<Date> {
        let mut found = self.register.by_number(number).filter_map(|instrument| instrument.issued);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The one instrument that a wrong number can stand for: same serial number, same kind, the date or year
    /// stated, and the stated issuer (else the one in the symbol).
    fn meant(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let citation = &citations[at];
        let number = citation.mention.number.as_ref()?;
        if citation.date.is_none() && number.year().is_none() {
            return None;
        }
        let symbols = self.register.symbols();
        let parts = Parts::of(number, symbols);
        let fits = |candidate: &Number, kind: Option<&str>, issued: Option<Date>| {
            let theirs = Parts::of(candidate, symbols);
            let by_word = kind.is_some() && kind == citation.mention.type_word.as_deref();
            let by_symbol = number.parts().any(|part| candidate.parts().next() == Some(part));
            let dated = match (citation.date, issued, number.year()) {
                (Some(stated), Some(issued), _) => stated == issued,
                (_, _, Some(year)) => candidate.year() == Some(year),
                (Some(stated), None, None) => candidate.year() == Some(stated.year()),
                (None, _, None) => false,
            };
            let stated = citation.issuer.as_ref().and_then(|issuer| issuer.abbr.as_deref());
            let issued_by = match stated {
                Some(abbr) => theirs.agencies.iter().any(|agency| agency.abbr == abbr),
                None => {
                    parts.agencies.iter().all(|agency| theirs.agencies.iter().any(|their| their.abbr == agency.abbr))
                        || parts.kinds.is_empty()
                }
            };
            candidate != number && (by_word || by_symbol) && dated && issued_by
        };
        let mut found: Vec<Key> = Vec::new();
        let mut add = |key: Key| {
            if !found.contains(&key) {
                found.push(key);
            }
        };
        for instrument in self.register.by_serial(number.serial()) {
            if let (Some(candidate), Some(key)) = (&instrument.number, instrument.key())
                && fits(candidate, Some(&instrument.kind), instrument.issued)
            {
                add(key);
            }
        }
        for other in self.by_serial.get(number.serial()).into_iter().flatten() {
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

    /// What the nearest other mention of the same number that states a date turned out to mean.
    fn antecedent(&self, at: usize, citations: &[Citation]) -> Option<Key> {
        let number = citations[at].mention.number.as_ref()?;
        if citations[at].date.is_some() {
            return None;
        }
        let same = self.by_number.get(&number.folded())?;
        let split = same.partition_point(|other| *other < at);
        let meant = |other: &usize| citations[*other].target.clone().filter(|_| citations[*other].date.is_some());
        same[..split].iter().rev().find_map(meant).or_else(|| same[split..].iter().find_map(meant))
    }

    /// A mention without issuer shares the place of other mentions of the same instrument.
    fn spread_localities(&self, citations: &mut [Citation]) {
        let mut known: HashMap<Key, Option<crate::law::Locality>> = HashMap::new();
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

    fn named(&self, citations: &mut [Citation]) {
        let day = self.day(citations);
        for at in 0..citations.len() {
            if citations[at].mention.kind != MentionKind::Named {
                continue;
            }
            if let Some(earlier) = named_before(at, citations) {
                citations[at].target = citations[earlier].target.clone();
                citations[at].antecedent = Some(earlier);
                continue;
            }
            let found = self.bearer(&citations[at], day);
            let citation = &mut citations[at];
            citation.target = found.and_then(Instrument::key);
            citation.named_id = found.filter(|one| one.number.is_none()).map(Instrument::id);
        }
    }

    /// The day on which names are understood: the document's own, else the latest day it states, else the end of
    /// the year in its number; a document without any is read as of the latest bearer.
    fn day(&self, citations: &[Citation]) -> Date {
        let own = self.header.date.or_else(|| {
            let year = self.header.number.as_ref()?.year()?;
            Date::new(year, 12, 31).ok()
        });
        own.or_else(|| citations.iter().filter_map(|citation| citation.date).max()).unwrap_or(Date::MAX)
    }

    /// The instrument that bore the name: by its date or year where they stand there, else the one in force on
    /// the document's day.
    fn bearer(&self, citation: &Citation, day: Date) -> Option<&Instrument> {
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
        name.on(day, instruments)
    }

    fn short(&self, citations: &mut [Citation]) {
        // What a bracket right after a citation defines holds from there on.
        let mut defined: HashMap<(String, String), usize> = HashMap::new();
        for at in 0..citations.len() {
            if citations[at].mention.kind != MentionKind::Short {
                continue;
            }
            let Some((word, serial)) = short_name(&citations[at]) else { continue };
            if !self.by_antecedent(at, &word, &serial, &mut defined, citations)
                && !self.by_alias(at, &word, &serial, citations)
            {
                self.without_footnote(at, &word, &serial, citations);
            }
        }
    }

    /// The citation before it that the short form stands for; one after it only if the document has no other.
    fn by_antecedent(
        &self,
        at: usize,
        word: &str,
        serial: &str,
        defined: &mut HashMap<(String, String), usize>,
        citations: &mut [Citation],
    ) -> bool {
        let fitting: Vec<usize> = self
            .by_serial
            .get(serial)
            .into_iter()
            .flatten()
            .copied()
            .filter(|other| self.is_of_kind(&citations[*other], word))
            .filter(|other| {
                let year = citations[at].mention.year;
                year.is_none() || citations[*other].target.as_ref().is_some_and(|key| year_of(key) == year)
            })
            .collect();
        let name = (fold(word), serial.to_owned());
        let before = fitting.iter().copied().rfind(|other| *other < at);
        if let Some(one) = before
            && self.defines(&citations[one], &citations[at])
        {
            defined.insert(name.clone(), one);
        }
        let mut targets: Vec<&Key> = Vec::new();
        for other in &fitting {
            if let Some(key) = &citations[*other].target
                && !targets.contains(&key)
            {
                targets.push(key);
            }
        }
        let chosen = match (defined.get(&name), targets.len()) {
            (Some(one), _) => Some(*one),
            (None, 1) => before.or_else(|| fitting.first().copied()),
            (None, 0) => return false,
            (None, _) => None,
        };
        match chosen {
            Some(one) => {
                let (target, locality) = (citations[one].target.clone(), citations[one].locality.clone());
                let citation = &mut citations[at];
                citation.target = target;
                citation.locality = citation.locality.take().or(locality);
                citation.antecedent = Some(one);
            }
            None => citations[at].candidates = targets.into_iter().cloned().collect(),
        }
        true
    }

    /// Whether `word` names the kind of a full citation: by its own type word, or by its symbol.
    fn is_of_kind(&self, citation: &Citation, word: &str) -> bool {
        if citation.mention.type_word.as_deref() == Some(word) {
            return true;
        }
        let Some(number) = &citation.mention.number else { return false };
        Parts::of(number, self.register.symbols()).kinds.iter().any(|kind| kind.name == word)
    }

    /// "… của Bộ GDĐT (Thông tư số 33)": the short form stands in brackets in the clause of the full one.
    fn defines(&self, full: &Citation, short: &Citation) -> bool {
        let between = &self.text[full.mention.range.end..short.mention.range.start];
        let tail = between.trim_end();
        let bracket = tail.rfind('(').is_some_and(|open| !tail[open..].contains(')'));
        bracket && between.len() < 500 && !between.contains("\n\n")
    }

    fn by_alias(&self, at: usize, word: &str, serial: &str, citations: &mut [Citation]) -> bool {
        let bare = serial.trim_start_matches('0');
        let year = citations[at].mention.year;
        let mut keys: Vec<&Key> = Vec::new();
        for number in [serial, bare] {
            let name = year.map_or_else(|| format!("{word} {number}"), |year| format!("{word} {number}/{year}"));
            keys.extend(self.register.alias(&name));
        }
        keys.dedup();
        let mut found: Vec<Key> = keys.into_iter().cloned().collect();
        if found.is_empty() && year.is_some() {
            found = self
                .register
                .by_serial(serial)
                .filter(|one| one.kind == word && one.number.as_ref().and_then(Number::year) == year)
                .filter_map(Instrument::key)
                .collect();
        }
        let citation = &mut citations[at];
        match found.as_slice() {
            [] => false,
            [one] => {
                citation.target = Some(one.clone());
                true
            }
            _ => {
                citation.candidates = found;
                true
            }
        }
    }

    /// "Đề án 13731": a footnote digit was glued to the number. Cut it if what is left stands for something.
    fn without_footnote(&self, at: usize, word: &str, serial: &str, citations: &mut [Citation]) {
        for cut in 1..=2 {
            let Some(shorter) = serial.len().checked_sub(cut).filter(|len| *len >= 2).map(|len| &serial[..len]) else {
                return;
            };
            let before = citations[at].clone();
            citations[at].mention.serial = Some(shorter.to_owned());
            citations[at].mention.range.end -= cut;
            let found = self.by_antecedent(at, word, shorter, &mut HashMap::new(), citations)
                || self.by_alias(at, word, shorter, citations);
            if found && citations[at].target.is_some() {
                return;
            }
            citations[at] = before;
        }
    }
}

/// The nearest citation before `at` of a law by the same name and by its number or date; a bare name means it.
fn named_before(at: usize, citations: &[Citation]) -> Option<usize> {
    let mention = &citations[at].mention;
    if mention.year.is_some() || citations[at].date.is_some() {
        return None;
    }
    let name = fold(mention.name.as_deref()?);
    citations[..at].iter().rposition(|earlier| {
        let exact = earlier.mention.number.is_some() || earlier.date.is_some();
        exact && earlier.target.is_some() && earlier.mention.name.as_deref().is_some_and(|other| fold(other) == name)
    })
}

fn short_name(citation: &Citation) -> Option<(String, String)> {
    Some((citation.mention.type_word.clone()?, citation.mention.serial.clone()?))
}

fn year_of(key: &Key) -> Option<i16> {
    key.number.year().or(key.date().map(|date| date.year()))
}
