//! Real Word files through the annotation and back: rejecting the changes gives the draft, accepting them the suggestions,
//! and a comment is at exactly the words that it is about.

use std::fs;
use std::path::{Path, PathBuf};

use danchieu::check::policy::FilePolicy;
use danchieu::check::{self, CheckRequest, Finding};
use danchieu::read::{self, Document};
use danchieu::register::Register;
use danchieu::report::docx::annotate;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::need::shared;
use crate::support::word::{at, commented, open, options, part, settled_text, sound, text};

/// The real Word files, in the order of their names.
pub fn real() -> Vec<PathBuf> {
    let folder = fs::read_dir(shared().join("real/docx")).expect("a folder of Word files");
    let mut files: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// Findings of the check, and some at places that no rule would choose: in the midst of words, across cells,
/// lines and runs. Those of even number propose other words where they stand on one line.
pub fn findings(document: &Document, register: &Register, seed: u64) -> (usize, Vec<Finding>) {
    let request = CheckRequest::on("2026-01-26".parse().unwrap());
    let mut findings = check::check(&request, document.clone(), register, &FilePolicy::default()).findings;
    let checked = findings.len();
    let text = document.text.as_str();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut state = seed;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for number in 0..60 {
        let start = random(places.len() - 2);
        let end = (start + 1 + random(if number % 3 == 0 { 3 } else { 90 })).min(places.len() - 1);
        let words = &text[places[start]..places[end]];
        let proposed = number % 2 == 0 && words.trim() == words && !words.contains(['\n', '\t']);
        findings.push(at(places[start]..places[end], proposed.then_some("Xx 1/2")));
    }
    (checked, findings)
}

/// Without optimisation a file takes seconds: a run of every day takes each eighth, DANCHIEU_FULL=true all of them.
pub fn real_files_survive_the_round_trip() {
    let full = std::env::var("DANCHIEU_FULL").as_deref() == Ok("true");
    let register = Register::bundled();
    // The share of exact places is that of all files together; a few of them may have a lower one.
    let (step, exact_percent) = if full { (1, 98) } else { (8, 95) };
    let files: Vec<(usize, PathBuf)> = real().into_iter().enumerate().step_by(step).collect();
    let counts: Vec<[usize; 5]> =
        files.par_iter().map(|(seed, path)| round_trip(path, &register, *seed as u64)).collect();
    let sum = |at: usize| counts.iter().map(|counts| counts[at]).sum::<usize>();
    let [of_rules, comments, lines, exact, changes] = [0, 1, 2, 3, 4].map(sum);
    assert!(
        of_rules > 0 && changes > 0 && exact * 100 >= lines * exact_percent,
        "{of_rules} findings of rules, {comments} comments; of {lines} on words of one line {exact} at exactly these words; {changes} changes"
    );
}

/// Counts of findings of rules, comments, comments on words of one line, those at exactly these words, and changes.
fn round_trip(path: &Path, register: &Register, seed: u64) -> [usize; 5] {
    let name = path.display().to_string();
    let bytes = fs::read(path).unwrap();
    let (document, anchors) = open(&bytes);
    let draft = text(&bytes);
    assert_eq!(document.text.as_str(), draft, "{name}");
    let (checked, findings) = findings(&document, register, seed);

    let annotated = annotate(&bytes, &document, &anchors, &findings, &options(false)).unwrap();
    sound(&bytes, &annotated.bytes);
    assert_eq!((annotated.comments, annotated.unplaced.len()), (findings.len(), 0), "{name}");
    assert_eq!(text(&annotated.bytes), draft, "{name}");
    let xml = part(&annotated.bytes, "word/document.xml");
    let bare =
        |words: &str| words.replace("&amp;", "&").split_whitespace().flat_map(|word| word.nfc()).collect::<String>();
    // Words of one line of the page itself; a comment does not reach over paragraphs, nor into notes and margins.
    let plain = |finding: &Finding| {
        let words = &draft[finding.range.clone()];
        let part = document.part_at(finding.range.start);
        !words.contains(['\n', '\t'])
            && !words.trim().is_empty()
            && matches!(part, read::Part::Body | read::Part::Table)
    };
    let (mut exact, mut lines) = (0, 0);
    for (id, finding) in findings.iter().enumerate().filter(|(_, finding)| plain(finding)) {
        let words = bare(&draft[finding.range.clone()]);
        lines += 1;
        match commented(&xml, id) {
            Some(anchored) if bare(&anchored) == words => exact += 1,
            other => eprintln!("{name}: {words:?} is anchored at {other:?}"),
        }
    }

    let annotated = annotate(&bytes, &document, &anchors, &findings, &options(true)).unwrap();
    sound(&bytes, &annotated.bytes);
    assert_eq!(settled_text(&annotated.bytes, false), draft, "{name}");
    let mut fixed: Vec<&Finding> = annotated.fixed.iter().map(|at| &findings[*at]).collect();
    fixed.sort_by_key(|finding| finding.range.start);
    fixed.dedup_by(|a, b| a.range == b.range);
    let mut expected = draft.clone();
    for finding in fixed.iter().rev() {
        expected.replace_range(finding.range.clone(), finding.suggestion.as_deref().unwrap());
    }
    assert_eq!(settled_text(&annotated.bytes, true), expected, "{name}");
    [checked, findings.len(), lines, exact, fixed.len()]
}
