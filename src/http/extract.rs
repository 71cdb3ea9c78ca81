//! What handlers read from a request: the query of the address with its numbers, words and dates, and the language.
//!
//! The fields of a query are text, so that a value that is out of place gets a message in both languages that says what
//! the parameter takes. The extractors of drafts are in `draft`, that of pages in `pages::context`.

use std::convert::Infallible;
use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Query, State};
use axum::http::Uri;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::error::HttpError;
use super::messages;
use crate::check::{self, RULES, Rule};
use crate::law::{Date, Treatment, parse_date};
use crate::library::{self, CitationFilter, Library, Paging};
use crate::text::Lang;

/// The knowledge base that answers this request.
pub(crate) type LibraryState = State<Arc<Library>>;

/// The query of the address.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Params<T>, HttpError> {
        // All fields are text: the only mistake left is a parameter given twice.
        let Query(params) = Query::from_request_parts(parts, state)
            .await
            .map_err(|_| HttpError::bad_request(messages::parameter_given_twice()))?;
        Ok(Params(params))
    }
}

/// The language that the address asks for.
pub(crate) struct RequestLang(pub(crate) Lang);

impl<S: Sync> FromRequestParts<S> for RequestLang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<RequestLang, Infallible> {
        Ok(RequestLang(lang(&parts.uri)))
    }
}

/// The language that an address asks for: English for `lang=en`, else Vietnamese.
pub(crate) fn lang(uri: &Uri) -> Lang {
    let mut query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    if query.any(|(name, value)| name == "lang" && value == "en") { Lang::En } else { Lang::Vi }
}

/// The part of a long list that is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// How many items to leave out at the start.
    #[param(value_type = Option<usize>, minimum = 0, maximum = 1_000_000)]
    offset: Option<String>,
    /// How many items to answer with: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

impl PageParams {
    /// # Errors
    /// Those of [`number`].
    pub(crate) fn page(&self) -> Result<Paging, HttpError> {
        page_params(self.offset.as_deref(), self.limit.as_deref(), 20)
    }
}

/// The largest offset into a list.
const LARGEST_OFFSET: usize = 1_000_000;

/// The part of a list that `offset` and `limit` ask for: `default` items where no limit is given, at most 100.
///
/// # Errors
/// Those of [`number`].
pub(crate) fn page_params(offset: Option<&str>, limit: Option<&str>, default: usize) -> Result<Paging, HttpError> {
    Ok(Paging {
        offset: number("offset", offset, 0, 0..=LARGEST_OFFSET)?,
        limit: number("limit", limit, default, 1..=100)?,
    })
}

/// A whole number; `default` where none is given.
///
/// # Errors
/// Not a number, or one outside `range`.
pub(crate) fn number(
    name: &str,
    written: Option<&str>,
    default: usize,
    range: RangeInclusive<usize>,
) -> Result<usize, HttpError> {
    let Some(text) = written else { return Ok(default) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| HttpError::bad_request(messages::not_a_number(name, text, &range)))
}

/// One of the words that a parameter takes; the first where none is given.
///
/// # Errors
/// Another word.
pub(crate) fn choice<T: Copy>(name: &str, written: Option<&str>, choices: &[(&str, T)]) -> Result<T, HttpError> {
    let chosen = match written {
        None => choices.first(),
        Some(text) => choices.iter().find(|(word, _)| *word == text),
    };
    chosen.map(|(_, choice)| *choice).ok_or_else(|| {
        let words = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        HttpError::bad_request(messages::not_a_choice(name, written.unwrap_or_default(), &words))
    })
}

/// Whether a parameter says `true`; false where it is not given.
///
/// # Errors
/// Neither `true` nor `false`.
pub(crate) fn flag(name: &str, written: Option<&str>) -> Result<bool, HttpError> {
    choice(name, written, &[("false", false), ("true", true)])
}

/// A date as people write it; today where none is given.
///
/// # Errors
/// Not a date.
pub(crate) fn date(written: Option<&str>) -> Result<Date, HttpError> {
    match written.filter(|text| !text.is_empty()) {
        None => Ok(library::today()),
        Some(text) => parse_date(text.trim()).ok_or_else(|| HttpError::bad_request(messages::not_a_date(text))),
    }
}

/// Which citing documents and citations are asked for. The kind `none` means documents that state no kind.
///
/// # Errors
/// An unknown treatment, or a year that is not a year.
pub(crate) fn citation_filter(
    kind: Option<String>,
    treatment: Option<String>,
    year: Option<String>,
) -> Result<CitationFilter, HttpError> {
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let treatment = given(treatment)
        .map(|name| Treatment::parse(&name).ok_or_else(|| HttpError::bad_request(messages::unknown_treatment(&name))))
        .transpose()?;
    let year = given(year)
        .map(|text| {
            let year = text.parse::<i16>().ok().filter(|year| (1..=9999).contains(year));
            year.ok_or_else(|| HttpError::bad_request(messages::not_a_year(&text)))
        })
        .transpose()?;
    let kind = given(kind).map(|kind| if kind == "none" { String::new() } else { kind });
    Ok(CitationFilter { kind, treatment, year })
}

/// The rule of the check that an address names.
///
/// # Errors
/// No rule has this name.
pub(crate) fn rule(name: &str) -> Result<&'static Rule, HttpError> {
    check::rule(name).ok_or_else(|| {
        let rules = RULES.iter().map(|rule| rule.name).collect::<Vec<_>>().join(", ");
        HttpError::not_found(messages::unknown_rule(name, &rules))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_date_is_named() {
        assert_eq!(date(Some("2024-01-26")).unwrap().to_string(), "2024-01-26");
        assert_eq!(date(Some("26/1/2024")).unwrap().to_string(), "2024-01-26");
        assert!(format!("{:?}", date(Some("31/2/2024")).unwrap_err()).contains("31/2/2024"));
        assert!(date(Some("")).is_ok() && date(Some(" ")).is_err());
    }

    #[test]
    fn a_page_of_a_list_is_bounded() {
        let page = page_params(Some("40"), None, 20).unwrap();
        assert_eq!((page.offset, page.limit), (40, 20));
        for limit in ["0", "101", "many", "", "-1", "9999999999999999999999999"] {
            assert!(format!("{:?}", page_params(None, Some(limit), 20).unwrap_err()).contains("limit"), "{limit}");
        }
    }

    #[test]
    fn a_choice_is_one_of_its_words() {
        assert!(flag("facets", Some("true")).unwrap() && !flag("facets", None).unwrap());
        assert!(format!("{:?}", flag("facets", Some("1")).unwrap_err()).contains("false, true"));
    }

    #[test]
    fn the_language_is_vietnamese_unless_english_is_asked_for() {
        let of = |address: &str| lang(&address.parse().unwrap());
        assert_eq!([of("/"), of("/?lang=fr"), of("/?q=a&lang=en")], [Lang::Vi, Lang::Vi, Lang::En]);
    }
}
