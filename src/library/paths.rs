//! Questions that lead more than one step through the graph: the shortest way from one instrument to another, all that
//! rests on one, what is cited together with it. Nothing but the nodes reached is kept.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use super::answers::{CitationPath, Dependents, HitKind, PathNode, Ranked};
use super::citations::{citing_force, edges_of, edges_to};
use super::identity::{identity, instrument_id};
use super::instrument::instrument;
use super::most_cited::ranked;
use super::{LibraryError, shown, today};
use crate::law::{Force, Treatment};
use crate::register::Register;
use crate::store::{EdgeSet, Store, StoredCitation};

/// How many nodes a search for a way looks at before it gives up.
const MOST_SEEN: usize = 20_000;

/// How many citing documents are read to see what is cited together.
const SAMPLE: usize = 1_000;

/// How many of what is cited together are looked at beyond what is asked for.
const TOP: usize = 50;

/// One step to a neighbour.
struct Step {
    id: String,
    treatment: Treatment,
    sentence: Option<String>,
}

/// The shortest way of citations from one to another, of at most `most` steps; relations of the register count as
/// citations.
///
/// # Errors
/// The store cannot be read.
pub fn shortest_path(
    store: &Store,
    register: &Register,
    from: &str,
    to: &str,
    most: usize,
) -> Result<CitationPath, LibraryError> {
    let start = instrument_id(store, from)?;
    let goal = identity(store, register, &instrument_id(store, to)?)?;
    let mut came: HashMap<String, (String, Step, usize)> = HashMap::new();
    let mut open = VecDeque::from([(start.clone(), 0)]);
    let mut found = goal.is(&start).then(|| start.clone());
    while let Some((at, steps)) = open.pop_front().filter(|_| found.is_none() && came.len() < MOST_SEEN) {
        if steps == most {
            break;
        }
        for step in steps_out(store, register, &at)? {
            if step.id == start || came.contains_key(&step.id) {
                continue;
            }
            let id = step.id.clone();
            came.insert(id.clone(), (at.clone(), step, steps + 1));
            if goal.is(&id) {
                found = Some(id);
                break;
            }
            open.push_back((id, steps + 1));
        }
    }
    let mut nodes = Vec::new();
    if let Some(mut at) = found {
        while let Some((before, step, steps)) = came.remove(&at) {
            let mut node = reached(store, register, &at, steps)?;
            node.by = Some(before.clone());
            (node.treatment, node.sentence) = (step.treatment, step.sentence);
            nodes.push(node);
            at = before;
        }
        nodes.push(reached(store, register, &start, 0)?);
    }
    nodes.reverse();
    Ok(CitationPath { from: from.to_owned(), to: to.to_owned(), nodes, most })
}

/// All that cites an instrument, what cites those, and so on: at most `most` steps away, at most `limit` of them.
///
/// # Errors
/// The store cannot be read.
pub fn dependents(
    store: &Store,
    register: &Register,
    id: &str,
    most: usize,
    limit: usize,
) -> Result<Dependents, LibraryError> {
    let start = instrument_id(store, id)?;
    let mut seen = HashSet::from([start.clone()]);
    let mut open = VecDeque::from([(start, 0)]);
    let mut nodes = Vec::new();
    let mut complete = true;
    'walk: while let Some((at, steps)) = open.pop_front() {
        if steps == most {
            continue;
        }
        for group in edges_to(store, register, &at)?.by_document() {
            let entry = store.read_edges(&group.page(0, 1))?.into_iter().next();
            // What ends an instrument does not rest on it.
            let Some(entry) = entry.filter(|entry| !entry.treatment.ends()) else { continue };
            let id = entry.document_own.clone().unwrap_or_else(|| entry.document.clone());
            if !seen.insert(id.clone()) {
                continue;
            }
            if nodes.len() == limit {
                complete = false;
                break 'walk;
            }
            // What has no number cannot be cited.
            if entry.document_own.is_some() {
                open.push_back((id.clone(), steps + 1));
            }
            nodes.push(citing(store, register, &entry, id, steps + 1, &at)?);
        }
    }
    Ok(Dependents { instrument: id.to_owned(), nodes, complete })
}

/// The instruments that the documents citing this one cite most, by the number of those documents; of a much cited
/// instrument the newest thousand documents are read.
///
/// # Errors
/// The store cannot be read.
pub fn cited_together(store: &Store, register: &Register, id: &str, limit: usize) -> Result<Vec<Ranked>, LibraryError> {
    let start = instrument_id(store, id)?;
    let ids = store.documents_in(&edges_to(store, register, &start)?, SAMPLE)?;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut groups = store.edges_of(&ids)?.by_target();
    groups.sort_by_cached_key(|group| Reverse((group.documents(), group.total())));
    // What is cited with its place and without is one instrument; what may come to the top of the list is joined.
    let own = identity(store, register, &start)?;
    let mut others: Vec<(String, StoredCitation, EdgeSet)> = Vec::new();
    for group in groups.into_iter().take(2 * limit + TOP) {
        let Some(entry) = store.read_edges(&group.page(0, 1))?.into_iter().next() else { continue };
        let Some(target) = entry.target_in_place() else { continue };
        let id = identity(store, register, &target)?.id();
        match others.iter_mut().find(|(known, ..)| *known == id) {
            Some((.., edges)) => edges.join(group),
            None if own.is(&id) => {}
            None => others.push((id, entry, group)),
        }
    }
    others.sort_by_cached_key(|(.., edges)| Reverse((edges.documents(), edges.total())));
    let ranked = |(id, entry, edges): (String, StoredCitation, EdgeSet)| {
        ranked(store, register, id, entry.name.as_deref(), edges.total(), edges.documents())
    };
    others.into_iter().take(limit).map(ranked).collect()
}

/// What a node cites, and what it does to others by the register.
fn steps_out(store: &Store, register: &Register, id: &str) -> Result<Vec<Step>, LibraryError> {
    let mut steps: Vec<Step> = Vec::new();
    for group in edges_of(store, register, id)?.by_target() {
        let Some(entry) = store.read_edges(&group.page(0, 1))?.into_iter().next() else { continue };
        if let Some(id) = entry.target_in_place() {
            steps.push(Step { id, treatment: entry.treatment, sentence: Some(entry.sentence) });
        }
    }
    let related = instrument(store, register, id, today())?.map(|view| view.acts_on).unwrap_or_default();
    steps.extend(related.into_iter().map(|one| Step { id: one.id, treatment: one.treatment, sentence: None }));
    Ok(steps)
}

/// A node of a way, not yet with the step that led to it.
fn reached(store: &Store, register: &Register, id: &str, steps: usize) -> Result<PathNode, LibraryError> {
    let view = instrument(store, register, id, today())?;
    let document = if view.is_none() { store.document(id)? } else { None };
    let facts = view.as_ref().and_then(|view| view.facts.as_ref());
    let title = facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
    let text = view.as_ref().and_then(|view| view.documents.first()).and_then(|text| text.title.clone());
    let title = title.or(text).or_else(|| document.as_ref().and_then(|one| one.title.clone()));
    let number = view.as_ref().and_then(|view| view.number.clone());
    let number = number.or_else(|| document.as_ref().and_then(|one| one.number.clone()));
    Ok(PathNode {
        id: id.to_owned(),
        kind: if document.is_some() { HitKind::Document } else { HitKind::Instrument },
        label: number.or_else(|| title.clone()).unwrap_or_else(|| id.to_owned()),
        title,
        force: view.as_ref().map_or(Force::Unknown, |view| view.force),
        steps,
        by: None,
        treatment: Treatment::Cites,
        sentence: None,
    })
}

/// A citing document, from the citation that led to it.
fn citing(
    store: &Store,
    register: &Register,
    entry: &StoredCitation,
    id: String,
    steps: usize,
    by: &str,
) -> Result<PathNode, LibraryError> {
    let number = entry.document_number.clone();
    Ok(PathNode {
        kind: if entry.document_own.is_some() { HitKind::Instrument } else { HitKind::Document },
        label: number.or_else(|| entry.document_title.clone()).unwrap_or_else(|| shown(&entry.path)),
        title: entry.document_title.clone(),
        force: citing_force(store, register, entry)?,
        id,
        steps,
        by: Some(by.to_owned()),
        treatment: entry.treatment,
        sentence: Some(entry.sentence.clone()),
    })
}
