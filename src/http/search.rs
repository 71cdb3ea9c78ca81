//! The search page: a box, and what it finds as one types.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use serde::Deserialize;

use crate::base::{Base, Counts, Hit, HitKind, Hits};

use super::ask::{Params, ask, stretch};
use super::error::{self, Failure};
use super::frame::Frame;
use super::paging::Paging;

const PAGE: usize = 20;

#[derive(Debug, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    offset: Option<usize>,
    /// Only the list, for the script that replaces it while one types.
    fragment: Option<String>,
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
    paging: Paging,
}

impl SearchPage {
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
pub async fn page(State(base): State<Arc<Base>>, frame: Frame, Params(search): Params<Search>) -> error::Page {
    let query = search.q.trim().to_owned();
    let stretch = stretch(search.offset, None, PAGE);
    let asked = query.clone();
    let (counts, found) =
        ask(base, move |base| (base.counts(), (!asked.is_empty()).then(|| base.search(&asked, stretch)))).await?;
    let (hits, advice) = match found {
        None => (None, None),
        Some(Ok(hits)) => (Some(hits), None),
        Some(Err(error)) => (None, Some(error.message(frame.lang))),
    };
    let paging = Paging::new(stretch, hits.as_ref().map_or(0, |hits| hits.total));
    let page = SearchPage { frame, query, counts, hits, advice, paging };
    if search.fragment.is_some() {
        return Ok(Html(page.as_results().render().map_err(Failure::from)?));
    }
    error::page(&page)
}
