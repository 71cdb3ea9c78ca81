//! Where the text of a Word file stands in the file, for those who write into a copy of it: from bytes of the
//! document's text to bytes of the XML parts that hold its words.

use std::ops::Range;

use crate::text::SourceText;

use super::legacy_encodings::Respelling;
use super::traced_text::{Origin, TracedText};

/// The map from a document's text to the XML of its file.
#[derive(Debug)]
pub struct Anchors {
    /// The text before normalisation, which the origins are counted in, and its NFC.
    text: SourceText,
    /// How words of old fonts in that text were respelt.
    respelling: Option<Respelling>,
    origins: Vec<Origin>,
    stories: Vec<Story>,
}

/// A part of the file that holds words to be anchored at. Headers and footers are none: what is said on every
/// page has no one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    pub kind: StoryKind,
    /// The name of the part in the archive: `word/document.xml`.
    pub part: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryKind {
    Body,
    Footnotes,
    Endnotes,
}

/// Words in the XML of a story, always inside character data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorySpan {
    /// The place of the story in [`Anchors::stories`].
    pub story: usize,
    /// Bytes of the part's XML as UTF-8.
    pub range: Range<usize>,
}

impl Anchors {
    /// The anchors of a text that was made of the strand; none where the strand as a whole makes another.
    pub(super) fn of(text: &SourceText, strand: TracedText, stories: Vec<Story>) -> Option<Anchors> {
        let (raw, origins) = strand.into_parts();
        let same = SourceText::new(raw);
        (same.as_str() == text.as_str()).then_some(Anchors { text: same, respelling: None, origins, stories })
    }

    /// The same, of a text whose words were respelt.
    pub(super) fn respelt(self, respelling: Option<Respelling>) -> Anchors {
        Anchors { respelling, ..self }
    }

    /// Whether the words stand in the file as they do in the text. Where they were respelt, what is written into the
    /// file would come out in its old font.
    pub fn are_as_written(&self) -> bool {
        self.respelling.is_none()
    }

    /// The body first, then the notes.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Where the words of a stretch of the document's NFC text (bytes) stand, in the order of the text. Nothing
    /// for what stands in headers and footers, and for tabs and line ends, which are no characters of the file.
    pub fn stretches(&self, range: Range<usize>) -> Vec<StorySpan> {
        let range = self.respelling.as_ref().map_or(range.clone(), |respelling| respelling.back(range));
        let len = self.text.as_str().len();
        let raw = self.text.to_source(range.start.min(len)..range.end.min(len));
        // Where something was taken out a start lies after it and an end before it: nothing stands between them.
        if raw.is_empty() {
            return Vec::new();
        }
        let first = self.origins.partition_point(|origin| origin.at + origin.len <= raw.start);
        let mut found: Vec<StorySpan> = Vec::new();
        for origin in self.origins[first..].iter().take_while(|origin| origin.at < raw.end) {
            let mut range = origin.range.clone();
            if origin.len == range.len() {
                range.end -= (origin.at + origin.len).saturating_sub(raw.end);
                range.start += raw.start.saturating_sub(origin.at);
            }
            match found.last_mut() {
                Some(last) if last.story == origin.story && last.range.end == range.start => last.range.end = range.end,
                _ => found.push(StorySpan { story: origin.story, range }),
            }
        }
        found
    }
}
