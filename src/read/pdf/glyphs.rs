//! From letters with a place on the page to lines: which letters share a line, and where a gap between them is
//! a space or the border of a column. Places are turned into the direction of writing, so that pages set
//! sideways read like any other.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use crate::read::text_builder::glues;

/// More letters than any line has.
const MAX_LINE: usize = 5_000;

/// No page holds more letters honestly.
const MAX_LETTERS: usize = 300_000;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Gap {
    None,
    Space,
    Column,
}

/// Letters without a gap between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Word {
    pub gap: Gap,
    /// Where it begins, along the line. Points.
    pub left: f64,
    pub text: String,
}

/// Letters on one baseline, in the order in which the page draws them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// Direction of writing: degrees, 0 is to the right, 90 is upwards.
    pub turn: i32,
    /// The baseline's distance down the page (of any origin), seen in the direction of writing. Points.
    pub down: f64,
    /// Height of the letters. Points.
    pub size: f64,
    pub right: f64,
    pub words: Vec<Word>,
    /// Begins with a small raised digit, as notes do.
    pub is_note: bool,
}

impl Line {
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, word) in self.words.iter().enumerate() {
            match word.gap {
                _ if at == 0 => {}
                Gap::None => {}
                Gap::Space => text.push(' '),
                Gap::Column => text.push('\t'),
            }
            text.push_str(&word.text);
        }
        text
    }

    /// How many characters the line has, without spaces.
    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().count()).sum()
    }

    pub(super) fn has_columns(&self) -> bool {
        self.words.iter().skip(1).any(|word| word.gap == Gap::Column)
    }

    /// Where the line's last column begins; in running text, the line itself. Points.
    pub(super) fn left(&self) -> f64 {
        let last = self.words.iter().rev().find(|word| word.gap == Gap::Column).or(self.words.first());
        last.map_or(0.0, |word| word.left)
    }

    /// How wide the first word is, in points, by the average width of the line's letters.
    pub(super) fn first_word_width(&self) -> f64 {
        let letters = self.letters() + self.words.len();
        let (Some(first), true) = (self.words.first(), letters > 1) else { return 0.0 };
        (self.right - first.left) * first.text.chars().count() as f64 / letters as f64
    }
}

/// The lines of a page, in the order in which it draws them.
pub(super) type Page = Vec<Line>;

/// Gathers the letters of each page while the pages are drawn.
pub(super) struct Glyphs {
    pages: Vec<Vec<Draft>>,
    letters: usize,
    /// Strings shown so far. Only between strings is a distance a gap; within one it is the font's business.
    strings: usize,
}

/// A line whose letters are still coming in.
struct Draft {
    turn: i32,
    down: f64,
    size: f64,
    right: f64,
    glyphs: Vec<Glyph>,
}

/// One letter, or a space.
struct Glyph {
    place: Place,
    letter: char,
    string: usize,
}

impl Glyphs {
    pub(super) fn new() -> Glyphs {
        Glyphs { pages: Vec::new(), letters: 0, strings: 0 }
    }

    pub(super) fn finish(self) -> Vec<Page> {
        let lines = |page: Vec<Draft>| page.into_iter().filter_map(Draft::finish).collect();
        self.pages.into_iter().map(lines).collect()
    }

    fn letter(&mut self, letter: char, place: Place) {
        let Some(page) = self.pages.last_mut() else { return };
        let glyph = Glyph { place, letter, string: self.strings };
        match page.last_mut() {
            Some(draft) => {
                if let Some(glyph) = draft.take(glyph) {
                    page.extend(Draft::begin(glyph));
                }
            }
            None => page.extend(Draft::begin(glyph)),
        }
    }
}

impl Draft {
    /// A line begins with a letter, not with a space.
    fn begin(glyph: Glyph) -> Option<Draft> {
        let place = glyph.place;
        (glyph.letter != ' ').then(|| Draft {
            turn: place.turn,
            down: place.down,
            size: place.size,
            right: place.right,
            glyphs: vec![glyph],
        })
    }

    /// Takes a letter that belongs to the line, and gives back one that does not.
    fn take(&mut self, glyph: Glyph) -> Option<Glyph> {
        let place = glyph.place;
        if !place.is_level(self) {
            return Some(glyph);
        }
        let last = self.glyphs.last().map_or(f64::MIN, |last| last.place.left);
        let forward = place.left >= last - 0.05 * place.size && place.left > self.right - self.size.max(place.size);
        if !forward && !is_combining_mark(glyph.letter) {
            // Letters that one font lacks are drawn from another afterwards, into the gaps that were left.
            let gap = 0.2 * place.size;
            let taken = |other: &Glyph| other.place.left < place.right - gap && place.left < other.place.right - gap;
            if self.glyphs.len() > MAX_LINE {
                return Some(glyph);
            }
            if glyph.letter != ' ' && self.glyphs.iter().any(|other| other.letter != ' ' && taken(other)) {
                // Bold letters are sometimes made by drawing them twice.
                let twice = self.glyphs.iter().any(|other| other.is_same(&glyph));
                return (!twice).then_some(glyph);
            }
        } else if self.glyphs.last().is_some_and(|last| last.is_same(&glyph)) {
            return None;
        }
        if glyph.letter != ' ' {
            self.right = self.right.max(place.right);
            if place.size >= 0.85 * self.size {
                self.size = place.size;
                self.down = place.down;
            }
        }
        self.glyphs.push(glyph);
        None
    }

    /// Sorts the letters along the line and sets them into words.
    fn finish(mut self) -> Option<Line> {
        self.glyphs.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
        let largest = self.glyphs.iter().map(|glyph| glyph.place.size).fold(0.0, f64::max);
        let down = self.glyphs.iter().find(|glyph| glyph.place.size == largest)?.place.down;
        let is_raised = |glyph: &Glyph| {
            let place = glyph.place;
            glyph.letter.is_ascii_digit() && place.size < 0.85 * largest && place.down < down - 0.1 * place.size
        };
        let mut words: Vec<Word> = Vec::new();
        let mut before: Option<&Glyph> = None;
        let mut space = false;
        let mut is_note = false;
        for glyph in &self.glyphs {
            if glyph.letter == ' ' {
                space = true;
                continue;
            }
            let gap = match before {
                None => {
                    is_note = is_raised(glyph);
                    Gap::None
                }
                Some(before) => {
                    let distance = glyph.place.left - before.place.right;
                    let apart = before.string != glyph.string && distance > 0.1 * glyph.place.size;
                    let tail = words.last().map_or("", |word| word.text.as_str());
                    let begins_mark =
                        is_raised(glyph) && !is_raised(before) && glues(tail, glyph.letter.encode_utf8(&mut [0; 4]));
                    let ends_mark = is_raised(before) && !is_raised(glyph) && glyph.letter.is_alphabetic();
                    match () {
                        () if distance > 2.5 * glyph.place.size => Gap::Column,
                        () if space || apart || begins_mark || ends_mark => Gap::Space,
                        () => Gap::None,
                    }
                }
            };
            match words.last_mut().filter(|_| gap == Gap::None) {
                Some(word) => word.text.push(glyph.letter),
                None => words.push(Word { gap, left: glyph.place.left, text: glyph.letter.into() }),
            }
            before = Some(glyph);
            space = false;
        }
        Some(Line { turn: self.turn, down, size: largest, right: self.right, words, is_note })
    }
}

impl Glyph {
    fn is_same(&self, other: &Glyph) -> bool {
        let near = 0.1 * self.place.size;
        self.letter == other.letter
            && (self.place.left - other.place.left).abs() < near
            && (self.place.down - other.place.down).abs() < near
    }
}

/// Where a letter stands, in its direction of writing. Points.
#[derive(Clone, Copy)]
struct Place {
    turn: i32,
    left: f64,
    right: f64,
    down: f64,
    size: f64,
}

impl Place {
    /// `at` takes text space to the page; `width` is in units of the font size.
    fn new(at: &Transform, width: f64, font_size: f64) -> Option<Place> {
        let (x, y) = (at.m11 * font_size, at.m12 * font_size);
        let along = x.hypot(y);
        let size = at.m21.hypot(at.m22) * font_size.abs();
        let (cos, sin) = (x / along, y / along);
        let left = at.m31 * cos + at.m32 * sin;
        let down = at.m31 * sin - at.m32 * cos;
        let right = left + width * along;
        let finite = [left, right, down, size].iter().all(|value| value.is_finite());
        finite.then(|| Place { turn: sin.atan2(cos).to_degrees().round() as i32, left, right, down, size })
    }

    /// The `at`th of `of` letters that share the place.
    fn share(self, at: usize, of: usize) -> Place {
        let width = (self.right - self.left) / of as f64;
        let left = self.left + width * at as f64;
        Place { left, right: left + width, ..self }
    }

    /// Whether the letter stands on the line: same direction, and on its baseline, or above or below it if one
    /// of both is small.
    fn is_level(&self, line: &Draft) -> bool {
        let (small, large) = if self.size < line.size { (self.size, line.size) } else { (line.size, self.size) };
        let reach = if small < 0.85 * large { 0.6 } else { 0.25 };
        self.turn == line.turn && (self.down - line.down).abs() <= reach * large
    }
}

impl OutputDev for Glyphs {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.pages.push(Vec::new());
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let Some(place) = Place::new(at, width, size) else { return Ok(()) };
        // A glyph whose meaning the file does not tell: say so rather than drop it.
        let text = if text.is_empty() && width > 0.0 { "\u{fffd}" } else { text };
        let count = text.chars().flat_map(spelt).count();
        for (at, letter) in text.chars().flat_map(spelt).enumerate() {
            self.letters += 1;
            self.letter(letter, place.share(at, count));
        }
        if self.letters > MAX_LETTERS { Err(std::fmt::Error.into()) } else { Ok(()) }
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.strings += 1;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// A drawn character as letters: ligatures are taken apart, every space is a plain one, and what cannot be seen
/// is nothing. The "soft" hyphen of some fonts, once drawn, is a plain one.
fn spelt(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        '\u{ad}' => "-",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{200b}'..='\u{200f}' | '\u{feff}' => "",
        c if c.is_whitespace() => " ",
        _ => "",
    };
    let itself = letters.is_empty() && !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    letters.chars().chain(itself.then_some(c))
}
