//! Hits of a search as terminal text.

use std::io;

use anstyle::Style;

use super::{BOLD, FAINT, TerminalPage, force_part};
use crate::library::{Hit, Hits, Paging};
use crate::report::glossary;
use crate::text::{Lang, counted};

/// Writes hits in their order, numbered from the page's first.
///
/// # Errors
/// Those of the stream written to.
pub fn write(out: &mut TerminalPage<'_>, query: &str, hits: &Hits, page: Paging) -> io::Result<()> {
    let lang = out.lang;
    if let Some(read_as) = &hits.read_as {
        let head = lang.pick("Đã hiểu là:", "Read as:");
        out.text(0, &format!("{head} “{read_as}”."))?;
    }
    if hits.total == 0 {
        return none(out, query, hits);
    }
    if hits.nearest {
        out.text(
            0,
            lang.pick(
                "Không có kết quả nào khớp cả câu; sau đây là những kết quả gần nhất.",
                "Nothing fits the whole query; these come nearest.",
            ),
        )?;
    }
    let shown = hits.hits.len();
    let head = match (lang, shown) {
        (Lang::Vi, 0) => {
            format!("“{query}”: có {} kết quả, không có kết quả nào từ vị trí {}.", hits.total, page.offset + 1)
        }
        (Lang::En, 0) => {
            format!("“{query}”: {}, none from number {} on.", counted(hits.total, "result"), page.offset + 1)
        }
        (Lang::Vi, _) => {
            format!("“{query}”: {} kết quả, đang xem {}–{}", hits.total, page.offset + 1, page.offset + shown)
        }
        (Lang::En, _) => {
            let total = counted(hits.total, "result");
            format!("“{query}”: {total}, {}–{} shown", page.offset + 1, page.offset + shown)
        }
    };
    out.text(0, &head)?;
    for (at, hit) in hits.hits.iter().enumerate() {
        out.blank()?;
        one(out, page.offset + at + 1, hit)?;
    }
    if !hits.facets.is_empty() {
        out.blank()?;
    }
    for facet in hits.facets.iter().filter(|facet| !facet.values.is_empty()) {
        let values: Vec<String> = facet
            .values
            .iter()
            .map(|one| {
                format!("{} {} ({})", glossary::facet_value(&facet.field, &one.value, lang), one.count, one.query)
            })
            .collect();
        out.text(0, &format!("{}: {}", glossary::facet(&facet.field, lang), values.join("; ")))?;
    }
    Ok(())
}

fn one(out: &mut TerminalPage<'_>, place: usize, hit: &Hit) -> io::Result<()> {
    let lang = out.lang;
    let name = match (&hit.type_word, &hit.number) {
        (Some(kind), Some(number)) => format!("{kind} {number}"),
        (Some(kind), None) => kind.clone(),
        (None, Some(number)) => number.clone(),
        (None, None) => glossary::hit_kind(hit.kind, lang).to_owned(),
    };
    let cited = match (hit.cited, lang) {
        (0, _) => String::new(),
        (n, Lang::Vi) => format!("được viện dẫn {n} lần"),
        (1, Lang::En) => "cited once".to_owned(),
        (n, Lang::En) => format!("cited {n} times"),
    };
    out.parts(
        0,
        &[
            (format!("{place:>2}. {name}"), BOLD),
            (hit.date.map(|date| glossary::date(date, lang)).unwrap_or_default(), Style::new()),
            force_part(hit.force, lang),
            (cited, FAINT),
        ],
    )?;
    let same = hit.snippet.trim_matches('…').split_whitespace().eq(hit.title.trim_matches('…').split_whitespace());
    if same || hit.snippet.is_empty() {
        out.marked(4, &hit.title, if same { &hit.highlights } else { &[] })?;
    } else {
        if !hit.title.is_empty() {
            out.text(4, &hit.title)?;
        }
        out.marked(4, &hit.snippet, &hit.highlights)?;
    }
    match &hit.path {
        Some(path) => out.styled(4, path, FAINT),
        None => Ok(()),
    }
}

fn none(out: &mut TerminalPage<'_>, query: &str, hits: &Hits) -> io::Result<()> {
    let (lang, suggestions) = (out.lang, &hits.suggestions);
    out.text(
        0,
        &match lang {
            Lang::Vi => format!("Không tìm thấy gì cho “{query}”."),
            Lang::En => format!("Nothing was found for “{query}”."),
        },
    )?;
    if hits.unfiltered > 0 {
        let said = match lang {
            Lang::Vi => format!("Bỏ các trường lọc thì có {} kết quả.", hits.unfiltered),
            Lang::En => format!("Without the fields there are {}.", hits.unfiltered),
        };
        out.text(0, &said)?;
    }
    if suggestions.is_empty() {
        return out.text(
            0,
            lang.pick(
                "Thử ít từ hơn, gõ không dấu, hoặc gõ số và năm (tt 33 2021). Tài liệu mới cần “danchieu index” trước.",
                "Try fewer words, leave out the marks, or type number and year (tt 33 2021). New documents need “danchieu index” first.",
            ),
        );
    }
    out.text(0, lang.pick("Có phải bạn muốn tìm:", "Did you mean:"))?;
    for suggestion in suggestions {
        out.text(2, suggestion)?;
    }
    Ok(())
}
