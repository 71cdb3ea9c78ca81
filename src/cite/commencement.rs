//! The date from which a normative text says it binds (Law 64/2025/QH15: the text itself states the date).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::date;
use crate::law::Date;
use crate::text::Cursor;

static IN_FORCE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("có hiệu lực"));

/// "Thông tư này có hiệu lực thi hành kể từ ngày 12 tháng 02 năm 2024", "… từ ngày ký", "… sau 45 ngày kể từ ngày ký";
/// the last such sentence of the text. `issued` is the date on which it was signed.
pub(super) fn commences(text: &str, issued: Option<Date>) -> Option<Date> {
    // Searching forwards passes over most of a text in blocks.
    let places: Vec<usize> = IN_FORCE.find_iter(text.as_bytes()).filter(|at| of_this(text, *at)).collect();
    places.into_iter().rev().find_map(|at| parse_date(Cursor::new(text, at + "có hiệu lực".len()), issued))
}

/// Whether the sentence speaks of the text itself: "Thông tư này có hiệu lực".
fn of_this(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.ends_with("này")
}

/// The date after "có hiệu lực", or the one that the words there count from the date of issue.
fn parse_date(at: Cursor<'_>, issued: Option<Date>) -> Option<Date> {
    let at = at.past("thi hanh");
    if let Some(after) = at.word("sau") {
        let number = after.blanks();
        let digits = number.digits();
        let days: i32 = digits.parse().ok().filter(|days| *days < 400)?;
        number.forward(digits.len()).word("ngay")?.past_one_of(&[',']).phrase("ke tu ngay ky")?;
        return issued?.checked_add(jiff::Span::new().days(days)).ok();
    }
    let at = at.past("ke").phrase("tu ngay")?;
    match at.word("ky") {
        Some(_) => issued,
        None => date::read(at.text(), at.blanks().at()).map(|(date, _)| date),
    }
}

#[cfg(test)]
mod tests {
    use super::commences;

    #[test]
    fn the_last_sentence_about_the_text_itself_counts() {
        let issued = "2023-12-27".parse().ok();
        for (text, day) in [
            ("Thông tư này có hiệu lực thi hành kể từ ngày 12 tháng 02 năm 2024.", Some("2024-02-12")),
            ("Quyết định này có hiệu lực từ ngày ký.", Some("2023-12-27")),
            ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.", Some("2024-02-10")),
            ("Thông tư số 22/2020/TT-BGDĐT có hiệu lực từ ngày 21/9/2020.", None),
            ("không còn có hiệu lực", None),
        ] {
            let found = commences(text, issued).map(|day| day.to_string());
            assert_eq!(found.as_deref(), day, "{text}");
        }
    }
}
