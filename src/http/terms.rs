//! As of which day, and by which rules of form, a draft is judged, as it was asked for in a form.

use serde::Deserialize;

use crate::base::{self, Base};
use crate::check::{self, Profile};
use crate::law::Date;
use crate::read::Document;
use crate::report::checked::Checked;

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

/// Whose day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Today,
    /// That of the document itself; today where it states none.
    Document,
    On(Date),
    /// The day on which the draft will be signed, which is the date of one that states none.
    Signing(Date),
}

/// What a draft is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub day: Day,
    /// `None`: the profile that the document's header shows.
    pub profile: Option<Profile>,
}

impl Asked {
    /// # Errors
    /// A day or a profile that is none, named.
    pub fn terms(&self) -> Result<Terms, Failure> {
        let written = |field: &Option<String>| field.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let (sort, as_of, profile) = (written(&self.day), written(&self.as_of), written(&self.profile));
        let date = || if as_of.is_empty() { Err(no_date()) } else { day(Some(&as_of)) };
        let day = match if sort.is_empty() { &*as_of } else { &*sort } {
            "" | "today" => Day::Today,
            "document" => Day::Document,
            "signing" => Day::Signing(date()?),
            "date" => Day::On(date()?),
            _ if sort.is_empty() => Day::On(date()?),
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
        Ok(Terms { day, profile })
    }
}

fn no_date() -> Failure {
    Failure::bad_request(
        "Chưa ghi ngày: chọn một ngày, hoặc chọn “hôm nay”.",
        "No date was given: choose a date, or choose “today”.",
    )
}

impl Terms {
    /// Checks a document. `standings` of the answer is empty: only the review sheet needs it.
    pub fn check(&self, base: &Base, document: Document) -> Checked {
        let register = base.register();
        let mut reading = base.read(&document);
        if let (Day::Signing(day), None) = (self.day, reading.header.date) {
            reading.header.date = Some(day);
        }
        let as_of = match self.day {
            Day::Today => base::today(),
            Day::Document => reading.header.date.unwrap_or_else(base::today),
            Day::On(day) | Day::Signing(day) => day,
        };
        let profile = self.profile.or_else(|| Some(Profile::of(&reading.header, register.symbols())));
        let findings = check::check_on(&document, &reading, &register, &check::Terms { as_of, profile });
        let (accepted, standings, off) = Default::default();
        Checked { document, reading, as_of, findings, accepted, known: 0, standings, off }
    }
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
        for (day, as_of, expected) in [
            ("", "", Day::Today),
            ("", "today", Day::Today),
            ("", "document", Day::Document),
            ("", " 2024-01-26", Day::On(date)),
            ("today", "2024-01-26", Day::Today),
            ("document", "2024-01-26", Day::Document),
            ("date", "2024-01-26", Day::On(date)),
            ("signing", "2024-01-26", Day::Signing(date)),
        ] {
            assert_eq!(terms(day, as_of, "").unwrap().day, expected, "{day} {as_of}");
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
