//! The places that a document names, which say what town "UBND thị xã" means without a name beside it.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::issuer::place;
use crate::law::{LEVEL_WORDS, LevelWord, Locality};
use crate::text::fold;

/// Finds level words as documents write them: `thị xã`, `Thị xã`, `THỊ XÃ`. Pattern `3 * n + k` is a spelling of
/// `LEVEL_WORDS[n]`. "xã" needs a blank before it, or it would be found in "thị xã" too.
static ANCHORS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let spellings = LEVEL_WORDS.iter().flat_map(|level| {
        let blank = if level.folded == "xa" { " " } else { "" };
        let mut letters = level.written.chars();
        let capitalised: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        [level.written.to_owned(), capitalised, level.written.to_uppercase()].map(|word| format!("{blank}{word}"))
    });
    AhoCorasick::new(spellings).ok()
});

/// For each level word the places of that level that the document names.
#[derive(Debug, Default)]
pub(super) struct Localities {
    by_level: HashMap<&'static str, Vec<Locality>>,
}

impl Localities {
    /// Collects the places named in `text` with their level word ("thị xã Quảng Yên", "TỈNH QUẢNG NINH").
    pub(super) fn of(text: &str) -> Localities {
        let mut places = Localities::default();
        let Some(anchors) = ANCHORS.as_ref() else { return places };
        for found in anchors.find_iter(text) {
            let level = LEVEL_WORDS[found.pattern().as_usize() / 3].folded;
            let Some((name, _)) = place(text, found.start()) else { continue };
            let bare = fold(&name).trim() == level;
            // "thị xã" holds "xã": the name must begin with its own level.
            let own = fold(&name).trim_start().starts_with(level);
            if let Some(locality) = Locality::new(&name).filter(|_| own && !bare) {
                let known = places.by_level.entry(level).or_default();
                if !known.contains(&locality) {
                    known.push(locality);
                }
            }
        }
        places
    }

    /// The place that "UBND <level>" means: the only one of the level that is named, `None` if there are several.
    pub(super) fn of_level(&self, level: &LevelWord) -> Option<&Locality> {
        match self.by_level.get(level.folded)?.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}
