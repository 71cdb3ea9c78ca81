//! The neighbourhood of two steps: what those cite that an instrument cites, and who cites those that cite it.

use super::Library;
use super::answers::{Graph, GraphNode, NodeRole};

/// How many neighbours of one neighbour are drawn.
const EACH: usize = 4;

impl Library {
    /// The neighbourhood of at most `limit` nodes, `depth` steps wide: 1 or 2. `None` for what is not known.
    pub fn neighbourhood_of(&self, id: &str, depth: usize, limit: usize) -> Option<Graph> {
        if depth < 2 {
            return self.neighbourhood(id, limit);
        }
        // The first step takes a third of the room, so that there is some for the second.
        let mut graph = self.neighbourhood(id, (limit / 3).max(2))?;
        let first: Vec<GraphNode> = graph.nodes.iter().filter(|node| node.steps == 1).cloned().collect();
        for near in &first {
            let Some(around) = self.neighbourhood(&near.id, 4 * EACH) else { continue };
            let goes_out = near.role == NodeRole::Cited;
            let far = around.nodes.iter().filter(|node| node.role == near.role).take(EACH);
            for node in far {
                let edge = around.edges.iter().find(|edge| match goes_out {
                    true => edge.to == node.id,
                    false => edge.from == node.id,
                });
                let Some(edge) = edge else { continue };
                let mut edge = edge.clone();
                // The neighbour may go by the id of a document there and by that of its instrument here.
                *(if goes_out { &mut edge.from } else { &mut edge.to }) = near.id.clone();
                let known = graph.nodes.iter().find(|one| one.id == node.id);
                // What stands nearer already is not drawn a second time.
                if known.is_some_and(|one| one.steps < 2 || one.role != near.role) {
                    continue;
                }
                if known.is_none() {
                    if graph.nodes.len() >= limit {
                        continue;
                    }
                    graph.nodes.push(GraphNode { steps: 2, role: near.role, ..node.clone() });
                }
                graph.edges.push(edge);
            }
        }
        Some(graph)
    }
}
