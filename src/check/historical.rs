//! Citations that report the past: "Thông tư A (đã hết hiệu lực)", "thay thế Quyết định B". Nobody who writes this
//! rests on the instrument, so its end is not a fault of the text.

use super::list;
use crate::cite::{Citation, MentionKind, ResolvedDocument, clause_head, clause_tail, ends_clause};
use crate::text::{Pattern, fold, one_line};

/// Before the citation, in its sentence: it is what was replaced, repealed or closed. "thay thế bởi" leads to the new
/// instrument and is not such a word.
static BEFORE: Pattern = Pattern::new(
    r"\b(?:thay the|thay cho|bai bo|huy bo|het hieu luc|khong (?:duoc |con )?vien dan|truoc day(?: da)?(?: duoc)?(?: quy dinh| huong dan| ban hanh| thuc hien| ap dung)? (?:tai|theo)|(?:so ket|tong ket)(?:(?: \w+){0,4} thuc hien)?|(?:sau|qua)(?: \w+){1,4} nam(?: trien khai)? thuc hien)\b",
);

/// Right before the citation: it is what another instrument amends, and so part of that one's title.
static AMENDED: Pattern = Pattern::new(
    r"\b(?P<passive>duoc )?sua doi,?(?: bo sung)?(?: (?:mot so|cac|noi dung|dieu|khoan|diem|cua|tai|quy che|quy dinh|ban hanh|kem theo|so|\d+\w?|[a-z])\b,?)*$",
);

/// After the citation, before the next one: it has ended, or goes on for a time only.
static AFTER: Pattern = Pattern::new(
    r"\b(?:het hieu luc(?: thi hanh)?|khong con (?:duoc )?(?:hieu luc|gia tri|ap dung|su dung)|(?:da |se )?(?:duoc|bi) (?:thay the|bai bo|huy bo)|da bai bo|nay la|cho den khi|da ket thuc (?:tu|vao|trong|nam|ngay|thang|giai doan|thoi han)|da het (?:thoi )?han)\b|\((?:nay |hien )?(?:da )?(?:ket thuc|het (?:thoi )?han|cu\))",
);

/// "không viện dẫn A nữa", "không áp dụng A nữa": before the citation and behind it.
static NO_LONGER: Pattern = Pattern::new(r"\bkhong (?:\w+ ){0,2}(?:vien dan|can cu|ap dung|dung|theo|thuc hien)\b");
static ANY_MORE: Pattern = Pattern::new(r"\bnua\b");

/// A clause of its own that says so of the instruments named before it ("các Thông tư này đã hết hiệu lực") or of the one
/// ("văn bản này không còn hiệu lực").
static THESE_ENDED: Pattern = Pattern::new(
    r"\b(?P<many>cac |nhung |ca hai |ca ba |hai |ba |bon )?(?:van ban|thong tu|thong tu lien tich|nghi dinh|quyet dinh|nghi quyet|chi thi|luat|cong van|ke hoach|quy che)(?: cu)? (?:nay|do|tren|neu tren|noi tren|vua neu)\b[^.;]{0,30}?\b(?:het hieu luc|khong con (?:duoc )?(?:hieu luc|gia tri|ap dung)|(?:duoc|bi) (?:thay the|bai bo|huy bo))\b",
);

/// What leads from such a word to the instrument that came instead.
static BY: Pattern = Pattern::new(r"\b(?:boi|bang|theo)\b");

/// How far from the citation such a word is looked for, in bytes: a sentence of a plan can be a page.
const REACH: usize = 1000;

/// Whether the citation at `at` is spoken of as a thing of the past.
pub(super) fn spoken_of(text: &str, reading: &ResolvedDocument, at: usize) -> bool {
    let range = &reading.citations[at].mention.range;
    if said_after(text, reading, at)
        || column_of_the_past(text, range.start)
        || transitional(&sentence(text, reading, at))
    {
        return true;
    }
    let before = fold(&one_line(clause_tail(cut(text, range.start.saturating_sub(REACH), range.start))));
    // "được sửa đổi tại B" leads to what amends.
    if AMENDED.captures(&before).is_some_and(|found| found.name("passive").is_none()) {
        return true;
    }
    if NO_LONGER.find_last(&before).is_some_and(|word| !ends_the_clause(&before[word.end()..]))
        && ANY_MORE.is_match(&behind(text, reading, at))
    {
        return true;
    }
    let Some(word) = BEFORE.find_last(&before) else { return false };
    // What is issued with an instrument ("kèm theo") means it, and what is closed was done by it ("tổng kết đề án theo A").
    let between = before[word.end()..].replace("kem theo", "");
    let closed = word.as_str().starts_with("tong ket") || word.as_str().starts_with("so ket");
    (closed || !BY.is_match(&between)) && !ends_the_clause(&between)
}

/// The rest of the sentence behind the citation at `at`, up to the next citation; folded, on one line.
fn behind(text: &str, reading: &ResolvedDocument, at: usize) -> String {
    let end = reading.citations[at].mention.range.end;
    let next = reading.citations.get(at + 1).map_or(text.len(), |next| next.mention.range.start);
    fold(&one_line(clause_head(cut(text, end, next.min(end + REACH)))))
}

/// Whether what follows says that the citation's instrument has ended: behind it, behind its list, or in
/// a clause that takes up "các Thông tư này".
fn said_after(text: &str, reading: &ResolvedDocument, at: usize) -> bool {
    let members = list::members(text, reading, at);
    let last = members.end - 1;
    if AFTER.is_match(&behind(text, reading, at)) || (last > at && AFTER.is_match(&behind(text, reading, last))) {
        return true;
    }
    let end = reading.citations[last].mention.range.end;
    let next = reading.citations.get(members.end).map_or(text.len(), |next| next.mention.range.start);
    let rest = cut(text, end, end + REACH);
    // Its own sentence or clause, and the one after it.
    let own = clause_head(rest);
    let follows = rest.get(own.len() + 1..).map_or("", clause_head);
    [(own, end), (follows, end + own.len() + 1)].into_iter().any(|(clause, from)| {
        let folded = fold(&one_line(clause));
        THESE_ENDED.captures(&folded).is_some_and(|found| {
            // "Văn bản này" is the one named last.
            let of_many = found.name("many").is_some();
            let before = fold(&one_line(cut(text, from, next.max(from))));
            of_many || before.contains(&found[0])
        })
    })
}

/// Whether a sentence says what goes on under the old rules: "đang thực hiện theo Luật A trước ngày Luật này có hiệu lực thì
/// tiếp tục thực hiện".
fn transitional(sentence: &str) -> bool {
    sentence.contains("nay co hieu luc")
        && ["truoc ngay", "den ngay", "tiep tuc"].iter().any(|word| sentence.contains(word))
}

/// Whether the text itself says that the instrument was amended: "… được sửa đổi, bổ sung bởi Luật số 35/2018/QH14".
/// Behind the next full citation it is said of that one.
pub(super) fn called_amended(text: &str, reading: &ResolvedDocument, at: usize) -> bool {
    static SAID: Pattern = Pattern::new(r"\b(?:duoc |da |da duoc )?sua doi,?(?: va)?(?: bo sung)?\b");
    let end = reading.citations[at].mention.range.end;
    // A law named in the title between is not another citation ("quy định chi tiết Luật A được sửa đổi bởi …").
    let full = |one: &&Citation| one.mention.kind == MentionKind::Full;
    let next = reading.citations[at + 1..].iter().find(full).map_or(text.len(), |next| next.mention.range.start);
    SAID.is_match(&fold(&one_line(clause_head(cut(text, end, next.min(end + REACH))))))
}

/// The sentence of a citation, folded, on one line.
pub(super) fn sentence(text: &str, reading: &ResolvedDocument, at: usize) -> String {
    let range = &reading.citations[at].mention.range;
    let before = clause_tail(cut(text, range.start.saturating_sub(REACH), range.start));
    let after = clause_head(cut(text, range.end, range.end + REACH));
    fold(&one_line(&format!("{before}{}{after}", &text[range.clone()])))
}

/// Whether two citations are in one sentence, the items of a list among them: no full stop and no blank line parts them.
pub(super) fn are_in_one_sentence(text: &str, one: &Citation, other: &Citation) -> bool {
    let (first, second) = if one.mention.range.start < other.mention.range.start { (one, other) } else { (other, one) };
    let (start, end) = (first.mention.range.end, second.mention.range.start);
    if end.saturating_sub(start) > REACH {
        return false;
    }
    let between = cut(text, start, end);
    let mut marks = between.match_indices(['.', '\n']);
    marks.all(|(at, mark)| at + mark.len() == between.len() || !ends_clause(between, at, mark))
}

/// Whether the citation at `at` is part of the title of the one before it: "Công văn số 1 về thực hiện Thông tư số 2".
pub(super) fn in_title(text: &str, reading: &ResolvedDocument, at: usize) -> bool {
    static ABOUT: Pattern = Pattern::new(r"(?:^|\s)(?:ve|v/v)\s");
    let Some(previous) = at.checked_sub(1).map(|before| &reading.citations[before].mention.range) else { return false };
    let between = cut(text, previous.end, reading.citations[at].mention.range.start);
    clause_head(between).len() == between.len() && ABOUT.is_match(&fold(between))
}

/// Whether the citation is in a table, in a column whose heading says that what it holds is out of use. The cells
/// of a row are set apart by tabs; the heading is the first of the rows.
fn column_of_the_past(text: &str, at: usize) -> bool {
    static UNUSED: Pattern = Pattern::new(
        r"\b(?:khong (?:con )?(?:dung|ap dung|su dung|hieu luc)(?: nua)?|(?:da )?het hieu luc|(?:duoc|bi) (?:thay the|bai bo))\b",
    );
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
    static DUTY: Pattern = Pattern::new(r"\b(?:can cu|thuc hien|trien khai|theo quy dinh|ap dung|huong dan|va theo)\b");
    DUTY.is_match(between)
}

/// `text[start..end]` with the ends moved inwards to whole characters.
fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(text.ceil_char_boundary(start)..text.floor_char_boundary(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::test_support::reading;
    use super::*;

    #[test]
    fn what_was_is_told_from_what_is_relied_on() {
        for (text, past) in [
            ("Thông tư này thay thế [22/2020/TT-BGDĐT] ngày 06/8/2020.", true),
            ("Căn cứ [22/2020/TT-BGDĐT] (đã hết hiệu lực).", true),
            ("[22/2020/TT-BGDĐT] đã được thay thế bởi Thông tư mới.", true),
            ("Tổng kết thực hiện [89/QĐ-TTg] giai đoạn 2012 - 2020", true),
            ("Tổng kết phong trào học tập theo [89/QĐ-TTg] ngày 09/01/2013", true),
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
            ("Theo [22/2020/TT-BGDĐT] ngày 06/8/2020; văn bản này đã hết hiệu lực.", true),
            ("Các trường còn theo [22/2020/TT-BGDĐT]. Thông tư này nay không còn hiệu lực.", true),
            ("Hồ sơ cũ theo [22/2020/TT-BGDĐT] không còn giá trị", true),
            ("Tiếp nối [89/QĐ-TTg] (đã kết thúc năm 2020), xã ta", true),
            ("Từ nay không căn cứ vào [22/2020/TT-BGDĐT] nữa.", true),
            ("Báo cáo không được viện dẫn [22/2020/TT-BGDĐT] ngày 06/8/2020.", true),
            ("Không áp dụng thêm gì nữa. Thực hiện [22/2020/TT-BGDĐT].", false),
            ("Thực hiện [22/2020/TT-BGDĐT]; Thông tư này gồm ba chương.", false),
            ("Quy định cũ được thay thế bởi [22/2020/TT-BGDĐT].", false),
            ("Sau khi bãi bỏ quy định cũ, đơn vị căn cứ [22/2020/TT-BGDĐT].", false),
        ] {
            let (text, reading) = reading(text);
            assert_eq!(spoken_of(&text, &reading, 0), past, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_a_list_is_said_of_each() {
        for (marked, past) in [
            ("Bỏ các [Thông tư số 17/2018/TT-BYT] và [18/2018/TT-BYT] (đã hết hiệu lực)", [true, true]),
            ("Theo [Thông tư số 17/2018/TT-BYT], [18/2018/TT-BYT] ngày 02/3/2018 nay đã bị thay thế", [true, true]),
            (
                "Theo [Nghị định số 17/2018/NĐ-CP] và [Thông tư số 18/2018/TT-BYT]; các văn bản này không còn hiệu lực",
                [true, true],
            ),
            (
                "Theo [Nghị định số 17/2018/NĐ-CP] và [Thông tư số 18/2018/TT-BYT]; Thông tư này đã hết hiệu lực",
                [false, true],
            ),
            ("Theo [Nghị định số 17/2018/NĐ-CP] và [Thông tư số 18/2018/TT-BYT] (đã hết hiệu lực)", [false, true]),
        ] {
            let (text, reading) = reading(marked);
            assert_eq!([0, 1].map(|at| spoken_of(&text, &reading, at)), past, "{marked}");
        }
    }

    #[test]
    fn a_word_behind_the_next_citation_belongs_to_that_one() {
        let (text, reading) = reading("Thực hiện [24/2023/TT-BGDĐT] thay cho [22/2020/TT-BGDĐT] đã hết hiệu lực.");
        assert!(!spoken_of(&text, &reading, 0));
        assert!(spoken_of(&text, &reading, 1));
    }
}
