//! The one fold: letter case and diacritics taken away, for comparing and for searching. The store folds
//! texts and queries with this function, so that any engine fed its output agrees.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A letter that only looks like a Vietnamese one, replaced by the one that was meant: `Ð` (Eth) and `Ɖ` for
/// `Đ`, Cyrillic capitals that OCR and mixed keyboards leave in symbols, and the dashes a converter puts for
/// a hyphen. Every other character comes back as it is.
pub fn repair_char(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'І' => 'I',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Ѕ' => 'S',
        'Т' => 'T',
        'Х' => 'X',
        'У' => 'Y',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' | '\u{00ad}' | '\u{1e}'
        | '\u{f02d}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        _ => c,
    }
}

/// `char::is_alphabetic`, answered at once for the blocks that Vietnamese is written in.
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// `char::is_alphanumeric`, answered at once for the blocks that Vietnamese is written in.
pub fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => is_letter(c),
        _ => c.is_alphanumeric(),
    }
}

/// The base letter of one NFC character in lower case, without diacritics; `đ` is `d`. Characters that are not
/// letters come back as they are.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c as usize {
        at @ 0x80..0x250 => LATIN[at - 0x80],
        at @ 0x1e00..0x1f00 => LATIN_ADDITIONAL[at - 0x1e00],
        _ => fold_by_decomposition(c),
    }
}

/// The blocks that Vietnamese is written in, folded once: folding is asked for at every word.
static LATIN: LazyLock<Vec<char>> = LazyLock::new(|| folded(0x80..0x250));
static LATIN_ADDITIONAL: LazyLock<Vec<char>> = LazyLock::new(|| folded(0x1e00..0x1f00));

fn folded(block: std::ops::Range<u32>) -> Vec<char> {
    block.map(|c| char::from_u32(c).map_or('\0', fold_by_decomposition)).collect()
}

fn fold_by_decomposition(c: char) -> char {
    let c = repair_char(c);
    match c {
        'Đ' | 'đ' => 'd',
        _ => {
            let base = std::iter::once(c).nfd().next().unwrap_or(c);
            base.to_lowercase().next().unwrap_or(base)
        }
    }
}

/// Lower case without diacritics: `fold("Thông tư") == "thong tu"`. Combining marks on their own vanish, so
/// NFC and NFD spellings fold alike.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(text, &mut out);
    out
}

/// `fold`, appended to `out`.
pub fn fold_onto(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_mark(c) {
            out.push(fold_char(c));
        }
    }
}

/// Whether `text` folds to `folded`.
pub fn folds_to(text: &str, folded: &str) -> bool {
    text.chars().filter(|c| !is_mark(*c)).map(fold_char).eq(folded.chars())
}

/// `is_combining_mark`, which none of the letters that Vietnamese is written in are.
fn is_mark(c: char) -> bool {
    !matches!(c, '\u{80}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}') && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_marks_case_and_both_d() {
        assert_eq!(fold("Xóa MÙ chữ Đường"), "xoa mu chu duong");
        assert_eq!(fold("BGDÐT"), "bgddt");
    }

    #[test]
    fn the_tables_agree_with_the_rule() {
        for c in ('\0'..='\u{2000}').filter(|c| !c.is_ascii()) {
            assert_eq!(fold_char(c), fold_by_decomposition(c), "{c:?}");
        }
    }

    #[test]
    fn letters_are_those_of_the_standard() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_word_char(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn nfd_folds_as_nfc() {
        let nfd: String = "Nghị quyết".nfd().collect();
        assert_eq!(fold(&nfd), fold("Nghị quyết"));
        assert!(folds_to(&nfd, "nghi quyet") && !folds_to(&nfd, "nghi quye"));
    }

    #[test]
    fn cyrillic_look_alikes_are_repaired() {
        assert_eq!("ВТС".chars().map(repair_char).collect::<String>(), "BTC");
    }
}
