//! The number of an instrument and, if the number has no year, its date.
//!
//! [`InstrumentId`] adds the place and the kind where the identity needs them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, InstrumentId, Locality, Number};

/// Number and symbol, plus the date of issue if the number has no year. Written `33/2021/TT-BGDĐT`,
/// `70/KH-UBND@2022-03-25`, or `70/KH-UBND` where the date is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Number and symbol.
    pub number: Number,
    date: Option<Date>,
}

impl Key {
    /// A date beside a number that has its year is not part of the identity and is dropped.
    pub fn new(number: Number, date: Option<Date>) -> Key {
        let date = date.filter(|_| number.year().is_none());
        Key { number, date }
    }

    /// Reads `number` or `number@date`.
    pub fn parse(text: &str) -> Option<Key> {
        match text.split_once('@') {
            Some((number, date)) => Some(Key::new(Number::parse(number)?, Some(date.parse().ok()?))),
            None => Some(Key::new(Number::parse(text)?, None)),
        }
    }

    /// The date, for numbers that need one; `None` if the number has the year or the date is unknown.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// Whether number and date are all that the identity needs, locality apart.
    pub fn is_complete(&self) -> bool {
        self.number.year().is_some() || self.date.is_some()
    }

    /// One ASCII, slash-free word for URLs, terms and joins: `70-kh-ubnd-2022-03-25`.
    pub fn id(&self) -> InstrumentId {
        InstrumentId::of_number(&self.number, self.date, None)
    }

    /// The `id` with the place of a local instrument, if it is known: `70-kh-ubnd-2022-03-25.quang-yen`.
    pub fn id_in(&self, locality: Option<&Locality>) -> InstrumentId {
        InstrumentId::of_number(&self.number, self.date, locality)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date {
            Some(date) => write!(f, "{}@{date}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Key::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not a number or number@date")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_belongs_to_numbers_without_year() {
        let key = Key::parse("70/KH-UBND@2022-03-25").unwrap();
        assert_eq!(key.id(), "70-kh-ubnd-2022-03-25");
        let dated = Key::parse("33/2021/TT-BGDĐT@2021-11-26").unwrap();
        assert_eq!(dated.to_string(), "33/2021/TT-BGDĐT");
        assert_eq!(dated.id(), "33-2021-tt-bgddt");
    }
}
