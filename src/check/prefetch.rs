//! Asks the register at once for the rows that the rules will look at, so that a draft costs a few round trips to the
//! library however many citations it has. It changes no finding: what is missing here, a rule asks for itself.

use std::collections::BTreeSet;

use super::near_misses;
use crate::cite::{MentionKind, ResolvedDocument};
use crate::law::{Date, Key, Number};
use crate::register::{Lookup, Register};

/// How many steps a chain of replacements is followed ahead.
const STEPS: usize = 8;

/// Fetches the rows of all citations of a document, of what acts on them, and of numbers that unknown ones may be slips
/// for.
pub(super) fn rows(reading: &ResolvedDocument, register: &Register) {
    let citations = || reading.citations.iter().filter(|citation| citation.mention.kind != MentionKind::Own);
    let targets: Vec<&Key> = citations().filter_map(|citation| citation.target.as_ref()).collect();
    let written = citations().filter_map(|citation| citation.mention.number.as_ref());
    let ids: BTreeSet<&str> =
        citations().filter_map(|citation| citation.named_id.as_ref()).map(|id| id.as_str()).collect();
    let mut seen: BTreeSet<String> = targets.iter().map(|key| &key.number).chain(written).map(Number::folded).collect();
    let mut lookups: Vec<Lookup<'_>> = seen.iter().map(|folded| Lookup::Number(folded)).collect();
    lookups.extend(ids.into_iter().map(Lookup::Id));
    register.prefetch(&lookups);
    let mut level: Vec<Key> = targets.into_iter().cloned().collect();
    for _ in 0..STEPS {
        let acting = level.iter().flat_map(|key| register.relations_to(key)).map(|relation| relation.from.clone());
        level = acting.filter(|key| seen.insert(key.number.folded())).collect();
        if level.is_empty() {
            break;
        }
        fetch(register, level.iter().map(|key| key.number.folded()), Vec::new());
    }
    let unknown = citations().filter_map(|citation| Some((citation.mention.number.as_ref()?, citation.date)));
    let unknown: Vec<(&Number, Option<Date>)> =
        unknown.filter(|(number, _)| register.by_number(number).next().is_none()).collect();
    let serials = unknown.iter().flat_map(|(number, date)| near_misses::serials_to_try(number, *date)).collect();
    let numbers = unknown.iter().flat_map(|(number, _)| near_misses::numbers_to_try(number));
    fetch(register, numbers.map(|number| number.folded()), serials);
}

fn fetch(register: &Register, numbers: impl Iterator<Item = String>, serials: Vec<String>) {
    let numbers: BTreeSet<String> = numbers.collect();
    let lookups = numbers.iter().map(|folded| Lookup::Number(folded));
    register.prefetch(&lookups.chain(serials.iter().map(|serial| Lookup::Serial(serial))).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::policy::FilePolicy;
    use super::super::{CheckRequest, check};
    use crate::read::Document;
    use crate::register::Register;

    /// How often rows are fetched for a draft, and its findings.
    fn fetched(text: &str) -> (usize, Vec<String>) {
        let (held, trips) = (Arc::new(Register::bundled()), Arc::new(AtomicUsize::new(0)));
        let (rows, counted) = (Arc::clone(&held), Arc::clone(&trips));
        let fetch = move |lookups: &[crate::register::Lookup<'_>]| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(lookups.iter().map(|lookup| rows.answer(*lookup)).collect())
        };
        let register = held.with_fetch(Arc::new(fetch), Arc::default());
        let request = CheckRequest::on("2026-05-01".parse().unwrap());
        let checked = check(&request, Document::from_text("a.txt", text), &register, &FilePolicy::default());
        let found = checked.findings.iter().map(|finding| format!("{} {:?}", finding.rule, finding.range));
        (trips.load(Ordering::Relaxed), found.collect())
    }

    #[test]
    fn a_draft_of_many_citations_costs_as_many_round_trips_as_one_of_few() {
        let register = Register::bundled();
        let rows = register.instruments().iter().filter(|row| row.number.is_some() && row.issued.is_some());
        let lines: Vec<String> = rows
            .map(|row| {
                let (number, day) = (row.number.as_ref().unwrap(), row.issued.unwrap().strftime("%d/%m/%Y"));
                format!("Căn cứ {} số {number} ngày {day} của {};\n", row.kind, row.issuer)
            })
            .collect();
        assert!(lines.len() > 100);
        let (few, _) = fetched(&lines[..20].concat());
        let (many, found) = fetched(&lines.concat());
        assert!(many <= few + 10, "{few} round trips for 20 citations, {many} for {}", lines.len());
        let request = CheckRequest::on("2026-05-01".parse().unwrap());
        let held = check(&request, Document::from_text("a.txt", lines.concat()), &register, &FilePolicy::default());
        let held: Vec<String> =
            held.findings.iter().map(|finding| format!("{} {:?}", finding.rule, finding.range)).collect();
        assert_eq!(found, held);
    }
}
