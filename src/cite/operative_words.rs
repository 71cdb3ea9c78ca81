//! The words by which a document acts on another instrument: "Bãi bỏ", "Thông tư này thay thế", "sửa đổi, bổ sung một
//! số điều của", "hết hiệu lực kể từ ngày Luật này có hiệu lực".
//!
//! They are read from the clause around a mention, folded; `operative_lists` reads those that act on a list, and
//! `treatment` decides which words count for which mention.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem;
use regex::Regex;

use crate::law::Treatment;
use crate::text::fold;

/// What the words before a mention say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OperativeWord {
    /// This document does it.
    Own(Treatment),
    /// Someone else did it, or it is only reported.
    Others,
}

/// Verbs that open a clause; a longer one before the one it begins with.
const VERBS: [&str; 11] = [
    "sua doi",
    "bo sung",
    "dieu chinh",
    "thay the",
    "thay",
    "bai bo",
    "huy bo",
    "dinh chinh",
    "dinh chi",
    "ngung hieu luc",
    "bo",
];

/// What may be acted on: the instrument itself, or parts of it.
const OBJECTS: [&str; 34] = [
    "mot so",
    "mot phan",
    "cac",
    "cum tu",
    "tu ngu",
    "doan",
    "ten",
    "noi dung",
    "hieu luc",
    "vao",
    "khoan",
    "diem",
    "dieu",
    "muc",
    "phan",
    "phu luc",
    "chuong",
    "tiet",
    "gach",
    "quy dinh",
    "quy che",
    "dieu le",
    "toan bo",
    "danh muc",
    "mau",
    "bieu",
    "bang",
    "cua",
    "tai",
    "trich yeu",
    "can cu",
    "tieu de",
    "cong thuc",
    "chu thich",
];

/// Words that lead from a part to its instrument.
const LINKS: [&str; 7] = ["mot so", "cua", "tai", "kem theo", "trong", "thuoc", "cac"];

/// Parts with a number: "khoản I", "mục 2".
const NUMBERED: [&str; 8] = ["dieu", "khoan", "diem", "muc", "phan", "phu luc", "chuong", "tiet"];

/// The rest of folded words that begin with a phrase, its words whole.
fn after_phrase<'t>(words: &'t str, phrase: &str) -> Option<&'t str> {
    words.strip_prefix(phrase).filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// The verb that opens a clause, and the words after it and the verbs joined to it.
fn opening_verb(lead: &str) -> Option<(&'static str, &str)> {
    let lead = lead.strip_prefix("dong thoi ").unwrap_or(lead);
    let verb_at = |words: &str| VERBS.iter().find(|verb| after_phrase(words, verb).is_some());
    let first = verb_at(lead)?;
    let mut rest = &lead[first.len()..];
    loop {
        let next = rest.trim_start_matches([',', ' ']);
        let next = ["va hoac ", "va ", "hoac "].iter().find_map(|link| next.strip_prefix(link)).unwrap_or(next);
        match verb_at(next) {
            Some(verb) => rest = &next[verb.len()..],
            None => break,
        }
    }
    Some((first, rest.trim_start().strip_prefix("cho ").unwrap_or(rest).trim()))
}

/// Whether the citation of an instrument may follow these words: "… của", "… ban hành kèm theo", "… khoản I".
fn leads_on(object: &str) -> bool {
    let object = object.trim_end_matches([',', ' ']);
    if LINKS.iter().any(|link| object == *link || object.strip_suffix(link).is_some_and(|rest| rest.ends_with(' '))) {
        return true;
    }
    let Some((head, label)) = object.rsplit_once(' ') else { return false };
    let head = head.strip_suffix(" so").unwrap_or(head);
    let numbered = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    numbered
        && NUMBERED.iter().any(|part| head == *part || head.strip_suffix(part).is_some_and(|rest| rest.ends_with(' ')))
}

/// Stems of all those verbs as they are written with and without marks: most clauses have none, and this search is fast.
pub(super) static VERBS_INSIDE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let stems = [
        "a đổi",
        "A ĐỔI",
        "ổ sung",
        "Ổ SUNG",
        "u chỉnh",
        "U CHỈNH",
        "thay ",
        "Thay ",
        "THAY ",
        "bỏ",
        "BỎ",
        "Bỏ",
        "đình chỉ",
        "Đình chỉ",
        "ưng hiệu",
        "nh chính",
        "ổi bổ",
        "ết hiệu",
        "sua doi",
        "Sua doi",
        "bo sung",
        "Bo sung",
        "bai bo",
        "Bai bo",
    ];
    AhoCorasick::new(stems).ok()
});

/// The clause's own act, if it has one. `alone` says that no other mention is between the clause's beginning
/// and this one.
pub(super) fn act(clause: &str, alone: bool) -> Option<OperativeWord> {
    if !VERBS_INSIDE.as_ref()?.is_match(clause) {
        return None;
    }
    let folded = fold(opening(clause));
    let lead = folded.trim().trim_end_matches(':').trim_end();
    if alone && let Some(treatment) = opened(lead) {
        return Some(OperativeWord::Own(treatment));
    }
    let treatment = verb(strip_plural(lead))?;
    // "… có hiệu lực từ ngày 01/01/2020 và thay thế": the subject is what comes into force.
    let commences = lead.contains("co hieu luc") && !lead.contains("het hieu luc");
    let own = (own_subject(lead) && (alone || lead.contains(" nay "))) || (commences && lead.contains(" va "));
    Some(if own { OperativeWord::Own(treatment) } else { OperativeWord::Others })
}

/// The clause without what introduces it: a heading in capitals above it, its list mark, "Về việc".
pub(super) fn opening(clause: &str) -> &str {
    let mut rest = clause;
    let heading = |line: &str| {
        let line = line.trim();
        !line.is_empty() && line.contains(char::is_alphabetic) && !line.chars().any(char::is_lowercase)
    };
    let mut at = 0;
    for line in clause.split_inclusive('\n') {
        at += line.len();
        // The last line may be the clause itself, in capitals.
        if line.ends_with('\n') && heading(line) && is_kind(line) {
            rest = &clause[at..];
        }
    }
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '–' | '“' | '"'));
    let mark = rest.find([')', '.']).filter(|end| {
        let label = &rest[..*end];
        let short = label.chars().count() <= 2 && label.chars().all(char::is_alphanumeric);
        short || (label.len() <= 5 && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
    });
    let rest = mark.map_or(rest, |end| &rest[end + 1..]).trim_start();
    let article = rest.strip_prefix("Điều ").and_then(|after| {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        after[digits..].strip_prefix([':', '.', '\n']).filter(|_| digits > 0)
    });
    let rest = article.map_or(rest, str::trim_start);
    let about = ["Về việc ", "V/v ", "về việc ", "Về "].iter().find_map(|lead| rest.strip_prefix(lead));
    about.unwrap_or(rest)
}

fn is_kind(line: &str) -> bool {
    let line = fold(line.trim().trim_end_matches(':'));
    ["quyet dinh", "nghi quyet", "thong tu", "nghi dinh", "luat", "phap lenh", "chi thi"]
        .iter()
        .any(|kind| line.starts_with(kind))
}

/// The act of a clause that opens with its verb: "Bãi bỏ …", "Sửa đổi, bổ sung Điều 3 của quy định ban hành kèm theo …".
fn opened(lead: &str) -> Option<Treatment> {
    let (verb, object) = opening_verb(lead)?;
    let part = OBJECTS.iter().any(|part| after_phrase(object, part).is_some());
    let linked = leads_on(object);
    let strays = [" nhu sau", " trai voi", " thuc hien theo", ". "].iter().any(|stray| object.contains(stray));
    let acted_upon = object.is_empty() || (part && linked && !strays);
    if !acted_upon {
        return None;
    }
    let partial = ["cum tu", "tu ngu", "doan", "phu luc", "mau", "bieu", "danh muc"];
    Some(match verb {
        "bo" => return None,
        "thay" if !object.starts_with("cum tu") && !object.starts_with("tu ngu") => return None,
        "thay the" | "thay" if partial.iter().any(|part| object.starts_with(part)) => Treatment::Amends,
        "thay the" => Treatment::Replaces,
        "bai bo" | "huy bo" => Treatment::Repeals,
        "dinh chi" | "ngung hieu luc" => Treatment::Suspends,
        "dinh chinh" => Treatment::Corrects,
        _ => Treatment::Amends,
    })
}

/// "thay thế các Quyết định:" without the plural lead of a list.
fn strip_plural(lead: &str) -> &str {
    let lead = lead.trim_end_matches(" cua").trim_end();
    let lead = lead.trim_end_matches(" cac").trim_end();
    let listed = [
        " van ban sau",
        " van ban sau day",
        " quyet dinh",
        " nghi quyet",
        " nghi dinh",
        " thong tu",
        " sau",
        " sau day",
    ];
    let Some(head) = listed.iter().find_map(|list| lead.strip_suffix(list)) else { return lead };
    head.rfind(" cac").map_or(lead, |at| &head[..at])
}

/// The verb that a folded lead ends with.
fn verb(lead: &str) -> Option<Treatment> {
    const VERBS: [(&str, Treatment); 10] = [
        ("thay the", Treatment::Replaces),
        ("thay the cho", Treatment::Replaces),
        ("bai bo", Treatment::Repeals),
        ("bai bo toan bo", Treatment::Repeals),
        ("huy bo", Treatment::Repeals),
        ("sua doi, bo sung", Treatment::Amends),
        ("sua doi bo sung", Treatment::Amends),
        ("sua doi", Treatment::Amends),
        ("bo sung", Treatment::Amends),
        ("ngung hieu luc", Treatment::Suspends),
    ];
    let object = [" mot so dieu", " mot so", " mot so noi dung"].iter().find_map(|part| lead.strip_suffix(part));
    let head = object.unwrap_or(lead);
    let direct = VERBS.iter().find(|(words, _)| head.ends_with(words)).map(|(_, treatment)| *treatment);
    // "sửa đổi, bổ sung một số điều có liên quan đến quy hoạch của"
    direct.or_else(|| {
        let at = lead.rfind("bo sung mot so dieu")?;
        (lead.len() - at < 90).then_some(Treatment::Amends)
    })
}

/// "ban hành Thông tư sửa đổi …": the document issued is this one.
static ISSUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"ban hanh (?:luat|bo luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu(?: lien tich)?|chi thi) (?:sua doi|bo sung|bai bo|thay the)").ok()
});

/// Whether the clause speaks of what this document does: "Quyết định này thay thế", "Sửa đổi, bổ sung một số điều
/// của", "Bãi bỏ"; not "được sửa đổi, bổ sung tại".
fn own_subject(lead: &str) -> bool {
    let passive = ["duoc ", "da ", "bi ", "viec "].iter().any(|word| lead.contains(word)) && !lead.contains(" nay ");
    let bare = ["thay the", "bai bo", "huy bo", "sua doi", "bo sung", "ngung"];
    let trimmed = lead
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_start_matches("dong thoi ")
        .trim_start_matches("va ");
    let issues = lead.contains("ban hanh ") && ISSUES.as_ref().is_some_and(|issues| issues.is_match(lead));
    let own = lead.contains(" nay ") || bare.iter().any(|verb| trimmed.starts_with(verb));
    issues || (own && !passive)
}

static ENDS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("hết hiệu lực"));
static AS_FOLLOWS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(" như sau"));

/// "… hết hiệu lực kể từ ngày Nghị định này có hiệu lực": this document ends the instruments named
/// before, in the sentence that begins at byte `sentence`; the mention ends at byte `end`.
pub(super) fn is_ended_here(text: &str, sentence: usize, end: usize) -> bool {
    const REACH: usize = 700;
    let ceiling = text.floor_char_boundary(end + REACH);
    let window = &text[end..ceiling];
    let Some(at) = ENDS.find(window.as_bytes()) else { return false };
    let between = &window[..at];
    let whole = !between.contains(';') && !between.contains('\n') && !between.contains(". ");
    let clause = window[at..].split(['\n', ';', '.']).next().unwrap_or_default();
    whole
        && (clause.contains(" này") || text[sentence..end].contains(" này "))
        && !between.contains("thay thế")
        && !between.contains("khi ")
}

/// "Điều 3 Thông tư số 5 được sửa đổi, bổ sung như sau:": this document gives it a new wording. The mention
/// ends at byte `end`.
pub(super) fn is_reworded_here(text: &str, end: usize) -> bool {
    const REACH: usize = 400;
    let ceiling = text.floor_char_boundary(end + REACH);
    let window = &text[end..ceiling];
    let Some(at) = AS_FOLLOWS.find(window.as_bytes()) else { return false };
    let clause = &window[..at];
    let verb = ["được sửa đổi", "được bổ sung"].iter().filter_map(|verb| clause.rfind(verb)).max();
    let whole = !clause.contains([';', ':', '“']) && !clause.contains(". ");
    whole && verb.is_some_and(|verb| at - verb < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_acts_where_its_verb_opens_it() {
        for (clause, treatment) in [
            ("QUYẾT ĐỊNH\nVề việc bãi bỏ ", Treatment::Repeals),
            ("Sửa đổi ", Treatment::Amends),
            ("a) Thay thế ", Treatment::Replaces),
            ("Sửa đổi, bổ sung một số điều của Quy chế thi đua ban hành kèm theo ", Treatment::Amends),
            ("Thay thế cụm từ “Phòng Y tế” tại Phụ lục II ban hành kèm theo ", Treatment::Amends),
            ("Bộ trưởng ban hành Thông tư liên tịch sửa đổi, bổ sung ", Treatment::Amends),
            ("Quyết định này có hiệu lực từ ngày ký và thay thế ", Treatment::Replaces),
            ("Sửa đổi, bổ sung, bãi bỏ một số điều của ", Treatment::Amends),
            ("Sửa đổi, bổ sung, bãi bỏ một số ", Treatment::Amends),
        ] {
            assert_eq!(act(clause, true), Some(OperativeWord::Own(treatment)), "{clause}");
        }
    }

    #[test]
    fn what_others_did_and_what_is_merely_named_is_no_act() {
        for clause in [
            "Bổ sung kinh phí cho các trường theo ",
            "Sửa chữa phòng học theo ",
            "Thực hiện ",
            "Bãi bỏ các quy định trước đây trái với ",
        ] {
            assert_eq!(act(clause, true), None, "{clause}");
        }
        assert_eq!(act("Nghị định đã được sửa đổi, bổ sung một số điều của ", true), Some(OperativeWord::Others));
    }

    #[test]
    fn an_end_put_by_this_document_is_a_repeal() {
        let text = "Nghị định số 5/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.";
        assert!(is_ended_here(text, 0, "Nghị định số 5/2020/NĐ-CP".len()));
        let text = "Nghị định số 5/2020/NĐ-CP đã hết hiệu lực.";
        assert!(!is_ended_here(text, 0, "Nghị định số 5/2020/NĐ-CP".len()));
    }
}
