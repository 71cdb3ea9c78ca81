//! The neighbourhood of an instrument as a layered drawing: on the left what it rests on and cites, itself in the
//! middle, on the right who cites it, one step or two. Only presentation attributes, no style sheet and no script, so that the
//! drawing is the same as a file and inside a page with a strict content policy; the page's own style sheet
//! recolours it through the classes.

mod fit;

use std::fmt::Write;

use crate::law::{Force, Treatment};
use crate::library::{Graph, GraphEdge, GraphNode, HitKind, NodeRole};
use crate::report::glossary;
use crate::text::Lang;

use crate::report::xml::escape;
use fit::{fit, width, wrap};

/// All lengths in user units, which are pixels at the drawing's own size.
const ROW: f32 = 42.0;
const PITCH: f32 = 50.0;
const TOP: f32 = 40.0;
/// Where one step is drawn, and where two are: how wide the centre and the columns beside it are, and the gaps between
/// them. What an edge means is written in its node, so that a gap holds lines alone.
const ONE: [f32; 3] = [232.0, 376.0, 68.0];
const TWO: [f32; 3] = [184.0, 208.0, 40.0];
const FONT: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// The drawing as a file of its own. The same graph gives the same bytes.
pub fn draw(graph: &Graph, lang: Lang) -> String {
    Drawing::new(graph, lang, None).draw()
}

/// The drawing for a page: every node but the centre links to `link(node)`.
pub fn draw_linked(graph: &Graph, lang: Lang, link: &dyn Fn(&GraphNode) -> String) -> String {
    Drawing::new(graph, lang, Some(link)).draw()
}

struct Drawing<'g> {
    graph: &'g Graph,
    lang: Lang,
    link: Option<&'g dyn Fn(&GraphNode) -> String>,
    /// How many steps are drawn to either side.
    depth: usize,
    /// The widths of the centre, of an outer column, and of the gap before it.
    middle: f32,
    side: f32,
    gap: f32,
}

impl<'g> Drawing<'g> {
    fn new(graph: &'g Graph, lang: Lang, link: Option<&'g dyn Fn(&GraphNode) -> String>) -> Drawing<'g> {
        let depth = graph.nodes.iter().map(|node| node.steps).max().unwrap_or(1).clamp(1, 2);
        let [middle, side, gap] = if depth == 1 { ONE } else { TWO };
        Drawing { graph, lang, link, depth, middle, side, gap }
    }

    fn width(&self) -> f32 {
        self.middle + 2.0 * self.depth as f32 * (self.side + self.gap)
    }

    /// The left end of a column.
    fn left(&self, role: NodeRole, steps: usize) -> f32 {
        let away = steps as f32 * (self.side + self.gap);
        match role {
            NodeRole::Citing => (self.width() + self.middle) / 2.0 + away - self.side,
            _ => (self.width() - self.middle) / 2.0 - away,
        }
    }

    fn draw(&self) -> String {
        let columns = [(NodeRole::Cited, self.graph.more_cited), (NodeRole::Citing, self.graph.more_citing)];
        let rows = |role, steps, more: usize| self.nodes(role, steps).len() + usize::from(more > 0 && steps == 1);
        let tallest = columns.iter().flat_map(|(role, more)| [1, 2].map(|steps| rows(*role, steps, *more)));
        let tallest = tallest.max().unwrap_or(0).max(4);
        let body = tallest as f32 * PITCH;
        let (width, height) = (self.width(), TOP + body + 36.0);
        let mut out = String::new();
        let open = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" class="{class}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{role}" aria-label="{label}" font-family="{FONT}" font-size="13" fill="#1f2328">"##,
            class = if self.depth == 1 { "graph" } else { "graph two" },
            role = if self.link.is_some() { "group" } else { "img" },
            label = escape(&self.label()),
        );
        out.push_str(&open);
        out.push('\n');
        if self.link.is_none() {
            let _ = writeln!(out, r##"<rect width="{width}" height="{height}" fill="#ffffff"/>"##);
        }
        out.push_str(
            r##"<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8Z" fill="#8a9099"/></marker></defs>"##,
        );
        out.push('\n');
        let heads = [
            (0.0, "start", self.lang.pick("Văn bản này dẫn chiếu đến", "It cites or rests on")),
            (width, "end", self.lang.pick("Được dẫn chiếu bởi", "Cited by")),
        ];
        for (x, anchor, head) in heads {
            let _ = writeln!(
                out,
                r##"<text class="soft" x="{x}" y="20" text-anchor="{anchor}" font-weight="600" fill="#59606a">{head}</text>"##
            );
        }
        let middle = TOP + body / 2.0;
        for (role, more) in columns {
            let places = self.column(&mut out, (role, 1), more, (TOP, body), &[(self.graph.centre.as_str(), middle)]);
            if self.depth == 2 {
                self.column(&mut out, (role, 2), 0, (TOP, body), &places);
            }
        }
        self.centre(&mut out, middle);
        self.legend(&mut out, height - 12.0);
        out.push_str("</svg>\n");
        out
    }

    fn label(&self) -> String {
        let name = self.nodes(NodeRole::Centre, 0).first().map_or(&*self.graph.centre, |node| &*node.label);
        match self.lang {
            Lang::Vi => format!("Quan hệ dẫn chiếu của {name}"),
            Lang::En => format!("Citations around {name}"),
        }
    }

    fn nodes(&self, role: NodeRole, steps: usize) -> Vec<&'g GraphNode> {
        self.graph.nodes.iter().filter(|node| node.role == role && node.steps == steps).collect()
    }

    /// The edges between a node and one nearer to the centre.
    fn between(&self, node: &GraphNode, near: &str) -> impl Iterator<Item = &'g GraphEdge> {
        self.graph.edges.iter().filter(move |edge| match node.role {
            NodeRole::Cited => edge.from == near && edge.to == node.id,
            _ => edge.from == node.id && edge.to == near,
        })
    }

    /// What a node does to those of `near`, or they to it: `căn cứ`, `được thay thế`. Citing alone goes without saying.
    fn does(&self, node: &GraphNode, near: &[(&str, f32)]) -> String {
        let mut words: Vec<&str> = Vec::new();
        for edge in near.iter().flat_map(|(id, _)| self.between(node, id)) {
            let word = match node.role {
                _ if edge.treatment == Treatment::Cites => continue,
                NodeRole::Cited => glossary::treated(edge.treatment, self.lang),
                _ => glossary::treatment(edge.treatment, self.lang),
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// Draws a column, and the lines from its nodes to those of `near`, each with the middle of its height. Gives the
    /// same of its own.
    fn column(
        &self,
        out: &mut String,
        (role, steps): (NodeRole, usize),
        more: usize,
        span: (f32, f32),
        near: &[(&str, f32)],
    ) -> Vec<(&'g str, f32)> {
        let (nodes, x) = (self.nodes(role, steps), self.left(role, steps));
        let rows = (nodes.len() + usize::from(more > 0)).max(1) as f32;
        let mut y = span.0 + (span.1 - rows * PITCH) / 2.0 + (PITCH - ROW) / 2.0;
        let note = |out: &mut String, y: f32, words: &str| {
            let (x, y) = (x + self.side / 2.0, y + ROW / 2.0 + 4.5);
            let _ = writeln!(
                out,
                r##"<text class="soft" x="{x}" y="{y}" text-anchor="middle" fill="#59606a">{words}</text>"##
            );
        };
        if nodes.is_empty() && more == 0 && steps == 1 {
            note(out, y, self.lang.pick("(chưa thấy trong thư viện)", "(none found in the library)"));
        }
        let mut places = Vec::new();
        for node in nodes {
            let at = y + ROW / 2.0;
            for (id, middle) in near {
                let citations: usize = self.between(node, id).map(|edge| edge.citations).sum();
                if self.between(node, id).next().is_some() {
                    self.line(out, (role, steps), citations, at, *middle);
                }
            }
            self.node(out, node, &self.does(node, near), (x, y));
            places.push((node.id.as_str(), at));
            y += PITCH;
        }
        if more > 0 {
            let more = match self.lang {
                Lang::Vi => format!("+{more} văn bản khác"),
                Lang::En => format!("+{more} more"),
            };
            note(out, y, &more);
        }
        places
    }

    /// Draws the line between a node of a column at the height `y` and one of the column before it at the height
    /// `middle`, in the direction in which citations run: from the citing one.
    fn line(&self, out: &mut String, (role, steps): (NodeRole, usize), citations: usize, y: f32, middle: f32) {
        let x = self.left(role, steps);
        let (from, to) = match role {
            NodeRole::Cited => ((x + self.side + self.gap, middle), (x + self.side, y)),
            _ => ((x, y), (x - self.gap, middle)),
        };
        let bend = (from.0 - to.0) / 2.0;
        let width = 1.0 + (citations.max(1) as f32).log2().min(4.0) * 0.4;
        let _ = writeln!(
            out,
            r##"<path class="line" d="M{} {}C{} {} {} {} {} {}" fill="none" stroke="#8a9099" stroke-width="{width:.1}" marker-end="url(#to)"/>"##,
            from.0,
            from.1,
            from.0 - bend,
            from.1,
            to.0 + bend,
            to.1,
            to.0,
            to.1
        );
    }

    /// Draws a node: its number and what it `does`, its title below; what has no number has its title on both lines.
    fn node(&self, out: &mut String, node: &GraphNode, does: &str, (x, y): (f32, f32)) {
        let side = self.side;
        let room = side - 38.0;
        let does = fit(does, 11.0, false, room * 0.6);
        let beside = if does.is_empty() { 0.0 } else { width(&does, 11.0, false) + 10.0 };
        let title = node.title.as_deref().filter(|title| *title != node.label);
        let label = if title.is_some() { Vec::new() } else { wrap(&node.label, 12.0, room - beside, 2) };
        let first = if label.len() == 1 { ROW / 2.0 + 4.5 } else { 18.5 };
        let href = self.link.map(|link| link(node));
        if let Some(href) = &href {
            let _ = write!(out, r#"<a href="{}">"#, escape(href));
        }
        let _ = write!(
            out,
            r##"<g class="node {force}" transform="translate({x} {y})"><title>{full}</title><rect class="box" width="{side}" height="{ROW}" rx="4" fill="#f6f7f8" stroke="#c9cdd3"/>{sign}"##,
            force = node.force,
            full = escape(&self.full(node, &does)),
            sign = Sign::of(node).draw(15.0, first - 4.5),
        );
        match title {
            Some(title) => {
                let _ = write!(
                    out,
                    r##"<text x="28" y="18.5" font-weight="600">{}</text><text class="soft" x="28" y="34.5" font-size="12" fill="#59606a">{}</text>"##,
                    escape(&fit(&node.label, 13.0, true, room - beside)),
                    escape(&fit(title, 12.0, false, room)),
                );
            }
            None => {
                for (at, line) in label.iter().enumerate() {
                    let y = first + 16.0 * at as f32;
                    let _ = write!(out, r#"<text x="28" y="{y}" font-size="12">{}</text>"#, escape(line));
                }
            }
        }
        if !does.is_empty() {
            let _ = write!(
                out,
                r##"<text class="soft" x="{}" y="18" text-anchor="end" font-size="11" fill="#59606a">{}</text>"##,
                side - 10.0,
                escape(&does)
            );
        }
        out.push_str("</g>");
        out.push_str(if href.is_some() { "</a>\n" } else { "\n" });
    }

    fn centre(&self, out: &mut String, middle: f32) {
        let Some(node) = self.nodes(NodeRole::Centre, 0).first().copied() else { return };
        let own = self.middle;
        let lines = wrap(node.title.as_deref().unwrap_or_default(), 12.5, own - 28.0, 3);
        let height = 58.0 + lines.len() as f32 * 17.0;
        let (x, y) = ((self.width() - self.middle) / 2.0, middle - height / 2.0);
        let _ = write!(
            out,
            r##"<g class="node centre {force}" transform="translate({x} {y})"><title>{full}</title><rect class="box" width="{own}" height="{height}" rx="6" fill="#ffffff" stroke="#1f2328" stroke-width="1.5"/><text x="14" y="24" font-size="15" font-weight="700">{label}</text>{sign}<text x="32" y="45.5" font-size="12.5">{state}</text>"##,
            force = node.force,
            full = escape(&self.full(node, "")),
            label = escape(&fit(&node.label, 15.0, true, own - 28.0)),
            sign = Sign::of(node).draw(20.0, 41.0),
            state = Sign::of(node).word(self.lang),
        );
        for (at, line) in lines.iter().enumerate() {
            let _ = write!(
                out,
                r##"<text class="soft" x="14" y="{}" font-size="12.5" fill="#59606a">{}</text>"##,
                65 + at * 17,
                escape(line)
            );
        }
        out.push_str("</g>\n");
    }

    /// Number, state, what it does and title in full, as the tooltip and a screen reader say them.
    fn full(&self, node: &GraphNode, does: &str) -> String {
        let state = Sign::of(node).word(self.lang);
        let state = if does.is_empty() { state.to_owned() } else { format!("{state}; {does}") };
        match node.title.as_ref().filter(|title| **title != node.label) {
            Some(title) => format!("{} ({state}): {title}", node.label),
            None => format!("{} ({state})", node.label),
        }
    }

    /// The signs that occur, each with its word.
    fn legend(&self, out: &mut String, y: f32) {
        let mut x = self.left(NodeRole::Cited, self.depth);
        for sign in Force::ALL.into_iter().map(Sign::State).chain([Sign::Document]) {
            if self.graph.nodes.iter().any(|node| Sign::of(node) == sign) {
                let word = sign.word(self.lang);
                let _ = writeln!(
                    out,
                    r##"<g class="node {}">{}<text class="soft" x="{}" y="{y}" font-size="12" fill="#59606a">{word}</text></g>"##,
                    sign.class(),
                    sign.draw(x + 6.0, y - 4.0),
                    x + 18.0
                );
                x += 18.0 + width(word, 12.0, false) + 26.0;
            }
        }
    }
}

/// The sign before a number: the state of an instrument, shown by shape as well as by colour, or a sheet for a
/// file of the library whose state nobody keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    State(Force),
    Document,
}

impl Sign {
    fn of(node: &GraphNode) -> Sign {
        match (node.kind, node.force) {
            (HitKind::Document, Force::Unknown) => Sign::Document,
            (_, force) => Sign::State(force),
        }
    }

    fn word(self, lang: Lang) -> &'static str {
        match self {
            Sign::State(force) => glossary::force(force, lang),
            Sign::Document => lang.pick("tài liệu của thư viện", "document of the library"),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Sign::State(force) => force.as_str(),
            Sign::Document => Force::Unknown.as_str(),
        }
    }

    /// The sign around the point `(x, y)`.
    fn draw(self, x: f32, y: f32) -> String {
        let (colour, shape) = match self {
            Sign::State(Force::InForce) => ("#1a7f37", r#"<circle r="5" fill="{c}"/>"#),
            Sign::State(Force::InPart) => (
                "#9a6700",
                r#"<circle r="4.5" fill="none" stroke="{c}" stroke-width="1.5"/><path d="M0-4.5A4.5 4.5 0 0 0 0 4.5Z" fill="{c}"/>"#,
            ),
            Sign::State(Force::NotYet) => (
                "#0a5cb8",
                r#"<circle r="4.5" fill="none" stroke="{c}" stroke-width="1.5" stroke-dasharray="2.2 1.4"/>"#,
            ),
            Sign::State(Force::Suspended) => {
                ("#9a6700", r#"<path d="M-2.5-5V5M2.5-5V5" fill="none" stroke="{c}" stroke-width="2.5"/>"#)
            }
            Sign::State(Force::Ended) => {
                ("#c0202e", r#"<path d="M-4-4 4 4M4-4-4 4" fill="none" stroke="{c}" stroke-width="2.2"/>"#)
            }
            Sign::State(Force::Unknown) => {
                ("#6b7280", r#"<circle r="4.5" fill="none" stroke="{c}" stroke-width="1.5"/>"#)
            }
            Sign::Document => (
                "#6b7280",
                r#"<path d="M-4-5.5H2L4.5-3V5.5H-4ZM-2-1H2.5M-2 2H2.5" fill="none" stroke="{c}" stroke-width="1.2"/>"#,
            ),
        };
        format!(r#"<g class="sign" transform="translate({x} {y})">{}</g>"#, shape.replace("{c}", colour))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, title: &str, role: NodeRole, force: Force) -> GraphNode {
        GraphNode {
            id: id.to_owned(),
            kind: HitKind::Instrument,
            label: id.to_uppercase(),
            title: Some(title.to_owned()),
            role,
            steps: usize::from(role != NodeRole::Centre),
            force,
        }
    }

    fn graph() -> Graph {
        let edge = |from: &str, to: &str, treatment, citations| GraphEdge {
            from: from.to_owned(),
            to: to.to_owned(),
            treatment,
            citations,
        };
        Graph {
            centre: "b".to_owned(),
            nodes: vec![
                node(
                    "b",
                    "Ban hành <Chương trình> xóa mù chữ & phổ cập giáo dục cho người lớn",
                    NodeRole::Centre,
                    Force::InForce,
                ),
                node("a", "Luật Giáo dục", NodeRole::Cited, Force::InPart),
                node("c", &"rất dài ".repeat(30), NodeRole::Citing, Force::Unknown),
            ],
            edges: vec![edge("b", "a", Treatment::Basis, 1), edge("c", "b", Treatment::Cites, 3)],
            more_cited: 0,
            more_citing: 7,
        }
    }

    #[test]
    fn the_file_is_wellformed_and_the_same_each_time() {
        let drawn = draw(&graph(), Lang::Vi);
        assert_eq!(drawn, draw(&graph(), Lang::Vi));
        let mut reader = quick_xml::Reader::from_str(&drawn);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        assert!(!drawn.contains("style="), "a page's content policy forbids inline styles");
        assert!(!drawn.contains("<a "));
    }

    #[test]
    fn it_says_what_is_left_out_and_what_the_relation_is() {
        let drawn = draw(&graph(), Lang::Vi);
        for words in ["+7 văn bản khác", ">căn cứ<", "còn hiệu lực", "&lt;Chương trình&gt;"] {
            assert!(drawn.contains(words), "{words}");
        }
        assert!(draw(&graph(), Lang::En).contains("+7 more"));
    }

    #[test]
    fn only_outer_nodes_link() {
        let drawn = draw_linked(&graph(), Lang::Vi, &|node| format!("/instruments/{}", node.id));
        assert!(drawn.contains(r#"<a href="/instruments/a">"#));
        assert!(!drawn.contains(r#"<a href="/instruments/b">"#));
    }

    #[test]
    fn two_steps_stand_in_five_columns_with_a_line_from_each_to_the_next() {
        let mut graph = graph();
        let far = |id: &str, role| GraphNode { steps: 2, ..node(id, "xa", role, Force::Ended) };
        graph.nodes.extend([far("d", NodeRole::Cited), far("e", NodeRole::Citing)]);
        for (from, to) in [("a", "d"), ("e", "c")] {
            let (from, to) = (from.to_owned(), to.to_owned());
            graph.edges.push(GraphEdge { from, to, treatment: Treatment::Replaces, citations: 1 });
        }
        let drawn = draw(&graph, Lang::Vi);
        assert_eq!(drawn.matches("class=\"line\"").count(), 4);
        let mut columns: Vec<&str> = drawn
            .split("class=\"node")
            .skip(1)
            .filter_map(|node| {
                let (_, place) = node.split_once("translate(")?;
                node.contains("<title>").then_some(place.split(' ').next()?)
            })
            .collect();
        columns.sort_unstable();
        columns.dedup();
        assert_eq!(columns.len(), 5, "{columns:?}");
        assert!(columns.iter().all(|x| x.parse::<f32>().is_ok_and(|x| x >= 0.0)), "{columns:?}");
    }
}
