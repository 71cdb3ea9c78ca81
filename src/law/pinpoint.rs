//! The provision of an instrument that a citation points at.

use std::fmt;

use serde::Serialize;

/// Điều, khoản, điểm. Written `article.clause.point`, a run of articles as `5-9`; levels that are not named are omitted
/// from the end (`5`, `5.2`, `5.2.a`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pinpoint {
    /// `5`, `5a`, or `5-9`.
    pub article: String,
    /// `2`, or a run `2-4`.
    pub clause: Option<String>,
    /// `a`, or a run `a-c`.
    pub point: Option<String>,
}

impl Pinpoint {
    /// Whether everything that `other` points at is within this provision: Điều 5 covers khoản 2 Điều 5, Điều 5-9 covers
    /// Điều 7.
    pub fn covers(&self, other: &Pinpoint) -> bool {
        let finer = |ours: &Option<String>, theirs: &Option<String>| match (ours, theirs) {
            (None, _) => true,
            (Some(ours), Some(theirs)) => within(ours, theirs),
            (Some(_), None) => false,
        };
        within(&self.article, &other.article)
            && finer(&self.clause, &other.clause)
            && (self.clause.is_none() || finer(&self.point, &other.point))
    }
}

/// Whether the run or label `outer` (`5-9`, `5a`) holds `inner`.
fn within(outer: &str, inner: &str) -> bool {
    outer == inner
        || matches!((ends(outer), ends(inner)), (Some((a, b)), Some((c, d))) if outer.contains('-') && a <= c && d <= b)
}

/// A label as it is ordered: its number, then the letter behind it; a point has only a letter.
type Place = (u16, usize);

/// The letters of points and inserted provisions in the order in which they are given out.
const LETTERS: &str = "abcdđeghijklmnopqrstuvwxyz";

/// The first and the last label of a run; of a single one twice the same.
fn ends(run: &str) -> Option<(Place, Place)> {
    let (first, last) = run.split_once('-').unwrap_or((run, run));
    Some((place(first)?, place(last)?))
}

/// A label as it is ordered: 5 before 5a before 6.
fn place(label: &str) -> Option<Place> {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let number = if digits == 0 { 0 } else { label[..digits].parse().ok()? };
    let letter = match label[digits..].chars().next() {
        Some(letter) => 1 + LETTERS.chars().position(|one| one == letter)?,
        None => 0,
    };
    Some((number, letter))
}

impl fmt::Display for Pinpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.article)?;
        for part in [&self.clause, &self.point].into_iter().flatten() {
            write!(f, ".{part}")?;
        }
        Ok(())
    }
}

impl Serialize for Pinpoint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pinpoint;

    fn pin(text: &str) -> Pinpoint {
        let mut parts = text.split('.').map(str::to_owned);
        Pinpoint { article: parts.next().unwrap_or_default(), clause: parts.next(), point: parts.next() }
    }

    #[test]
    fn a_provision_covers_what_lies_within_it() {
        for (outer, inner) in
            [("5", "5"), ("5", "5.2"), ("5.2", "5.2.a"), ("5-9", "7.1"), ("5-9", "5a"), ("5.2.c-e", "5.2.đ")]
        {
            assert!(pin(outer).covers(&pin(inner)), "{outer} {inner}");
        }
        for (outer, inner) in
            [("5.2", "5"), ("5.2", "5.3"), ("5", "6"), ("5-9", "10"), ("5", "5a"), ("5.2.a-d", "5.2.đ")]
        {
            assert!(!pin(outer).covers(&pin(inner)), "{outer} {inner}");
        }
    }
}
