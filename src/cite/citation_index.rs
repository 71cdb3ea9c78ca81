//! One index over the citations of a document: by what they write and by what they mean. It is built once per document, so
//! that resolving and checking take time in proportion to the text, however often the text repeats itself.
//!
//! Positions are those of `ResolvedDocument::citations`. `resolve` and `short_form` ask for what is written, before anything
//! is resolved; the rules of `check` ask for both.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Citation, MentionKind};
use crate::law::{Date, InstrumentId, Key, Locality, Number};
use crate::read::{Document, Part};
use crate::text::fold;

/// The citations of one document, found again by number and by instrument.
#[derive(Debug, Default)]
pub struct CitationIndex {
    by_number: FxHashMap<String, SameNumber>,
    by_serial: FxHashMap<String, Vec<usize>>,
    meanings: Meanings,
    /// The words of the text, once they are asked for.
    words: OnceCell<FoldedText>,
}

/// The citations that write one number.
#[derive(Debug, Default)]
struct SameNumber {
    /// Those that state a date, in text order.
    dated: Vec<usize>,
    /// Each date stated, and how often.
    dates: Vec<(Date, usize)>,
}

/// The citations by what they mean; empty before they are resolved.
#[derive(Debug, Default)]
struct Meanings {
    by_position: Vec<Meaning>,
    by_instrument: FxHashMap<InstrumentId, Stated>,
    by_key: FxHashMap<Key, Places>,
    /// Every number that some citation means.
    numbers: FxHashSet<Number>,
    /// The dates stated beside each number in its place, and how often.
    dates: FxHashMap<(Number, Option<String>), BTreeMap<Date, usize>>,
}

/// What one citation means, and whether it is the first to do so.
#[derive(Debug)]
struct Meaning {
    id: Option<InstrumentId>,
    first_of_instrument: bool,
    first_of_number: bool,
    first_of_short: bool,
}

/// What the citations of one instrument state.
#[derive(Debug, Default, Clone, Copy)]
struct Stated {
    date: bool,
    issuer: bool,
    both: bool,
}

/// Where an instrument is cited.
#[derive(Debug, Clone, Copy)]
struct Places {
    first: usize,
    last_short: Option<usize>,
}

/// A short form as written: type word, serial number, year, and what it may mean.
type WrittenShort<'a> = (Option<&'a str>, Option<&'a str>, Option<i16>, &'a [Key]);

/// What tells citations of one serial number apart: folded number, date, type word, kind of mention, part of the document.
type Written<'c> = (String, Option<Date>, Option<&'c str>, MentionKind, Part);

impl CitationIndex {
    /// Indexes the resolved citations of a document.
    pub fn of(document: &Document, citations: &[Citation]) -> CitationIndex {
        CitationIndex { meanings: Meanings::of(citations), ..CitationIndex::as_written(document, citations) }
    }

    /// Indexes citations that are not resolved yet, by what they write alone.
    pub(super) fn as_written(document: &Document, citations: &[Citation]) -> CitationIndex {
        let mut index = CitationIndex::default();
        let mut distinct: FxHashSet<Written<'_>> = FxHashSet::default();
        for (at, citation) in citations.iter().enumerate() {
            let mention = &citation.mention;
            let Some(number) = &mention.number else { continue };
            let folded = number.folded();
            let same = index.by_number.entry(folded.clone()).or_default();
            if let Some(date) = citation.date {
                same.dated.push(at);
                match same.dates.iter_mut().find(|(known, _)| *known == date) {
                    Some((_, times)) => *times += 1,
                    None => same.dates.push((date, 1)),
                }
            }
            let part = document.part_at(mention.range.start);
            if distinct.insert((folded, citation.date, mention.type_word.as_deref(), mention.kind, part)) {
                index.by_serial.entry(number.serial().to_owned()).or_default().push(at);
            }
        }
        index
    }

    /// The citations of a number that state a date, in text order.
    pub fn dated(&self, number: &Number) -> &[usize] {
        self.by_number.get(&number.folded()).map_or(&[], |same| &same.dated)
    }

    /// The nearest citation of the number that states a date: before `at`, else after it.
    pub(super) fn dated_near(&self, number: &Number, at: usize) -> Option<usize> {
        let dated = self.dated(number);
        let split = dated.partition_point(|other| *other < at);
        split.checked_sub(1).map(|before| dated[before]).or_else(|| dated.get(split).copied())
    }

    /// The one other date that the document gives the number, if it does so at least twice and gives `stated` once.
    pub(super) fn repeated_date(&self, number: &Number, stated: Date) -> Option<Date> {
        let same = self.by_number.get(&number.folded())?;
        match same.dates.as_slice() {
            [(one, many), (other, 1)] if *many >= 2 && *other == stated => Some(*one),
            [(other, 1), (one, many)] if *many >= 2 && *other == stated => Some(*one),
            _ => None,
        }
    }

    /// The citations with a serial number, one of each number, date, type word, kind and part of the document: the first.
    pub fn with_serial(&self, serial: &str) -> &[usize] {
        self.by_serial.get(serial).map_or(&[], Vec::as_slice)
    }

    /// Whether no citation before the one at `at` means the same instrument.
    pub fn is_first_of_instrument(&self, at: usize) -> bool {
        self.meanings.by_position[at].first_of_instrument
    }

    /// Whether no citation before the one at `at` has the same number.
    pub fn is_first_of_number(&self, at: usize) -> bool {
        self.meanings.by_position[at].first_of_number
    }

    /// Whether the citation at `at` is a short form that is not before it with the same meaning.
    pub fn is_first_of_short(&self, at: usize) -> bool {
        self.meanings.by_position[at].first_of_short
    }

    /// The instrument that the citation at `at` means.
    pub fn id(&self, at: usize) -> Option<&InstrumentId> {
        self.meanings.by_position.get(at)?.id.as_ref()
    }

    /// Whether some citation means an instrument of the key's number.
    pub fn cites(&self, key: &Key) -> bool {
        self.meanings.numbers.contains(&key.number)
    }

    /// Whether some citation means exactly this instrument.
    pub fn means(&self, key: &Key) -> bool {
        self.meanings.by_key.contains_key(key)
    }

    /// Whether some citation of an instrument states its date (if `date`) and its issuer (if `issuer`).
    pub fn states(&self, id: &InstrumentId, date: bool, issuer: bool) -> bool {
        self.meanings.by_instrument.get(id).is_some_and(|stated| match (date, issuer) {
            (true, true) => stated.both,
            (true, false) => stated.date,
            (false, true) => stated.issuer,
            (false, false) => true,
        })
    }

    /// The first citation that means an instrument.
    pub fn first_of(&self, key: &Key) -> Option<usize> {
        self.meanings.by_key.get(key).map(|places| places.first)
    }

    /// The last short form that means an instrument.
    pub fn last_short_of(&self, key: &Key) -> Option<usize> {
        self.meanings.by_key.get(key)?.last_short
    }

    /// The dates stated beside the number of `citation` in its place, and how often each.
    pub fn dates(&self, citation: &Citation) -> Option<&BTreeMap<Date, usize>> {
        self.meanings.dates.get(&number_in_place(citation)?)
    }

    /// Whether `text`, the document's, has these words somewhere from byte `end` on, apart from letter case, marks, blanks
    /// and "số".
    pub fn repeats_words(&self, text: &str, words: &str, end: usize) -> bool {
        self.words.get_or_init(|| FoldedText::of(text)).has_from(words, end)
    }
}

impl Meanings {
    fn of(citations: &[Citation]) -> Meanings {
        let mut meanings = Meanings::default();
        let mut ids: FxHashSet<InstrumentId> = FxHashSet::default();
        let mut cited: FxHashSet<Option<&Number>> = FxHashSet::default();
        let mut numbers: FxHashSet<Option<&Number>> = FxHashSet::default();
        let mut shorts: FxHashSet<WrittenShort<'_>> = FxHashSet::default();
        for (at, citation) in citations.iter().enumerate() {
            let mention = &citation.mention;
            let number = mention.number.as_ref();
            let id = citation.id();
            let short = mention.kind == MentionKind::Short;
            let form =
                (mention.type_word.as_deref(), mention.serial.as_deref(), mention.year, &citation.candidates[..]);
            let known = id.as_ref().map_or_else(|| cited.contains(&number), |id| ids.contains(id));
            if let Some(id) = &id {
                let stated = meanings.by_instrument.entry(id.clone()).or_default();
                let (date, issuer) = (citation.date.is_some(), citation.issuer.is_some());
                stated.date |= date;
                stated.issuer |= issuer;
                stated.both |= date && issuer;
            }
            if let Some(key) = &citation.target {
                let places = meanings.by_key.entry(key.clone()).or_insert(Places { first: at, last_short: None });
                places.last_short = if short { Some(at) } else { places.last_short };
                meanings.numbers.insert(key.number.clone());
            }
            if let (Some(place), Some(date)) = (number_in_place(citation), citation.date) {
                *meanings.dates.entry(place).or_default().entry(date).or_default() += 1;
            }
            if mention.kind != MentionKind::Own {
                cited.insert(number);
                ids.extend(id.clone());
            }
            meanings.by_position.push(Meaning {
                id,
                first_of_instrument: !known,
                first_of_number: numbers.insert(number),
                first_of_short: short && shorts.insert(form),
            });
        }
        meanings
    }
}

fn number_in_place(citation: &Citation) -> Option<(Number, Option<String>)> {
    let place = citation.locality.as_ref().map(Locality::slug);
    Some((citation.mention.number.clone()?, place))
}

/// A text in which names are searched: folded, without blanks and without "số".
#[derive(Debug, Default)]
struct FoldedText {
    text: String,
    /// Where each word begins in the text itself and here, in bytes.
    starts: Vec<(usize, usize)>,
}

impl FoldedText {
    fn of(text: &str) -> FoldedText {
        let mut folded_text = FoldedText::default();
        for word in text.split_whitespace() {
            let folded = fold(word);
            if folded != "so" {
                folded_text.starts.push((word.as_ptr() as usize - text.as_ptr() as usize, folded_text.text.len()));
                folded_text.text.push_str(&folded);
            }
        }
        folded_text
    }

    fn has_from(&self, words: &str, end: usize) -> bool {
        let wanted = FoldedText::of(words).text;
        let next = self.starts.partition_point(|(start, _)| *start < end);
        let from = self.starts.get(next).map(|(_, at)| &self.text.as_bytes()[*at..]);
        from.is_some_and(|rest| memchr::memmem::find(rest, wanted.as_bytes()).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;

    #[test]
    fn repeated_citations_are_known() {
        let text = "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020, Thông tư số 24/2023/TT-BGDĐT, Thông tư số \
                    22/2020/TT-BGDĐT ngày 06/8/2020";
        let document = Document::from_text("test", text);
        let citations = crate::cite::read(&document, &Register::bundled()).citations;
        let index = CitationIndex::of(&document, &citations);
        let first: Vec<bool> = (0..3).map(|at| index.is_first_of_instrument(at)).collect();
        assert_eq!(first, [true, true, false]);
        assert!(index.is_first_of_number(1) && !index.is_first_of_number(2));
        let dates = index.dates(&citations[0]).unwrap();
        assert_eq!(dates.values().copied().collect::<Vec<_>>(), [2]);
        assert_eq!(index.dates(&citations[1]), None);
        assert_eq!(index.dated(citations[0].mention.number.as_ref().unwrap()), [0, 2]);
    }
}
