//! The page of what to load next: what the library cites and does not hold.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::library::{Gap, Gaps, Library};

use crate::http::error;
use crate::http::extract::ask;
use crate::http::pages::context::Frame;

/// How many instruments of each sort.
const LIMIT: usize = 50;

#[derive(Template)]
#[template(path = "gaps.html")]
struct ToLoadPage {
    frame: Frame,
    missing: Gaps,
    /// Whether there is no document that could cite anything.
    empty: bool,
}

impl ToLoadPage {
    /// Both lists, each with whether it is the row that lacks.
    fn lists(&self) -> [(&[Gap], bool); 2] {
        [(&self.missing.without_row, true), (&self.missing.without_text, false)]
    }

    fn csv(&self) -> String {
        self.frame.at("/api/to-load", &[("format", "csv")])
    }
}

/// `GET /to-load`
pub async fn page(State(library): State<Arc<Library>>, frame: Frame) -> error::Page {
    let (missing, documents) = ask(library, |library| (library.missing(LIMIT), library.counts().documents)).await?;
    error::page(&ToLoadPage { frame, missing, empty: documents == 0 })
}
