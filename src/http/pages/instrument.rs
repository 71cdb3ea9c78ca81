//! The page of one instrument: what it is, whether it binds on a day, what became of it, what it cites, who cites it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::context::{PageContext, render};
use super::paging::Pagination;
use crate::http::blocking::run_blocking;
use crate::http::error::{HttpError, resolved_id};
use crate::http::extract::{LibraryState, Params, citation_filter, date, page_params};
use crate::http::links::path_segment;
use crate::law::{Date, Treatment};
use crate::library::{
    self, CitationFilter, CitationView, Citations, CitedBy, GraphNode, InstrumentView, KindCount, LibraryError,
    LineageEntry, Paging, Ranked, RelationView, TimelineEvent,
};
use crate::register::Register;
use crate::report::glossary;
use crate::report::graph::{chart, svg};
use crate::store::Store;

/// Citing sentences on one page.
const PAGE: usize = 25;
/// What the instrument itself cites fits on one page; where it does not, the page says so.
const CITES: Paging = Paging { offset: 0, limit: 300 };
/// How many nodes the drawing of one step has at most, and that of two.
const NODES: [usize; 2] = [26, 48];
/// How many instruments cited together are listed.
const TOGETHER: usize = 10;
/// How many events or relations are shown at once; a code of law is amended hundreds of times.
const OPEN: usize = 12;

#[derive(Debug, Deserialize)]
pub(crate) struct InstrumentParams {
    as_of: Option<String>,
    offset: Option<String>,
    kind: Option<String>,
    treatment: Option<String>,
    year: Option<String>,
    depth: Option<String>,
}

#[derive(Template)]
#[template(path = "instrument.html")]
struct InstrumentPage {
    context: PageContext,
    view: InstrumentView,
    today: Date,
    heading: String,
    events: Vec<TimelineEvent>,
    lineage: Vec<LineageEntry>,
    cites: Citations,
    citing: CitedBy,
    filter: CitationFilter,
    together: Vec<Ranked>,
    paging: Pagination,
    /// The neighbourhood as SVG, which this program made.
    drawing: Option<String>,
    depth: usize,
    /// Citing documents per year, likewise.
    chart: Option<String>,
}

/// A part of what the instrument cites.
struct Cited<'p> {
    anchor: &'static str,
    title: &'p str,
    edges: Vec<&'p CitationView>,
}

impl InstrumentPage {
    /// What it rests on, what it acts on, and what it merely mentions. Each part lists an instrument once.
    fn cited(&self) -> Vec<Cited<'_>> {
        let part = |anchor, title, fits: &dyn Fn(Treatment) -> bool| {
            let mut seen = std::collections::HashSet::new();
            let edges = self.cites.edges.iter().filter(|edge| fits(edge.treatment));
            let edges = edges.filter(|edge| edge.id.as_ref().is_none_or(|id| seen.insert(id.clone())));
            Cited { anchor, title, edges: edges.collect() }
        };
        let t = |vi, en| self.context.t(vi, en);
        let parts = [
            part("basis", t("Căn cứ ban hành", "Rests on"), &|one| one == Treatment::Basis),
            part("acts-on", t("Sửa đổi, thay thế, bãi bỏ", "Amends, replaces, repeals"), &|one| one.acts()),
            part("cites", t("Dẫn chiếu khác trong văn bản", "Other citations in its text"), &|one| {
                one != Treatment::Basis && !one.acts()
            }),
        ];
        parts.into_iter().filter(|part| !part.edges.is_empty()).collect()
    }

    /// The relations of both directions, each with whether this instrument is the one that acts: the first few, and the
    /// others.
    fn relations(&self) -> [Vec<(bool, &RelationView)>; 2] {
        let by = self.view.acted_on_by.iter().map(|relation| (false, relation));
        let mut all: Vec<_> = by.chain(self.view.acts_on.iter().map(|relation| (true, relation))).collect();
        let rest = all.split_off(all.len().min(OPEN));
        [all, rest]
    }

    /// The first few events, and the others.
    fn timeline(&self) -> [&[TimelineEvent]; 2] {
        self.events.split_at(self.events.len().min(OPEN)).into()
    }

    /// Whether the row above is of the same document, so that its title need not be repeated.
    fn is_again(&self, edges: &[CitationView], at: &usize) -> bool {
        *at > 0 && edges[*at - 1].path == edges[*at].path
    }

    fn event(&self, event: &TimelineEvent) -> &'static str {
        glossary::event(event.event, self.context.lang)
    }

    fn before(&self) -> Vec<&LineageEntry> {
        self.lineage.iter().filter(|entry| entry.steps < 0).collect()
    }

    fn after(&self) -> Vec<&LineageEntry> {
        self.lineage.iter().filter(|entry| entry.steps > 0).collect()
    }

    /// The treatments that occur among the citations of this instrument, in the order of the law floor.
    fn treatments(&self) -> Vec<Treatment> {
        let occurs = |one: &Treatment| {
            self.citing.kinds.iter().any(|kind| kind.treatments.iter().any(|count| count.treatment == *one))
        };
        Treatment::ALL.into_iter().filter(occurs).collect()
    }

    fn count_of(&self, kind: &KindCount, treatment: &Treatment) -> usize {
        kind.treatments.iter().find(|count| count.treatment == *treatment).map_or(0, |count| count.citations)
    }

    /// This page with only the citations of one kind, treatment or year.
    fn filter_by(&self, kind: Option<&str>, treatment: Option<&Treatment>, year: Option<i16>) -> String {
        let year = year.map(|year| year.to_string());
        let kind = kind.map(|kind| if kind.is_empty() { "none" } else { kind });
        let parts = [("kind", kind), ("treatment", treatment.map(|one| one.as_str())), ("year", year.as_deref())];
        let mut query: Vec<(&str, &str)> = parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let as_of = self.view.as_of.to_string();
        if self.view.as_of != self.today {
            query.push(("as_of", &as_of));
        }
        self.context.at(&format!("/instruments/{}#cited-by", path_segment(&self.view.id)), &query)
    }

    fn filter_year(&self, year: &i16) -> String {
        self.filter_by(None, None, Some(*year))
    }

    fn filter_kind(&self, kind: &str, year: &Option<i16>) -> String {
        self.filter_by(Some(kind), None, *year)
    }

    fn filter_both(&self, kind: &str, treatment: &Treatment) -> String {
        self.filter_by(Some(kind), Some(treatment), self.filter.year)
    }

    /// Whether it is after the day of the page.
    fn is_later(&self, event: &TimelineEvent) -> bool {
        event.date > self.view.as_of
    }

    /// The filters that are set, in words, each with the address that takes it away.
    fn filters(&self) -> Vec<(String, String)> {
        let kind = self.filter.kind.as_deref().map(|kind| (self.context.kind(kind).to_owned(), "kind"));
        let treatment = self.filter.treatment.map(|one| (self.context.treatment(&one).to_owned(), "treatment"));
        let year = self.filter.year.map(|year| (format!("{} {year}", self.context.t("năm", "year")), "year"));
        let set = [kind, treatment, year].into_iter().flatten();
        set.map(|(words, name)| (words, format!("{}#cited-by", self.context.without(name)))).collect()
    }

    /// The permanent link of a section, beside its heading. Both arguments are words of this program.
    fn anchor(&self, anchor: &str, title: &str) -> String {
        let link = self.context.t("Liên kết đến mục", "Link to section");
        format!(r##"<a class="anchor" href="#{anchor}" aria-label="{link} “{title}”">#</a>"##)
    }

    /// The heading of a section with its permanent link, and its table as files.
    fn head(&self, anchor: &str, title: &str, table: &str) -> String {
        let heading = format!(r#"<h2 id="{anchor}">{title}</h2> {}"#, self.anchor(anchor, title));
        let files = if table.is_empty() { String::new() } else { self.files(table, title) };
        format!(r#"<div class="titled">{heading}{files}</div>"#)
    }

    /// Links to a table as CSV and as JSON, as of the day of the page and with its filters.
    fn files(&self, table: &str, title: &str) -> String {
        let path = format!("/api/instruments/{}/tables/{table}", path_segment(&self.view.id));
        let as_of = self.view.as_of.to_string();
        let year = self.filter.year.map(|year| year.to_string());
        let mut query = vec![];
        if self.view.as_of != self.today {
            query.push(("as_of", as_of.as_str()));
        }
        if table == "cited-by" {
            let kind = self.filter.kind.as_deref().map(|kind| if kind.is_empty() { "none" } else { kind });
            let treatment = self.filter.treatment.map(|one| one.as_str());
            let parts = [("kind", kind), ("treatment", treatment), ("year", year.as_deref())];
            query.extend(parts.into_iter().filter_map(|(name, value)| Some((name, value?))));
        }
        let json = escaped(&self.context.at(&path, &query));
        query.push(("format", "csv"));
        let csv = escaped(&self.context.at(&path, &query));
        format!(
            r##"<span class="take"><a href="{csv}" download aria-label="CSV: {title}">CSV</a> <a href="{json}" aria-label="JSON: {title}">JSON</a></span>"##
        )
    }

    /// The address of a table as a file.
    fn table(&self, table: &str, format: &str) -> String {
        self.context
            .at(&format!("/api/instruments/{}/tables/{table}", path_segment(&self.view.id)), &[("format", format)])
    }

    fn pin(&self, pin: &str) -> String {
        self.context.pinpoints(&[pin.to_owned()])
    }

    /// The permanent address of the page: with the day, where one was chosen.
    fn permalink(&self) -> String {
        let path = format!("/instruments/{}", path_segment(&self.view.id));
        if self.view.as_of == self.today { path } else { format!("{path}?as_of={}", self.view.as_of) }
    }
}

fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('"', "&quot;")
}

/// What the page asks the knowledge base.
struct Question {
    as_of: Date,
    filter: CitationFilter,
    page: Paging,
    depth: usize,
    context: PageContext,
}

/// What the knowledge base answers.
struct Answer {
    view: InstrumentView,
    cites: Citations,
    citing: CitedBy,
    lineage: Vec<LineageEntry>,
    together: Vec<Ranked>,
    drawing: Option<String>,
}

impl Question {
    /// The answer about the instrument with this id; none where there is no such instrument.
    fn answer(&self, store: &Store, register: &Register, id: &str) -> Result<Option<Answer>, LibraryError> {
        let Some(view) = library::instrument(store, register, id, self.as_of)? else { return Ok(None) };
        let link = |node: &GraphNode| self.context.page_of(&node.kind, &node.id);
        let drawing = library::graph(store, register, &view.id, self.depth, NODES[self.depth - 1])?
            .filter(|graph| graph.nodes.len() > 1)
            .map(|graph| svg::draw_linked(&graph, self.context.lang, &link));
        Ok(Some(Answer {
            cites: library::citations_of(store, register, &view.id, CITES)?,
            citing: library::cited_by(store, register, &view.id, &self.filter, self.page)?,
            lineage: library::lineage(store, register, &view.id, self.as_of)?,
            together: library::cited_together(store, register, &view.id, TOGETHER)?,
            view,
            drawing,
        }))
    }
}

/// `GET /instruments/{id}`
pub(crate) async fn page(
    State(library): LibraryState,
    Path(id): Path<String>,
    context: PageContext,
    Params(params): Params<InstrumentParams>,
) -> Result<Response, HttpError> {
    let today = date(None)?;
    let as_of = date(params.as_of.as_deref())?;
    let filter = citation_filter(params.kind, params.treatment, params.year)?;
    let depth = if params.depth.as_deref() == Some("2") { 2 } else { 1 };
    let page = page_params(params.offset.as_deref(), None, PAGE)?;
    let question = Question { as_of, filter: filter.clone(), page, depth, context: context.clone() };
    let answer = run_blocking(library, move |library| {
        if let Some(answer) = library.ask(|store, register| question.answer(store, register, &id))? {
            return Ok(Ok(answer));
        }
        // A number typed into the address leads to its instrument.
        let resolved = library.ask(|store, register| library::resolve_name(store, register, &id))?;
        match resolved_id(&id, resolved)? {
            same if same == id => Err(HttpError::unknown_name(&id, Vec::new())),
            other => Ok(Err(other)),
        }
    });
    let Answer { view, cites, citing, lineage, together, drawing } = match answer.await? {
        Ok(answer) => answer,
        Err(other) => return Ok(Redirect::to(&context.instrument(&other)).into_response()),
    };
    let paging = Pagination::new(page, citing.matching).anchored("#cited-by");
    if let Some(last) = paging.past_end() {
        return Ok(Redirect::to(&context.with("offset", last)).into_response());
    }
    let heading = heading(&view);
    let (events, chart) = (view.timeline(), chart::years(&citing.years, context.lang));
    let page = InstrumentPage {
        context,
        view,
        today,
        heading,
        events,
        lineage,
        cites,
        citing,
        filter,
        together,
        paging,
        drawing,
        depth,
        chart,
    };
    Ok(render(&page)?.into_response())
}

/// The number of an instrument, else its title, else its id.
fn heading(view: &InstrumentView) -> String {
    let title = || view.facts.as_ref().map(|facts| facts.title.clone());
    view.number.clone().or_else(title).unwrap_or_else(|| view.id.clone())
}
