//! # A short form that stands for nothing
//!
//! ## What it does
//! Reports a kind and a number without symbol ("Thông tư 22", "Thông tư số 32/2020") for which the draft has no full citation, no
//! definition, and the register no name in use. A number that merely counts ("Kế hoạch 5 năm") is none. Where exactly one registered instrument has that kind, number and year, it
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

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::cite::MentionKind;
use crate::law::{Instrument, Key};
use crate::text::fold;

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

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let citation = context.citation;
    let mention = &citation.mention;
    // A name that the register knows by alias is in use; a number with its year but no symbol is none.
    let nameless = citation.target.is_none() || mention.year.is_some();
    let cited = citation.candidates.iter().any(|key| context.also_cites(key));
    let several = !citation.candidates.is_empty() && (mention.year.is_none() || cited);
    if mention.kind != MentionKind::Short || citation.antecedent.is_some() || !nameless || several || is_torn(context) {
        return None;
    }
    let serial = mention.serial.as_deref()?;
    if !context.index.is_first_of_short(context.at) || !is_looked_up(context) {
        return None;
    }
    let known: Option<&Instrument> =
        citation.target.as_ref().or_else(|| of_issuer(context)).and_then(|key| context.register.lookup(key, None));
    let words = context.quoted();
    let (write_vi, write_en) = match known {
        Some(row) => {
            let full = wording::full_form(row, context);
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
    let fault = Violation::new(
        context,
        format!(
            "“{words}” không có ký hiệu và trong tài liệu không có văn bản số {serial} nào được viện dẫn đầy đủ. {write_vi}"
        ),
        format!("“{words}” bears no symbol, and the document cites no number {serial} in full. {write_en}"),
    );
    let number = known.and_then(|row| row.number.as_ref());
    // Other issuers have the same number that year; the register need not know them.
    let suggestion = number.map(|number| format!("{} số {number}", mention.type_word.as_deref().unwrap_or_default()));
    Some(fault.on(context.profile.citing(context.as_of)).propose(suggestion))
}

/// The one candidate of the agency that the text names.
fn of_issuer<'a>(context: &RuleContext<'a>) -> Option<&'a Key> {
    let stated = context.citation.issuer.as_ref()?.abbr.as_deref()?;
    let symbols = context.register.symbols();
    let of_agency =
        |key: &&Key| key.number.parts().any(|part| symbols.agency(part).is_some_and(|one| one.abbr == stated));
    let mut found = context.citation.candidates.iter().filter(of_agency);
    let (one, None) = (found.next()?, found.next()) else { return None };
    Some(one)
}

/// How far back on its line a short form's lead is looked at, in bytes.
const BACK: usize = 60;

/// What is before the short form on its line, folded, without blanks at its end.
fn lead(context: &RuleContext<'_>) -> String {
    let start = context.citation.mention.range.start;
    let before = &context.text[context.text.ceil_char_boundary(start.saturating_sub(BACK))..start];
    fold(before.trim_end().rsplit('\n').next().unwrap_or_default()).trim_end().to_owned()
}

/// Whether the lead says that what follows is cited: "theo", "căn cứ", "tại".
fn is_led_in(lead: &str) -> bool {
    const LEADS: [&str; 14] = [
        "theo",
        "tai",
        "cua",
        "can cu",
        "thuc hien",
        "so",
        "va",
        "trien khai",
        "(",
        ",",
        "vao",
        "quan triet",
        "cung",
        "voi",
    ];
    LEADS.iter().any(|word| lead.ends_with(word))
}

/// Whether the number may go on in a form that could not be read ("Nghị định số 1 18/2021/NĐ-CP"), or the letters before it
/// are a code that runs into it ("TT37").
fn is_torn(context: &RuleContext<'_>) -> bool {
    // A tab parts the cells of a table.
    let rest = context.text[context.citation.mention.range.end..].trim_start_matches([' ', '\u{a0}', '\r', '\n']);
    let item = rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    let next = rest.chars().next().filter(|_| !item);
    let words = context.words();
    let glued = words.find(|c: char| c.is_ascii_digit()).is_some_and(|at| words[..at].ends_with(char::is_alphabetic));
    let before = lead(context);
    // "Mẫu quyết định số 14" is a form.
    let form = ["mau", "mau so", "bieu", "bieu mau", "phu luc"].iter().any(|word| before.ends_with(word));
    // A table's columns, "phổ thông từ 15 tuổi", "mở khí quản/TT 03" only look like it.
    let broken = words.contains(['\n', '\t']) || words.starts_with(char::is_lowercase) || before.ends_with(['/', '-']);
    let abbreviated = !words.contains(char::is_lowercase);
    let said = context.citation.mention.year.is_some() || is_led_in(&before);
    form || broken
        || (abbreviated && !said)
        || glued
        || context.is_cut()
        || next.is_some_and(|c| c.is_ascii_digit() || c == '/')
}

/// Kinds whose numbers one looks up. Plans, reports and notices are counted and divided as well ("Kế hoạch 5 năm", "Báo cáo
/// 2"): theirs are checked where "số" says that it is a number, or where the words before lead in a citation. Schemes are
/// numbered as parts of the document's own ("Đề án số 2") and are checked from 10 on; programmes go by their numbers as by
/// names ("Chương trình 135") and are not.
fn is_looked_up(context: &RuleContext<'_>) -> bool {
    const ALWAYS: [&str; 6] = ["Thông tư", "Nghị định", "Quyết định", "Công văn", "Thông tư liên tịch", "Kết luận"];
    const WHERE_SAID: [&str; 10] = [
        "Chỉ thị",
        "Nghị quyết",
        "Kế hoạch",
        "Hướng dẫn",
        "Thông báo",
        "Báo cáo",
        "Công điện",
        "Tờ trình",
        "Quy định",
        "Luật",
    ];
    let mention = &context.citation.mention;
    let (word, serial) =
        (mention.type_word.as_deref().unwrap_or_default(), mention.serial.as_deref().unwrap_or_default());
    let numbered = fold(context.words()).contains(" so ");
    let said = numbered || mention.year.is_some() || is_led_in(&lead(context));
    let from_ten = serial.trim_start_matches('0').len() > 1;
    if word == "Luật" {
        // "Luật số 43" of "Luật Giáo dục số 43/2019/QH14".
        let full = |at: &usize| context.reading.citations[*at].mention.kind == MentionKind::Full;
        return numbered && !context.index.with_serial(serial).iter().any(full);
    }
    ALWAYS.contains(&word)
        || (WHERE_SAID.contains(&word) && said && (numbered || from_ten))
        || (word == "Đề án" && said && from_ten)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

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
    fn every_kind_whose_numbers_one_looks_up_is_told() {
        for (text, told) in [
            ("Làm theo Hướng dẫn số 12.", Some("Hướng dẫn số 12")),
            ("Nội dung Kế hoạch số 61 không còn phù hợp", Some("Kế hoạch số 61")),
            ("Bồi dưỡng theo Kế hoạch 118.", Some("Kế hoạch 118")),
            ("Ý kiến nêu tại Thông báo số 18", Some("Thông báo số 18")),
            ("Số liệu của Báo cáo số 15", Some("Báo cáo số 15")),
            ("Ứng phó theo Công điện số 12.", Some("Công điện số 12")),
            ("Quán triệt Chỉ thị 77, các chi bộ", Some("Chỉ thị 77")),
            ("Tiếp tục thực hiện Nghị quyết 45.", Some("Nghị quyết 45")),
            ("Công nhận theo Thông tư 77 năm 2020 của Bộ GDĐT", Some("Thông tư 77")),
            ("Quyền lợi theo Luật số 33.", Some("Luật số 33")),
            ("Thực hiện Kế hoạch 5 năm, Chương trình 3 bước", None),
            ("Thực hiện Kế hoạch 10 năm", None),
            ("Họp báo cáo 15 nội dung; Báo cáo 6 tháng", None),
            ("Luật Giáo dục số 43/2019/QH14. Theo Luật số 43, trẻ em", None),
        ] {
            let found = draft("undefined-short-form", text, "2024-06-01");
            assert_eq!(found.first().map(|one| one.words.as_str()), told, "{text}");
        }
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
