//! # The citation is not written as the rules of form ask
//!
//! ## What it does
//! Notes small faults of form that leave no doubt about what is meant:
//! - a serial number below ten, a day below ten or the months January and February without a leading zero (9/2019/TT-BTC, 6/8/2020);
//! - blanks inside number and symbol (174/KH- UBND); a line end is no blank;
//! - a symbol without its marks or capitals (30/2020/ND-CP), unless the whole text is typed so;
//! - a first mention without date and issuer in the text of an office's or the Party's paper, where the document does not
//!   give them elsewhere either.
//!
//! Laws, ordinances and the Constitution are cited by name and need neither. Citations inside the title of another
//! instrument, and members of a list that shares its date, are left alone. The rule is a note; which rules of form apply
//! depends on the kind of document: offices' papers, normative documents, Party documents.
//!
//! ## Why
//! Offices return drafts for it.
//!
//! ## Example
//! ```text
//! Thực hiện Thông tư số 9/2019/TT- BTC ngày 6/2/2019 của Bộ Tài chính
//! ```
//!
//! ## Use instead
//! ```text
//! Thực hiện Thông tư số 09/2019/TT-BTC ngày 06/02/2019 của Bộ Tài chính
//! ```
//!
//! ## References
//! Decree 30/2020/NĐ-CP on records work, Annex I, section II, clauses 3, 4 and 6: leading zeros, no blanks in symbols, the first
//! mention in full. Normative documents: Decree 78/2025/NĐ-CP, before it Decree 34/2016/NĐ-CP (article 75). Party documents:
//! Guidance 36-HD/VPTW of 3 April 2018.

use super::super::context::RuleContext;
use super::super::finding::Severity;
use super::super::rule::{Rule, Violation};
use super::super::{historical, title, wording};
use crate::cite::MentionKind;
use crate::law::{Confidence, Date, Family, Number};
use crate::text::{one_line, repair_char};

pub(super) static RULE: Rule = Rule {
    name: "citation-form",
    title_vi: "thể thức viện dẫn",
    severity: Severity::Info,
    law: None,
    yields_to: &[
        "replaced",
        "ended",
        "missing-year",
        "year-mismatch",
        "date-mismatch",
        "type-mismatch",
        "issuer-mismatch",
        "malformed-symbol",
        "incomplete-symbol",
        "impossible-date",
        "inconsistent-citation",
    ],
    source: include_str!("citation_form.rs"),
    page_vi: include_str!("citation_form.vi.md"),
    judge,
};

fn judge(context: &RuleContext<'_>) -> Option<Violation> {
    if context.citation.mention.kind != MentionKind::Full {
        return None;
    }
    written(context).or_else(|| first_mention(context))
}

/// Leading zeros and blanks: what is wrong, and the words put right.
fn written(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, faults) = number_repaired(context);
    let date = context.citation.date.and_then(|date| date_repaired(context, date));
    let mut vi: Vec<String> = faults.iter().map(|fault| fault.0.to_owned()).collect();
    let mut en: Vec<String> = faults.iter().map(|fault| fault.1.to_owned()).collect();
    if date.is_some() {
        vi.push("ngày dưới 10, tháng 1 và tháng 2 phải thêm số 0 phía trước".to_owned());
        en.push("days below ten, January and February bear a leading zero".to_owned());
    }
    if vi.is_empty() {
        return None;
    }
    let (range, new) = match (&date, &context.citation.date_range, context.with_date_range()) {
        (Some(date), Some(stated), Some(range)) if range.start == context.citation.mention.range.start => {
            let between = context.text.get(context.citation.mention.range.end..stated.start)?;
            (range, format!("{number}{between}{date}"))
        }
        _ if date.is_some() && faults.is_empty() => return None,
        _ => (context.citation.mention.range.clone(), number),
    };
    let quoted = context.quoted();
    let fault = Violation::new(
        context,
        format!("“{quoted}”: {}.", wording::joined(&vi, "và")),
        format!("“{quoted}”: {}.", wording::joined(&en, "and")),
    );
    Some(Violation { range, ..fault.on(context.profile.writing(context.as_of)).suggest(Some(one_line(&new))) })
}

type Said = (&'static str, &'static str);

/// The words with their number as it should be written, and what was wrong with it.
fn number_repaired(context: &RuleContext<'_>) -> (String, Vec<Said>) {
    let words = context.words();
    let mut faults: Vec<Said> = Vec::new();
    let Some(at) = words.find(|c: char| c.is_ascii_digit()) else { return (words.to_owned(), faults) };
    let (lead, number) = words.split_at(at);
    let mut out = number.to_owned();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    // A line end is the page's; the blank before "TC/TCT" parts number and symbol of the old kind.
    let solid = context.written().is_some_and(|written| written.as_str().contains(['/', '-']));
    let old = number[digits..].starts_with(' ') && !number[digits..].trim_start().starts_with(['/', '-']);
    if number.contains([' ', '\t', '\u{a0}']) && !number.contains('\n') && solid && !old {
        out.retain(|c| !c.is_whitespace());
        faults.push(("trong số, ký hiệu không được cách chữ", "number and symbol are written without blanks"));
    }
    if let Some(marked) = marks_repaired(context, &out) {
        out = marked;
        faults.push(("chữ viết tắt trong ký hiệu sai dấu hoặc chữ hoa", "the symbol lacks marks or capitals"));
    }
    if digits == 1 && number.starts_with(|c: char| c != '0') {
        out.insert(0, '0');
        faults.push(("số dưới 10 phải thêm số 0 phía trước", "numbers below ten bear a leading zero"));
    }
    (format!("{lead}{out}"), faults)
}

/// The number with the marks and capitals of its symbol: "30/2020/ND-CP". A text that is typed without marks throughout
/// has none in the type word either.
fn marks_repaired(context: &RuleContext<'_>, out: &str) -> Option<String> {
    let lead = context.words().split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let official = context.written()?;
    let written: String = out.chars().map(repair_char).collect();
    let read = Number::parse(&written)?;
    let alike = read.folded() == official.folded() && !written.contains(['&', ' ', '\n']);
    let at = written.len().checked_sub(read.symbol().len())?;
    let capitals = !lead.contains(char::is_lowercase) && lead.contains(char::is_alphabetic);
    (!lead.is_ascii() && !capitals && alike && read.symbol() != official.symbol())
        .then(|| Some(format!("{}{}", written.get(..at)?, official.symbol())))?
}

/// The stated date with its missing zeros, if any is missing.
fn date_repaired(context: &RuleContext<'_>, date: Date) -> Option<String> {
    let stated = context.text.get(context.citation.date_range.clone()?)?;
    let mut out = String::new();
    let mut rest = stated;
    let mut place = 0;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[start..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |len| start + len);
        place += 1;
        let bare = end - start == 1 && (place == 1 || (place == 2 && date.month() < 3));
        out.push_str(&rest[..start]);
        out.push_str(if bare { "0" } else { "" });
        out.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out != stated).then_some(out)
}

/// The first mention of an instrument gives its date and its issuer.
fn first_mention(context: &RuleContext<'_>) -> Option<Violation> {
    let (number, symbol) = context.symbol()?;
    let citation = context.citation;
    let (dateless, issuerless) = (citation.date.is_none(), citation.issuer.is_none());
    if (!dateless && !issuerless) || !context.is_first_of_instrument() || context.is_cut() || context.is_old() {
        return None;
    }
    // One of the two missing may be a matter of taste: the symbol names the issuer, the number the year.
    if !(dateless && (issuerless || number.year().is_none())) || !context.profile.wants_date_and_issuer() {
        return None;
    }
    let named = symbol.kinds.is_empty() || citation.mention.name.is_some();
    let whole = number_alone(context) && citation.mention.type_word.is_some() && !named;
    let said = context.index.id(context.at).is_some_and(|id| context.index.states(id, dateless, issuerless));
    if !whole || said || citation.treatment.acts() || title::end_of_citation(context).is_none() {
        return None;
    }
    let excepted = historical::in_title(context.text, context.reading, context.at)
        || in_brackets(context)
        || context.sentence().contains("sua doi")
        || unread_issuer(context)
        || is_item_or_heading(context)
        || leads_a_list(context);
    if excepted {
        return None;
    }
    let row = context.instrument().filter(|row| row.confidence >= Confidence::Likely);
    let (what_vi, what_en) = match (dateless, issuerless) {
        (true, true) => ("thời gian và cơ quan ban hành", "its date and issuer"),
        (true, false) => ("thời gian ban hành", "its date"),
        _ => ("cơ quan ban hành", "its issuer"),
    };
    let normative = symbol.kinds.iter().any(|kind| kind.family == Family::Normative);
    let full = row.filter(|row| row.issued.is_some() && (normative || row.locality.is_none()));
    let full = full.map(|row| wording::full_form(row, context));
    let words = context.quoted();
    let fault = Violation::new(
        context,
        format!("“{words}” được viện dẫn lần đầu mà chưa ghi {what_vi}."),
        format!("“{words}” is cited for the first time without {what_en}."),
    );
    let bare = issuerless && dateless;
    Some(fault.on(context.profile.citing(context.as_of)).propose(full.filter(|_| bare && context.meant().is_none())))
}

/// Whether the words hold the whole number: a member of a list that shares its symbol does not.
fn number_alone(context: &RuleContext<'_>) -> bool {
    let Some(number) = context.written() else { return false };
    context.with_number(number).is_some()
}

/// How far back on its line a citation's surroundings are looked at, in bytes.
const BACK: usize = 300;

/// What is before the citation on its line, as far as it is looked at.
fn line_before<'a>(context: &RuleContext<'a>) -> &'a str {
    let start = context.citation.mention.range.start;
    let before = &context.text[context.text.ceil_char_boundary(start.saturating_sub(BACK))..start];
    before.rfind('\n').map_or(before, |at| &before[at + 1..])
}

/// Tables, lists of documents and brackets are short by nature.
fn in_brackets(context: &RuleContext<'_>) -> bool {
    let before = line_before(context);
    before.contains(['\t', '|']) || before.rfind(['(', '[']) > before.rfind([')', ']'])
}

/// Whether the next citation goes on with this one's list, which may give date and issuer at its end.
fn leads_a_list(context: &RuleContext<'_>) -> bool {
    let end = context.citation.mention.range.end;
    let Some(next) = context.reading.citations.get(context.at + 1) else { return false };
    let between = context.text.get(end..next.mention.range.start).map(crate::text::fold).unwrap_or_default();
    between.split(|c: char| !c.is_alphanumeric()).all(|word| matches!(word, "" | "va" | "hoac" | "so" | "cac"))
}

/// A heading, or an item of a list that is nothing but the citation.
fn is_item_or_heading(context: &RuleContext<'_>) -> bool {
    let start = context.citation.mention.range.start;
    let before = line_before(context).trim();
    let item = !before.is_empty() && !before.contains(char::is_alphabetic);
    let folded = crate::text::fold(before);
    let heading = before.starts_with('#') || folded.contains("v/v") || folded.contains("ve viec");
    let capitals = before.contains(char::is_alphabetic) && !before.contains(char::is_lowercase);
    item || heading || capitals || context.text[..start].ends_with(['*', '_'])
}

/// Something that looks like an issuer or a date follows in a form that was not read.
fn unread_issuer(context: &RuleContext<'_>) -> bool {
    let rest = &context.text[context.citation.mention.range.end..];
    let end = rest.floor_char_boundary(rest.len().min(60));
    let rest = crate::text::fold(&rest[..end]);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    // "ban hành Chương trình …" opens the title.
    let issued = rest.strip_prefix("ban hanh").map(str::trim_start);
    let dated =
        |rest: &str| ["ngay", "thang", "nam", "boi", "tu", "vao", "cung"].iter().any(|lead| rest.starts_with(lead));
    ["cua", "ngay", "thang", "nam", "do", "ky", "tren", "noi tren", "neu tren", "nay"]
        .iter()
        .any(|lead| rest.starts_with(lead))
        || issued.is_some_and(|rest| rest.is_empty() || dated(rest))
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::draft;

    #[test]
    fn zeros_and_blanks_are_put_right() {
        for (text, suggestion) in [
            ("theo Thông tư số 9/2019/TT-BTC ngày 12/3/2019 của Bộ Tài chính", "Thông tư số 09/2019/TT-BTC"),
            (
                "theo Thông tư số 22/2020/TT-BGDĐT ngày 6/8/2020 của Bộ GDĐT",
                "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020",
            ),
            (
                "theo Thông tư số 98/2019/TT-BTC ngày 5 tháng 2 năm 2019 của Bộ Tài chính",
                "Thông tư số 98/2019/TT-BTC ngày 05 tháng 02 năm 2019",
            ),
            ("theo Nghị định số 30/2020/ND-CP ngày 05/3/2020 của Chính phủ", "Nghị định số 30/2020/NĐ-CP"),
            ("theo Thông tư số 77/2019/Tt-BTC ngày 12/3/2019 của Bộ Tài chính", "Thông tư số 77/2019/TT-BTC"),
            ("theo Kế hoạch số 174/KH- UBND ngày 12/3/2019 của UBND tỉnh", "Kế hoạch số 174/KH-UBND"),
        ] {
            let found = draft("citation-form", text, "2020-12-01");
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].suggestion.as_deref(), Some(suggestion), "{text}");
            assert!(found[0].safe && found[0].severity == "info");
        }
    }

    #[test]
    fn a_first_mention_says_when_and_by_whom() {
        let found = draft(
            "citation-form",
            "Thực hiện Thông tư số 24/2020/TT-BGDĐT, các trường. Theo Thông tư số 24/2020/TT-BGDĐT.",
            "2020-12-01",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].suggestion.as_deref(),
            Some("Thông tư số 24/2020/TT-BGDĐT ngày 25/8/2020 của Bộ Giáo dục và Đào tạo")
        );
        assert!(!found[0].safe);
    }

    #[test]
    fn a_title_in_place_of_date_and_issuer_is_no_excuse() {
        for (title, told) in [("ban hành Chương trình cũ", 1), ("ban hành ngày nào không rõ", 0)] {
            let text = format!("Các trường thực hiện Thông tư số 24/2020/TT-BGDĐT {title} trong năm học này.");
            assert_eq!(draft("citation-form", &text, "2020-12-01").len(), told, "{title}");
        }
    }

    #[test]
    fn what_is_written_right_is_left_alone() {
        for text in [
            "theo Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ GDĐT",
            "theo Thông tư số 22/2020/TT-\nBGDĐT ngày 06/8/2020 của Bộ GDĐT",
            "theo Luật Giáo dục số 43/2019/QH14",
            "theo Nghi dinh so 30/2020/ND-CP ngay 05/3/2020 cua Chinh phu",
            "theo Thông tư số 22/2020/TT-BGD&ĐT ngày 06/8/2020 của Bộ GDĐT",
            "THEO QUYẾT ĐỊNH SỐ 489/QĐ-TTG NGÀY 08/4/2020 CỦA THỦ TƯỚNG CHÍNH PHỦ",
            "theo Quyết định số 489/QÐ-TTg ngày 08/4/2020 của Thủ tướng Chính phủ",
            "theo Công văn số 64 TC/TCT ngày 12/3/1995 của Bộ Tài chính",
            "theo Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương",
        ] {
            assert_eq!(draft("citation-form", text, "2020-12-01"), [], "{text}");
        }
    }

    #[test]
    fn the_rule_of_the_document_s_kind_is_named() {
        let head = "HUYỆN ỦY AN BÌNH\nSố: 12-KH/HU\nAn Bình, ngày 12 tháng 3 năm 2024\nKẾ HOẠCH\nHọc tập\n\n";
        let body = "Thực hiện Kết luận số 77-KL/TW ngày 6/8/2020 của Bộ Chính trị";
        let party = draft("citation-form", &format!("{head}{body}"), "2024-06-01");
        assert!(party[0].basis.contains("36-HD/VPTW"), "{party:?}");
        assert!(draft("citation-form", body, "2024-06-01")[0].basis.contains("30/2020/NĐ-CP"));
    }
}
