//! Bytes in, resolved citations out, on one thread, beside what the same bytes cost a bare validation
//! (`std::str::from_utf8`) and a bare pattern search (the `regex` crate). Machines are noisy: read the ratios.
//!
//! ```sh
//! cargo bench --bench extract            # on generated text
//! cargo bench --bench extract -- FOLDER  # on the text files of a folder
//! ```

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use danchieu::register::Register;
use danchieu::text::fold;
use danchieu::{cite, read};
use regex::Regex;

/// How much text is read, in bytes.
const BYTES: usize = 56_000_000;

/// The plain pattern that a script would use to find numbers.
const PATTERN: &str = r"(?i)\b\d{1,5}(/\d{4})?\s*[/-]\s*[A-ZĐ]{1,6}[-/&][\p{L}&-]+";

fn main() {
    let register = Register::bundled();
    // Cargo passes options of its own, such as `--bench`.
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let texts = match &folder {
        Some(folder) => from_folder(folder),
        None => generated(&register),
    };
    let bytes: usize = texts.iter().map(Vec::len).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{megabytes:.0} MB in {} texts, one thread", texts.len());

    let validation = best(|| texts.iter().map(|text| black_box(std::str::from_utf8(text)).map_or(0, str::len)).sum());
    let pattern = Regex::new(PATTERN).expect("the pattern");
    let search = best(|| {
        texts.iter().filter_map(|text| std::str::from_utf8(text).ok()).map(|text| pattern.find_iter(text).count()).sum()
    });
    // Reading takes the bytes over; the copies for three runs are made before the clock starts.
    let mut copies = vec![texts.clone(), texts.clone(), texts];
    let extraction = best(|| {
        let read = |text: Vec<u8>| read::read_bytes("text.txt", text).ok();
        let texts = copies.pop().unwrap_or_default();
        texts.into_iter().filter_map(read).map(|document| cite::read(&document, &register).citations.len()).sum()
    });

    let rate = |(seconds, _): (f64, usize)| megabytes / seconds;
    println!("std::str::from_utf8     {:8.1} MB/s", rate(validation));
    println!("regex find_iter         {:8.1} MB/s  {} matches", rate(search), search.1);
    println!("danchieu                {:8.1} MB/s  {} citations", rate(extraction), extraction.1);
    println!("danchieu / regex        {:8.2}", rate(extraction) / rate(search));
    println!("danchieu / from_utf8    {:8.2}", rate(extraction) / rate(validation));

    println!("linear in the length (seconds per MB, one and four times the length):");
    let repeated = |unit: &'static str| move |_: usize| unit.to_owned();
    let numbered = |at: usize| format!("Thông tư số 01/{}/TT-BGDĐT, Thông tư 01; ", 1950 + at % 140);
    let listed = |at: usize| format!("{} {at},", if at == 0 { "Thông tư số" } else { "" });
    let inputs: [(&str, &dyn Fn(usize) -> String); 8] = [
        ("Điều 1, ", &repeated("Điều 1, ")),
        ("digits and slashes", &repeated("1/2/33/2021/")),
        ("Thông tư số ", &repeated("Thông tư số ")),
        ("digits, no blanks", &repeated(";1")),
        ("one wide line", &repeated("a    ")),
        ("letters, no blanks", &repeated("TT-BGDĐTa")),
        ("one long list", &listed),
        ("many bearers", &numbered),
    ];
    for (name, unit) in inputs {
        let cost = |megabytes: usize| {
            let mut text = String::new();
            for at in 0.. {
                if text.len() >= megabytes << 20 {
                    break;
                }
                text.push_str(&unit(at));
            }
            let document = read::Document::from_text(name, text);
            best(|| cite::read(&document, &register).citations.len()).0 / megabytes as f64
        };
        println!("  {name:20} {:.4}  {:.4}", cost(1), cost(4));
    }
}

/// The shortest of three runs, in seconds, and what it counted.
fn best(mut work: impl FnMut() -> usize) -> (f64, usize) {
    let mut shortest = f64::INFINITY;
    let mut count = 0;
    for _ in 0..3 {
        let start = Instant::now();
        count = black_box(work());
        shortest = shortest.min(start.elapsed().as_secs_f64());
    }
    (shortest, count)
}

fn from_folder(folder: &str) -> Vec<Vec<u8>> {
    let read::Files { found: files, errors, .. } = read::files(&[PathBuf::from(folder)]);
    for error in errors {
        eprintln!("{error}");
    }
    let mut total = 0;
    let mut texts = Vec::new();
    for text in files.iter().filter_map(|file| std::fs::read(file).ok()) {
        total += text.len();
        texts.push(text);
        if total > BYTES {
            break;
        }
    }
    texts
}

/// Text that does not repeat: words of the register's titles at random, with figures, provisions and citations as
/// dense as in 56 MB of real instruments (a citation in 2,700 bytes, half of them by a law's name; a figure in 170).
fn generated(register: &Register) -> Vec<Vec<u8>> {
    // Titles cite too: only words that no citation begins with are taken.
    let heads: Vec<String> = register.symbols().kinds().iter().map(|kind| fold(&kind.name)).collect();
    let is_head = |word: &str| {
        let word = fold(word);
        heads.iter().any(|head| head.split(' ').any(|part| part == word))
    };
    let plain = |word: &&str| !word.contains(|c: char| c.is_ascii_digit() || c == '/') && !is_head(word);
    let titles = register.instruments().iter().map(|instrument| instrument.title.as_str());
    let words: Vec<&str> = titles.flat_map(str::split_whitespace).filter(plain).collect();
    let numbers: Vec<(String, String)> = register
        .instruments()
        .iter()
        .filter_map(|instrument| Some((instrument.kind.clone(), instrument.number.as_ref()?.to_string())))
        .collect();
    let laws = register.instruments().iter().filter(|instrument| instrument.kind == "Luật");
    let laws: Vec<&str> = laws.map(|law| law.title.as_str()).filter(|title| !title.is_empty()).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut texts = Vec::new();
    let mut total = 0;
    while total < BYTES {
        let mut text = String::new();
        let length = 8_000 + random.below(28_000);
        while text.len() < length {
            match random.below(360) {
                0..3 => {
                    let (kind, number) = &numbers[random.below(numbers.len())];
                    let (day, month, year) = (1 + random.below(28), 1 + random.below(12), 1995 + random.below(30));
                    text.push_str(&format!("{kind} số {number} ngày {day:02}/{month}/{year} của Chính phủ "));
                }
                3..5 => text.push_str(&format!("{} ", laws[random.below(laws.len())])),
                5..25 => text.push_str(&format!("khoản {} Điều {} ", 1 + random.below(9), 1 + random.below(90))),
                25..41 => text.push_str(&format!("năm {} ", 1990 + random.below(36))),
                41..57 => text.push_str(&format!(".\n\n{}. ", 1 + random.below(20))),
                _ => {
                    for _ in 0..6 {
                        text.push_str(words[random.below(words.len())]);
                        text.push(' ');
                    }
                }
            }
        }
        total += text.len();
        texts.push(text.into_bytes());
    }
    texts
}

/// A small generator of numbers (splitmix64): the same text in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}
