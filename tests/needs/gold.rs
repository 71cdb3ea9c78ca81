//! The citations of annotated real documents. The measure is that of the guidelines that come with the annotation: exact
//! spans, and the instrument that is meant.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use danchieu::cite;
use danchieu::read::Document;
use danchieu::register::Register;
use serde_json::Value;

use crate::need::shared;

/// Exact spans and meanings, as (right, found, wanted).
#[derive(Debug, Default)]
struct Score {
    spans: usize,
    resolved: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn f1(&self, right: usize) -> f64 {
        2.0 * right as f64 / (self.found + self.wanted) as f64
    }
}

fn comparable(key: Option<&str>) -> String {
    let key: String = key.unwrap_or_default().split_whitespace().collect();
    key.to_lowercase().trim_start_matches('0').to_owned()
}

fn score(gold: &Path, texts: &Path) -> Score {
    let lines = fs::read_to_string(gold).expect("a gold file");
    let mut by_doc: HashMap<String, Vec<Value>> = HashMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).expect("a gold line");
        by_doc.entry(row["doc"].as_str().expect("doc").to_owned()).or_default().push(row);
    }
    let register = Register::bundled();
    let mut score = Score::default();
    for (doc, rows) in by_doc {
        let text = fs::read_to_string(texts.join(&doc)).expect("a gold text");
        let document = Document::from_text(doc, text);
        let reading = cite::read(&document, &register);
        let overlaps = |row: &Value, range: &std::ops::Range<usize>| {
            let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
            range.start < end && start < range.end
        };
        let (ignored, wanted): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| row["ignore"] == true);
        score.wanted += wanted.len();
        for citation in &reading.citations {
            let range = document.text.to_source(citation.mention.range.clone());
            if citation.mention.kind == cite::MentionKind::Own || ignored.iter().any(|row| overlaps(row, &range)) {
                continue;
            }
            score.found += 1;
            let exact = |row: &&&Value| {
                row["start"].as_u64() == Some(range.start as u64) && row["end"].as_u64() == Some(range.end as u64)
            };
            score.spans += usize::from(wanted.iter().any(|row| exact(&row)));
            if let Some(row) = wanted.iter().find(|row| exact(row)).or(wanted.iter().find(|row| overlaps(row, &range)))
            {
                let target = citation.target.as_ref().map(ToString::to_string);
                score.resolved += usize::from(comparable(row["target"].as_str()) == comparable(target.as_deref()));
            }
        }
    }
    score
}

pub fn real_plans_are_read_as_annotated() {
    let seeds = score(&shared().join("gold/seeds.jsonl"), &shared().join("seeds"));
    assert!(seeds.f1(seeds.spans) >= 0.985, "spans F1 {:.4}: {seeds:?}", seeds.f1(seeds.spans));
    assert!(seeds.f1(seeds.resolved) >= 0.975, "resolved F1 {:.4}: {seeds:?}", seeds.f1(seeds.resolved));
}

pub fn real_decisions_and_laws_are_read_as_annotated() {
    let dev = score(&shared().join("gold/dev.jsonl"), &shared().join("gold/dev"));
    assert!(dev.f1(dev.spans) >= 0.985, "spans F1 {:.4}: {dev:?}", dev.f1(dev.spans));
    assert!(dev.f1(dev.resolved) >= 0.965, "resolved F1 {:.4}: {dev:?}", dev.f1(dev.resolved));
}
