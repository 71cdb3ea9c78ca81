//! The page of a document: its text, with every citation a link.

use std::ops::Range;

use askama::Template;
use axum::extract::{Path, State};

use super::context::{Page, PageContext, render};
use super::highlighted_text::{Paragraph, paragraphs};
use crate::http::blocking::run_blocking;
use crate::http::error::HttpError;
use crate::http::extract::LibraryState;
use crate::http::links::path_segment;
use crate::law::Force;
use crate::library::{self, CitationView, DocumentView, Paging};

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    context: PageContext,
    view: DocumentView,
    heading: String,
    paragraphs: Vec<Paragraph>,
    /// The `id` of the instrument that this document is, where it has a number, and how many citations point at it.
    own: Option<(String, usize)>,
}

/// An instrument that is cited.
struct Target<'p> {
    /// The first of its citations.
    edge: &'p CitationView,
    /// Where its citations begin, as the anchors of the text say it.
    places: Vec<usize>,
}

impl DocumentPage {
    /// What is cited: each instrument once, with the places of its citations.
    fn targets(&self) -> Vec<Target<'_>> {
        let mut out: Vec<Target<'_>> = Vec::new();
        for (_, edge) in self.view.citations.iter().filter(|(_, edge)| edge.id.is_some()) {
            match out.iter_mut().find(|seen| seen.edge.id == edge.id) {
                Some(seen) => seen.places.push(edge.start),
                None => out.push(Target { edge, places: vec![edge.start] }),
            }
        }
        out
    }

    /// The address of the table of what it cites.
    fn table(&self, format: &str) -> String {
        let path = format!("/api/instruments/{}/tables/cites", path_segment(&self.view.id));
        self.context.at(&path, &[("format", format)])
    }

    fn unresolved(&self) -> Vec<&CitationView> {
        self.view.citations.iter().map(|(_, edge)| edge).filter(|edge| edge.id.is_none()).collect()
    }

    /// The states that occur, for the key to the underlines.
    fn states(&self) -> Vec<Force> {
        let occurs =
            |force: &Force| self.view.citations.iter().any(|(_, edge)| edge.id.is_some() && edge.force == *force);
        Force::ALL.into_iter().filter(occurs).collect()
    }

    fn edge(&self, at: &usize) -> &CitationView {
        &self.view.citations[*at].1
    }
}

/// `GET /documents/{id}`
pub(crate) async fn page(State(library): LibraryState, Path(id): Path<String>, context: PageContext) -> Page {
    let (view, own) = run_blocking(library, move |library| {
        let found = library.ask(|store, register| {
            let Some(view) = library::document(store, register, &id)? else {
                return Ok(Err(library::ids_named(store, register, &id)?));
            };
            let Some(key) = &view.key else { return Ok(Ok((view, None))) };
            let own = key.id_in(view.header.locality.as_ref()).to_string();
            let cited = library::citations_to(store, register, &own, Paging { offset: 0, limit: 1 })?.total;
            Ok(Ok((view, Some((own, cited)))))
        });
        found?.map_err(|near| HttpError::unknown_name(&id, near))
    })
    .await?;
    let marks: Vec<Range<usize>> = view.citations.iter().map(|(range, _)| range.clone()).collect();
    let paragraphs = paragraphs(&view.text, &marks);
    let heading = view.header.title.clone().unwrap_or_else(|| view.path.clone());
    render(&DocumentPage { context, view, heading, paragraphs, own })
}
