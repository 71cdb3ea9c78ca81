//! The search page: a box, and what it finds as one types.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use utoipa::ToSchema;

use crate::library::{Counts, Facet, FacetValue, Hit, HitKind, Hits, Library, Order};
use crate::report::words;

use crate::http::error::{self, Failure};
use crate::http::extract::{Params, ask, choice, stretch};
use crate::http::pages::context::Frame;
use crate::http::pages::paging::Pagination;

const PAGE: usize = 20;
/// How many values of a facet stand open.
const SHOWN: usize = 6;

/// What one may write into the box, each with what it finds, in both languages.
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
pub struct Search {
    #[serde(default)]
    q: String,
    offset: Option<String>,
    sort: Option<String>,
    /// Only the list, for the script that replaces it while one types.
    fragment: Option<String>,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Sort {
    Relevance,
    Date,
    Cited,
}

impl Sort {
    /// # Errors
    /// A word that is no order.
    pub fn parse(written: Option<&str>) -> Result<Sort, Failure> {
        choice("sort", written, &Sort::ALL.map(|(sort, name, ..)| (name, sort)))
    }

    pub fn order(self) -> Order {
        match self {
            Sort::Relevance => Order::Relevance,
            Sort::Date => Order::Date,
            Sort::Cited => Order::Cited,
        }
    }

    /// Each with its name in addresses, and in both languages.
    const ALL: [(Sort, &'static str, &'static str, &'static str); 3] = [
        (Sort::Relevance, "relevance", "sát câu hỏi", "relevance"),
        (Sort::Date, "date", "mới nhất", "newest"),
        (Sort::Cited, "cited", "được dẫn chiếu nhiều", "most cited"),
    ];
}

#[derive(Template)]
#[template(path = "search.html", blocks = ["results"])]
struct SearchPage {
    frame: Frame,
    query: String,
    counts: Counts,
    /// `None` where nothing was asked.
    hits: Option<Hits>,
    /// Why nothing could be looked up.
    advice: Option<String>,
    paging: Pagination,
    sort: Sort,
}

impl SearchPage {
    /// The query narrowed down to a value.
    fn narrowed(&self, value: &FacetValue) -> String {
        self.frame.anew("q", &format!("{} {}", self.query, value.query))
    }

    /// Where the query is narrowed down to a value already: the query without it.
    fn widened(&self, value: &FacetValue) -> Option<String> {
        let at = self.query.match_indices(&value.query).map(|(at, _)| at).find(|at| {
            let (before, after) = (&self.query[..*at], &self.query[at + value.query.len()..]);
            before.chars().next_back().is_none_or(char::is_whitespace)
                && after.chars().next().is_none_or(char::is_whitespace)
        })?;
        let rest = [self.query[..at].trim_end(), self.query[at + value.query.len()..].trim_start()].join(" ");
        Some(self.frame.anew("q", rest.trim()))
    }

    /// The values of a facet that are shown at once, and the others.
    fn parts<'f>(&self, facet: &'f Facet) -> [&'f [FacetValue]; 2] {
        facet.values.split_at(facet.values.len().min(SHOWN)).into()
    }

    fn facet(&self, field: &str) -> &'static str {
        words::facet(field, self.frame.lang)
    }

    fn value(&self, field: &str, value: &FacetValue) -> String {
        words::facet_value(field, &value.value, self.frame.lang)
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
pub async fn page(
    State(library): State<Arc<Library>>,
    frame: Frame,
    Params(search): Params<Search>,
) -> Result<Response, Failure> {
    let query = search.q.trim().to_owned();
    let stretch = stretch(search.offset.as_deref(), None, PAGE)?;
    let sort = Sort::parse(search.sort.as_deref())?;
    let (asked, order) = (query.clone(), sort.order());
    let (counts, found) = ask(library, move |library| {
        (library.counts(), (!asked.is_empty()).then(|| library.search_by(&asked, stretch, order, true)))
    })
    .await?;
    let (hits, advice) = match found {
        None => (None, None),
        Some(Ok(hits)) => (Some(hits), None),
        Some(Err(error)) => (None, Some(frame.sentence(&error.message(frame.lang)))),
    };
    let paging = Pagination::new(stretch, hits.as_ref().map_or(0, |hits| hits.total));
    if let Some(last) = paging.past_end().filter(|_| hits.is_some() && search.fragment.is_none()) {
        return Ok(Redirect::to(&frame.with("offset", last)).into_response());
    }
    let page = SearchPage { frame, query, counts, hits, advice, paging, sort };
    if search.fragment.is_some() {
        return Ok(Html(page.as_results().render().map_err(Failure::from)?).into_response());
    }
    Ok(error::page(&page)?.into_response())
}
