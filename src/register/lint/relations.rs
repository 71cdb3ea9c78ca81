//! Checks of relations: their days, their ends, and whether the rows of the instruments say the same.

use std::collections::{HashMap, HashSet};

use super::{Lens, Level, LintIssue, Placed};
use crate::law::{Force, Instrument, Key, PHASED_IN, Relation, Treatment, format_date};
use crate::register::lookup::{is_same, meant_by, statement_key};

impl Lens {
    fn row(&self, key: &Key) -> Option<&Instrument> {
        meant_by(self.held.by_number(&key.number.folded()), key, None)
    }

    pub(super) fn relation(&self, placed: &Placed<Relation>) -> Vec<LintIssue> {
        let relation = &placed.row;
        let mut faults = Vec::new();
        if relation.from == relation.to {
            faults.push(LintIssue::new("itself", Level::Error, "văn bản tác động tới chính nó", "it treats itself"));
        }
        let twins = self.twins.get(&statement_key(relation)).into_iter().flatten().map(|at| &self.relations[*at]);
        let mut before = twins.filter(|other| other.file == placed.file && other.line < placed.line);
        if let Some(first) = before.find(|other| is_same(&other.row, relation)) {
            let line = first.line;
            faults.push(LintIssue::new(
                "duplicate",
                Level::Error,
                format!("quan hệ này đã có ở dòng {line}; dòng đó được dùng"),
                format!("the same relation stands in line {line}, which counts"),
            ));
        }
        self.days(relation, &mut faults);
        self.agreement(relation, &mut faults);
        faults.extend(super::unchecked(&relation.source, relation.confirmed, relation.confidence));
        for end in [&relation.from, &relation.to] {
            if self.held.by_number(&end.number.folded()).next().is_none() {
                faults.push(LintIssue::new(
                    "end-unknown",
                    Level::Note,
                    format!("{end} không có trong instruments.csv"),
                    format!("{end} has no row in instruments.csv"),
                ));
            }
        }
        faults
    }

    fn days(&self, relation: &Relation, faults: &mut Vec<LintIssue>) {
        let Some(date) = relation.date else { return };
        for (end, acts) in [(&relation.to, false), (&relation.from, true)] {
            let Some(issued) = self.row(end).and_then(|row| row.issued).filter(|issued| date < *issued) else {
                continue;
            };
            // An act may reach back, as its own row then says; it cannot touch what was not there.
            let reaches_back = self.row(end).is_some_and(|row| row.commences == Some(date));
            let level = match (acts, reaches_back) {
                (true, true) => Level::Note,
                (true, false) => Level::Warning,
                (false, _) => Level::Error,
            };
            faults.push(LintIssue::new(
                "dates",
                level,
                format!(
                    "từ ngày {date}, trước khi {end} ban hành ({issued})",
                    date = format_date(date),
                    issued = format_date(issued)
                ),
                format!("from {date}, before {end} was issued ({issued})"),
            ));
        }
        if let Some(confirmed) = relation.confirmed.filter(|day| *day > self.today) {
            faults.push(LintIssue::new(
                "dates",
                Level::Error,
                format!("cột confirmed: ngày {confirmed} chưa đến"),
                format!("column confirmed: {confirmed} is in the future"),
            ));
        }
    }

    /// What ends an instrument as a whole must show in its row.
    fn agreement(&self, relation: &Relation, faults: &mut Vec<LintIssue>) {
        if !relation.treatment.ends() || relation.provision.is_some() || relation.source.contains(PHASED_IN) {
            return;
        }
        let Some(row) = self.row(&relation.to) else { return };
        let past = relation.date.is_some_and(|date| row.force_as_of.is_some_and(|seen| date <= seen));
        let state = row.force;
        match (state, row.ended, relation.date) {
            (Force::InForce | Force::InPart | Force::Suspended | Force::NotYet, None, _) if past => {
                faults.push(LintIssue::new(
                    "agreement",
                    Level::Error,
                    format!("{} bị tác động toàn bộ nhưng instruments.csv ghi {state}", relation.to),
                    format!("{} is ended as a whole, but its row says {state}", relation.to),
                ));
            }
            (Force::InForce | Force::InPart | Force::Suspended | Force::NotYet | Force::Unknown, None, _) => {
                // A row that does not know contradicts nobody.
                let level = if state == Force::Unknown { Level::Note } else { Level::Warning };
                faults.push(LintIssue::new(
                    "agreement",
                    level,
                    format!(
                        "{} bị tác động toàn bộ; instruments.csv ghi {state} và không có ngày hết hiệu lực",
                        relation.to
                    ),
                    format!("{} is ended as a whole; its row says {state} and no day of its end", relation.to),
                ));
            }
            (_, Some(ended), Some(date)) if ended != date => {
                // The earliest of several acts is what ended it.
                let level = if ended < date { Level::Note } else { Level::Warning };
                faults.push(LintIssue::new(
                    "agreement",
                    level,
                    format!(
                        "{} hết hiệu lực ngày {ended} theo instruments.csv, ngày {date} theo quan hệ này",
                        relation.to,
                        ended = format_date(ended),
                        date = format_date(date)
                    ),
                    format!("{} ended on {ended} by its row, on {date} by this relation", relation.to),
                ));
            }
            _ => {}
        }
    }

    /// Rings of whole replacements, each told once, at one of its relations.
    pub(super) fn cycles(&self) -> Vec<(usize, LintIssue)> {
        let mut next: HashMap<String, Vec<usize>> = HashMap::new();
        let whole = |relation: &Relation| relation.treatment == Treatment::Replaces && relation.provision.is_none();
        for (at, placed) in self.relations.iter().enumerate() {
            if whole(&placed.row) && placed.row.from != placed.row.to {
                next.entry(placed.row.from.to_string()).or_default().push(at);
            }
        }
        let mut done: HashSet<String> = HashSet::new();
        let mut found = Vec::new();
        let mut starts: Vec<&String> = next.keys().collect();
        starts.sort();
        for start in starts {
            // Depth first: the way from the start, and what is still to be tried at each step of it.
            let mut way: Vec<(String, Vec<usize>)> = vec![(start.clone(), next[start].clone())];
            while let Some((here, left)) = way.last_mut() {
                let Some(at) = left.pop() else {
                    done.insert(here.clone());
                    way.pop();
                    continue;
                };
                let to = self.relations[at].row.to.to_string();
                if let Some(first) = way.iter().position(|(one, _)| *one == to) {
                    let ring: Vec<&str> =
                        way[first..].iter().map(|(one, _)| one.as_str()).chain([to.as_str()]).collect();
                    let ring = ring.join(" → ");
                    found.push((
                        at,
                        LintIssue::new(
                            "cycle",
                            Level::Error,
                            format!("các văn bản thay thế nhau thành vòng: {ring}"),
                            format!("these replace each other in a ring: {ring}"),
                        ),
                    ));
                } else if !done.contains(&to)
                    && let Some(onward) = next.get(&to)
                {
                    way.push((to, onward.clone()));
                }
            }
        }
        found
    }
}
