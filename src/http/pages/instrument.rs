//! The page of one instrument: what it is, whether it binds on a day, what became of it, what it cites, who cites it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::law::{Date, Treatment};
use crate::library::{
    CitationFilter, CitationView, Citations, CitedBy, InstrumentView, Library, LineageEntry, Paging, Ranked,
    RelationView, TimelineEvent,
};
use crate::report::{chart, svg};

use crate::http::api::tables;
use crate::http::error::{self, Failure};
use crate::http::extract::{Params, ask, day, stretch};
use crate::http::pages::context::{Frame, segment};
use crate::http::pages::paging::Pagination;

/// Citing sentences on one page.
const PAGE: usize = 25;
/// What the instrument itself cites is short enough to stand on one page; what is longer is told.
const CITES: Paging = Paging { offset: 0, limit: 300 };
/// Nodes of the drawing of one step, and of two.
const NODES: [usize; 2] = [26, 48];
/// How many of what is cited together.
const TOGETHER: usize = 10;
/// How many moments or relations stand open; a code of law is amended hundreds of times.
const OPEN: usize = 12;

#[derive(Debug, Deserialize)]
pub struct Asked {
    as_of: Option<String>,
    offset: Option<String>,
    kind: Option<String>,
    treatment: Option<String>,
    year: Option<String>,
    depth: Option<String>,
}

/// Which citations are asked for.
///
/// # Errors
/// A treatment or a year that is none, named.
pub fn sieve(kind: Option<String>, treatment: Option<String>, year: Option<String>) -> Result<CitationFilter, Failure> {
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let treatment = given(treatment).map(|name| {
        Treatment::parse(&name).ok_or_else(|| {
            let all: Vec<&str> = Treatment::ALL.iter().map(|one| one.as_str()).collect();
            let all = all.join(", ");
            Failure::bad_request(
                format!("Không có quan hệ “{name}”; có: {all}."),
                format!("There is no treatment “{name}”; there are: {all}."),
            )
        })
    });
    let year = given(year).map(|text| {
        text.parse::<i16>().ok().filter(|year| (1..=9999).contains(year)).ok_or_else(|| {
            Failure::bad_request(
                format!("“{text}” không phải là năm; viết ví dụ 2024."),
                format!("“{text}” is not a year; write for example 2024."),
            )
        })
    });
    let kind = given(kind).map(|kind| if kind == "none" { String::new() } else { kind });
    Ok(CitationFilter { kind, treatment: treatment.transpose()?, year: year.transpose()? })
}

#[derive(Template)]
#[template(path = "instrument.html")]
struct InstrumentPage {
    frame: Frame,
    view: InstrumentView,
    today: Date,
    heading: String,
    moments: Vec<TimelineEvent>,
    line: Vec<LineageEntry>,
    cites: Citations,
    citing: CitedBy,
    sieve: CitationFilter,
    together: Vec<Ranked>,
    paging: Pagination,
    /// The neighbourhood as SVG markup of our own making.
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
    /// What it rests on, what it does something to, what it merely mentions. In each the same instrument is listed once.
    fn cited(&self) -> Vec<Cited<'_>> {
        let part = |anchor, title, fits: &dyn Fn(Treatment) -> bool| {
            let mut seen = std::collections::HashSet::new();
            let edges = self.cites.edges.iter().filter(|edge| fits(edge.treatment));
            let edges = edges.filter(|edge| edge.id.as_ref().is_none_or(|id| seen.insert(id.clone())));
            Cited { anchor, title, edges: edges.collect() }
        };
        let t = |vi, en| self.frame.t(vi, en);
        let parts = [
            part("basis", t("Căn cứ ban hành", "Rests on"), &|one| one == Treatment::Basis),
            part("acts-on", t("Sửa đổi, thay thế, bãi bỏ", "Amends, replaces, repeals"), &|one| one.acts()),
            part("cites", t("Dẫn chiếu khác trong văn bản", "Other citations in its text"), &|one| {
                one != Treatment::Basis && !one.acts()
            }),
        ];
        parts.into_iter().filter(|part| !part.edges.is_empty()).collect()
    }

    /// Both directions, each with whether this instrument is the one that acts; the first few, and the others.
    fn relations(&self) -> [Vec<(bool, &RelationView)>; 2] {
        let by = self.view.acted_on_by.iter().map(|relation| (false, relation));
        let mut all: Vec<_> = by.chain(self.view.acts_on.iter().map(|relation| (true, relation))).collect();
        let rest = all.split_off(all.len().min(OPEN));
        [all, rest]
    }

    /// The first few moments, and the others.
    fn timeline(&self) -> [&[TimelineEvent]; 2] {
        self.moments.split_at(self.moments.len().min(OPEN)).into()
    }

    /// Whether the row above is of the same document: its title need not be read twice.
    fn is_again(&self, edges: &[CitationView], at: &usize) -> bool {
        *at > 0 && edges[*at - 1].path == edges[*at].path
    }

    fn event(&self, moment: &TimelineEvent) -> &'static str {
        tables::event(moment.event, &self.frame)
    }

    fn before(&self) -> Vec<&LineageEntry> {
        self.line.iter().filter(|kin| kin.steps < 0).collect()
    }

    fn after(&self) -> Vec<&LineageEntry> {
        self.line.iter().filter(|kin| kin.steps > 0).collect()
    }

    /// The treatments that occur among those who cite, in their order.
    fn treatments(&self) -> Vec<Treatment> {
        let occurs = |one: &Treatment| {
            self.citing.kinds.iter().any(|kind| kind.treatments.iter().any(|count| count.treatment == *one))
        };
        Treatment::ALL.into_iter().filter(occurs).collect()
    }

    fn count_of(&self, kind: &crate::library::KindCount, treatment: &Treatment) -> usize {
        kind.treatments.iter().find(|count| count.treatment == *treatment).map_or(0, |count| count.citations)
    }

    /// This page with the citations of one kind, treatment or year alone.
    fn sift(&self, kind: Option<&str>, treatment: Option<&Treatment>, year: Option<i16>) -> String {
        let year = year.map(|year| year.to_string());
        let kind = kind.map(|kind| if kind.is_empty() { "none" } else { kind });
        let parts = [("kind", kind), ("treatment", treatment.map(|one| one.as_str())), ("year", year.as_deref())];
        let mut query: Vec<(&str, &str)> = parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let as_of = self.view.as_of.to_string();
        if self.view.as_of != self.today {
            query.push(("as_of", &as_of));
        }
        self.frame.at(&format!("/instruments/{}#cited-by", segment(&self.view.id)), &query)
    }

    fn sift_year(&self, year: &i16) -> String {
        self.sift(None, None, Some(*year))
    }

    fn sift_kind(&self, kind: &str, year: &Option<i16>) -> String {
        self.sift(Some(kind), None, *year)
    }

    fn sift_both(&self, kind: &str, treatment: &Treatment) -> String {
        self.sift(Some(kind), Some(treatment), self.sieve.year)
    }

    /// Whether it lies after the day that was asked about.
    fn is_later(&self, moment: &TimelineEvent) -> bool {
        moment.date > self.view.as_of
    }

    /// The sieve's parts that are set, in words, each with the address that takes it away.
    fn sifted(&self) -> Vec<(String, String)> {
        let kind = self.sieve.kind.as_deref().map(|kind| (self.frame.kind(kind).to_owned(), "kind"));
        let treatment = self.sieve.treatment.map(|one| (self.frame.treatment(&one).to_owned(), "treatment"));
        let year = self.sieve.year.map(|year| (format!("{} {year}", self.frame.t("năm", "year")), "year"));
        let set = [kind, treatment, year].into_iter().flatten();
        set.map(|(words, name)| (words, format!("{}#cited-by", self.frame.without(name)))).collect()
    }

    /// The permanent link of a section, which stands beside its heading. Both arguments are our own words.
    fn anchor(&self, anchor: &str, title: &str) -> String {
        let link = self.frame.t("Liên kết đến mục", "Link to section");
        format!(r##"<a class="anchor" href="#{anchor}" aria-label="{link} “{title}”">#</a>"##)
    }

    /// The heading of a section with its permanent link, and its table as files.
    fn head(&self, anchor: &str, title: &str, table: &str) -> String {
        let mut out = format!(r#"<div class="titled"><h2 id="{anchor}">{title}</h2> {}"#, self.anchor(anchor, title));
        if !table.is_empty() {
            let path = format!("/api/instruments/{}/tables/{table}", segment(&self.view.id));
            let as_of = self.view.as_of.to_string();
            let year = self.sieve.year.map(|year| year.to_string());
            let kind = self.sieve.kind.as_deref().map(|kind| if kind.is_empty() { "none" } else { kind });
            let mut query = vec![];
            if self.view.as_of != self.today {
                query.push(("as_of", as_of.as_str()));
            }
            if table == "cited-by" {
                let treatment = self.sieve.treatment.map(|one| one.as_str());
                let parts = [("kind", kind), ("treatment", treatment), ("year", year.as_deref())];
                query.extend(parts.into_iter().filter_map(|(name, value)| Some((name, value?))));
            }
            let json = self.frame.at(&path, &query);
            query.push(("format", "csv"));
            let csv = self.frame.at(&path, &query);
            let (csv, json) = (escaped(&csv), escaped(&json));
            out += &format!(
                r##"<span class="take"><a href="{csv}" download aria-label="CSV: {title}">CSV</a> <a href="{json}" aria-label="JSON: {title}">JSON</a></span>"##
            );
        }
        out + "</div>"
    }

    /// The address of a table in a form.
    fn table(&self, table: &str, format: &str) -> String {
        self.frame.at(&format!("/api/instruments/{}/tables/{table}", segment(&self.view.id)), &[("format", format)])
    }

    fn pin(&self, pin: &str) -> String {
        self.frame.pinpoints(&[pin.to_owned()])
    }

    /// The permanent address of the page as it is: with the day, where one was chosen.
    fn permalink(&self) -> String {
        let path = format!("/instruments/{}", segment(&self.view.id));
        match self.view.as_of == self.today {
            true => path,
            false => format!("{path}?as_of={}", self.view.as_of),
        }
    }
}

fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('"', "&quot;")
}

/// `GET /instruments/{id}`
pub async fn page(
    State(library): State<Arc<Library>>,
    Path(id): Path<String>,
    frame: Frame,
    Params(asked): Params<Asked>,
) -> Result<Response, Failure> {
    let today = day(None)?;
    let as_of = day(asked.as_of.as_deref())?;
    let sieve = sieve(asked.kind, asked.treatment, asked.year)?;
    let depth = if asked.depth.as_deref() == Some("2") { 2 } else { 1 };
    let stretch = stretch(asked.offset.as_deref(), None, PAGE)?;
    let (wanted, lang, linking, sifting) = (id.clone(), frame.lang, frame.clone(), sieve.clone());
    let found = ask(library, move |library| {
        let Some(view) = library.instrument(&wanted, as_of) else { return Err(library.meant(&wanted)) };
        let link = |node: &crate::library::GraphNode| linking.page_of(&node.kind, &node.id);
        let drawing = library
            .neighbourhood_of(&view.id, depth, NODES[depth - 1])
            .filter(|graph| graph.nodes.len() > 1)
            .map(|graph| svg::draw_linked(&graph, lang, &link));
        let cited = (library.cites(&view.id, CITES), library.who_cites(&view.id, &sifting, stretch));
        let around = (library.lineage(&view.id, as_of), library.cited_together(&view.id, TOGETHER));
        Ok((view, cited, around, drawing))
    })
    .await?;
    let (view, (cites, citing), (line, together), drawing) = match found {
        Ok(found) => found,
        // A number typed into the address leads to its instrument.
        Err(meant) => match Failure::or_id(&id, meant)? {
            same if same == id => return Err(Failure::unknown(&id, Vec::new())),
            other => return Ok(Redirect::to(&frame.instrument(&other)).into_response()),
        },
    };
    let heading = view
        .number
        .clone()
        .or_else(|| view.facts.as_ref().map(|facts| facts.title.clone()))
        .unwrap_or_else(|| view.id.clone());
    let paging = Pagination::new(stretch, citing.matching).anchored("#cited-by");
    if let Some(last) = paging.past_end() {
        return Ok(Redirect::to(&frame.with("offset", last)).into_response());
    }
    let (moments, chart) = (view.timeline(), chart::years(&citing.years, lang));
    let page = InstrumentPage {
        frame,
        view,
        today,
        heading,
        moments,
        line,
        cites,
        citing,
        sieve,
        together,
        paging,
        drawing,
        depth,
        chart,
    };
    Ok(error::page(&page)?.into_response())
}
