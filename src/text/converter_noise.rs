//! What converters and pages leave in a text and no reader means: markup, character entities, invisible characters,
//! the running heads of a gazette's pages. They are taken out of the text that is read; offsets still lead to the
//! source.

use std::borrow::Cow;
use std::ops::Range;

/// A range of a source and what replaces it in the text that is read. Bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// In the source.
    pub range: Range<usize>,
    /// What replaces it.
    pub with: Cow<'static, str>,
}

/// Places where a remnant may begin, in order. Most texts hold next to none: the search passes over the rest in blocks.
fn candidates(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let marks = memchr::memchr3_iter(b'<', b'&', b'\\', bytes);
    let doubled = memchr::memchr2_iter(b'*', b'_', bytes);
    let invisible = memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes);
    let mut out: Vec<usize> = marks.collect();
    // A single `*` or `_` is not a mark.
    out.extend(doubled.filter(|at| bytes.get(at + 1) == Some(&bytes[*at])));
    out.extend(invisible.filter(|at| {
        let rest = &bytes[*at..];
        is_wide(rest) || INVISIBLE.iter().any(|one| rest.starts_with(one.as_bytes()))
    }));
    // The part of "CÔNG BÁO/Số" that is the same however its marks are spelt.
    out.extend(memchr::memmem::find_iter(bytes, b"O/S").filter_map(|at| head_before(source, at)));
    // Where a line breaks a symbol off: "TT-", "2014/ ".
    let broken = memchr::memchr_iter(b'\n', bytes).filter_map(|end| {
        let end = if end > 0 && bytes[end - 1] == b' ' { end - 1 } else { end };
        end.checked_sub(1).filter(|at| matches!(bytes[*at], b'-' | b'/'))
    });
    out.extend(broken);
    out.sort_unstable();
    out
}

/// Where the "CÔNG BÁO" that ends at byte `end` begins, composed or not.
fn head_before(source: &str, end: usize) -> Option<usize> {
    ["CÔNG BÁ", "CO\u{302}NG BA\u{301}"].iter().find_map(|head| source[..end].strip_suffix(head)).map(str::len)
}

/// Whether the bytes begin with a full-width form of an ASCII character, U+FF01..U+FF5E.
fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbc, 0x81..=0xbf, ..] | [0xef, 0xbd, 0x80..=0x9e, ..])
}

/// Characters without width.
const INVISIBLE: [&str; 6] = ["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}"];

/// Every remnant, in order, without overlap. Linear in the length of the source.
pub(super) fn edits(source: &str) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut raised: Option<(usize, usize)> = None;
    for at in candidates(source) {
        let floor = out.last().map_or(0, |edit| edit.range.end);
        if at < floor {
            continue;
        }
        let edit = match source.as_bytes()[at] {
            b'<' => tag(source, at).map(|(name, closes, end)| {
                if name == "sup" {
                    match (closes, raised.take()) {
                        // A raised number is a footnote's mark, not the end of the word before it.
                        (true, Some((kept, open))) if is_note(&source[open..at]) => {
                            out.truncate(kept);
                            let start = source[..open].rfind('<').unwrap_or(open);
                            return Edit { range: start..end, with: "".into() };
                        }
                        (false, _) => raised = Some((out.len(), end)),
                        _ => {}
                    }
                }
                let with = if matches!(name, "br" | "p" | "div" | "tr" | "li") { "\n" } else { "" };
                Edit { range: at..end, with: with.into() }
            }),
            b'&' => entity(source, at),
            b'*' | b'_' => emphasis(source, at),
            b'\\' => escape(source, at),
            b'C' => running_head(source, at, floor),
            b'-' | b'/' => page_number(source, at),
            _ if is_wide(&source.as_bytes()[at..]) => wide(source, at),
            _ => invisible(source, at),
        };
        out.extend(edit);
    }
    out
}

/// Elements whose tags are seen in texts that were pages once.
const ELEMENTS: [&str; 22] = [
    "a", "b", "br", "div", "em", "font", "h1", "h2", "h3", "i", "li", "o:p", "p", "small", "span", "strike", "strong",
    "sub", "sup", "td", "tr", "u",
];

/// The longest tag that is looked for, in bytes.
const LONGEST_TAG: usize = 300;

/// The name of the tag at `at`, whether it closes an element, and where it ends.
fn tag(source: &str, at: usize) -> Option<(&'static str, bool, usize)> {
    let rest = &source.as_bytes()[at + 1..source.len().min(at + LONGEST_TAG)];
    let end = at + 1 + memchr::memchr(b'>', rest)? + 1;
    let inner = source.get(at + 1..end - 1)?;
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/').trim_end_matches('/');
    let (name, attributes) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
    let known = ELEMENTS.iter().find(|element| element.eq_ignore_ascii_case(name))?;
    let plausible = attributes.trim().is_empty() || attributes.contains('=');
    (plausible && !inner.contains('<')).then_some((*known, closes, end))
}

fn is_note(text: &str) -> bool {
    let text = text.trim_matches(['[', ']', '(', ')', ' ']);
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*')
}

/// `&nbsp;`, `&amp;`, `&#8209;` and the like: those that occur inside numbers and names.
fn entity(source: &str, at: usize) -> Option<Edit> {
    const ENTITIES: [(&str, &str); 17] = [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&#xa0;", " "),
        ("&ensp;", " "),
        ("&emsp;", " "),
        ("&thinsp;", " "),
        ("&amp;", "&"),
        ("&#38;", "&"),
        ("&quot;", "\""),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&ndash;", "–"),
        ("&#8211;", "–"),
        ("&#8209;", "-"),
        ("&shy;", ""),
        ("&zwnj;", ""),
        ("&Eth;", "Đ"),
    ];
    let rest = &source.as_bytes()[at..];
    let named = ENTITIES
        .iter()
        .find(|(name, _)| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())));
    if let Some((name, with)) = named {
        return Some(Edit { range: at..at + name.len(), with: (*with).into() });
    }
    // "&#272;", "&#x110;"
    let number = source[at..].strip_prefix("&#")?;
    let end = number.as_bytes()[..number.len().min(8)].iter().position(|byte| *byte == b';')?;
    let digits = &number[..end];
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    let c = char::from_u32(code.ok()?).filter(|c| !c.is_control())?;
    Some(Edit { range: at..at + 2 + end + 1, with: String::from(c).into() })
}

/// `**` and `__` that touch a word on one side at least; longer runs are lines to be filled in.
fn emphasis(source: &str, at: usize) -> Option<Edit> {
    let mark = source.as_bytes()[at];
    if source[..at].ends_with(char::from(mark)) {
        return None;
    }
    let run = source.as_bytes()[at..].iter().take_while(|byte| **byte == mark).count();
    let alone = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let touches = !alone(source[..at].chars().next_back()) || !alone(source[at + run..].chars().next());
    (run <= 3 && touches).then_some(Edit { range: at..at + run, with: "".into() })
}

/// A backslash that keeps a mark from being read as Markdown: `TT\-BGDĐT`.
fn escape(source: &str, at: usize) -> Option<Edit> {
    let next = source[at + 1..].chars().next()?;
    next.is_ascii_punctuation().then_some(Edit { range: at..at + 1, with: "".into() })
}

/// The ASCII character of a full-width one: digits and letters typed on an East Asian keyboard.
fn wide(source: &str, at: usize) -> Option<Edit> {
    const OFFSET: u32 = 0xff01 - b'!' as u32;
    let c = source[at..].chars().next()?;
    let narrow = char::from_u32(u32::from(c).checked_sub(OFFSET)?)?;
    Some(Edit { range: at..at + c.len_utf8(), with: String::from(narrow).into() })
}

/// A character without width. The soft hyphen is one only inside a word: between capitals and digits converters put
/// it for the hyphen of a symbol.
fn invisible(source: &str, at: usize) -> Option<Edit> {
    let range = at..at + source[at..].chars().next()?.len_utf8();
    // The mark at the very start belongs to the file, and readers of files expect it there.
    if range.start == 0 {
        return None;
    }
    let next = source[range.end..].chars().next();
    let soft = &source[range.clone()] == "\u{ad}";
    let dashed = source[..range.start].ends_with('-') || next == Some('-');
    (!soft || dashed || next.is_some_and(char::is_lowercase)).then_some(Edit { range, with: "".into() })
}

/// The head of a gazette page with its page number, and the blank lines around them.
fn running_head(source: &str, at: usize, floor: usize) -> Option<Edit> {
    const LONGEST: usize = 100;
    let bytes = source.as_bytes();
    let near = floor.max(at.saturating_sub(LONGEST));
    let mut start = match memchr::memrchr(b'\n', &bytes[near..at]) {
        Some(end) => near + end + 1,
        None if near == floor => floor,
        None => return None,
    };
    let far = source.len().min(at + LONGEST);
    let mut end = match memchr::memchr(b'\n', &bytes[at..far]) {
        Some(end) => at + end + 1,
        None if far == source.len() => far,
        None => return None,
    };
    if !source[start..at].trim().trim_matches(|c: char| c.is_ascii_digit()).is_empty() {
        return None;
    }
    if !source[at..end].contains("/Ng") {
        return None;
    }
    // Before and after it: blank lines, and one line that is a page number.
    let mut numbered = false;
    while start > floor {
        let line = source[floor..start - 1].rfind('\n').map_or(floor, |at| floor + at + 1);
        if !is_furniture(&source[line..start], &mut numbered) {
            break;
        }
        start = line;
    }
    while end < source.len() {
        let next = source[end..].find('\n').map_or(source.len(), |at| end + at + 1);
        if !is_furniture(&source[end..next], &mut numbered) {
            break;
        }
        end = next;
    }
    Some(Edit { range: start..end, with: "".into() })
}

/// A blank line, or the first that holds nothing but a page number.
fn is_furniture(line: &str, numbered: &mut bool) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '-');
    let number = line.len() <= 4 && line.bytes().all(|byte| byte.is_ascii_digit());
    if line.is_empty() {
        return true;
    }
    number && !std::mem::replace(numbered, true)
}

/// A page number on a line of its own where a symbol was broken: `TT-`, `12`, `BGDĐT`.
fn page_number(source: &str, at: usize) -> Option<Edit> {
    let start = at + source[at..].find('\n')? + 1;
    let digits = |text: &str| {
        let line = text.trim_matches(|c: char| c.is_whitespace() || c == '-');
        let line = line.strip_prefix("Trang ").unwrap_or(line);
        (1..=4).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut end = start;
    let mut seen = false;
    while let Some(line) = source[end..].split_inclusive('\n').next() {
        if line.trim().is_empty() && line.len() <= 8 {
            end += line.len();
        } else if !seen && line.len() <= 16 && digits(line) {
            seen = true;
            end += line.len();
        } else {
            break;
        }
    }
    let goes_on = source[end..].chars().next().is_some_and(char::is_uppercase);
    let of_symbol = source[..at].chars().next_back().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    (seen && goes_on && of_symbol).then_some(Edit { range: start..end, with: "".into() })
}

#[cfg(test)]
mod tests {
    use super::super::SourceText;

    fn cleaned(source: &str) -> String {
        SourceText::new(source.to_owned()).as_str().to_owned()
    }

    #[test]
    fn markup_and_entities_go() {
        assert_eq!(cleaned("Thông tư số&nbsp;33/2021/TT-BGD&amp;ĐT"), "Thông tư số 33/2021/TT-BGD&ĐT");
        assert_eq!(cleaned("<b>Quyết định</b> số <span class=\"x\">489</span>/QĐ-TTg"), "Quyết định số 489/QĐ-TTg");
        assert_eq!(cleaned("33/2021/TT-BGDĐT<sup>1</sup> và <SUP>[2]</SUP>."), "33/2021/TT-BGDĐT và .");
        assert_eq!(cleaned("**Thông tư** số 33/2021/**TT\\-BGDĐT**"), "Thông tư số 33/2021/TT-BGDĐT");
        assert_eq!(cleaned("Điều 1<br>Điều 2"), "Điều 1\nĐiều 2");
        assert_eq!(cleaned("489/Q&#x110;-TTg, 70&#47;KH"), "489/QĐ-TTg, 70/KH");
    }

    #[test]
    fn full_width_characters_are_narrowed() {
        assert_eq!(cleaned("Thông tư số ３３／２０２１/TT-BGDĐT"), "Thông tư số 33/2021/TT-BGDĐT");
    }

    #[test]
    fn what_only_looks_like_a_remnant_stays() {
        for text in [
            "a < b và c > d",
            "R&D; A&B",
            "a <b và c> d",
            "Số: ______/KH",
            "x * y ** z",
            "<Tên cơ quan>",
            "C:\\tệp",
            "**",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn invisible_characters_go_and_the_soft_hyphen_of_a_symbol_stays() {
        assert_eq!(cleaned("33/2021/TT\u{200b}-BGD\u{2060}ĐT"), "33/2021/TT-BGDĐT");
        assert_eq!(cleaned("Quyết đ\u{ad}ịnh TT\u{ad}BGDĐT"), "Quyết định TT\u{ad}BGDĐT");
    }

    #[test]
    fn the_head_of_a_page_goes_with_its_number_and_blank_lines() {
        let source = "số 27/2016/TT-\n\n \n \nCÔNG BÁO/Số 12 + 13/Ngày 01-12-2024 \n57 \n \nBNNPTNT ngày 5\n";
        assert_eq!(cleaned(source), "số 27/2016/TT-\nBNNPTNT ngày 5\n");
        assert_eq!(cleaned("số 04/2014/TT-\n\n12\n\nBGDĐT"), "số 04/2014/TT-\nBGDĐT");
        let kept = "Biểu 01-TT \n2 \nPhiếu chi";
        assert_eq!(cleaned(kept), kept);
    }

    #[test]
    fn offsets_lead_to_the_source_around_a_remnant() {
        let source = "Theo **Thông tư số&nbsp;33**/2021/TT-BGDĐT** này";
        let text = SourceText::new(source.to_owned());
        let start = text.as_str().find("Thông").unwrap();
        let end = text.as_str().find(" này").unwrap();
        assert_eq!(&source[text.to_source(start..end)], "Thông tư số&nbsp;33**/2021/TT-BGDĐT");
    }
}
