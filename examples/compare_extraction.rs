//! What a change to the extractor gains and loses: runs `extract` of two builds over the same texts and prints the
//! citations that differ, so that a reviewer reads differences and not counts.
//!
//! ```sh
//! cargo run --release --example compare_extraction -- OLD_BINARY NEW_BINARY PATH…
//! ```
//! Prints `+` for a citation that only the new build finds, `-` for one that only the old one finds, `~` for one that
//! both find and understand differently. Exit code 0: no difference, 1: some, 2: it could not run.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

use serde_json::Value;

/// A citation's place: path, start, end.
type Place = (String, u64, u64);

/// What is compared of a citation besides its place.
const UNDERSTOOD: [&str; 7] = ["kind", "key", "date", "target", "pin", "treatment", "locality"];

fn extract(binary: &str, paths: &[String]) -> Result<BTreeMap<Place, Value>, String> {
    let output = Command::new(binary)
        .args(["extract", "--format", "jsonl"])
        .args(paths)
        .output()
        .map_err(|error| format!("{binary}: {error}"))?;
    let text = String::from_utf8(output.stdout).map_err(|error| format!("{binary}: {error}"))?;
    let mut citations = BTreeMap::new();
    for line in text.lines() {
        let citation: Value = serde_json::from_str(line).map_err(|error| format!("{binary}: {error}"))?;
        let offset = |name: &str| citation[name].as_u64().unwrap_or_default();
        let place = (citation["path"].as_str().unwrap_or_default().to_owned(), offset("start"), offset("end"));
        citations.insert(place, citation);
    }
    Ok(citations)
}

fn describe((path, start, _): &Place, citation: &Value) -> String {
    let words = citation["text"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let target = citation["target"].as_str().unwrap_or("-");
    format!("{path}:{start} {words} → {target}")
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [old, new, paths @ ..] = args.as_slice() else {
        eprintln!("usage: compare_extraction OLD_BINARY NEW_BINARY PATH…");
        return ExitCode::from(2);
    };
    let (old, new) = match (extract(old, paths), extract(new, paths)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let (mut gained, mut lost, mut changed) = (0, 0, 0);
    for (place, citation) in &new {
        match old.get(place) {
            None => {
                gained += 1;
                println!("+ {}", describe(place, citation));
            }
            Some(before) => {
                let differ: Vec<&str> = UNDERSTOOD.into_iter().filter(|name| before[name] != citation[name]).collect();
                if !differ.is_empty() {
                    changed += 1;
                    let turned = differ.iter().map(|name| format!("{name} {} → {}", before[name], citation[name]));
                    println!("~ {} ({})", describe(place, citation), turned.collect::<Vec<_>>().join("; "));
                }
            }
        }
    }
    for (place, citation) in old.iter().filter(|(place, _)| !new.contains_key(*place)) {
        lost += 1;
        println!("- {}", describe(place, citation));
    }
    println!("{} before, {} now: {gained} gained, {lost} lost, {changed} understood differently", old.len(), new.len());
    ExitCode::from(u8::from(gained + lost + changed > 0))
}
