//! As of which day a draft is judged.

use crate::cite::Reading;
use crate::law::{Date, parse_day};
use crate::text::Lang;

/// The day as of which instruments are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    Today,
    /// Each document's own date.
    Document,
    Day(Date),
}

pub fn as_of(text: &str) -> Result<AsOf, String> {
    match text {
        "today" => Ok(AsOf::Today),
        "document" => Ok(AsOf::Document),
        _ => parse_day(text).map(AsOf::Day).ok_or_else(|| "today | document | YYYY-MM-DD | DD/MM/YYYY".to_owned()),
    }
}

pub fn day(text: &str) -> Result<Date, String> {
    parse_day(text).ok_or_else(|| "YYYY-MM-DD | DD/MM/YYYY".to_owned())
}

/// What the user said about days.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    pub as_of: Option<AsOf>,
    /// When the drafts will be signed.
    pub signing: Option<Date>,
    pub today: Date,
}

impl Days {
    /// The day for one document, and what the user should know about it. A document that states no date gets the
    /// signing date for its own.
    pub fn of(&self, path: &str, reading: &mut Reading, lang: Lang) -> (Date, Option<String>) {
        if reading.header.date.is_none() {
            reading.header.date = self.signing;
        }
        match (self.of_all(), reading.header.date) {
            (Some(day), _) | (None, Some(day)) => (day, None),
            (None, None) => {
                let notice = match lang {
                    Lang::Vi => format!("{path}: tài liệu không ghi ngày ban hành; kiểm tra tính đến hôm nay"),
                    Lang::En => format!("{path}: the document states no date of issue; checked as of today"),
                };
                (self.today, Some(notice))
            }
        }
    }

    /// The one day of the run, if there is one.
    pub fn of_all(&self) -> Option<Date> {
        match (self.as_of, self.signing) {
            (Some(AsOf::Day(day)), _) | (None, Some(day)) => Some(day),
            (Some(AsOf::Today), _) | (None, None) => Some(self.today),
            (Some(AsOf::Document), _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_read_as_people_type_it() {
        assert_eq!(as_of("today"), Ok(AsOf::Today));
        assert_eq!(as_of("document"), Ok(AsOf::Document));
        assert_eq!(as_of("26/01/2024"), as_of("2024-01-26"));
        assert!(as_of("hôm nay").is_err() && day("today").is_err());
    }

    #[test]
    fn the_signing_date_counts_where_nothing_else_is_said() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let (today, signing, own) = (date("2026-05-01"), date("2026-06-01"), date("2023-01-12"));
        let judged = |as_of: Option<AsOf>, signing: Option<Date>, own: Option<Date>| {
            let mut reading = Reading::default();
            reading.header.date = own;
            let (day, notice) = Days { as_of, signing, today }.of("a.txt", &mut reading, Lang::Vi);
            (day, notice.is_some(), reading.header.date)
        };
        assert_eq!(judged(None, None, Some(own)), (today, false, Some(own)));
        assert_eq!(judged(None, Some(signing), None), (signing, false, Some(signing)));
        assert_eq!(judged(None, Some(signing), Some(own)), (signing, false, Some(own)));
        assert_eq!(judged(Some(AsOf::Document), Some(signing), Some(own)), (own, false, Some(own)));
        assert_eq!(judged(Some(AsOf::Document), Some(signing), None), (signing, false, Some(signing)));
        assert_eq!(judged(Some(AsOf::Document), None, None), (today, true, None));
        assert_eq!(judged(Some(AsOf::Today), Some(signing), None), (today, false, Some(signing)));
    }
}
