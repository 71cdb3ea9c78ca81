//! # The instrument cited has been replaced by another
//!
//! ## What it does
//! Reports a citation of an instrument that a later one has replaced as a whole by the day of the check, and names the
//! last one of the chain: what to cite now, and the way to it where it has several steps. The text proposed keeps the
//! style of the draft; it is written unasked (`--fix`) only where every step of the chain is certain (the replacements
//! and the successor have been compared with their sources), no short form of the draft stands for the old instrument,
//! no other rule doubts which instrument is meant, the citation is no member of a list, and date, issuer and name can be
//! exchanged with the number. Where the successor already stands among the bases or in the same sentence, the finding
//! says to strike the citation. Where the replacement goes by steps (grade after grade), it says so, and is silent if
//! the sentence names the grades or a school year before the last step. A replacement of single provisions is not
//! reported here. A text that itself replaces, repeals or amends the instrument, or tells that it has ended, is not
//! blamed.
//!
//! ## Why
//! A plan that rests on a replaced regulation directs people to duties that no longer exist, and an office that
//! reviews drafts will send it back.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ trưởng Bộ Giáo dục và Đào tạo;
//! ```
//!
//! ## Use instead
//! ```text
//! Căn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo;
//! ```
//! Read the new instrument first: provisions and terms may have changed. Where the text must speak of the old one,
//! say so: "(đã được thay thế bởi …)".
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: an instrument ceases to
//! have effect when a new one of the same authority replaces it. The fact itself comes from the register; the
//! finding names its source and how certain it is.

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::succession::Succession;
use super::super::{successor, wording};
use crate::law::{Confidence, Force, Relation};
use crate::text::Pattern;
use crate::text::one_line;

pub(super) static RULE: Rule = Rule {
    name: "replaced",
    title_vi: "đã bị thay thế",
    severity: Severity::Error,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, chương về hiệu lực của văn bản",
        "Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect",
    )),
    yields_to: &[],
    source: include_str!("replaced.rs"),
    page_vi: include_str!("replaced.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let chain = Succession::of(context);
    let first = chain.first()?;
    let right_by_name = context.is_bare_name() && chain.last.iter().all(|relation| bears_name(relation, context));
    if right_by_name || !context.reports_instrument_faults() {
        return None;
    }
    let instrument = context.instrument();
    let doubtful = match context.force() {
        Force::Ended => instrument.is_some_and(|row| row.confidence == Confidence::Unsure),
        // The register has no state of its own to set against the clause that replaced it.
        Force::Unknown if is_clear(first) => true,
        _ => return None,
    };
    let since = instrument.and_then(|row| row.ended).or(first.date);
    let when_vi = since.map_or(String::new(), |day| format!(" từ ngày {}", figures(day)));
    let when_en = since.map_or(String::new(), |day| format!(" as of {day}"));
    let actors: Vec<String> = chain.last.iter().map(|relation| wording::actor(relation, context)).collect();
    let title = match chain.last.as_slice() {
        [one] => context.register.lookup(&one.from, None).map_or(String::new(), wording::title),
        _ => String::new(),
    };
    let way = chain.shown(context);
    if of_a_past_year(context, &chain) {
        return None;
    }
    if chain.is_phased(context.as_of) {
        return in_steps(context, &chain, since.map(|day| (figures(day), day.to_string())));
    }
    let dead = chain.dead_end(context);
    let dead_vi = dead.as_ref().map_or("", |dead| &dead.vi);
    let dead_en = dead.as_ref().map_or("", |dead| &dead.en);
    let words = context.quoted();
    let there = match chain.last.as_slice() {
        [one] => successor::already_there(context, &one.from),
        _ => None,
    };
    let (write_vi, write_en) = match there {
        Some(other) => {
            let stands = one_line(context.text.get(other.mention.range.clone())?);
            let above = other.mention.range.start < context.citation.mention.range.start;
            let (where_vi, where_en) = if above { ("ở trên", "above") } else { ("ở dưới", "below") };
            if other.target.as_ref() == chain.last.first().map(|one| &one.from) {
                (
                    format!("Bỏ viện dẫn này: văn bản thay thế đã có {where_vi} (“{stands}”)"),
                    format!("Strike this citation: what replaced it already stands {where_en} (“{stands}”)"),
                )
            } else {
                let by_vi = format!("{}{title}", wording::joined(&actors, "và"));
                let by_en = format!("{}{title}", wording::joined(&actors, "and"));
                (
                    format!("Văn bản thay thế là {by_vi}, cũng thay cho “{stands}” {where_vi}; chỉ ghi một lần"),
                    format!(
                        "It was replaced by {by_en}, which also takes the place of “{stands}” {where_en}; once is enough"
                    ),
                )
            }
        }
        None => (
            format!("Viết thay: {}{title}", wording::joined(&actors, "và")),
            format!("Write instead: {}{title}", wording::joined(&actors, "and")),
        ),
    };
    let mut fault = Violation::new(
        context,
        format!("“{words}” đã được thay thế{when_vi}. {write_vi}.{}{dead_vi}", way.vi),
        format!("“{words}” has been replaced{when_en}. {write_en}.{}{dead_en}", way.en),
    );
    fault.doubtful = doubtful || first.confidence == Confidence::Unsure;
    let fault = fault.on(wording::grounds(&first.source, first.confidence));
    let weak = chain.last.iter().any(|end| end.confidence < Confidence::Likely);
    if dead.is_some() || weak || there.is_some() {
        return Some(fault);
    }
    Some(match successor::rewrite(context, &chain) {
        Some((range, words, safe)) => {
            Violation { range, safe: safe && !tells_the_past(context, &chain), ..fault.suggest(Some(words)) }
        }
        None => fault,
    })
}

/// Whether the sentence opens with a year before the last step of the replacement: the citation was right then, and
/// is not rewritten automatically. The document's own date does not count: drafts are made from last year's plan.
fn tells_the_past(context: &RuleContext<'_>, chain: &Succession<'_>) -> bool {
    static OPENING_YEAR: Pattern =
        Pattern::new(r"^\W*(?:(?:trong|vao|den|den het|ket qua|tu) )?nam (?:hoc )?(?P<year>20\d\d)\b");
    let Some(last) = chain.last.iter().filter_map(|end| end.date).max() else { return false };
    let year = OPENING_YEAR.captures(context.sentence()).and_then(|found| found["year"].parse::<i16>().ok());
    year.is_some_and(|year| year < last.year())
}

/// "Khối 12 năm học 2023-2024 theo …": a school year that began before the last step of the replacement.
fn of_a_past_year(context: &RuleContext<'_>, chain: &Succession<'_>) -> bool {
    static SCHOOL_YEAR: Pattern = Pattern::new(r"\bnam hoc (?P<first>20\d\d)\b");
    let Some(last) = chain.last_step() else { return false };
    let first = SCHOOL_YEAR.captures(context.sentence()).and_then(|found| found["first"].parse::<i16>().ok());
    first.is_some_and(|first| first < last.year())
}

/// A replacement that goes by steps, as grade after grade takes up a new curriculum: the old instrument still binds
/// some, and whoever says for which grade he cites it knows of it.
fn in_steps(context: &RuleContext<'_>, chain: &Succession<'_>, since: Option<(String, String)>) -> Option<Violation> {
    static GRADE: Pattern = Pattern::new(r"\b(?:lop|khoi(?: lop)?|khoa) \d|\btiep tuc (?:\w+ ){0,4}theo\b");
    if GRADE.is_match(context.sentence()) {
        return None;
    }
    let first = chain.first()?;
    let words = context.quoted();
    let actors: Vec<String> = chain.last.iter().map(|relation| wording::actor(relation, context)).collect();
    let (from_vi, from_en) =
        since.map_or_else(Default::default, |(vi, en)| (format!(" từ ngày {vi}"), format!(" since {en}")));
    let mut fault = Violation::new(
        context,
        format!(
            "“{words}” đang được thay thế theo lộ trình{from_vi} bởi {}; chỉ còn áp dụng cho những đối tượng chưa đến lượt. Kiểm tra xem đối tượng của văn bản này còn theo văn bản cũ hay không.",
            wording::joined(&actors, "và")
        ),
        format!(
            "“{words}” is being replaced in steps{from_en} by {}; it goes on only for those whose turn has not come. Check whether it still binds those whom this text is about.",
            wording::joined(&actors, "and")
        ),
    );
    fault.doubtful = true;
    Some(fault.on(wording::grounds(&first.source, first.confidence)))
}

/// Whether the new instrument has the name that the citation gives without a year: "Luật Giáo dục" is right as long
/// as there is a law of that name.
fn bears_name(relation: &Relation, context: &RuleContext<'_>) -> bool {
    let title = context.register.lookup(&relation.from, None).map(|row| row.title.as_str());
    title.is_some() && title == context.instrument().map(|row| row.title.as_str())
}

/// A replacement that is dated and more than a guess.
fn is_clear(relation: &Relation) -> bool {
    relation.date.is_some() && relation.confidence >= Confidence::Likely
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{draft, judge};

    #[test]
    fn what_was_right_in_its_time_is_not_rewritten_unasked() {
        let told =
            "Năm 2021, xã được công nhận theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo.";
        assert!(draft("replaced", told, "2024-06-01").iter().all(|found| !found.safe));
    }

    #[test]
    fn the_last_of_the_chain_is_named() {
        let fault = judge("replaced", "Căn cứ [Thông tư số 10/2010/TT-BGDĐT] ngày 01/3/2010;", "2024-06-01").unwrap();
        assert_eq!(fault.words, "Thông tư số 10/2010/TT-BGDĐT ngày 01/3/2010");
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023"));
        assert!(
            fault.vi.contains("10/2010/TT-BGDĐT → 22/2020/TT-BGDĐT (21/9/2020) → 24/2023/TT-BGDĐT (26/01/2024)"),
            "{}",
            fault.vi
        );
        assert!(
            fault.vi.contains("Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo"),
            "{}",
            fault.vi
        );
        assert!(fault.en.contains("replaced as of 2020-09-21"), "{}", fault.en);
        assert!(fault.basis.contains("điều khoản của 22/2020/TT-BGDĐT"), "{fault:?}");
    }

    #[test]
    fn as_of_a_day_before_the_end_nothing_is_wrong() {
        assert_eq!(judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT]", "2024-01-25"), None);
        assert!(judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT]", "2024-01-26").is_some());
    }

    #[test]
    fn a_number_that_stands_alone_gets_its_replacement() {
        let fault =
            judge("replaced", "theo [Thông tư số 22/2020/TT-BGDĐT], các trường tự rà soát", "2024-06-01").unwrap();
        assert_eq!(fault.suggestion.as_deref(), Some("Thông tư số 24/2023/TT-BGDĐT"));
        assert!(fault.safe);
    }

    #[test]
    fn date_issuer_and_title_go_with_the_number() {
        let text =
            "Căn cứ [Thông tư số 22/2020/TT-BGDĐT] ngày 6 tháng 8 năm 2020 của Bộ GDĐT về đánh giá đơn vị học tập;";
        let fault = judge("replaced", text, "2024-06-01").unwrap();
        assert_eq!(
            fault.suggestion.as_deref(),
            Some("Thông tư số 24/2023/TT-BGDĐT ngày 11 tháng 12 năm 2023 của Bộ GDĐT về Công nhận đơn vị học tập")
        );
        let unknown = "theo [Thông tư số 22/2020/TT-BGDĐT] về việc nào đó của trường ta và các trường khác";
        assert_eq!(judge("replaced", unknown, "2024-06-01").unwrap().suggestion, None);
    }

    #[test]
    fn what_short_forms_stand_for_is_not_rewritten_unasked() {
        let text = "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020. Thực hiện Thông tư 22, các trường";
        let found = draft("replaced", text, "2024-06-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].suggestion.is_some() && !found[0].safe, "{found:?}");
    }

    #[test]
    fn the_successor_bears_its_own_name() {
        let found = draft("replaced", "Căn cứ Luật Căn cước công dân số 59/2014/QH13;", "2025-06-01");
        assert_eq!(found[0].suggestion.as_deref(), Some("Luật Căn cước số 26/2023/QH15"));
        assert!(found[0].safe);
    }

    #[test]
    fn what_was_not_compared_with_a_source_is_left_to_people() {
        // The successor's row, and the relation.
        for number in ["50/2011/TT-BGDĐT", "52/2011/TT-BGDĐT"] {
            let text = format!("theo [Thông tư số {number}], các trường tự rà soát");
            let found = judge("replaced", &text, "2024-06-01").unwrap();
            assert!(found.suggestion.is_some() && !found.safe, "{found:?}");
        }
    }

    #[test]
    fn all_issuers_go_with_the_number_or_none_does() {
        let number = "theo Thông tư liên tịch số 06/2015/TTLT-BGDĐT-BNV ngày 16/3/2015 của";
        for (issuer, suggestion) in [
            ("liên Bộ, các trường", Some("của Bộ Giáo dục và Đào tạo")),
            ("Bộ Giáo dục và Đào tạo và Bộ Nội vụ.", Some("của Bộ Giáo dục và Đào tạo")),
            ("Bộ GDĐT, Bộ Nội vụ và Bộ Tài chính.", Some("của Bộ Giáo dục và Đào tạo")),
            ("liên Bộ Giáo dục - Nội vụ.", None),
            ("hai cơ quan cấp trên.", None),
        ] {
            let found = draft("replaced", &format!("{number} {issuer}"), "2024-06-01");
            let new = found[0].suggestion.as_deref();
            assert_eq!(new.is_some(), suggestion.is_some(), "{issuer}: {new:?}");
            assert!(new.is_none_or(|new| new.ends_with(suggestion.unwrap_or_default())), "{issuer}: {new:?}");
        }
    }

    #[test]
    fn what_stands_there_already_is_not_written_again() {
        for text in [
            "Căn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023;\nCăn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020;",
            "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020;\nCăn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023;",
            "Đánh giá theo Thông tư số 24/2023/TT-BGDĐT và Thông tư số 22/2020/TT-BGDĐT.",
        ] {
            let found = draft("replaced", text, "2024-06-01");
            assert_eq!((found.len(), found[0].suggestion.as_deref()), (1, None), "{text}");
            assert!(found[0].vi.contains("Bỏ viện dẫn này"), "{}", found[0].vi);
        }
        let both = "Căn cứ Thông tư số 10/2010/TT-BGDĐT;\nCăn cứ Thông tư số 22/2020/TT-BGDĐT;";
        let found = draft("replaced", both, "2024-06-01");
        assert!(found[0].safe && found[1].suggestion.is_none(), "one line may become the successor's: {found:?}");
        let apart = "Thực hiện Thông tư số 24/2023/TT-BGDĐT.\n\nHồ sơ lưu theo Thông tư số 22/2020/TT-BGDĐT.";
        assert!(draft("replaced", apart, "2024-06-01")[0].safe);
    }

    #[test]
    fn members_of_lists_and_defined_names_are_left_to_people() {
        for text in [
            "các Thông tư số 22/2020/TT-BGDĐT, 24/2020/TT-BGDĐT",
            "các Thông tư số 22/2020/TT-BGDĐT và Thông tư số 24/2020/TT-BGDĐT",
            "Thông tư số 22/2020/TT-BGDĐT, số 24/2020/TT-BGDĐT",
            "quy chế đánh giá số 22/2020/TT-BGDĐT",
            "Thông tư số 22/2020/TT-BGDĐT (sau đây viết tắt là Thông tư đánh giá)",
        ] {
            let found = draft("replaced", &format!("Rà soát {text} trong năm."), "2024-06-01");
            assert!(found.len() == 1 && !found[0].safe, "{text}: {found:?}");
        }
    }

    #[test]
    fn where_the_identity_is_in_question_nothing_is_written_unasked() {
        for text in [
            "Căn cứ Luật Giáo dục số 59/2014/QH13;",
            "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Tài chính;",
            "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 16/8/2020 của Bộ GDĐT;",
        ] {
            let found = draft("replaced", text, "2025-06-01");
            assert!(found.len() == 1 && !found[0].safe, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_replacement_in_steps_is_told_as_such() {
        let text = "Việc học theo Thông tư số 40/2011/TT-BGDĐT.";
        let found = draft("replaced", text, "2023-06-01");
        assert!(found[0].vi.contains("theo lộ trình từ ngày 01/9/2021"), "{}", found[0].vi);
        assert_eq!((found[0].severity.as_str(), found[0].suggestion.as_deref()), ("warning", None));
        assert_eq!(draft("replaced", "Khối 9 học theo Thông tư số 40/2011/TT-BGDĐT.", "2023-06-01"), []);
        let past = "Năm học 2023-2024, khối 9 đã học theo Thông tư số 40/2011/TT-BGDĐT.";
        assert_eq!(draft("replaced", past, "2024-12-01"), []);
        assert_eq!(draft("replaced", text, "2024-09-05")[0].severity, "error", "the last step has come");
    }

    #[test]
    fn amended_in_part_or_told_as_past_is_no_fault() {
        for text in [
            "theo [Thông tư số 21/2018/TT-BGDĐT]",
            "Thông tư này thay thế [Thông tư số 22/2020/TT-BGDĐT].",
            "[Thông tư số 22/2020/TT-BGDĐT] đã được thay thế bởi Thông tư mới",
            "[Thông tư số 11/2022/TT-BGDĐT] ngày 01/7/2022 sửa đổi, bổ sung một số điều của [Thông tư số 22/2020/TT-BGDĐT]",
        ] {
            assert_eq!(judge("replaced", text, "2024-06-01"), None, "{text}");
        }
    }

    #[test]
    fn a_bare_name_is_right_while_a_law_bears_it() {
        for rule in ["replaced", "ended"] {
            assert_eq!(judge(rule, "theo quy định của [Luật Giáo dục=>38/2005/QH11]", "2024-06-01"), None);
        }
        assert!(judge("replaced", "theo [Luật Giao thông đường bộ=>23/2008/QH12]", "2025-06-01").is_some());
        assert!(judge("replaced", "theo [Luật số 38/2005/QH11]", "2024-06-01").is_some());
    }

    #[test]
    fn a_title_of_another_instrument_is_not_rewritten() {
        let text = "theo [Công văn số 6615/UBND-GD] ngày 29/9/2020 về thực hiện [Thông tư số 22/2020/TT-BGDĐT]";
        assert_eq!(judge("replaced", text, "2024-06-01").unwrap().suggestion, None);
    }

    #[test]
    fn several_successors_are_all_named_and_none_is_suggested() {
        let fault = judge("replaced", "theo [Luật số 23/2008/QH12]", "2025-06-01").unwrap();
        assert!(fault.vi.contains("35/2024/QH15") && fault.vi.contains("36/2024/QH15"), "{}", fault.vi);
        assert_eq!(fault.suggestion, None);
    }
}
