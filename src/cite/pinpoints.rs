//! The provisions (điều, khoản, điểm) named before a mention: "điểm a, b khoản 2 và khoản 3 Điều 5 Luật X"; also those
//! that the register states in words of their own.

use crate::law::Pinpoint;
use crate::text::{fold, is_word_char};

/// How far back a pinpoint may begin, in bytes.
const REACH: usize = 400;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Point,
    Clause,
    Article,
    /// The number or letter of one of those.
    Label(String),
    From,
    To,
    /// Comma, "và", "hoặc", "các", "của", "tại".
    Link,
    /// Any other word: labels after it name no provision until one of the words above leads in again.
    Other,
}

/// The provisions named directly before `start`, where a mention begins.
pub(super) fn before(text: &str, start: usize) -> Vec<Pinpoint> {
    let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
    let tokens = tokens_before(&text[floor..start]);
    if !tokens.contains(&Token::Article) {
        return Vec::new();
    }
    parse(&tokens)
}

/// The provisions that some words name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provisions {
    /// The provisions, in text order.
    pub pins: Vec<Pinpoint>,
    /// Whether the words say nothing else; if they do, the pinpoints are only some of what is meant, or are limited.
    pub complete: bool,
}

/// Reads the provisions that words by themselves name, as a register states them: "khoản 2 Điều 40, khoản 3 Điều 41", "Điều
/// 4-9", "5.2". Words that it cannot read make the answer incomplete; an exception ("trừ …") names nothing.
pub fn provisions(text: &str) -> Provisions {
    let dotted = |part: &str| {
        let mut parts = part.trim().split('.').map(str::to_owned);
        let pin = Pinpoint { article: parts.next()?, clause: parts.next(), point: parts.next() };
        pin.article.starts_with(|c: char| c.is_ascii_digit()).then_some(pin)
    };
    if let Some(pins) = text.split(',').map(dotted).collect::<Option<Vec<_>>>() {
        return Provisions { pins, complete: true };
    }
    let mut tokens = Vec::new();
    let mut complete = true;
    let mut depth = 0_usize;
    for word in words(text) {
        match word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," | ";" => tokens.push(Token::Link),
            "-" | "–" => tokens.push(Token::To),
            _ if depth > 0 => complete = false,
            _ => match token(word) {
                Some(token) => tokens.push(token),
                // What comes before is a list that ends here; a label after it belongs to something else.
                None => {
                    complete = false;
                    tokens.push(Token::Other);
                }
            },
        }
    }
    let pins = if fold(text).trim_start().starts_with("tru ") { Vec::new() } else { parse(&tokens) };
    Provisions { complete: complete && !pins.is_empty(), pins }
}

/// Words and marks, blanks left out.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let end = if is_word_char(first) {
            rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

/// The unbroken run of pinpoint words at the end of `text`, in text order.
fn tokens_before(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut end = text.len();
    loop {
        let trimmed = text[..end].trim_end();
        let Some(last) = trimmed.chars().next_back() else { break };
        if matches!(last, '“' | '"') {
            end = trimmed.len() - last.len_utf8();
            continue;
        }
        if matches!(last, ',' | ';') {
            tokens.push(Token::Link);
            end = trimmed.len() - 1;
            continue;
        }
        let start = trimmed
            .rfind(|c: char| !is_word_char(c))
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
        let word = &trimmed[start..];
        // "Điều 18 Chương V, Nghị định …": the chapter adds nothing to the article.
        if let Some(chapter) = chapter_before(&trimmed[..start], word) {
            tokens.push(Token::Link);
            end = chapter;
            continue;
        }
        let Some(token) = token(word) else { break };
        tokens.push(token);
        end = start;
    }
    tokens.reverse();
    // Words that lead in are not part of it: "theo", ", của", a label without its "khoản" or "Điều".
    let first =
        tokens.iter().position(|token| matches!(token, Token::Point | Token::Clause | Token::Article | Token::From));
    first.map_or_else(Vec::new, |first| tokens.split_off(first))
}

/// Where "Chương", "Mục" or "Phần" with the label `word` begins.
fn chapter_before(before: &str, word: &str) -> Option<usize> {
    let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    if !(roman || digits) {
        return None;
    }
    let before = before.trim_end();
    ["Chương", "chương", "Mục", "mục", "Phần", "phần"]
        .iter()
        .find_map(|name| before.strip_suffix(name).filter(|rest| !rest.ends_with(is_word_char)).map(str::len))
}

fn token(word: &str) -> Option<Token> {
    // "tạiĐiều 149", "97của": a blank was lost.
    let word = match word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()) {
        Some((at, _)) if word.starts_with(char::is_lowercase) => &word[at..],
        _ => word,
    };
    let folded = fold(word);
    Some(match folded.as_str() {
        "diem" => Token::Point,
        "khoan" => Token::Clause,
        "dieu" => Token::Article,
        "tu" => Token::From,
        "den" => Token::To,
        "va" | "hoac" | "cac" | "cua" | "tai" | "thuoc" => Token::Link,
        _ => {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let tail = word[digits..].chars().count();
            let numbered = (1..=3).contains(&digits) && tail <= 1;
            let lettered = digits == 0 && tail == 1 && word.chars().all(char::is_lowercase);
            (numbered || lettered).then(|| Token::Label(word.to_owned()))?
        }
    })
}

fn parse(tokens: &[Token]) -> Vec<Pinpoint> {
    let mut out = Vec::new();
    let mut points: Vec<String> = Vec::new();
    let mut clauses: Vec<(String, Vec<String>)> = Vec::new();
    let mut articles: Vec<String> = Vec::new();
    let mut level = Token::Link;
    let mut range_open = false;
    for token in tokens {
        match token {
            Token::Point | Token::Clause | Token::Article => {
                // "từ Điều 5 đến Điều 9" goes on with the same level; a range ends where another begins.
                range_open &= *token == level;
                // "Điều 5, khoản 2 Điều 7": a finer level after an article begins a new provision.
                if *token != Token::Article && level == Token::Article {
                    flush(&mut out, &mut articles, &mut clauses);
                }
                if *token == Token::Article && level == Token::Article && !clauses.is_empty() {
                    flush(&mut out, &mut articles, &mut clauses);
                }
                level = token.clone();
            }
            Token::Label(label) => match level {
                Token::Point => {
                    if range_open && let Some(first) = points.last_mut() {
                        *first = format!("{first}-{label}");
                    } else {
                        points.push(after_d(&points, label));
                    }
                    range_open = false;
                }
                Token::Clause => {
                    if range_open && let Some((first, _)) = clauses.last_mut() {
                        *first = format!("{first}-{label}");
                    } else {
                        clauses.push((label.clone(), std::mem::take(&mut points)));
                    }
                    range_open = false;
                }
                Token::Article => {
                    if range_open && let Some(first) = articles.last_mut() {
                        *first = format!("{first}-{label}");
                    } else {
                        if !clauses.is_empty() && !articles.is_empty() {
                            flush(&mut out, &mut articles, &mut clauses);
                        }
                        articles.push(label.clone());
                    }
                    range_open = false;
                }
                _ => {}
            },
            Token::To => range_open = true,
            Token::Other => {
                flush(&mut out, &mut articles, &mut clauses);
                level = Token::Link;
            }
            Token::From | Token::Link => {}
        }
    }
    flush(&mut out, &mut articles, &mut clauses);
    out
}

/// Points run a, b, c, d, đ, e: a second "d" is the "đ" that lost its stroke.
fn after_d(points: &[String], label: &str) -> String {
    if label == "d" && points.last().is_some_and(|last| last == "d") { "đ".to_owned() } else { label.to_owned() }
}

fn flush(out: &mut Vec<Pinpoint>, articles: &mut Vec<String>, clauses: &mut Vec<(String, Vec<String>)>) {
    for article in articles.drain(..) {
        if clauses.is_empty() {
            out.push(Pinpoint { article: article.clone(), clause: None, point: None });
        }
        for (clause, points) in clauses.drain(..) {
            let pin = |point| Pinpoint { article: article.clone(), clause: Some(clause.clone()), point };
            if points.is_empty() {
                out.push(pin(None));
            }
            out.extend(points.iter().map(|point| pin(Some(point.clone()))));
        }
    }
    clauses.clear();
}

/// Where the pinpoint words before `start` begin, so that a sentence can be read on from there.
pub(super) fn begin(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut best = start;
    while at > 0 && start - at < REACH {
        let trimmed = text[..at].trim_end().trim_end_matches([',', ';']).trim_end();
        let word_at = trimmed
            .rfind(|c: char| !is_word_char(c))
            .map_or(0, |i| i + trimmed[i..].chars().next().map_or(1, char::len_utf8));
        match token(&trimmed[word_at..]) {
            Some(Token::Point | Token::Clause | Token::Article) => best = word_at,
            Some(_) => {}
            None => break,
        }
        if word_at == at {
            break;
        }
        at = word_at;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{before, provisions};

    #[test]
    fn provisions_are_read_out_of_words_of_their_own() {
        for (text, pins, complete) in [
            ("khoản 2 Điều 40, khoản 3 Điều 41", "40.2 41.3", true),
            ("Điều 6, Điều 12; khoản 4, 5, 6 Điều 35", "6 12 35.4 35.5 35.6", true),
            ("Điều 3, 7-10", "3 7-10", true),
            ("5.2, 6", "5.2 6", true),
            ("điểm b khoản 3 Điều 4", "4.3.b", true),
            ("khoản 3 Điều 41 (một phần)", "41.3", false),
            ("Điều 1, 2 và Phụ lục của Chuẩn số 3", "1 2", false),
            ("một số nội dung được sửa đổi, bổ sung", "", false),
            ("Chương VI, Chương VII", "", false),
            ("trừ Điều 5", "", false),
            ("", "", false),
        ] {
            let found = provisions(text);
            let read: Vec<String> = found.pins.iter().map(ToString::to_string).collect();
            assert_eq!((read.join(" ").as_str(), found.complete), (pins, complete), "{text}");
        }
    }

    #[test]
    fn provisions_are_read_in_their_order() {
        for (text, pins) in [
            ("theo điểm a, b khoản 2 Điều 5 ", "5.2.a 5.2.b"),
            ("Điều 4 và khoản 1 Điều 7 của ", "4 7.1"),
            ("quy định từ Điều 5 đến Điều 9 ", "5-9"),
            ("khoản 1, khoản 2 và khoản 6 Điều 5 ", "5.1 5.2 5.6"),
            (
                "điểm b khoản 2, điểm đ khoản 13 Điều 3, khoản 10 Điều 4, khoản 2 và điểm b khoản 3 Điều 10 ",
                "3.2.b 3.13.đ 4.10 10.2 10.3.b",
            ),
            ("các điều 17, 18 và 19 ", "17 18 19"),
            ("các khoản 5, 6, 7 và điểm b khoản 22 Điều 1 ", "1.5 1.6 1.7 1.22.b"),
            ("Điều 5a ", "5a"),
            ("điểm d, d khoản 1 Điều 2 ", "2.1.d 2.1.đ"),
            ("thực hiện ", ""),
            ("khoản 2 ", ""),
        ] {
            let found: Vec<String> = before(text, text.len()).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), pins, "{text}");
        }
    }
}
