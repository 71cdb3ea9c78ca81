//! # A short form that stands for nothing
//!
//! ## What it does
//! Reports a kind and a number without symbol ("Thông tư 22", "Thông tư số 32/2020") for which the draft has no full citation, no
//! definition, and the register no name in use. Where exactly one registered instrument has that kind, number and year, it
//! is named. Told once for each short form.
//!
//! ## Why
//! Every year and every issuer has a "Thông tư 22". The reader cannot look it up.
//!
//! ## Example
//! ```text
//! Việc đánh giá thực hiện theo Thông tư số 32/2020.
//! ```
//!
//! ## Use instead
//! ```text
//! Việc đánh giá thực hiện theo Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020 của Bộ trưởng Bộ Giáo dục và Đào tạo …
//! ```
//! at the first mention, the short form from then on.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: at its first mention a cited document is named in full. Normative documents:
//! Decree 78/2025/NĐ-CP, before it article 75 of Decree 34/2016/NĐ-CP.

use super::super::case::Case;
use super::super::finding::Severity;
use super::super::rule::{Fault, Rule};
use super::super::wording;
use crate::cite::{Citation, MentionKind};
use crate::law::{Instrument, Key};

pub(super) static RULE: Rule = Rule {
    name: "undefined-short-form",
    title_vi: "tên viết tắt không rõ chỉ văn bản nào",
    severity: Severity::Warning,
    law: None,
    yields_to: &[],
    source: include_str!("undefined_short_form.rs"),
    page_vi: include_str!("undefined_short_form.vi.md"),
    judge,
};

fn judge(case: &Case<'_>) -> Option<Fault> {
    let citation = case.citation;
    let mention = &citation.mention;
    // A name that the register knows by alias is in use; a number with its year but no symbol is none.
    let nameless = citation.target.is_none() || mention.year.is_some();
    let cited = citation.candidates.iter().any(|key| case.also_cites(key));
    let several = !citation.candidates.is_empty() && (mention.year.is_none() || cited);
    if mention.kind != MentionKind::Short || citation.antecedent.is_some() || !nameless || several || is_torn(case) {
        return None;
    }
    let serial = mention.serial.as_deref()?;
    let same = |other: &Citation| {
        other.mention.kind == MentionKind::Short
            && (&other.mention.type_word, &other.mention.serial) == (&mention.type_word, &mention.serial)
    };
    if case.reading.citations[..case.at].iter().any(same) || follows_the_law(case) {
        return None;
    }
    let known: Option<&Instrument> =
        citation.target.as_ref().or_else(|| of_issuer(case)).and_then(|key| case.register.lookup(key, None));
    let words = case.quoted();
    let (write_vi, write_en) = match known {
        Some(row) => {
            let full = wording::full_form(row, case);
            (
                format!("Có thể là {full}; viết đầy đủ ở lần đầu."),
                format!("Perhaps {full}; write it in full the first time."),
            )
        }
        None => (
            "Viết đầy đủ số, ký hiệu, ngày và cơ quan ban hành ở lần đầu.".to_owned(),
            "Write number, symbol, date and issuer in full the first time.".to_owned(),
        ),
    };
    let fault = Fault::new(
        case,
        format!(
            "“{words}” không có ký hiệu và trong tài liệu không có văn bản số {serial} nào được viện dẫn đầy đủ. {write_vi}"
        ),
        format!("“{words}” bears no symbol, and the document cites no number {serial} in full. {write_en}"),
    );
    let number = known.and_then(|row| row.number.as_ref());
    // Other issuers have the same number that year; the register need not know them.
    let suggestion = number.map(|number| format!("{} số {number}", mention.type_word.as_deref().unwrap_or_default()));
    Some(fault.on(case.profile.citing(case.as_of)).propose(suggestion))
}

/// The one candidate of the agency that the text names.
fn of_issuer<'a>(case: &Case<'a>) -> Option<&'a Key> {
    let stated = case.citation.issuer.as_ref()?.abbr.as_deref()?;
    let symbols = case.register.symbols();
    let of_agency =
        |key: &&Key| key.number.parts().any(|part| symbols.agency(part).is_some_and(|one| one.abbr == stated));
    let mut found = case.citation.candidates.iter().filter(of_agency);
    let (one, None) = (found.next()?, found.next()) else { return None };
    Some(one)
}

/// Whether the number may go on in a form that could not be read ("Nghị định số 1 18/2021/NĐ-CP"), or the letters before it
/// are a code that runs into it ("TT37").
fn is_torn(case: &Case<'_>) -> bool {
    let next = case.text[case.citation.mention.range.end..].trim_start().chars().next();
    let words = case.words();
    let glued = words.find(|c: char| c.is_ascii_digit()).is_some_and(|at| words[..at].ends_with(char::is_alphabetic));
    // "Mẫu quyết định số 14" is a form.
    let before = crate::text::fold(
        case.text[..case.citation.mention.range.start].trim_end().rsplit('\n').next().unwrap_or_default(),
    );
    let form = ["mau", "mau so", "bieu", "bieu mau", "phu luc"].iter().any(|word| before.trim_end().ends_with(word));
    // A table's columns, "phổ thông từ 15 tuổi", "mở khí quản/TT 03" only look like it.
    let broken = words.contains('\n') || words.starts_with(char::is_lowercase) || before.ends_with(['/', '-']);
    let abbreviated = !words.contains(char::is_lowercase);
    let lead = ["theo", "tai", "cua", "can cu", "thuc hien", "so", "va", "trien khai", "(", ","];
    let said = case.citation.mention.year.is_some() || lead.iter().any(|word| before.trim_end().ends_with(word));
    form || broken
        || (abbreviated && !said)
        || glued
        || case.is_cut()
        || next.is_some_and(|c| c.is_ascii_digit() || c == '/')
}

/// Plans and programmes of many years are spoken of by their number of years or phases, tasks or parts of the document's own
/// by their place in it: "Chương trình 5", "Đề án số 2". Only kinds whose numbers one looks up are judged, and a plan's
/// where "số" says that it is a number.
fn follows_the_law(case: &Case<'_>) -> bool {
    const LOOKED_UP: [&str; 9] = [
        "Thông tư",
        "Nghị định",
        "Quyết định",
        "Chỉ thị",
        "Nghị quyết",
        "Công văn",
        "Thông tư liên tịch",
        "Kết luận",
        "Pháp lệnh",
    ];
    let word = case.citation.mention.type_word.as_deref().unwrap_or_default();
    !LOOKED_UP.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::super::bench::draft;

    #[test]
    fn what_stands_for_nothing_is_told_once() {
        let found = draft(
            "undefined-short-form",
            "Thực hiện Thông tư số 77 và Công văn 1234. Theo Thông tư 77, …",
            "2024-06-01",
        );
        let words: Vec<&str> = found.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, ["Thông tư số 77", "Công văn 1234"]);
        assert!(found[0].basis.contains("Nghị định 30/2020/NĐ-CP"), "{found:?}");
    }

    #[test]
    fn a_number_with_its_year_names_the_one_it_may_be() {
        let found = draft("undefined-short-form", "Đánh giá theo Thông tư số 24/2020.", "2024-06-01");
        assert_eq!(found[0].suggestion.as_deref(), Some("Thông tư số 24/2020/TT-BGDĐT"));
        assert!(!found[0].safe);
    }

    #[test]
    fn what_was_cited_in_full_is_right() {
        for text in [
            "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020. Theo Thông tư 22, các trường …",
            "Thực hiện Kế hoạch 5 năm; Chương trình số 2 của kế hoạch này",
        ] {
            assert_eq!(draft("undefined-short-form", text, "2024-06-01"), [], "{text}");
        }
    }
}
