//! The search page: a box, and what it finds as one types.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::context::{PageContext, render};
use super::paging::Pagination;
use crate::http::blocking::run_blocking;
use crate::http::error::HttpError;
use crate::http::extract::{LibraryState, Params, page_params};
use crate::http::messages;
use crate::http::search_order::SearchOrder;
use crate::library::{self, Counts, Facet, FacetValue, Hit, HitKind, Hits, LibraryError, SearchRequest};
use crate::report::glossary;
use crate::text::Message;

/// Hits on one page.
const PAGE: usize = 20;
/// How many values of a facet are shown at once.
const SHOWN: usize = 6;

/// What one may write into the box, each with what it finds, in Vietnamese and English.
const HELP: [(&str, &str, &str); 8] = [
    ("33/2021/TT-BGDĐT", "số, ký hiệu; viết tắt cũng được: tt 33 2021", "a number; short is enough: tt 33 2021"),
    ("\"dạy thêm, học thêm\"", "đúng cụm từ, đúng thứ tự", "these words together, in this order"),
    ("xóa mù chữ -tiểu học", "bỏ những kết quả có từ đứng sau dấu trừ", "without the word after the minus"),
    ("khuyến học OR khuyến tài", "có một trong hai", "either of the two"),
    ("dạy thêm loai:thông-tư nam:2020..2024", "chỉ một loại văn bản, trong những năm ấy", "one kind, in these years"),
    ("xóa mù chữ coquan:BGDĐT", "chỉ một cơ quan ban hành", "one issuer"),
    ("dạy thêm hieuluc:con", "chỉ văn bản còn hiệu lực", "only what is in force"),
    ("dan:33/2021/TT-BGDĐT", "tài liệu có dẫn chiếu văn bản này", "documents that cite it"),
];

#[derive(Debug, Deserialize)]
pub(crate) struct SearchParams {
    #[serde(default)]
    q: String,
    offset: Option<String>,
    sort: Option<String>,
    /// Given where only the list is wanted, for the script that replaces it while one types.
    fragment: Option<String>,
}

#[derive(Template)]
#[template(path = "search.html", blocks = ["results"])]
struct SearchPage {
    context: PageContext,
    query: String,
    counts: Counts,
    /// `None` where nothing was asked.
    hits: Option<Hits>,
    /// Why nothing could be looked up.
    advice: Option<Message>,
    paging: Pagination,
    sort: SearchOrder,
}

impl SearchPage {
    /// This page with the query narrowed down to a value.
    fn narrowed(&self, value: &FacetValue) -> String {
        self.context.with_changed("q", &format!("{} {}", self.query, value.query))
    }

    /// Where the query has a value already, this page without it.
    fn widened(&self, value: &FacetValue) -> Option<String> {
        let at = self.query.match_indices(&value.query).map(|(at, _)| at).find(|at| {
            let (before, after) = (&self.query[..*at], &self.query[at + value.query.len()..]);
            before.chars().next_back().is_none_or(char::is_whitespace)
                && after.chars().next().is_none_or(char::is_whitespace)
        })?;
        let rest = [self.query[..at].trim_end(), self.query[at + value.query.len()..].trim_start()].join(" ");
        Some(self.context.with_changed("q", rest.trim()))
    }

    /// The values of a facet that are shown at once, and the others.
    fn parts<'f>(&self, facet: &'f Facet) -> [&'f [FacetValue]; 2] {
        facet.values.split_at(facet.values.len().min(SHOWN)).into()
    }

    fn facet(&self, field: &str) -> &'static str {
        glossary::facet(field, self.context.lang)
    }

    fn value(&self, field: &str, value: &FacetValue) -> String {
        glossary::facet_value(field, &value.value, self.context.lang)
    }

    /// The snippet in pieces, each with whether it is to be highlighted.
    fn pieces<'h>(&self, hit: &'h Hit) -> Vec<(&'h str, bool)> {
        let mut out = Vec::new();
        let mut at = 0;
        for range in &hit.highlights {
            let (Some(before), Some(marked)) = (hit.snippet.get(at..range.start), hit.snippet.get(range.clone()))
            else {
                continue;
            };
            out.push((before, false));
            out.push((marked, true));
            at = range.end;
        }
        out.push((&hit.snippet[at..], false));
        out
    }
}

/// `GET /`
pub(crate) async fn page(
    State(library): LibraryState,
    context: PageContext,
    Params(params): Params<SearchParams>,
) -> Result<Response, HttpError> {
    let query = params.q.trim().to_owned();
    let page = page_params(params.offset.as_deref(), None, PAGE)?;
    let sort = SearchOrder::parse(params.sort.as_deref())?;
    let searched = query.clone();
    let (counts, found) = run_blocking(library, move |library| {
        let counts = library.ask(|store, _| library::counts(store))?;
        if searched.is_empty() {
            return Ok((counts, None));
        }
        let request = SearchRequest { query: &searched, page, order: sort.in_library(), facets: true };
        match library.ask(|store, register| library::search(store, register, library.forces(), &request)) {
            Ok(hits) => Ok((counts, Some(Ok(hits)))),
            // The page says what is wrong with a query; it has a box to correct it in.
            Err(error @ (LibraryError::EmptyQuery | LibraryError::Query(_))) => {
                Ok((counts, Some(Err(messages::of_library(&error)))))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    let (hits, advice) = match found {
        None => (None, None),
        Some(Ok(hits)) => (Some(hits), None),
        Some(Err(advice)) => (None, Some(advice)),
    };
    let paging = Pagination::new(page, hits.as_ref().map_or(0, |hits| hits.total));
    if let Some(last) = paging.past_end().filter(|_| hits.is_some() && params.fragment.is_none()) {
        return Ok(Redirect::to(&context.with("offset", last)).into_response());
    }
    let page = SearchPage { context, query, counts, hits, advice, paging, sort };
    if params.fragment.is_some() {
        return Ok(Html(page.as_results().render()?).into_response());
    }
    Ok(render(&page)?.into_response())
}
