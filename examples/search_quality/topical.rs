//! Questions whose answers stand in articles: danchieu beside BM25 over whitespace tokens, with and without marks.

use std::fs;
use std::path::Path;
use std::time::Instant;

use danchieu::library::HitKind;
use danchieu::text::fold;

use super::baseline::Bm25;
use super::{Failed, json_lines, library, search};

struct Question {
    marked: String,
    bare: String,
    relevant: Vec<usize>,
}

pub fn run(real: &Path, misses: bool) -> Result<(), Failed> {
    let articles = json_lines(&real.join("queries/alqac_corpus.jsonl.xz"))?;
    let ids: Vec<&str> = articles.iter().filter_map(|one| one["id"].as_str()).collect();
    let text = |one: &serde_json::Value| {
        let part = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        format!("{}\n\nĐiều {}. {}\n\n{}\n", part("law"), part("article"), part("title"), part("text"))
    };
    let texts: Vec<String> = articles.iter().map(text).collect();
    let questions: Vec<Question> = json_lines(&real.join("queries/alqac_queries.jsonl"))?
        .iter()
        .map(|one| {
            let relevant = one["relevant"].as_array().into_iter().flatten().filter_map(|id| id.as_str());
            let marked = one["text"].as_str().unwrap_or_default().to_owned();
            Question {
                bare: one["text_nodiac"].as_str().map_or_else(|| fold(&marked), str::to_owned),
                marked,
                relevant: relevant.filter_map(|id| ids.iter().position(|one| *one == id)).collect(),
            }
        })
        .filter(|question| !question.relevant.is_empty())
        .collect();
    println!("\n{} questions on {} articles, nDCG@10", questions.len(), texts.len());

    let folder = tempfile::tempdir()?;
    let below = folder.path().join("texts");
    fs::create_dir(&below)?;
    for (at, text) in texts.iter().enumerate() {
        fs::write(below.join(format!("{at:05}.txt")), text)?;
    }
    let base = library(folder.path(), None)?;
    let ask = |query: &str| -> Vec<usize> {
        let hits = search(&base, &format!("{query} la:tailieu"), 10).map(|found| found.hits).unwrap_or_default();
        let documents = hits.iter().filter(|hit| hit.kind == HitKind::Document);
        let stem = |path: &str| Path::new(path).file_stem()?.to_str()?.parse().ok();
        documents.filter_map(|hit| stem(hit.path.as_deref()?)).take(10).collect()
    };
    let start = Instant::now();
    let marked = mean(&questions, |one| ask(&one.marked));
    let per_query = start.elapsed().as_secs_f64() * 1000.0 / questions.len() as f64;
    let bare = mean(&questions, |one| ask(&one.bare));
    println!("danchieu, marks              {marked:.4}   ({per_query:.1} ms each)");
    println!("danchieu, no marks           {bare:.4}   ({:+.2} %)", 100.0 * (bare / marked - 1.0));
    if misses {
        for one in &questions {
            let found = ask(&one.marked);
            if !found.iter().any(|at| one.relevant.contains(at)) {
                println!("  lost: {} ({:?})", one.marked, one.relevant);
            }
        }
    }

    let whole = Bm25::new(texts.iter().map(String::as_str));
    let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let folded = Bm25::new(folded.iter().map(String::as_str));
    for (name, bm25, bare) in [("marks", &whole, false), ("both folded", &folded, true)] {
        let mut best = (0.0, 0.0, 0.0);
        for k1 in [0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0] {
            for b in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0] {
                let score = mean(&questions, |one| bm25.top(if bare { &one.bare } else { &one.marked }, k1, b));
                if score > best.0 {
                    best = (score, k1, b);
                }
            }
        }
        println!("BM25, {name:<22} {:.4}   (k1 {}, b {})", best.0, best.1, best.2);
    }
    Ok(())
}

fn mean(questions: &[Question], ask: impl Fn(&Question) -> Vec<usize>) -> f64 {
    let gain = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let sum: f64 = questions
        .iter()
        .map(|question| {
            let found = ask(question);
            let reached: f64 =
                (0..found.len()).filter(|rank| question.relevant.contains(&found[*rank])).map(gain).sum();
            let ideal: f64 = (0..question.relevant.len().min(10)).map(gain).sum();
            reached / ideal
        })
        .sum();
    sum / questions.len().max(1) as f64
}
