//! How a citation hangs on one before it in the same sentence: as part of its title, as an amendment that completes it, as
//! the same instrument in other words, or as the next of a list.

use crate::cite::pinpoints;
use crate::cite::{Citation, MentionKind};
use crate::text::{Pattern, fold, one_line};

/// The most that may stand between two linked citations, in bytes of folded text.
const BETWEEN: usize = 460;

/// How many citations before one are looked at for the instrument that a short form repeats.
const EARLIER: usize = 6;

/// What ties a citation to an earlier one, whose place it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It stands in the title of that one: "Nghị định A quy định chi tiết Luật B".
    Title(usize),
    /// It amends that one, and completes its citation: "Nghị định A được sửa đổi bởi Nghị định B".
    Completes(usize),
    /// It repeats that one: "(sau đây gọi là Thông tư 33)".
    Same(usize),
    /// Nothing but a comma or "và" stands between them.
    Next(usize),
    /// It goes on with the same duty after the title of that one: "…; Kế hoạch B".
    Sibling(usize),
}

/// Every citation with its link, whether it stands inside the title of another, and the citation to which it belongs: its own
/// place where the text cites it in its own right.
pub(super) struct Links {
    pub links: Vec<Option<Link>>,
    pub in_title: Vec<bool>,
    pub main: Vec<usize>,
}

/// What a title begins with after the name of an instrument, its day and its issuer.
static TITLE: Pattern = Pattern::new(
    r#"^[\s,(]*(?:(?:[a-z]{1,3}\)?\s)?(?:ngay\s+[\d/.\- ]{6,14}|ngay \d{1,2} thang \d{1,2},? nam \d{4})\)?)?[\s,]*(?:cua [^;:]{2,150}?)?[\s,("“]*(?:khoa [ivx]+,?\s*)?((?:(?:da|duoc|va) )*(?:ve viec|ve|v/v|quy dinh|huong dan|thi hanh|thuc hien|trien khai|ban hanh|phe duyet|sua doi|bo sung|thay the|bai bo|dinh chinh|cong bo|tang cuong|day manh|tiep tuc|thong qua|dieu chinh|chi tiet|giai thich|giao|hop nhat|xay dung|dong y|cho phep)\b.*)$"#,
);

/// What an amendment that completes a citation is led in by, from the citation on.
static COMPLETES: Pattern = Pattern::new(
    r"^[\s,(]*(?:(?:da|duoc|va|dong thoi)\s+)*(?:sua doi|bo sung|dinh chinh|thay the)[^;.]*?\b(?:boi|theo|tai|bang|thanh)(?:[\s,]+(?:cac|quy dinh tai|quy dinh|diem \w+|khoan \w+|dieu \w+|mau(?: so)? \w+|phu luc \w+|muc \w+|cua|,|va|\w{1,2}))*\s*(?:so\s*)?$",
);

/// The same behind a title.
static COMPLETES_LATER: Pattern = Pattern::new(
    r"\b(?:da duoc|duoc) (?:sua doi|bo sung)[^;]*\b(?:boi|theo|tai|bang)(?:\s+(?:cac|quy dinh tai|diem \w+|khoan \w+|dieu \d+\w?|cua|,|va|\d+))*(?: so)?$",
);

/// What stands between the members of a list, provisions apart.
static JOINED: Pattern = Pattern::new(
    r"^[\s,()]*(?:(?:va|hoac|hay|cung)\b)?[\s,]*(?:cac\s+\w+(?: \w+){0,2}\s+)?(?:tai |cua |cac )*(?:so\s*)?$",
);

static DEFINES: Pattern = Pattern::new(r"^[\s(]*(?:sau day|viet tat|viet gon|goi tat|duoi day|goi la)");

/// A new duty that begins between a title and the next citation.
static NEW_DUTY: Pattern = Pattern::new(
    r",\s*(?:can cu|va theo|dong thoi|nay|yeu cau|de nghi)\b|\b(?:duoc thay the|het hieu luc|bi bai bo|tiep tuc (?:thuc hien theo|ap dung)|duoc thuc hien|thuc hien theo)\b",
);

static NEXT_PROVISION: Pattern = Pattern::new(
    r"(?:,|\bva|\bhoac) (?:theo|tai|quy dinh tai|theo quy dinh|khoan|diem|dieu|muc|phu luc|cac quy dinh)\b[^,;]{0,60}$",
);

static CHANGES: Pattern = Pattern::new(r"(?:sua doi|bo sung|bai bo)[^;]*$");

static GOES_ON: Pattern = Pattern::new(r"(?:,|\bva|\bhoac|\bcung)(?: cac)?$");

/// What leads from the words of a title to the instrument that it names.
static LEADS_ON: Pattern = Pattern::new(
    r#"(?:\b(?:cua|thuc hien|trien khai|thi hanh|theo|tai|sua doi|bo sung|ban hanh|kem theo|huong dan|thay the|bai bo|so|ve|voi|trong|quy dinh|boi|dinh chinh|giao tai|neu tai|cac)(?: cac| so)?|[“"])$|sua doi,? bo sung(?: \w+){0,6}$|\bdieu(?: cua)?(?: cac)?$"#,
);

impl Links {
    /// `sentences` are where the sentence of each citation begins; `tails` where its day and issuer end.
    pub fn of(text: &str, citations: &[Citation], sentences: &[usize], tails: &[usize]) -> Links {
        let mut out = Links { links: Vec::new(), in_title: Vec::new(), main: Vec::new() };
        for (at, sentence) in sentences.iter().enumerate() {
            let link = at.checked_sub(1).and_then(|before| link(text, citations, before, *sentence, tails));
            out.push(citations, at, link);
        }
        out
    }

    fn push(&mut self, citations: &[Citation], at: usize, link: Option<Link>) {
        let (mut link, mut in_title, mut main) = (link, false, at);
        match link {
            None | Some(Link::Sibling(_)) => {}
            Some(Link::Title(before)) => (in_title, main) = (true, self.main[before]),
            Some(Link::Completes(before)) => {
                // A decree does not amend the law in whose details it is named, but the decree that details it.
                let above = self.in_title[before] && !is_law(&citations[at]) && is_law(&citations[before]);
                let before = if above { self.main[before] } else { before };
                link = Some(Link::Completes(before));
                (in_title, main) = (self.in_title[before], self.main[before]);
            }
            Some(Link::Same(before)) => {
                let recent = || (0..=before).rev().take(EARLIER);
                let target = citations[at].target.as_ref();
                let same = recent().find(|one| target.is_some() && citations[*one].target.as_ref() == target);
                let kind = || recent().find(|one| kind(&citations[*one]) == kind(&citations[at]));
                let one = same.or_else(kind).unwrap_or(before);
                link = Some(Link::Same(one));
                (in_title, main) = (self.in_title[one], self.main[one]);
            }
            Some(Link::Next(before)) => {
                main = self.main[before];
                if self.in_title[before] {
                    let own = kind(&citations[at]);
                    let like_title = own == kind(&citations[before]);
                    let like_main = own == kind(&citations[main]) && !is_law(&citations[at]);
                    in_title = like_title && !like_main;
                    if !in_title {
                        main = at;
                    }
                }
            }
        }
        self.links.push(link);
        self.in_title.push(in_title);
        self.main.push(main);
    }
}

fn link(text: &str, citations: &[Citation], before: usize, sentence: usize, tails: &[usize]) -> Option<Link> {
    let (one, next) = (&citations[before].mention.range, &citations[before + 1].mention.range);
    if one.start < sentence {
        return None;
    }
    if next.start < tails[before] {
        return Some(Link::Next(before));
    }
    if next.start - one.end > 4 * BETWEEN {
        return None;
    }
    let folded = |start: usize, end: usize| fold(&one_line(text.get(start..end).unwrap_or_default()));
    let all = folded(one.end, next.start);
    if all.len() > BETWEEN {
        return None;
    }
    let rest = folded(tails[before], next.start);
    let bare = folded(tails[before], pinpoints::begin(text, next.start).max(tails[before]));
    let title = TITLE.captures(&all).and_then(|found| found.get(1)).map(|found| found.as_str());
    if COMPLETES.is_match(&rest) || title.is_some_and(|title| COMPLETES.is_match(title)) {
        return Some(Link::Completes(before));
    }
    let after = text[next.end..].trim_start();
    if (rest == "(" && after.starts_with(')')) || DEFINES.is_match(&rest) {
        return Some(Link::Same(before));
    }
    let target = citations[before + 1].target.as_ref();
    if rest.ends_with('(') && after.starts_with(')') && target.is_some() && target == citations[before].target.as_ref()
    {
        return Some(Link::Same(before));
    }
    if JOINED.is_match(&rest) || JOINED.is_match(&bare) {
        return Some(Link::Next(before));
    }
    let ends = |mark: char| all.match_indices(mark).any(|(at, _)| all[at + 1..].starts_with(' '));
    if all.contains(';') || ends('.') {
        return None;
    }
    if COMPLETES_LATER.is_match(&all) {
        return Some(Link::Completes(before));
    }
    let title = title?;
    if (NEXT_PROVISION.is_match(&all) && !CHANGES.is_match(&all)) || GOES_ON.is_match(&all) {
        return Some(Link::Sibling(before));
    }
    if LEADS_ON.is_match(&all) || LEADS_ON.is_match(&bare) {
        return (!NEW_DUTY.is_match(title)).then_some(Link::Title(before));
    }
    None
}

/// The type word of a citation, folded; laws, codes, ordinances and the Constitution count as one.
fn kind(citation: &Citation) -> String {
    if is_law(citation) {
        return "luat".to_owned();
    }
    let mention = &citation.mention;
    let number = || mention.number.as_ref().and_then(|number| number.parts().next().map(fold));
    mention.type_word.as_deref().map(fold).or_else(number).unwrap_or_default()
}

fn is_law(citation: &Citation) -> bool {
    let mention = &citation.mention;
    let word = fold(mention.type_word.as_deref().unwrap_or_default());
    let name = mention.kind == MentionKind::Named || mention.name.is_some();
    let laws = ["luat", "bo luat", "phap lenh", "hien phap"];
    laws.iter().any(|law| word == *law)
        || (name && !["nghi", "thong", "quyet"].iter().any(|head| word.starts_with(head)))
}
