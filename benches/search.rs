//! The library beside SQLite FTS5 over the same texts, in one run, warm: time and size of the index, 1,000 mixed queries,
//! and the first page of the documents that cite the most cited instrument. Machines are noisy: read the ratios.
//!
//! ```sh
//! cargo bench --bench search             # 20,000 generated plans
//! cargo bench --bench search -- 100000
//! cargo bench --bench search -- FOLDER   # the texts of a folder
//! ```

mod generated;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use danchieu::library::{self, Hits, IndexOptions, Library, LibraryError, Order, Paging, SearchRequest, citations_to};
use danchieu::read;
use danchieu::register::Register;
use danchieu::text::fold;
use generated::{GeneratedLibrary, Random};
use rusqlite::Connection;

const QUERIES: usize = 1_000;
const FIRST: Paging = Paging { offset: 0, limit: 20 };

fn main() {
    // Cargo passes options of its own, such as `--bench`.
    let asked = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let register = Register::bundled();
    let count = asked.as_deref().map_or(Some(20_000), |asked| asked.parse::<usize>().ok());
    let folder = match count {
        Some(count) => {
            let folder = dir.path().join("plans");
            GeneratedLibrary::new(&register).write(&folder, count, |_| ()).expect("the plans are written");
            folder
        }
        None => PathBuf::from(asked.unwrap_or_default()),
    };
    let files = read::files(std::slice::from_ref(&folder)).found;
    println!("{} texts, {} instruments of the register", files.len(), register.instruments().len());

    let library = dir.path().join("index");
    let options = IndexOptions { library: library.clone(), paths: vec![folder], ..IndexOptions::default() };
    let started = Instant::now();
    library::index(&options, |_| ()).expect("the library");
    let ours = started.elapsed();
    let started = Instant::now();
    let database = dir.path().join("fts5.db");
    let theirs = fts5(&database, &files, &register);
    let fts = started.elapsed();
    println!("                      danchieu        FTS5");
    println!(
        "index            {:10.1} s {:9.1} s   citations and graph included / text alone",
        ours.as_secs_f64(),
        fts.as_secs_f64()
    );
    println!("size             {:10.1} MB {:8.1} MB", megabytes(&library), megabytes(&database));

    let base = Library::open(&library, None).expect("the library");
    let queries = queries(&register);
    let ours = times(&queries, |query| search(&base, query).map_or(0, |hits| hits.hits.len()));
    let mut asked = theirs
        .prepare(
            "SELECT path, snippet(texts, 2, '<b>', '</b>', '…', 24) FROM texts WHERE texts MATCH ?1 ORDER BY bm25(texts, 0, 4, 1) LIMIT 20",
        )
        .expect("the query");
    let fts = times(&queries, |query| {
        let words: Vec<String> = query
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\""))
            .collect();
        let rows = asked.query_map([words.join(" ")], |row| row.get::<_, String>(1)).expect("an answer");
        rows.flatten().count()
    });
    for (name, share) in [("p50", 0.5), ("p99", 0.99)] {
        println!("{name} of {QUERIES}      {:10.2} ms {:8.2} ms", at(&ours, share), at(&fts, share));
    }

    let most = GeneratedLibrary::new(&register).most_cited().id();
    let citing =
        || base.ask(|store, register| citations_to(store, register, most.as_str(), FIRST)).expect("the citations");
    let cited = citing();
    let pages: Vec<Duration> = (0..200).map(|_| timed(|| citing().edges.len())).collect();
    println!(
        "cited-by of the most cited ({} citations), first page: p99 {:.2} ms",
        cited.total,
        at(&sorted(pages), 0.99)
    );
    drop(base);
    let first = timed(|| {
        Library::open(&library, None).map_or(0, |base| search(&base, "xoa mu chu").map_or(0, |hits| hits.hits.len()))
    });
    println!("opening and the first answer: {:.1} ms", first.as_secs_f64() * 1e3);
}

/// The same texts and titles in SQLite, read from the same files.
fn fts5(path: &Path, files: &[PathBuf], register: &Register) -> Connection {
    let mut database = Connection::open(path).expect("a database");
    database
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE texts USING fts5(path UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')",
        )
        .expect("a table");
    let transaction = database.transaction().expect("a transaction");
    {
        let mut insert = transaction.prepare("INSERT INTO texts VALUES (?1, ?2, ?3)").expect("the insert");
        for document in files.iter().filter_map(|file| read::read_file(file).ok()) {
            insert.execute((&document.path, "", document.text.as_str())).expect("a row");
        }
        for one in register.instruments() {
            let number = one.number.as_ref().map(ToString::to_string).unwrap_or_default();
            insert.execute((&number, format!("{} {number} {}", one.kind, one.title), "")).expect("a row");
        }
    }
    transaction.commit().expect("the rows");
    database.execute_batch("INSERT INTO texts(texts) VALUES ('optimize')").expect("the merge");
    database
}

/// A third numbers, a third words of titles with their marks, a third without.
fn queries(register: &Register) -> Vec<String> {
    let mut random = Random(7);
    let rows: Vec<_> =
        register.instruments().iter().filter(|one| one.number.is_some() && one.title.len() > 30).collect();
    (0..QUERIES)
        .map(|at| {
            let one = rows[random.below(rows.len())];
            let words: Vec<&str> = one.title.split_whitespace().collect();
            let from = random.below(words.len().saturating_sub(3).max(1));
            let part = words[from..words.len().min(from + 3)].join(" ");
            match at % 3 {
                0 => one.number.as_ref().map(ToString::to_string).unwrap_or_default(),
                1 => part,
                _ => fold(&part),
            }
        })
        .collect()
}

/// What each query took, in order of length; each is asked once before, so that both are warm.
fn times(queries: &[String], mut ask: impl FnMut(&str) -> usize) -> Vec<Duration> {
    for query in queries {
        black_box(ask(query));
    }
    sorted(queries.iter().map(|query| timed(|| ask(query))).collect())
}

fn timed(work: impl FnOnce() -> usize) -> Duration {
    let started = Instant::now();
    black_box(work());
    started.elapsed()
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

/// The time below which a share of all lies, in milliseconds.
fn at(times: &[Duration], share: f64) -> f64 {
    let last = times.len().saturating_sub(1);
    times.get(((times.len() as f64 * share) as usize).min(last)).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// What a file or folder takes on disk.
fn megabytes(path: &Path) -> f64 {
    fn bytes(path: &Path) -> u64 {
        match std::fs::read_dir(path) {
            Ok(entries) => entries.flatten().map(|entry| bytes(&entry.path())).sum(),
            Err(_) => std::fs::metadata(path).map_or(0, |file| file.len()),
        }
    }
    bytes(path) as f64 / 1e6
}

fn search(base: &Library, query: &str) -> Result<Hits, LibraryError> {
    let request = SearchRequest { query, page: FIRST, order: Order::Relevance, facets: false };
    base.ask(|store, register| library::search(store, register, base.forces(), &request))
}
