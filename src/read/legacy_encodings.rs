//! Vietnamese as it was written before Unicode: in fonts that show other letters in place of those of Western
//! Europe. TCVN3 (TCVN 5712:1993, "ABC", the .Vn fonts) has a byte for each letter, VNI ("VNI-Times") a base letter
//! and a byte for its marks. Files tell neither; that the words come out as Vietnamese syllables does.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::SourceText;

use super::{Document, Notice, Section};

/// An old code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Tcvn3,
    Vni,
}

impl Code {
    const ALL: [Code; 2] = [Code::Tcvn3, Code::Vni];

    pub(super) fn name(self) -> &'static str {
        match self {
            Code::Tcvn3 => "TCVN3 (ABC)",
            Code::Vni => "VNI",
        }
    }

    /// `text` holds the letters that windows-1252 reads from the bytes of the code. Line ends stay where they are.
    pub(super) fn to_unicode(self, text: &str) -> String {
        match self {
            Code::Tcvn3 => text.chars().map(tcvn3).collect(),
            Code::Vni => vni(text),
        }
    }
}

/// How well a text reads as Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fit {
    /// Words with a letter beyond ASCII.
    words: usize,
    /// Those of them that are possible syllables.
    syllables: usize,
}

impl Fit {
    pub(super) fn of(text: &str) -> Fit {
        let mut fit = Fit::default();
        for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_ascii()) {
            fit.words += 1;
            fit.syllables += usize::from(is_syllable(word));
        }
        fit
    }

    /// From 0 to 1; 0 where there is nothing to judge by.
    pub(super) fn share(self) -> f64 {
        if self.words == 0 { 0.0 } else { self.syllables as f64 / self.words as f64 }
    }
}

/// A share of syllables from which on a text is Vietnamese. Names of other languages and abbreviations with Đ are
/// the rest.
const VIETNAMESE: f64 = 0.8;

/// Words that are needed to judge by.
const ENOUGH: usize = 3;

/// The old code in which a whole text is written, read as windows-1252; `None` where it makes no Vietnamese of it.
pub(super) fn code_of(text: &str) -> Option<(Code, Fit)> {
    let fits = Code::ALL.map(|code| (code, Fit::of(&code.to_unicode(text))));
    let best = fits.into_iter().max_by(|a, b| a.1.share().total_cmp(&b.1.share()))?;
    (best.1.words >= ENOUGH && best.1.share() >= VIETNAMESE).then_some(best)
}

/// Turns the lines that are set in old fonts into Unicode. A file may hold both, for fonts change within it.
pub(super) fn respelt(document: Document) -> Document {
    respelt_traced(document).0
}

/// The same, and where the words of the document stood in its text as it was; nothing where none changed.
pub(super) fn respelt_traced(document: Document) -> (Document, Option<Respelling>) {
    // The source: what is invisible in Unicode, and was taken out of the text, may be a letter there.
    let text = document.text.source();
    let old: String = text.split_inclusive('\n').filter(|line| is_western(line)).collect();
    let Some((code, fit)) = code_of(&old).filter(|(_, fit)| fit.share() > Fit::of(&old).share()) else {
        return (document, None);
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut ends = vec![(0, 0)];
    let mut before = 0;
    for line in text.split_inclusive('\n') {
        let converted = is_western(line).then(|| code.to_unicode(line));
        let better = converted.filter(|new| Fit::of(new).share() >= Fit::of(line).share().min(fit.share()));
        out.push_str(better.as_deref().unwrap_or(line));
        before += line.len();
        ends.push((before, out.len()));
    }
    // Parts begin and end with lines.
    let moved = |offset: usize| match ends.binary_search_by_key(&offset, |(before, _)| *before) {
        Ok(at) => ends[at].1,
        Err(at) => ends[at.min(ends.len() - 1)].1,
    };
    let new = SourceText::new(out);
    let sections = document.sections.iter().map(|section| {
        let was = document.text.to_source(section.range.clone());
        Section { part: section.part, range: new.of_source(moved(was.start)..moved(was.end)) }
    });
    let sections = sections.filter(|section| !section.range.is_empty()).collect();
    let mut notices = document.notices;
    notices.push(Notice::Converted(code.name()));
    let respelling = Respelling { old: document.text, new: new.clone(), ends };
    (Document { text: new, sections, notices, ..document }, Some(respelling))
}

/// Where the words of a respelt text stood before.
#[derive(Debug)]
pub(super) struct Respelling {
    old: SourceText,
    new: SourceText,
    /// Where each line ends in the sources of both, the first line preceded by the beginning.
    ends: Vec<(usize, usize)>,
}

impl Respelling {
    /// Where a stretch of the text as it is (bytes) stood in the text as it was. In a line that was respelt, whole
    /// words.
    pub(super) fn back(&self, range: Range<usize>) -> Range<usize> {
        let range = self.new.to_source(range);
        self.old.of_source(self.offset(range.start, false)..self.offset(range.end, true))
    }

    fn offset(&self, new: usize, end: bool) -> usize {
        let next = self.ends.partition_point(|(_, at)| *at < new || (*at == new && !end));
        let (Some(first), Some(last)) = (next.checked_sub(1).map(|at| self.ends[at]), self.ends.get(next)) else {
            return if next == 0 { 0 } else { self.old.source().len() };
        };
        let was = &self.old.source()[first.0..last.0];
        let is = &self.new.source()[first.1..last.1];
        if was == is {
            return first.0 + (new - first.1);
        }
        // Neither code has a letter for a blank.
        let before = &is[..new - first.1];
        let blanks = before.chars().filter(|c| c.is_whitespace()).count();
        let mut places = was.match_indices(char::is_whitespace);
        let at = if end && !before.ends_with(char::is_whitespace) {
            places.nth(blanks).map_or(was.len(), |(at, _)| at)
        } else {
            blanks.checked_sub(1).and_then(|last| places.nth(last)).map_or(0, |(at, blank)| at + blank.len())
        };
        first.0 + at
    }
}

/// Whether a line holds letters of Western Europe and none that only Vietnamese in Unicode has.
fn is_western(line: &str) -> bool {
    let letters = || line.chars().filter(|c| !c.is_ascii() && (c.is_alphabetic() || matches!(c, '\u{a1}'..='\u{bf}')));
    letters().next().is_some() && letters().all(|c| c <= '\u{ff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{323}')
}

/// A letter of TCVN3, which windows-1252 reads as `c`.
fn tcvn3(c: char) -> char {
    /// U+00A1 to U+00FE. What is no letter stands for itself.
    const LETTERS: [char; 94] = [
        'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '¯', '°', '±', '²', '³', '´', 'à', 'ả',
        'ã', 'á', 'ạ', 'º', 'ằ', 'ẳ', 'ẵ', 'ắ', '¿', 'À', 'Á', 'Â', 'Ã', 'Ä', 'Å', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è',
        'Í', 'ẻ', 'ẽ', 'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ù', 'Ú', 'Û', 'ĩ', 'í', 'ị', 'ò', 'à', 'ỏ', 'õ',
        'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', 'ð', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ',
        'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
    ];
    let at = (c as usize).checked_sub(0xa1);
    at.and_then(|at| LETTERS.get(at)).copied().unwrap_or(c)
}

/// Text in VNI, which windows-1252 reads as `text`.
fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let base = out.chars().next_back().unwrap_or(' ');
        let lower = c.to_lowercase().next().unwrap_or(c);
        let same_case = base.is_uppercase() == c.is_uppercase();
        match (base.to_lowercase().next(), marks(lower)) {
            // The hat belongs to a, e, o; the breve to a; a tone alone to every vowel.
            (Some('a' | 'e' | 'o'), Some(marks @ ["\u{302}", ..])) if same_case => {
                marks.into_iter().for_each(|mark| out.push_str(mark));
            }
            (Some('a'), Some(marks @ ["\u{306}", ..])) if same_case => {
                marks.into_iter().for_each(|mark| out.push_str(mark));
            }
            (Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'), Some(marks @ ["", _])) if same_case => {
                marks.into_iter().for_each(|mark| out.push_str(mark));
            }
            _ => {
                let letter = match lower {
                    'ñ' => 'đ',
                    'ô' => 'ơ',
                    'ö' => 'ư',
                    'æ' => 'ỉ',
                    'ó' => 'ĩ',
                    'ò' => 'ị',
                    'î' => 'ỵ',
                    other => other,
                };
                if lower == c { out.push(letter) } else { out.extend(letter.to_uppercase()) }
            }
        }
    }
    out.nfc().collect()
}

/// The shape and the tone that a letter of windows-1252 gives to the vowel before it in VNI.
fn marks(c: char) -> Option<[&'static str; 2]> {
    const HAT: &str = "\u{302}";
    const BREVE: &str = "\u{306}";
    const GRAVE: &str = "\u{300}";
    const ACUTE: &str = "\u{301}";
    const TILDE: &str = "\u{303}";
    const HOOK: &str = "\u{309}";
    const DOT: &str = "\u{323}";
    Some(match c {
        'ø' => ["", GRAVE],
        'ù' => ["", ACUTE],
        'û' => ["", HOOK],
        'õ' => ["", TILDE],
        'ï' => ["", DOT],
        'â' => [HAT, ""],
        'à' => [HAT, GRAVE],
        'á' => [HAT, ACUTE],
        'å' => [HAT, HOOK],
        'ã' => [HAT, TILDE],
        'ä' => [HAT, DOT],
        'ê' => [BREVE, ""],
        'è' => [BREVE, GRAVE],
        'é' => [BREVE, ACUTE],
        'ú' => [BREVE, HOOK],
        'ü' => [BREVE, TILDE],
        'ë' => [BREVE, DOT],
        _ => return None,
    })
}

/// Whether a word, in any letter case, can be a syllable of Vietnamese: an initial, a rhyme, at most one tone.
fn is_syllable(word: &str) -> bool {
    // Longer ones first: "ngh" is no "n" before "gh".
    const INITIALS: [&str; 27] = [
        "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
        "n", "p", "r", "s", "t", "v", "x",
    ];
    const VOWELS: [&str; 56] = [
        "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu",
        "ia", "iê", "iu", "oa", "oă", "oe", "oi", "oo", "ôi", "ơi", "ua", "uâ", "uê", "ui", "uô", "uơ", "uy", "ưa",
        "ưi", "ươ", "ưu", "yê", "oai", "oay", "oao", "uây", "uôi", "uya", "uyê", "iêu", "yêu", "ươi", "ươu", "uyu",
        "uêu", "oeo",
    ];
    const FINALS: [&str; 9] = ["", "ch", "ng", "nh", "c", "m", "n", "p", "t"];
    const LONGEST: usize = 16;
    let mut tones = 0;
    let mut bare = String::with_capacity(LONGEST);
    for c in word.nfd().take(LONGEST) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones += 1,
            c => bare.extend(c.to_lowercase()),
        }
    }
    let bare: String = bare.nfc().collect();
    let is_rhyme = |rhyme: &str| {
        let ends = FINALS.iter().filter_map(|end| rhyme.strip_suffix(end));
        ends.into_iter().any(|vowel| VOWELS.contains(&vowel))
    };
    let initials = INITIALS.iter().filter_map(|initial| bare.strip_prefix(initial));
    tones <= 1 && (is_rhyme(&bare) || initials.into_iter().any(is_rhyme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, Part};

    /// The motto and a line of a decision, in each code as windows-1252 shows it.
    const UNICODE: &str = "Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc Nghị định số 30 của Ủy ban nhân dân tỉnh về việc xây dựng";
    const TCVN3: &str = "Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc NghÞ ®Þnh sè 30 cña ñy ban nh©n d©n tØnh vÒ viÖc x©y dùng";
    const VNI: &str = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do Haïnh phuùc Nghò ñònh soá 30 cuûa UÛy ban nhaân daân tænh veà vieäc xaây döïng";

    #[test]
    fn both_codes_become_unicode() {
        assert_eq!(Code::Vni.to_unicode(VNI), UNICODE);
        // Capitals with a tone are a matter of the font there.
        assert_eq!(Code::Tcvn3.to_unicode(TCVN3), UNICODE.replace('Ủ', "ủ"));
    }

    #[test]
    fn a_code_is_known_by_the_syllables_it_yields() {
        assert_eq!(code_of(TCVN3).map(|found| found.0), Some(Code::Tcvn3));
        assert_eq!(code_of(VNI).map(|found| found.0), Some(Code::Vni));
        assert_eq!(code_of("Die Häuser über dem Fluß, größer als drüben"), None);
        assert_eq!(code_of("déjà vu à l'école, où l'élève préférait rêver"), None);
        assert_eq!(Fit::of(UNICODE).share(), 1.0);
    }

    #[test]
    fn syllables_have_an_initial_a_rhyme_and_one_tone() {
        for word in ["nghiêng", "Quyết", "GIÁO", "ƯƠM", "đường", "yêu", "khuỷu", "xoong", "gì", "huyện", "thuở"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["größer", "préférait", "hßa", "Þnh", "vụạn", "xñ", "ưm3"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn lines_in_old_fonts_are_respelt_and_parts_move_with_them() {
        let text = format!("Đầu trang\n{TCVN3}\nĐiều 1. Phạm vi\n");
        let start = text.find("Điều").unwrap();
        let document = Document {
            sections: vec![
                Section { part: Part::Margin, range: 0.."Đầu trang\n".len() },
                Section { part: Part::Footnote, range: start..text.len() },
            ],
            ..Document::plain("a.doc".into(), Format::Doc, text)
        };
        let respelt = respelt(document);
        let text = respelt.text.as_str();
        assert_eq!(text.lines().nth(1), Some(UNICODE.replace('Ủ', "ủ").as_str()));
        assert_eq!(respelt.part_at(text.find("Điều").unwrap()), Part::Footnote);
        assert_eq!(respelt.part_at(text.find("Cộng").unwrap()), Part::Body);
        assert_eq!(respelt.notices, [Notice::Converted("TCVN3 (ABC)")]);
        let plain = Document::plain("a.doc".into(), Format::Doc, "Xã hội là nhà\nđã có".into());
        assert_eq!(super::respelt(plain).notices, []);
    }

    #[test]
    fn a_letter_that_is_invisible_in_unicode_is_not_lost() {
        let text = format!("{TCVN3}\nTr\u{ad}êng häc ®\u{ad}îc th\u{ad}ëng\n");
        let respelt = respelt(Document::plain("a.doc".into(), Format::Doc, text));
        assert_eq!(respelt.text.as_str().lines().nth(1), Some("Trường học được thưởng"));
    }

    #[test]
    fn words_are_found_where_they_stood() {
        let text = format!("Đầu trang\n{TCVN3}\nTr\u{ad}êng häc\nĐiều 1. Phạm vi\n");
        let document = Document::plain("a.doc".into(), Format::Doc, text);
        let old = document.text.as_str().to_owned();
        let (document, respelling) = respelt_traced(document);
        let (text, respelling) = (document.text.as_str(), respelling.unwrap());
        let stood = |words: &str| {
            let at = text.find(words).unwrap();
            &old[respelling.back(at..at + words.len())]
        };
        assert_eq!(stood("ầu tr"), "ầu tr");
        assert_eq!(stood("Nghị định số 30"), "NghÞ ®Þnh sè 30");
        assert_eq!(stood("ghị đị"), "NghÞ ®Þnh");
        assert_eq!(stood("Trường học"), "Trêng häc");
        assert_eq!(stood("Điều 1. Phạm vi\n"), "Điều 1. Phạm vi\n");
        assert_eq!(respelling.back(0..text.len()), 0..old.len());
    }
}
