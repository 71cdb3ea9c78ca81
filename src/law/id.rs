//! The identity of an instrument as one word, for URLs, file names, search terms and joins.
//!
//! [`Key`](super::Key) is what a citation says of a number and its date; an [`InstrumentId`] adds what else the
//! identity needs (the place of a local issuer, the kind where two kinds share a number) and also names instruments
//! without a number. Which id a user means is decided by `library`.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, Locality, Number};
use crate::text::{slug, slug_onto};

/// Before the kind. A slug never holds it, it is unreserved in URLs, and no file system or shell gives it a meaning.
const KIND_MARK: char = '_';

/// Before the place. A slug never holds it either.
const PLACE_MARK: char = '.';

/// The identity of an instrument, written `number[-date][_kind][.place]`:
///
/// | text | parts |
/// | --- | --- |
/// | `33-2021-tt-bgddt` | the number alone: it holds its year |
/// | `70-kh-ubnd-2022-03-25` | the date of issue, because the number holds no year |
/// | `70-kh-ubnd-2022-03-25.quang-yen` | the place of a local issuer, where it is known |
/// | `43-2022-qh15_nghi-quyet` | the kind, where two kinds share a number: laws and resolutions of the National Assembly are numbered apart |
/// | `hien-phap-2013` | the title and the year of an instrument without number |
///
/// Every part is a slug (lower-case ASCII letters, digits, single hyphens), so that the marks `_` and `.` cannot be part of
/// one and no two identities have the same text. Ids sort as their text does. A clone shares the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstrumentId(Arc<str>);

/// Why a text is not an [`InstrumentId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an instrument id")]
pub struct InvalidInstrumentId(String);

impl InstrumentId {
    /// The id of a numbered instrument whose place is not known; the date is part of it if given.
    pub(super) fn of_number(number: &Number, date: Option<Date>, place: Option<&Locality>) -> InstrumentId {
        let mut text = String::with_capacity(number.as_str().len() + 32);
        slug_onto(number.as_str().chars().filter(|c| *c != '&'), &mut text);
        if let Some(date) = date {
            text.push_str(&format!("-{date}"));
        }
        if let Some(place) = place {
            text.push(PLACE_MARK);
            slug_onto(place.name().chars(), &mut text);
        }
        InstrumentId(text.into())
    }

    /// The id of an instrument without number.
    pub(super) fn of_title(title: &str, issued: Option<Date>) -> InstrumentId {
        let mut text = slug(title);
        if let Some(issued) = issued {
            text.push_str(&format!("-{}", issued.year()));
        }
        InstrumentId(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slug of the place, if the id names one: `quang-yen`.
    pub fn place(&self) -> Option<&str> {
        self.0.split_once(PLACE_MARK).map(|(_, place)| place)
    }

    /// The slug of the kind, if the id names one: `nghi-quyet`.
    pub fn kind(&self) -> Option<&str> {
        self.without_place_str().split_once(KIND_MARK).map(|(_, kind)| kind)
    }

    /// The same id without its place.
    pub fn without_place(&self) -> InstrumentId {
        match self.place() {
            Some(_) => InstrumentId(self.without_place_str().into()),
            None => self.clone(),
        }
    }

    /// The text without the place: what all instruments of one number and date have in common.
    pub fn without_place_str(&self) -> &str {
        self.0.split_once(PLACE_MARK).map_or(&self.0, |(base, _)| base)
    }

    /// The same id with this place, a slug such as [`Locality::slug`] gives, in place of its own.
    pub fn with_place(&self, place: &str) -> InstrumentId {
        InstrumentId(format!("{}{PLACE_MARK}{place}", self.without_place_str()).into())
    }

    /// The same id with this kind, `Nghị quyết`, in place of its own.
    pub fn with_kind(&self, kind: &str) -> InstrumentId {
        let base = self.without_place_str().split(KIND_MARK).next().unwrap_or_default();
        let place = self.place().map_or_else(String::new, |place| format!("{PLACE_MARK}{place}"));
        InstrumentId(format!("{base}{KIND_MARK}{}{place}", slug(kind)).into())
    }
}

impl FromStr for InstrumentId {
    type Err = InvalidInstrumentId;

    /// Reads the text of an id.
    ///
    /// # Errors
    /// If a part is empty or not a slug, or the marks are not in the order `_`, `.`.
    fn from_str(text: &str) -> Result<InstrumentId, InvalidInstrumentId> {
        let (base, place) = text.split_once(PLACE_MARK).map_or((text, None), |(base, place)| (base, Some(place)));
        let (number, kind) = base.split_once(KIND_MARK).map_or((base, None), |(number, kind)| (number, Some(kind)));
        let valid = [Some(number), kind, place].into_iter().flatten().all(is_slug);
        if valid { Ok(InstrumentId(text.into())) } else { Err(InvalidInstrumentId(text.to_owned())) }
    }
}

fn is_slug(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for InstrumentId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Maps keyed by ids are asked with text.
impl Borrow<str> for InstrumentId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for InstrumentId {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for InstrumentId {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl Serialize for InstrumentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for InstrumentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InstrumentId, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A plain string in the OpenAPI document.
impl utoipa::PartialSchema for InstrumentId {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}

impl utoipa::ToSchema for InstrumentId {
    fn name() -> std::borrow::Cow<'static, str> {
        String::name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Key;

    fn id(text: &str) -> InstrumentId {
        text.parse().unwrap()
    }

    #[test]
    fn the_parts_are_read_from_the_text() {
        for (text, base, kind, place) in [
            ("33-2021-tt-bgddt", "33-2021-tt-bgddt", None, None),
            ("70-kh-ubnd-2022-03-25.quang-yen", "70-kh-ubnd-2022-03-25", None, Some("quang-yen")),
            ("43-2022-qh15_nghi-quyet", "43-2022-qh15_nghi-quyet", Some("nghi-quyet"), None),
            ("12-2020-x_quyet-dinh.hue", "12-2020-x_quyet-dinh", Some("quyet-dinh"), Some("hue")),
            ("hien-phap-2013", "hien-phap-2013", None, None),
        ] {
            let id = id(text);
            assert_eq!((id.without_place().as_str(), id.kind(), id.place()), (base, kind, place), "{text}");
            assert_eq!(id.to_string(), text);
            assert_eq!(serde_json::from_value::<InstrumentId>(serde_json::to_value(&id).unwrap()).unwrap(), id);
        }
    }

    #[test]
    fn place_and_kind_are_replaced() {
        let plan = Key::parse("70/KH-UBND@2022-03-25").unwrap().id();
        assert_eq!(plan.with_place("hue").with_place("quang-yen"), "70-kh-ubnd-2022-03-25.quang-yen");
        let resolution = Key::parse("43/2022/QH15").unwrap().id().with_kind("Luật").with_kind("Nghị quyết");
        assert_eq!(resolution, "43-2022-qh15_nghi-quyet");
        assert_eq!(plan.with_place("hue").with_kind("Kế hoạch"), "70-kh-ubnd-2022-03-25_ke-hoach.hue");
    }

    #[test]
    fn text_that_is_not_an_id_is_refused() {
        for text in ["", "33/2021/TT-BGDĐT", ".hue", "70-kh.", "a.b.c", "a_b_c", "a.b_c", "đ"] {
            assert_eq!(text.parse::<InstrumentId>(), Err(InvalidInstrumentId(text.to_owned())));
        }
    }
}
