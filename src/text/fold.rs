//! The one fold: letter case and diacritics taken away, for comparing and for searching. The index folds the
//! text it stores and the queries it is asked with this function, so that any engine fed its output agrees.

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
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' | '\u{00ad}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        _ => c,
    }
}

/// The base letter of one NFC character in lower case, without diacritics; `đ` is `d`. Characters that are no
/// letters come back as they are.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let c = repair_char(c);
    match c {
        'Đ' | 'đ' => 'd',
        _ => {
            let base = std::iter::once(c).nfd().next().unwrap_or(c);
            base.to_lowercase().next().unwrap_or(base)
        }
    }
}

/// Lower case without diacritics: `fold("Thông tư") == "thong tu"`. Combining marks that stand alone vanish, so
/// NFC and NFD spellings fold alike.
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_combining_mark(*c)).map(fold_char).collect()
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
    fn nfd_folds_as_nfc() {
        let nfd: String = "Nghị quyết".nfd().collect();
        assert_eq!(fold(&nfd), fold("Nghị quyết"));
    }

    #[test]
    fn cyrillic_look_alikes_are_repaired() {
        assert_eq!("ВТС".chars().map(repair_char).collect::<String>(), "BTC");
    }
}
