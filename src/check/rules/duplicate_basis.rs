//! # The same basis twice
//!
//! ## What it does
//! Reports a Căn cứ line of a preamble that rests on an instrument which an earlier line of the same preamble already rests on.
//! A line may name several ("Căn cứ Luật A; Luật B;").
//! Lines that name different provisions are right, and so is an instrument that only stands in the title of another one.
//!
//! ## Why
//! Two lines for one instrument are a trace of copying; whoever mends one forgets the other.
//!
//! ## Example
//! ```text
//! Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;
//! Căn cứ Luật Giáo dục số 43/2019/QH14;
//! ```
//!
//! ## Use instead
//! One line.
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I: the preamble lists the instruments on which a document rests. Normative
//! documents: Decree 78/2025/NĐ-CP, before it Decree 34/2016/NĐ-CP.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::list;
use super::super::rule::{Rule, Violation};
use crate::cite::Citation;
use crate::law::Treatment;
use crate::text::Pattern;
use crate::text::fold;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-basis",
    title_vi: "căn cứ lặp lại",
    severity: Severity::Warning,
    law: None,
    yields_to: &[],
    source: include_str!("duplicate_basis.rs"),
    page_vi: include_str!("duplicate_basis.vi.md"),
    judge,
};

/// The longest preamble, in bytes: further apart they are two documents.
const PREAMBLE: usize = 12_000;

/// What is between two preambles: the text that the first one opens.
static BODY: Pattern = Pattern::new(
    r"(?m)^[ \t*#]*(?:dieu \d|i\.|1\.|chuong i|quyet dinh\s*:?\s*$|quyet nghi\s*:?\s*$)|co can cu ban hanh|so:|kinh gui|cong hoa xa hoi|\.{5,}|…{3,}",
);

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let citation = context.citation;
    let id = context.index.id(context.at)?;
    // "Luật sửa đổi, bổ sung một số điều của Luật A" and "Luật A" are two.
    let amending =
        |one: &Citation| fold(context.text.get(one.mention.range.clone()).unwrap_or_default()).contains("sua doi");
    if !is_basis(context, context.at) || amending(citation) {
        return None;
    }
    let all = &context.reading.citations;
    let near = (0..context.at)
        .rev()
        .take_while(|at| citation.mention.range.start.saturating_sub(all[*at].mention.range.end) < PREAMBLE);
    let earlier = near
        .filter(|at| context.index.id(*at) == Some(id) && same_place(&all[*at], citation))
        .find(|at| is_basis(context, *at) && !amending(&all[*at]))?;
    let earlier = &all[earlier];
    let between = fold(context.text.get(earlier.mention.range.end..citation.mention.range.start)?);
    let by_provision = !earlier.pins.is_empty() || !citation.pins.is_empty();
    if BODY.is_match(&between) || (by_provision && earlier.pins != citation.pins) {
        return None;
    }
    let words = context.quoted();
    let fault = Violation::new(
        context,
        format!("“{words}” đã có trong phần căn cứ ở trên; chỉ ghi một lần."),
        format!("“{words}” already stands among the bases above; once is enough."),
    );
    Some(fault.on(context.profile.citing(context.as_of)))
}

/// Whether the citation at `at` is what its Căn cứ line rests on: it is the first thing in the line or in one of the parts
/// that semicolons set off ("Căn cứ Luật A; Luật B;"), its provisions apart, or it follows such a one in a list.
fn is_basis(context: &RuleContext<'_>, at: usize) -> bool {
    let all = &context.reading.citations;
    if all[at].treatment != Treatment::Basis {
        return false;
    }
    let before = &context.text[..all[at].mention.range.start];
    let floor = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let lead = fold(&before[floor..]);
    let Some(line) = lead.rfind("can cu").map(|at| &lead[at + "can cu".len()..]) else { return false };
    let part = line.rfind(';').map_or(line, |at| &line[at + 1..]);
    let plain = |word: &str| {
        matches!(word, "dieu" | "khoan" | "diem" | "va" | "cac" | "cua" | "tai" | "quy" | "dinh" | "vao")
            || word.chars().count() <= 2
            || word.bytes().all(|b| b.is_ascii_digit())
    };
    // "(Luật số 69/2020/QH14)" repeats the citation before it.
    (part.split(|c: char| !c.is_alphanumeric()).all(plain) && !part.contains('('))
        || (at > 0 && list::are_joined(context.text, &all[at - 1], &all[at]) && is_basis(context, at - 1))
}

/// How far back the line's "Căn cứ" is looked for, in bytes: the first law of a line may bring date and title.
const REACH: usize = 600;

/// Numbers of different places, or of places that are not known, are different instruments.
fn same_place(a: &Citation, b: &Citation) -> bool {
    a.locality.as_ref().map(|place| place.slug()) == b.locality.as_ref().map(|place| place.slug())
        && (a.date.is_none() || b.date.is_none() || a.date == b.date)
        && a.issuer.as_ref().and_then(|one| one.abbr.as_ref())
            == b.issuer
                .as_ref()
                .and_then(|one| one.abbr.as_ref())
                .or(a.issuer.as_ref().and_then(|one| one.abbr.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn a_second_line_for_one_instrument_is_told() {
        let text = "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;\nCăn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023;\n\
                    Căn cứ Luật Giáo dục số 43/2019/QH14;\nXét đề nghị của Phòng,\n";
        let found = draft("duplicate-basis", text, "2024-06-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].words, "Luật Giáo dục số 43/2019/QH14");
    }

    #[test]
    fn the_second_law_of_a_line_counts() {
        for text in [
            "Căn cứ Luật Căn cước số 26/2023/QH15; Luật Giáo dục số 43/2019/QH14;\nCăn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;\n",
            "Căn cứ Luật Căn cước ngày 27 tháng 11 năm 2023, Luật Giáo dục ngày 14 tháng 6 năm 2019;\nCăn cứ Luật Giáo dục số 43/2019/QH14;\n",
            "Căn cứ Luật Giáo dục số 43/2019/QH14;\nCăn cứ Luật Căn cước số 26/2023/QH15; Luật Giáo dục số 43/2019/QH14;\n",
        ] {
            assert_eq!(draft("duplicate-basis", text, "2024-06-01").len(), 1, "{text}");
        }
    }

    #[test]
    fn other_provisions_other_preambles_and_titles_are_right() {
        for text in [
            "Căn cứ khoản 2 Điều 5 Luật Giáo dục;\nCăn cứ Điều 9 Luật Giáo dục;\n",
            "Căn cứ Thông tư số 24/2023/TT-BGDĐT;\nCăn cứ Công văn số 12/SGDĐT-GDTX về thực hiện Thông tư số 24/2023/TT-BGDĐT;\n",
            "Căn cứ Luật Giáo dục;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành\n\nCăn cứ Luật Giáo dục;\n",
        ] {
            assert_eq!(draft("duplicate-basis", text, "2024-06-01"), [], "{text}");
        }
    }
}
