//! A neighbourhood in DOT, the language of Graphviz.

use std::fmt::Write;

use crate::library::{Graph, NodeRole};
use crate::report::glossary;
use crate::text::Lang;

/// The graph as one DOT document.
pub fn draw(graph: &Graph, lang: Lang) -> String {
    let mut out = String::from(
        "digraph danchieu {\n  rankdir=BT;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n",
    );
    for node in &graph.nodes {
        let label = match &node.title {
            Some(title) if *title != node.label => format!("{}\n{}", node.label, short(title)),
            _ => node.label.clone(),
        };
        let emphasis = if node.role == NodeRole::Centre { ", penwidth=2" } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "  {} [label={}, tooltip={}{emphasis}];",
            quoted(&node.id),
            quoted(&label),
            quoted(glossary::force(node.force, lang))
        );
    }
    for edge in &graph.edges {
        let _ = writeln!(
            out,
            "  {} -> {} [label={}];",
            quoted(&edge.from),
            quoted(&edge.to),
            quoted(glossary::treatment(edge.treatment, lang))
        );
    }
    for (count, name) in [(graph.more_cited, "more-cited"), (graph.more_citing, "more-citing")] {
        if count > 0 {
            let _ = writeln!(out, "  {} [label=\"+{count}\", shape=plaintext];", quoted(name));
            let (from, to) = if name == "more-cited" { (&*graph.centre, name) } else { (name, &*graph.centre) };
            let _ = writeln!(out, "  {} -> {} [style=dotted];", quoted(from), quoted(to));
        }
    }
    out.push_str("}\n");
    out
}

/// A string of DOT: quotes and backslashes escaped, line ends as `\n`, no other control characters.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A title of at most 60 characters.
fn short(title: &str) -> String {
    match title.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_ends_its_string() {
        assert_eq!(quoted("Đề án \"A\\\"\n\u{7}x"), "\"Đề án \\\"A\\\\\\\"\\n x\"");
    }
}
