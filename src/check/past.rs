//! Citations that tell what was: "Thông tư A (đã hết hiệu lực)", "thay thế Quyết định B". Nobody who writes this
//! rests on the instrument, so its end is no fault of the text.

use std::sync::LazyLock;

use regex::Regex;

use super::case::one_line;
use crate::cite::Reading;
use crate::text::fold;

/// Before the citation, in its sentence: it is what was replaced, repealed or closed. "thay thế bởi" leads to the new
/// instrument and is no such word.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:thay the|thay cho|bai bo|huy bo|het hieu luc|truoc day(?: da)?(?: duoc)?(?: quy dinh| huong dan| ban hanh| thuc hien| ap dung)? (?:tai|theo)|(?:so ket|tong ket)(?:(?: \w+){0,4} thuc hien)?|(?:sau|qua)(?: \w+){1,4} nam(?: trien khai)? thuc hien)\b",
    )
});

/// Right before the citation: it is what another instrument amends, and so part of that one's title.
static AMENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<passive>duoc )?sua doi,?(?: bo sung)?(?: (?:mot so|cac|noi dung|dieu|khoan|diem|cua|tai|quy che|quy dinh|ban hanh|kem theo|so|\d+\w?|[a-z])\b,?)*$",
    )
});

/// After the citation, before the next one: it has ended, or goes on for a time only.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:da het hieu luc|het hieu luc|het hieu luc thi hanh|(?:da |se )?(?:duoc|bi) (?:thay the|bai bo|huy bo)|da bai bo|nay la|cho den khi)\b",
    )
});

/// What leads from such a word to the instrument that came instead.
static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:boi|bang|theo)\b"));

/// How far from the citation such a word is looked for, in bytes: a sentence of a plan can be a page.
const REACH: usize = 1000;

/// Whether the citation at `at` is spoken of as a thing of the past.
pub(super) fn spoken_of(text: &str, reading: &Reading, at: usize) -> bool {
    let citation = &reading.citations[at];
    let range = &citation.mention.range;
    let next = reading.citations.get(at + 1).map_or(text.len(), |next| next.mention.range.start);
    let after = fold(&one_line(sentence_head(cut(text, range.end, next.min(range.end + REACH)))));
    if AFTER.is_match(&after) || column_of_the_past(text, range.start) || transitional(&sentence(text, reading, at)) {
        return true;
    }
    let before = fold(&one_line(sentence_tail(cut(text, range.start.saturating_sub(REACH), range.start))));
    // "được sửa đổi tại B" leads to what amends.
    if AMENDED.captures(&before).is_some_and(|found| found.name("passive").is_none()) {
        return true;
    }
    let Some(word) = BEFORE.find_iter(&before).last() else { return false };
    // What is issued with an instrument ("kèm theo") stands for it.
    let between = before[word.end()..].replace("kem theo", "");
    !BY.is_match(&between) && !ends_the_clause(&between)
}

/// Whether a sentence says what goes on under the old rules: "đang thực hiện theo Luật A trước ngày Luật này có hiệu lực thì
/// tiếp tục thực hiện".
fn transitional(sentence: &str) -> bool {
    sentence.contains("nay co hieu luc")
        && ["truoc ngay", "den ngay", "tiep tuc"].iter().any(|word| sentence.contains(word))
}

/// Whether the text itself says that the instrument was amended: "… được sửa đổi, bổ sung bởi Luật số 35/2018/QH14".
pub(super) fn called_amended(text: &str, reading: &Reading, at: usize) -> bool {
    let end = reading.citations[at].mention.range.end;
    let after = fold(&one_line(sentence_head(cut(text, end, end + REACH))));
    let said = pattern_of_amended();
    said.find(&after).is_some_and(|found| {
        // Behind the next full citation it is said of that one.
        let next =
            reading.citations.get(at + 1).map_or(usize::MAX, |next| next.mention.range.start.saturating_sub(end));
        found.start() < next
    })
}

fn pattern_of_amended() -> &'static Regex {
    static SAID: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:duoc |da |da duoc )?sua doi,?(?: va)?(?: bo sung)?\b"));
    &SAID
}

/// The sentence of a citation, folded, on one line.
pub(super) fn sentence(text: &str, reading: &Reading, at: usize) -> String {
    let range = &reading.citations[at].mention.range;
    let before = sentence_tail(cut(text, range.start.saturating_sub(REACH), range.start));
    let after = sentence_head(cut(text, range.end, range.end + REACH));
    fold(&one_line(&format!("{before}{}{after}", &text[range.clone()])))
}

/// Whether the citation at `at` is part of the title of the one before it: "Công văn số 1 về thực hiện Thông tư số 2".
pub(super) fn in_title(text: &str, reading: &Reading, at: usize) -> bool {
    static ABOUT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\s)(?:ve|v/v)\s"));
    let Some(previous) = at.checked_sub(1).map(|before| &reading.citations[before].mention.range) else { return false };
    let between = cut(text, previous.end, reading.citations[at].mention.range.start);
    sentence_head(between).len() == between.len() && ABOUT.is_match(&fold(between))
}

/// Whether the citation stands in a table, in a column whose heading says that what it holds is out of use. The cells
/// of a row are set apart by tabs; the heading is the first of the rows.
fn column_of_the_past(text: &str, at: usize) -> bool {
    static UNUSED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:khong (?:con )?(?:dung|ap dung|su dung|hieu luc)(?: nua)?|(?:da )?het hieu luc|(?:duoc|bi) (?:thay the|bai bo))\b",
        )
    });
    let above = cut(text, at.saturating_sub(TABLE), at);
    let mut rows = above.rsplit('\n');
    let Some(column) = rows.next().map(|own| own.matches('\t').count()).filter(|column| *column > 0) else {
        return false;
    };
    let heading = rows.take_while(|row| row.contains('\t')).last();
    heading.and_then(|row| row.split('\t').nth(column)).is_some_and(|cell| UNUSED.is_match(&fold(cell)))
}

/// How far above a citation the heading of its table is looked for, in bytes.
const TABLE: usize = 8000;

/// A new duty begins between the word and the citation: what follows is not what was replaced.
fn ends_the_clause(between: &str) -> bool {
    static DUTY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:can cu|thuc hien|trien khai|theo quy dinh|ap dung|huong dan|va theo)\b"));
    DUTY.is_match(between)
}

/// The stretch up to the end of its sentence.
fn sentence_head(text: &str) -> &str {
    let end = text.match_indices(['.', ';', '\n']).find(|(at, mark)| ends_sentence(text, *at, mark));
    end.map_or(text, |(at, _)| &text[..at])
}

/// The stretch from the start of its sentence.
fn sentence_tail(text: &str) -> &str {
    let start = text.rmatch_indices(['.', ';', '\n']).find(|(at, mark)| ends_sentence(text, *at, mark));
    start.map_or(text, |(at, mark)| &text[at + mark.len()..])
}

/// A full stop ends a sentence where a blank follows; a line end where the next line is empty.
fn ends_sentence(text: &str, at: usize, mark: &str) -> bool {
    let rest = &text[at + mark.len()..];
    match mark {
        "." => rest.is_empty() || rest.starts_with(char::is_whitespace),
        "\n" => rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
        _ => true,
    }
}

/// `text[start..end]` with the ends moved inwards to whole characters.
fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(text.ceil_char_boundary(start)..text.floor_char_boundary(end)).unwrap_or_default()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern that every test compiles")
}

#[cfg(test)]
mod tests {
    use super::super::bench::reading;
    use super::*;

    #[test]
    fn what_was_is_told_from_what_is_relied_on() {
        for (text, past) in [
            ("Thông tư này thay thế [22/2020/TT-BGDĐT] ngày 06/8/2020.", true),
            ("Căn cứ [22/2020/TT-BGDĐT] (đã hết hiệu lực).", true),
            ("[22/2020/TT-BGDĐT] đã được thay thế bởi Thông tư mới.", true),
            ("Tổng kết thực hiện [89/QĐ-TTg] giai đoạn 2012 - 2020", true),
            ("Sơ kết 05 năm thực hiện [89/QĐ-TTg]", true),
            ("Sau tám năm thực hiện [89/QĐ-TTg], phong trào đã lan rộng", true),
            ("thay cho Chương trình kèm\ntheo [13/2007/QĐ-BGDĐT] ngày 03/5/2007", true),
            ("Lớp 12 học theo [50/2006/QĐ-BGDĐT] cho đến khi hết khóa", true),
            ("Thông tư mới sửa đổi, bổ sung một số điều của [22/2020/TT-BGDĐT]", true),
            ("Nội dung trước đây quy định tại [22/2020/TT-BGDĐT] nay đã khác", true),
            ("Việc\tĐang áp dụng\tVăn bản không dùng nữa\nA\tQuyết định mới\t[13/2007/QĐ-BGDĐT]", true),
            ("Việc\tVăn bản đang áp dụng\tVăn bản không dùng nữa\nA\t[13/2007/QĐ-BGDĐT]\tKhông", false),
            ("Căn cứ [22/2020/TT-BGDĐT] của Bộ trước đây đã triển khai tốt, tiếp tục thực hiện", false),
            ("Trước đây trường làm tốt, nay tiếp tục theo [22/2020/TT-BGDĐT]", false),
            ("Quy chế cũ được sửa đổi, bổ sung tại [22/2020/TT-BGDĐT].", false),
            ("Quy chế cũ được sửa đổi bởi [22/2020/TT-BGDĐT].", false),
            ("Căn cứ Luật sửa đổi, bổ sung năm 2013 và [22/2020/TT-BGDĐT]", false),
            ("Tổng kết năm học trước và triển khai thực hiện [89/QĐ-TTg]", false),
            ("Bãi bỏ các quy định trước đây. Thực hiện [22/2020/TT-BGDĐT].", false),
            ("Hồ sơ theo [22/2020/TT-BGDĐT] nộp trước ngày Thông tư này có hiệu lực thì tiếp tục giải quyết.", true),
            ("Thực hiện [22/2020/TT-BGDĐT] ngày 06/8/2020 của Bộ GDĐT;", false),
            ("Quy định cũ được thay thế bởi [22/2020/TT-BGDĐT].", false),
            ("Sau khi bãi bỏ quy định cũ, đơn vị căn cứ [22/2020/TT-BGDĐT].", false),
        ] {
            let (text, reading) = reading(text);
            assert_eq!(spoken_of(&text, &reading, 0), past, "{text}");
        }
    }

    #[test]
    fn a_word_behind_the_next_citation_belongs_to_that_one() {
        let (text, reading) = reading("Thực hiện [24/2023/TT-BGDĐT] thay cho [22/2020/TT-BGDĐT] đã hết hiệu lực.");
        assert!(!spoken_of(&text, &reading, 0));
        assert!(spoken_of(&text, &reading, 1));
    }
}
