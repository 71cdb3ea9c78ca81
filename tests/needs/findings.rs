//! The rules of form on annotated real documents: every fault that the annotation names is found, and no other is reported.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use danchieu::check::policy::FilePolicy;
use danchieu::check::{self, AsOf, CheckRequest, Severity};
use danchieu::read::Document;
use danchieu::register::Register;
use serde_json::Value;

use crate::need::shared;

/// The rules that the annotation covers.
const FORM: [&str; 7] = [
    "missing-year",
    "year-mismatch",
    "type-mismatch",
    "issuer-mismatch",
    "malformed-symbol",
    "incomplete-symbol",
    "date-mismatch",
];

/// Faults as (document, rule, words).
#[derive(Debug, Default, PartialEq, Eq)]
struct Difference {
    missed: Vec<(String, String, String)>,
    claimed: Vec<(String, String, String)>,
}

/// The number of annotated faults, and how what the check finds differs from them.
fn compare(gold: &Path, texts: &Path) -> (usize, Difference) {
    let lines = fs::read_to_string(gold).expect("a gold file");
    let mut by_doc: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).expect("a gold line");
        by_doc.entry(row["doc"].as_str().expect("doc").to_owned()).or_default().push(row);
    }
    let register = Register::bundled();
    let mut difference = Difference::default();
    let mut annotated = 0;
    for (doc, rows) in by_doc {
        let text = fs::read_to_string(texts.join(&doc)).expect("a gold text");
        let document = Document::from_text(doc.clone(), text);
        let request = CheckRequest { as_of: Some(AsOf::Document), ..CheckRequest::on(danchieu::library::today()) };
        let checked = check::check(&request, document, &register, &FilePolicy::default());
        let document = &checked.document;
        let mut found: Vec<(&str, Range<usize>, Severity)> = checked
            .findings
            .iter()
            .filter(|finding| FORM.contains(&finding.rule))
            .map(|finding| (finding.rule, document.text.to_source(finding.range.clone()), finding.severity))
            .collect();
        for row in &rows {
            let place = |field: &str| row[field].as_u64().expect("an offset") as usize;
            let (start, end) = (place("start"), place("end"));
            let here = |range: &Range<usize>| range.start < end && start < range.end;
            for rule in row["findings"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                annotated += 1;
                match found.iter().position(|(name, range, _)| *name == rule && here(range)) {
                    Some(at) => drop(found.remove(at)),
                    None => difference.missed.push((doc.clone(), rule.into(), row["text"].to_string())),
                }
            }
            if row["ignore"] == true {
                found.retain(|(_, range, _)| !here(range));
            }
        }
        let source = document.text.source();
        let claimed = found.into_iter().filter(|(.., severity)| *severity > Severity::Info);
        difference.claimed.extend(claimed.map(|(rule, range, _)| (doc.clone(), rule.into(), source[range].into())));
    }
    (annotated, difference)
}

pub fn faults_of_form_are_found_as_annotated() {
    for (gold, texts) in [("gold/seeds.jsonl", "seeds"), ("gold/dev.jsonl", "gold/dev")] {
        let (annotated, difference) = compare(&shared().join(gold), &shared().join(texts));
        assert!(annotated > 0, "{gold} names no fault");
        assert_eq!(difference, Difference::default(), "{gold}");
    }
}
