//! Patterns written in the source. One that does not compile matches nothing in a release and fails every test.

use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

/// A pattern, compiled when it is first asked for.
#[derive(Debug)]
pub struct Pattern {
    written: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub const fn new(written: &'static str) -> Pattern {
        Pattern { written, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.written).ok());
        debug_assert!(compiled.is_some(), "does not compile: {}", self.written);
        compiled.as_ref()
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// The last of the matches.
    pub fn find_last<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex()?.find_iter(text).last()
    }

    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    /// The first match that begins at `at` or after it, with the text before it in view.
    pub fn captures_at<'t>(&self, text: &'t str, at: usize) -> Option<Captures<'t>> {
        self.regex()?.captures_at(text, at)
    }
}
