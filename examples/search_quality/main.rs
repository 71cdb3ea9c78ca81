//! How good the search is, measured: known items asked for in many spellings, and questions answered from articles.
//!
//! ```sh
//! cargo run --release --example search_quality -- [--real FOLDER] [--per-class N] [--misses]
//! ```
//! Known items are generated from the bundled register: numbers in the spellings that people type, titles with and
//! without marks, parts of titles, one typing mistake, keystrokes of an input method left in. A title or number that
//! several instruments bear is not asked for. With `--real` (a folder with `normative.jsonl.xz` and
//! `queries/`, as published sets of legal questions are laid out), the texts are indexed beside the register, and the
//! questions are put to danchieu and to BM25 over whitespace tokens whose parameters are chosen for them.

mod baseline;
mod items;
mod topical;

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use danchieu::library::{self, Hits, IndexOptions, Library, LibraryError, Order, Paging, SearchRequest};
use danchieu::register::Register;
use serde_json::Value;

/// How many hits are looked at.
const DEPTH: usize = 20;

pub type Failed = Box<dyn std::error::Error>;

struct Args {
    real: Option<PathBuf>,
    per_class: usize,
    misses: bool,
    only: Option<String>,
}

fn args() -> Result<Args, Failed> {
    let mut args = Args { real: None, per_class: 300, misses: false, only: None };
    let mut given = std::env::args().skip(1);
    while let Some(arg) = given.next() {
        let mut value = || given.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "--real" => args.real = Some(value()?.into()),
            "--per-class" => args.per_class = value()?.parse()?,
            "--only" => args.only = Some(value()?),
            "--misses" => args.misses = true,
            _ => return Err(format!("unknown option {arg}").into()),
        }
    }
    Ok(args)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Failed> {
    let args = args()?;
    if args.only.as_deref() != Some("topical") {
        known_items(&args)?;
    }
    if let Some(real) = args.real.as_deref().filter(|_| args.only.as_deref() != Some("known")) {
        topical::run(real, args.misses)?;
    }
    Ok(())
}

/// The lines of a file, unpacked where its name says that it is packed.
pub fn json_lines(path: &Path) -> Result<Vec<Value>, Failed> {
    let packed = path.extension().is_some_and(|extension| extension == "xz");
    let text = if packed {
        let output = Command::new("xz").arg("-dc").arg(path).output()?;
        if !output.status.success() {
            return Err(format!("{}: xz failed", path.display()).into());
        }
        String::from_utf8(output.stdout)?
    } else {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?
    };
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// A library of the bundled register and some texts.
pub fn library(folder: &Path, register: Option<PathBuf>) -> Result<Library, Failed> {
    let options = IndexOptions {
        library: folder.join("index"),
        paths: vec![folder.join("texts")],
        register,
        ..IndexOptions::default()
    };
    let start = Instant::now();
    let report = library::index(&options, |_| ()).map_err(|error| format!("{error}"))?;
    eprintln!(
        "indexed {} documents and {} instruments in {:.1} s",
        report.documents,
        report.instruments,
        start.elapsed().as_secs_f32()
    );
    Library::open(&options.library, None).map_err(|error| format!("{error}").into())
}

/// Writes a text with the head that its facts make.
fn write_text(folder: &Path, facts: &Value) -> Result<(), Failed> {
    let text = |name: &str| facts[name].as_str().unwrap_or_default();
    let mut file = fs::File::create(folder.join(format!("{}.txt", text("id").replace('/', "-"))))?;
    let date: Vec<&str> = text("date").split('/').collect();
    let date = match date[..] {
        [day, month, year] => format!("Hà Nội, ngày {day} tháng {month} năm {year}"),
        _ => String::new(),
    };
    let (issuer, kind) = (text("issuer").to_uppercase(), text("type").to_uppercase());
    write!(file, "{issuer}\nSố: {}\n\n{date}\n\n{kind}\n{}\n\n{}\n", text("number"), text("title"), text("text"))?;
    Ok(())
}

fn known_items(args: &Args) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let texts = folder.path().join("texts");
    fs::create_dir(&texts)?;
    let mut listed: HashMap<&str, Vec<items::Item>> = HashMap::new();
    let register = Register::bundled();
    listed.insert("register", items::of_register(&register, args.per_class));
    if let Some(real) = &args.real {
        let facts = json_lines(&real.join("normative.jsonl.xz"))?;
        // Texts without a title cannot be asked for by it; every third keeps the run short.
        let facts: Vec<Value> = facts.into_iter().filter(|one| one["title"].is_string()).step_by(3).collect();
        for one in &facts {
            write_text(&texts, one)?;
        }
        listed.insert("real texts", items::of_texts(&register, &facts, args.per_class / 3));
    }
    let base = library(folder.path(), None)?;
    for (name, items) in listed {
        println!("\nKnown items of the {name}");
        score(&base, &items, args.misses);
        type_in(&base, &items);
    }
    Ok(())
}

/// How long suggestions take while queries are typed, a letter at a time.
fn type_in(base: &Library, items: &[items::Item]) {
    let mut micros: Vec<u128> = Vec::new();
    for item in items.iter().step_by(29) {
        for (end, _) in item.query.char_indices().skip(2).take(30) {
            let start = Instant::now();
            drop(base.ask(|store, register| library::suggest(store, register, &item.query[..end], 8)));
            micros.push(start.elapsed().as_micros());
        }
    }
    micros.sort_unstable();
    if let Some(last) = micros.len().checked_sub(1) {
        let at = |share: f64| micros[(last as f64 * share) as usize] as f64 / 1000.0;
        println!("suggestions: {} asked, p50 {:.2} ms, p99 {:.2} ms", micros.len(), at(0.5), at(0.99));
    }
}

/// The best hits for a query.
fn search(base: &Library, query: &str, limit: usize) -> Result<Hits, LibraryError> {
    let page = Paging { offset: 0, limit };
    let request = SearchRequest { query, page, order: Order::Relevance, facets: false };
    base.ask(|store, register| library::search(store, register, base.forces(), &request))
}

#[derive(Default)]
struct Class {
    asked: usize,
    reciprocal: f64,
    first: usize,
    lost: usize,
    micros: Vec<u128>,
}

fn score(base: &Library, items: &[items::Item], misses: bool) {
    let mut classes: Vec<(&str, Class)> = Vec::new();
    for item in items {
        if classes.iter().all(|(name, _)| *name != item.class) {
            classes.push((item.class, Class::default()));
        }
        let start = Instant::now();
        let hits = search(base, &item.query, DEPTH).map(|found| found.hits);
        let micros = start.elapsed().as_micros();
        let hits = hits.unwrap_or_default();
        let rank = hits.iter().position(|hit| item.is(hit.number.as_deref(), hit.date, &hit.title));
        let Some((_, class)) = classes.iter_mut().find(|(name, _)| *name == item.class) else { continue };
        class.asked += 1;
        class.micros.push(micros);
        match rank {
            Some(rank) => class.reciprocal += 1.0 / (rank + 1) as f64,
            None => class.lost += 1,
        }
        class.first += usize::from(rank == Some(0));
        if misses && rank != Some(0) {
            let got = hits.first().map(|hit| format!("{} {}", hit.number.as_deref().unwrap_or("-"), hit.title));
            println!(
                "  {} [{}] wants {} at {rank:?}, got {}",
                item.class,
                item.query,
                item.name(),
                got.unwrap_or_default()
            );
        }
    }
    println!(
        "{:<34} {:>6} {:>7} {:>7} {:>6} {:>8} {:>8}",
        "class", "asked", "MRR", "first", "lost", "p50 ms", "p99 ms"
    );
    for (name, mut class) in classes {
        class.micros.sort_unstable();
        let at = |share: f64| class.micros[((class.asked - 1) as f64 * share) as usize] as f64 / 1000.0;
        let asked = class.asked as f64;
        println!(
            "{name:<34} {:>6} {:>7.4} {:>7.4} {:>6} {:>8.2} {:>8.2}",
            class.asked,
            class.reciprocal / asked,
            class.first as f64 / asked,
            class.lost,
            at(0.5),
            at(0.99)
        );
    }
}
