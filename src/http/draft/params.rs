//! As of which day, and by which rules of form, a draft is to be checked, as a form or an address says it.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;

use crate::check::{AsOf, CheckRequest, Profile};
use crate::http::error::HttpError;
use crate::http::extract::date;
use crate::http::{messages, openapi};
use crate::law::Date;
use crate::library;

/// By what a draft is to be judged, as it was written.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = Asked)]
pub(crate) struct CheckParams {
    /// Whose day counts: that of `as_of` (`date`), or the day on which the draft will be signed, which `as_of` tells
    /// (`signing`); or `today`, or the draft's own (`document`). Without it `as_of` speaks for itself.
    #[schema(schema_with = day_schema)]
    pub(crate) day: Option<String>,
    /// The day as of which to check: a date, `today`, or `document` for the draft's own; today where none is given.
    #[schema(schema_with = as_of_schema)]
    pub(crate) as_of: Option<String>,
    /// The rules of form: `admin`, `normative` or `party`; those of the draft's own sort where none are named.
    #[schema(schema_with = profile_schema)]
    pub(crate) profile: Option<String>,
}

pub(super) fn day_schema() -> Schema {
    openapi::words(["", "today", "document", "date", "signing"])
}

pub(super) fn as_of_schema() -> Schema {
    openapi::date_or(["", "today", "document"])
}

pub(super) fn profile_schema() -> Schema {
    openapi::words(["", "auto"].into_iter().chain(Profile::ALL.map(Profile::as_str)))
}

impl CheckParams {
    /// The parameters as the check takes them.
    ///
    /// # Errors
    /// An unknown day or profile, or a missing date; the message names it.
    pub(crate) fn request(&self) -> Result<CheckRequest, HttpError> {
        let (as_of, signing) = self.days()?;
        let profile = match written(&self.profile) {
            "" | "auto" => None,
            name => {
                let profile = Profile::parse(name);
                Some(profile.ok_or_else(|| HttpError::bad_request(messages::unknown_profile(name)))?)
            }
        };
        Ok(CheckRequest { as_of, signing, today: library::today(), profile })
    }

    /// The day as of which to check, and the day of signing.
    fn days(&self) -> Result<(Option<AsOf>, Option<Date>), HttpError> {
        let (day, as_of) = (written(&self.day), written(&self.as_of));
        // A date is read even where another day counts: a mistake in it is reported in any case.
        let given = match as_of {
            "" | "today" | "document" => None,
            text => Some(date(Some(text))?),
        };
        let needed = || given.ok_or_else(|| HttpError::unprocessable(messages::missing_date()));
        Ok(match if day.is_empty() { as_of } else { day } {
            "" | "today" => (Some(AsOf::Today), None),
            "document" => (Some(AsOf::Document), None),
            "signing" => (None, Some(needed()?)),
            _ if day.is_empty() || day == "date" => (Some(AsOf::Day(needed()?)), None),
            _ => return Err(HttpError::bad_request(messages::unknown_day(day))),
        })
    }
}

fn written(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(day: &str, as_of: &str, profile: &str) -> Result<CheckRequest, HttpError> {
        let given = |text: &str| Some(text.to_owned());
        CheckParams { day: given(day), as_of: given(as_of), profile: given(profile) }.request()
    }

    #[test]
    fn the_day_is_that_of_its_kind() {
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
            let request = request(day, as_of, "").unwrap();
            assert_eq!((request.as_of, request.signing), expected, "{day} {as_of}");
        }
        for (day, as_of) in [("date", ""), ("signing", "hôm qua"), ("", "26/13"), ("yesterday", "")] {
            assert!(request(day, as_of, "").is_err(), "{day} {as_of}");
        }
    }

    #[test]
    fn the_profile_is_one_of_three_or_left_to_the_document() {
        assert_eq!(request("", "", "party").unwrap().profile, Some(Profile::Party));
        assert_eq!(request("", "", "auto").unwrap().profile, None);
        assert!(request("", "", "Party").is_err());
    }
}
