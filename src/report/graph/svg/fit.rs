//! How much text fits into a box of a drawing whose font is not known.

/// About how wide a text is drawn; generous, for the font may be any sans-serif.
pub(super) fn width(text: &str, size: f32, bold: bool) -> f32 {
    let em: f32 = text
        .chars()
        .map(|c| match c {
            'i' | 'í' | 'ì' | 'ị' | 'ỉ' | 'ĩ' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ' ' | '/' | '-' | '(' | ')'
            | '\'' => 0.33,
            'm' | 'w' | 'M' | 'W' | '…' => 0.92,
            c if c.is_uppercase() => 0.67,
            _ => 0.55,
        })
        .sum();
    em * size * if bold { 1.08 } else { 1.0 }
}

/// As much of the text as fits, with an ellipsis where something is cut; empty where not even a few letters fit.
pub(super) fn fit(text: &str, size: f32, bold: bool, room: f32) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out, size, bold) + size > room {
            out.pop();
            break;
        }
    }
    let kept = out.trim_end();
    if kept.chars().count() < 3 { String::new() } else { format!("{kept}…") }
}

/// The text in at most `most` lines of words, the last one cut with an ellipsis.
pub(super) fn wrap(text: &str, size: f32, room: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while words.peek().is_some() && lines.len() < most {
        let mut line = String::new();
        while let Some(word) = words.peek() {
            let longer = if line.is_empty() { (*word).to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && width(&longer, size, false) > room {
                break;
            }
            line = longer;
            words.next();
        }
        if lines.len() + 1 == most && words.peek().is_some() {
            line.push(' ');
            line.extend(words.by_ref().take(8).flat_map(|word| [word, " "]));
        }
        lines.push(fit(line.trim_end(), size, false, room));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_would_not_fit() {
        assert_eq!(fit("ngắn", 12.0, false, 200.0), "ngắn");
        assert!(fit(&"dài ".repeat(50), 12.0, false, 200.0).ends_with('…'));
        assert_eq!(fit("dài lắm", 12.0, false, 10.0), "");
        assert!(wrap(&"dài lắm ".repeat(50), 12.0, 200.0, 3).len() == 3);
    }
}
