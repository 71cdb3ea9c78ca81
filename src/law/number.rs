//! Số, ký hiệu: the number of an instrument, normalised but not corrected.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{fold, slug};

/// The shapes numbers come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `33/2021/TT-BGDĐT`, `43/2019/QH14`: the year is in the number.
    Dated,
    /// `489/QĐ-TTg`, `5512/BGDĐT-GDTrH`: a slash before the symbol.
    Slash,
    /// `49-KL/TW`: a hyphen before the type, a slash before the issuer.
    Party,
    /// `14-CP`: a hyphen and no slash; old numbers.
    Old,
}

/// A number in the spelling of `gold/GUIDELINES.md`: NFC, no blanks, at least two digits. Which agency an
/// abbreviation means is the register's knowledge, not this type's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    text: String,
    serial_end: usize,
    symbol_start: usize,
    year: Option<i16>,
}

impl Number {
    /// `serial` is digits, with a decimal part for numbers such as `66.7/2025/NQ-CP` or a letter for `30a/2008/NQ-CP`;
    /// `joint` is the separator before the symbol: `/`, `-`, or nothing if only a blank separated them (`64 TC/TCT`).
    pub fn new(serial: &str, year: Option<i16>, joint: &str, symbol: &str) -> Number {
        let bare = serial.trim_start_matches('0');
        let digits = bare.chars().take_while(char::is_ascii_digit).count();
        let mut text = String::with_capacity(serial.len() + symbol.len() + 8);
        for _ in digits..2 {
            text.push('0');
        }
        text.push_str(bare);
        let serial_end = text.len();
        if let Some(year) = year {
            text.push_str(&format!("/{year}"));
        }
        text.push_str(joint);
        let symbol_start = text.len();
        text.push_str(symbol);
        Number { text, serial_end, symbol_start, year }
    }

    /// Reads a number that is already spelled as one word, as in a table: `33/2021/TT-BGDĐT`. Blanks are dropped.
    pub fn parse(text: &str) -> Option<Number> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(crate::text::repair_char).collect();
        let serial_end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        // A letter between the digits and the separator distinguishes numbers that were given twice.
        let lettered = text[serial_end..].starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, 'A' | 'B'))
            && text[serial_end + 1..].starts_with(['/', '-']);
        let (serial, rest) = text.split_at(serial_end + usize::from(lettered));
        if serial.is_empty() || !serial.starts_with(|c: char| c.is_ascii_digit()) || serial.ends_with('.') {
            return None;
        }
        let joint = if rest.starts_with(['/', '-']) { &rest[..1] } else { "" };
        let rest = &rest[joint.len()..];
        let year = rest
            .split_once('/')
            .filter(|(year, symbol)| year.len() == 4 && !symbol.is_empty())
            .and_then(|(year, _)| year.parse().ok())
            .filter(|year| (1900..2100).contains(year));
        let symbol = if year.is_some() { &rest[5..] } else { rest };
        let letters = symbol.starts_with(|c: char| c.is_alphabetic());
        letters.then(|| Number::new(serial, year, if year.is_some() { "/" } else { joint }, symbol))
    }

    /// The number as normalised: `33/2021/TT-BGDĐT`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `33` of `33/2021/TT-BGDĐT`, `66.7` of `66.7/2025/NQ-CP`; at least two digits.
    pub fn serial(&self) -> &str {
        &self.text[..self.serial_end]
    }

    /// The year in the number.
    pub fn year(&self) -> Option<i16> {
        self.year
    }

    /// `TT-BGDĐT` of `33/2021/TT-BGDĐT`, `KL/TW` of `49-KL/TW`.
    pub fn symbol(&self) -> &str {
        &self.text[self.symbol_start..]
    }

    /// The parts of the symbol between hyphens and slashes.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.symbol().split(['-', '/']).filter(|part| !part.is_empty())
    }

    /// The shape of the number.
    pub fn form(&self) -> NumberForm {
        let hyphen = self.joint() == "-";
        match (self.year, hyphen, self.symbol().contains('/')) {
            (Some(_), _, _) => NumberForm::Dated,
            (None, true, true) => NumberForm::Party,
            (None, true, false) => NumberForm::Old,
            (None, false, _) => NumberForm::Slash,
        }
    }

    /// The same number with another symbol.
    pub fn with_symbol(&self, symbol: &str) -> Number {
        Number::new(self.serial(), self.year, self.joint(), symbol)
    }

    /// The same number with the year in it.
    pub fn with_year(&self, year: i16) -> Number {
        Number::new(self.serial(), Some(year), "/", self.symbol())
    }

    /// The same symbol under another serial number and year.
    pub fn with_serial(&self, serial: &str, year: Option<i16>) -> Number {
        Number::new(serial, year, self.joint(), self.symbol())
    }

    fn joint(&self) -> &str {
        let before = &self.text[self.serial_end..self.symbol_start];
        &before[before.len().saturating_sub(1)..]
    }

    /// The key under which numbers that differ in letter case or marks alone are found: `33/2021/tt-bgddt`.
    pub fn folded(&self) -> String {
        fold(&self.text).replace('&', "")
    }

    /// One ASCII word for URLs: `33-2021-tt-bgddt`.
    pub fn slug(&self) -> String {
        slug(&self.text.replace('&', ""))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Number::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not a number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_shape() {
        for (text, serial, year, symbol, form) in [
            ("33/2021/TT-BGDĐT", "33", Some(2021), "TT-BGDĐT", NumberForm::Dated),
            ("43/2019/QH14", "43", Some(2019), "QH14", NumberForm::Dated),
            ("66.7/2025/NQ-CP", "66.7", Some(2025), "NQ-CP", NumberForm::Dated),
            ("30a/2008/NQ-CP", "30a", Some(2008), "NQ-CP", NumberForm::Dated),
            ("5512/BGDĐT-GDTrH", "5512", None, "BGDĐT-GDTrH", NumberForm::Slash),
            ("49-KL/TW", "49", None, "KL/TW", NumberForm::Party),
            ("14-CP", "14", None, "CP", NumberForm::Old),
        ] {
            let number = Number::parse(text).unwrap();
            assert_eq!(
                (number.serial(), number.year(), number.symbol(), number.form(), number.as_str()),
                (serial, year, symbol, form, text)
            );
        }
    }

    #[test]
    fn pads_and_drops_blanks() {
        assert_eq!(Number::parse("9/2019/TT- BTC").unwrap().as_str(), "09/2019/TT-BTC");
        assert_eq!(Number::parse("004/QĐ-TTg").unwrap().as_str(), "04/QĐ-TTg");
        assert_eq!(Number::parse("89/2015/NÐ-CP").unwrap().as_str(), "89/2015/NĐ-CP");
    }

    #[test]
    fn other_text_is_not_a_number() {
        for text in ["", "33", "14/9/2021", "TT-BGDĐT", "33/", "33/2021/", "33-"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
