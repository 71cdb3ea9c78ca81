//! An imported row beside the one that is there: what it confirms, what it adds, where it says otherwise.

use crate::law::{Confidence, Date, Force, Instrument, Relation};
use crate::register::Symbols;
use crate::text::{fold, one_line};

/// A fact that is there and another that would take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The column: `ended`.
    pub column: &'static str,
    /// What is there; empty where nothing is.
    pub old: String,
    pub new: String,
}

/// Whose word counts where two sources differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefer {
    #[default]
    Existing,
    Imported,
}

/// The row that two rows make, and how it differs from the first.
pub(super) struct Merged<T> {
    pub row: T,
    /// What the row did not say before, or says otherwise now.
    pub changes: Vec<Change>,
    /// Facts on which the rows differ.
    pub conflicts: Vec<Change>,
}

/// Takes over what a row lacks, and what it says otherwise where the import is preferred.
struct Merge {
    prefer: Prefer,
    changes: Vec<Change>,
    conflicts: Vec<Change>,
}

impl Merge {
    fn new(prefer: Prefer) -> Merge {
        Merge { prefer, changes: Vec::new(), conflicts: Vec::new() }
    }

    /// Whether the new value was taken.
    fn field<T: Clone>(
        &mut self,
        column: &'static str,
        there: &mut T,
        new: &T,
        shown: impl Fn(&T) -> String,
        same: impl Fn(&T, &T) -> bool,
    ) -> bool {
        let (old, wanted) = (shown(there), shown(new));
        if wanted.is_empty() || (!old.is_empty() && same(there, new)) {
            return false;
        }
        let change = Change { column, old: old.clone(), new: wanted };
        if !old.is_empty() {
            self.conflicts.push(change.clone());
            if self.prefer == Prefer::Existing {
                return false;
            }
        }
        self.changes.push(change);
        there.clone_from(new);
        true
    }

    fn day(&mut self, column: &'static str, there: &mut Option<Date>, new: &Option<Date>) -> bool {
        self.field(column, there, new, |day| day.map_or(String::new(), |day| day.to_string()), PartialEq::eq)
    }

    fn text(&mut self, column: &'static str, there: &mut String, new: &String, same: impl Fn(&str, &str) -> bool) {
        self.field(column, there, new, String::clone, |a, b| same(a, b));
    }

    /// The day of confirmation only ever moves on.
    fn confirmed(&mut self, column: &'static str, there: &mut Option<Date>, new: Option<Date>) {
        if new > *there {
            let shown = |day: &Option<Date>| day.map_or(String::new(), |day| day.to_string());
            self.changes.push(Change { column, old: shown(there), new: shown(&new) });
            *there = new;
        }
    }

    /// Where the facts come from, once some of them come from elsewhere: each source once.
    fn source(&mut self, there: &mut String, new: &str) {
        if self.changes.is_empty() {
            return;
        }
        for source in new.split("; ").filter(|source| !source.is_empty()) {
            if there.split("; ").any(|one| one == source) {
                continue;
            }
            if !there.is_empty() {
                there.push_str("; ");
            }
            there.push_str(source);
        }
    }
}

/// An instrument's row and what another source says of it.
pub(super) fn instruments(
    there: &Instrument,
    new: &Instrument,
    prefer: Prefer,
    symbols: &Symbols,
) -> Merged<Instrument> {
    let mut row = there.clone();
    let mut merge = Merge::new(prefer);
    merge.text("kind", &mut row.kind, &new.kind, |a, b| fold(a) == fold(b));
    merge.text("title", &mut row.title, &new.title, same_title);
    merge.text("issuer", &mut row.issuer, &new.issuer, |a, b| same_issuer(a, b, symbols));
    merge.day("issued", &mut row.issued, &new.issued);
    merge.day("commences", &mut row.commences, &new.commences);
    merge.day("ended", &mut row.ended, &new.ended);
    let known = |force: &Force| if *force == Force::Unknown { String::new() } else { force.to_string() };
    let taken = merge.field("force", &mut row.force, &new.force, known, PartialEq::eq);
    if taken && row.force != Force::Ended && new.ended.is_none() && row.ended.is_some() {
        // The day of an end that the preferred source denies.
        merge.changes.push(Change {
            column: "ended",
            old: row.ended.map_or(String::new(), |day| day.to_string()),
            new: String::new(),
        });
        row.ended = None;
    }
    // The day speaks of the force: it moves on only with a source that says the same of it.
    if new.force == row.force {
        merge.confirmed("force_as_of", &mut row.force_as_of, new.force_as_of);
    }
    if row.confidence == Confidence::Unsure && new.confidence > Confidence::Unsure && !merge.changes.is_empty() {
        row.confidence = new.confidence;
    }
    merge.source(&mut row.source, &new.source);
    Merged { row, changes: merge.changes, conflicts: merge.conflicts }
}

/// A relation and what another source says of it.
pub(super) fn relations(there: &Relation, new: &Relation, prefer: Prefer) -> Merged<Relation> {
    let mut row = there.clone();
    let mut merge = Merge::new(prefer);
    merge.day("date", &mut row.date, &new.date);
    // Of an end, "the whole" is a statement, no gap; of anything else nobody says so. Words for a provision differ without
    // meaning.
    if there.treatment.ends() && row.provision.is_some() != new.provision.is_some() {
        let shown = |provision: &Option<String>| provision.clone().unwrap_or_else(|| "*".to_owned());
        let new = new.provision.clone();
        merge.field("provision", &mut row.provision, &new, shown, PartialEq::eq);
    }
    merge.confirmed("confirmed", &mut row.confirmed, new.confirmed);
    merge.source(&mut row.source, &new.source);
    Merged { row, changes: merge.changes, conflicts: merge.conflicts }
}

/// Titles are cut short, quoted and led in by "Về việc" as each source likes.
fn same_title(a: &str, b: &str) -> bool {
    let bare = |title: &str| {
        let words = fold(title).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
        one_line(&words)
    };
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    // A law's short name inside that of the law that amends it is another name.
    a == b || (short.len() >= 30 && (long.starts_with(short.as_str()) || long.ends_with(short.as_str())))
}

/// The same agency by whatever name; where a name is not known, nothing can be set against it.
fn same_issuer(a: &str, b: &str, symbols: &Symbols) -> bool {
    let agencies = |names: &str| -> Vec<String> {
        let mut found = Vec::new();
        for (at, _) in names.char_indices().filter(|(at, _)| *at == 0 || names[..*at].ends_with([' ', ';', ','])) {
            if let Some((agency, _)) = symbols.agency_named_at(&names[at..]) {
                found.push(agency.abbr.clone());
            }
        }
        found
    };
    let (a, b) = (agencies(a), agencies(b));
    a.is_empty() || b.is_empty() || a.iter().any(|abbr| b.contains(abbr))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Number;
    use crate::register::Register;

    fn row(force: Force, ended: Option<&str>, source: &str) -> Instrument {
        Instrument {
            number: Number::parse("22/2020/TT-BGDĐT"),
            kind: "Thông tư".into(),
            title: "Quy định về đánh giá, xếp loại đơn vị học tập".into(),
            issuer: "Bộ Giáo dục và Đào tạo".into(),
            locality: None,
            issued: "2020-08-06".parse().ok(),
            commences: None,
            ended: ended.and_then(|day| day.parse().ok()),
            force,
            force_as_of: "2026-01-31".parse().ok(),
            confidence: Confidence::Likely,
            source: source.into(),
        }
    }

    #[test]
    fn what_is_missing_is_filled_in_and_what_differs_is_told() {
        let register = Register::bundled();
        let there = row(Force::Unknown, None, "national codification 2026-01");
        let mut new = row(Force::Ended, Some("2024-01-26"), "Cổng");
        new.issued = "2020-08-16".parse().ok();
        let merged = instruments(&there, &new, Prefer::Existing, register.symbols());
        let columns = |changes: &[Change]| changes.iter().map(|change| change.column).collect::<Vec<_>>();
        assert_eq!(columns(&merged.changes), ["ended", "force"]);
        assert_eq!(columns(&merged.conflicts), ["issued"]);
        assert_eq!(merged.row.issued, there.issued);
        assert_eq!(merged.row.source, "national codification 2026-01; Cổng");
        // Once more: nothing is new, the conflict stands.
        let again = instruments(&merged.row, &new, Prefer::Existing, register.symbols());
        assert_eq!((again.changes.len(), again.conflicts.len()), (0, 1));
        let preferred = instruments(&there, &new, Prefer::Imported, register.symbols());
        assert_eq!(preferred.row.issued, new.issued);
    }

    #[test]
    fn an_end_that_the_preferred_source_denies_goes() {
        let register = Register::bundled();
        let there = row(Force::Ended, Some("2024-01-26"), "a");
        let new = row(Force::InForce, None, "b");
        let kept = instruments(&there, &new, Prefer::Existing, register.symbols());
        assert_eq!((kept.row.force, kept.row.ended), (Force::Ended, there.ended));
        let taken = instruments(&there, &new, Prefer::Imported, register.symbols());
        assert_eq!((taken.row.force, taken.row.ended), (Force::InForce, None));
    }

    #[test]
    fn titles_and_issuers_differ_by_habit_alone() {
        assert!(same_title("Quy định về đánh giá…", "QUY ĐỊNH VỀ ĐÁNH GIÁ"));
        assert!(same_title("Về việc ban hành Chương trình Xóa mù chữ", "Ban hành Chương trình xóa mù chữ"));
        assert!(!same_title("Luật Giáo dục", "Luật Giáo dục đại học"));
        let register = Register::bundled();
        let same = |a: &str, b: &str| same_issuer(a, b, register.symbols());
        assert!(same("Bộ Giáo dục và Đào tạo", "Bộ trưởng Bộ Giáo dục và Đào tạo"));
        assert!(!same("Bộ Giáo dục và Đào tạo", "Chính phủ"));
    }
}
