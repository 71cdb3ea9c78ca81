//! What a document says of itself at its top: number, place and date, issuer, kind, title (Decree 30/2020/NĐ-CP,
//! Annex I, on the form of administrative documents).

use super::number_faults::Parts;
use super::{Header, date, issuer, number};
use crate::law::{Locality, Scope};
use crate::read::{Document, Part};
use crate::register::Register;
use crate::text::{fold, fold_char, is_letter, is_word_char};

/// How many lines the head of a document can have, and how many bytes.
const HEAD_LINES: usize = 60;
const HEAD_BYTES: usize = 6000;

/// A longer line is a paragraph of the body.
const LINE_BYTES: usize = 600;

/// A line of the head, cleaned of table tabs and Markdown.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// How it begins, folded.
    lead: String,
}

/// How much of a line is looked at to tell what it is, in characters.
const LEAD: usize = 24;

/// Reads the header. What it does not find stays empty.
pub(super) fn read(document: &Document, register: &Register) -> Header {
    let text = document.text.as_str();
    let lines = head_lines(document);
    let mut header = Header::default();
    let mut above: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let folded = line.lead.as_str();
        if header.number.is_none() {
            number(text, line, lines.get(at + 1), register, &mut header);
        }
        if header.date.is_none() {
            place_and_date(line, &mut header);
        }
        if let Some((kind, rest)) = kind_line(line.text, register) {
            header.kind = Some(kind);
            header.title = Some(title(&lines[at + 1..], &rest)).filter(|title| !title.is_empty());
            break;
        }
        if let Some(subject) = subject(line.text, folded) {
            header.title = Some(subject_title(&lines[at + 1..], subject));
        } else if is_preamble(folded) {
            break;
        } else if header.number.is_none() && header.date.is_none() && at < 12 && is_issuer_line(line.text, folded) {
            above.push(line.text.trim_end_matches(|c: char| !is_word_char(c)));
        }
    }
    // The number and date may stand below the title block, as in a table's second column.
    for (at, line) in lines.iter().enumerate().take(30) {
        if header.number.is_none() {
            number(text, line, lines.get(at + 1), register, &mut header);
        }
        if header.date.is_none() {
            place_and_date(line, &mut header);
        }
    }
    if !above.is_empty() && (header.number.is_some() || header.kind.is_some()) {
        let offices = offices(&above);
        // An office without a place of its own sits where the office above it does.
        header.locality = offices.iter().rev().find_map(|office| seat(office, register));
        header.issuer = offices.last().cloned();
    }
    if header.kind.is_none() {
        header.kind = kind_of_symbol(&header, register);
    }
    if header.locality.is_none() {
        header.locality = header.place.as_deref().and_then(Locality::new);
    }
    // A ministry signs in Hà Nội and is at home nowhere.
    if is_central(&header, register) {
        header.locality = None;
    }
    header
}

fn head_lines(document: &Document) -> Vec<Line<'_>> {
    let text = document.text.as_str();
    let mut out = Vec::new();
    let mut closing = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for cell in cells(&line[..line.floor_char_boundary(HEAD_BYTES)]) {
            let is_frame = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '|' | '\u{feff}');
            let lead = cell.len() - cell.trim_start_matches(is_frame).len();
            let trimmed = cell[lead..].trim_end_matches(is_frame);
            let start = at + lead;
            at += cell.len();
            if !trimmed.is_empty()
                && trimmed.len() <= LINE_BYTES
                && document.part_at(start) != Part::Margin
                && document.part_at(start) != Part::Footnote
            {
                let lead: String = trimmed.chars().take(LEAD).map(fold_char).collect();
                // The preamble and the first article close the head; a number may still stand beside them.
                closing += usize::from(closing > 0 || lead.starts_with("can cu ") || lead.starts_with("dieu 1"));
                out.push(Line { start, text: trimmed, lead });
            }
        }
        if out.len() >= HEAD_LINES || at > HEAD_BYTES || closing > 4 {
            break;
        }
    }
    out
}

/// The columns of a line: parted by a tab, a table's bar, or a wide gap.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    const GAP: &[u8] = b"    ";
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let text = rest.len() - rest.trim_start().len();
        let bar = rest.find(['\t', '|']).map(|at| at + 1);
        let gap = memchr::memmem::find(&rest.as_bytes()[text..], GAP).map(|at| text + at + GAP.len());
        let end = bar.into_iter().chain(gap).min().unwrap_or(rest.len());
        let (cell, tail) = rest.split_at(end);
        rest = tail;
        Some(cell)
    })
}

/// "Số: 164/KH-THCS HH". The number's own line; a number inside a sentence is a citation.
fn number(text: &str, line: &Line<'_>, next: Option<&Line<'_>>, register: &Register, header: &mut Header) {
    // "CỦA QUỐC HỘI KHÓA XII, KỲ HỌP THỨ 2, SỐ 03/2007/QH12": how laws were headed until 2009.
    let session = ["cua quoc hoi", "cua uy ban thuong vu"].iter().any(|lead| line.lead.starts_with(lead));
    let from = if session { line.text.find("SỐ ").or_else(|| line.text.find(" số ")).unwrap_or(0) } else { 0 };
    if from == 0 && !line.text.starts_with(['s', 'S', 'l', 'L']) {
        return;
    }
    let leads = ["so hieu", "so", "luat so"];
    let Some(after) = leads.iter().find_map(|lead| date::phrase(line.text, from, lead)) else { return };
    let mut rest = line.text[after..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '*'));
    let mut labelled = line.text[..line.text.len() - rest.len()].contains(':');
    let mut line = line;
    // "| Số hiệu | 50/2026/NĐ-CP |": label and number in two cells.
    if rest.is_empty()
        && let Some(cell) = next
    {
        (line, rest, labelled) = (cell, cell.text, true);
    }
    let at = line.start + line.text.len() - rest.len();
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let Some(written) = number::read(text, at, true, register.symbols()) else { return };
    let Some(number) = written.number else { return };
    // "164/KH-THCS HH": an office may put a blank inside its own symbol; nothing else stands on the line.
    let line_end = line.start + line.text.len();
    let tail = text[written.end..line_end.max(written.end)].trim();
    // Without a colon, a line that goes on in words is a sentence that cites ("Luật số 67/2020/QH14 sửa đổi …").
    let heading = !line.text.chars().any(char::is_lowercase);
    let dated = date::after(text, written.end).filter(|(_, range)| heading && range.end <= line_end);
    if !labelled && !tail.is_empty() && !fold(tail).starts_with("v/v") && dated.is_none() {
        return;
    }
    header.date = header.date.or(dated.map(|(date, _)| date));
    let own_tail = !tail.is_empty() && tail.chars().count() <= 8 && tail.chars().all(char::is_uppercase);
    header.number = Some(if own_tail { number.with_symbol(&format!("{}{tail}", number.symbol())) } else { number });
    header.number_range = Some(at..if own_tail { line_end } else { written.end });
}

/// "Quảng Yên, ngày 21 tháng 9 năm 2023".
fn place_and_date(line: &Line<'_>, header: &mut Header) {
    let named = |word: &str| memchr::memmem::find(line.text.as_bytes(), word.as_bytes());
    let Some(comma) = named("gày ").or_else(|| named("GÀY ")) else { return };
    let Some(comma) = comma.checked_sub(1).filter(|at| line.text.is_char_boundary(*at)) else { return };
    let lead = line.text[..comma].trim().trim_end_matches(',').trim();
    // A place is a few capitalised words, not a sentence.
    let is_place = lead.chars().count() <= 40
        && (lead.is_empty() || lead.starts_with(char::is_uppercase))
        && is_capitalised(lead)
        && !lead.contains([':', '/', ';'])
        && !is_preamble(&line.lead);
    if !is_place {
        return;
    }
    let start = comma + "ngày".len();
    if let Some((date, end)) = date::read(line.text, date::blanks(line.text, start))
        && line.text[end..].trim().chars().count() <= 3
    {
        header.date = Some(date);
        header.place = (!lead.is_empty()).then(|| lead.to_owned());
    }
}

/// Whether words are written as those of a name: "Thị xã Quảng Yên", "Hà nội", not "Thông tư này có hiệu lực từ".
fn is_capitalised(words: &str) -> bool {
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic());
    let (small, large): (Vec<char>, Vec<char>) =
        words.split_whitespace().filter_map(first).partition(|c| c.is_lowercase());
    small.len() <= large.len() + 1
}

/// A line in capitals that begins with a kind: "KẾ HOẠCH", "QUYẾT ĐỊNH Về việc …". Gives the kind and the rest.
fn kind_line(line: &str, register: &Register) -> Option<(String, String)> {
    let symbols = register.symbols();
    if line.split_whitespace().next().is_none_or(|first| first.chars().any(char::is_lowercase)) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let longest = symbols.longest_kind_word().min(words.len());
    for count in (1..=longest).rev() {
        let head = words[..count].join(" ");
        let capital = !head.chars().any(char::is_lowercase) && head.chars().count() > 3;
        if !capital {
            continue;
        }
        if let Some(kind) = symbols.kinds_of_word(&head).find(|kind| fold(&kind.name) == fold(&head)) {
            return Some((kind.name.clone(), words[count..].join(" ")));
        }
    }
    None
}

/// "V/v hướng dẫn …" of a dispatch, without the lead.
fn subject<'t>(line: &'t str, folded: &str) -> Option<&'t str> {
    let lead = ["v/v", "v/v:", "vv", "ve viec"].iter().find(|lead| folded.starts_with(*lead))?;
    let rest = line.chars().skip(lead.chars().count()).collect::<String>();
    let at = line.len() - rest.len();
    Some(line[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
}

/// The subject of a dispatch runs on over short lines until the date or the address.
fn subject_title(lines: &[Line<'_>], first: &str) -> String {
    let mut title = first.to_owned();
    for line in lines.iter().take(4) {
        let folded = line.lead.as_str();
        if line.text.contains("ngày ") || folded.starts_with("kinh gui") || !line.text.starts_with(char::is_lowercase)
        {
            break;
        }
        title.push(' ');
        title.push_str(line.text);
    }
    title
}

/// The lines after the kind up to the preamble or the text, as one title.
fn title(lines: &[Line<'_>], rest: &str) -> String {
    let mut title = rest.to_owned();
    for line in lines.iter().take(6) {
        let folded = line.lead.as_str();
        // "Thực hiện …" opens a title as well as the first sentence of the text.
        let sentence = line.text.chars().count() > 160 || line.text.ends_with([':', ';', ',', '.']);
        let lead = is_preamble(folded) && (folded.starts_with("can cu") || !title.is_empty() || sentence);
        let body = lead
            || folded.starts_with("kinh gui")
            || folded.starts_with("so:")
            || folded.starts_with('(')
            || line.text.starts_with(|c: char| c.is_ascii_digit())
            || line.text.chars().count() > 220
            || is_rule(line.text)
            || (!title.is_empty() && line.text.ends_with([';', '.', ':']))
            || is_officer(line.text, folded)
            || folded.starts_with("phan ")
            || folded.starts_with("i. ")
            || folded.starts_with("a. ");
        if body {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(line.text);
    }
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "CHỦ TỊCH ỦY BAN NHÂN DÂN", "HIỆU TRƯỞNG TRƯỜNG …": the authority line between title and preamble.
fn is_officer(line: &str, folded: &str) -> bool {
    let capital = !line.chars().any(char::is_lowercase);
    capital
        && [
            "chu tich",
            "hieu truong",
            "giam doc",
            "truong phong",
            "uy ban nhan dan",
            "bo truong",
            "ban chap hanh",
            "ban thuong vu",
            "hoi dong nhan dan",
            "chinh phu",
            "thu tuong",
            "quoc hoi",
            "uy ban thuong vu",
        ]
        .iter()
        .any(|officer| folded.starts_with(officer))
}

fn is_rule(line: &str) -> bool {
    line.chars().all(|c| !is_word_char(c))
}

fn is_preamble(folded: &str) -> bool {
    ["can cu", "thuc hien ", "xet ", "theo de nghi", "nham ", "trien khai ", "de trien khai"]
        .iter()
        .any(|lead| folded.starts_with(lead))
}

/// A line in capitals at the top that is not the state's motto.
fn is_issuer_line(line: &str, folded: &str) -> bool {
    if !line.starts_with(char::is_uppercase) || line.chars().any(char::is_lowercase) {
        return false;
    }
    let letters = line.chars().filter(|c| is_letter(*c)).count();
    let motto = ["cong hoa xa hoi", "doc lap", "dang cong san", "van ban hop nhat", "du thao"]
        .iter()
        .any(|m| folded.starts_with(m));
    // "SỐ: 12/KH-UBND", but not "SỞ GIÁO DỤC".
    letters > 3 && !motto && !line.starts_with("SỐ")
}

/// The offices named above the number, the superior one first; a place on a line of its own belongs to the office
/// before it.
fn offices(lines: &[&str]) -> Vec<String> {
    const LEVELS: [&str; 9] =
        ["tinh ", "thanh pho ", "thi xa ", "huyen ", "quan ", "phuong ", "thi tran ", "xa ", "dac khu "];
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let folded = fold(line);
        let place = LEVELS.iter().any(|level| folded.starts_with(level)) && !folded.contains(" uy ");
        match out.last_mut().filter(|_| place) {
            Some(office) => {
                office.push(' ');
                office.push_str(line);
            }
            None => out.push((*line).to_owned()),
        }
    }
    out
}

/// Where an office sits: "HUYỆN ỦY AN BÌNH", "TRƯỜNG THCS AN LỘC", "ỦY BAN NHÂN DÂN XÃ AN LỘC".
fn seat(office: &str, register: &Register) -> Option<Locality> {
    party_seat(office).or_else(|| locality(office)).or_else(|| {
        let (agency, end) = register.symbols().agency_named_at(office)?;
        let (place, _) = issuer::place(office, end).filter(|_| agency.scope == Scope::Local)?;
        Locality::new(&place.split_whitespace().map(capitalise).collect::<Vec<_>>().join(" "))
    })
}

/// The seat of a Party committee: "HUYỆN ỦY AN BÌNH".
fn party_seat(line: &str) -> Option<Locality> {
    const SEATS: [(&str, &str); 5] = [
        ("huyen uy", "huyện"),
        ("tinh uy", "tỉnh"),
        ("thanh uy", "thành phố"),
        ("thi uy", "thị xã"),
        ("quan uy", "quận"),
    ];
    let folded = fold(line);
    let (seat, level) = SEATS.iter().find(|(seat, _)| folded.starts_with(seat))?;
    let name: Vec<String> = line.split_whitespace().skip(seat.split(' ').count()).map(capitalise).collect();
    Locality::new(&format!("{level} {}", name.join(" ")))
}

/// The place an issuer's name in capitals ends with: "ỦY BAN NHÂN DÂN THỊ XÃ QUẢNG YÊN".
fn locality(line: &str) -> Option<Locality> {
    let folded = fold(line);
    let levels = [" tinh ", " thanh pho ", " thi xa ", " huyen ", " quan ", " phuong ", " thi tran ", " xa "];
    let society = folded.find(" xa hoi");
    let at = levels.iter().filter_map(|level| folded.find(level)).filter(|at| Some(*at) != society).min()?;
    // Folding keeps one character for one, so places are counted in characters.
    let skip = folded[..at].chars().count() + 1;
    let place: String = line.chars().skip(skip).collect();
    let level_words = if fold(&place).starts_with("thanh pho") || fold(&place).starts_with("thi ") { 2 } else { 1 };
    let name = place
        .split_whitespace()
        .enumerate()
        .map(|(i, word)| if i < level_words { word.to_lowercase() } else { capitalise(word) })
        .collect::<Vec<_>>()
        .join(" ");
    Locality::new(&name)
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
}

/// Whether the number names an agency of which the country has one.
fn is_central(header: &Header, register: &Register) -> bool {
    let Some(number) = &header.number else { return false };
    Parts::of(number, register.symbols()).agencies.first().is_some_and(|agency| agency.scope == Scope::Central)
}

/// A dispatch names no kind; other symbols carry it.
fn kind_of_symbol(header: &Header, register: &Register) -> Option<String> {
    let number = header.number.as_ref()?;
    number.parts().next()?;
    Some(register.symbols().kind_of(number).map_or_else(|| "Công văn".to_owned(), |kind| kind.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_a_name() {
        for place in ["Hà Nội", "Hà nội", "Thị xã Quảng Yên", "TP. Hồ Chí Minh", "Xã tân an", "QUẢNG YÊN", ""]
        {
            assert!(is_capitalised(place), "{place}");
        }
        for sentence in ["Thông tư này có hiệu lực thi hành kể từ", "Có hiệu lực từ"] {
            assert!(!is_capitalised(sentence), "{sentence}");
        }
    }

    #[test]
    fn the_day_of_commencement_is_no_day_of_issue() {
        let text =
            "Số: 08/2011/TT-BGDĐT\n\nTHÔNG TƯ\nVề việc học\n\nThông tư này có hiệu lực từ ngày 05 tháng 4 năm 2011.\n";
        let document = crate::read::read_bytes("a.txt", text.as_bytes().to_vec()).unwrap();
        let header = read(&document, &Register::bundled());
        assert_eq!((header.date, header.place), (None, None));
    }
}
