//! As of which day, and by which rules of form, a draft is judged, as it was asked for in a form.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;

use crate::check::Profile;
use crate::library::{self, AsOf, Days, Terms};

use crate::http::error::Failure;
use crate::http::extract::day;
use crate::http::openapi;

/// By what a draft is to be judged, as it was written.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct Asked {
    /// Whose day counts: that of `as_of` (`date`), or the day on which the draft will be signed, which `as_of` tells
    /// (`signing`); or `today`, or the draft's own (`document`). Without it `as_of` speaks for itself.
    #[schema(schema_with = sorts)]
    pub day: Option<String>,
    /// The day as of which to check: a date, `today`, or `document` for the draft's own; today where none is given.
    #[schema(schema_with = days)]
    pub as_of: Option<String>,
    /// The rules of form: `admin`, `normative` or `party`; those of the draft's own sort where none are named.
    #[schema(schema_with = profiles)]
    pub profile: Option<String>,
}

pub fn sorts() -> Schema {
    openapi::words(["", "today", "document", "date", "signing"])
}

pub fn days() -> Schema {
    openapi::date_or(["", "today", "document"])
}

pub fn profiles() -> Schema {
    openapi::words(["", "auto"].into_iter().chain(Profile::ALL.map(Profile::as_str)))
}

impl Asked {
    /// # Errors
    /// A day or a profile that is none, named.
    pub fn terms(&self) -> Result<Terms, Failure> {
        let [sort, as_of, profile] =
            [&self.day, &self.as_of, &self.profile].map(|field| field.as_deref().unwrap_or(""));
        // A date is read even where another day counts: what is none is told in any case.
        let date = match as_of {
            "" | "today" | "document" => None,
            date => Some(day(Some(date))?),
        };
        let (as_of, signing) = match if sort.is_empty() { as_of } else { sort } {
            "" | "today" => (Some(AsOf::Today), None),
            "document" => (Some(AsOf::Document), None),
            "signing" => (None, Some(date.ok_or_else(no_date)?)),
            _ if sort.is_empty() || sort == "date" => (Some(AsOf::Day(date.ok_or_else(no_date)?)), None),
            _ => {
                return Err(Failure::bad_request(
                    format!("Không có cách chọn ngày “{sort}”; chọn today, document, date hoặc signing."),
                    format!("There is no day “{sort}”; choose today, document, date or signing."),
                ));
            }
        };
        let profile = match profile {
            "" | "auto" => None,
            name => Some(Profile::parse(name).ok_or_else(|| {
                Failure::bad_request(
                    format!("Không có loại thể thức “{name}”; chọn admin, normative hoặc party."),
                    format!("There is no profile “{name}”; choose admin, normative or party."),
                )
            })?),
        };
        Ok(Terms { days: Days { as_of, signing, today: library::today() }, profile })
    }
}

fn no_date() -> Failure {
    Failure::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "Chưa ghi ngày: chọn một ngày, hoặc chọn “hôm nay”.",
        "No date was given: choose a date, or choose “today”.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(day: &str, as_of: &str, profile: &str) -> Result<Terms, Failure> {
        let given = |text: &str| Some(text.to_owned());
        Asked { day: given(day), as_of: given(as_of), profile: given(profile) }.terms()
    }

    #[test]
    fn the_day_is_that_of_its_sort() {
        let date = "2024-01-26".parse().unwrap();
        let [today, document, on] = [AsOf::Today, AsOf::Document, AsOf::Day(date)].map(|as_of| (Some(as_of), None));
        for (day, as_of, expected) in [
            ("", "", today),
            ("", "today", today),
            ("", "document", document),
            ("", " 2024-01-26", on),
            ("", "26/01/2024", on),
            ("today", "2024-01-26", today),
            ("document", "2024-01-26", document),
            ("date", "2024-01-26", on),
            ("signing", "2024-01-26", (None, Some(date))),
        ] {
            let days = terms(day, as_of, "").unwrap().days;
            assert_eq!((days.as_of, days.signing), expected, "{day} {as_of}");
        }
        for (day, as_of) in [("date", ""), ("signing", "hôm qua"), ("", "26/13"), ("yesterday", "")] {
            assert!(terms(day, as_of, "").is_err(), "{day} {as_of}");
        }
    }

    #[test]
    fn the_profile_is_one_of_three_or_left_to_the_document() {
        assert_eq!(terms("", "", "party").unwrap().profile, Some(Profile::Party));
        assert_eq!(terms("", "", "auto").unwrap().profile, None);
        assert!(terms("", "", "Party").is_err());
    }
}
