//! What is written into one part: marks between and within its runs, and words struck out with others in their
//! place. Everything that is not marked is copied byte for byte; a run that is cut repeats its properties.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Stamp;
use super::story::{Child, Run, Story, Words};
use crate::report::xml::escape;

/// Changes to a part, gathered first and then written in one pass.
pub(super) struct Edit<'s> {
    story: &'s Story<'s>,
    stamp: &'s Stamp,
    /// What is put in at a place (bytes of the XML).
    marks: BTreeMap<usize, Vec<(Rank, String)>>,
    struck: Vec<Struck>,
}

/// The order of what is put in at one place: what closes comes before what opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The end of words that are struck out.
    Struck,
    /// Words in the place of those struck out before.
    Words,
    /// A mark at the place itself, around no words.
    Point,
    End,
    Start,
    /// The start of words to be struck out.
    Strike,
    /// Another spelling of this tag.
    Tag,
}

/// Words that are struck out: the part of the runs that this element holds.
struct Struck {
    range: Range<usize>,
    parent: usize,
}

impl<'s> Edit<'s> {
    pub fn new(story: &'s Story<'s>, stamp: &'s Stamp) -> Edit<'s> {
        Edit { story, stamp, marks: BTreeMap::new(), struck: Vec::new() }
    }

    /// Whether nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Puts something in at a place of the XML where a child of a paragraph is allowed.
    pub fn put(&mut self, at: usize, rank: Rank, markup: String) {
        self.marks.entry(at).or_default().push((rank, markup));
    }

    /// Strikes words out (stretches of character data, in order) and puts others in their place, both as changes
    /// that a reader may accept or reject. `false` where that could change more than the words, or would touch a
    /// change that is pending; then nothing is done.
    pub fn replace(&mut self, stretches: &[Range<usize>], with: &str) -> bool {
        let Some((first, place)) = self.replaceable(stretches) else { return false };
        if self.struck.iter().any(|other| other.range.start < place.end && place.start < other.range.end) {
            return false;
        }
        self.struck.push(Struck { range: place.clone(), parent: self.story.runs[first].parent });
        let names = &self.story.names;
        let (w, attributes) = (&names.element, self.stamp.attributes(names));
        let run = &self.story.runs[first];
        let properties = without_change(&self.story.xml[run.properties.clone()]);
        let words = escape(with);
        let inserted = format!(
            "<{w}ins{attributes}><{w}r>{properties}<{w}t xml:space=\"preserve\">{words}</{w}t></{w}r></{w}ins>"
        );
        // The run may be cut at the start even where no comment begins.
        self.marks.entry(place.start).or_default();
        self.put(place.end, Rank::Words, inserted);
        true
    }

    /// The run that the words begin in, and their place.
    fn replaceable(&self, stretches: &[Range<usize>]) -> Option<(usize, Range<usize>)> {
        let story = self.story;
        let mut ends = [stretches.first()?.start, stretches.last()?.end - 1].into_iter().map(|at| story.words_at(at));
        let (first, last) = (ends.next()??, ends.next()??);
        let (run, _) = first.run?;
        let (end, _) = last.run?;
        let place = start_in(story, first, stretches.first()?.start)..end_in(story, last, stretches.last()?.end);
        let parent = story.runs[run].parent;
        let direct = |words: &Words| words.run.is_some_and(|(run, _)| story.runs[run].parent == parent);
        if !stretches.iter().all(|stretch| story.words_at(stretch.start).is_some_and(direct)) || end < run {
            return None;
        }
        let clear = |run: &Run| {
            let same = run.parent == parent && run.plain && !run.raised;
            run.gone || (same && run.children.iter().all(|child| is_text(story, child)))
        };
        story.runs[run..=end].iter().all(clear).then_some((run, place))
    }

    /// The place out of words that are struck out: a comment goes around them and what replaces them.
    pub fn around(&self, place: Range<usize>) -> Range<usize> {
        let inside = |at: usize| self.struck.iter().find(|one| one.range.start < at && at < one.range.end);
        let start = inside(place.start).map_or(place.start, |one| one.range.start);
        let end = inside(place.end).map_or(place.end, |one| one.range.end);
        start..end
    }

    /// The part's XML with all that was put in.
    pub fn write(self) -> String {
        let xml = self.story.xml;
        let mut pieces = Vec::new();
        let mut cuts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, mut marks) in self.marks.clone() {
            marks.sort_by_key(|(rank, _)| *rank);
            match self.cut_run(at) {
                Some(run) => cuts.entry(run).or_default().push(at),
                None => pieces.extend(marks.into_iter().map(|(rank, markup)| (at..at, rank, markup))),
            }
        }
        for struck in &self.struck {
            for run in self.runs_of(struck) {
                cuts.entry(run).or_default();
            }
        }
        for (run, cuts) in &cuts {
            self.cut(&self.story.runs[*run], cuts, &mut pieces);
        }
        pieces.sort_by_key(|(range, rank, _)| (range.start, *rank));
        let mut out = String::with_capacity(xml.len() + pieces.iter().map(|(.., piece)| piece.len()).sum::<usize>());
        let mut at = 0;
        for (range, _, piece) in pieces {
            out.push_str(&xml[at..range.start]);
            out.push_str(&piece);
            at = range.end;
        }
        out.push_str(&xml[at..]);
        out
    }

    /// The run that a mark at this place cuts in two; `None` where it is between runs.
    fn cut_run(&self, at: usize) -> Option<usize> {
        let runs = &self.story.runs;
        let mut run = runs.partition_point(|run| run.range.start < at).checked_sub(1)?;
        while runs[run].range.end <= at {
            run = runs[run].outer?;
        }
        let splits = |child: &Child| {
            child.range.start == at || child.range.end == at || (child.name == "t" && child.range.contains(&at))
        };
        runs[run].children.iter().any(splits).then_some(run)
    }

    fn runs_of(&self, struck: &Struck) -> impl Iterator<Item = usize> {
        let runs = &self.story.runs;
        let first = runs.partition_point(|run| run.range.start < struck.range.start);
        // The words may begin in the midst of a run.
        let first = first.saturating_sub(1);
        let (start, end, parent) = (struck.range.start, struck.range.end, struck.parent);
        (first..runs.len()).take_while(move |run| runs[*run].range.start < end).filter(move |run| {
            let run = &runs[*run];
            run.parent == parent && !run.gone && run.range.end > start
        })
    }

    /// Cuts a run at these places, in order, and strikes out what is to be struck of it.
    fn cut(&self, run: &Run, cuts: &[usize], pieces: &mut Vec<(Range<usize>, Rank, String)>) {
        let (xml, names) = (self.story.xml, &self.story.names);
        let w = &names.element;
        let struck = |start: usize, end: usize| {
            !run.gone
                && self
                    .struck
                    .iter()
                    .any(|one| one.parent == run.parent && one.range.start <= start && end <= one.range.end)
        };
        let strike = || format!("<{w}del{}>", self.stamp.attributes(names));
        let unstrike = || format!("</{w}del>");
        let text = |struck: bool| if struck { "delText" } else { "t" };

        let mut start = run.range.start;
        let bounds: Vec<usize> = cuts.iter().copied().chain([run.range.end]).collect();
        let segments: Vec<(usize, usize, bool)> = bounds
            .iter()
            .map(|end| {
                let segment = (start, *end, struck(start, *end));
                start = *end;
                segment
            })
            .collect();
        if segments[0].2 {
            pieces.push((run.range.start..run.range.start, Rank::Strike, strike()));
        }
        if segments[segments.len() - 1].2 {
            pieces.push((run.range.end..run.range.end, Rank::Struck, unstrike()));
        }
        for pair in segments.windows(2) {
            let ((_, at, before), (_, _, after)) = (pair[0], pair[1]);
            let within = run.children.iter().find(|child| child.range.start < at && at < child.range.end);
            let mut piece = String::new();
            if within.is_some() {
                piece += &format!("</{w}{}>", text(before));
            }
            piece += &format!("</{w}r>");
            piece += &if before { unstrike() } else { String::new() };
            let mut marks = self.marks.get(&at).cloned().unwrap_or_default();
            marks.sort_by_key(|(rank, _)| *rank);
            piece.extend(marks.into_iter().map(|(_, markup)| markup));
            piece += &if after { strike() } else { String::new() };
            piece += &xml[run.tag.clone()];
            piece += &self.repeated(&xml[run.properties.clone()]);
            if within.is_some() {
                piece += &format!("<{w}{} xml:space=\"preserve\">", text(after));
            }
            pieces.push((at..at, Rank::Start, piece));
        }
        let state =
            |at: usize| segments.iter().find(|(start, end, _)| *start <= at && at < *end).is_some_and(|one| one.2);
        for child in run.children.iter().filter(|child| child.name == "t") {
            let inner: Vec<usize> =
                cuts.iter().copied().filter(|at| child.range.start < *at && *at < child.range.end).collect();
            self.text_tags(child, &inner, [state(child.range.start), state(child.range.end - 1)].map(text), pieces);
        }
    }

    /// The tags of a `w:t` that is cut at these places, where they must be spelled otherwise than they are: words
    /// struck out have another name, and blanks beside a cut count now, while those at the ends do as before.
    fn text_tags(
        &self,
        child: &Child,
        cuts: &[usize],
        names: [&str; 2],
        pieces: &mut Vec<(Range<usize>, Rank, String)>,
    ) {
        let w = &self.story.names.element;
        let [first, last] = names;
        let kept = "xml:space=\"preserve\"";
        if let (Some(cut), Some(end)) = (cuts.first(), cuts.last())
            && !child.preserve
        {
            let head = &self.story.xml[child.content.start..*cut];
            let lead = head.len() - head.trim_start_matches(BLANKS).len();
            let outer = if lead > 0 { format!("<{w}{first}>{}</{w}{first}>", &head[..lead]) } else { String::new() };
            let tag = format!("{outer}<{w}{first} {kept}>");
            pieces.push((child.range.start..child.content.start + lead, Rank::Tag, tag));
            let tail = &self.story.xml[*end..child.content.end];
            let trail = tail.trim_end_matches(BLANKS).len();
            let outer =
                if trail < tail.len() { format!("</{w}{last}><{w}{last}>{}", &tail[trail..]) } else { String::new() };
            pieces.push((*end + trail..child.range.end, Rank::Tag, format!("{outer}</{w}{last}>")));
            return;
        }
        if first != "t" {
            let tag = child.range.start..child.range.start + 1 + w.len() + 1;
            pieces.push((tag, Rank::Tag, format!("<{w}{first}")));
        }
        if last != "t" && child.content.end < child.range.end {
            pieces.push((child.content.end..child.range.end, Rank::Tag, format!("</{w}{last}>")));
        }
    }

    /// A run's properties once more. A change of them that is pending is one of its own.
    fn repeated(&self, properties: &str) -> String {
        let Some(change) = properties.find("rPrChange") else { return properties.to_owned() };
        let name = format!("{}id=\"", self.story.names.attribute);
        let Some(start) = properties[change..].find(&name).map(|at| change + at + name.len()) else {
            return properties.to_owned();
        };
        let end = properties[start..].find('"').map_or(start, |at| start + at);
        format!("{}{}{}", &properties[..start], self.stamp.id(), &properties[end..])
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The properties without a change of them that is pending.
fn without_change(properties: &str) -> String {
    let Some(change) = properties.find("rPrChange") else { return properties.to_owned() };
    let start = properties[..change].rfind('<').unwrap_or(change);
    let close = properties.rfind("rPrChange>").map(|at| at + "rPrChange>".len());
    let end = close.filter(|end| *end > change + "rPrChange>".len()).unwrap_or(start);
    format!("{}{}", &properties[..start], &properties[end..])
}

/// Whether a child of a run is text that may be struck out with the words around it.
fn is_text(story: &Story<'_>, child: &Child) -> bool {
    match child.name.as_str() {
        "t" | "tab" | "cr" | "noBreakHyphen" | "softHyphen" | "lastRenderedPageBreak" => true,
        // Of breaks those of lines only.
        "br" => !story.xml[child.range.clone()].contains("type="),
        _ => false,
    }
}

/// Where marks go that come before a place in words.
pub(super) fn start_in(story: &Story<'_>, words: &Words, at: usize) -> usize {
    let Some((run, child)) = words.run else { return at };
    let (run, child) = (&story.runs[run], child);
    if run.children[child].content.start != at {
        at
    } else if child == 0 {
        run.range.start
    } else {
        run.children[child].range.start
    }
}

/// Where marks go that come after a place in words.
pub(super) fn end_in(story: &Story<'_>, words: &Words, at: usize) -> usize {
    let Some((run, child)) = words.run else { return at };
    let run = &story.runs[run];
    if run.children[child].content.end != at {
        at
    } else if child + 1 == run.children.len() {
        run.range.end
    } else {
        run.children[child].range.end
    }
}
