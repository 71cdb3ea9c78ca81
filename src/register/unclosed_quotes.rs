//! The quotation marks of a CSV file. One that is opened and never closed makes a single cell of all that follows, which
//! the parser takes for granted: rows would vanish without a word.

use std::io::{self, Read};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Where a cell begins: only here a mark opens a quotation.
    Start,
    Plain,
    Quoted,
    /// Behind a mark inside a quotation: its end, or half of a doubled mark.
    Closing,
}

/// Follows the marks of a file that is read piece by piece.
#[derive(Debug)]
pub(super) struct Quotes {
    delimiter: u8,
    at: At,
    line: u64,
    /// The line of the mark that opened the quotation read last.
    opened: u64,
    torn: Option<u64>,
}

impl Quotes {
    pub fn new(delimiter: u8) -> Quotes {
        Quotes { delimiter, at: At::Start, line: 1, opened: 1, torn: None }
    }

    fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.at = match (self.at, *byte) {
                (At::Start, b'"') => {
                    self.opened = self.line;
                    At::Quoted
                }
                (At::Closing, b'"') => At::Quoted,
                (At::Quoted, b'"') => At::Closing,
                (At::Quoted, _) => At::Quoted,
                // A blank between the mark and the end of the cell.
                (At::Closing, b' ') => At::Closing,
                (at, byte) => {
                    let ends = byte == self.delimiter || byte == b'\n' || byte == b'\r';
                    // A quotation over several lines that ends in the midst of a cell was closed by the mark that
                    // opens another.
                    if at == At::Closing && !ends && self.opened < self.line {
                        self.torn = self.torn.or(Some(self.opened));
                    }
                    if ends { At::Start } else { At::Plain }
                }
            };
            self.line += u64::from(*byte == b'\n');
        }
    }

    /// The line, counted from 1, of the first mark that was not closed where its cell ends; to be asked once all is read.
    pub fn unclosed(&self) -> Option<u64> {
        self.torn.or((self.at == At::Quoted).then_some(self.opened))
    }

    /// The same of a whole file with commas between its cells.
    pub fn unclosed_in(bytes: &[u8]) -> Option<u64> {
        let mut quotes = Quotes::new(b',');
        quotes.read(bytes);
        quotes.unclosed()
    }
}

/// A reader whose quotation marks are followed on the way.
pub(super) struct Followed<R> {
    pub quotes: Quotes,
    pub inner: R,
}

impl<R: Read> Read for Followed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.quotes.read(&buffer[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_not_closed_is_told_by_its_line() {
        for (text, line) in [
            ("a,b\n1,\"hai\n3,4\n", Some(2)),
            ("a,b\n1,\"hai\n3,\"bốn\"\n5,6\n", Some(2)),
            ("a,b\n1,\"hai\nba\"\n3,4\n", None),
            ("a,b\n1,\"nói \"\"hai\"\" lần\"\r\n3,4\n", None),
            ("a,b\n1,Chương trình \"Xóa mù chữ\n3,4\n", None),
            ("a,b\n1,\"Luật\" Giáo dục\n3,4\n", None),
            ("a,b\n1,\"hai\"", None),
        ] {
            assert_eq!(Quotes::unclosed_in(text.as_bytes()), line, "{text}");
            let mut followed = Followed { quotes: Quotes::new(b','), inner: text.as_bytes() };
            let mut small = [0; 3];
            while followed.read(&mut small).unwrap() > 0 {}
            assert_eq!(followed.quotes.unclosed(), line, "{text}");
        }
    }
}
