//! # A short form that is defined and never used
//!
//! ## What it does
//! Notes a name that the draft gives an instrument in brackets ("sau đây gọi là Thông tư 33", "sau đây gọi tắt là Đề án", "(Thông tư số
//! 33)") and that stands nowhere after it.
//!
//! ## Why
//! Either the name can go, or the text goes on with the long form where the short one was meant.
//!
//! ## Example
//! ```text
//! Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT (sau đây gọi là Thông tư 33)    (and no "Thông tư 33" after it)
//! ```
//!
//! ## Use instead
//! Leave the bracket out, or use the name.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: a document is brief and exact. No legal rule forbids the bracket; this is a note.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::title;
use crate::cite::MentionKind;
use crate::text::Pattern;
use crate::text::one_line;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "unused-definition",
    title_vi: "đặt tên viết tắt mà không dùng",
    severity: Severity::Info,
    law: None,
    yields_to: &[],
    source: include_str!("unused_definition.rs"),
    page_vi: include_str!("unused_definition.vi.md"),
    judge,
};

/// How far after the citation its definition is at most, in bytes: a title may come between.
const REACH: usize = 500;

static DEFINED: Pattern = Pattern::new(
    r#"(?i)sau\s+đây\s+(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung))?\s+là:?\s*[“"]?([^)”";.\n]{3,80}?)\s*[”"]?\s*[);,.]"#,
);

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    if context.citation.mention.kind == MentionKind::Short {
        return bracket(context);
    }
    let end = title::end_of_citation(context)?;
    let next =
        context.reading.citations.get(context.at + 1).map_or(context.text.len(), |next| next.mention.range.start);
    let ceiling = context.text.floor_char_boundary((end + REACH).min(next.max(end)));
    let mut reach = &context.text[end..ceiling];
    // The short form in the bracket may be a citation of its own: look a little further for the bracket's end.
    let stop = reach.find("\n\n").unwrap_or(reach.len());
    reach = &reach[..stop];
    let tail = &context.text[end..(ceiling + context.text[ceiling..].floor_char_boundary(90)).max(end)];
    let open = reach.rfind('(')?;
    let found = DEFINED.captures_at(tail, open).and_then(|found| found.get(1))?;
    if tail[..found.start()].matches('(').count() > tail[..found.start()].matches(')').count() + 1 {
        return None;
    }
    unused(context, end + found.start()..end + found.end())
}

/// "(Thông tư số 33)": the bracket holds nothing but the short form.
fn bracket(context: &RuleContext<'_>) -> Option<Violation> {
    let antecedent = context.citation.antecedent.filter(|earlier| *earlier + 1 == context.at)?;
    let range = context.citation.mention.range.clone();
    let alone = context.text[..range.start].trim_end().ends_with('(')
        && context.text[range.end..].trim_start().starts_with(')');
    let full = &context.reading.citations[antecedent];
    let key = full.target.as_ref()?;
    // What was a bracket before is a cross reference now.
    let first = context.index.first_of(key) == Some(antecedent);
    let used = context.index.last_short_of(key).is_some_and(|last| last > context.at);
    (alone && first && full.mention.kind == MentionKind::Full && !used).then(|| unused(context, range))?
}

fn unused(context: &RuleContext<'_>, name: Range<usize>) -> Option<Violation> {
    let words = one_line(context.text.get(name.clone())?);
    // "gọi là Thông tư số 33" and then "Thông tư 33" is use enough, and so is another blank in the symbol.
    if context.index.repeats_words(context.text, &words, name.end) {
        return None;
    }
    let mut fault = Violation::new(
        context,
        format!("Tên viết tắt “{words}” được đặt ở đây nhưng không dùng ở chỗ nào sau đó."),
        format!("The short form “{words}” is defined here and used nowhere after it."),
    );
    fault.range = name;
    Some(fault)
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn a_name_that_nobody_uses_is_noted() {
        for (text, name) in [
            (
                "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 (sau đây gọi là Thông tư 22). Các trường làm theo.",
                "Thông tư 22",
            ),
            (
                "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ GDĐT (Thông tư số 22). Các trường làm theo.",
                "Thông tư số 22",
            ),
            (
                "theo Quyết định số 489/QĐ-TTg ngày 08/4/2020 về xóa mù chữ (sau đây gọi tắt là “Đề án”). Các trường làm theo.",
                "Đề án",
            ),
        ] {
            let found = draft("unused-definition", text, "2022-06-01");
            let names: Vec<&str> = found.iter().map(|one| one.words.as_str()).collect();
            assert_eq!(names, [name], "{text}");
        }
    }

    #[test]
    fn a_name_in_use_is_right() {
        for text in [
            "theo Thông tư số 22/2020/TT-BGDĐT (sau đây gọi là Thông tư 22). Thông tư 22 quy định",
            "theo Thông tư số 22/2020/TT-BGDĐT (sau đây gọi là Thông tư số 22). Theo Thông tư 22, các trường",
            "theo Quyết định số 489/QĐ-TTg (sau đây gọi tắt là Đề án). Mục tiêu của Đề án là",
            "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 (có hiệu lực từ ngày 21/9/2020).",
        ] {
            assert_eq!(draft("unused-definition", text, "2022-06-01"), [], "{text}");
        }
    }
}
