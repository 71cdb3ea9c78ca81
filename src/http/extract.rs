//! How a handler asks the knowledge base: parameters that say what is wrong with them, and work kept off the
//! threads that serve connections.

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::law::{Date, parse_day};
use crate::library::{self, Library, Paging};

use crate::http::error::Failure;

/// The query of the address, or a message about what is wrong with it. Its fields are text, read by [`number`],
/// [`choice`] and [`day`], which say in both languages what they take.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Params<T>, Failure> {
        // Fields are text, so that nothing can be wrong but a parameter given twice.
        let Query(params) = Query::from_request_parts(parts, state).await.map_err(|_| {
            Failure::bad_request(
                "Địa chỉ ghi một tham số hai lần; mỗi tham số chỉ ghi một lần.",
                "The address gives a parameter twice; give each once.",
            )
        })?;
        Ok(Params(params))
    }
}

/// Runs `work` where it may block. A panic in it, or an index that cannot be read, becomes an error answer.
pub async fn ask<T: Send + 'static>(
    library: Arc<Library>,
    work: impl FnOnce(&Library) -> T + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(move || (work(&library), library.failure())).await;
    match done {
        Ok((answer, None)) => Ok(answer),
        // The index broke under our feet: an answer that may lack something is none.
        Ok((_, Some(failure))) => Err(failure.into()),
        Err(_) => Err(Failure::of(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

/// How far into a list one may go.
pub const DEEPEST: usize = 1_000_000;

/// The stretch of a list that was asked for: `limit` items unless told otherwise, at most 100.
///
/// # Errors
/// Those of [`number`].
pub fn stretch(offset: Option<&str>, limit: Option<&str>, usual: usize) -> Result<Paging, Failure> {
    Ok(Paging { offset: number("offset", offset, 0, 0..=DEEPEST)?, limit: number("limit", limit, usual, 1..=100)? })
}

/// A whole number of the address; `usual` where none is given.
///
/// # Errors
/// What is no number, or one out of range.
pub fn number(name: &str, written: Option<&str>, usual: usize, range: RangeInclusive<usize>) -> Result<usize, Failure> {
    let Some(text) = written else { return Ok(usual) };
    let (least, most) = (*range.start(), *range.end());
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        Failure::bad_request(
            format!("Tham số {name} không nhận “{text}”; ghi một số nguyên từ {least} đến {most}."),
            format!("The parameter {name} does not take “{text}”; write a whole number from {least} to {most}."),
        )
    })
}

/// One of the words that a parameter takes; the first where none is given.
///
/// # Errors
/// Another word.
pub fn choice<T: Copy>(name: &str, written: Option<&str>, choices: &[(&str, T)]) -> Result<T, Failure> {
    let chosen = match written {
        None => choices.first(),
        Some(text) => choices.iter().find(|(word, _)| *word == text),
    };
    chosen.map(|(_, choice)| *choice).ok_or_else(|| {
        let text = written.unwrap_or_default();
        let words = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        Failure::bad_request(
            format!("Tham số {name} không nhận “{text}”; chọn một trong: {words}."),
            format!("The parameter {name} does not take “{text}”; choose one of: {words}."),
        )
    })
}

/// Whether a parameter says `true`; no where it is not given.
///
/// # Errors
/// Neither `true` nor `false`.
pub fn flag(name: &str, written: Option<&str>) -> Result<bool, Failure> {
    choice(name, written, &[("false", false), ("true", true)])
}

/// The day asked about; today where none is.
pub fn day(written: Option<&str>) -> Result<Date, Failure> {
    match written.filter(|text| !text.is_empty()) {
        None => Ok(library::today()),
        Some(text) => parse_day(text.trim()).ok_or_else(|| {
            Failure::bad_request(
                format!("Ngày “{text}” không hợp lệ; viết ngày/tháng/năm hoặc năm-tháng-ngày, ví dụ 26/01/2024."),
                format!("“{text}” is not a date; write year-month-day or day/month/year, for example 2024-01-26."),
            )
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_day_is_named() {
        assert_eq!(day(Some("2024-01-26")).unwrap().to_string(), "2024-01-26");
        assert_eq!(day(Some("26/1/2024")).unwrap().to_string(), "2024-01-26");
        assert!(format!("{:?}", day(Some("31/2/2024")).unwrap_err()).contains("31/2/2024"));
        assert!(day(Some("")).is_ok() && day(Some(" ")).is_err());
    }

    #[test]
    fn a_stretch_is_bounded() {
        let page = stretch(Some("40"), None, 20).unwrap();
        assert_eq!((page.offset, page.limit), (40, 20));
        for limit in ["0", "101", "many", "", "-1", "9999999999999999999999999"] {
            assert!(format!("{:?}", stretch(None, Some(limit), 20).unwrap_err()).contains("limit"), "{limit}");
        }
    }

    #[test]
    fn a_choice_is_one_of_its_words() {
        assert!(flag("facets", Some("true")).unwrap() && !flag("facets", None).unwrap());
        assert!(format!("{:?}", flag("facets", Some("1")).unwrap_err()).contains("false, true"));
    }
}
