//! Instruments known by name: laws, codes, ordinances, the Constitution.

use super::trie::Trie;
use crate::law::{Date, Instrument, NAMED_KINDS};
use crate::text::fold;

/// All names of the register.
#[derive(Debug)]
pub struct Names {
    trie: Trie,
    entries: Vec<Name>,
}

/// The instruments that bore one name, oldest first.
#[derive(Debug, Clone)]
pub struct Name {
    pub name: String,
    /// Places in `Register::instruments`.
    instruments: Vec<usize>,
}

impl Names {
    pub(super) fn new(instruments: &[Instrument]) -> Names {
        let mut trie = Trie::new();
        let mut entries: Vec<Name> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for (at, instrument) in instruments.iter().enumerate() {
            let named = NAMED_KINDS.iter().any(|kind| instrument.title.starts_with(kind));
            if !named || !NAMED_KINDS.contains(&instrument.kind.as_str()) {
                continue;
            }
            let entry = *places.entry(fold(&instrument.title)).or_insert(entries.len());
            if entry == entries.len() {
                for spelling in spellings(&instrument.title) {
                    trie.insert(&spelling, entry);
                }
                entries.push(Name { name: instrument.title.clone(), instruments: Vec::new() });
            }
            entries[entry].instruments.push(at);
        }
        for entry in &mut entries {
            entry.instruments.sort_by_key(|at| (first_day(&instruments[*at]), *at));
        }
        Names { trie, entries }
    }

    /// The instruments that are known by a name.
    pub(super) fn all<'r>(&self, instruments: &'r [Instrument]) -> impl Iterator<Item = &'r Instrument> {
        let mut places: Vec<usize> = self.entries.iter().flat_map(|name| name.instruments.iter().copied()).collect();
        places.sort_unstable();
        places.into_iter().map(|at| &instruments[at])
    }

    /// The longest known name that `text` begins with, and the byte where it ends. Letter case, marks, line
    /// ends and commas apart.
    pub fn longest_at(&self, text: &str) -> Option<(&Name, usize)> {
        let (found, end) = self.trie.longest_at(text)?;
        Some((&self.entries[*found.first()?], end))
    }

    /// The entry of exactly this name.
    pub fn get(&self, name: &str) -> Option<&Name> {
        self.longest_at(name).filter(|(_, end)| *end == name.len()).map(|(name, _)| name)
    }
}

/// A name and the ways in which it is written besides: the last of a list joined by "và" or by a comma (which the
/// search passes over), "về" after the type word or not, "các cấp" after councils.
fn spellings(name: &str) -> Vec<String> {
    let mut out = vec![name.to_owned()];
    if let Some((head, last)) = name.rsplit_once(", ") {
        out.push(format!("{head} và {last}"));
    }
    if let Some((head, last)) = name.rsplit_once(" và ") {
        out.push(format!("{head} {last}"));
    }
    for head in ["Luật", "Pháp lệnh"] {
        let Some(rest) = name.strip_prefix(head).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        match rest.strip_prefix("về ") {
            Some(rest) => out.push(format!("{head} {rest}")),
            None if !rest.starts_with("sửa đổi") => out.push(format!("{head} về {rest}")),
            None => {}
        }
    }
    let councils: Vec<String> =
        out.iter().filter(|name| name.ends_with("ban nhân dân")).map(|name| format!("{name} các cấp")).collect();
    out.extend(councils);
    out
}

/// The day an instrument's force began; where the register has no date, the end of the year in its number.
fn first_day(instrument: &Instrument) -> Option<Date> {
    let year_end = || Date::new(instrument.number.as_ref()?.year()?, 12, 31).ok();
    instrument.commences.or(instrument.issued).or_else(year_end)
}

impl Name {
    /// The instruments that bore the name, oldest first.
    pub fn borne<'r>(&self, instruments: &'r [Instrument]) -> impl DoubleEndedIterator<Item = &'r Instrument> {
        self.instruments.iter().map(|at| &instruments[*at])
    }

    /// The instrument that bore the name on `day`: the last one that had commenced by then. Where none had,
    /// the only one there is.
    pub fn on<'r>(&self, day: Date, instruments: &'r [Instrument]) -> Option<&'r Instrument> {
        let begun = |one: &&Instrument| first_day(one).is_some_and(|first| first <= day);
        match self.borne(instruments).rfind(begun) {
            Some(one) => Some(one),
            None if self.instruments.len() == 1 => self.borne(instruments).next(),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_word_itself_may_be_left_out_of_a_name() {
        assert_eq!(spellings("Luật về Trẻ em"), ["Luật về Trẻ em", "Luật Trẻ em"]);
        assert_eq!(spellings("Luật Trẻ em"), ["Luật Trẻ em", "Luật về Trẻ em"]);
        assert_eq!(spellings("Pháp lệnh Vệ sinh nước"), ["Pháp lệnh Vệ sinh nước", "Pháp lệnh về Vệ sinh nước"]);
        assert_eq!(spellings("Luật ve a"), ["Luật ve a", "Luật về ve a"]);
    }
}
