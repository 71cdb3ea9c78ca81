//! The list of the library's documents, and the page of one: its text with every citation a link.

use std::ops::Range;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::law::Force;
use crate::library::{CitationView, DocumentView, Hits, Library, Paging};

use crate::http::error::{self, Failure};
use crate::http::extract::{Params, ask, stretch};
use crate::http::pages::context::{Frame, segment};
use crate::http::pages::highlighted_text::{Paragraph, paragraphs};
use crate::http::pages::paging::Pagination;

const PAGE: usize = 50;

#[derive(Debug, Deserialize)]
pub struct Asked {
    offset: Option<String>,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct ListPage {
    frame: Frame,
    documents: Hits,
    paging: Pagination,
}

/// `GET /documents`
pub async fn list(
    State(library): State<Arc<Library>>,
    frame: Frame,
    Params(asked): Params<Asked>,
) -> Result<Response, Failure> {
    let stretch = stretch(asked.offset.as_deref(), None, PAGE)?;
    let documents = ask(library, move |library| library.documents(stretch)).await?;
    let paging = Pagination::new(stretch, documents.total);
    if let Some(last) = paging.past_end() {
        return Ok(Redirect::to(&frame.with("offset", last)).into_response());
    }
    Ok(error::page(&ListPage { frame, documents, paging })?.into_response())
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    view: DocumentView,
    heading: String,
    paragraphs: Vec<Paragraph>,
    /// The `id` of the instrument that this document is, where it bears a number, and how many citations point at it.
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
    /// What is cited, each instrument once with the places where it is.
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

    /// The address of what it cites in a form.
    fn table(&self, format: &str) -> String {
        let path = format!("/api/instruments/{}/tables/cites", segment(&self.view.id));
        self.frame.at(&path, &[("format", format)])
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

    fn edge(&self, mark: &usize) -> &CitationView {
        &self.view.citations[*mark].1
    }
}

/// `GET /documents/{id}`
pub async fn page(State(library): State<Arc<Library>>, Path(id): Path<String>, frame: Frame) -> error::Page {
    let wanted = id.clone();
    let found = ask(library, move |library| {
        let Some(view) = library.document(&wanted) else { return Err(library.find(&wanted)) };
        let own = view.key.as_ref().map(|key| key.id_in(view.header.locality.as_ref()).to_string());
        let own = own.map(|id| {
            let cited = library.cited_by(&id, Paging { offset: 0, limit: 1 }).total;
            (id, cited)
        });
        Ok((view, own))
    })
    .await?;
    let (view, own) = found.map_err(|ids| Failure::unknown(&id, ids))?;
    let marks: Vec<Range<usize>> = view.citations.iter().map(|(range, _)| range.clone()).collect();
    let paragraphs = paragraphs(&view.text, &marks);
    let heading = view.header.title.clone().unwrap_or_else(|| view.path.clone());
    error::page(&DocumentPage { frame, view, heading, paragraphs, own })
}
