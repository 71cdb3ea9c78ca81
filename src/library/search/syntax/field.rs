//! The fields by which hits are narrowed down, and the names they are typed by.

use super::error::{Problem, QueryError};
use crate::text::fold;

/// What a value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Number, or part of it.
    Number,
    Kind,
    Issuer,
    Year,
    Force,
    /// What is cited.
    Cites,
    Place,
    /// Document or instrument.
    Is,
}

/// The names of the fields, folded; the first is the one that is told.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Number, &["so", "sohieu", "number"]),
    (Field::Kind, &["loai", "kind", "type"]),
    (Field::Issuer, &["coquan", "issuer"]),
    (Field::Year, &["nam", "year"]),
    (Field::Force, &["hieuluc", "force"]),
    (Field::Cites, &["dan", "cites"]),
    (Field::Place, &["diaphuong", "place"]),
    (Field::Is, &["la", "is"]),
];

impl Field {
    /// How it is typed.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(field, _)| *field == self).map_or("", |(_, names)| names[0])
    }

    /// All fields as they are typed.
    pub fn all() -> impl Iterator<Item = Field> {
        NAMES.iter().map(|(field, _)| *field)
    }

    fn named(name: &str) -> Option<Field> {
        let folded = fold(name);
        NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(field, _)| *field)
    }

    /// The field that was meant by a name that is off by a letter or two.
    fn near(name: &str) -> Option<Field> {
        let near = NAMES
            .iter()
            .flat_map(|(field, names)| names.iter().map(move |one| (strsim::levenshtein(name, one), *field)));
        near.filter(|(distance, _)| *distance <= 2).min_by_key(|(distance, _)| *distance).map(|(_, field)| field)
    }
}

/// The field whose name stands in `start..end` before a colon, and where its value begins.
///
/// # Errors
/// A name that is none, where a value follows; a name at the end of the query.
pub(super) fn at(query: &str, start: usize, end: usize) -> Result<Option<(Field, usize)>, QueryError> {
    let word = &query[start..end];
    let Some(colon) = word.find(':').filter(|colon| *colon > 0) else { return Ok(None) };
    let (name, value) = (&word[..colon], &word[colon + 1..]);
    if !name.chars().all(char::is_alphabetic) {
        return Ok(None);
    }
    let place = start..start + colon + 1;
    match Field::named(name) {
        Some(field) if !value.is_empty() => Ok(Some((field, place.end))),
        // "Số: 33/2021" is how a document begins; at the end of the query the value was forgotten.
        Some(field) if query[end..].trim().is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Err(QueryError::new(query, place, Problem::NoValue(field)))
        }
        None if !value.is_empty()
            && !value.starts_with(['/', ':'])
            && (2..=12).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase()) =>
        {
            Err(QueryError::new(query, place, Problem::NoField(name.to_owned(), Field::near(name))))
        }
        _ => Ok(None),
    }
}
