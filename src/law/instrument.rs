//! One official act, and what one does to another, as the register knows them.

use serde::{Deserialize, Serialize};

use super::{Date, Force, InstrumentId, Key, Locality, Number, Treatment};

/// How well a fact is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    #[default]
    Unsure,
    Likely,
    /// A source states it.
    Verified,
}

impl Confidence {
    /// The name used in files and machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Unsure => "unsure",
            Confidence::Likely => "likely",
            Confidence::Verified => "verified",
        }
    }

    /// The confidence of a name that [`Confidence::as_str`] gives.
    pub fn parse(name: &str) -> Option<Confidence> {
        [Confidence::Unsure, Confidence::Likely, Confidence::Verified]
            .into_iter()
            .find(|confidence| confidence.as_str() == name)
    }
}

/// Văn bản: an official act with a number, or an established name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// `None` for those known by name alone (the Constitution).
    pub number: Option<Number>,
    /// The type word: `Thông tư`.
    pub kind: String,
    /// Trích yếu; for laws the full name, `Luật Giáo dục`.
    pub title: String,
    /// The agency that issued it, by name.
    pub issuer: String,
    /// The place of a local issuer.
    pub locality: Option<Locality>,
    /// The date of issue.
    pub issued: Option<Date>,
    /// The date on which it comes into force.
    pub commences: Option<Date>,
    /// The first date on which it is no longer in force.
    pub ended: Option<Date>,
    /// Its state on `force_as_of`.
    pub force: Force,
    /// The date up to which the evidence for `force` reaches: when the facts were last confirmed.
    pub force_as_of: Option<Date>,
    /// How well the facts are supported.
    pub confidence: Confidence,
    /// Where the facts come from.
    pub source: String,
}

impl Instrument {
    /// `None` for instruments without a number.
    pub fn key(&self) -> Option<Key> {
        self.number.clone().map(|number| Key::new(number, self.issued))
    }

    /// Its identity.
    pub fn id(&self) -> InstrumentId {
        match self.key() {
            Some(key) => key.id_in(self.locality.as_ref()),
            None => InstrumentId::of_title(&self.title, self.issued),
        }
    }

    /// Force on a day, from the dates alone where they are known (Law 64/2025/QH15, chapter on effect: an
    /// instrument binds from its commencement until a later one ends it). A state without dates counts from the
    /// day the evidence for it reaches; before that day nothing is known of an ended instrument.
    pub fn force_on(&self, day: Date) -> Force {
        let first = self.commences.or(self.issued);
        force_on(self.force, self.commences.is_some(), first, self.ended, self.force_as_of, day)
    }
}

/// [`Instrument::force_on`] for days of any form that sorts: the state, whether the day of commencement is known, the
/// first day (of commencement, else of issue), the end, the day the evidence reaches, the day asked about.
pub fn force_on<D: Ord + Copy>(
    state: Force,
    commences: bool,
    first: Option<D>,
    ended: Option<D>,
    seen: Option<D>,
    day: D,
) -> Force {
    if ended.is_some_and(|ended| day >= ended) {
        return Force::Ended;
    }
    if first.is_some_and(|first| day < first) {
        return Force::NotYet;
    }
    match state {
        Force::Ended if ended.is_some() => Force::InForce,
        Force::Ended if seen.is_none_or(|seen| day >= seen) => Force::Ended,
        Force::Ended => Force::Unknown,
        Force::NotYet if commences => Force::InForce,
        Force::NotYet => Force::Unknown,
        force => force,
    }
}

/// Instrument `from` treats `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The instrument that acts.
    pub from: Key,
    /// What it does.
    pub treatment: Treatment,
    /// The instrument treated.
    pub to: Key,
    /// The date from which it holds.
    pub date: Option<Date>,
    /// The provision treated, in words; `None` if the whole instrument is, or if it is not known which.
    pub provision: Option<String>,
    /// The date on which it was last confirmed.
    pub confirmed: Option<Date>,
    /// How well the relation is supported.
    pub confidence: Confidence,
    /// Where it comes from.
    pub source: String,
}

/// The source of a relation whose act takes effect in steps: it ends nothing on one date.
pub const PHASED_IN: &str = "phased in";

/// The source of a fact that was never checked against one.
pub const UNCHECKED: &str = "not checked against a source";

#[cfg(test)]
mod tests {
    use super::*;

    fn instrument(commences: &str, ended: Option<&str>, force: Force) -> Instrument {
        Instrument {
            number: Number::parse("22/2020/TT-BGDĐT"),
            kind: "Thông tư".into(),
            title: String::new(),
            issuer: String::new(),
            locality: None,
            issued: Some("2020-08-06".parse().unwrap()),
            commences: Some(commences.parse().unwrap()),
            ended: ended.map(|date| date.parse().unwrap()),
            force,
            force_as_of: Some("2026-01-31".parse().unwrap()),
            confidence: Confidence::Likely,
            source: String::new(),
        }
    }

    #[test]
    fn force_follows_the_dates() {
        let ended = instrument("2020-09-21", Some("2024-01-26"), Force::Ended);
        for (day, force) in [
            ("2020-09-20", Force::NotYet),
            ("2020-09-21", Force::InForce),
            ("2024-01-25", Force::InForce),
            ("2024-01-26", Force::Ended),
        ] {
            assert_eq!(ended.force_on(day.parse().unwrap()), force, "{day}");
        }
    }

    #[test]
    fn an_end_without_a_day_is_unknown_before_the_evidence() {
        let ended = instrument("2020-09-21", None, Force::Ended);
        assert_eq!(ended.force_on("2023-01-01".parse().unwrap()), Force::Unknown);
        assert_eq!(ended.force_on("2026-02-01".parse().unwrap()), Force::Ended);
    }
}
