//! The query language: plain words, `"words together"`, `-without`, `this OR that`, and fields such as `nam:2020..2024`.
//!
//! People paste whole sentences into the box, so only what cannot be prose is read as a sign: a hyphen before a word and
//! not inside a number, a field name with its value right behind the colon, a quotation mark that is closed.

mod error;
mod field;

use std::ops::Range;

pub use error::{Problem, QueryError};
pub use field::Field;

use crate::text::fold;

/// A query, taken apart. Texts are as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedQuery {
    /// All words that are wanted, those between quotation marks among them.
    pub plain: String,
    pub phrases: Vec<String>,
    /// Of each group, one is wanted.
    pub any_of: Vec<Vec<String>>,
    pub without: Vec<String>,
    pub fields: Vec<FieldTerm>,
}

/// A field with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    pub field: Field,
    pub value: String,
    /// Whether hits that fit are kept out instead.
    pub not: bool,
    /// Bytes of the query.
    pub range: Range<usize>,
}

/// A piece of a query between blanks.
enum Piece {
    Word(Range<usize>),
    Phrase(Range<usize>),
    Or,
}

/// Takes a query apart. `reach` tells how far the value of a field goes beyond its first word, in bytes of the text after
/// the colon: `loai:thông tư 33`.
///
/// # Errors
/// A field that is none, or that has no value.
pub fn parts(query: &str, reach: impl Fn(Field, &str) -> usize) -> Result<ParsedQuery, QueryError> {
    let mut out = ParsedQuery::default();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(blank) = query[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + blank;
        let end = word_end(query, start);
        let not = is_without(query, start);
        let from = start + usize::from(not);
        if let Some((field, value)) = field::at(query, from, end)? {
            let (value, end) = match quoted(query, value) {
                Some(inner) => (inner.clone(), inner.end + 1),
                None => {
                    let end = (value + reach(field, &query[value..])).max(end);
                    (value..end, end)
                }
            };
            let text = query[value.clone()].trim();
            if text.is_empty() {
                return Err(QueryError::new(query, start..end.min(query.len()), Problem::NoValue(field)));
            }
            out.fields.push(FieldTerm { field, value: text.to_owned(), not, range: start..end });
            at = end;
            continue;
        }
        if let Some(inner) = quoted(query, from) {
            at = inner.end + 1;
            if not {
                out.without.push(query[inner].to_owned());
            } else {
                pieces.push(Piece::Phrase(inner));
            }
            continue;
        }
        at = end;
        match &query[from..end] {
            "OR" | "|" => pieces.push(Piece::Or),
            word if not => out.without.push(word.to_owned()),
            _ => pieces.push(Piece::Word(start..end)),
        }
    }
    group(query, &pieces, &mut out);
    Ok(out)
}

/// Puts the words on both sides of an `OR` together, and everything else into the plain words.
fn group(query: &str, pieces: &[Piece], out: &mut ParsedQuery) {
    let text = |piece: &Piece| match piece {
        Piece::Word(range) | Piece::Phrase(range) => Some(query[range.clone()].to_owned()),
        Piece::Or => None,
    };
    let mut at = 0;
    while at < pieces.len() {
        let Some(first) = text(&pieces[at]) else {
            at += 1;
            continue;
        };
        let mut any = vec![first];
        let mut next = at + 1;
        while matches!(pieces.get(next), Some(Piece::Or))
            && let Some(other) = pieces.get(next + 1).and_then(text)
        {
            any.push(other);
            next += 2;
        }
        if any.len() > 1 {
            out.any_of.push(any);
        } else {
            if matches!(pieces[at], Piece::Phrase(_)) {
                out.phrases.push(any[0].clone());
            }
            if !out.plain.is_empty() {
                out.plain.push(' ');
            }
            out.plain.push_str(&any[0]);
        }
        at = next;
    }
}

/// Where the word at `start` ends.
fn word_end(query: &str, start: usize) -> usize {
    query[start..].find(char::is_whitespace).map_or(query.len(), |length| start + length)
}

/// The inside of the quotation at `at`, if one begins there and is closed.
fn quoted(query: &str, at: usize) -> Option<Range<usize>> {
    let rest = query[at..].strip_prefix('"')?;
    let length = rest.find('"').filter(|length| *length > 0)?;
    Some(at + 1..at + 1 + length)
}

/// Whether the hyphen at `start` keeps the word behind it out: it begins a word, and does not go on with a number
/// (`18/2018/TT -BGTVT`) or with a stretch of years (`2021 -2030`).
fn is_without(query: &str, start: usize) -> bool {
    let Some(rest) = query[start..].strip_prefix('-') else { return false };
    let before = query[..start].split_whitespace().next_back().unwrap_or("");
    let number = before.contains('/') && before.contains(|c: char| c.is_ascii_digit()) && !before.contains(':');
    let symbol = rest.starts_with(char::is_uppercase);
    rest.starts_with(|c: char| c.is_alphabetic() || c == '"') && !(number && symbol)
}

/// A value as it is typed behind a field: quoted where it holds a blank.
pub fn typed(field: Field, value: &str) -> String {
    let value = value.replace('"', " ");
    let value = value.trim();
    if value.contains(char::is_whitespace) {
        format!("{}:\"{value}\"", field.name())
    } else {
        format!("{}:{value}", field.name())
    }
}

/// A value as it is compared with the names of values: folded, without signs.
pub fn plain_value(value: &str) -> String {
    let folded = fold(value);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> ParsedQuery {
        parts(query, |_, _| 0).unwrap()
    }

    #[test]
    fn signs_are_told_from_prose() {
        let found = read("xóa mù \"lớp học\" -\"dạy nghề\" -trẻ thư OR sách");
        assert_eq!(found.plain, "xóa mù lớp học");
        assert_eq!(found.phrases, ["lớp học"]);
        assert_eq!(found.without, ["dạy nghề", "trẻ"]);
        assert_eq!(found.any_of, [["thư", "sách"]]);
        // What stands in titles and numbers is no sign.
        for query in
            ["giai đoạn 2021 -2030", "18/2018/TT -BGTVT", "bài \"chưa đóng", "Về việc: mở lớp", "lúc 12:30", "-", "OR"]
        {
            let found = read(query);
            assert_eq!(found.without, Vec::<String>::new(), "{query}");
            assert!(found.phrases.is_empty() && found.any_of.is_empty() && found.fields.is_empty(), "{query}");
        }
    }

    #[test]
    fn fields_hold_their_value() {
        let found = read("sách loai:\"Thông tư\" nam:2020..2024 -hieuluc:het số:33/2021");
        let given: Vec<(Field, &str, bool)> =
            found.fields.iter().map(|one| (one.field, one.value.as_str(), one.not)).collect();
        assert_eq!(
            given,
            [
                (Field::Kind, "Thông tư", false),
                (Field::Year, "2020..2024", false),
                (Field::Force, "het", true),
                (Field::Number, "33/2021", false)
            ]
        );
        assert_eq!(found.plain, "sách");
        let reach = |_, _: &str| "thông tư".len();
        assert_eq!(parts("loai:thông tư 33", reach).unwrap().fields[0].value, "thông tư");
    }

    #[test]
    fn an_error_points_at_the_place() {
        let error = parts("mở lớp laoi:x", |_, _| 0).unwrap_err();
        assert_eq!(&"mở lớp laoi:x"[error.range.clone()], "laoi:");
        assert_eq!(error.problem, Problem::NoField("laoi".into(), Some(Field::Kind)));
        let error = parts("sách nam:", |_, _| 0).unwrap_err();
        assert_eq!(error.problem, Problem::NoValue(Field::Year));
        assert!(parts("xem http://vi.du", |_, _| 0).is_ok());
    }
}
