//! The title beside a citation ("… của Bộ GDĐT quy định về đánh giá đơn vị học tập"), and whose title it is.

use std::collections::HashSet;
use std::ops::Range;

use super::context::RuleContext;
use crate::law::{Instrument, Treatment};
use crate::register::Register;
use crate::text::{fold, is_word_char};

/// How much of a text is taken for a title at most, in bytes.
const LONGEST: usize = 420;

/// Words that open a title after the issuer.
const LEADS: [&str; 14] = [
    "ve",
    "v/v",
    "ban hanh",
    "quy dinh",
    "huong dan",
    "sua doi",
    "phe duyet",
    "bai bo",
    "quy che",
    "cong bo",
    "bo sung",
    "tang cuong",
    "thuc hien",
    "to chuc",
];

/// Words that are in every second title and so distinguish none.
const COMMON: [&str; 34] = [
    "ve", "viec", "ban", "hanh", "quy", "dinh", "huong", "dan", "sua", "doi", "bo", "sung", "mot", "so", "dieu", "cua",
    "va", "cac", "doi", "voi", "trong", "thuc", "hien", "chi", "tiet", "cho", "theo", "tai", "nghi", "thong", "tu",
    "luat", "nam", "phe",
];

/// Where the citation with its date and issuer ends; `None` where the next citation of a list shares them.
pub(super) fn end_of_citation(context: &RuleContext<'_>) -> Option<usize> {
    let citation = context.citation;
    let after = citation.date_range.iter().chain(citation.issuer.as_ref().map(|issuer| &issuer.range));
    let end = after.map(|range| range.end).max().unwrap_or(0).max(citation.mention.range.end);
    let next = context.reading.citations.get(context.at + 1);
    next.is_none_or(|next| next.mention.range.start >= end).then_some(end)
}

/// The text beside the citation that holds its title, if one begins there: up to the end of the sentence, the line
/// item, or a bracket. It may hold more than the title.
pub(super) fn beside(context: &RuleContext<'_>) -> Option<Range<usize>> {
    let end = end_of_citation(context)?;
    let start = end + leading_blanks(&context.text[end..]);
    let rest = &context.text[start..];
    let lead: String = fold(rest.get(..rest.floor_char_boundary(40))?).trim_start_matches(['“', '"']).to_owned();
    let opens = LEADS.iter().any(|word| lead.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_word_char)));
    if !opens {
        return None;
    }
    let mut stretch = &rest[..rest.floor_char_boundary(LONGEST)];
    let stops = [";", "\n\n", "(", "”", ". ", ".\n", ":"];
    for stop in stops {
        stretch = stretch.find(stop).map_or(stretch, |at| &stretch[..at]);
    }
    let len = stretch.trim_end().trim_end_matches(['.', ',']).len();
    Some(start..start + len)
}

/// The instruments whose title is word for word in a text that begins with it and holds nothing else before the
/// next mark.
pub(super) fn word_for_word<'r>(register: &'r Register, stretch: &str) -> Vec<&'r Instrument> {
    const LEAST: usize = 2;
    let mut wanted: Vec<String> = Words::of(stretch).single.into_iter().collect();
    wanted.sort_unstable();
    let same = |row: &&Instrument| {
        let title = row.title.trim_matches(['"', '“', '”']);
        let quoted = stretch.len() - stretch.trim_start_matches(['“', '"']).len();
        matched(stretch, quoted, title).is_some_and(|end| {
            let rest = stretch[end..].trim_start_matches(['*', '_', '”', '"']);
            rest.is_empty() || rest.starts_with([',', ';', '.', ')', '(', '\n', ':'])
        })
    };
    register
        .titled(&wanted, LEAST.min(wanted.len()))
        .filter(same)
        .filter(|row| Words::of(&row.title).len() >= LEAST)
        .collect()
}

/// The citation with its date, issuer and title: what goes as a whole when another instrument takes its place. The flag
/// says whether a title is in it. `None` where there is a title whose end is unclear.
pub(super) fn whole(context: &RuleContext<'_>) -> Option<(Range<usize>, bool)> {
    let start = context.citation.mention.range.start;
    let end = end_of_citation(context)?;
    let Some(title) = beside(context) else {
        let next = context.text[end + leading_blanks(&context.text[end..])..].chars().next();
        // A title in quotes without a word that leads in.
        return (!matches!(next, Some('“' | '"'))).then_some((start..end, false));
    };
    let row = context.instrument();
    if let Some(end) = row.and_then(|row| matched(context.text, title.start, &row.title)) {
        return Some((start..end, true));
    }
    // The line of a preamble holds the citation and its title, nothing else.
    let alone = context.reading.citations.get(context.at + 1).is_none_or(|next| next.mention.range.start >= title.end);
    let closed = context.text[title.end..].starts_with([';', '.']) || context.text.len() == title.end;
    let item = context.citation.treatment == Treatment::Basis && closed && alone && title.len() < LONGEST - 10;
    item.then_some((start..title.end, true))
}

/// The end of `title` where it is at `at` word for word, lead words ("về", "về việc") and quotes apart.
fn matched(text: &str, at: usize, title: &str) -> Option<usize> {
    let skip = |words: &[(usize, String)]| words.iter().take_while(|(_, word)| word == "ve" || word == "viec").count();
    let ours = words(title);
    let ours = &ours[skip(&ours)..];
    let theirs = words(&text[at..text.floor_char_boundary(at + title.len() * 2 + 40)]);
    let theirs = &theirs[skip(&theirs)..];
    let same = !ours.is_empty() && ours.len() <= theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.1 == b.1);
    let (end, _) = theirs.get(ours.len().checked_sub(1)?).filter(|_| same)?;
    let end = at + end;
    let quote = text[end..].chars().next().filter(|c| matches!(c, '”' | '"'));
    Some(end + quote.map_or(0, char::len_utf8))
}

/// The folded words of a text and where each ends.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word_char(c), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                out.push((at, fold(&text[first..at])));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '*' | '_')).len()
}

/// Whether a word is in every second title.
pub(super) fn is_common(word: &str) -> bool {
    word.chars().count() < 2 || COMMON.contains(&fold(word).as_str())
}

/// A title as it is compared: its words, and which are neighbours.
#[derive(Debug)]
pub(super) struct Words {
    single: HashSet<String>,
    pairs: HashSet<(String, String)>,
}

impl Words {
    pub fn of(text: &str) -> Words {
        let all: Vec<String> = words(text).into_iter().map(|(_, word)| word).collect();
        let single = all.iter().filter(|word| !COMMON.contains(&word.as_str()) && word.len() > 1).cloned().collect();
        let telling = |pair: &&[String]| pair.iter().any(|word| !COMMON.contains(&word.as_str()));
        let pairs = all.windows(2).filter(telling).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        Words { single, pairs }
    }

    /// How many telling words a title has.
    pub fn len(&self) -> usize {
        self.single.len()
    }

    /// The part of this title's words, from 0 to 1, that are in the other text.
    pub fn share_in(&self, other: &Words) -> f64 {
        part(self.single.intersection(&other.single).count(), self.single.len())
    }

    /// The part of this title's neighbouring words, from 0 to 1, that are neighbours in the other text.
    pub fn pairs_in(&self, other: &Words) -> f64 {
        part(self.pairs.intersection(&other.pairs).count(), self.pairs.len())
    }
}

fn part(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

/// The instruments whose title is almost word for word in a text; only titles long enough to be distinct.
pub(super) fn standing_in<'r>(register: &'r Register, text: &Words) -> Vec<&'r Instrument> {
    const LEAST: usize = 4;
    let held = |row: &&Instrument| {
        let title = Words::of(&row.title);
        title.len() >= LEAST && title.share_in(text) >= 0.9 && title.pairs_in(text) >= 0.8
    };
    let mut words: Vec<String> = text.single.iter().cloned().collect();
    words.sort_unstable();
    register.titled(&words, LEAST).filter(held).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_where_it_stands_word_for_word() {
        let text = "quy định về đánh giá,\nxếp loại đơn vị học tập và các việc khác";
        let end = matched(text, 0, "Quy định về đánh giá, xếp loại đơn vị học tập").unwrap();
        assert_eq!(&text[..end], "quy định về đánh giá,\nxếp loại đơn vị học tập");
        assert_eq!(
            matched("về việc “Công nhận đơn vị”;", 0, "Công nhận đơn vị"),
            Some("về việc “Công nhận đơn vị”".len())
        );
        assert_eq!(matched("về việc khác", 0, "Công nhận đơn vị"), None);
    }

    #[test]
    fn titles_are_compared_by_telling_words() {
        let a = Words::of("Quy định đánh giá, xếp loại đơn vị học tập cấp huyện");
        let b = Words::of("quy định về chế độ bồi dưỡng nghiệp vụ kế toán");
        assert!(a.share_in(&b) < 0.1 && a.share_in(&a) > 0.99 && a.pairs_in(&a) > 0.99);
    }
}
