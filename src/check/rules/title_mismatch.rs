//! # The title beside the number is another instrument's
//!
//! ## What it does
//! Compares the title written behind a number ("… của Bộ GDĐT quy định về …"), or the name of a law before its number, with the
//! title in the register. It speaks only where what is written is the title of another registered instrument, which it names:
//! word for word, or almost so where the two share hardly a word. A shortened or loosely worded title is right, and so is the
//! name of a law that the one cited replaced or was replaced by.
//!
//! ## Why
//! One of the two is wrong, and nobody can tell which rules the draft means to follow.
//!
//! ## Example
//! ```text
//! Luật Giáo dục đại học số 43/2019/QH14
//! ```
//!
//! ## Use instead
//! The number that belongs to the title, or the title that belongs to the number:
//! ```text
//! Luật Giáo dục đại học số 08/2012/QH13
//! Luật Giáo dục số 43/2019/QH14
//! ```
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: a cited document is named with kind, number and symbol, date of issue, issuer
//! and subject. The titles are those of the register; the finding names its source.

use std::collections::HashSet;

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::title::{self, Words};
use super::super::wording;
use crate::cite::MentionKind;
use crate::law::{Confidence, Date, Instrument};
use crate::text::fold;

pub(super) static RULE: Rule = Rule {
    name: "title-mismatch",
    title_vi: "trích yếu của văn bản khác",
    severity: Severity::Warning,
    law: None,
    yields_to: &["type-mismatch", "issuer-mismatch", "malformed-symbol", "year-mismatch", "missing-year"],
    source: include_str!("title_mismatch.rs"),
    page_vi: include_str!("title_mismatch.vi.md"),
    judge,
};

/// The share of a title's words below which it cannot be the one that is written, even shortened.
const HARDLY_A_WORD: f64 = 0.34;

/// The share of words from which on one title may be the other, shortened or with a slip.
const MUCH: f64 = 0.7;

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    if context.citation.mention.kind != MentionKind::Full || context.meant().is_some() {
        return None;
    }
    let row = context.instrument().filter(|row| row.confidence >= Confidence::Likely && !row.title.is_empty())?;
    let (written, others) = by_name(context, row).or_else(|| by_subject(context, row))?;
    let numbers: Vec<String> = others.iter().map(|other| wording::full_form(other, context)).collect();
    let words = context.quoted();
    let right = row.title.trim_matches(['"', '“', '”']);
    let fault = Violation::new(
        context,
        format!(
            "“{words}” là “{right}”; “{written}” là của {}. Sửa số hoặc sửa trích yếu.",
            wording::joined(&numbers, "hoặc")
        ),
        format!(
            "“{words}” is “{right}”; “{written}” belongs to {}. Mend the number or the title.",
            wording::joined(&numbers, "or")
        ),
    );
    let one = match others.as_slice() {
        // The stated date decides which of the two was meant.
        [one] if one.issued.is_some() && one.issued == context.citation.date => one.number.as_ref(),
        _ => None,
    };
    let fault = fault.on(wording::grounds(&row.source, row.confidence));
    Some(fault.propose(one.and_then(|number| context.with_number(number))))
}

/// More instruments of one title distinguish nothing.
const MOST: usize = 3;

/// "Luật Giáo dục đại học số 43/2019/QH14": the name before the number is that of other laws.
fn by_name<'a>(context: &RuleContext<'a>, row: &Instrument) -> Option<(String, Vec<&'a Instrument>)> {
    let name = context.citation.mention.name.as_deref()?;
    // With their marks: "Giáo" is not "Giao".
    let telling = |title: &str| -> HashSet<String> {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !title::is_common(word));
        words.map(str::to_lowercase).collect()
    };
    let (ours, written) = (telling(&row.title), telling(name));
    let shared = ours.intersection(&written).count() as f64;
    // "Luật sửa đổi, bổ sung một số điều của Luật A số 34/2018/QH14" ends with the name of the law that is amended.
    let amending = fold(&row.title).contains("sua doi") || row.title.contains("các luật") || row.title.ends_with('…');
    if amending || ours.is_empty() || ours == written {
        return None;
    }
    let bearers = context.register.names().get(name)?;
    let mut others: Vec<&Instrument> = bearers.borne(context.register.instruments()).collect();
    // Laws on one matter that followed each other under names that differ by a word.
    let followed = |other: &&Instrument| {
        let chain = |from: &Instrument, to: &Instrument| {
            let steps = from.key().map(|key| context.register.successors(&key, Date::MAX)).unwrap_or_default();
            steps.iter().any(|step| Some(&step.from) == to.key().as_ref())
        };
        chain(row, other) || chain(other, row)
    };
    let close = shared > HARDLY_A_WORD * ours.len() as f64;
    if others.is_empty() || (close && others.iter().any(followed)) {
        return None;
    }
    // One name went through many laws; the latest are named.
    others.sort_by_key(|other| std::cmp::Reverse(other.issued));
    others.truncate(MOST);
    Some((name.to_owned(), others))
}

/// The subject behind number, date and issuer is another instrument's.
fn by_subject<'a>(context: &RuleContext<'a>, row: &Instrument) -> Option<(String, Vec<&'a Instrument>)> {
    // A law's name is not followed by a subject.
    let range = title::beside(context).filter(|_| context.citation.mention.name.is_none())?;
    let next = context.reading.citations.get(context.at + 1).map_or(usize::MAX, |next| next.mention.range.start);
    // The title of an amending instrument names the one it amends.
    if next < range.end {
        return None;
    }
    let stretch = &context.text[range];
    let written = Words::of(stretch);
    let ours = Words::of(&row.title);
    // Some rows have a heading or a file name for a title.
    let titled = row.title.split_whitespace().count() >= 4 && !row.title.contains(row.number.as_ref()?.serial());
    if !titled || ours.len() < 2 {
        return None;
    }
    let of_others = |found: Vec<&'a Instrument>| -> Vec<&'a Instrument> {
        found.into_iter().filter(|other| other.number != row.number).collect()
    };
    // Word for word the title of another, and not its own shortened or with a slip.
    let mut exact = if written.share_in(&ours) < MUCH && ours.share_in(&written) < MUCH {
        of_others(title::word_for_word(context.register, stretch))
    } else {
        Vec::new()
    };
    if !exact.is_empty() {
        exact.sort_by_key(|other| std::cmp::Reverse(other.issued));
        exact.truncate(MOST);
    } else if ours.len() < 3 || ours.share_in(&written) > HARDLY_A_WORD || ours.pairs_in(&written) > 0.15 {
        return None;
    }
    let others: Vec<&Instrument> = if !exact.is_empty() {
        exact
    } else {
        of_others(title::standing_in(context.register, &written))
            .into_iter()
            .filter(|other| written.share_in(&Words::of(&other.title)) >= 0.6)
            .collect()
    };
    let title = others.first()?.title.trim_matches(['"', '“', '”']).to_owned();
    (others.len() <= MOST).then_some((title, others))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn the_title_of_another_is_told() {
        let text = "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT quy định tiêu chuẩn, quy trình kiểm định \
                    chất lượng trung tâm ngoại ngữ;";
        let found = draft("title-mismatch", text, "2024-06-01");
        assert_eq!(found.len(), 1);
        assert!(found[0].vi.contains("là của Thông tư số 08/2022/TT-BGDĐT"), "{}", found[0].vi);
        let law = draft("title-mismatch", "theo Luật Giao thông đường bộ số 43/2019/QH14", "2024-06-01");
        assert!(law[0].vi.contains("23/2008/QH12"), "{law:?}");
    }

    #[test]
    fn a_name_that_holds_the_other_is_another_name() {
        for text in [
            "theo Luật Giáo dục đại học số 43/2019/QH14",
            "theo Luật Giáo dục số 08/2012/QH13",
            "theo Luật Đất đai số 43/2019/QH14",
        ] {
            assert_eq!(draft("title-mismatch", text, "2020-12-01").len(), 1, "{text}");
        }
        assert_eq!(
            draft("title-mismatch", "theo Luật Căn cước số 59/2014/QH13", "2020-12-01"),
            [],
            "its successor's name"
        );
    }

    #[test]
    fn a_title_word_for_word_is_that_of_its_bearer() {
        let number = "Thông tư số 08/2022/TT-BGDĐT ngày 01/3/2022 của Bộ GDĐT";
        for (title, told) in [
            ("ban hành Chương trình Xóa mù chữ", true),
            ("về đánh giá đơn vị học tập,", true),
            ("về xóa mù chữ tại trung tâm ngoại ngữ", false),
            ("quy định tiêu chuẩn kiểm định trung tâm ngoại ngữ", false),
        ] {
            let text = format!("theo {number} {title};");
            assert_eq!(draft("title-mismatch", &text, "2022-12-01").len(), usize::from(told), "{title}");
        }
    }

    #[test]
    fn a_loose_or_shortened_title_is_right() {
        for text in [
            "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT ban hành Chương trình Xóa mù chữ;",
            "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT về xóa mù chữ cho người lớn;",
            "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT về một việc mà không văn bản nào nói tới;",
            "Thông tư số 33/2021/TT-BGDĐT quy định các trường phải báo cáo trước ngày 15 hằng tháng.",
            "Luật Giáo dục số 43/2019/QH14",
        ] {
            assert_eq!(draft("title-mismatch", text, "2024-06-01"), [], "{text}");
        }
    }
}
