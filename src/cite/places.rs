//! Where a document is at home: which town "UBND thị xã" means when no name stands beside it.

use std::collections::HashMap;

use super::date;
use super::issuer::{LEVELS, place};
use crate::law::Locality;
use crate::text::fold;

/// For each level word the one place of that level that the document names, if it names exactly one.
#[derive(Debug, Default)]
pub(super) struct Places {
    by_level: HashMap<&'static str, Vec<Locality>>,
}

impl Places {
    /// Collects the places named in `text` with their level word ("thị xã Quảng Yên", "TỈNH QUẢNG NINH").
    pub fn of(text: &str) -> Places {
        let mut places = Places::default();
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let start = at;
            at += word.len();
            if !word.starts_with(|c: char| {
                matches!(c, 't' | 'T' | 'h' | 'H' | 'q' | 'Q' | 'p' | 'P' | 'x' | 'X' | 'đ' | 'Đ')
            }) {
                continue;
            }
            let Some(level) = LEVELS.iter().chain(&["xa"]).find(|level| date::phrase(text, start, level).is_some())
            else {
                continue;
            };
            let Some((name, _)) = place(text, start) else { continue };
            let bare = fold(&name) == **level;
            if let Some(locality) = Locality::new(&name).filter(|_| !bare) {
                let known = places.by_level.entry(level).or_default();
                if !known.contains(&locality) {
                    known.push(locality);
                }
            }
        }
        places
    }

    /// The place that "UBND <level>" means: the only one of the level that is named. Several: it cannot be told.
    pub fn of_level(&self, level: &str) -> Option<&Locality> {
        match self.by_level.get(level)?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}
