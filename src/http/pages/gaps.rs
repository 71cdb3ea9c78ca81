//! The page of what to load next: instruments that the library cites and does not have.

use askama::Template;
use axum::extract::State;

use super::context::{Page, PageContext, render};
use crate::http::blocking::ask;
use crate::http::extract::LibraryState;
use crate::library::{self, Gap, Gaps};

/// How many instruments of each list.
const LIMIT: usize = 50;

#[derive(Template)]
#[template(path = "gaps.html")]
struct GapsPage {
    context: PageContext,
    gaps: Gaps,
    /// Whether there is no document that could cite anything.
    empty: bool,
}

impl GapsPage {
    /// Both lists, each with whether its instruments have no row in the register.
    fn lists(&self) -> [(&[Gap], bool); 2] {
        [(&self.gaps.without_row, true), (&self.gaps.without_text, false)]
    }

    fn csv(&self) -> String {
        self.context.at("/api/to-load", &[("format", "csv")])
    }
}

/// `GET /to-load`
pub(crate) async fn page(State(library): LibraryState, context: PageContext) -> Page {
    let question =
        ask(library, |store, register| Ok((library::gaps(store, register, LIMIT)?, library::counts(store)?.documents)));
    let (gaps, documents) = question.await?;
    render(&GapsPage { context, gaps, empty: documents == 0 })
}
