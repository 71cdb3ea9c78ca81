//! Dates in the style of the document: figures or words, padded or not, as the writer does it.

use crate::law::Date;
use crate::text::one_line;

/// `date` written as `written` is: the same separators and words, line ends as blanks. A figure that stays the
/// same keeps its spelling; a new day below ten and the months January and February get their leading zero, as
/// Decree 30/2020/NĐ-CP (Annex I) asks. `None` where `written` does not hold three figures.
pub(super) fn like(written: &str, date: Date) -> Option<String> {
    let mut figures = [i16::from(date.day()), i16::from(date.month()), date.year()].into_iter();
    let mut out = String::with_capacity(written.len() + 4);
    let mut place = 0;
    let mut rest = written;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (old, after) = rest.split_at(end);
        let new = figures.next()?;
        place += 1;
        let padded = old.starts_with('0') || place == 1 || new < 3;
        if old.parse() == Ok(new) {
            out.push_str(old);
        } else if new < 10 && padded {
            out.push_str(&format!("0{new}"));
        } else {
            out.push_str(&new.to_string());
        }
        rest = after;
    }
    out.push_str(rest);
    (place == 3).then(|| one_line(&out))
}

/// `24/8/2018`, `05/01/2024`: figures as the decree pads them.
pub(super) fn figures(date: Date) -> String {
    let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("{:02}/{month}/{}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_s_style_is_kept() {
        for (written, date, expected) in [
            ("06/8/2022", "2020-08-06", "06/8/2020"),
            ("6/8/2022", "2020-08-06", "6/8/2020"),
            ("21/8/2018", "2018-08-24", "24/8/2018"),
            ("28-02-2018", "2014-02-28", "28-02-2014"),
            ("21 tháng 8 năm 2018", "2018-01-05", "05 tháng 01 năm 2018"),
            ("24 tháng\n11 năm 2024", "2025-08-24", "24 tháng 8 năm 2025"),
        ] {
            assert_eq!(like(written, date.parse().unwrap()).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_full_date_has_no_style() {
        let date = "2020-08-06".parse().unwrap();
        for written in ["", "tháng 8/2022", "2022", "1/2/3/4"] {
            assert_eq!(like(written, date), None, "{written}");
        }
    }

    #[test]
    fn figures_are_padded_as_the_decree_says() {
        assert_eq!(figures("2024-01-05".parse().unwrap()), "05/01/2024");
        assert_eq!(figures("2018-08-24".parse().unwrap()), "24/8/2018");
    }
}
