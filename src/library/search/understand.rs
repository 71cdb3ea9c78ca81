//! From a typed query to a question of the store: fields to filters, words mended, numbers and names looked up.

use super::question::Question;
use super::syntax::{Field, FieldTerm, ParsedQuery, Problem, QueryError, parts, plain_value};
use super::{similar_names, spelling};
use crate::law::{Force, Number};
use crate::library::LibraryError;
use crate::library::resolve_name::{cited_in, ids_named, named, of_year, only_cited, typed_together, with_words};
use crate::register::Register;
use crate::store::{Filter, Store};
use crate::text::{fold, words_of};

/// A query, understood.
pub(super) struct UnderstoodQuery {
    pub question: Question,
    /// The query as it was read, where words were mended.
    pub read_as: Option<String>,
}

/// # Errors
/// A query without a letter or a digit, or one that cannot be understood.
pub(super) fn understand(store: &Store, register: &Register, query: &str) -> Result<UnderstoodQuery, LibraryError> {
    let found = parts(query, |field, rest| reach(register, field, rest)).map_err(LibraryError::Query)?;
    let together = |text: &String| words_of(text);
    let mut question = Question {
        words: words_of(&found.plain),
        phrases: found.phrases.iter().map(together).filter(|words| words.len() > 1).collect(),
        any_of: found
            .any_of
            .iter()
            .map(|any| any.iter().map(together).filter(|words| !words.is_empty()).collect())
            .collect(),
        without: found.without.iter().map(together).filter(|words| !words.is_empty()).collect(),
        ..Question::default()
    };
    for given in &found.fields {
        let filters = filters(store, register, query, given)?;
        question.filters.extend(filters.into_iter().map(|filter| (given.not, filter)));
    }
    if question.words.is_empty() && question.any_of.is_empty() {
        if question.filters.iter().all(|(not, _)| *not)
            && (!question.without.is_empty() || !question.filters.is_empty())
        {
            let whole = QueryError::new(query, 0..query.len(), Problem::OnlyWithout);
            return Err(LibraryError::Query(whole));
        }
        if question.filters.is_empty() {
            return Err(LibraryError::EmptyQuery);
        }
    }
    let read_as = name(store, register, &found, &mut question)?;
    Ok(UnderstoodQuery { question, read_as })
}

/// Notes what the plain words name outright. Words that name nothing are corrected.
fn name(
    store: &Store,
    register: &Register,
    found: &ParsedQuery,
    question: &mut Question,
) -> Result<Option<String>, LibraryError> {
    let plain = found.plain.trim();
    question.is_number = Number::parse(plain).is_some();
    if question.words.is_empty() {
        return Ok(None);
    }
    if let Some(exact) = exactly(store, register, question, plain)? {
        question.exact = exact;
        return Ok(None);
    }
    (question.exact, question.beside) = cited_in(store, register, plain)?.unwrap_or_default();
    if !question.exact.is_empty() && question.beside.is_empty() {
        return Ok(None);
    }
    if !spelling::correct(&mut question.words, store)? {
        return Ok(None);
    }
    let text = spelling::usual_forms(&question.words, store)?.join(" ");
    if question.exact.is_empty() {
        match exactly(store, register, question, &text)? {
            Some(exact) => question.exact = exact,
            None => (question.exact, question.beside) = cited_in(store, register, &text)?.unwrap_or_default(),
        }
    }
    Ok(Some(text))
}

/// The instruments and documents that words name outright.
fn exactly(
    store: &Store,
    register: &Register,
    question: &Question,
    text: &str,
) -> Result<Option<Vec<String>>, LibraryError> {
    if let Some(ids) = of_year(register, question) {
        return Ok(Some(ids));
    }
    if let Some(ids) = named(store, register, text)? {
        return Ok(Some(ids));
    }
    if let Some(ids) = typed_together(store, register, question)? {
        return Ok(Some(ids));
    }
    if with_words(store, register, question)?.is_some() {
        return Ok(None);
    }
    only_cited(store, register, question)
}

/// How far the value of a field goes: type words and the names of agencies are several words.
fn reach(register: &Register, field: Field, rest: &str) -> usize {
    let symbols = register.symbols();
    match field {
        Field::Kind => {
            let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([rest.len()]);
            let ends: Vec<usize> = ends.take(symbols.longest_kind_word()).collect();
            ends.into_iter().rev().find(|end| symbols.kinds_of_word(&rest[..*end]).next().is_some()).unwrap_or(0)
        }
        Field::Issuer => symbols.agency_named_at(rest).map_or(0, |(_, end)| end),
        _ => 0,
    }
}

fn filters(store: &Store, register: &Register, query: &str, given: &FieldTerm) -> Result<Vec<Filter>, LibraryError> {
    let value = given.value.as_str();
    let wrong = |problem| LibraryError::Query(QueryError::new(query, given.range.clone(), problem));
    let words = |text: &str| words_of(text).into_iter().map(|word| word.folded).collect::<Vec<String>>();
    let symbols = register.symbols();
    Ok(match given.field {
        Field::Number => match words(value) {
            words if words.is_empty() => return Err(wrong(Problem::NoValue(Field::Number))),
            words => vec![Filter::Number(words)],
        },
        Field::Kind => {
            let plain = plain_value(value);
            let known =
                symbols.kinds_of_word(value).chain(symbols.kinds_of_abbr(value)).chain(symbols.kinds_of_word(&plain));
            let mut names: Vec<String> = known.map(|kind| fold(&kind.name)).collect();
            names.dedup();
            if names.is_empty() && store.is_kind(&plain)? {
                names.push(plain);
            }
            if names.is_empty() {
                let near = symbols.kinds().iter().filter(|kind| fold(&kind.name).contains(&plain_value(value)));
                return Err(wrong(Problem::NoKind(near.take(5).map(|kind| kind.name.clone()).collect())));
            }
            names.into_iter().map(Filter::Kind).collect()
        }
        Field::Issuer => {
            let agency = symbols.agency(value).map(|agency| agency.name.clone());
            match words(agency.as_deref().unwrap_or(value)) {
                words if words.is_empty() => return Err(wrong(Problem::NoValue(Field::Issuer))),
                words => vec![Filter::Issuer(words)],
            }
        }
        Field::Year => {
            let (first, last) = years(value).ok_or_else(|| wrong(Problem::BadYear))?;
            vec![Filter::Years(first, last)]
        }
        Field::Force => {
            let forces = forces(value).ok_or_else(|| wrong(Problem::BadForce))?;
            forces.iter().copied().map(Filter::Force).collect()
        }
        Field::Cites => {
            let ids = ids_named(store, register, value)?;
            if ids.is_empty() {
                let near = similar_names(store, register, value)?.into_iter().map(|(call, _)| call).collect();
                return Err(wrong(Problem::NoInstrument(near)));
            }
            vec![Filter::Cites(ids)]
        }
        Field::Place => match words(value).join(" ") {
            place if place.is_empty() => return Err(wrong(Problem::NoValue(Field::Place))),
            place => vec![Filter::Place(place)],
        },
        Field::Is => match plain_value(value).replace(' ', "").as_str() {
            "tailieu" | "document" | "documents" => vec![Filter::Documents],
            "vanban" | "instrument" | "instruments" => vec![Filter::Instruments],
            _ => return Err(wrong(Problem::BadSort)),
        },
    })
}

/// `2021`, `2020..2024`, `2020..`, `..2024`, `2020-2024`.
fn years(value: &str) -> Option<(i16, i16)> {
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| (1900..2200).contains(year));
    let (first, last) = match value.split_once("..").or_else(|| value.split_once(['-', '–'])) {
        None => (year(value)?, year(value)?),
        Some(("", last)) => (0, year(last)?),
        Some((first, "")) => (year(first)?, i16::MAX - 1),
        Some((first, last)) => (year(first)?, year(last)?),
    };
    (first <= last).then_some((first, last))
}

/// The states that a word names: what is in force in part is in force.
fn forces(value: &str) -> Option<&'static [Force]> {
    let plain = plain_value(value).replace("hieu luc", "").replace(' ', "");
    Some(match plain.as_str() {
        "con" | "dangco" => &[Force::InForce, Force::InPart],
        "toanbo" | "contoanbo" | "inforce" => &[Force::InForce],
        "het" | "ended" => &[Force::Ended],
        "chua" | "chuaco" | "notyet" => &[Force::NotYet],
        "motphan" | "hetmotphan" | "inpart" => &[Force::InPart],
        "ngung" | "tamngung" | "suspended" => &[Force::Suspended],
        "chuaro" | "khongro" | "chuaxacdinh" | "unknown" => &[Force::Unknown],
        _ => return None,
    })
}

/// The word for one state alone, as people type it.
pub(super) fn typed_force(force: Force) -> &'static str {
    match force {
        Force::InForce => "toanbo",
        Force::InPart => "motphan",
        Force::Ended => "het",
        Force::NotYet => "chua",
        Force::Suspended => "ngung",
        Force::Unknown => "chuaro",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_states_are_read() {
        assert_eq!(years("2020..2024"), Some((2020, 2024)));
        assert_eq!(years("2021"), Some((2021, 2021)));
        assert_eq!(years("..2024"), Some((0, 2024)));
        for bad in ["", "20x4", "2024..2020", "..", "33"] {
            assert_eq!(years(bad), None, "{bad}");
        }
        assert_eq!(forces("còn hiệu lực"), forces("con"));
        for force in Force::ALL {
            assert_eq!(forces(typed_force(force)), Some(&[force][..]));
        }
        assert_eq!(forces("hết"), Some(&[Force::Ended][..]));
        assert_eq!(forces("mai"), None);
    }
}
