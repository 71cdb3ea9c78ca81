//! ASCII names for URLs, files and terms.

use super::fold_char;

/// Lower-case ASCII letters and digits of `text`, other stretches as one hyphen, none at the ends:
/// `slug("33/2021/TT-BGDĐT") == "33-2021-tt-bgddt"`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    slug_onto(text.chars(), &mut out);
    out
}

/// `slug` of these characters, appended to `out`.
pub(crate) fn slug_onto(chars: impl Iterator<Item = char>, out: &mut String) {
    let start = out.len();
    for c in chars {
        let c = fold_char(c);
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !unicode_normalization::char::is_combining_mark(c) && out.len() > start && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.len() > start && out.ends_with('-') {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn makes_one_ascii_word() {
        assert_eq!(slug("33/2021/TT-BGDĐT"), "33-2021-tt-bgddt");
        assert_eq!(slug(" 66.7/2025/NQ-CP "), "66-7-2025-nq-cp");
        assert_eq!(slug("Quảng Yên"), "quang-yen");
    }
}
