//! The neighbourhood of an instrument or document as nodes and edges: what it rests on, itself, who cites it, one or
//! two steps wide.

use super::answers::{CitationView, Graph, GraphEdge, GraphNode, HitKind, NodeRole, RelationView};
use super::citations::{made_by, of_cited_instrument, of_citing_documents};
use super::identity::{facts, facts_of, identity, instrument_id};
use super::instrument::instrument;
use super::shown_path::file_name;
use super::{LibraryError, force_on, today};
use crate::law::Treatment;
use crate::register::Register;
use crate::store::{CitationGroup, DocumentKey, GroupBy, Grouping, Store, StoredCitation};

/// How many citations of one neighbour are read to see what it does; the rest only count.
const READ: usize = 16;

/// How many citations of an instrument, the newest, its citing neighbours are chosen from.
const LOOKED_AT: usize = 2_000;

/// How many neighbours of one neighbour are drawn.
const EACH: usize = 4;

/// The neighbourhood of an instrument or document: at most `limit` nodes with itself, `depth` steps wide (1 or 2). `None`
/// for what is not known.
///
/// # Errors
/// The store cannot be read.
pub fn graph(
    store: &Store,
    register: &Register,
    id: &str,
    depth: usize,
    limit: usize,
) -> Result<Option<Graph>, LibraryError> {
    if depth < 2 {
        return neighbours(store, register, id, limit);
    }
    // The first step takes a third of the room, so that there is some for the second.
    let Some(mut graph) = neighbours(store, register, id, (limit / 3).max(2))? else { return Ok(None) };
    let first: Vec<GraphNode> = graph.nodes.iter().filter(|node| node.steps == 1).cloned().collect();
    for near in &first {
        if let Some(around) = neighbours(store, register, &near.id, 4 * EACH)? {
            add_second_step(&mut graph, near, &around, limit);
        }
    }
    Ok(Some(graph))
}

/// Adds the first few neighbours of a neighbour on its side of the graph.
fn add_second_step(graph: &mut Graph, near: &GraphNode, around: &Graph, limit: usize) {
    let goes_out = near.role == NodeRole::Cited;
    for node in around.nodes.iter().filter(|node| node.role == near.role).take(EACH) {
        let far_end = |edge: &&GraphEdge| if goes_out { edge.to == node.id } else { edge.from == node.id };
        let Some(mut edge) = around.edges.iter().find(far_end).cloned() else { continue };
        // The neighbour may have the id of a document there and that of its instrument here.
        *(if goes_out { &mut edge.from } else { &mut edge.to }) = near.id.clone();
        match graph.nodes.iter().find(|one| one.id == node.id) {
            // What is nearer already is not drawn a second time.
            Some(known) if known.steps < 2 || known.role != near.role => continue,
            Some(_) => {}
            None if graph.nodes.len() >= limit => continue,
            None => graph.nodes.push(GraphNode { steps: 2, role: near.role, ..node.clone() }),
        }
        graph.edges.push(edge);
    }
}

/// A neighbour before it is known whether there is room for it.
struct Neighbour {
    node: GraphNode,
    /// The instrument that a document is, so that it is not drawn a second time.
    own: Option<String>,
    treatment: Treatment,
    citations: usize,
}

/// The direct neighbours of an instrument or document, at most `limit` nodes with itself; the most cited, and
/// of the newest [`LOOKED_AT`] citations those of the documents that cite most, first. `None` for what is not known.
fn neighbours(store: &Store, register: &Register, id: &str, limit: usize) -> Result<Option<Graph>, LibraryError> {
    let Some(centre) = centre(store, register, id)? else { return Ok(None) };
    let own = instrument_id(store, id)?;
    let view = instrument(store, register, id, today())?;

    let room = limit.max(1) - 1;
    let made = made_by(store, register, &[id])?;
    let targets = store.group_citations(&made, &Grouping::new(GroupBy::Target, room + 2, READ))?;
    let targets = targets.into_iter().next().unwrap_or_default();
    let query = identity(store, register, &own)?.citations();
    let totals = store.count_citations(std::slice::from_ref(&query))?;
    let newest = store.group_citations(&[query.first(LOOKED_AT)], &Grouping::new(GroupBy::Document, room + 1, READ))?;
    let sources = newest.into_iter().next().unwrap_or_default();
    // Half of the room for each side, and what one side leaves for the other.
    let (relations_out, relations_in) = view.map(|view| (view.acts_on, view.acted_on_by)).unwrap_or_default();
    let out_wish = targets.total + targets.unresolved + relations_out.len();
    let in_wish = sources.total + relations_in.len();
    let out_room = (room / 2).max(room.saturating_sub(in_wish)).min(out_wish);
    let in_room = room - out_room.min(room);

    let is_itself = targets.groups.iter().any(|group| group.id == own);
    let groups: Vec<&CitationGroup> =
        targets.groups.iter().filter(|group| group.id != own).take(out_room + 1).collect();
    let mut cited = cited_neighbours(store, register, &groups)?;
    let mut cited_total = targets.total - usize::from(is_itself);
    cited_total += join_relations(store, register, &mut cited, &relations_out, &own, NodeRole::Cited)?;
    let groups: Vec<&CitationGroup> = sources.groups.iter().take(in_room + 1).collect();
    let mut citing = citing_neighbours(store, register, &groups)?;
    citing.retain(|neighbour| neighbour.node.id != centre.id);
    let mut citing_total = totals.first().map_or(0, |totals| totals.documents);
    citing_total += join_relations(store, register, &mut citing, &relations_in, &own, NodeRole::Citing)?;
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
    Ok(Some(graph))
}

fn centre(store: &Store, register: &Register, id: &str) -> Result<Option<GraphNode>, LibraryError> {
    let node =
        |id, kind, label, title, force| GraphNode { id, kind, label, title, role: NodeRole::Centre, steps: 0, force };
    if let Some(entry) = store.read_documents(&[DocumentKey::Id(id)])?.pop().flatten() {
        let facts = match &entry.own {
            Some(own) => facts(store, register, own)?,
            None => None,
        };
        let label = entry.number.clone().or_else(|| entry.title.clone()).unwrap_or_else(|| file_name(&entry.path));
        let force = force_on(facts.as_ref(), today());
        return Ok(Some(node(entry.id, HitKind::Document, label, entry.title, force)));
    }
    let Some(view) = instrument(store, register, id, today())? else { return Ok(None) };
    let title = view.facts.as_ref().map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
    let title = title.or_else(|| view.documents.first().and_then(|document| document.title.clone()));
    let label = view.number.or_else(|| title.clone()).unwrap_or_else(|| view.id.clone());
    Ok(Some(node(view.id, HitKind::Instrument, label, title, view.force)))
}

/// What the citations of each group lead to.
fn cited_neighbours(
    store: &Store,
    register: &Register,
    groups: &[&CitationGroup],
) -> Result<Vec<Neighbour>, LibraryError> {
    let first: Vec<StoredCitation> = groups.iter().filter_map(|group| group.first.first().cloned()).collect();
    let views = of_citing_documents(store, register, &first)?;
    let neighbour = |(group, view): (&&CitationGroup, CitationView)| Neighbour {
        node: GraphNode {
            id: group.id.clone(),
            kind: HitKind::Instrument,
            label: view.number.or_else(|| view.title.clone()).unwrap_or_else(|| group.id.clone()),
            title: view.title,
            role: NodeRole::Cited,
            steps: 1,
            force: view.force,
        },
        own: None,
        treatment: strongest(&group.first),
        citations: group.citations,
    };
    Ok(groups.iter().zip(views).map(neighbour).collect())
}

/// The document that the citations of each group are in.
fn citing_neighbours(
    store: &Store,
    register: &Register,
    groups: &[&CitationGroup],
) -> Result<Vec<Neighbour>, LibraryError> {
    let first: Vec<StoredCitation> = groups.iter().filter_map(|group| group.first.first().cloned()).collect();
    let views = of_cited_instrument(store, register, &first)?;
    let neighbour = |((group, entry), view): ((&&CitationGroup, &StoredCitation), CitationView)| Neighbour {
        node: GraphNode {
            id: group.id.clone(),
            kind: HitKind::Document,
            label: view.number.or_else(|| view.title.clone()).unwrap_or_else(|| file_name(&view.path)),
            title: view.title,
            role: NodeRole::Citing,
            steps: 1,
            force: view.force,
        },
        own: entry.document_own.clone(),
        treatment: strongest(&group.first),
        citations: group.citations,
    };
    Ok(groups.iter().zip(&first).zip(views).map(neighbour).collect())
}

/// Joins the other ends of the register's relations to the neighbours of one side; how many were new.
fn join_relations(
    store: &Store,
    register: &Register,
    side: &mut Vec<Neighbour>,
    relations: &[RelationView],
    own: &str,
    role: NodeRole,
) -> Result<usize, LibraryError> {
    let relations: Vec<&RelationView> = relations.iter().filter(|relation| relation.id != own).collect();
    let rows = facts_of(store, register, &relations.iter().map(|relation| relation.id.as_str()).collect::<Vec<_>>())?;
    let mut added = 0;
    for (relation, row) in relations.into_iter().zip(rows) {
        let node = GraphNode {
            id: relation.id.clone(),
            kind: HitKind::Instrument,
            label: relation.number.clone(),
            title: relation.title.clone(),
            role,
            steps: 1,
            force: force_on(row.as_ref(), today()),
        };
        added += usize::from(add(side, Neighbour { node, own: None, treatment: relation.treatment, citations: 0 }));
    }
    Ok(added)
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
