//! The neighbourhood of an instrument as a layered drawing: on the left what it rests on and cites, itself in the
//! middle, on the right who cites it, one step or two. Only presentation attributes, no style sheet and no script, so that the
//! drawing is the same as a file and inside a page with a strict content policy; the page's own style sheet
//! recolours it through the classes.

mod fit;

use std::fmt::Write;

use crate::base::{Graph, GraphNode, HitKind, NodeRole};
use crate::law::{Force, Treatment};
use crate::report::words;
use crate::text::Lang;

use super::xml::escape;
use fit::{fit, width, wrap};

/// All lengths in user units, which are pixels at the drawing's own size.
const MIDDLE: f32 = 232.0;
const ROW: f32 = 30.0;
const PITCH: f32 = 37.0;
const TOP: f32 = 40.0;
/// Where one step is drawn, and where two are: how wide the columns beside the centre are, and the gaps between them.
const ONE: (f32, f32) = (340.0, 104.0);
const TWO: (f32, f32) = (256.0, 112.0);
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
    /// The width of an outer column, and of the gap before it.
    side: f32,
    gap: f32,
}

/// What is drawn of the edges between an outer node and the centre: one line.
struct Line {
    words: Option<&'static str>,
    citations: usize,
}

impl<'g> Drawing<'g> {
    fn new(graph: &'g Graph, lang: Lang, link: Option<&'g dyn Fn(&GraphNode) -> String>) -> Drawing<'g> {
        let depth = graph.nodes.iter().map(|node| node.steps).max().unwrap_or(1).clamp(1, 2);
        let (side, gap) = if depth == 1 { ONE } else { TWO };
        Drawing { graph, lang, link, depth, side, gap }
    }

    fn width(&self) -> f32 {
        MIDDLE + 2.0 * self.depth as f32 * (self.side + self.gap)
    }

    /// The left end of a column.
    fn left(&self, role: NodeRole, steps: usize) -> f32 {
        let away = steps as f32 * (self.side + self.gap);
        match role {
            NodeRole::Citing => (self.width() + MIDDLE) / 2.0 + away - self.side,
            _ => (self.width() - MIDDLE) / 2.0 - away,
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

    /// The line between a node and one that stands nearer to the centre, in the direction in which citations run: from the
    /// citing one.
    fn line(&self, node: &GraphNode, near: &str) -> Option<Line> {
        let between = self.graph.edges.iter().filter(|edge| match node.role {
            NodeRole::Cited => edge.from == near && edge.to == node.id,
            _ => edge.from == node.id && edge.to == near,
        });
        between.fold(None, |line, edge| {
            let words = (edge.treatment != Treatment::Cites).then(|| words::treatment(edge.treatment, self.lang));
            let line = line.unwrap_or(Line { words: None, citations: 0 });
            Some(Line { words: line.words.or(words), citations: line.citations + edge.citations })
        })
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
            let (x, y) = (x + self.side / 2.0, y + 19.0);
            let _ = writeln!(
                out,
                r##"<text class="soft" x="{x}" y="{y}" text-anchor="middle" fill="#59606a">{words}</text>"##
            );
        };
        if nodes.is_empty() && more == 0 && steps == 1 {
            note(out, y, self.lang.pick("(chưa thấy trong thư viện)", "(none found in the library)"));
        }
        let mut places = Vec::new();
        // The words of an edge are drawn after all lines, so that their halo keeps them readable.
        let mut words = String::new();
        for node in nodes {
            let at = y + ROW / 2.0;
            for (id, middle) in near {
                if let Some(line) = self.line(node, id) {
                    words += &self.edge(out, (role, steps), &line, at, *middle);
                }
            }
            self.node(out, node, x, y);
            places.push((node.id.as_str(), at));
            y += PITCH;
        }
        out.push_str(&words);
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
    /// `middle`, and gives the words that belong beside it.
    fn edge(&self, out: &mut String, (role, steps): (NodeRole, usize), line: &Line, y: f32, middle: f32) -> String {
        let x = self.left(role, steps);
        let (from, to, at, anchor) = match role {
            NodeRole::Cited => {
                let end = x + self.side;
                ((end + self.gap, middle), (end, y), end + 12.0, "start")
            }
            _ => ((x, y), (x - self.gap, middle), x - 8.0, "end"),
        };
        let bend = (from.0 - to.0) / 2.0;
        let width = 1.0 + (line.citations.max(1) as f32).log2().min(4.0) * 0.4;
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
        let Some(word) = line.words else { return String::new() };
        // On the side that the line does not bend to.
        let y = if y > middle { y + 14.0 } else { y - 5.0 };
        format!(
            "<text class=\"soft halo\" x=\"{at}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"11\" fill=\"#59606a\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">{}</text>\n",
            escape(word)
        )
    }

    fn node(&self, out: &mut String, node: &GraphNode, x: f32, y: f32) {
        let side = self.side;
        let label = fit(&node.label, 13.0, true, side - 40.0);
        let title = node.title.as_deref().unwrap_or_default();
        let left = side - 46.0 - width(&label, 13.0, true);
        let rest = fit(title, 12.0, false, left.max(0.0));
        let href = self.link.map(|link| link(node));
        if let Some(href) = &href {
            let _ = write!(out, r#"<a href="{}">"#, escape(href));
        }
        let _ = write!(
            out,
            r##"<g class="node {force}" transform="translate({x} {y})"><title>{full}</title><rect class="box" width="{side}" height="{ROW}" rx="4" fill="#f6f7f8" stroke="#c9cdd3"/>{sign}<text x="28" y="19.5"><tspan font-weight="600">{label}</tspan>"##,
            force = node.force,
            full = escape(&self.full(node)),
            sign = Sign::of(node).draw(15.0, ROW / 2.0),
            label = escape(&label),
        );
        if !rest.is_empty() {
            let _ =
                write!(out, r##"<tspan class="soft" dx="8" font-size="12" fill="#59606a">{}</tspan>"##, escape(&rest));
        }
        out.push_str("</text></g>");
        out.push_str(if href.is_some() { "</a>\n" } else { "\n" });
    }

    fn centre(&self, out: &mut String, middle: f32) {
        let Some(node) = self.nodes(NodeRole::Centre, 0).first().copied() else { return };
        let lines = wrap(node.title.as_deref().unwrap_or_default(), 12.5, MIDDLE - 28.0, 3);
        let height = 58.0 + lines.len() as f32 * 17.0;
        let (x, y) = ((self.width() - MIDDLE) / 2.0, middle - height / 2.0);
        let _ = write!(
            out,
            r##"<g class="node centre {force}" transform="translate({x} {y})"><title>{full}</title><rect class="box" width="{MIDDLE}" height="{height}" rx="6" fill="#ffffff" stroke="#1f2328" stroke-width="1.5"/><text x="14" y="24" font-size="15" font-weight="700">{label}</text>{sign}<text x="32" y="45.5" font-size="12.5">{state}</text>"##,
            force = node.force,
            full = escape(&self.full(node)),
            label = escape(&fit(&node.label, 15.0, true, MIDDLE - 28.0)),
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

    /// Number, state and title in full, as the tooltip says them.
    fn full(&self, node: &GraphNode) -> String {
        let state = Sign::of(node).word(self.lang);
        match &node.title {
            Some(title) => format!("{} ({state}): {title}", node.label),
            None => format!("{} ({state})", node.label),
        }
    }

    /// The signs that occur, each with its word.
    fn legend(&self, out: &mut String, y: f32) {
        let mut x = self.left(NodeRole::Cited, 1);
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

/// What stands before a number: the state of an instrument, told by shape as well as by colour, or a sheet for a
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
            Sign::State(force) => words::force(force, lang),
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
    use crate::base::GraphEdge;

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
