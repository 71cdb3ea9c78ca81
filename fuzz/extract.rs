//! Any bytes as a text, Markdown or HTML file: reading, extracting and checking it must not panic, and every citation must lie inside the
//! text on character boundaries. `cargo test` compiles it; CONTRIBUTING.md says how to run it under libFuzzer.

#![no_main]

use std::sync::LazyLock;

use danchieu::check::CheckRequest;
use danchieu::check::policy::FilePolicy;
use danchieu::library;
use danchieu::register::Register;
use danchieu::{check, cite, read};
use libfuzzer_sys::fuzz_target;

static REGISTER: LazyLock<Register> = LazyLock::new(Register::bundled);

fuzz_target!(|bytes: &[u8]| {
    // The first byte picks the format.
    let Some((first, bytes)) = bytes.split_first() else { return };
    let name = ["fuzz.txt", "fuzz.md", "fuzz.html"][usize::from(*first) % 3];
    let Ok(document) = read::read_bytes(name, bytes.to_vec()) else { return };
    let reading = cite::read(&document, &REGISTER);
    let (text, source) = (document.text.as_str(), document.text.source());
    for citation in &reading.citations {
        let range = citation.mention.range.clone();
        assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?} lies in the text");
        assert!(source.get(document.text.to_source(range.clone())).is_some(), "{range:?} lies in the source");
    }
    let request = CheckRequest::on(library::today());
    let checked = check::check(&request, document, &REGISTER, &FilePolicy::default());
    for finding in checked.findings {
        let text = checked.document.text.as_str();
        assert!(text.get(finding.range.clone()).is_some(), "{finding:?}");
    }
});
