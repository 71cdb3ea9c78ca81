//! How a handler asks the knowledge base: parameters that say what is wrong with them, and work kept off the
//! threads that serve connections.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::base::{self, Base, Page};
use crate::law::{Date, parse_day};

use super::error::Failure;

/// The query of the address, or a message about what is wrong with it.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Params<T>, Failure> {
        let Query(params) = Query::from_request_parts(parts, state).await?;
        Ok(Params(params))
    }
}

/// Runs `work` where it may block. A panic in it, or an index that cannot be read, becomes an error answer.
pub async fn ask<T: Send + 'static>(
    base: Arc<Base>,
    work: impl FnOnce(&Base) -> T + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(move || (work(&base), base.failure())).await;
    match done {
        Ok((answer, None)) => Ok(answer),
        // The index broke under our feet: an answer that may lack something is none.
        Ok((_, Some(failure))) => Err(failure.into()),
        Err(_) => Err(Failure::of(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

/// The stretch of a list that was asked for: `limit` items unless told otherwise, at most 100.
pub fn stretch(offset: Option<usize>, limit: Option<usize>, usual: usize) -> Page {
    Page { offset: offset.unwrap_or(0).min(1_000_000), limit: limit.unwrap_or(usual).clamp(1, 100) }
}

/// The day asked about; today where none is.
pub fn day(written: Option<&str>) -> Result<Date, Failure> {
    match written.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(base::today()),
        Some(text) => parse_day(text).ok_or_else(|| {
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
        assert!(day(Some(" ")).is_ok());
    }

    #[test]
    fn a_stretch_is_bounded() {
        let page = stretch(None, Some(100_000), 20);
        assert_eq!((page.offset, page.limit), (0, 100));
    }
}
