//! Finds where a text cites: every number with a symbol, every short form, every name, as `Mention`s in text order.
//!
//! `number` reads a number, `type_word` the words before it, `named_instrument` names. What they mean is decided in
//! `resolve`.

use std::ops::Range;

use super::citation::FoundMention;
use super::number::{self, WrittenNumber};
use super::type_word::{self, Before, TypeWord};
use super::{Mention, MentionKind, date, named_instrument};
use crate::register::Register;
use crate::text::{Cursor, fold, folds_to, is_letter, is_word_char};

/// All mentions of a text. Short forms are candidates here: the resolver drops those that mean nothing and
/// look like mere counts ("Kế hoạch 5 năm"), marked by [`FoundMention::weak`].
pub(super) fn mentions(text: &str, register: &Register) -> Vec<FoundMention> {
    let mut out = named_instrument::mentions(text, register);
    let named: Vec<Range<usize>> = out.iter().map(|found| found.mention.range.clone()).collect();
    let inside_name = |at: usize| {
        let after = named.partition_point(|range| range.end <= at);
        named.get(after).is_some_and(|range| range.contains(&at))
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(skip) = first_digit(&bytes[at..]) {
        at += skip;
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut next = at + run;
        if !inside_name(at) && starts_number(text, at) {
            let found = at_number(text, at, register);
            if let Some(last) = found.last() {
                next = next.max(last.mention.range.end);
            }
            out.extend(found);
        }
        at = next;
    }
    out.sort_by_key(|found| found.mention.range.start);
    out
}

/// Where the first ASCII digit is. Whole blocks without one are skipped at once.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    let mut blocks = bytes.chunks_exact(32);
    let bare = |block: &[u8]| !block.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
    let passed = blocks.by_ref().take_while(|block| bare(block)).count() * 32;
    bytes[passed..].iter().position(u8::is_ascii_digit).map(|at| passed + at)
}

/// A number begins after a blank, an opening bracket or quote, or letters it was glued to; not inside another
/// number, an amount, a date or a web address.
fn starts_number(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some(c) if c.is_whitespace() => true,
        Some('/' | '-' | '–' | '_' | '#' | '=' | '%' | '?') => false,
        Some('.' | ',') => !back.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) if is_word_char(c) => {
            let word_len: usize = before.chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
            let (lead, word) = before.split_at(at - word_len);
            // "số33/2021/…", "TT33/2021/…"; not "QC141-TT32.doc"
            let whole = lead.is_empty() || lead.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'));
            word_len > 0 && whole && (fold(word) == "so" || word.chars().all(char::is_uppercase))
        }
        Some(_) => !in_web_address(before),
    }
}

fn in_web_address(before: &str) -> bool {
    // No address worth knowing is longer.
    const LONGEST: usize = 200;
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST))..];
    let word = before.rfind(char::is_whitespace).map_or(before, |at| &before[at..]);
    word.contains("://") || word.contains("www.")
}

fn at_number(text: &str, at: usize, register: &Register) -> Vec<FoundMention> {
    let symbols = register.symbols();
    let before = type_word::before(text, at, symbols);
    if before.type_word.is_none() && !symbol_may_follow(text, at) {
        return Vec::new();
    }
    let glued = text[..at].ends_with(is_letter) && !before.numbered;
    if glued && before.type_word.is_none() {
        return Vec::new();
    }
    let typed = before.type_word.is_some();
    let written = number::read(text, at, typed, symbols).filter(|written| typed || written.number.is_some());
    // "… (số 355/CT ngày 5/10/1990)": "số" before it and a date after it show what it is.
    let written = written.or_else(|| {
        let bold = number::read(text, at, true, symbols).filter(|_| before.numbered)?;
        (bold.number.is_some() && date::after(text, bold.end).is_some()).then_some(bold)
    });
    let Some(written) = written else { return Vec::new() };
    if is_other_thing(text, at, &before) || is_file_name(text, written.end) {
        return Vec::new();
    }
    match (&written.number, before.type_word) {
        (Some(_), type_word) => {
            let start = type_word.as_ref().map_or(at, |word| word.start);
            let tail = written.end;
            vec![FoundMention {
                mention: full(start..written.end, type_word.map(|word| word.name), &written),
                weak: false,
                tail,
            }]
        }
        (None, Some(word)) => {
            let list = list(text, &word, &written, register);
            if !list.is_empty() {
                return list;
            }
            short(text, word, &written).into_iter().collect()
        }
        (None, None) => Vec::new(),
    }
}

/// Without a type word only a separator after the digits can begin a symbol.
fn symbol_may_follow(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    rest.starts_with(|c: char| matches!(crate::text::repair_char(c), '/' | '-'))
}

/// Contracts, forms, accounts and the like have numbers that only look like symbols.
fn is_other_thing(text: &str, at: usize, before: &Before) -> bool {
    let end = before.type_word.as_ref().map_or(at, |word| word.start);
    if before.type_word.as_ref().is_some_and(|word| word.name == "Hợp đồng") {
        return true;
    }
    // "Mẫu số BC26/BLĐT", "Mẫu quyết định số 13": the code of a form.
    let of_form = before.type_word.as_ref().is_some_and(|word| {
        const NEAR: usize = 48;
        let near = &text[text.ceil_char_boundary(word.start.saturating_sub(NEAR))..word.start];
        let mut words = near.split([' ', ':']).rev().filter(|word| !word.is_empty());
        let last = words.find(|word| !folds_to(word, "so")).unwrap_or_default();
        folds_to(last, "mau") || folds_to(last, "bieu")
    });
    if before.type_word.is_some() {
        return of_form;
    }
    let lead: String = text[..end].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let lead = fold(&lead);
    let lead = lead.trim_end().trim_end_matches(':').trim_end().trim_end_matches(" so").trim_end_matches(" mau");
    ["hop dong", "hoa don", "tai khoan", "cong bao", "mau", "bieu", "bien so", "phu luc"]
        .iter()
        .any(|thing| lead.ends_with(thing))
}

/// The names of attached files contain numbers: "Phu luc Thong tu so 02_2018.doc".
fn is_file_name(text: &str, end: usize) -> bool {
    const ENDINGS: [&str; 9] = [".doc", ".docx", ".xls", ".xlsx", ".pdf", ".rar", ".zip", ".ppt", ".rtf"];
    let rest = &text[end..];
    if rest.strip_prefix('_').is_some_and(|rest| rest.starts_with(is_word_char)) {
        return true;
    }
    // A longer line is a sentence.
    const LONGEST: usize = 80;
    let near = &rest.as_bytes()[..rest.len().min(LONGEST + 1)];
    let Some(end) = memchr::memchr(b'\n', near).or_else(|| (near.len() <= LONGEST).then_some(near.len())) else {
        return false;
    };
    let line = rest[..end].trim_end().to_lowercase();
    ENDINGS.iter().any(|ending| line.ends_with(ending) || line.starts_with(ending))
}

fn full(range: Range<usize>, type_word: Option<String>, written: &WrittenNumber) -> Mention {
    Mention {
        range,
        kind: MentionKind::Full,
        type_word,
        number: written.number.clone(),
        serial: None,
        year: None,
        name: None,
    }
}

/// A type word and a number without symbol.
fn short(text: &str, word: TypeWord, written: &WrittenNumber) -> Option<FoundMention> {
    let next = text[written.end..].chars().next();
    if next.is_some_and(|c| is_word_char(c) || matches!(c, '/' | '%')) || !word.exact {
        return None;
    }
    // "Luật số 5" and "Hiến pháp 2013" are not short forms of a number, and a year is not a serial number.
    let lawlike = matches!(word.name.as_str(), "Luật" | "Bộ luật" | "Hiến pháp" | "Pháp lệnh" | "Biên bản");
    // "Luật số 33" cites; "Luật số 5" is a count.
    if lawlike && !(word.name == "Luật" && word.numbered && written.serial.len() > 1) {
        return None;
    }
    // "Kế hoạch 1.2", "Quyết định 3,5 triệu", "Chương trình 14-15"
    let mut after = text[written.end..].chars();
    let separator = after.next().filter(|c| matches!(c, '.' | ',' | '-' | '–' | ':'));
    if separator.is_some() && after.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let year_like = written.serial.len() == 4 && written.year.is_none() && !word.numbered && is_year(&written.serial);
    // "TB3", "KH1": without a blank or "số" letters and digits may be any code; over a line end any two words meet.
    let lead = &text[word.start..written.end - written.serial.len()];
    if lead.contains('\n') && !word.numbered && written.year.is_none() {
        return None;
    }
    let joined = !word.numbered && !lead.ends_with(char::is_whitespace);
    // Plans and programmes are counted by years and parts; circulars and decrees are not. "phổ thông từ 15 tuổi" does not cite.
    let normative =
        text[word.start..].starts_with(&word.name) && matches!(word.name.as_str(), "Thông tư" | "Nghị định");
    let clear =
        word.numbered || written.year.is_some() || (!joined && (normative || word.short || written.serial.len() >= 3));
    // "theo Chỉ thị 77": kinds that are neither counted nor divided.
    let clear = clear || (!joined && written.serial.len() == 2 && is_cited(text, &word));
    let year = written.year.or_else(|| year_after(text, written.end));
    let weak = year_like || !clear || (year.is_none() && counts_something(text, written.end));
    let mention = Mention {
        range: word.start..written.end,
        kind: MentionKind::Short,
        type_word: Some(word.name),
        number: None,
        serial: Some(number::padded(&written.serial)),
        year,
        name: None,
    };
    Some(FoundMention { tail: mention.range.end, mention, weak })
}

/// Whether a directive or a resolution is cited by its number alone: a verb or preposition of citing is before it.
fn is_cited(text: &str, word: &TypeWord) -> bool {
    const LEADS: [&str; 13] = [
        "theo",
        "tai",
        "cua",
        "can cu",
        "thuc hien",
        "trien khai",
        "quan triet",
        "vao",
        "bam sat",
        "cu the hoa",
        "tinh than",
        "doi chieu",
        "neu",
    ];
    if !matches!(word.name.as_str(), "Chỉ thị" | "Nghị quyết" | "Công điện")
        || !text[word.start..].starts_with(&word.name)
    {
        return false;
    }
    let near = &text[text.ceil_char_boundary(word.start.saturating_sub(24))..word.start];
    let near = fold(near);
    LEADS.iter().any(|lead| near.trim_end().ends_with(lead))
}

/// "Thông tư 22 năm 2020": the year behind the number.
fn year_after(text: &str, end: usize) -> Option<i16> {
    let at = Cursor::new(text, end).word("nam")?.blanks();
    let digits = at.digits();
    let year = digits.parse().ok().filter(|_| digits.len() == 4 && is_year(digits))?;
    // "năm 2020 - 2025" is a period.
    let rest = at.forward(digits.len()).blanks().rest();
    (!rest.starts_with(['-', '–'])).then_some(year)
}

fn is_year(serial: &str) -> bool {
    serial.parse::<u16>().is_ok_and(|year| (1945..2100).contains(&year))
}

/// "Kế hoạch 5 năm", "Báo cáo 6 tháng": the number counts what follows.
fn counts_something(text: &str, end: usize) -> bool {
    const COUNTED: [&str; 16] = [
        "nam", "thang", "quy", "tuan", "lan", "buoc", "noi", "nhiem", "muc", "chi", "ngay", "nhom", "giai", "dot",
        "trang", "bo",
    ];
    let rest = text[end..].trim_start();
    let word: String = rest.chars().take_while(|c| is_letter(*c)).collect();
    let counted = COUNTED.contains(&fold(&word).as_str());
    // "Thông tư số 33 ngày 26/11/2021" counts nothing.
    counted && !(fold(&word) == "ngay" && date::after(text, end).is_some())
}

/// The mentions of a list that shares its year or symbol: "Thông tư số 01, 02 và 03/2021/TT-BGDĐT". Empty if there
/// is no such list.
fn list(text: &str, word: &TypeWord, first: &WrittenNumber, register: &Register) -> Vec<FoundMention> {
    let mut items: Vec<(Range<usize>, WrittenNumber)> = vec![(word.start..first.end, first.clone())];
    let mut end = first.end;
    while let Some(next) = connector(text, end) {
        let Some(item) = number::read(text, next, true, register.symbols()) else { return Vec::new() };
        end = item.end;
        let last = item.number.is_some();
        items.push((next..item.end, item));
        if last {
            break;
        }
    }
    let Some(shared) = items.last().and_then(|(_, item)| item.number.clone()) else { return Vec::new() };
    items
        .into_iter()
        .map(|(range, mut item)| {
            let year = item.year.or(shared.year());
            item.number.get_or_insert_with(|| shared.with_serial(&item.serial, year));
            FoundMention { mention: full(range, Some(word.name.clone()), &item), weak: false, tail: end }
        })
        .collect()
}

/// The first digit of the next item of a list, after a comma, "và", "hoặc", "số".
fn connector(text: &str, end: usize) -> Option<usize> {
    let start = Cursor::new(text, end).blanks();
    let at = ["va", "hoac", "den"].into_iter().fold(start.past_one_of(&[',', ';']), Cursor::past);
    if at.at() == start.at() {
        return None;
    }
    let at = at.past("so").blanks();
    (!at.digits().is_empty()).then_some(at.at())
}
