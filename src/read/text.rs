//! Plain text and Markdown. The source is the file itself, byte for byte where the file is UTF-8, so that an
//! offset into the document is an offset into the file.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::text::Text;

use super::{Document, Format, ReadError};

/// Reads `bytes` as plain text. A byte order mark of UTF-8 stays in the source, so that offsets hold.
pub(super) fn read(path: &str, bytes: Vec<u8>, format: Format) -> Result<Document, ReadError> {
    let text = match utf8(bytes) {
        Ok(text) => text,
        Err(bytes) => decode(&bytes).ok_or_else(|| ReadError::Binary { path: path.to_owned() })?,
    };
    if !is_text(&text) {
        return Err(ReadError::Binary { path: path.to_owned() });
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty { path: path.to_owned() });
    }
    Ok(Document { path: path.to_owned(), format, text: Text::new(text), sections: Vec::new() })
}

/// The bytes as text if they are UTF-8, else the bytes. Validation by the standard library would take as long as all
/// that is done with the text afterwards.
fn utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    match simdutf8::basic::from_utf8(&bytes) {
        // SAFETY: these very bytes were validated on the line before.
        Ok(_) => Ok(unsafe { String::from_utf8_unchecked(bytes) }),
        Err(_) => Err(bytes),
    }
}

/// Text of an unknown encoding: UTF-8 or UTF-16 by its mark, UTF-8 if it is valid, else Vietnamese in
/// windows-1258. `None` if it is none of these.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            return encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).map(Into::into);
        }
        _ => {}
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return Some(text.into());
    }
    windows_1258(bytes)
}

/// Vietnamese of the time before Unicode: base letters followed by their tone marks. Other 8-bit encodings and
/// binary data fit this pattern badly: a mark after no vowel, a control character, few letters.
fn windows_1258(bytes: &[u8]) -> Option<String> {
    let text = WINDOWS_1258.decode_without_bom_handling_and_without_replacement(bytes)?;
    let (mut marks, mut misplaced, mut odd, mut before) = (0, 0, 0, ' ');
    for c in text.chars() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                marks += 1;
                misplaced += usize::from(!is_vowel(before));
            }
            c if c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_graphic() => {}
            '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' | '§' | '°' | '«' | '»' | '½' | '²' | '³' | '·' | '±' =>
                {}
            _ => odd += 1,
        }
        before = c;
    }
    let length = text.chars().count();
    (misplaced * 10 <= marks && odd * 50 <= length && is_text(&text)).then(|| text.into())
}

fn is_vowel(c: char) -> bool {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    matches!(base.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// No NUL, and next to no other control characters.
fn is_text(text: &str) -> bool {
    if text.contains('\0') {
        return false;
    }
    // Only ASCII controls are worth counting, and blocks without any, which is nearly all, are passed at once.
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=31 | 127);
    let blocks =
        text.as_bytes().chunks(1024).filter(|block| block.iter().fold(false, |any, byte| any | is_control(byte)));
    let control: usize = blocks.map(|block| block.iter().filter(|byte| is_control(byte)).count()).sum();
    control * 50 <= text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> Result<Document, ReadError> {
        read("a.txt", bytes.to_vec(), Format::Text)
    }

    #[test]
    fn utf8_is_kept_byte_for_byte_with_its_mark() {
        let bytes = "\u{feff}Kế hoạch số 70/KH-UBND\r\n".as_bytes();
        let document = text_of(bytes).unwrap();
        assert_eq!(document.text.source().as_bytes(), bytes);
    }

    #[test]
    fn both_utf16_forms_are_known_by_their_mark() {
        let text = "Thông tư số 33/2021/TT-BGDĐT";
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(text_of(&little).unwrap().text.as_str(), text);
        assert_eq!(text_of(&big).unwrap().text.as_str(), text);
    }

    #[test]
    fn windows_1258_becomes_whole_letters() {
        // "Nghị định số 30" as that encoding spells it: ị is i + dot below, đ one byte, ố is ô + acute.
        let bytes = b"Ngh\x69\xf2 \xf0\x69\xf2nh s\xf4\xec 30";
        assert_eq!(text_of(bytes).unwrap().text.as_str(), "Nghị định số 30");
    }

    #[test]
    fn junk_is_refused_by_name() {
        let junk = [0x89, b'P', b'N', b'G', 0, 0, 0, 13, 0xff, 0xd8];
        assert_eq!(text_of(&junk).unwrap_err(), ReadError::Binary { path: "a.txt".into() });
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert_eq!(text_of(&noise).unwrap_err(), ReadError::Binary { path: "a.txt".into() });
    }

    #[test]
    fn other_8_bit_encodings_are_not_taken_for_vietnamese() {
        // Russian in windows-1251: the marks of 1258 fall on consonants.
        let bytes = b"\xcf\xf0\xe8\xea\xe0\xe7 \xee \xef\xeb\xe0\xed\xe5 \xf0\xe0\xe1\xee\xf2\xfb \xec\xe8\xed\xe8\xf1\xf2\xe5\xf0\xf1\xf2\xe2\xe0";
        assert!(text_of(bytes).is_err());
    }

    #[test]
    fn nothing_visible_is_empty() {
        assert_eq!(text_of("\u{feff} \r\n".as_bytes()).unwrap_err(), ReadError::Empty { path: "a.txt".into() });
    }
}
