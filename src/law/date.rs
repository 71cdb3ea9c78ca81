//! Dates as people type and read them.

use super::Date;

/// Reads `2024-01-26`, `26/01/2024`, `26/1/2024`, `26-1-2024` and `26.1.2024`; blanks around it are ignored.
/// `None` for anything else, and for a date that the calendar does not have.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = match (first.len(), separator) {
        (4, '-') if last.len() <= 2 => (first, last),
        (1 | 2, '/' | '-' | '.') if last.len() == 4 => (last, first),
        _ => return None,
    };
    let figures = [year, month, day].into_iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    figures.then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A date in figures as Vietnamese tables write it: `26/01/2024`.
pub fn format_date(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_are_read() {
        for text in ["2024-01-26", " 2024-1-26 ", "26/01/2024", "26/1/2024", "26-1-2024", "26.1.2024"] {
            assert_eq!(parse_date(text).map(|day| day.to_string()).as_deref(), Some("2024-01-26"), "{text}");
        }
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in [
            "",
            "today",
            "2024",
            "31/02/2024",
            "2024/01/26",
            "26/01/24",
            "26/01",
            "1/2/3/4",
            "-1/01/2024",
            "+1/01/2024",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
