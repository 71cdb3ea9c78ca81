//! A neighbourhood in GraphML, which graph editors read.

use std::fmt::Write;

use crate::library::{Graph, GraphEdge, GraphNode, HitKind, NodeRole};
use crate::report::xml::escape;

/// The graph as one GraphML document. Values are those of the machine formats.
pub fn draw(graph: &Graph) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (id, of, kind) in [
        ("label", "node", "string"),
        ("title", "node", "string"),
        ("kind", "node", "string"),
        ("role", "node", "string"),
        ("force", "node", "string"),
        ("treatment", "edge", "string"),
        ("citations", "edge", "int"),
        ("more_cited", "graph", "int"),
        ("more_citing", "graph", "int"),
    ] {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"danchieu\" edgedefault=\"directed\">\n");
    data(&mut out, 4, "more_cited", &graph.more_cited.to_string());
    data(&mut out, 4, "more_citing", &graph.more_citing.to_string());
    for one in &graph.nodes {
        node(&mut out, one);
    }
    for one in &graph.edges {
        edge(&mut out, one);
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn node(out: &mut String, node: &GraphNode) {
    let _ = writeln!(out, "    <node id=\"{}\">", escape(&node.id));
    data(out, 6, "label", &node.label);
    if let Some(title) = &node.title {
        data(out, 6, "title", title);
    }
    let kind = match node.kind {
        HitKind::Instrument => "instrument",
        HitKind::Document => "document",
    };
    let role = match node.role {
        NodeRole::Cited => "cited",
        NodeRole::Centre => "centre",
        NodeRole::Citing => "citing",
    };
    data(out, 6, "kind", kind);
    data(out, 6, "role", role);
    data(out, 6, "force", node.force.as_str());
    out.push_str("    </node>\n");
}

fn edge(out: &mut String, edge: &GraphEdge) {
    let _ = writeln!(out, "    <edge source=\"{}\" target=\"{}\">", escape(&edge.from), escape(&edge.to));
    data(out, 6, "treatment", edge.treatment.as_str());
    data(out, 6, "citations", &edge.citations.to_string());
    out.push_str("    </edge>\n");
}

fn data(out: &mut String, indent: usize, key: &str, value: &str) {
    let _ = writeln!(out, "{:indent$}<data key=\"{key}\">{}</data>", "", escape(value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{Force, Treatment};

    #[test]
    fn what_is_written_is_well_formed_and_complete() {
        let node = |id: &str, role| GraphNode {
            id: id.into(),
            kind: HitKind::Instrument,
            label: "12/2020/QĐ-UBND".into(),
            title: Some("Về <b> & \"c\"\u{1}".into()),
            role,
            steps: usize::from(role != NodeRole::Centre),
            force: Force::Unknown,
        };
        let graph = Graph {
            centre: "a".into(),
            nodes: vec![node("a", NodeRole::Centre), node("b", NodeRole::Cited)],
            edges: vec![GraphEdge { from: "a".into(), to: "b".into(), treatment: Treatment::Basis, citations: 2 }],
            more_cited: 3,
            more_citing: 0,
        };
        let text = draw(&graph);
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut nodes, mut edges) = (0, 0);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) if start.name().as_ref() == "node" => nodes += 1,
                quick_xml::events::Event::Start(start) if start.name().as_ref() == "edge" => edges += 1,
                _ => {}
            }
        }
        assert_eq!((nodes, edges), (2, 1));
        assert!(text.contains("Về &lt;b&gt; &amp; &quot;c&quot;</data>"));
    }
}
