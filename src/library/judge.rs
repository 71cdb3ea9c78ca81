//! The check of one document as every face asks for it: as of which day, by which rules of form, and under what the
//! office has settled.

use std::path::Path;

use crate::check::policy::{Policy, Settled};
use crate::check::{self, Profile};
use crate::cite::{self, ResolvedDocument};
use crate::law::{Date, parse_day};
use crate::read::Document;
use crate::register::Register;
use crate::text::{Lang, Message};

/// The day as of which instruments are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    Today,
    /// Each document's own date.
    Document,
    Day(Date),
}

impl AsOf {
    /// `today`, `document`, or a date as people type it.
    pub fn parse(text: &str) -> Option<AsOf> {
        match text.trim() {
            "today" => Some(AsOf::Today),
            "document" => Some(AsOf::Document),
            date => parse_day(date).map(AsOf::Day),
        }
    }
}

/// What the user said about days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub as_of: Option<AsOf>,
    /// When the drafts will be signed.
    pub signing: Option<Date>,
    pub today: Date,
}

impl Days {
    /// The day for one document, and whether it is today because the document states none. One that states no date
    /// gets the signing date for its own.
    fn of(&self, reading: &mut ResolvedDocument) -> (Date, bool) {
        if reading.header.date.is_none() {
            reading.header.date = self.signing;
        }
        match self.of_all().or(reading.header.date) {
            Some(day) => (day, false),
            None => (self.today, true),
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

/// What documents are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub days: Days,
    /// The rules of form asked for; without it those that the policy names, else those that the header shows.
    pub profile: Option<Profile>,
}

/// A document, judged.
#[derive(Debug)]
pub struct Judged {
    pub reading: ResolvedDocument,
    pub as_of: Date,
    /// By which rules of form.
    pub profile: Profile,
    pub settled: Settled,
    /// What should be known before the findings are believed; without the document's name. Remarks about its reading
    /// are the document's own.
    pub notices: Vec<Message>,
}

impl Terms {
    /// Judges a document under the policy that holds for it; `file` is its absolute path.
    pub fn judge(&self, document: &Document, register: &Register, policy: &Policy, file: &Path) -> Judged {
        let mut reading = cite::read(document, register);
        let (as_of, undated) = self.days.of(&mut reading);
        let named = self.profile.or(policy.profile);
        let profile =
            named.unwrap_or_else(|| Profile::of_text(document.text.as_str(), &reading.header, register.symbols()));
        let terms = check::CheckOptions { as_of, profile: Some(profile) };
        let found = check::check_without(document, &reading, register, &terms, &policy.off());
        let settled = policy.settle(file, document, &reading, found, self.days.today);
        let mut notices = Vec::new();
        if undated {
            notices.push(Message::new(
                "tài liệu không ghi ngày ban hành; kiểm tra tính đến hôm nay",
                "the document states no date of issue; checked as of today",
            ));
        }
        notices.extend(settled.lapsed.iter().map(|one| {
            let (rule, reason) = (one.finding.rule, &one.reason);
            let day = |lang| one.until.map(|day| day_in(day, lang)).unwrap_or_default();
            Message::new(
                format!("việc chấp nhận [{rule}] đã hết hạn ngày {} (lý do: {reason})", day(Lang::Vi)),
                format!("the acceptance of [{rule}] ran out on {} (reason: {reason})", day(Lang::En)),
            )
        }));
        Judged { reading, as_of, profile, settled, notices }
    }
}

fn day_in(day: Date, lang: Lang) -> String {
    lang.pick(day.strftime("%d/%m/%Y").to_string(), day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_read_as_people_type_it() {
        assert_eq!(AsOf::parse("today"), Some(AsOf::Today));
        assert_eq!(AsOf::parse("document"), Some(AsOf::Document));
        assert_eq!(AsOf::parse("26/01/2024"), AsOf::parse("2024-01-26"));
        assert_eq!(AsOf::parse("hôm nay"), None);
    }

    #[test]
    fn the_signing_date_counts_where_nothing_else_is_said() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let (today, signing, own) = (date("2026-05-01"), date("2026-06-01"), date("2023-01-12"));
        let judged = |as_of: Option<AsOf>, signing: Option<Date>, own: Option<Date>| {
            let mut reading = ResolvedDocument::default();
            reading.header.date = own;
            let (day, undated) = Days { as_of, signing, today }.of(&mut reading);
            (day, undated, reading.header.date)
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
