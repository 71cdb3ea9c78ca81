//! # The instrument cited is not yet in force
//!
//! ## What it does
//! Reports a citation of an instrument that commences only after the day of the check, or that was issued after it.
//! With `--as-of document` the day is the document's own: a plan cannot rest on what did not exist when it was
//! signed. A sentence that itself says from when the instrument applies is right and not reported, nor are normative documents
//! and plans that prepare the carrying out of what is issued and commences later.
//!
//! ## Why
//! Until it commences, an instrument gives neither powers nor duties. Often the draft is right and only early: then
//! check it as of the day it will be signed.
//!
//! ## Example
//! ```text
//! Căn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 …    (checked as of 31/12/2023; in force from 26/01/2024)
//! ```
//!
//! ## Use instead
//! Cite what is in force on the day, or say from when the new instrument applies: "có hiệu lực từ ngày …".
//!
//! ## References
//! Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect: an instrument binds from the
//! day of commencement that it states. The day comes from the register; the finding names its source.

use regex::Regex;

use super::super::context::RuleContext;
use super::super::date_style::figures;
use super::super::finding::Severity;
use super::super::historical;
use super::super::profile::Profile;
use super::super::rule::{Rule, Violation};
use super::super::wording;
use crate::law::{Date, Force};

pub(super) static RULE: Rule = Rule {
    name: "not-yet-in-force",
    title_vi: "chưa có hiệu lực",
    severity: Severity::Warning,
    law: Some((
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15, chương về hiệu lực của văn bản",
        "Law 64/2025/QH15 on the promulgation of normative legal documents, chapter on effect",
    )),
    yields_to: &["year-mismatch", "date-mismatch"],
    source: include_str!("not_yet_in_force.rs"),
    page_vi: include_str!("not_yet_in_force.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    let instrument = context.instrument()?;
    // Which law a bare name means is our own inference: a later one than the day allows is not a fault of the text.
    if context.force() != Force::NotYet || context.is_bare_name() || !context.reports_instrument_faults() {
        return None;
    }
    let words = context.quoted();
    let (day_vi, day_en) = (figures(context.as_of), context.as_of);
    if let Some(issued) = instrument.issued.filter(|issued| *issued > context.as_of) {
        let fault = Violation::new(
            context,
            format!(
                "“{words}” được ban hành ngày {}, sau ngày kiểm tra {day_vi}. Viện dẫn văn bản có hiệu lực vào ngày đó.",
                figures(issued)
            ),
            format!(
                "“{words}” was issued on {issued}, after the day of the check, {day_en}. Cite what was in force on that day."
            ),
        );
        return Some(fault.on(wording::evidence(instrument)));
    }
    let commences = instrument.commences.filter(|day| *day > context.as_of)?;
    if is_announced(context, commences) || prepares_for(context) {
        return None;
    }
    let fault = Violation::new(
        context,
        format!(
            "“{words}” chưa có hiệu lực vào ngày {day_vi}; có hiệu lực từ ngày {}. Viện dẫn văn bản đang có hiệu lực, hoặc ghi rõ “có hiệu lực từ ngày {}”.",
            figures(commences),
            figures(commences)
        ),
        format!(
            "“{words}” is not in force on {day_en}; it commences on {commences}. Cite what is in force, or write “có hiệu lực từ ngày {}”.",
            figures(commences)
        ),
    );
    Some(fault.on(wording::evidence(instrument)))
}

/// Whether the document prepares for what is issued and not yet in force: normative documents detail it and commence with
/// it, plans organise its carrying out.
fn prepares_for(context: &RuleContext<'_>) -> bool {
    let sentence = historical::sentence(context.text, context.reading, context.at);
    context.profile == Profile::Normative
        || ["thi hanh luat", "trien khai thi hanh"].iter().any(|words| sentence.contains(words))
}

/// Whether the sentence itself says from when the instrument applies: in words, or by the day.
fn is_announced(context: &RuleContext<'_>, commences: Date) -> bool {
    let sentence = historical::sentence(context.text, context.reading, context.at);
    let (day, month, year) = (commences.day(), commences.month(), commences.year());
    let written = format!(r"\b0?{day}(?: ?[/.-] ?| thang )0?{month}(?: ?[/.-] ?| nam ){year}\b");
    let stated = Regex::new(&written).is_ok_and(|written| written.is_match(&sentence));
    stated || sentence.contains("co hieu luc")
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::judge;

    #[test]
    fn a_sentence_that_says_from_when_is_right() {
        for text in [
            "Từ 26/01/2024: [Thông tư số 24/2023/TT-BGDĐT] ngày 11/12/2023",
            "từ ngày 26 tháng 01 năm 2024 theo [Thông tư số 24/2023/TT-BGDĐT]",
            "Khi [Thông tư số 24/2023/TT-BGDĐT] có hiệu lực, các trường rà soát lại",
        ] {
            assert_eq!(judge("not-yet-in-force", text, "2023-12-31"), None, "{text}");
        }
    }

    #[test]
    fn between_issue_and_commencement_and_before_both() {
        let text = "theo [Thông tư số 24/2023/TT-BGDĐT] ngày 11/12/2023";
        let early = judge("not-yet-in-force", text, "2023-12-31").unwrap();
        assert!(early.vi.contains("có hiệu lực từ ngày 26/01/2024"), "{}", early.vi);
        let before = judge("not-yet-in-force", text, "2023-09-01").unwrap();
        assert!(before.vi.contains("được ban hành ngày 11/12/2023"), "{}", before.vi);
        assert_eq!(judge("not-yet-in-force", text, "2024-01-26"), None);
        assert_eq!(judge("not-yet-in-force", "theo [Luật Giáo dục=>43/2019/QH14]", "2015-09-05"), None);
    }
}
