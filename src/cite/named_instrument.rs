//! Mentions by name: laws, codes, ordinances, the Constitution, resolutions of Party congresses.
//!
//! The register's `Names` hold the known names; a name that they do not hold is read up to its number, year or date.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::citation::FoundMention;
use super::{Mention, MentionKind, date, number};
use crate::register::Register;
use crate::text::{Cursor, fold, is_word_char, one_line};

/// Words a name can begin with. Names are written with a capital, so the search keeps letter case.
const HEADS: [&str; 17] = [
    "Bộ luật",
    "Bộ\nluật",
    "Bộ \nluật",
    "Bộ\u{a0}luật",
    "Bộ\tluật",
    "Bộ Luật",
    "BỘ LUẬT",
    "Luật",
    "LUẬT",
    "Pháp lệnh",
    "pháp lệnh",
    "PHÁP LỆNH",
    "Hiến pháp",
    "Nghị quyết Đại hội",
    "Nghị\nquyết Đại hội",
    "Nghị \nquyết Đại hội",
    "Nghị quyết đại hội",
];

static ANCHORS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(HEADS).ok());

/// How often a law may amend a law that amends a law: names nest no deeper, hostile texts do.
const MAX_DEPTH: usize = 3;

/// The longest a name is looked for, in bytes.
const REACH: usize = 400;

/// All mentions of a text by name, in text order.
pub(super) fn mentions(text: &str, register: &Register) -> Vec<FoundMention> {
    let Some(anchors) = ANCHORS.as_ref() else { return Vec::new() };
    let mut out: Vec<FoundMention> = Vec::new();
    let mut open = 0;
    for found in anchors.find_iter(text) {
        let start = found.start();
        let whole = !text[..start].ends_with(is_word_char);
        // "Luật gia" is a jurist, "Luật sư" an advocate.
        let person =
            ["Luật gia ", "Luật sư ", "Luật gia,", "Luật sư,"].iter().any(|who| text[start..].starts_with(who));
        let of_right = text[..start].trim_end().ends_with("PHÁP");
        if start < open || !whole || person || of_right {
            continue;
        }
        let head = HEADS[found.pattern().as_usize()];
        let mention = match head {
            congress_head if congress_head.ends_with("hội") => congress(text, start, found.end()),
            _ => law(text, start, register, 0),
        };
        if let Some(mention) = mention.filter(|mention| !is_heading(text, mention)) {
            open = mention.range.end;
            out.push(FoundMention { tail: open, mention, weak: false });
        }
    }
    out
}

/// A name in capitals at the head of a line is the title of the law whose text this is.
fn is_heading(text: &str, mention: &Mention) -> bool {
    let words = &text[mention.range.clone()];
    mention.number.is_none() && !words.chars().any(char::is_lowercase) && {
        let above = text[..mention.range.start].trim_end_matches([' ', '*', '#']);
        above.is_empty() || above.ends_with(['\n', '\u{feff}'])
    }
}

/// What begins at "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp".
fn law(text: &str, start: usize, register: &Register, depth: usize) -> Option<Mention> {
    if let Some((prefix, inner)) = amending(text, start) {
        return amending_law(text, start, &prefix, inner, register, depth + 1);
    }
    let known = register.names().longest_at(&text[start..]).filter(|_| !comma_after_head(text, start));
    if let Some((name, len)) = known {
        let end = start + len;
        // A footnote's digits may be glued to the name.
        let closed = !Cursor::new(text, end).over_glued_digits(2).rest().starts_with(is_word_char);
        if closed && let Some(full) = numbered(text, start, end, register) {
            return Some(Mention { name: Some(name.name.clone()), ..full });
        }
        let by_number = numbered_further(text, start, register);
        if by_number.is_some() {
            return by_number;
        }
        return closed.then(|| with_year(text, start, end, name.name.clone()));
    }
    constitution(text, start).or_else(|| numbered_further(text, start, register)).or_else(|| unknown(text, start))
}

/// The law that amends others, as one mention. A number after a single inner law is the inner law's own; after
/// several it is that of the law that amends them.
fn amending_law(
    text: &str,
    start: usize,
    prefix: &str,
    inner: usize,
    register: &Register,
    depth: usize,
) -> Option<Mention> {
    if depth > MAX_DEPTH {
        return None;
    }
    let first = law(text, inner, register, depth)?;
    let mut last = first.clone();
    let mut several = false;
    while last.kind == MentionKind::Named
        && let Some(next) = next_in_list(text, last.range.end)
        && let Some(other) = law(text, next, register, depth)
    {
        several = true;
        last = other;
    }
    if last.kind == MentionKind::Full && !several && !is_of_amendment(&last, register) {
        return Some(last);
    }
    let end = last.range.end;
    let names = one_line(&text[inner..end]);
    let name = match (several, &first.name) {
        (false, Some(name)) => format!("{prefix} {name}"),
        _ => format!("{prefix} {names}"),
    };
    Some(Mention { range: start..end, type_word: Some(type_word(&text[start..]).to_owned()), name: Some(name), ..last })
}

/// Whether the number after an amended law's name is that of the law that amends it: the register says so, or knows
/// the amended law by other numbers alone.
fn is_of_amendment(inner: &Mention, register: &Register) -> bool {
    let Some(number) = &inner.number else { return false };
    let mut titles =
        register.by_number(number).map(|one| fold(&one.title)).filter(|title| !title.is_empty()).peekable();
    if titles.peek().is_some() {
        return titles.any(|title| title.contains("sua doi"));
    }
    let name = inner.name.as_deref().and_then(|name| register.names().get(name));
    name.is_some_and(|name| name.borne(register.instruments()).any(|one| one.number.is_some()))
}

/// Where the next law of a list begins: ", Luật", " và Luật".
fn next_in_list(text: &str, end: usize) -> Option<usize> {
    let at = Cursor::new(text, end).past_one_of(&[',']).past("va");
    let next = at.blanks();
    let head = ["Luật", "Bộ luật", "Pháp lệnh"].iter().any(|head| next.rest().starts_with(head));
    (at.at() > end && head).then_some(next.at())
}

/// "Luật sửa đổi, bổ sung một số điều của" and where the inner name begins.
fn amending(text: &str, start: usize) -> Option<(String, usize)> {
    let kinds = ["bo luat", "luat", "phap lenh"];
    let start = Cursor::new(text, start);
    let (kind, at) = kinds.iter().find_map(|kind| Some((*kind, start.phrase(kind)?)))?;
    let at = at.phrase("sua doi")?.past_one_of(&[',']).past("bo sung").past("mot so dieu").word("cua")?;
    let inner = at.past("cac").blanks();
    let named = ["Luật", "luật", "Bộ luật", "Pháp lệnh", "pháp lệnh"].iter().any(|head| inner.rest().starts_with(head));
    let prefix = match kind {
        "bo luat" => "Bộ luật",
        "phap lenh" => "Pháp lệnh",
        _ => "Luật",
    };
    named.then(|| (format!("{prefix} sửa đổi, bổ sung một số điều của"), inner.at()))
}

/// The name goes on into a number: "Luật Giáo dục số 43/2019/QH14".
fn numbered(text: &str, start: usize, end: usize, register: &Register) -> Option<Mention> {
    let at = Cursor::new(text, end).blanks().past_one_of(&['(']).past("so").blanks();
    let at = if at.rest().starts_with(':') { at.forward(1).blanks() } else { at };
    // A law's name is a type word: "Luật Trẻ em số 102/QH13" omits its year.
    let written = number::read(text, at.at(), true, register.symbols())?;
    let number = written.number.filter(|number| is_law_number(number.symbol()))?;
    Some(Mention {
        range: start..written.end,
        kind: MentionKind::Full,
        type_word: Some(type_word(&text[start..]).to_owned()),
        number: Some(number),
        serial: None,
        year: None,
        name: None,
    })
}

fn is_law_number(symbol: &str) -> bool {
    ["QH", "UBTVQH", "PL", "L/CTN", "LCT", "HĐNN"].iter().any(|issuer| symbol.starts_with(issuer))
}

/// A name that the register does not know (or of which it knows only the beginning), up to its "số NN/YYYY/QHnn" in the same clause.
fn numbered_further(text: &str, start: usize, register: &Register) -> Option<Mention> {
    // Few names continue like this: a quick search rules out the others.
    memchr::memmem::find(&text.as_bytes()[start..text.len().min(start + REACH)], "số ".as_bytes())?;
    let clause = clause(text, start);
    let head = type_word(&text[start..]).len();
    let window = &text[clause.clone()];
    let so = window.find(" số ").or_else(|| window.find("\nsố "))?;
    // Another law between is the one the number belongs to.
    let between = &window[head..so];
    let name = one_line(&window[..so]);
    const OTHERS: [&str; 11] = [
        "Luật ",
        "Bộ luật ",
        "Pháp lệnh ",
        " này",
        "Nghị ",
        "Quyết định",
        "Thông tư",
        "Điều ",
        "Khoản ",
        "khoản ",
        "điểm ",
    ];
    if between.trim().is_empty() || OTHERS.iter().any(|other| between.contains(other)) || runs_on(between) {
        return None;
    }
    let full = numbered(text, start, clause.start + so, register)?;
    Some(Mention { name: Some(name), ..full })
}

/// The text up to the end of the clause, at most `REACH` bytes.
fn clause(text: &str, start: usize) -> Range<usize> {
    let limit = text.floor_char_boundary(start + REACH);
    let stop = text[start..limit].find(['.', ';', '(', ')', ':', '“', '”', '"']).unwrap_or(limit - start);
    start..start + stop
}

/// "Luật, Nghị định …" does not name a law.
fn comma_after_head(text: &str, start: usize) -> bool {
    text[start + type_word(&text[start..]).len()..].trim_start().starts_with(',')
}

/// The type word a name begins with.
fn type_word(text: &str) -> &'static str {
    for (head, kind) in [("bo luat", "Bộ luật"), ("phap lenh", "Pháp lệnh"), ("hien phap", "Hiến pháp")] {
        if Cursor::new(text, 0).phrase(head).is_some() {
            return kind;
        }
    }
    "Luật"
}

/// A name with the year that may follow it: "Luật Giáo dục năm 2019", "Luật Đất đai 2013".
fn with_year(text: &str, start: usize, end: usize, name: String) -> Mention {
    let mut mention = Mention {
        range: start..end,
        kind: MentionKind::Named,
        type_word: Some(type_word(&text[start..]).to_owned()),
        number: None,
        serial: None,
        year: None,
        name: Some(name),
    };
    if let Some((year, end)) = year_at(text, end) {
        mention.year = Some(year);
        mention.range.end = end;
    }
    mention
}

/// "năm 2019" or "2019" after a name.
fn year_at(text: &str, end: usize) -> Option<(i16, usize)> {
    let at = Cursor::new(text, end).past("nam").blanks();
    let digits = at.digits();
    let year: i16 = digits.parse().ok()?;
    let close = at.forward(digits.len());
    let open = !close.rest().starts_with(['/', '-']);
    (at.at() > end && digits.len() == 4 && open && (1945..2100).contains(&year)).then_some((year, close.at()))
}

/// "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam (năm 2013)", "Hiến pháp năm 2013".
fn constitution(text: &str, start: usize) -> Option<Mention> {
    let head = Cursor::new(text, start).phrase("hien phap")?;
    let long = ["nuoc cong hoa xa hoi chu nghia viet nam", "nuoc chxhcn viet nam", "nuoc viet nam dan chu cong hoa"]
        .iter()
        .find_map(|rest| head.phrase(rest));
    let end = long.unwrap_or(head);
    let mention = with_year(text, start, end.at(), "Hiến pháp".to_owned());
    (long.is_some() || mention.year.is_some()).then_some(mention)
}

/// A law that the register does not know, whose name ends with a year or date: "Luật Phòng thủ dân sự năm 2023".
fn unknown(text: &str, start: usize) -> Option<Mention> {
    let clause = clause(text, start);
    let kind = type_word(&text[start..]);
    let rest = text[start..].get(kind.len()..)?.trim_start();
    let window = &text[clause];
    let close = [" năm ", " ngày ", " ban hành ngày "].iter().filter_map(|word| window.find(word)).min()?;
    if rest.starts_with(char::is_lowercase) && rest.split_whitespace().next().is_some_and(|word| word == "này") {
        return None;
    }
    let name = &window[..close];
    let words = name.split_whitespace().count();
    let single = !["Luật ", "Bộ luật ", " này", " của "].iter().any(|other| name[kind.len()..].contains(other));
    if !single || !(2..=16).contains(&words) || name.contains('\n') || runs_on(&name[kind.len()..]) {
        return None;
    }
    let end = start + close;
    let mention = with_year(text, start, end, name.to_owned());
    (mention.year.is_some() || date::after(text, end).is_some()).then_some(mention)
}

/// Whether words after "Luật" are more than a name: a digit, another kind, the words of a sentence.
fn runs_on(words: &str) -> bool {
    const SENTENCE: [&str; 18] = [
        "này", "được", "có", "đã", "từ", "đến", "kể", "theo", "là", "thì", "hiện", "nếu", "nên", "gồm", "số", "điều",
        "khoản", "mà",
    ];
    const KINDS: [&str; 5] = ["nghị định", "nghị quyết", "quyết định", "thông tư", "chỉ thị"];
    let small = words.to_lowercase();
    words.contains(|c: char| c.is_ascii_digit())
        || small.split_whitespace().any(|word| SENTENCE.contains(&word.trim_end_matches(',')))
        || KINDS.iter().any(|kind| small.contains(kind))
}

/// "Nghị quyết Đại hội đảng bộ huyện Cần Giờ lần thứ XII": to the congress's ordinal.
fn congress(text: &str, start: usize, head: usize) -> Option<Mention> {
    let clause = clause(text, start);
    let window = &text[head..clause.end];
    let ordinal = match window.find("lần thứ") {
        Some(at) => {
            let from = Cursor::new(text, head + at + "lần thứ".len()).blanks();
            from.at() + ordinal(from.rest())?
        }
        // "Nghị quyết Đại hội XIII"
        None => {
            let from = Cursor::new(text, head).blanks();
            from.at() + ordinal(from.rest()).filter(|_| from.digits().is_empty())?
        }
    };
    Some(Mention {
        range: start..ordinal,
        kind: MentionKind::Named,
        type_word: Some("Nghị quyết".to_owned()),
        number: None,
        serial: None,
        year: None,
        name: Some(one_line(&text[start..ordinal])),
    })
}

/// The length of a congress's number: Roman, in figures, or the first; whole.
fn ordinal(text: &str) -> Option<usize> {
    let len = text.find(|c: char| !is_word_char(c)).unwrap_or(text.len());
    let number = &text[..len];
    let roman = number.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    let counted = roman || number == "nhất" || number.bytes().all(|byte| byte.is_ascii_digit());
    (!number.is_empty() && len <= 8 && counted).then_some(len)
}
