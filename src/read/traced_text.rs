//! Text under way while a file is read and, where it is asked for, the places that its stretches came from. A
//! strand without origins is a plain string that costs no more than one.

use std::ops::Range;

/// A stretch of text and where it stood: bytes `range` of one of the file's stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// Where the stretch begins in the text.
    pub at: usize,
    /// Its bytes in the text. A stretch as long as its source corresponds to it byte by byte; of any other (a
    /// character reference) only the two ends do.
    pub len: usize,
    /// The place of the story in the list of the file's stories.
    pub story: usize,
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct TracedText {
    text: String,
    /// In the order of the text, without overlap; what none covers (a tab, a line end) has no words of its own.
    origins: Vec<Origin>,
}

impl TracedText {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Says where `len` bytes stood of which the first is `back` bytes before the end of the text.
    pub(super) fn trace(&mut self, back: usize, len: usize, story: usize, range: Range<usize>) {
        if len > 0 {
            self.origins.push(Origin { at: self.text.len() - back, len, story, range });
        }
    }

    pub(super) fn append(&mut self, other: TracedText) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.origins.extend(other.origins.into_iter().map(|origin| Origin { at: origin.at + by, ..origin }));
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.origins.last().is_some_and(|origin| origin.at >= len) {
            self.origins.pop();
        }
        if let Some(last) = self.origins.last_mut() {
            let over = (last.at + last.len).saturating_sub(len);
            if last.len == last.range.len() {
                last.range.end -= over;
            }
            last.len -= over;
        }
    }

    /// Takes a stretch out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        let after = TracedText { text: self.text[range.end..].to_owned(), origins: Vec::new() };
        let origins = self.origins.iter().filter(|origin| origin.at >= range.end);
        let origins = origins.map(|origin| Origin { at: origin.at - range.end, ..origin.clone() }).collect();
        self.truncate(range.start);
        self.append(TracedText { origins, ..after });
    }

    /// The strand without the line ends on both sides.
    pub(super) fn trim_lines(mut self) -> TracedText {
        self.truncate(self.text.trim_end_matches('\n').len());
        let lead = self.text.len() - self.text.trim_start_matches('\n').len();
        if lead > 0 {
            self.remove(0..lead);
        }
        self
    }

    pub(super) fn into_parts(self) -> (String, Vec<Origin>) {
        (self.text, self.origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strand(pieces: &[(&str, usize)]) -> TracedText {
        let mut strand = TracedText::default();
        for (text, start) in pieces {
            strand.push_str(text);
            strand.trace(text.len(), text.len(), 0, *start..start + text.len());
        }
        strand
    }

    fn origins(strand: &TracedText) -> Vec<(&str, Range<usize>)> {
        strand.origins.iter().map(|one| (&strand.text[one.at..one.at + one.len], one.range.clone())).collect()
    }

    #[test]
    fn what_is_cut_off_loses_its_origin() {
        let mut line = strand(&[("Luật ", 10), ("số 1  ", 30)]);
        line.truncate("Luật số 1".len());
        assert_eq!(origins(&line), [("Luật ", 10..17), ("số 1", 30..36)]);
        line.truncate("Luật".len());
        assert_eq!(origins(&line), [("Luật", 10..16)]);
    }

    #[test]
    fn stretches_keep_their_origins_wherever_they_move() {
        let mut row = strand(&[("1", 5)]);
        row.push_str("\t");
        row.append(strand(&[("\n", 7), ("Nghị", 20), ("\n", 40)]).trim_lines());
        assert_eq!(row.as_str(), "1\tNghị");
        assert_eq!(origins(&row), [("1", 5..6), ("Nghị", 20..26)]);
        row.remove(0..2);
        assert_eq!(origins(&row), [("Nghị", 20..26)]);
    }
}
