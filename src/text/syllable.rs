//! Recognises a syllable however it is typed: old and new places of the tone mark (`hòa`, `hoà`), `i` for `y`
//! (`quý`, `quí`), marks typed in part (`đuong`), and the keys of an input method that was switched off (`thoong`).

use unicode_normalization::UnicodeNormalization;

use super::{fold, fold_char, repair_char};

/// The tone marks, and the signs for them at the end of a spelling.
const TONES: [(char, char); 5] =
    [('\u{300}', '`'), ('\u{301}', '\''), ('\u{309}', '?'), ('\u{303}', '~'), ('\u{323}', '.')];

/// The word folded, `y` written `i` where both are in use.
pub fn syllable(word: &str) -> String {
    let mut folded = fold(word);
    if ends_in_either(&folded) {
        folded.pop();
        folded.push('i');
    }
    folded
}

/// Whether a folded word ends in the vowel that is written `y` or `i`: `kỹ`, `lý`, `quy`, but not `thúy`.
fn ends_in_either(folded: &str) -> bool {
    matches!(folded, "hy" | "ky" | "ly" | "my" | "sy" | "ty" | "vy" | "quy")
}

/// The marks of a word wherever its tone is placed: the letters with hat, breve, horn and stroke, then a sign for the
/// tone. `None` for a word without marks.
///
/// `spelling("hoà") == spelling("hòa")`.
pub fn spelling(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut tone = None;
    let letters = word.chars().map(repair_char).nfd().filter(|c| {
        let found = TONES.iter().find(|(mark, _)| mark == c);
        tone = found.or(tone);
        found.is_none()
    });
    let mut out: String = letters.nfc().flat_map(char::to_lowercase).collect();
    if ends_in_either(&fold(&out)) && out.ends_with('y') {
        out.pop();
        out.push('i');
    }
    if tone.is_none() && out.is_ascii() {
        return None;
    }
    out.extend(tone.map(|(_, sign)| *sign));
    Some(out)
}

/// Letters and tone of a spelling.
fn parts(spelling: &str) -> (&str, Option<char>) {
    match spelling.chars().next_back().filter(|last| TONES.iter().any(|(_, sign)| sign == last)) {
        Some(sign) => (&spelling[..spelling.len() - sign.len_utf8()], Some(sign)),
        None => (spelling, None),
    }
}

/// Whether `full` has every mark that was typed, and perhaps more: `đuong` is the beginning of `đường`. Both are
/// spellings of words that fold alike.
pub fn begins(typed: &str, full: &str) -> bool {
    let ((typed, tone), (full, full_tone)) = (parts(typed), parts(full));
    let letters = typed.chars().zip(full.chars()).all(|(a, b)| a == b || (a.is_ascii() && fold_char(b) == a));
    letters && typed.chars().count() == full.chars().count() && (tone.is_none() || tone == full_tone)
}

/// A spelling as people write it.
pub fn written(spelling: &str) -> String {
    let (letters, sign) = parts(spelling);
    let letters: Vec<char> = letters.chars().collect();
    let Some((mark, _)) = TONES.iter().find(|(_, one)| Some(*one) == sign) else { return letters.iter().collect() };
    let at = tone_place(&letters);
    let mut out = String::new();
    for (place, c) in letters.iter().enumerate() {
        out.push(*c);
        if place == at {
            out.push(*mark);
        }
    }
    out.nfc().collect()
}

fn is_vowel(c: char) -> bool {
    matches!(fold_char(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The letter with the tone: the last with a hat, breve or horn; else by the number of vowels.
fn tone_place(letters: &[char]) -> usize {
    if let Some(shaped) = letters.iter().rposition(|c| !c.is_ascii() && is_vowel(*c)) {
        return shaped;
    }
    let glide = match letters {
        ['q', 'u', rest @ ..] | ['g', 'i', rest @ ..] if rest.iter().any(|c| is_vowel(*c)) => 2,
        _ => 0,
    };
    let vowels: Vec<usize> = (glide..letters.len()).filter(|at| is_vowel(letters[*at])).collect();
    match vowels[..] {
        [] => 0,
        [one] => one,
        [first, last] if last + 1 == letters.len() => first,
        [_, second, ..] => second,
    }
}

/// The spellings that the keys of Telex or VNI may have been meant for; none for words that hold no such key.
pub fn keyed(word: &str) -> Vec<String> {
    if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let word = word.to_ascii_lowercase();
    let with_digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let found = if with_digits { vni(&word) } else { telex(&word) };
    found.into_iter().collect()
}

/// Letters typed so far, and the tone.
#[derive(Default)]
struct Typed {
    letters: Vec<char>,
    tone: Option<char>,
    changed: bool,
}

impl Typed {
    fn put(&mut self, at: usize, c: char) -> bool {
        self.letters[at] = c;
        self.changed = true;
        true
    }

    fn hat(&mut self, on: &[char]) -> bool {
        let Some(at) = self.letters.iter().rposition(|c| on.contains(c)) else { return false };
        let hatted = match self.letters[at] {
            'a' => 'â',
            'e' => 'ê',
            _ => 'ô',
        };
        self.put(at, hatted)
    }

    fn horn(&mut self) -> bool {
        let Some(at) = self.letters.iter().rposition(|c| matches!(c, 'u' | 'o')) else { return false };
        if self.letters[at] == 'o' && at > 0 && self.letters[at - 1] == 'u' && self.letters.first() != Some(&'q') {
            self.letters[at - 1] = 'ư';
        }
        self.put(at, if self.letters[at] == 'o' { 'ơ' } else { 'ư' })
    }

    fn breve(&mut self) -> bool {
        let Some(at) = self.letters.iter().rposition(|c| *c == 'a') else { return false };
        self.put(at, 'ă')
    }

    fn stroke(&mut self) -> bool {
        self.letters.first() == Some(&'d') && self.put(0, 'đ')
    }

    fn tone(&mut self, sign: char) -> bool {
        if !self.letters.iter().any(|c| is_vowel(*c)) || self.tone.is_some() {
            return false;
        }
        self.tone = Some(sign);
        self.changed = true;
        true
    }

    /// The spelling, with `i` for `y` as in [`spelling`].
    fn spelling(self) -> Option<String> {
        let word: String = self.letters.iter().collect();
        let mut out = if ends_in_either(&fold(&word)) { word.trim_end_matches('y').to_owned() + "i" } else { word };
        out.extend(self.tone);
        self.changed.then_some(out)
    }
}

fn telex(word: &str) -> Option<String> {
    let mut typed = Typed::default();
    for (at, c) in word.char_indices() {
        let last = at + 1 == word.len();
        let doubled = typed.letters.last() == Some(&c) || (last && typed.letters.contains(&c));
        let done = match c {
            'a' | 'e' | 'o' if doubled => typed.hat(&[c]),
            'd' if at > 0 && (at == 1 || last) => typed.stroke(),
            'w' => match typed.letters.iter().rev().find(|c| matches!(c, 'a' | 'o' | 'u')) {
                Some('a') => typed.breve(),
                Some(_) => typed.horn(),
                None => false,
            },
            's' => typed.tone('\''),
            'f' => typed.tone('`'),
            'r' => typed.tone('?'),
            'x' => typed.tone('~'),
            'j' => typed.tone('.'),
            _ => false,
        };
        if !done {
            typed.letters.push(c);
        }
    }
    typed.spelling()
}

fn vni(word: &str) -> Option<String> {
    let mut typed = Typed::default();
    for c in word.chars() {
        let done = match c {
            '1' => typed.tone('\''),
            '2' => typed.tone('`'),
            '3' => typed.tone('?'),
            '4' => typed.tone('~'),
            '5' => typed.tone('.'),
            '6' => typed.hat(&['a', 'e', 'o']),
            '7' => typed.horn(),
            '8' => typed.breve(),
            '9' => typed.stroke(),
            '0' => false,
            letter => {
                typed.letters.push(letter);
                true
            }
        };
        if !done {
            return None;
        }
    }
    typed.spelling()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_syllable_however_it_is_written() {
        for (a, b) in [("hòa", "hoà"), ("thủy", "thuỷ"), ("quý", "quí"), ("kỹ", "kĩ"), ("Ðường", "đường")]
        {
            assert_eq!((syllable(a), spelling(a)), (syllable(b), spelling(b)), "{a} {b}");
        }
        let nfd: String = "Đường".nfd().collect();
        assert_eq!(spelling(&nfd), spelling("đường"));
        assert_ne!(spelling("thúy"), spelling("thúi"));
        assert_eq!((spelling("tu"), spelling("2021")), (None, None));
    }

    #[test]
    fn marks_typed_in_part_begin_the_whole() {
        let of = |word: &str| spelling(word).unwrap();
        for typed in ["đuong", "đương", "duờng", "đường"] {
            assert!(begins(&of(typed), &of("đường")), "{typed}");
        }
        assert!(!begins(&of("đương"), &of("dương")));
        assert!(!begins(&of("dưỡng"), &of("đường")));
    }

    #[test]
    fn a_spelling_is_written_as_people_do() {
        for word in ["đường", "quyết", "hòa", "giáo", "thủy", "toàn", "ngoài", "gì", "ba", "nghĩa", "khuya", "quý"]
        {
            let spelled = spelling(word).map_or_else(|| word.to_owned(), |one| written(&one));
            // The one form of `i` and `y` is `i`.
            assert_eq!(spelled, if word == "quý" { "quí" } else { word });
        }
    }

    #[test]
    fn keys_are_read_as_what_they_make() {
        for (keys, word) in [
            ("thoong", "thông"),
            ("tuw", "tư"),
            ("dduwowngf", "đường"),
            ("dduowngf", "đường"),
            ("quyeets", "quyết"),
            ("tieeus", "tiếu"),
            ("thong6", "thông"),
            ("d9uong72", "đường"),
            ("nghi5", "nghị"),
            ("luat65", "luật"),
            ("luaatj", "luật"),
        ] {
            assert_eq!(keyed(keys), [spelling(word).unwrap()], "{keys}");
        }
        for word in ["thong", "qh14", "33", "tt"] {
            assert_eq!(keyed(word), Vec::<String>::new(), "{word}");
        }
    }
}
