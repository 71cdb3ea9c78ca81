//! Text in NFC and free of remnants, with a map back to the source. The map is built while the text is normalised,
//! so no later stage has to search for offsets again.

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::converter_noise;

/// A text in NFC, without what converters left in it, and the source it came from. All offsets are bytes of UTF-8, ends exclusive.
#[derive(Debug, Clone, Default)]
pub struct SourceText {
    nfc: String,
    /// The source where it differs from the NFC text.
    source: Option<String>,
    /// `(nfc, source)` offsets where a stretch begins whose distance to the source differs from the one before.
    shifts: Vec<(usize, usize)>,
}

impl SourceText {
    /// Normalises `source`. A source that is in NFC already and has no remnants is taken as it is, without a map.
    pub fn new(source: String) -> SourceText {
        let edits = converter_noise::edits(&source);
        let normal = is_plainly_nfc(source.as_bytes()) || is_nfc_quick(source.chars()) == IsNormalized::Yes;
        if normal && edits.is_empty() {
            return SourceText { nfc: source, source: None, shifts: Vec::new() };
        }
        let mut text = SourceText { nfc: String::with_capacity(source.len()), source: None, shifts: Vec::new() };
        let mut at = 0;
        for edit in edits {
            text.push(&source, at..edit.range.start, normal);
            text.shifts.push((text.nfc.len(), edit.range.start));
            text.nfc.push_str(&edit.with);
            text.shifts.push((text.nfc.len(), edit.range.end));
            at = edit.range.end;
        }
        text.push(&source, at..source.len(), normal);
        text.source = Some(source);
        text
    }

    /// Appends a stretch of the source. A starter and what combines with it are normalised together; the next ASCII
    /// or other NFC-stable starter begins a new stretch.
    fn push(&mut self, source: &str, range: Range<usize>, normal: bool) {
        let (stretch, from) = (&source[range.clone()], range.start);
        if normal {
            self.nfc.push_str(stretch);
            return;
        }
        for (start, end) in clusters(stretch) {
            let cluster = &stretch[start..end];
            let before = self.nfc.len();
            self.nfc.extend(cluster.nfc());
            if self.nfc.len() - before != cluster.len() {
                self.shifts.push((before, from + start));
                self.shifts.push((self.nfc.len(), from + end));
            }
        }
    }

    /// The text in NFC: what every later stage reads.
    pub fn as_str(&self) -> &str {
        &self.nfc
    }

    /// The text as it stood in the source.
    pub fn source(&self) -> &str {
        self.source.as_deref().unwrap_or(&self.nfc)
    }

    /// The range of the source that a range of the NFC text comes from. An end inside a normalised cluster is widened to
    /// the cluster's own end.
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        self.source_offset(range.start, false)..self.source_offset(range.end, true)
    }

    /// Where a stretch of the source went in the NFC text: nowhere (an empty range) where all of it was taken out. An
    /// end inside a normalised cluster is widened to the cluster's own end.
    pub fn of_source(&self, range: Range<usize>) -> Range<usize> {
        self.nfc_offset(range.start, false)..self.nfc_offset(range.end, true)
    }

    fn nfc_offset(&self, source: usize, end: bool) -> usize {
        let after = self.shifts.partition_point(|(_, at)| *at < source || (*at == source && !end));
        let Some((nfc, at)) = after.checked_sub(1).map(|i| self.shifts[i]) else {
            return source;
        };
        match self.shifts.get(after) {
            _ if source == at => nfc,
            Some((next, next_at)) if next - nfc != next_at - at => {
                if end {
                    *next
                } else {
                    nfc
                }
            }
            _ => nfc + (source - at),
        }
    }

    /// The offset in the source of an offset in the NFC text. Where something was removed, a start is after it and
    /// an end before it.
    fn source_offset(&self, nfc: usize, end: bool) -> usize {
        let after = self.shifts.partition_point(|(at, _)| *at < nfc || (*at == nfc && !end));
        let Some((at, source)) = after.checked_sub(1).map(|i| self.shifts[i]) else {
            return nfc;
        };
        let offset = source + (nfc - at);
        match self.shifts.get(after) {
            _ if nfc == at => offset,
            // Inside a cluster or an edit: its two ends are known, the middle is not.
            Some((next_nfc, next)) if *next_nfc - at != next - source => {
                if end {
                    *next
                } else {
                    source
                }
            }
            _ => offset,
        }
    }
}

/// Whether all characters are of the blocks in which composed Vietnamese is written, where none can change under
/// NFC: a look at each two neighbouring bytes that spares the general check, which reads tables for every
/// character. Stretches of fixed length let the compiler test many bytes at once.
fn is_plainly_nfc(bytes: &[u8]) -> bool {
    const STRETCH: usize = 1024;
    let after = bytes.get(1..).unwrap_or_default();
    let mut stretches = bytes.chunks(STRETCH).zip(after.chunks(STRETCH));
    let open =
        stretches.any(|(ones, nexts)| ones.iter().zip(nexts).fold(false, |open, (a, b)| open | may_change(*a, *b)));
    !open && memchr::memchr2_iter(0xe2, 0xef, bytes).all(|at| is_stable_sign(&bytes[at..]))
}

/// Whether `a` leads a character outside U+00C0..U+02FF (Latin) and U+1E00..U+1EFF (Latin Extended Additional), the
/// signs of [`is_stable_sign`] apart.
fn may_change(a: u8, b: u8) -> bool {
    let composed = (a == 0xe1) & (b & 0xfc == 0xb8);
    (a >= 0xcc) & (a != 0xe2) & (a != 0xef) & !composed
}

/// Whether the bytes begin with a character of U+2002..U+203F (punctuation), U+2200..U+22FF and U+2500..U+27BF (signs)
/// or U+F000..U+F0FF (the bullets of Word).
fn is_stable_sign(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0x82..=0xbf, ..] | [0xe2, 0x88..=0x8b | 0x94..=0x9e, ..] | [0xef, 0x80..=0x83, ..])
}

/// Stretches of `source` that normalise independently of each other.
fn clusters(source: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut chars = source.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.next()?;
        let mut end = source.len();
        while let Some((at, c)) = chars.peek().copied() {
            if unicode_normalization::char::canonical_combining_class(c) == 0
                && !unicode_normalization::char::is_combining_mark(c)
                && !('\u{1160}'..='\u{11ff}').contains(&c)
            {
                end = at;
                break;
            }
            chars.next();
        }
        Some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nfc_source_needs_no_map() {
        let text = SourceText::new("Thông tư số 33".into());
        assert_eq!(text.to_source(0..7), 0..7);
        assert_eq!(text.source(), text.as_str());
    }

    #[test]
    fn ranges_of_nfd_text_come_back_as_written() {
        let source: String = "ngày 5, Nghị định số 30/2020/NĐ-CP, và Thông tư".nfd().collect();
        let text = SourceText::new(source.clone());
        let at = text.as_str().find("Nghị định").unwrap();
        let end = text.as_str().find(", và").unwrap();
        let range = text.to_source(at..end);
        let stood: String = source[range].nfc().collect();
        assert_eq!(stood, "Nghị định số 30/2020/NĐ-CP");
    }

    #[test]
    fn stretches_of_the_source_are_found_again_in_the_text() {
        let source: String =
            format!("Lời{} đầu <b>rõ</b>\nCh{}ú thích", "\u{200b}".repeat(50), "\u{200b}").nfd().collect();
        let text = SourceText::new(source.clone());
        for (word, read) in [("Lời", "Lời"), ("<b>rõ</b>", "rõ"), ("Ch\u{200b}ú thích", "Chú thích")] {
            let word: String = word.nfd().collect();
            let at = source.find(&word).unwrap();
            assert_eq!(&text.as_str()[text.of_source(at..at + word.len())], read);
        }
        let gone = source.find('\u{200b}').unwrap();
        assert!(text.of_source(gone..gone + 30).is_empty());
        assert_eq!(text.of_source(0..source.len()), 0..text.as_str().len());
    }

    #[test]
    fn what_is_plainly_nfc_is_nfc() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if is_plainly_nfc(text.as_bytes()) {
                assert_eq!(is_nfc_quick(text.chars()), IsNormalized::Yes, "{c:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_character_maps_to_its_own_cluster(words in "[a-zàáđêếệôƠư /0-9]{0,40}", nfd: bool) {
            let source: String = if nfd { words.nfd().collect() } else { words.clone() };
            let text = SourceText::new(source.clone());
            prop_assert_eq!(text.as_str(), words.nfc().collect::<String>());
            for (at, c) in text.as_str().char_indices() {
                let range = text.to_source(at..at + c.len_utf8());
                prop_assert_eq!(source[range].nfc().collect::<String>(), c.to_string());
            }
        }
    }
}
