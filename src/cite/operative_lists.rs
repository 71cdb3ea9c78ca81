//! Lists whose lead-in acts on each item: "Bãi bỏ các văn bản sau đây: 1. …; 2. …".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::operative_words::{VERBS_INSIDE, opening};
use super::sentence::sentence_start;
use crate::law::Treatment;
use crate::text::{fold, is_word_char};

/// The lists whose lead-in acts on their items: "Bãi bỏ các văn bản sau đây:". The range runs from the lead-in's end to
/// the end of its last item.
pub(super) fn lists(text: &str) -> Vec<(Range<usize>, Treatment)> {
    let mut out: Vec<(Range<usize>, Treatment)> = Vec::new();
    for colon in memchr::memchr_iter(b':', text.as_bytes()) {
        let rest = text[colon + 1..].trim_start_matches([' ', '\t', '\r', '*']);
        let end = text.len() - rest.len();
        if !rest.starts_with('\n') || out.last().is_some_and(|(range, _)| end < range.end) {
            continue;
        }
        let line = &text[..=colon];
        let near = line.rfind('\n').map_or(0, |start| start + 1);
        if !VERBS_INSIDE.as_ref().is_some_and(|verbs| verbs.is_match(&line[near..])) {
            continue;
        }
        let clause = &text[sentence_start(text, line.len() - 1)..line.len() - 1];
        if let Some(treatment) = announced(clause) {
            let close = list_end(text, end + 1);
            if close > end + 1 {
                out.push((end + 1..close, treatment));
            }
        }
    }
    out
}

/// The act that a lead-in announces for the instruments listed after it.
fn announced(clause: &str) -> Option<Treatment> {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?:^| )(bai bo|huy bo|thay the|sua doi|bo sung)(?:,? (?:bo sung|toan bo|mot phan|mot so dieu|mot so noi dung))*(?: cua)?(?: cac| \d+)? (?:van ban|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|luat|quy dinh)",
        )
        .ok()
    });
    let folded = fold(opening(clause));
    let lead = folded.trim();
    let ends = lead.contains("van ban") && lead.contains("het hieu luc") && lead.contains(" nay ");
    if ends && !lead.contains("bai bo") && !lead.contains("thay the") {
        return Some(Treatment::Repeals);
    }
    let bare = ["thay the", "bai bo", "bai bo toan bo", "huy bo"].iter().find(|verb| lead.ends_with(*verb));
    if let Some(verb) = bare.filter(|_| lead.contains(" nay ") || lead.len() < 20) {
        return Some(if *verb == "thay the" { Treatment::Replaces } else { Treatment::Repeals });
    }
    let found = LEAD.as_ref()?.captures(lead)?;
    let verb = found.get(1)?;
    let tail = &lead[found.get(0)?.end()..];
    if tail.len() > 160 || tail.contains(['.', ';']) {
        return None;
    }
    let own = lead[..verb.start()].contains(" nay ") || verb.start() == 0 || lead.contains("het hieu luc");
    let reported = lead.contains("duoc sua doi") || lead.contains("da duoc") || lead.contains(" bi bai bo");
    (own && !reported).then(|| match verb.as_str() {
        "bai bo" | "huy bo" => Treatment::Repeals,
        "thay the" => Treatment::Replaces,
        _ => Treatment::Amends,
    })
}

/// The end of the items that follow `at`: lines that begin with a list mark, and those that continue them.
fn list_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut open = false;
    for line in text[at..].split_inclusive('\n') {
        let trimmed = line.trim();
        let item = is_item(trimmed);
        // An item that ends in a full stop is the last; a blank line may separate two items.
        if !(item || trimmed.is_empty() || open) {
            break;
        }
        end += line.len();
        open = !trimmed.is_empty() && !trimmed.ends_with([';', '.', ':']);
    }
    end
}

/// Whether the words before a mention are only the mark of a list's item.
pub(super) fn is_mark(lead: &str) -> bool {
    lead.is_empty() || is_item(lead) && lead.chars().filter(|c| is_word_char(*c)).count() <= 3
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '#', ' ']);
    if line.starts_with(['-', '+', '–', '•']) {
        return true;
    }
    let label: usize = line.chars().take_while(|c| is_word_char(*c)).take(4).map(char::len_utf8).sum();
    (1..=3).contains(&label) && line[label..].starts_with([')', '.']) && !line[label..].starts_with("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_in_acts_on_its_items() {
        let text = "Thông tư này bãi bỏ các văn bản sau đây:\n1. Thông tư số 1;\n\n2. Thông tư số 2\nvề việc thu.\nĐiều 3. Khác";
        let found = lists(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, Treatment::Repeals);
        assert!(text[found[0].0.clone()].trim_end().ends_with("thu."));
    }
}
