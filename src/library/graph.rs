//! The neighbourhood of an instrument or document: what it rests on, itself, who cites it.

use std::collections::HashMap;

use super::answers::{Graph, GraphEdge, GraphNode, HitKind, NodeRole, RelationView};
use super::{Library, today};
use crate::law::{Force, Treatment};
use crate::store::{EdgeSet, StoredCitation};

/// How many citations of one neighbour are read to tell what it does; the rest only count.
const READ: usize = 16;

/// A neighbour before it is known whether there is room for it.
struct Neighbour {
    node: GraphNode,
    /// The instrument that a document is, so that it is not drawn a second time.
    own: Option<String>,
    treatment: Treatment,
    citations: usize,
}

/// How many citations of an instrument, the newest, its citing neighbours are chosen from.
const LOOKED_AT: usize = 2_000;

impl Library {
    /// The direct neighbours of an instrument or document, at most `limit` nodes with itself; the most cited, and
    /// of the newest [`LOOKED_AT`] citations those of the documents that cite most, first. `None` for what is not known.
    pub fn neighbourhood(&self, id: &str, limit: usize) -> Option<Graph> {
        let centre = self.centre(id)?;
        let own = self.own_id(id).unwrap_or_else(|| id.to_owned());
        let view = self.instrument(id, today());

        let room = limit.max(1) - 1;
        let targets = self.edges_of(id).by_target();
        let identity = self.identity(&own);
        let newest = self.told(self.store.newest_to(&identity.base, identity.place(), LOOKED_AT));
        let sources = newest.by_document();
        let citing_documents = self.told(self.store.citing_documents(&identity.base, identity.place()));
        // Half of the room for each side, and what one side leaves for the other.
        let (relations_out, relations_in) = view.map(|view| (view.acts_on, view.acted_on_by)).unwrap_or_default();
        let (out_wish, in_wish) = (targets.len() + relations_out.len(), sources.len() + relations_in.len());
        let out_room = (room / 2).max(room.saturating_sub(in_wish)).min(out_wish);
        let in_room = room - out_room.min(room);

        let mut cited: Vec<Neighbour> = Vec::new();
        let mut unresolved = 0;
        for group in &targets {
            match (cited.len() < out_room + 1).then(|| self.cited_neighbour(group)) {
                Some(Some(neighbour)) if neighbour.node.id != own => cited.push(neighbour),
                Some(_) => unresolved += 1,
                None => {}
            }
        }
        let mut cited_total = targets.len() - unresolved;
        cited_total += self.join(&mut cited, &relations_out, &own, NodeRole::Cited);
        let mut citing: Vec<Neighbour> = Vec::new();
        for group in sources.iter().take(in_room + 1) {
            citing.extend(self.citing_neighbour(group).filter(|neighbour| neighbour.node.id != centre.id));
        }
        let mut citing_total = citing_documents;
        citing_total += self.join(&mut citing, &relations_in, &own, NodeRole::Citing);
        cited.truncate(out_room);
        citing.truncate(in_room);

        let mut graph = Graph {
            centre: centre.id.clone(),
            more_cited: cited_total.saturating_sub(cited.len()),
            more_citing: citing_total.saturating_sub(citing.len()),
            nodes: vec![centre],
            edges: Vec::new(),
        };
        for (neighbours, outward) in [(cited, true), (citing, false)] {
            for neighbour in neighbours {
                let (centre, other) = (graph.centre.clone(), neighbour.node.id.clone());
                let (from, to) = if outward { (centre, other) } else { (other, centre) };
                let edge = GraphEdge { from, to, treatment: neighbour.treatment, citations: neighbour.citations };
                graph.edges.push(edge);
                // One that cites and is cited is drawn once.
                if graph.nodes.iter().all(|node| node.id != neighbour.node.id) {
                    graph.nodes.push(neighbour.node);
                }
            }
        }
        Some(graph)
    }

    /// Joins the other ends of the register's relations to the neighbours of one side; how many were new.
    fn join(&self, side: &mut Vec<Neighbour>, relations: &[RelationView], own: &str, role: NodeRole) -> usize {
        let others = relations.iter().filter(|relation| relation.id != own);
        let related = others.map(|relation| {
            self.by_relation(&relation.id, &relation.number, relation.title.clone(), relation.treatment, role)
        });
        related.map(|neighbour| usize::from(add(side, neighbour))).sum()
    }

    fn centre(&self, id: &str) -> Option<GraphNode> {
        if let Some(entry) = self.told(self.store.document(id)) {
            let facts = entry.own.as_deref().and_then(|own| self.facts(own));
            let force = self.force_of(facts.as_ref(), today());
            let label = entry.number.clone().or_else(|| entry.title.clone()).unwrap_or_else(|| file_name(&entry.path));
            return Some(GraphNode {
                id: entry.id,
                kind: HitKind::Document,
                label,
                title: entry.title,
                role: NodeRole::Centre,
                steps: 0,
                force,
            });
        }
        let view = self.instrument(id, today())?;
        let title = view.facts.as_ref().map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
        let title = title.or_else(|| view.documents.first().and_then(|document| document.title.clone()));
        let label = view.number.or_else(|| title.clone()).unwrap_or_else(|| view.id.clone());
        Some(GraphNode {
            id: view.id,
            kind: HitKind::Instrument,
            label,
            title,
            role: NodeRole::Centre,
            steps: 0,
            force: view.force,
        })
    }

    /// `None` for a citation that leads nowhere.
    fn cited_neighbour(&self, group: &EdgeSet) -> Option<Neighbour> {
        let entries = self.told(self.store.read_edges(&group.page(0, READ)));
        let edge = self.cited_edge(entries.first()?, &mut HashMap::new());
        let id = edge.id?;
        let label = edge.number.or_else(|| edge.title.clone()).unwrap_or_else(|| id.clone());
        Some(Neighbour {
            node: GraphNode {
                id,
                kind: HitKind::Instrument,
                label,
                title: edge.title,
                role: NodeRole::Cited,
                steps: 1,
                force: edge.force,
            },
            own: None,
            treatment: strongest(&entries),
            citations: group.total(),
        })
    }

    fn citing_neighbour(&self, group: &EdgeSet) -> Option<Neighbour> {
        let entries = self.told(self.store.read_edges(&group.page(0, READ)));
        let first = entries.first()?;
        let edge = self.citing_edge(first);
        let id = edge.id?;
        let label = edge.number.or_else(|| edge.title.clone()).unwrap_or_else(|| file_name(&edge.path));
        Some(Neighbour {
            node: GraphNode {
                id,
                kind: HitKind::Document,
                label,
                title: edge.title,
                role: NodeRole::Citing,
                steps: 1,
                force: edge.force,
            },
            own: first.document_own.clone(),
            treatment: strongest(&entries),
            citations: group.total(),
        })
    }

    fn by_relation(
        &self,
        id: &str,
        number: &str,
        title: Option<String>,
        treatment: Treatment,
        role: NodeRole,
    ) -> Neighbour {
        let force: Force = self.force_of(self.facts(id).as_ref(), today());
        let node = GraphNode {
            id: id.to_owned(),
            kind: HitKind::Instrument,
            label: number.to_owned(),
            title,
            role,
            steps: 1,
            force,
        };
        Neighbour { node, own: None, treatment, citations: 0 }
    }
}

/// What a document without number and title goes by.
pub(super) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Adds a relation of the register, unless a citation already leads to its other end: then the relation says what
/// the citation does. Whether a node was added.
fn add(neighbours: &mut Vec<Neighbour>, related: Neighbour) -> bool {
    let same = |one: &&mut Neighbour| one.node.id == related.node.id || one.own.as_deref() == Some(&related.node.id);
    match neighbours.iter_mut().find(same) {
        Some(neighbour) => {
            if neighbour.treatment == Treatment::Cites {
                neighbour.treatment = related.treatment;
            }
            false
        }
        None => {
            neighbours.push(related);
            true
        }
    }
}

/// What a document does to an instrument that it cites several times: the most frequent verb other than that it
/// cites.
fn strongest(entries: &[StoredCitation]) -> Treatment {
    let mut best = (0, Treatment::Cites);
    for treatment in Treatment::ALL.into_iter().filter(|treatment| *treatment != Treatment::Cites) {
        let times = entries.iter().filter(|entry| entry.treatment == treatment).count();
        if times > best.0 {
            best = (times, treatment);
        }
    }
    best.1
}
