//! What one citation asks of all the others of its document, gathered once: to scan them anew for each would take
//! minutes in a document of many thousands.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::cite::{Citation, MentionKind, Reading};
use crate::law::{Date, Key, Locality, Number};

/// The citations of one document, by what they mean and how they are dated.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// By the place in `Reading::citations`: no citation before it means the same instrument.
    first_of_instrument: Vec<bool>,
    /// By the place in `Reading::citations`: no citation before it bears the same number.
    first_of_number: Vec<bool>,
    dates: HashMap<(Number, Option<String>), BTreeMap<Date, usize>>,
    /// Every number that some citation means.
    meant: HashSet<Number>,
}

impl Mentions {
    pub fn of(reading: &Reading) -> Mentions {
        let mut mentions = Mentions::default();
        let mut ids: HashSet<String> = HashSet::new();
        let mut cited: HashSet<Option<&Number>> = HashSet::new();
        let mut seen: HashSet<Option<&Number>> = HashSet::new();
        for citation in &reading.citations {
            let number = citation.mention.number.as_ref();
            let id = citation.id();
            let known = id.as_ref().map_or_else(|| cited.contains(&number), |id| ids.contains(id));
            mentions.first_of_instrument.push(!known);
            mentions.first_of_number.push(seen.insert(number));
            if citation.mention.kind != MentionKind::Own {
                cited.insert(number);
                ids.extend(id);
            }
            mentions.meant.extend(citation.target.as_ref().map(|key| key.number.clone()));
            if let (Some(key), Some(date)) = (dated(citation), citation.date) {
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
    use super::super::bench::reading;
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
