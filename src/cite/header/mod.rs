//! Reads what a document says of itself at its top: number, place and date, issuer, kind, title (Decree 30/2020/NĐ-CP,
//! Annex I, on the form of administrative documents).
//!
//! `lines` cuts the top into cells, `title` reads kind and title, `seat` the issuing offices and their place; number and
//! date are read here.

mod lines;
mod seat;
mod title;

use lines::Line;

use super::{Header, date, number};
use crate::law::{Locality, Scope};
use crate::read::Document;
use crate::register::{Register, SymbolParts};
use crate::text::{Cursor, fold, is_letter, is_word_char};

/// Reads the header. A part that it does not find stays empty.
pub(super) fn read(document: &Document, register: &Register) -> Header {
    let text = document.text.as_str();
    let lines = lines::of(document);
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
        if let Some((kind, rest)) = title::kind_line(line.text, register) {
            header.kind = Some(kind);
            header.title = Some(title::of_lines(&lines[at + 1..], &rest)).filter(|title| !title.is_empty());
            break;
        }
        if let Some(subject) = title::subject(line.text, folded) {
            header.title = Some(title::of_subject(&lines[at + 1..], subject));
        } else if title::is_preamble(folded) {
            break;
        } else if header.number.is_none() && header.date.is_none() && at < 12 && is_issuer_line(line.text, folded) {
            above.push(line.text.trim_end_matches(|c: char| !is_word_char(c)));
        }
    }
    // The number and date may be below the title block, as in a table's second column.
    for (at, line) in lines.iter().enumerate().take(30) {
        if header.number.is_none() {
            number(text, line, lines.get(at + 1), register, &mut header);
        }
        if header.date.is_none() {
            place_and_date(line, &mut header);
        }
    }
    if !above.is_empty() && (header.number.is_some() || header.kind.is_some()) {
        let offices = seat::offices(&above);
        // An office without a place of its own has that of the office above it.
        header.locality = offices.iter().rev().find_map(|office| seat::of_office(office, register));
        header.issuer = offices.last().cloned();
    }
    if header.kind.is_none() {
        header.kind = kind_of_symbol(&header, register);
    }
    if header.locality.is_none() {
        header.locality = header.place.as_deref().and_then(Locality::new);
    }
    // A ministry signs in Hà Nội, but is not local.
    if is_central(&header, register) {
        header.locality = None;
    }
    header
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
    let Some(after) = leads.iter().find_map(|lead| Cursor::new(line.text, from).phrase(lead)) else { return };
    let mut rest = after.rest().trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '*'));
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
    // "164/KH-THCS HH": an office may put a blank inside its own symbol; nothing else is on the line.
    let line_end = line.start + line.text.len();
    let tail = text[written.end..line_end.max(written.end)].trim();
    // Without a colon, a line that continues in words is a sentence that cites ("Luật số 67/2020/QH14 sửa đổi …").
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
        && !title::is_preamble(&line.lead);
    if !is_place {
        return;
    }
    let start = comma + "ngày".len();
    if let Some((date, end)) = date::read(line.text, Cursor::new(line.text, start).blanks().at())
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

/// Whether the number names an agency that exists once in the country.
fn is_central(header: &Header, register: &Register) -> bool {
    let Some(number) = &header.number else { return false };
    SymbolParts::of(number, register.symbols())
        .known_agencies()
        .next()
        .is_some_and(|agency| agency.scope == Scope::Central)
}

/// The kind that the symbol names; a symbol without one is a dispatch's.
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
    fn the_date_of_commencement_is_not_the_date_of_issue() {
        let text =
            "Số: 08/2011/TT-BGDĐT\n\nTHÔNG TƯ\nVề việc học\n\nThông tư này có hiệu lực từ ngày 05 tháng 4 năm 2011.\n";
        let document = crate::read::read_bytes("a.txt", text.as_bytes().to_vec()).unwrap();
        let header = read(&document, &Register::bundled());
        assert_eq!((header.date, header.place), (None, None));
    }
}
