//! Lines: the line and column of a byte offset, for people who look a place up in an editor, and text on one line.

use std::sync::OnceLock;

/// The line starts of one text.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters precede each [`STRIDE`] bytes: a text may be one line of many megabytes, whose columns
    /// would otherwise be counted from its start for every place asked about.
    characters: OnceLock<Vec<usize>>,
}

const STRIDE: usize = 4096;

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Lines { text, starts, characters: OnceLock::new() }
    }

    /// One-based line and column (in characters) of a byte offset; an offset past the end is the end's place.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let column = match offset - start {
            0..STRIDE => characters(&self.text.as_bytes()[start..offset]),
            _ => self.before(offset) - self.before(start),
        };
        (line, column + 1)
    }

    /// How many characters precede a byte offset.
    fn before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let strides = self.characters.get_or_init(|| {
            let mut sums = vec![0];
            let mut sum = 0;
            sums.extend(bytes.chunks(STRIDE).map(|stride| {
                sum += characters(stride);
                sum
            }));
            sums
        });
        let stride = offset / STRIDE;
        strides[stride] + characters(&bytes[stride * STRIDE..offset])
    }

    /// The text of a one-based line, without its line end.
    pub fn line(&self, line: usize) -> &'t str {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        self.text[start..end].trim_end_matches('\r')
    }
}

/// The words of a text on one line: every run of blanks and line ends becomes one blank, those at the ends go.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// How many characters begin in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_are_those_that_counting_gives() {
        let text = "ngắn\n".to_owned() + &"số 33/2021/TT-BGDĐT; ".repeat(1500) + "\ncuối";
        let lines = Lines::new(&text);
        let start = text.find('\n').unwrap() + 1;
        for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            assert_eq!(lines.place(offset).1, text[line_start..offset].chars().count() + 1, "{offset} {start}");
        }
        let full = "a".repeat(2 * STRIDE);
        assert_eq!(Lines::new(&full).place(2 * STRIDE), (1, 2 * STRIDE + 1));
    }

    #[test]
    fn counts_lines_and_characters_from_one() {
        let lines = Lines::new("một\nhai ba\r\n");
        assert_eq!(lines.place(0), (1, 1));
        assert_eq!(lines.place(6), (2, 1));
        assert_eq!(lines.place(10), (2, 5));
        assert_eq!(lines.line(2), "hai ba");
        assert_eq!(lines.place(999), (3, 1));
    }
}
