//! What the text does with each instrument that it cites: [`Use`]. A citation is judged only after this is known.
//!
//! [`Layout`] and [`Passage`] give the sentence of a citation with its lead-in, headings and quotation; [`Links`] says which
//! citations belong to another one. Then the rules of [`judge`] are asked in the order of precedence: what the text acts on,
//! lets go on, tells of, only names; else what it rests on or applies. Relations between instruments are `treatment`'s.

mod link;
mod passage;

use crate::cite::{Citation, Header, MentionKind};
use crate::law::{Treatment, Use};
use crate::text::{Pattern, fold, one_line};
use link::{Link, Links};
use passage::{Layout, Passage};

/// How far a lead of the bases reaches: the items of one list stand near each other, in bytes.
const NEAR: usize = 900;

/// The use of every citation of a text, in its order.
pub(super) fn uses(text: &str, header: &Header, citations: &[Citation]) -> Vec<Use> {
    let layout = Layout::of(text);
    let tails: Vec<usize> = citations.iter().map(tail).collect();
    let passages: Vec<Passage> =
        citations.iter().zip(&tails).map(|(one, tail)| layout.passage(&one.mention.range, *tail)).collect();
    let sentences: Vec<usize> = passages.iter().map(|passage| passage.start).collect();
    let links = Links::of(text, citations, &sentences, &tails);
    let paper = Paper { layout: &layout, kind: kind_of_paper(text, header) };
    let mut out: Vec<Use> = Vec::with_capacity(citations.len());
    for (at, citation) in citations.iter().enumerate() {
        let own = || paper.judge(citation, &passages[at]);
        out.push(match links.links[at] {
            Some(Link::Completes(one) | Link::Same(one)) if !is_own(&citations[one]) => out[one],
            _ if links.in_title[at] => Use::Names,
            Some(Link::Next(one)) if links.main[at] != at && !is_own(&citations[one]) => match own() {
                Use::Applies => out[one],
                other => other,
            },
            link => match own() {
                judged @ (Use::Applies | Use::Rests) => {
                    let carried = opener(text, citations, &links, at).map(|before| out[before]);
                    let sibling = || match link {
                        Some(Link::Sibling(one)) => Some(out[links.main[one]]).filter(|found| *found != Use::Names),
                        _ => None,
                    };
                    carried.or_else(sibling).unwrap_or(judged)
                }
                judged => judged,
            },
        });
    }
    out
}

fn is_own(citation: &Citation) -> bool {
    citation.mention.kind == MentionKind::Own
}

/// Where a citation with its day and its issuer ends.
fn tail(citation: &Citation) -> usize {
    let beside = citation.date_range.iter().chain(citation.issuer.as_ref().map(|issuer| &issuer.range));
    let start = citation.mention.range.start;
    beside.filter(|range| range.start > start).map(|range| range.end).fold(citation.mention.range.end, usize::max)
}

/// The citation before `at` with which a list goes on: nothing stands before `at` in its item, and the item before it ends
/// with a semicolon.
fn opener(text: &str, citations: &[Citation], links: &Links, at: usize) -> Option<usize> {
    let start = citations[at].mention.range.start;
    let floor = text.floor_char_boundary(start.saturating_sub(400));
    let before = text[floor..start].trim_end();
    let before = before.strip_suffix("các").unwrap_or(before);
    let bare =
        before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>' | '-' | '+' | '–' | '•'));
    if !bare.ends_with(';') {
        return None;
    }
    let earlier = (0..at).rev().take(12).find(|one| !links.in_title[*one] && !is_own(&citations[*one]))?;
    (start - citations[earlier].mention.range.end <= NEAR).then_some(earlier)
}

/// The sort of paper that a text is, folded, as far as its uses depend on it.
fn kind_of_paper(text: &str, header: &Header) -> String {
    let head = &text[..text.floor_char_boundary(1500)];
    if fold(head).contains("van ban hop nhat") {
        return "van ban hop nhat".to_owned();
    }
    header.kind.as_deref().map(fold).unwrap_or_default()
}

/// The paper that cites.
struct Paper<'t> {
    layout: &'t Layout<'t>,
    kind: String,
}

impl Paper<'_> {
    /// The use of a citation that the text cites in its own right.
    fn judge(&self, citation: &Citation, passage: &Passage) -> Use {
        let start = citation.mention.range.start;
        if is_annex_head(passage) {
            return Use::Names;
        }
        if passage.quotation.is_some() {
            return quoted_use(self.layout.text, start, passage);
        }
        if is_footnote(passage) {
            return Use::Told;
        }
        if citation.treatment.acts() || self.acts(start, passage) {
            return Use::Acts;
        }
        if keeps(passage) {
            return Use::Keeps;
        }
        if self.tells(passage) {
            return Use::Told;
        }
        self.relies(citation, passage)
    }

    fn acts(&self, start: usize, passage: &Passage) -> bool {
        let Passage { before, after, .. } = passage;
        if self.kind == "van ban hop nhat" {
            let amended = AMENDED_BY.is_match(after);
            let listed = NUMBER_ALONE.is_match(before) && after.contains("co hieu luc");
            if start < self.layout.body + 4000 && (amended || listed) {
                return true;
            }
        }
        if let Some(lead) = &passage.lead
            && ENDING.is_match(lead)
            && OWN_LEAD.is_match(lead)
            && !lead.contains("truong hop")
            && !lead.contains("neu ")
        {
            return true;
        }
        let above = || passage.headings.iter().chain(&passage.lead).any(|words| LIST_OF_ENDED.is_match(words));
        if above() || ended_by_this_text(passage, self.layout.text) {
            return true;
        }
        let clause = before.rsplit(';').next().unwrap_or_default();
        let bare_verb = IMPERATIVE.is_match(clause) && !FOLLOWED.is_match(last(clause, 60));
        bare_verb
            || BRACKETED.is_match(before)
            || (BARE_VERB.captures(before).is_some_and(|found| {
                let subject = &before[..found.get(1).map_or(0, |verb| verb.start())];
                !PASSIVE.is_match(subject)
            }))
            || (THIS_TEXT.is_match(before)
                && !last(before, 40).contains("thay the boi")
                && !last(before, 40).contains("bang"))
    }

    fn tells(&self, passage: &Passage) -> bool {
        let Passage { before, after, .. } = passage;
        if AFTERWARDS.is_match(first(after, 400)) || PAST.is_match(before) {
            return true;
        }
        if let Some(word) = EARLIER.find_last(before)
            && !DUTY.is_match(&before[word.end()..])
        {
            return true;
        }
        if MARKS_A_DAY.is_match(before) && COMMENCES.is_match(after) {
            return true;
        }
        if FOOTNOTE_OF_AN_ACT.is_match(before) && after.contains("quy dinh nhu sau") {
            return true;
        }
        // A report's account of the period past; its tasks ahead are applied.
        self.kind == "bao cao"
            && passage.headings.iter().any(|heading| ACCOUNT.is_match(heading))
            && DONE.is_match(before)
    }

    fn relies(&self, citation: &Citation, passage: &Passage) -> Use {
        let start = citation.mention.range.start;
        let preamble = start < self.layout.body;
        let Passage { before, after, sentence, .. } = passage;
        let rests = citation.treatment == Treatment::Basis
            || (preamble && BASIS.is_match(sentence))
            || passage.lead.as_deref().is_some_and(|lead| BASES_LEAD.is_match(lead))
            || passage.headings.first().is_some_and(|heading| heading.len() < 90 && BASES_HEADING.is_match(heading));
        if rests || (preamble && OCCASION.is_match(sentence)) {
            return Use::Rests;
        }
        if preamble && let Some(carries_out) = self.own_title(passage, start) {
            return if carries_out { Use::Rests } else { Use::Applies };
        }
        let item = ITEM.is_match(sentence);
        let occasion = OBJECT_OF_OCCASION.captures(before).is_some_and(|found| {
            !found.get(1).is_some_and(|words| words.as_str().split_whitespace().any(|word| word == "theo"))
        });
        if (!item && occasion && MAIN_CLAUSE.is_match(after)) || REPLY.is_match(before) {
            return Use::Rests;
        }
        Use::Applies
    }

    /// Whether the citation stands in the paper's own title, and if so, whether the paper carries out the instrument.
    fn own_title(&self, passage: &Passage, start: usize) -> Option<bool> {
        let text = self.layout.text;
        let words = &text[passage.start..start];
        let capital = words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
        let marked = capital || words.trim_start().starts_with('#') || SUBJECT.is_match(&passage.sentence);
        let about = ABOUT.is_match(&passage.sentence)
            && passage.sentence.len() < 400
            && !passage.sentence.ends_with('.')
            && start < 6000;
        (marked || about).then(|| CARRIES_OUT.is_match(&passage.before) && !UNDER.is_match(&passage.before))
    }
}

/// "(Ban hành kèm theo Thông tư số …)" at the head of an annex or form.
fn is_annex_head(passage: &Passage) -> bool {
    let near = first(&passage.after, 200);
    passage.before.len() < 90 && near.contains(')') && ANNEX.is_match(&passage.before)
}

/// The use of what stands between quotation marks: words struck out and words of others are only named; the new words that
/// an amending text puts in are used as they say, which is nearly always to apply.
fn quoted_use(text: &str, start: usize, passage: &Passage) -> Use {
    let lead = passage.before_quotation.as_str();
    let struck = STRUCK.captures(lead).is_some_and(|found| {
        let before = &lead[..found.get(0).map_or(0, |words| words.start())];
        !before.trim_end().ends_with("bang") && !before.trim_end().ends_with("thanh")
    });
    if struck || GIVEN_BY_OTHERS.is_match(lead) {
        return Use::Names;
    }
    let new_words = NEW_WORDS.is_match(lead) && !OLD_WORDS.is_match(lead);
    if new_words {
        return Use::Applies;
    }
    let inside = passage.quotation.map_or(0, |open| start - open);
    let basis = passage.quotation.is_some_and(|open| fold(first(&text[open..], 24)).contains("can cu"));
    if basis || inside < 700 { Use::Names } else { Use::Applies }
}

/// "[3] Khoản này được sửa đổi theo quy định tại khoản 2 Điều 1 của …": the footnote of a consolidated text.
fn is_footnote(passage: &Passage) -> bool {
    FOOTNOTE.is_match(&passage.sentence) && BY_WHICH.is_match(&passage.before)
}

/// "… hết hiệu lực kể từ ngày Thông tư này có hiệu lực".
fn ended_by_this_text(passage: &Passage, text: &str) -> bool {
    let after = passage.after.as_str();
    let Some(at) = after.find("het hieu luc") else { return false };
    let (between, rest) = (&after[..at], &after[at..]);
    if between.contains(';') || rest.starts_with("het hieu luc mot phan") {
        return false;
    }
    let own = rest.contains(" nay ") || rest.contains("ke tu");
    if own && !between.contains("thay the boi") && !between.contains("truong hop") && !first(after, 80).contains("khi ")
    {
        return true;
    }
    let alone = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = matches!(alone, "het hieu luc" | "het hieu luc thi hanh") && !between.contains(',');
    let floor = text.floor_char_boundary(passage.start.saturating_sub(400));
    bare && !between.ends_with("da ") && COMMENCEMENT.is_match(&fold(&one_line(&text[floor..passage.start])))
}

/// Whether the sentence, or the article of transition that it stands in, lets go on what was begun under the instrument.
fn keeps(passage: &Passage) -> bool {
    let sentence = passage.sentence.as_str();
    let transition = passage.headings.iter().any(|heading| heading.contains("chuyen tiep"));
    let goes_on = GOES_ON.is_match(sentence);
    (goes_on && (transition || (BEGUN.is_match(sentence) && FOR_A_TIME.is_match(sentence))))
        || (transition && (sentence.contains("truoc ngay") || sentence.contains("truoc thoi diem")))
}

/// At most the first `length` bytes, on a character boundary.
fn first(words: &str, length: usize) -> &str {
    &words[..words.floor_char_boundary(length)]
}

/// At most the last `length` bytes, on a character boundary.
fn last(words: &str, length: usize) -> &str {
    &words[words.ceil_char_boundary(words.len().saturating_sub(length))..]
}

// Acts.
static AMENDED_BY: Pattern = Pattern::new(r"duoc sua doi, bo sung(?: \w+){0,4} boi\W*$");
static NUMBER_ALONE: Pattern = Pattern::new(r"^\W*(?:\d{1,2}[.)]?)?\s*$");
static ENDING: Pattern = Pattern::new(r"\b(?:bai bo|thay the|het hieu luc|huy bo|ngung hieu luc|cham dut)\b");
static OWN_LEAD: Pattern =
    Pattern::new(r"\bnay\b|^\W*(?:(?:dieu \d+|\d+|[a-z])\W+)*(?:bai bo|thay the|huy bo)|\bsau day het hieu luc");
static LIST_OF_ENDED: Pattern = Pattern::new(
    r"danh muc (?:cac )?(?:van ban|quyet dinh|nghi quyet|thong tu)[^/]*(?:het hieu luc|bai bo|ngung hieu luc)",
);
static IMPERATIVE: Pattern = Pattern::new(
    r"^\W*(?:(?:dieu \d+\w?|\w{1,3})[.):]\W*)*(?:bai bo|thay the|huy bo|sua doi|bo sung|dinh chinh|dieu chinh)(?:,? (?:va )?(?:bai bo|thay the|sua doi|bo sung|huy bo))*\W*(?:cum tu|tu|khoan|diem|dieu|muc|phu luc|mau|bieu|quy dinh|quy pham|quy che|danh muc|ten|doan|noi dung|cac|mot so|mot phan|toan bo|chuong|phan|tieu de|so thu tu|thong tu|nghi dinh|quyet dinh|nghi quyet|luat|chi thi|cong van|ke hoach|thong bao)\b",
);
static FOLLOWED: Pattern = Pattern::new(r"\b(?:theo quy dinh|thuc hien|can cu|theo)\b");
static BRACKETED: Pattern = Pattern::new(r"\((?:sua doi|bo sung|thay the|bai bo)(?: \w+){0,8}$");
static BARE_VERB: Pattern = Pattern::new(
    r"(?:^|[;,.] |\d+\W+|va |dong thoi )(bai bo|thay the|huy bo|ngung hieu luc|dinh chi|cham dut(?: hieu luc)?)(?: cho)?(?: (?:toan bo|mot phan|cac|khoan|diem|dieu|muc|phu luc|quy dinh|noi dung|hieu luc|cua|tai|so|\w{1,3}|,))*$",
);
static PASSIVE: Pattern = Pattern::new(r"\b(?:da|duoc|bi)\b[^,;]{0,20}$");
static THIS_TEXT: Pattern = Pattern::new(r"\bnay\b[^;]{0,200}\b(?:thay the|bai bo|lam het hieu luc)\b[^;]*$");
static COMMENCEMENT: Pattern = Pattern::new(r"nay co hieu (?:luc|sau)");

// Keeps.
static GOES_ON: Pattern = Pattern::new(
    r"\btiep tuc\b|\bvan (?:duoc |tiep tuc |con |co )?(?:thuc hien|ap dung|the hien|giai quyet|theo|huong|co hieu luc|hieu luc|su dung)|\b(?:duoc|thi) (?:tiep tuc )?(?:thuc hien|giai quyet|huong|quan ly|ap dung|su dung|xu ly|chi tra|xem xet)\b|\bcon hieu luc\b|\bco gia tri\b",
);
static BEGUN: Pattern = Pattern::new(
    r"\btruoc (?:ngay|khi|thoi diem|\d)[^;]*\bco hieu luc|\btruoc ngay\b[^;]*\b(?:thi|duoc)\b|\btruoc do\b|\bdang (?:su dung|xu ly|thuc hien|huong|giai quyet|ap dung|trong thoi)|\bda (?:duoc |nop|ky|tiep nhan|cap|phe duyet|bo nhiem|thong qua|ban hanh|trung tuyen|tuyen sinh|lap)|\b(?:den het|cho den|den khi|den thoi diem|den ngay|trong thoi han|hien con|con ton)\b",
);
static FOR_A_TIME: Pattern = Pattern::new(
    r"\btruoc (?:ngay|khi|thoi diem)\b|truoc do|tiep tuc (?:co hieu luc|ap dung|duoc ap dung)|den het|cho den|den khi|den thoi diem|con ton|hien con",
);

// Told.
static FOOTNOTE: Pattern = Pattern::new(
    r"^\W*\d{0,3}\W*(?:cac )?(?:khoan|diem|dieu|cum tu|doan|muc|chuong|phu luc|ten|tu|noi dung|mau|tieu de|so thu tu)\b[^;]{0,200}\b(?:duoc|bi) (?:sua doi|bo sung|bai bo|thay the|dinh chinh|ban hanh)",
);
static BY_WHICH: Pattern = Pattern::new(r"(?:theo|tai|boi)(?: quy dinh)?(?: tai| cua)?[^;]{0,70}$");
static AFTERWARDS: Pattern = Pattern::new(
    r"\b(?:het hieu luc(?: thi hanh)?|khong con (?:duoc )?(?:hieu luc|gia tri|ap dung|su dung|thuc hien)|(?:da )?(?:duoc|bi) (?:thay the|bai bo|huy bo)|da bai bo|nay la\b|da ket thuc|da het (?:thoi )?han|co can cu ban hanh nhu sau)",
);
static EARLIER: Pattern = Pattern::new(
    r"\b(?:truoc day(?: da)?(?: duoc)?(?: \w+){0,2} (?:tai|theo)|truoc day|(?:so ket|tong ket)(?: \w+){0,4} (?:thuc hien|trien khai)|(?:sau|qua)(?: \w+){1,4} nam(?: trien khai)? thuc hien|thay (?:the )?cho (?:cac |chuong trinh|quy dinh|quy che|thong tu|nghi dinh|quyet dinh|nghi quyet|luat|van ban|ke hoach|de an)|thay (?:the )?cho$|(?:giai doan )?chuyen tiep giua)",
);
static DUTY: Pattern =
    Pattern::new(r"\b(?:can cu|thuc hien|trien khai|theo quy dinh|ap dung|va theo|nay (?:thuc hien|theo|ap dung))\b");
static PAST: Pattern = Pattern::new(
    r"\bsau khi\b[^;]{0,90}\bban hanh(?: cac)?$|\b(?:ngay \d[^,;]{0,40}|nam \d{4}|trong nam \d{4}|giai doan \d{4}[^,;]{0,20}|tai)\b[^;]{0,90}\b(?:da (?:co|ban hanh|ky|gui|giao|trinh|nhan|trien khai|to chuc|thuc hien|chi dao|xay dung)|ban hanh|co)\s*(?:cac )?$",
);
static MARKS_A_DAY: Pattern = Pattern::new(r"\btruoc (?:ngay|khi|thoi diem)\b[^,;]*$");
static COMMENCES: Pattern = Pattern::new(r"^\W*(?:nay )?co hieu luc");
static FOOTNOTE_OF_AN_ACT: Pattern = Pattern::new(r"^\W*\d{0,2}\W*(?:cac dieu|dieu)[^;]{0,60}cua$");
static ACCOUNT: Pattern = Pattern::new(r"ket qua|tinh hinh|danh gia|da dat|thuc trang|cong tac chi dao");
static DONE: Pattern = Pattern::new(r"\bda\b|\bduoc\b|^\W*(?:thuc hien|trien khai|ban hanh)");

// Names.
static ANNEX: Pattern = Pattern::new(r"\((?:ban hanh )?(?:kem|theo)[^()]{0,60}$");
static STRUCK: Pattern = Pattern::new(r"(?:cum tu|thay the|can cu ban hanh)\W*$");
static GIVEN_BY_OTHERS: Pattern = Pattern::new(r"\b(?:giao|chi dao|ket luan|yeu cau|quy dinh)\W*$");
static NEW_WORDS: Pattern =
    Pattern::new(r"(?:sua doi|bo sung|thay the)[^.“”]{0,130}$|(?:nhu sau|thanh|bang(?: cum tu)?|la|:)\W*$");
static OLD_WORDS: Pattern = Pattern::new(r"(?:can cu ban hanh|quy dinh) nhu sau\W*$");

// Rests.
static BASIS: Pattern = Pattern::new(r"^\W*(?:\d+[.)]\W*)?can cu\b");
static BASES_LEAD: Pattern = Pattern::new(r"^\W*(?:\w+[.)]\W*)?(?:cac )?(?:can cu|co so phap ly)");
static BASES_HEADING: Pattern = Pattern::new(
    r"^\W*(?:\w+[.)]\W*)?(?:(?:cac )?can cu(?: phap ly| xay dung| de xay dung)?|co so phap ly)(?:\W*$|\W*\()",
);
static OCCASION: Pattern = Pattern::new(
    r"^\W*(?:can cu|thuc hien|trien khai(?: thuc hien)?|thi hanh|theo|xet|tra loi|phuc dap|tiep theo|tiep nhan|nhan duoc|chap hanh|de (?:trien khai|thuc hien)|nham (?:trien khai|thuc hien)|tai)\b",
);
static OBJECT_OF_OCCASION: Pattern = Pattern::new(
    r"^\W*(?:can cu|thuc hien|trien khai(?: thuc hien)?|thi hanh|xet|tra loi|phuc dap|tiep theo|chap hanh|de (?:trien khai|thuc hien)|nham (?:trien khai|thuc hien)|nhan duoc)((?: \w+){0,4})$",
);
static MAIN_CLAUSE: Pattern =
    Pattern::new(r",\s*(?:\w+ ){1,14}?(?:xay dung|ban hanh|bao cao|de nghi|thong bao|co y kien|trinh|kinh)\b");
static REPLY: Pattern = Pattern::new(
    r"(?:^\W*|[,;] )(?:xet|tra loi|phuc dap|theo de nghi|sau khi xem xet)\b[^,;.]{0,90}$|\bnhan duoc\b[^,;.]{0,40}$",
);
static ITEM: Pattern = Pattern::new(r"^\s*(?:[-+–•*]|\w{1,2}[.)])");
static SUBJECT: Pattern = Pattern::new(r"^\W*(?:so:? ?\S* )?v/v\b");
static ABOUT: Pattern = Pattern::new(r"^\W*(?:ve viec|ve|hanh dong)\b");
static CARRIES_OUT: Pattern =
    Pattern::new(r"\b(?:trien khai|thuc hien|huong dan|chi tiet|thi hanh|theo tinh than)(?: \w+){0,8}$");
static UNDER: Pattern = Pattern::new(r"\btheo(?: quy dinh)?(?: tai| cua)?$");

#[cfg(test)]
mod tests {
    use crate::cite;
    use crate::law::Use::{self, Acts, Applies, Keeps, Names, Rests, Told};
    use crate::read::Document;
    use crate::register::Register;

    fn uses(text: &str) -> Vec<Use> {
        let read = cite::read(&Document::from_text("a.txt", text), &Register::bundled());
        read.citations.iter().map(|citation| citation.usage).collect()
    }

    #[test]
    fn a_sentence_says_how_it_uses_what_it_cites() {
        for (text, expected) in [
            ("Căn cứ Nghị định số 84/2020/NĐ-CP quy định chi tiết một số điều của Luật Giáo dục;", &[Rests, Names][..]),
            ("Căn cứ Luật Giáo dục ngày 14/6/2019;\nThông tư số 33/2021/TT-BGDĐT ngày 26/11/2021;", &[Rests, Rests]),
            ("1. Việc thu\n- Đánh giá theo quy định tại Thông tư số 22/2021/TT-BGDĐT ngày 20/7/2021.", &[Applies]),
            ("Điều 1. Việc thu\n2. Bãi bỏ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020.", &[Acts]),
            (
                "Điều 9. Hiệu lực\nCác văn bản sau đây hết hiệu lực kể từ ngày Thông tư này có hiệu lực:\n\
                 a) Thông tư số 22/2020/TT-BGDĐT;\nb) Thông tư số 26/2020/TT-BGDĐT.",
                &[Acts, Acts],
            ),
            (
                "Điều 8. Điều khoản chuyển tiếp\nHồ sơ đã nộp trước ngày Nghị định này có hiệu lực thì tiếp tục giải \
                 quyết theo Nghị định số 46/2017/NĐ-CP.",
                &[Keeps],
            ),
            ("1. Trường còn theo Thông tư số 22/2020/TT-BGDĐT (đã hết hiệu lực).", &[Told]),
            ("[3] Khoản này được sửa đổi theo quy định tại khoản 2 Điều 1 của Luật số 67/2020/QH14.", &[Told]),
            ("Phụ lục II\n(Ban hành kèm theo Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021)", &[Names]),
            (
                "1. Thu theo Nghị định số 46/2017/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 135/2018/NĐ-CP.",
                &[Applies, Applies],
            ),
        ] {
            assert_eq!(uses(text), expected, "{text}");
        }
    }
}
