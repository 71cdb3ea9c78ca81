//! The sentences of findings: how an instrument is named as one should write it, and what a statement about it
//! rests on.

use super::case::Case;
use super::date_style::figures;
use crate::law::{Confidence, Force, Instrument, Relation};

/// An instrument as a text should cite it, in Vietnamese whatever the language of the message: `Thông tư số
/// 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo`. The date is in the style of the citation.
pub(super) fn full_form(instrument: &Instrument, case: &Case<'_>) -> String {
    let mut out = heading(instrument);
    if let Some(number) = &instrument.number {
        out.push_str(&format!(" số {number}"));
    }
    if let Some(issued) = instrument.issued {
        out.push_str(&format!(" ngày {}", case.date_in_style(issued)));
    }
    if !instrument.issuer.is_empty() {
        out.push_str(&format!(" của {}", instrument.issuer));
    }
    out
}

/// The type word, or the name of an instrument that is cited by name.
fn heading(instrument: &Instrument) -> String {
    let named = ["Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"].contains(&instrument.kind.as_str());
    if named && instrument.title.starts_with(&instrument.kind) {
        instrument.title.clone()
    } else {
        instrument.kind.clone()
    }
}

/// The instrument that acts in a relation: as the register names it, else its bare number.
pub(super) fn actor(relation: &Relation, case: &Case<'_>) -> String {
    match case.register.lookup(&relation.from, None) {
        Some(instrument) => full_form(instrument, case),
        None => format!("văn bản số {}", relation.from.number),
    }
}

/// The title in quotation marks, where the register knows one that is no name; else nothing.
pub(super) fn title(instrument: &Instrument) -> String {
    if instrument.title.is_empty() || heading(instrument) == instrument.title {
        return String::new();
    }
    format!(" (“{}”)", instrument.title.trim_matches(['"', '“', '”']))
}

/// What is said of the evidence, in both languages: source, confidence, and up to which day it reaches where
/// the state of the instrument rests on no date of its own.
pub(super) fn evidence(instrument: &Instrument) -> (String, String) {
    let undated = instrument.force == Force::Ended && instrument.ended.is_none();
    let seen = instrument.force_as_of.filter(|_| undated);
    let (mut vi, mut en) = grounds(&instrument.source, instrument.confidence);
    if let Some(seen) = seen {
        vi.push_str(&format!("; theo nguồn cập nhật đến {}", figures(seen)));
        en.push_str(&format!("; as known on {seen}"));
    }
    (vi, en)
}

/// Source and confidence of a fact, in both languages.
pub(super) fn grounds(source: &str, confidence: Confidence) -> (String, String) {
    let (vi, en) = match confidence {
        Confidence::Verified => ("đã đối chiếu", "verified"),
        Confidence::Likely => ("có khả năng đúng", "likely"),
        Confidence::Unsure => ("chưa chắc chắn", "unsure"),
    };
    // Who has compared the fact with a source need not say that some part of it was not.
    let checked: Vec<&str> = source.split("; ").filter(|part| !part.contains("not checked against a source")).collect();
    let checked = checked.join("; ");
    let source = if confidence == Confidence::Verified { checked.as_str() } else { source };
    let named = if source.is_empty() { "không ghi" } else { source };
    let in_english = if source.is_empty() { "not stated" } else { source };
    (
        format!("Nguồn của sổ đăng ký: {}; mức tin cậy: {vi}", source_vi(named)),
        format!("The register's source: {in_english}; confidence: {en}"),
    )
}

/// The register's mark of a replacement that takes effect step by step, so that the old instrument goes on for some.
pub(super) const PHASED_IN: &str = "phased in";

/// The set phrases of the register's column `source`, in Vietnamese; what is no such phrase stays as it is.
pub fn source_vi(source: &str) -> String {
    const PHRASES: [(&str, &str); 15] = [
        ("clause of", "điều khoản của"),
        ("text of the instrument", "toàn văn văn bản"),
        ("title of the instrument", "tên văn bản"),
        ("national codification", "Bộ pháp điển"),
        ("dropped from the codification", "đã đưa ra khỏi Bộ pháp điển"),
        ("national database of legal documents", "Cơ sở dữ liệu quốc gia về pháp luật"),
        ("secondary public source", "nguồn công khai thứ cấp"),
        ("date as cited by other instruments", "ngày theo văn bản khác viện dẫn"),
        ("name not checked against a source", "tên chưa đối chiếu nguồn"),
        ("not checked against a source", "chưa đối chiếu nguồn"),
        ("as cited in a plan", "theo kế hoạch đã viện dẫn"),
        ("end: relation in relations.csv", "ngày hết hiệu lực theo quan hệ văn bản"),
        ("force:", "hiệu lực:"),
        ("short title", "tên rút gọn"),
        (PHASED_IN, "áp dụng theo lộ trình"),
    ];
    PHRASES.iter().fold(source.to_owned(), |source, (en, vi)| source.replace(en, vi))
}

/// `A`, `A và B`, `A, B và C`.
pub(super) fn joined(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_told_in_the_language_of_the_message() {
        let (vi, en) = grounds("clause of 24/2023/TT-BGDĐT; national codification", Confidence::Verified);
        assert_eq!(
            vi,
            "Nguồn của sổ đăng ký: điều khoản của 24/2023/TT-BGDĐT; Bộ pháp điển; mức tin cậy: đã đối chiếu"
        );
        assert_eq!(
            en,
            "The register's source: clause of 24/2023/TT-BGDĐT; national codification; confidence: verified"
        );
    }

    #[test]
    fn what_is_verified_is_not_called_unchecked() {
        let source = "national codification; not checked against a source";
        assert!(!grounds(source, Confidence::Verified).0.contains("chưa đối chiếu"));
        assert!(grounds(source, Confidence::Likely).0.contains("chưa đối chiếu nguồn"));
    }

    #[test]
    fn lists_end_with_their_word() {
        let items = ["A", "B", "C"].map(String::from);
        assert_eq!(joined(&items, "và"), "A, B và C");
        assert_eq!(joined(&items[..1], "và"), "A");
    }
}
