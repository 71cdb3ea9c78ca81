//! As of which day, and by which rules of form, a draft is judged, as it was asked for in a form.

use serde::Deserialize;

use crate::base::{self, AsOf, Days, Terms};
use crate::check::Profile;

use super::ask::day;
use super::error::Failure;

/// The answers to the form's questions, as they were written.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Whose day counts: `today`, `document`, `date` or `signing`. Without it `as_of` speaks for itself.
    pub day: Option<String>,
    /// A date; or one of the words of `day`.
    pub as_of: Option<String>,
    /// The name of a profile; empty for the one that the document's header shows.
    pub profile: Option<String>,
}

impl Asked {
    /// # Errors
    /// A day or a profile that is none, named.
    pub fn terms(&self) -> Result<Terms, Failure> {
        let written = |field: &Option<String>| field.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let (sort, as_of, profile) = (written(&self.day), written(&self.as_of), written(&self.profile));
        let date = || if as_of.is_empty() { Err(no_date()) } else { day(Some(&as_of)) };
        let (on, signed) = (|day| (Some(AsOf::Day(day)), None), |day| (None, Some(day)));
        let (as_of, signing) = match if sort.is_empty() { &*as_of } else { &*sort } {
            "" | "today" => (Some(AsOf::Today), None),
            "document" => (Some(AsOf::Document), None),
            "signing" => signed(date()?),
            "date" => on(date()?),
            _ if sort.is_empty() => on(date()?),
            _ => {
                return Err(Failure::bad_request(
                    format!("Không có cách chọn ngày “{sort}”; chọn today, document, date hoặc signing."),
                    format!("There is no day “{sort}”; choose today, document, date or signing."),
                ));
            }
        };
        let profile = match &*profile {
            "" | "auto" => None,
            name => Some(Profile::parse(name).ok_or_else(|| {
                Failure::bad_request(
                    format!("Không có loại thể thức “{name}”; chọn admin, normative hoặc party."),
                    format!("There is no profile “{name}”; choose admin, normative or party."),
                )
            })?),
        };
        Ok(Terms { days: Days { as_of, signing, today: base::today() }, profile })
    }
}

fn no_date() -> Failure {
    Failure::bad_request(
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
