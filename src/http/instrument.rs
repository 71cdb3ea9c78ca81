//! The page of one instrument: what it is, whether it binds on a day, what it cites, who cites it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::base::{Base, Edge, Edges, InstrumentView, Page, RelationView};
use crate::law::{Date, Treatment};
use crate::report::svg;

use super::ask::{Params, ask, day, stretch};
use super::error::{self, Failure};
use super::frame::Frame;
use super::paging::Paging;

/// Citing sentences on one page.
const PAGE: usize = 25;
/// What the instrument itself cites is short enough to stand on one page; what is longer is told.
const CITES: Page = Page { offset: 0, limit: 300 };
/// Nodes of the drawing.
const NODES: usize = 40;

#[derive(Debug, Deserialize)]
pub struct Asked {
    as_of: Option<String>,
    offset: Option<usize>,
}

#[derive(Template)]
#[template(path = "instrument.html")]
struct InstrumentPage {
    frame: Frame,
    view: InstrumentView,
    today: Date,
    heading: String,
    cites: Edges,
    cited_by: Edges,
    paging: Paging,
    /// The neighbourhood as SVG markup of our own making.
    drawing: Option<String>,
}

impl InstrumentPage {
    /// What it rests on, apart from what it merely mentions. The same instrument is listed once.
    fn cited(&self, basis: &bool) -> Vec<&Edge> {
        let mut seen = std::collections::HashSet::new();
        let edges = self.cites.edges.iter().filter(|edge| (edge.treatment == Treatment::Basis) == *basis);
        edges.filter(|edge| edge.id.as_ref().is_none_or(|id| seen.insert(id.clone()))).collect()
    }

    /// Whether any act treats it or is treated by it.
    fn has_relations(&self) -> bool {
        !self.view.acts_on.is_empty() || !self.view.acted_on_by.is_empty()
    }

    /// Both directions, each with whether this instrument is the one that acts.
    fn relations(&self) -> Vec<(bool, &RelationView)> {
        let by = self.view.acted_on_by.iter().map(|relation| (false, relation));
        by.chain(self.view.acts_on.iter().map(|relation| (true, relation))).collect()
    }
}

/// `GET /instruments/{id}`
pub async fn page(
    State(base): State<Arc<Base>>,
    Path(id): Path<String>,
    frame: Frame,
    Params(asked): Params<Asked>,
) -> Result<Response, Failure> {
    let today = day(None)?;
    let as_of = day(asked.as_of.as_deref())?;
    let stretch = stretch(asked.offset, None, PAGE);
    let wanted = id.clone();
    let lang = frame.lang;
    let linking = frame.clone();
    let found = ask(base, move |base| {
        let Some(view) = base.instrument(&wanted, as_of) else { return Err(base.find(&wanted)) };
        let link = |node: &crate::base::GraphNode| linking.page_of(&node.kind, &node.id);
        let drawing = base
            .neighbourhood(&view.id, NODES)
            .filter(|graph| graph.nodes.len() > 1)
            .map(|graph| svg::draw_linked(&graph, lang, &link));
        Ok((base.cites(&view.id, CITES), base.cited_by(&view.id, stretch), drawing, view))
    })
    .await?;
    let (cites, cited_by, drawing, view) = match found {
        Ok(found) => found,
        // A number typed into the address leads to its instrument.
        Err(ids) if ids.len() == 1 && ids[0] != id => {
            return Ok(Redirect::to(&frame.instrument(&ids[0])).into_response());
        }
        Err(ids) => return Err(Failure::unknown(&id, ids)),
    };
    let heading = view
        .number
        .clone()
        .or_else(|| view.facts.as_ref().map(|facts| facts.title.clone()))
        .unwrap_or_else(|| view.id.clone());
    let paging = Paging::new(stretch, cited_by.total);
    let page = InstrumentPage { frame, view, today, heading, cites, cited_by, paging, drawing };
    Ok(error::page(&page)?.into_response())
}
