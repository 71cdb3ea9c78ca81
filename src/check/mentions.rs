//! What one citation asks of all the others of its document, gathered once: to scan them anew for each would take
//! minutes in a document of many thousands.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::cite::{Citation, MentionKind, ResolvedDocument};
use crate::law::{Date, InstrumentId, Key, Locality, Number};
use crate::text::fold;

/// The citations of one document, by what they mean and how they are dated.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// By the place in `ResolvedDocument::citations`: no citation before it means the same instrument.
    first_of_instrument: Vec<bool>,
    /// By the place in `ResolvedDocument::citations`: no citation before it bears the same number.
    first_of_number: Vec<bool>,
    dates: HashMap<(Number, Option<String>), BTreeMap<Date, usize>>,
    /// The citations of each number that state a date.
    dated: HashMap<Number, Vec<usize>>,
    /// Every number that some citation means.
    meant: HashSet<Number>,
    /// What some citation of each instrument states.
    stated: HashMap<InstrumentId, Stated>,
    /// By the place in `ResolvedDocument::citations`: the instrument meant, in one word.
    ids: Vec<Option<InstrumentId>>,
    /// The first citation and the last short form of each instrument.
    places: HashMap<Key, MentionIndices>,
    /// By the place in `ResolvedDocument::citations`: a short form that stood nowhere before it.
    first_of_short: Vec<bool>,
    /// The full citations of each serial number.
    by_serial: HashMap<String, Vec<usize>>,
    /// The words of the text, folded and without what parts them, once they are asked for.
    bare: OnceCell<Bare>,
}

/// A text as names are looked for in it: folded, without blanks and without "số".
#[derive(Debug, Default)]
struct Bare {
    text: String,
    /// Where each word begins in the text itself and here.
    starts: Vec<(usize, usize)>,
}

impl Bare {
    fn of(text: &str) -> Bare {
        let mut bare = Bare::default();
        for word in text.split_whitespace() {
            let folded = fold(word);
            if folded != "so" {
                bare.starts.push((word.as_ptr() as usize - text.as_ptr() as usize, bare.text.len()));
                bare.text.push_str(&folded);
            }
        }
        bare
    }
}

/// What stands beside the citations of one instrument.
#[derive(Debug, Default, Clone, Copy)]
struct Stated {
    date: bool,
    issuer: bool,
    both: bool,
}

/// Places in `ResolvedDocument::citations`.
#[derive(Debug, Clone, Copy)]
struct MentionIndices {
    first: usize,
    last_short: Option<usize>,
}

/// A short form as the text has it: type word, serial number, year, and what it may mean.
type Short<'a> = (Option<&'a str>, Option<&'a str>, Option<i16>, &'a [Key]);

impl Mentions {
    pub fn of(reading: &ResolvedDocument) -> Mentions {
        let mut mentions = Mentions::default();
        let mut ids: HashSet<InstrumentId> = HashSet::new();
        let mut cited: HashSet<Option<&Number>> = HashSet::new();
        let mut seen: HashSet<Option<&Number>> = HashSet::new();
        let mut shorts: HashSet<Short<'_>> = HashSet::new();
        for (at, citation) in reading.citations.iter().enumerate() {
            let mention = &citation.mention;
            let number = mention.number.as_ref();
            let id = citation.id();
            let short = mention.kind == MentionKind::Short;
            let form =
                (mention.type_word.as_deref(), mention.serial.as_deref(), mention.year, &citation.candidates[..]);
            mentions.first_of_short.push(short && shorts.insert(form));
            mentions.ids.push(id.clone());
            if let Some(id) = &id {
                let stated = mentions.stated.entry(id.clone()).or_default();
                let (date, issuer) = (citation.date.is_some(), citation.issuer.is_some());
                stated.date |= date;
                stated.issuer |= issuer;
                stated.both |= date && issuer;
            }
            if let Some(key) = &citation.target {
                let places =
                    mentions.places.entry(key.clone()).or_insert(MentionIndices { first: at, last_short: None });
                places.last_short = if short { Some(at) } else { places.last_short };
            }
            if let Some(number) = number.filter(|_| mention.kind == MentionKind::Full) {
                mentions.by_serial.entry(number.serial().to_owned()).or_default().push(at);
            }
            let known = id.as_ref().map_or_else(|| cited.contains(&number), |id| ids.contains(id));
            mentions.first_of_instrument.push(!known);
            mentions.first_of_number.push(seen.insert(number));
            if citation.mention.kind != MentionKind::Own {
                cited.insert(number);
                ids.extend(id);
            }
            mentions.meant.extend(citation.target.as_ref().map(|key| key.number.clone()));
            if let (Some(key), Some(date)) = (dated(citation), citation.date) {
                mentions.dated.entry(key.0.clone()).or_default().push(at);
                *mentions.dates.entry(key).or_default().entry(date).or_default() += 1;
            }
        }
        mentions
    }

    /// Whether no citation before the one at `at` means the same instrument.
    pub fn is_first_of_instrument(&self, at: usize) -> bool {
        self.first_of_instrument[at]
    }

    /// Whether no citation before the one at `at` bears the same number.
    pub fn is_first_of_number(&self, at: usize) -> bool {
        self.first_of_number[at]
    }

    /// Whether some citation means an instrument of the key's number.
    pub fn cites(&self, key: &Key) -> bool {
        self.meant.contains(&key.number)
    }

    /// Whether some citation means exactly this instrument.
    pub fn means(&self, key: &Key) -> bool {
        self.places.contains_key(key)
    }

    /// The instrument that the citation at `at` means, in one word.
    pub fn id(&self, at: usize) -> Option<&str> {
        self.ids.get(at)?.as_ref().map(InstrumentId::as_str)
    }

    /// Whether some citation of an instrument states its date (where `date`) and its issuer (where `issuer`).
    pub fn states(&self, id: &str, date: bool, issuer: bool) -> bool {
        self.stated.get(id).is_some_and(|stated| match (date, issuer) {
            (true, true) => stated.both,
            (true, false) => stated.date,
            (false, true) => stated.issuer,
            (false, false) => true,
        })
    }

    /// The place of the first citation that means an instrument.
    pub fn first_of(&self, key: &Key) -> Option<usize> {
        self.places.get(key).map(|places| places.first)
    }

    /// The place of the last short form that stands for an instrument.
    pub fn last_short_of(&self, key: &Key) -> Option<usize> {
        self.places.get(key)?.last_short
    }

    /// Whether the citation at `at` is a short form that stood nowhere before it with the same meaning.
    pub fn is_first_of_short(&self, at: usize) -> bool {
        self.first_of_short[at]
    }

    /// The places of the full citations whose number has this serial.
    pub fn with_serial(&self, serial: &str) -> &[usize] {
        self.by_serial.get(serial).map_or(&[], Vec::as_slice)
    }

    /// The places of the citations of a number that state a date, in text order.
    pub fn dated(&self, number: &Number) -> &[usize] {
        self.dated.get(number).map_or(&[], Vec::as_slice)
    }

    /// Whether words stand in the text somewhere from `end` on, letter case, marks, blanks and "số" apart.
    pub fn stands_behind(&self, text: &str, words: &str, end: usize) -> bool {
        let bare = self.bare.get_or_init(|| Bare::of(text));
        let wanted = Bare::of(words).text;
        let next = bare.starts.partition_point(|(start, _)| *start < end);
        bare.starts
            .get(next)
            .is_some_and(|(_, at)| memchr::memmem::find(&bare.text.as_bytes()[*at..], wanted.as_bytes()).is_some())
    }

    /// The dates stated beside the number of `citation` in its place, and how often each.
    pub fn dates(&self, citation: &Citation) -> Option<&BTreeMap<Date, usize>> {
        self.dates.get(&dated(citation)?)
    }
}

fn dated(citation: &Citation) -> Option<(Number, Option<String>)> {
    let place = citation.locality.as_ref().map(Locality::slug);
    Some((citation.mention.number.clone()?, place))
}

#[cfg(test)]
mod tests {
    use super::super::test_support::reading;
    use super::*;

    #[test]
    fn what_was_cited_before_is_known() {
        let (_, reading) =
            reading("[22/2020/TT-BGDĐT] ngày 06/8/2020, [24/2023/TT-BGDĐT], [22/2020/TT-BGDĐT] ngày 06/8/2020");
        let mentions = Mentions::of(&reading);
        let first: Vec<bool> = (0..3).map(|at| mentions.is_first_of_instrument(at)).collect();
        assert_eq!(first, [true, true, false]);
        assert!(mentions.is_first_of_number(1) && !mentions.is_first_of_number(2));
        let dates = mentions.dates(&reading.citations[0]).unwrap();
        assert_eq!(dates.values().copied().collect::<Vec<_>>(), [2]);
        assert_eq!(mentions.dates(&reading.citations[1]), None);
    }
}
