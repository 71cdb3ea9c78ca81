//! Findings that were known before, so that only new ones are reported. A finding is the same one when file, rule and
//! words are the same, and its position among equal findings of the file is: lines may shift, words may not.

use std::collections::HashMap;

use serde::Deserialize;

use super::folded_line;

/// What makes a finding the same from one run to the next.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// With `/` between folders and without a leading `./`.
    pub path: String,
    pub rule: String,
    /// Folded, with single blanks.
    pub words: String,
    /// Which of the findings that are otherwise the same, from zero, in text order.
    pub nth: usize,
}

impl Identity {
    /// A word that stays the same from run to run, wherever the folder is: rule, words and place among their like,
    /// hashed; the file is not in it.
    pub fn fingerprint(&self) -> String {
        let Identity { rule, words, nth, .. } = self;
        blake3::hash(format!("{rule}\0{words}\0{nth}").as_bytes()).to_hex()[..32].to_owned()
    }
}

/// The identities of findings in text order, each given as path, rule, words.
pub fn identities<'f>(findings: impl IntoIterator<Item = (&'f str, &'f str, &'f str)>) -> Vec<Identity> {
    let mut seen: HashMap<(String, String, String), usize> = HashMap::new();
    let identity = |(path, rule, words): (&str, &str, &str)| {
        let key = (normal(path), rule.to_owned(), folded_line(words));
        let count = seen.entry(key.clone()).or_default();
        let nth = *count;
        *count += 1;
        let (path, rule, words) = key;
        Identity { path, rule, words, nth }
    };
    findings.into_iter().map(identity).collect()
}

/// One path for the ways to write it.
fn normal(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    parts.dedup_by(|a, b| a.is_empty() && b.is_empty());
    parts.join("/")
}

/// The findings of an earlier run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// How many of each sort, by path, rule and words.
    known: HashMap<(String, String, String), usize>,
}

/// What is read of an earlier answer.
#[derive(Deserialize)]
struct Record {
    path: String,
    rule: String,
    text: String,
}

/// A file that is not the answer of an earlier run.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BaselineError(#[from] serde_json::Error);

impl BaselineError {
    /// From one.
    pub fn line(&self) -> usize {
        self.0.line()
    }

    /// From one, in bytes.
    pub fn column(&self) -> usize {
        self.0.column()
    }
}

impl Baseline {
    /// Reads the answer of an earlier `check --format json`. `whole` gives the one path from the root for a path as it
    /// stands there: the same file may be named otherwise now.
    ///
    /// # Errors
    /// It is not a JSON array of findings.
    pub fn parse(json: &[u8], whole: impl Fn(&str) -> String) -> Result<Baseline, BaselineError> {
        let records: Vec<Record> = serde_json::from_slice(json)?;
        let mut baseline = Baseline::default();
        let paths: Vec<String> = records.iter().map(|one| whole(&one.path)).collect();
        let records =
            records.iter().zip(&paths).map(|(one, path)| (path.as_str(), one.rule.as_str(), one.text.as_str()));
        for Identity { path, rule, words, nth } in identities(records) {
            let known = baseline.known.entry((path, rule, words)).or_default();
            *known = (*known).max(nth + 1);
        }
        Ok(baseline)
    }

    /// Whether the finding was known. Its path is the one from the root.
    pub fn knows(&self, identity: &Identity) -> bool {
        let Identity { path, rule, words, nth } = identity.clone();
        self.known.get(&(path, rule, words)).is_some_and(|known| nth < *known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_count_as_often_as_they_were_known() {
        let json = r#"[{"path": "./a\\b.txt", "rule": "ended", "text": "Thông tư\n số 5", "line": 7},
                       {"path": "a/b.txt", "rule": "ended", "text": "Thông tư số 5"}]"#;
        let baseline = Baseline::parse(json.as_bytes(), |path| format!("/office/{path}")).unwrap();
        let finding = ("/office/a/b.txt", "ended", "Thông tư số 5");
        let now = identities([finding, finding, finding, ("/office/a/b.txt", "replaced", "Thông tư số 5")]);
        let known: Vec<bool> = now.iter().map(|one| baseline.knows(one)).collect();
        assert_eq!(known, [true, true, false, false]);
    }

    #[test]
    fn a_fingerprint_depends_on_words_and_not_on_the_place() {
        let [one, other] = &identities([("a.txt", "ended", "Số 5"), ("/x/b.txt", "ended", "số  5")])[..] else {
            panic!()
        };
        assert_eq!(one.fingerprint(), other.fingerprint());
        assert_eq!(one.fingerprint().len(), 32);
        let [first, second] = &identities([("a.txt", "ended", "5"), ("a.txt", "ended", "5")])[..] else { panic!() };
        assert_ne!(first.fingerprint(), second.fingerprint());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for text in ["", "{}", "[{\"path\": \"a\"}]"] {
            assert!(Baseline::parse(text.as_bytes(), str::to_owned).is_err(), "{text}");
        }
    }
}
