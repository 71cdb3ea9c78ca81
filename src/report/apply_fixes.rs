//! A copy of a text file with its safe suggestions written in. Every other byte is unchanged: the
//! encoding, the line ends, the way letters are composed.

use std::collections::BTreeMap;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::check::Finding;
use crate::read::Document;

/// Why a finding is left to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkippedFix {
    /// There is nothing to write instead.
    NoSuggestion,
    /// What to write instead is for a person to decide.
    Unsafe,
    /// Another suggestion changes the same words: check the copy again.
    Overlaps,
}

/// Which suggestions are written, and why the others are not; places in `findings`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FixChoice {
    /// In text order, without overlap.
    pub written: Vec<usize>,
    pub skipped: Vec<(usize, SkippedFix)>,
}

/// Chooses among suggestions for a document. Where two would change the same words the more severe finding goes first, then the
/// one that changes more. What cannot be written without taking marks of the file along is left to a person.
pub fn choose(document: &Document, findings: &[Finding]) -> FixChoice {
    let mut choice = FixChoice::default();
    let mut order: Vec<usize> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        match (&finding.suggestion, finding.safe) {
            (None, _) => choice.skipped.push((at, SkippedFix::NoSuggestion)),
            (Some(_), false) => choice.skipped.push((at, SkippedFix::Unsafe)),
            (Some(_), true) if stretch(document, finding).is_none() => choice.skipped.push((at, SkippedFix::Unsafe)),
            (Some(_), true) => order.push(at),
        }
    }
    order.sort_by_key(|at| {
        let Finding { severity, range, .. } = &findings[*at];
        (std::cmp::Reverse(*severity), std::cmp::Reverse(range.len()), range.start)
    });
    // What is written, by where it starts; nothing in it overlaps.
    let mut written: BTreeMap<usize, usize> = BTreeMap::new();
    for at in order {
        let Finding { range, suggestion, .. } = &findings[at];
        let touching = written.range(..range.end.max(range.start + 1)).next_back().map(|(_, other)| &findings[*other]);
        match touching.filter(|other| other.range.end > range.start) {
            // Two rules that ask for the same change.
            Some(other) if other.range == *range && other.suggestion == *suggestion => {}
            Some(_) => choice.skipped.push((at, SkippedFix::Overlaps)),
            None => {
                written.insert(range.start, at);
                choice.written.push(at);
            }
        }
    }
    choice.written.sort_by_key(|at| findings[*at].range.start);
    choice.skipped.sort_by_key(|(at, _)| findings[*at].range.start);
    choice
}

/// The bytes of the file with the chosen suggestions in place of their words. `bytes` are those of the file that
/// `document` was read from. `None` where the file is in an encoding that cannot be written back exactly, or is no
/// longer what was read.
pub fn apply(document: &Document, bytes: &[u8], findings: &[Finding], choice: &FixChoice) -> Option<Vec<u8>> {
    let source = document.text.source();
    let utf16 = Encoding::for_bom(bytes).filter(|(encoding, _)| [UTF_16LE, UTF_16BE].contains(encoding));
    match utf16 {
        None if bytes == source.as_bytes() => Some(spliced(document, findings, choice).into_bytes()),
        None => None,
        Some((encoding, mark)) => {
            let read = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
            (read == source).then_some(())?;
            let units = spliced(document, findings, choice).encode_utf16().collect::<Vec<u16>>();
            let bytes_of = if encoding == UTF_16LE { u16::to_le_bytes } else { u16::to_be_bytes };
            Some(bytes[..mark].iter().copied().chain(units.into_iter().flat_map(bytes_of)).collect())
        }
    }
}

fn spliced(document: &Document, findings: &[Finding], choice: &FixChoice) -> String {
    let source = document.text.source();
    // Where words without marks are changed, the whole text shows how letters are composed.
    let decomposed = !is_nfc(source);
    let mut out = String::with_capacity(source.len() + 64);
    let mut done = 0;
    for finding in choice.written.iter().map(|at| &findings[*at]) {
        let Some((range, words)) = stretch(document, finding) else { continue };
        // Ranges that were widened to whole letters may touch.
        let (Some(between), Some(old)) = (source.get(done..range.start), source.get(range.clone())) else { continue };
        out.push_str(between);
        if if old.is_ascii() { decomposed } else { !is_nfc(old) } {
            out.extend(words.nfd());
        } else {
            out.push_str(words);
        }
        done = range.end;
    }
    out.push_str(&source[done..]);
    out
}

/// The bytes of the source that a suggestion changes, and what goes in their place. Marks that reading took out of the
/// words (`**Thông tư** số 22`) stay where they are: only what differs is changed. `None` where they are in the middle
/// of it.
fn stretch<'f>(document: &Document, finding: &'f Finding) -> Option<(Range<usize>, &'f str)> {
    let suggestion = finding.suggestion.as_deref()?;
    let range = finding.range.clone();
    let old = document.text.as_str().get(range.clone())?;
    if stands_whole(document, &range) {
        return Some((document.text.to_source(range), suggestion));
    }
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(suggestion.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[head..], &suggestion[head..]);
    let tail: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let changed = range.start + head..range.end - tail;
    stands_whole(document, &changed).then(|| (document.text.to_source(changed), &new_rest[..new_rest.len() - tail]))
}

/// Whether a range of the text is in the source as it is read, letters composed or not.
fn stands_whole(document: &Document, range: &Range<usize>) -> bool {
    let source = document.text.source().get(document.text.to_source(range.clone())).unwrap_or_default();
    let words = document.text.as_str().get(range.clone()).unwrap_or_default();
    source == words || source.nfc().eq(words.chars())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Severity;
    use crate::text::Message;

    fn finding(text: &str, words: &str, suggestion: Option<&str>, safe: bool, severity: Severity) -> Finding {
        let start = text.find(words).unwrap();
        Finding {
            rule: "missing-year",
            severity,
            range: start..start + words.len(),
            message: Message { vi: String::new(), en: String::new() },
            basis: None,
            target: None,
            suggestion: suggestion.map(str::to_owned),
            safe,
            citation: 0,
        }
    }

    #[test]
    fn what_is_not_safe_or_overlaps_is_left() {
        let text = "số 33/TT-BGDĐT ngày 1, số 44, số 55";
        let findings = [
            finding(text, "33/TT-BGDĐT", Some("33/2021/TT-BGDĐT"), true, Severity::Error),
            finding(text, "33/TT-BGDĐT ngày 1", Some("x"), true, Severity::Warning),
            finding(text, "44", Some("45"), false, Severity::Error),
            finding(text, "55", None, false, Severity::Error),
            finding(text, "33/TT-BGDĐT", Some("33/2021/TT-BGDĐT"), true, Severity::Info),
        ];
        let document = Document::from_text("a.txt", text);
        let choice = choose(&document, &findings);
        assert_eq!(choice.written, [0]);
        assert_eq!(choice.skipped, [(1, SkippedFix::Overlaps), (2, SkippedFix::Unsafe), (3, SkippedFix::NoSuggestion)]);
        let copy = apply(&document, text.as_bytes(), &findings, &choice).unwrap();
        assert_eq!(String::from_utf8(copy).unwrap(), "số 33/2021/TT-BGDĐT ngày 1, số 44, số 55");
    }

    #[test]
    fn the_rest_stays_byte_for_byte() {
        let words = "Thông tư số 33/TT-BGDĐT";
        let new = "Thông tư số 33/2021/TT-BGDĐT";
        for decomposed in [false, true] {
            let form = |text: &str| if decomposed { text.nfd().collect::<String>() } else { text.to_owned() };
            let source = format!("\u{feff}Kế hoạch\r\nTheo {}, {}\r\n", form(words), form("được giao."));
            let wanted = format!("\u{feff}Kế hoạch\r\nTheo {}, {}\r\n", form(new), form("được giao."));
            let utf8 = source.clone().into_bytes();
            let document = crate::read::read_bytes("a.txt", utf8.clone()).unwrap();
            let findings = [finding(document.text.as_str(), words, Some(new), true, Severity::Error)];
            let copy = apply(&document, &utf8, &findings, &choose(&document, &findings)).unwrap();
            assert_eq!(String::from_utf8(copy).unwrap(), wanted);

            let encode = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
            let document = crate::read::read_bytes("a.txt", encode(&source)).unwrap();
            let findings = [finding(document.text.as_str(), words, Some(new), true, Severity::Error)];
            let copy = apply(&document, &encode(&source), &findings, &choose(&document, &findings)).unwrap();
            assert_eq!(copy, encode(&wanted));
        }
    }

    #[test]
    fn marks_within_the_words_stay() {
        let new = "Thông tư số 24/2023/TT-BGDĐT";
        for (source, wanted) in [
            ("Theo **Thông tư** số 22/2020/TT-BGDĐT.", Some("Theo **Thông tư** số 24/2023/TT-BGDĐT.")),
            ("Theo **Thông tư số 22/2020/TT-BGDĐT**.", Some("Theo **Thông tư số 24/2023/TT-BGDĐT**.")),
            ("Theo Thông tư số **22**/2020/TT-BGDĐT.", None),
        ] {
            let document = crate::read::read_bytes("a.md", source.into()).unwrap();
            let findings =
                [finding(document.text.as_str(), "Thông tư số 22/2020/TT-BGDĐT", Some(new), true, Severity::Error)];
            let choice = choose(&document, &findings);
            assert_eq!(choice.written.len(), usize::from(wanted.is_some()), "{source}");
            let copy = apply(&document, source.as_bytes(), &findings, &choice).unwrap();
            assert_eq!(String::from_utf8(copy).unwrap(), wanted.unwrap_or(source));
        }
    }

    #[test]
    fn what_cannot_be_written_back_exactly_is_not_written() {
        // "Nghị định số 30" in windows-1258.
        let bytes = b"Ngh\x69\xf2 \xf0\x69\xf2nh s\xf4\xec 30".to_vec();
        let document = crate::read::read_bytes("a.txt", bytes.clone()).unwrap();
        assert_eq!(apply(&document, &bytes, &[], &FixChoice::default()), None);
    }
}
