//! The floors rule: a module uses only the modules above its own `pub mod` line in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

fn floors() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a source folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            out.push(path);
        }
    }
}

/// The modules of the crate that a source names: `crate::x::…` and `crate::{x, y::…}`.
fn named(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => out.push(std::mem::take(&mut item)),
                    _ if depth == 0 => item.push(c),
                    _ => {}
                }
            }
            out.push(item);
        } else {
            out.push(rest.to_owned());
        }
    }
    out.iter().map(|path| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn no_floor_imports_a_higher_one() {
    let floors = floors();
    assert!(floors.len() > 8, "the floors of lib.rs were not found");
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut upward = Vec::new();
    for file in files {
        let Some(own) = file.iter().nth(1).and_then(|part| part.to_str()) else { continue };
        let Some(height) = floors.iter().position(|floor| floor == own) else { continue };
        let source = fs::read_to_string(&file).expect("a source file");
        // What tests import is no part of the house.
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for module in named(code) {
            if floors.iter().position(|floor| *floor == module).is_some_and(|other| other > height) {
                upward.push(format!("{} uses crate::{module}", file.display()));
            }
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}

#[test]
fn the_two_faces_do_not_know_each_other() {
    for (face, other) in [("src/http", "cli")] {
        let mut files = Vec::new();
        sources(Path::new(face), &mut files);
        for file in files {
            let source = fs::read_to_string(&file).expect("a source file");
            assert!(!named(&source).contains(&other.to_owned()), "{} uses crate::{other}", file.display());
        }
    }
}

#[test]
fn only_its_own_folder_names_the_engine() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut outside = Vec::new();
    for file in files.iter().filter(|file| !file.starts_with("src/store/tantivy")) {
        let source = fs::read_to_string(file).expect("a source file");
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        // `store/mod.rs` declares the folder and exports from it.
        let names = |line: &str| line.contains("tantivy::") && !line.contains("self::tantivy::");
        outside.extend(code.filter(|line| names(line)).map(|line| format!("{}: {line}", file.display())));
    }
    assert!(outside.is_empty(), "{}", outside.join("\n"));
}

#[test]
fn every_source_says_why_it_exists() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).expect("a source file");
        assert!(source.starts_with("//!"), "{} does not open with a //! comment", file.display());
    }
}
