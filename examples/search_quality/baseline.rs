//! Plain BM25 over the lower-cased words between blanks: what a search without any knowledge of the language reaches.

use std::collections::HashMap;

pub struct Bm25 {
    /// For each word the texts that hold it, with how often.
    postings: HashMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    average: f64,
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let trimmed = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

impl Bm25 {
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Bm25 {
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        let mut lengths = Vec::new();
        for (at, text) in texts.enumerate() {
            let mut counts: HashMap<String, f64> = HashMap::new();
            let mut length = 0.0;
            for word in words(text) {
                *counts.entry(word).or_default() += 1.0;
                length += 1.0;
            }
            lengths.push(length);
            for (word, count) in counts {
                postings.entry(word).or_default().push((at, count));
            }
        }
        let average = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        Bm25 { postings, lengths, average }
    }

    /// The best ten texts for a question.
    pub fn top(&self, question: &str, k1: f64, b: f64) -> Vec<usize> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        let total = self.lengths.len() as f64;
        for word in words(question) {
            let Some(postings) = self.postings.get(&word) else { continue };
            let held = postings.len() as f64;
            let idf = (1.0 + (total - held + 0.5) / (held + 0.5)).ln();
            for (text, count) in postings {
                let norm = k1 * (1.0 - b + b * self.lengths[*text] / self.average);
                *scores.entry(*text).or_default() += idf * count * (k1 + 1.0) / (count + norm);
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.into_iter().take(10).map(|(text, _)| text).collect()
    }
}
