//! Plain text and Markdown. The source is the file itself, byte for byte where the file is UTF-8, so that an
//! offset into the document is an offset into the file; a byte that is no UTF-8 is read as "?", which keeps the
//! offsets. Other encodings are told by their mark, by their zeros, or by the words that they yield.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::legacy_encodings::{self, Fit};
use super::{Document, Format, Notice, ReadError};

/// Reads `bytes` as plain text. A byte order mark of UTF-8 stays in the source, so that offsets hold.
pub(super) fn read(path: &str, bytes: Vec<u8>, format: Format) -> Result<Document, ReadError> {
    let binary = || ReadError::Binary { path: path.to_owned() };
    let (text, notice) = match utf8(bytes) {
        Ok(text) if memchr::memchr(0, text.as_bytes()).is_none() => (text, None),
        Ok(text) => without_zeros(text.into_bytes()).ok_or_else(binary)?,
        Err(bytes) => decode(bytes).ok_or_else(binary)?,
    };
    if !is_text(&text) {
        return Err(binary());
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ReadError::Empty { path: path.to_owned() });
    }
    Ok(Document { notices: notice.into_iter().collect(), ..Document::plain(path.to_owned(), format, text) })
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

/// Text of an unknown encoding, and what the user should know about it: UTF-8 or UTF-16 by mark, UTF-16 by its
/// zeros, UTF-8 with some faults, else the code of before Unicode that yields Vietnamese. `None` if it is none of
/// these.
pub(super) fn decode(mut bytes: Vec<u8>) -> Option<(String, Option<Notice>)> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            return is_mostly_sound(&text).then(|| (text.into_owned(), None));
        }
        _ => {}
    }
    if let Some(encoding) = utf16(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        return is_mostly_sound(&text).then(|| (text.into_owned(), None));
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        return Some((text.into(), None));
    }
    if let Some(notice) = mend(&mut bytes) {
        return String::from_utf8(bytes).ok().map(|text| (text, Some(notice)));
    }
    let western = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
    let old = if is_text(&western) { legacy_encodings::code_of(&western) } else { None };
    match (windows_1258(&bytes), old) {
        (Some(text), old) if old.is_none_or(|(_, fit)| Fit::of(&text).share() >= fit.share()) => {
            Some((text, Some(Notice::Converted("windows-1258"))))
        }
        (_, Some((code, _))) => Some((code.to_unicode(&western), Some(Notice::Converted(code.name())))),
        _ => None,
    }
}

/// Markup of an office file: UTF-8, or UTF-16 by its mark.
pub(super) fn markup(bytes: Vec<u8>) -> Option<String> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]).map(Into::into)
        }
        _ => utf8(bytes).ok(),
    }
}

/// UTF-8 with zero bytes: UTF-16 in disguise, or a text into which a converter put a few, which are read as blanks.
fn without_zeros(mut bytes: Vec<u8>) -> Option<(String, Option<Notice>)> {
    if let Some(encoding) = utf16(&bytes) {
        return Some((encoding.decode_without_bom_handling(&bytes).0.into_owned(), None));
    }
    let zeros: Vec<usize> = memchr::memchr_iter(0, &bytes).collect();
    if zeros.len() * 50 > bytes.len() {
        return None;
    }
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..*zeros.first()?]).count();
    for at in &zeros {
        bytes[*at] = b' ';
    }
    String::from_utf8(bytes).ok().map(|text| (text, Some(Notice::ZerosRead { count: zeros.len(), line })))
}

/// UTF-16 without a mark: every other byte of its ASCII letters and spaces is zero, and no text in another encoding
/// has zeros.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let enough = head.len() / 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

/// Next to nothing in it had to be replaced.
fn is_mostly_sound(text: &str) -> bool {
    text.matches('\u{fffd}').count() * 100 <= text.len()
}

/// Puts "?" in place of each byte that is no UTF-8, where the rest clearly is; `None`, and nothing done, where it is
/// not.
fn mend(bytes: &mut [u8]) -> Option<Notice> {
    let mut faults: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut count, mut letters, mut at) = (0, 0, 0);
    // By chance, two bytes of another encoding look like a letter of UTF-8 now and then; ten to one they do not.
    let most = bytes.len() / 20;
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        at += chunk.valid().len();
        let fault = chunk.invalid().len();
        if fault > 0 {
            faults.push(at..at + fault);
            count += fault;
            at += fault;
        }
        if count > most {
            return None;
        }
    }
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..faults.first()?.start]).count();
    if count * 10 > letters && letters > 0 || letters == 0 && count > 1 {
        return None;
    }
    for fault in faults {
        bytes[fault].fill(b'?');
    }
    Some(Notice::BytesReplaced { count, line })
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

/// Next to no control characters. Converters leave some, NUL among them; binary data is full of them.
fn is_text(text: &str) -> bool {
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
    fn utf16_without_a_mark_is_known_by_its_zeros() {
        let text = "Thông tư số 33/2021/TT-BGDĐT của Bộ";
        for encode in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(encode).collect();
            assert_eq!(text_of(&bytes).unwrap().text.as_str(), text);
        }
    }

    #[test]
    fn a_bad_byte_costs_itself_and_no_offset() {
        let good = "Kế hoạch này\ncăn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021 của Bộ Giáo dục và Đào tạo về việc xóa mù chữ";
        for bad in [b"\xff".as_slice(), b"\xe1\xba"] {
            let at = good.find("33/").unwrap();
            let bytes = [&good.as_bytes()[..at], bad, &good.as_bytes()[at..]].concat();
            let document = text_of(&bytes).unwrap();
            assert_eq!(document.text.source().len(), bytes.len());
            assert_eq!(&document.text.source()[at + bad.len()..], &good[at..]);
            assert_eq!(document.notices, [Notice::BytesReplaced { count: bad.len(), line: 2 }]);
        }
        // Cut off within the last letter.
        let cut = &good.as_bytes()[..good.len() - 1];
        assert_eq!(text_of(cut).unwrap().text.source().len(), cut.len());
    }

    #[test]
    fn a_few_zeros_are_blanks_and_many_are_another_encoding() {
        let text = format!("{}Thông tư số\033/2021/TT-BGDĐT\0", "Kế hoạch\n".repeat(20));
        let document = text_of(text.as_bytes()).unwrap();
        assert_eq!(document.text.source(), text.replace('\0', " "));
        assert_eq!(document.notices, [Notice::ZerosRead { count: 2, line: 21 }]);
        let wide: Vec<u8> = "Thong tu so 33".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&wide).unwrap().text.as_str(), "Thong tu so 33");
        assert!(text_of(b"a\0b\0\0c").is_err());
    }

    #[test]
    fn the_codes_of_before_unicode_are_told_by_their_words() {
        // "Quyết định số 30 của" and "Nghị định số 30 của Bộ" as TCVN3 and VNI spell them.
        let tcvn3 = b"Quy\xd5t \xae\xdenh s\xe8 30 c\xf1a";
        let vni = b"Ngh\xf2 \xf1\xf2nh so\xe1 30 cu\xfba Bo\xe4";
        assert_eq!(text_of(tcvn3).unwrap().text.as_str(), "Quyết định số 30 của");
        assert_eq!(text_of(vni).unwrap().text.as_str(), "Nghị định số 30 của Bộ");
        assert_eq!(text_of(vni).unwrap().notices, [Notice::Converted("VNI")]);
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
