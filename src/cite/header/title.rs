//! The kind and title of a document, or the subject of a dispatch, as its head states them.

use super::lines::Line;
use crate::register::Register;
use crate::text::{fold, is_word_char, one_line};

/// A line in capitals that begins with a kind: "KẾ HOẠCH", "QUYẾT ĐỊNH Về việc …". Gives the kind and the rest.
pub(super) fn kind_line(line: &str, register: &Register) -> Option<(String, String)> {
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
pub(super) fn subject<'t>(line: &'t str, folded: &str) -> Option<&'t str> {
    let lead = ["v/v", "v/v:", "vv", "ve viec"].iter().find(|lead| folded.starts_with(*lead))?;
    let rest = line.chars().skip(lead.chars().count()).collect::<String>();
    let at = line.len() - rest.len();
    Some(line[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
}

/// The subject of a dispatch continues over short lines until the date or the address.
pub(super) fn of_subject(lines: &[Line<'_>], first: &str) -> String {
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
pub(super) fn of_lines(lines: &[Line<'_>], rest: &str) -> String {
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
    one_line(&title)
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

/// Whether a line, folded, opens the preamble or the text.
pub(super) fn is_preamble(folded: &str) -> bool {
    ["can cu", "thuc hien ", "xet ", "theo de nghi", "nham ", "trien khai ", "de trien khai"]
        .iter()
        .any(|lead| folded.starts_with(lead))
}
