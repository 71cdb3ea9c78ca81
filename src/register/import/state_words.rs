//! Words and dates of national databases to values.

use crate::law::{Date, Force, parse_date};
use crate::text::fold;

/// What dumps write where they know nothing.
const NOTHING: [&str; 9] = ["null", "none", "nan", "n/a", "-", "...", "dang cap nhat", "khong xac dinh", "khong ro"];

/// Whether a cell says that it says nothing.
pub(super) fn is_empty(cell: &str) -> bool {
    cell.is_empty() || NOTHING.contains(&fold(cell).as_str())
}

/// The force that a database's word states: "Còn hiệu lực", "Hết hiệu lực toàn bộ", "Hết hiệu lực một phần", "Ngưng
/// hiệu lực", "Chưa có hiệu lực", and our own names. `None` for a word that states none we know.
pub(super) fn force(cell: &str) -> Option<Force> {
    let word = fold(cell.trim());
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| word.contains(phrase));
    if let Some(force) = Force::parse(&word) {
        return Some(force);
    }
    // Longer phrases hold shorter ones: "chưa có hiệu lực" holds "có hiệu lực".
    if is_empty(cell) || has(&["chua xac dinh", "khong xac dinh", "khong ro", "dang cap nhat"]) {
        Some(Force::Unknown)
    } else if has(&["chua co hieu luc", "sap co hieu luc", "chua den ngay", "chua hieu luc", "not yet"]) {
        Some(Force::NotYet)
    } else if has(&["mot phan", "in part", "partially", "sua doi", "bo sung"]) {
        Some(Force::InPart)
    } else if has(&["ngung hieu luc", "tam ngung", "dinh chi", "suspended"]) {
        Some(Force::Suspended)
    } else if has(&["het hieu luc", "khong con", "bi bai bo", "bi thay the", "het han", "expired", "repealed"]) {
        Some(Force::Ended)
    } else if has(&["con hieu luc", "co hieu luc", "in force", "active"]) {
        Some(Force::InForce)
    } else {
        None
    }
}

/// A day as databases write it: `26/11/2021`, `2021-11-26`, with or without a time after it.
pub(super) fn date(cell: &str) -> Option<Date> {
    parse_date(cell.split(['T', ' ']).next().unwrap_or(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_national_database() {
        for (word, wanted) in [
            ("Còn hiệu lực", Some(Force::InForce)),
            ("Hết hiệu lực toàn bộ", Some(Force::Ended)),
            ("Văn bản hết hiệu lực một phần", Some(Force::InPart)),
            ("Ngưng hiệu lực", Some(Force::Suspended)),
            ("Ngưng hiệu lực một phần", Some(Force::InPart)),
            ("Chưa có hiệu lực", Some(Force::NotYet)),
            ("ĐÃ CÓ HIỆU LỰC (15/6/2026)", Some(Force::InForce)),
            ("Còn hiệu lực (thay thế Nghị định 50/2011/NĐ-CP)", Some(Force::InForce)),
            ("Không xác định", Some(Force::Unknown)),
            ("in_part", Some(Force::InPart)),
            ("in_phapdien_2026-01", None),
        ] {
            assert_eq!(force(word), wanted, "{word}");
        }
    }

    #[test]
    fn days_with_and_without_a_time() {
        let wanted = parse_date("2021-11-26");
        for cell in ["26/11/2021", "2021-11-26", "2021-11-26T00:00:00", "26/11/2021 00:00"] {
            assert_eq!(date(cell), wanted, "{cell}");
        }
        assert_eq!(date("30/02/2021"), None);
    }
}
