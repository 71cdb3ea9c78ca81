//! Questions that lead more than one step through the graph: the shortest way from one instrument to another, all that
//! rests on one, what is cited together with it. Nothing but the nodes reached is kept.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::answers::{CitationPath, Dependents, HitKind, InstrumentView, PathNode, Ranked};
use super::citations::{citing_forces, made_by};
use super::identity::{Identity, identities, identity, instrument_id};
use super::instrument::instruments;
use super::most_cited::{CitedOften, ranked};
use super::{LibraryError, shown, today};
use crate::law::{Force, Treatment};
use crate::register::Register;
use crate::store::{
    CitationGroups, CitationQuery, DocumentKey, GroupBy, GroupOrder, Grouping, Store, StoredCitation, StoredDocument,
};

/// How many nodes a search for a way looks at before it gives up.
const MOST_SEEN: usize = 20_000;

/// How many citing documents are read to see what is cited together.
const SAMPLE: usize = 1_000;

/// How many nodes are asked about at once.
const AT_ONCE: usize = 64;

/// How many of what is cited together are looked at beyond what is asked for.
const TOP: usize = 50;

/// One step to a neighbour.
struct Step {
    id: String,
    treatment: Treatment,
    sentence: Option<String>,
}

/// How a node was reached: from which one, by which step, and how many steps away.
type Arrival = (String, Step, usize);

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
    let mut level = vec![start.clone()];
    let mut found = goal.is(&start).then(|| start.clone());
    'walk: for steps in 1..=most {
        let mut next = Vec::new();
        for ids in level.chunks(AT_ONCE) {
            if found.is_some() || came.len() >= MOST_SEEN {
                break 'walk;
            }
            for (at, out) in ids.iter().zip(steps_out(store, register, ids)?) {
                for step in out {
                    if found.is_some() || step.id == start || came.contains_key(&step.id) {
                        continue;
                    }
                    let id = step.id.clone();
                    came.insert(id.clone(), (at.clone(), step, steps));
                    if goal.is(&id) {
                        found = Some(id);
                    } else {
                        next.push(id);
                    }
                }
            }
        }
        level = next;
    }
    let mut way: Vec<(String, Option<Arrival>)> = Vec::new();
    if let Some(mut at) = found {
        while let Some((before, step, steps)) = came.remove(&at) {
            way.push((at, Some((before.clone(), step, steps))));
            at = before;
        }
        way.push((start, None));
    }
    way.reverse();
    let ids: Vec<&str> = way.iter().map(|(id, _)| id.as_str()).collect();
    let mut nodes = nodes(store, register, &ids)?;
    for (node, (_, step)) in nodes.iter_mut().zip(way.iter_mut()) {
        if let Some((before, step, steps)) = step.take() {
            node.by = Some(before);
            (node.steps, node.treatment, node.sentence) = (steps, step.treatment, step.sentence);
        }
    }
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
    let mut level = vec![start];
    let mut reached: Vec<(StoredCitation, String, usize, String)> = Vec::new();
    let mut complete = true;
    'walk: for steps in 1..=most {
        let mut next = Vec::new();
        for ids in level.chunks(AT_ONCE) {
            let names: Vec<&str> = ids.iter().map(String::as_str).collect();
            let citing: Vec<CitationQuery> =
                identities(store, register, &names)?.iter().map(Identity::citations).collect();
            let groups = store.group_citations(&citing, &Grouping::new(GroupBy::Document, usize::MAX, 1))?;
            for (at, groups) in ids.iter().zip(groups) {
                let first = groups.groups.into_iter().filter_map(|group| group.first.into_iter().next());
                // What ends an instrument does not rest on it.
                for entry in first.filter(|entry| !entry.treatment.ends()) {
                    let id = entry.document_own.clone().unwrap_or_else(|| entry.document.clone());
                    if !seen.insert(id.clone()) {
                        continue;
                    }
                    if reached.len() == limit {
                        complete = false;
                        break 'walk;
                    }
                    // What has no number cannot be cited.
                    if entry.document_own.is_some() {
                        next.push(id.clone());
                    }
                    reached.push((entry, id, steps, at.clone()));
                }
            }
        }
        level = next;
    }
    let citations: Vec<StoredCitation> = reached.iter().map(|(entry, ..)| entry.clone()).collect();
    let forces = citing_forces(store, register, &citations)?;
    let node = |((entry, id, steps, by), force): ((StoredCitation, String, usize, String), Force)| PathNode {
        kind: if entry.document_own.is_some() { HitKind::Instrument } else { HitKind::Document },
        label: entry.document_number.or_else(|| entry.document_title.clone()).unwrap_or_else(|| shown(&entry.path)),
        title: entry.document_title,
        force,
        id,
        steps,
        by: Some(by),
        treatment: entry.treatment,
        sentence: Some(entry.sentence),
    };
    Ok(Dependents { instrument: id.to_owned(), nodes: reached.into_iter().zip(forces).map(node).collect(), complete })
}

/// The instruments that the documents citing this one cite most, by the number of those documents; of a much cited
/// instrument the newest thousand documents are read.
///
/// # Errors
/// The store cannot be read.
pub fn cited_together(store: &Store, register: &Register, id: &str, limit: usize) -> Result<Vec<Ranked>, LibraryError> {
    let own = identity(store, register, &instrument_id(store, id)?)?;
    let ids = store.citing_document_ids(&[own.citations()], SAMPLE)?.pop().unwrap_or_default();
    let grouping = Grouping {
        order: GroupOrder::Documents,
        documents: true,
        ..Grouping::new(GroupBy::Target, 2 * limit + TOP, 1)
    };
    let groups = store.group_citations(&[CitationQuery::from(ids)], &grouping)?.pop().unwrap_or_default().groups;
    let names: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    let identities = identities(store, register, &names)?;
    // What is cited with its place and without is one instrument; what may come to the top of the list is joined.
    let mut others: Vec<(CitedOften, HashSet<String>)> = Vec::new();
    for (group, identity) in groups.iter().zip(&identities) {
        let id = identity.id();
        let documents = group.by_document.iter().map(|(document, _)| document.clone());
        match others.iter_mut().find(|(known, _)| known.id == id) {
            Some((known, seen)) => {
                seen.extend(documents);
                known.citations += group.citations;
                known.documents = seen.len();
            }
            None if own.is(&id) => {}
            None => others.push((CitedOften { id, ..CitedOften::of_group(group) }, documents.collect())),
        }
    }
    others.sort_by_key(|(one, _)| Reverse((one.documents, one.citations)));
    ranked(store, register, others.into_iter().take(limit).map(|(one, _)| one).collect())
}

/// What each node cites, and what it does to others by the register.
fn steps_out(store: &Store, register: &Register, ids: &[String]) -> Result<Vec<Vec<Step>>, LibraryError> {
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let made = made_by(store, register, &names)?;
    let cited = store.group_citations(&made, &Grouping::new(GroupBy::Target, usize::MAX, 1))?;
    let views = instruments(store, register, &names, today())?;
    let steps = |(cited, view): (CitationGroups, Option<InstrumentView>)| {
        let cited = cited.groups.into_iter().filter_map(|group| {
            let entry = group.first.into_iter().next()?;
            Some(Step { id: group.id, treatment: entry.treatment, sentence: Some(entry.sentence) })
        });
        let related = view.map(|view| view.acts_on).unwrap_or_default().into_iter();
        cited.chain(related.map(|one| Step { id: one.id, treatment: one.treatment, sentence: None })).collect()
    };
    Ok(cited.into_iter().zip(views).map(steps).collect())
}

/// The nodes of a way, not yet with the steps that led to them.
fn nodes(store: &Store, register: &Register, ids: &[&str]) -> Result<Vec<PathNode>, LibraryError> {
    let views = instruments(store, register, ids, today())?;
    let documents = store.read_documents(&ids.iter().map(|id| DocumentKey::Id(id)).collect::<Vec<_>>())?;
    let node = |(id, (view, document)): (&&str, (Option<InstrumentView>, Option<StoredDocument>))| {
        let document = document.filter(|_| view.is_none());
        let facts = view.as_ref().and_then(|view| view.facts.as_ref());
        let title = facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty());
        let text = view.as_ref().and_then(|view| view.documents.first()).and_then(|text| text.title.clone());
        let title = title.or(text).or_else(|| document.as_ref().and_then(|one| one.title.clone()));
        let number = view.as_ref().and_then(|view| view.number.clone());
        let number = number.or_else(|| document.as_ref().and_then(|one| one.number.clone()));
        PathNode {
            id: (*id).to_owned(),
            kind: if document.is_some() { HitKind::Document } else { HitKind::Instrument },
            label: number.or_else(|| title.clone()).unwrap_or_else(|| (*id).to_owned()),
            title,
            force: view.as_ref().map_or(Force::Unknown, |view| view.force),
            steps: 0,
            by: None,
            treatment: Treatment::Cites,
            sentence: None,
        }
    };
    Ok(ids.iter().zip(views.into_iter().zip(documents)).map(node).collect())
}
