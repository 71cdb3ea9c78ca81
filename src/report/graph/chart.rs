//! How citing changes over the years, as a row of bars. Like the drawings without a style of its own, so that a page with a
//! strict content policy may show it.

use std::fmt::Write;

use crate::library::YearCount;
use crate::text::Lang;

/// Pixels.
const BAR: usize = 26;
const PITCH: usize = 38;
const TALL: usize = 96;
/// How many years, the latest, are drawn.
const YEARS: i16 = 30;

/// Bars for the documents that cite in each year, those without any among them; nothing where no document is dated.
pub fn years(counts: &[YearCount], lang: Lang) -> Option<String> {
    let documents = |year: i16| counts.iter().find(|one| one.year == Some(year)).map_or(0, |one| one.documents);
    let dated = || counts.iter().filter_map(|one| one.year);
    let last = dated().max()?;
    let first = dated().min()?.max(last - YEARS + 1);
    let most = (first..=last).map(documents).max()?.max(1);
    let width = usize::from((last - first + 1).unsigned_abs()) * PITCH;
    let height = TALL + 40;
    let label = match lang {
        Lang::Vi => format!("Số tài liệu dẫn chiếu theo năm, từ {first} đến {last}; số liệu có trong bảng bên dưới"),
        Lang::En => format!("Citing documents per year, {first} to {last}; the table below holds the figures"),
    };
    let mut out = format!(
        r##"<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-size="12" fill="#59606a">"##
    );
    for (at, year) in (first..=last).enumerate() {
        let count = documents(year);
        let tall = if count == 0 { 1 } else { (count * TALL / most).max(3) };
        let (x, y, middle) = (at * PITCH + (PITCH - BAR) / 2, 18 + TALL - tall, at * PITCH + PITCH / 2);
        let _ = write!(
            out,
            r##"<rect class="bar" x="{x}" y="{y}" width="{BAR}" height="{tall}" fill="#59606a"/><text x="{middle}" y="{}" text-anchor="middle">{year}</text>"##,
            TALL + 34
        );
        if count > 0 {
            let _ = write!(out, r#"<text x="{middle}" y="{}" text-anchor="middle">{count}</text>"#, y - 5);
        }
    }
    out.push_str("</svg>");
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_without_a_document_have_a_place_too() {
        let count = |year, documents| YearCount { year, citations: documents, documents };
        let drawn = years(&[count(Some(2020), 4), count(Some(2022), 1), count(None, 9)], Lang::Vi).unwrap();
        assert_eq!(drawn.matches("class=\"bar\"").count(), 3);
        assert!(drawn.contains(">2021<") && drawn.contains("height=\"96\" fill"), "{drawn}");
        assert_eq!(years(&[count(None, 9)], Lang::Vi), None);
    }
}
