//! Checks of one instrument's row, beside the tables of kinds and agencies and the relations that speak of it.

use super::{Lens, Level, LintIssue};
use crate::law::{Date, Force, Instrument, Number, format_date};

/// What laws and ordinances were made known by.
const ORDER: &str = "Lệnh";
const PROCLAIMED: [&str; 3] = ["Luật", "Bộ luật", "Pháp lệnh"];

/// The earliest day of an act of this State: the Government of 1945.
const FIRST_YEAR: i16 = 1945;

/// What is wrong with the days of a row by themselves.
pub(in crate::register) fn dates(row: &Instrument) -> Vec<LintIssue> {
    let mut faults = Vec::new();
    let begins = row.commences.or(row.issued);
    if let (Some(begins), Some(ended)) = (begins, row.ended)
        && ended < begins
    {
        faults.push(LintIssue::new(
            "dates",
            Level::Error,
            format!(
                "hết hiệu lực ngày {ended}, trước khi có hiệu lực ({begins})",
                ended = format_date(ended),
                begins = format_date(begins)
            ),
            format!("ended on {ended}, before it began ({begins})"),
        ));
    }
    if let (Some(issued), Some(commences)) = (row.issued, row.commences)
        && commences < issued
    {
        // Effect may reach back (Law 64/2025/QH15, chapter on effect). What a slip of the pen explains is no such case.
        let level = if is_slip(commences, issued) { Level::Warning } else { Level::Note };
        faults.push(LintIssue::new(
            "dates",
            level,
            format!(
                "có hiệu lực từ {commences}, trước ngày ban hành {issued}",
                commences = format_date(commences),
                issued = format_date(issued)
            ),
            format!("in force from {commences}, before it was issued on {issued}"),
        ));
    }
    let year = row.number.as_ref().and_then(Number::year);
    if let (Some(year), Some(issued)) = (year, row.issued)
        && year != issued.year()
    {
        // Numbered at the end of one year, signed at the beginning of the next.
        let level = if (year - issued.year()).abs() == 1 { Level::Warning } else { Level::Error };
        faults.push(LintIssue::new(
            "year",
            level,
            format!("số ghi năm {year} nhưng ban hành ngày {issued}", issued = format_date(issued)),
            format!("the number says {year}, the day of issue is {issued}"),
        ));
    }
    faults
}

/// Whether a day before another would come on or after it with another year, or with day and month the other way
/// round.
fn is_slip(day: Date, issued: Date) -> bool {
    let other_year = (day.month(), day.day()) == (issued.month(), issued.day());
    other_year || Date::new(day.year(), day.day(), day.month()).is_ok_and(|swapped| swapped != day && swapped >= issued)
}

impl Lens {
    pub(super) fn instrument(&self, row: &Instrument) -> Vec<LintIssue> {
        let mut faults = dates(row);
        self.beyond(row, &mut faults);
        force(row, &mut faults);
        self.kind(row, &mut faults);
        self.agency(row, &mut faults);
        self.end(row, &mut faults);
        faults.extend(super::unchecked(&row.source, row.force_as_of, row.confidence));
        faults
    }

    fn beyond(&self, row: &Instrument, faults: &mut Vec<LintIssue>) {
        for (column, day) in [("issued", row.issued), ("force_as_of", row.force_as_of)] {
            if let Some(day) = day.filter(|day| *day > self.today) {
                faults.push(LintIssue::new(
                    "dates",
                    Level::Error,
                    format!("cột {column}: ngày {day} chưa đến", day = format_date(day)),
                    format!("column {column}: {day} is in the future"),
                ));
            }
        }
        if let Some(issued) = row.issued.filter(|day| day.year() < FIRST_YEAR) {
            faults.push(LintIssue::new(
                "dates",
                Level::Warning,
                format!("ban hành ngày {issued}, trước năm {FIRST_YEAR}", issued = format_date(issued)),
                format!("issued on {issued}, before {FIRST_YEAR}"),
            ));
        }
    }

    fn kind(&self, row: &Instrument, faults: &mut Vec<LintIssue>) {
        let symbols = &self.held.symbols;
        let kinds: Vec<_> = symbols.kinds_of_word(&row.kind).collect();
        if kinds.is_empty() {
            let (vi, en) = match row.kind.as_str() {
                "" => ("không ghi loại văn bản".to_owned(), "no kind".to_owned()),
                kind => (
                    format!("loại “{kind}” không có trong kinds.csv"),
                    format!("the kind “{kind}” is not in kinds.csv"),
                ),
            };
            faults.push(LintIssue::new("kind", Level::Error, vi, en));
            return;
        }
        let Some(head) = row.number.as_ref().and_then(|number| number.parts().next()) else { return };
        // A body that stands first ("TC-QĐ", "BYT-QĐ") says nothing of the kind.
        let said: Vec<_> = symbols.kinds_of_abbr(head).map(|kind| kind.name.as_str()).collect();
        let kind = kinds[0].name.as_str();
        // "Thông tư liên bộ" is a "Thông tư"; before 1993 laws and ordinances bore the number of the order (Lệnh) that
        // made them known.
        let fits = |said: &str| kind.starts_with(said) || said == ORDER && PROCLAIMED.contains(&kind);
        if !said.is_empty() && symbols.agency(head).is_none() && !said.iter().any(|said| fits(said)) {
            let (said, kind) = (said.join(", "), &row.kind);
            faults.push(LintIssue::new(
                "kind",
                Level::Warning,
                format!("ký hiệu {head} là {said}, cột loại ghi {kind}"),
                format!("{head} in the symbol is {said}, the column says {kind}"),
            ));
        }
    }

    fn agency(&self, row: &Instrument, faults: &mut Vec<LintIssue>) {
        let Some(number) = &row.number else { return };
        let symbols = &self.held.symbols;
        let is_kind = |part: &str| symbols.kinds_of_abbr(part).next().is_some();
        // In a dispatch what follows its issuer is the unit that drew it up, of which no table could be kept.
        let dispatch = number.parts().next().is_some_and(|head| !is_kind(head) && symbols.agency(head).is_some());
        let unknown = number.parts().enumerate().take(if dispatch { 1 } else { usize::MAX }).find(|(at, part)| {
            // "HĐND8", "NHNN2": a term, or a unit.
            let body = part.trim_end_matches(|c: char| c.is_ascii_digit());
            !(is_kind(part)
                || symbols.agency(part).is_some()
                || symbols.agency(body).is_some()
                || *at > 0 && body.is_empty())
        });
        if let Some((_, part)) = unknown {
            faults.push(LintIssue::new(
                "agency",
                Level::Warning,
                format!("“{part}” trong ký hiệu không có trong agencies.csv hay kinds.csv"),
                format!("“{part}” in the symbol is neither in agencies.csv nor in kinds.csv"),
            ));
        }
    }

    /// An end should have an act that brought it about, unless a day is known by which it came by itself.
    fn end(&self, row: &Instrument, faults: &mut Vec<LintIssue>) {
        let Some(key) = row.key().filter(|_| row.force == Force::Ended && row.ended.is_none()) else { return };
        let acts = self.held.relations_of(&key.number.folded()).any(|relation| {
            relation.treatment.ends()
                && relation.provision.is_none()
                && relation.to.number.folded() == key.number.folded()
        });
        if !acts {
            faults.push(LintIssue::new(
                "end",
                Level::Note,
                "hết hiệu lực nhưng không rõ từ ngày nào và do văn bản nào",
                "ended, but neither the day nor the act that ended it is known",
            ));
        }
    }
}

fn force(row: &Instrument, faults: &mut Vec<LintIssue>) {
    let seen = row.force_as_of;
    match (row.force, row.ended) {
        (Force::InForce | Force::InPart | Force::Suspended | Force::NotYet, Some(ended))
            if seen.is_none_or(|seen| seen >= ended) =>
        {
            faults.push(LintIssue::new(
                "force",
                Level::Error,
                format!("ghi {} nhưng đã hết hiệu lực từ {ended}", row.force, ended = format_date(ended)),
                format!("said to be {}, ended on {ended}", row.force),
            ));
        }
        _ => {}
    }
    if row.force == Force::NotYet
        && let (Some(commences), Some(seen)) = (row.commences, seen)
        && commences <= seen
    {
        faults.push(LintIssue::new(
            "force",
            Level::Warning,
            format!(
                "ghi chưa có hiệu lực vào ngày {seen}, nhưng có hiệu lực từ {commences}",
                seen = format_date(seen),
                commences = format_date(commences)
            ),
            format!("said not to be in force on {seen}, in force from {commences}"),
        ));
    }
}
