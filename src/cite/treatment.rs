//! The treatment of a citation: what the citing document itself does to the instrument.
//!
//! `operative_words` and `operative_lists` read the verbs, `quotations` says which words are another text's; a preamble's
//! Căn cứ lines are read here.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::operative_words::{self, OperativeWord};
use super::quotations::Quotations;
use super::sentence::sentence_start;
use super::{Mention, operative_lists, pinpoints};
use crate::law::Treatment;
use crate::text::{fold, folds_to};

/// The Căn cứ lines of a text's preamble: the document rests on every instrument inside one.
pub(super) fn basis_lines(text: &str, quotations: &Quotations) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut body: Option<usize> = None;
    let Some(anchors) = ANCHORS.as_ref() else { return out };
    for found in anchors.find_iter(text) {
        let start = found.start();
        let opens = opens_line(text, start) && continues(&text[found.end()..]);
        if out.last().is_some_and(|open| start < open.end) || !opens || quotations.hold(text, start) {
            continue;
        }
        let end = line_end(text, start);
        // In the body "Căn cứ X, the office does Y" is a sentence like any other; a preamble's line is a list item.
        let item = text[start..end].trim_end_matches(is_blank_or_mark).ends_with(';');
        let after_item = out.last().is_some_and(|last| text[last.end..start].trim_matches(is_list_mark).is_empty());
        if item || after_item || start < *body.get_or_insert_with(|| body_start(text)) {
            out.push(start..end);
        }
    }
    out
}

static ANCHORS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(["Căn cứ", "CĂN CỨ", "Can cu", "Căn Cứ"]).ok());

/// Whether only blanks, list and emphasis marks are before byte `at` on its line.
fn opens_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c != '\n' && is_list_mark(c));
    before.is_empty() || before.ends_with('\n')
}

/// Whether words follow "Căn cứ": a table's heading ends there, or continues with a small letter on the next line.
fn continues(rest: &str) -> bool {
    let word = rest.trim_start();
    let broken = rest[..rest.len() - word.len()].contains('\n');
    !word.is_empty() && (!broken || !word.starts_with(|c: char| c.is_lowercase()) || word.starts_with("vào "))
}

fn is_list_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '+' | '*' | '_' | '–' | '>')
}

/// Where the body begins: the first heading such as "Điều 1.", "I. MỤC ĐÍCH", "1. …" ends the preamble.
fn body_start(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_body_heading(line) {
            return at;
        }
        at += line.len();
    }
    at
}

/// The first heading of the body ends the preamble: "Điều 1.", "I. MỤC ĐÍCH", "1. …".
fn is_body_heading(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#'));
    let head = line.split_once('.').map_or("", |(head, _)| head).trim();
    let numbered = !head.is_empty()
        && head.len() <= 4
        && (head.bytes().all(|b| b.is_ascii_digit())
            || head.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'A' | b'B')));
    numbered || fold(line.get(..8).unwrap_or("")).starts_with("dieu 1")
}

/// Where a Căn cứ line ends: at its semicolon, at a clause of another kind ("Xét …", "Theo đề nghị …"), or at the
/// end of its paragraph.
fn line_end(text: &str, start: usize) -> usize {
    let mut seen = 0;
    for line in text[start..].split_inclusive('\n') {
        if seen > 0 && (line.trim().is_empty() || begins_clause(line)) {
            break;
        }
        if let Some(cut) = clause_cut(line) {
            return start + seen + cut;
        }
        seen += line.len();
        if line.trim_end_matches(is_blank_or_mark).ends_with(['.', ':']) {
            break;
        }
    }
    start + seen
}

fn is_blank_or_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_')
}

/// The end of the last Căn cứ clause of a line that holds several, or continues with one of another kind.
fn clause_cut(line: &str) -> Option<usize> {
    let other = ["Xét ", "Theo đề nghị", "Thực hiện ", "Trường ", "Ủy ban ", "UBND "]
        .iter()
        .filter_map(|lead| {
            line.match_indices(lead)
                .map(|(at, _)| at)
                .find(|at| line[..*at].trim_end().ends_with(';') || (*lead == "Xét " && *at > 0))
        })
        .min();
    let closed = line.trim_end_matches(is_blank_or_mark);
    let last = closed.ends_with(';').then_some(closed.len());
    other.or(last)
}

/// Whether a line begins a clause of its own.
fn begins_clause(line: &str) -> bool {
    let line = fold(line.trim_start());
    ["can cu", "theo de nghi", "xet", "thuc hien", "trien khai", "dieu ", "quyet dinh", "- ", "+ "]
        .iter()
        .any(|lead| line.starts_with(lead))
}

/// Amends, replaces or repeals, if the clause before the mention says that this very document does so.
/// `earlier` are the mentions before it, nearest last; `lists` what [`operative_lists::lists`] found.
pub(super) fn treatment(
    text: &str,
    mention: &Mention,
    quotations: &Quotations,
    earlier: &[(Range<usize>, Treatment)],
    basis: &[Range<usize>],
    lists: &[(Range<usize>, Treatment)],
) -> Treatment {
    let start = mention.range.start;
    let line = basis.partition_point(|line| line.end <= start);
    if basis.get(line).is_some_and(|line| line.contains(&start)) {
        return Treatment::Basis;
    }
    if quotations.hold(text, start) {
        return Treatment::Cites;
    }
    let lead_end = pinpoints::begin(text, start);
    let sentence_start = sentence_start(text, lead_end);
    let clause_start = text[sentence_start..lead_end].rfind(';').map_or(sentence_start, |at| sentence_start + at + 1);
    let before = || earlier.iter().rev().filter(|(range, _)| range.end <= lead_end && range.start >= sentence_start);
    let previous = before().next().map(|(range, _)| range.end).filter(|end| *end >= clause_start);
    let clause = &text[previous.unwrap_or(clause_start)..lead_end];
    match operative_words::act(clause, previous.is_none()) {
        Some(OperativeWord::Own(treatment)) => return treatment,
        Some(OperativeWord::Others) => return Treatment::Cites,
        None => {}
    }
    // The instruments that a title names do not end: "… Nghị quyết về việc lùi hiệu lực của Bộ luật X hết hiệu lực …".
    let listed = previous.is_none() || earlier.last().is_some_and(|(_, last)| *last == Treatment::Repeals);
    if listed && operative_words::is_ended_here(text, sentence_start, mention.range.end) {
        return Treatment::Repeals;
    }
    if previous.is_none() && operative_words::is_reworded_here(text, mention.range.end) {
        return Treatment::Amends;
    }
    let lead = without_last(without_last(clause.trim_end(), "cua"), "cac");
    if previous.is_none() && operative_lists::is_mark(lead) {
        let list = lists.partition_point(|(range, _)| range.end <= start);
        if let Some((_, treatment)) = lists.get(list).filter(|(range, _)| range.contains(&start)) {
            return *treatment;
        }
    }
    // One more object of the same verb: only date, issuer and title are between, then a link.
    let Some((_, last)) = before().next() else { return Treatment::Cites };
    let joined = lead.is_empty() || lead.ends_with([',', ';']) || without_last(lead, "va") != lead;
    let acts = |treatment: &Treatment| !matches!(treatment, Treatment::Cites | Treatment::Basis);
    if !joined {
        return Treatment::Cites;
    }
    if acts(last) {
        return *last;
    }
    // "Luật A, đã được sửa đổi theo Luật số 48/2014/QH13, Luật B": amending laws are cited by number alone, so a
    // law by name continues the list.
    let resumes = mention.name.is_some() || lead.is_empty();
    before().map(|(_, treatment)| *treatment).find(acts).filter(|_| resumes).unwrap_or_default()
}

/// Words without the last if it is `word`, folded.
fn without_last<'t>(words: &'t str, word: &str) -> &'t str {
    let last = words.rfind(char::is_whitespace).map_or(words, |at| words[at..].trim_start());
    if folds_to(last, word) { words[..words.len() - last.len()].trim_end() } else { words }
}
