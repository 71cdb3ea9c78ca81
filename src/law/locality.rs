//! Where a local issuer is. Every province has its own `12/2020/QĐ-UBND`, so the place is part of the identity.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{fold, one_line, slug};

/// A word that says what kind of place a name is: `thị xã`.
#[derive(Debug)]
pub struct LevelWord {
    /// In small letters: `thị xã`.
    pub written: &'static str,
    /// Without marks: `thi xa`.
    pub folded: &'static str,
}

impl LevelWord {
    const fn new(written: &'static str, folded: &'static str) -> LevelWord {
        LevelWord { written, folded }
    }
}

/// The level words of places, longest first.
pub const LEVEL_WORDS: [LevelWord; 9] = [
    LevelWord::new("thành phố", "thanh pho"),
    LevelWord::new("thị trấn", "thi tran"),
    LevelWord::new("đặc khu", "dac khu"),
    LevelWord::new("thị xã", "thi xa"),
    LevelWord::new("phường", "phuong"),
    LevelWord::new("huyện", "huyen"),
    LevelWord::new("tỉnh", "tinh"),
    LevelWord::new("quận", "quan"),
    LevelWord::new("xã", "xa"),
];

/// Abbreviations of level words, folded, longest first.
pub const LEVEL_ABBREVIATIONS: [&str; 5] = ["t.p.", "tp.", "tx.", "tp", "tx"];

/// A place as written, with its level word if one was written: `thị xã Quảng Yên`.
#[derive(Debug, Clone)]
pub struct Locality(String);

impl Locality {
    /// `None` for a level word without a name, or blanks.
    pub fn new(written: &str) -> Option<Locality> {
        let place = Locality(one_line(written));
        (!place.slug().is_empty()).then_some(place)
    }

    /// The name alone, as one ASCII word: `quang-yen`. Two localities are the same if these are.
    pub fn slug(&self) -> String {
        slug(self.name())
    }

    /// The name without its level word.
    pub fn name(&self) -> &str {
        let folded = fold(&self.0);
        let levels = LEVEL_WORDS.iter().map(|level| level.folded).chain(LEVEL_ABBREVIATIONS);
        for level in levels {
            if let Some(rest) = folded.strip_prefix(level)
                && (rest.is_empty() || rest.starts_with(' ') || level.ends_with('.'))
            {
                let count = level.chars().count();
                let at = self.0.char_indices().nth(count).map_or(self.0.len(), |(at, _)| at);
                return self.0[at..].trim_start();
            }
        }
        &self.0
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Locality {
    fn eq(&self, other: &Locality) -> bool {
        self.slug() == other.slug()
    }
}

impl Eq for Locality {}

impl fmt::Display for Locality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Locality {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Locality {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Locality, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Locality::new(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not a place")))
    }
}

#[cfg(test)]
mod tests {
    use super::Locality;

    #[test]
    fn the_level_word_is_not_the_name() {
        let town = Locality::new("thị  xã Quảng Yên").unwrap();
        assert_eq!(town.name(), "Quảng Yên");
        assert_eq!(town, Locality::new("Quảng Yên").unwrap());
        assert_eq!(Locality::new("TP. Hồ Chí Minh").unwrap().slug(), "ho-chi-minh");
        assert_eq!(Locality::new("Xã Đàn").unwrap().slug(), "dan");
        assert!(Locality::new("tỉnh").is_none());
    }
}
