//! Word files in, the same Word files out, with each finding as a comment at the words at fault and, on request,
//! the safe suggestions as tracked changes.
//!
//! A library that reads a file into a model of its own and writes the model back loses what the model does not
//! know. So nothing is written back here: every part but the text, its notes and the comments is copied as it is
//! in the archive, and into those three markup is put in, nothing else.

mod comments;
mod edit;
mod package;
mod story;

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use crate::check::Finding;
use crate::law::Date;
use crate::read::{Anchors, Document, MAX_UNPACKED, StoryKind, StorySpan};
use crate::report::apply_fixes;
use crate::text::Lang;

use comments::Aside;
use edit::{Edit, Rank};
use package::{Package, Part};
use story::{Names, Story};

/// Who signs comments and changes unless another name is asked for.
pub const AUTHOR: &str = "danchieu";

const INITIALS: &str = "dc";

/// Word opens no file with more comments than this ([MS-OI29500] 2.1.315).
const MOST_COMMENTS: usize = 32_767;

/// How a Word file is annotated.
#[derive(Debug, Clone, Copy)]
pub struct AnnotateOptions<'a> {
    /// The language of the comments.
    pub lang: Lang,
    /// The day that comments and changes are dated.
    pub date: Date,
    /// Who signs them: [`AUTHOR`] unless an office wants another name.
    pub author: &'a str,
    /// Write suggestions that are safe into the text, as tracked changes.
    pub fixes: bool,
}

/// An annotated copy of a Word file.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many comments were added.
    pub comments: usize,
    /// The findings (places in the list given) whose suggestion is in the text now, as a tracked change.
    pub fixed: Vec<usize>,
    /// The findings that no comment could be made for: the document has no paragraph, or too many comments.
    pub unplaced: Vec<usize>,
}

/// A file that could not be annotated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum AnnotateError {
    /// The archive or one of its parts cannot be read or written.
    Damaged { detail: String },
    /// The parts unpack to more than [`MAX_UNPACKED`].
    TooLarge,
}

impl AnnotateError {
    fn damaged(detail: impl ToString) -> AnnotateError {
        AnnotateError::Damaged { detail: detail.to_string() }
    }

    /// The reason and what to do, without the file's name.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            // The detail is a library's, in English.
            (AnnotateError::Damaged { .. }, Lang::Vi) => {
                "không ghi được nhận xét vào tệp Word vì cấu trúc bên trong của tệp; hãy mở tệp bằng Word, lưu lại dạng .docx rồi thử lại".to_owned()
            }
            (AnnotateError::Damaged { detail }, Lang::En) => format!(
                "comments could not be written into the Word file ({detail}); open it in Word, save it as .docx and try again"
            ),
            (AnnotateError::TooLarge, Lang::Vi) => format!(
                "không ghi được nhận xét: tệp giải nén ra quá lớn (giới hạn {} MiB); hãy chia thành các tệp nhỏ hơn",
                MAX_UNPACKED >> 20
            ),
            (AnnotateError::TooLarge, Lang::En) => format!(
                "comments could not be written: the file unpacks to too much (limit {} MiB); split it",
                MAX_UNPACKED >> 20
            ),
        }
    }
}

/// Writes findings into a copy of the Word file that they are about. `bytes` is that file, and `document` and
/// `anchors` what [`crate::read::Options::read_anchored`] made of it.
///
/// Each finding becomes a comment at its words; Word has none in notes, text boxes, headers and footers, so there it
/// is at the note's reference, at the box, and at the document's start, and quotes the words. Comments and
/// changes that the file holds stay as they are.
///
/// # Errors
/// [`AnnotateError`]; nothing is ever written to the file itself.
pub fn annotate(
    bytes: &[u8],
    document: &Document,
    anchors: &Anchors,
    findings: &[Finding],
    options: &AnnotateOptions<'_>,
) -> Result<Annotated, AnnotateError> {
    if findings.is_empty() {
        return Ok(Annotated { bytes: bytes.to_vec(), comments: 0, fixed: Vec::new(), unplaced: Vec::new() });
    }
    let mut package = Package::open(bytes)?;
    let mut parts: Vec<Part> = Vec::new();
    for story in anchors.stories() {
        let part = package.part(&story.part)?;
        parts.push(part.ok_or_else(|| AnnotateError::damaged(format!("{} is missing", story.part)))?);
    }
    let stories: Vec<Story<'_>> =
        parts.iter().map(|part| Story::parse(&part.xml).map_err(AnnotateError::damaged)).collect::<Result<_, _>>()?;
    let main = &anchors.stories()[0].part;
    let old = match package.related(main, "comments")? {
        Some(name) => package.part(&name)?.map(|part| (name, part)),
        None => None,
    };
    let mut used: BTreeSet<i64> = stories[0].comments.iter().copied().collect();
    if let Some((_, part)) = &old {
        used.extend(Story::parse(&part.xml).map_err(AnnotateError::damaged)?.comments);
    }
    let room = MOST_COMMENTS.saturating_sub(used.len());
    let ids = Ids::after(used);
    let stamp = Stamp {
        author: options.author.to_owned(),
        date: format!("{}T00:00:00Z", options.date),
        ids: Ids::after(stories.iter().flat_map(|story| story.others.iter().copied()).collect()),
    };

    let mut edits: Vec<Edit<'_>> = stories.iter().map(|story| Edit::new(story, &stamp)).collect();
    let fixed = if options.fixes { fix(document, anchors, findings, &mut edits) } else { Vec::new() };
    let mut notes = Vec::new();
    let mut unplaced = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let placed = place(anchors, &stories, finding).filter(|_| notes.len() < room);
        let Some((place, aside)) = placed else {
            unplaced.push(at);
            continue;
        };
        let id = ids.next();
        let names = &stories[0].names;
        let (w, attributes) = (&names.element, names.id(id));
        let reference = format!("<{w}r><{w}commentReference{attributes}/></{w}r>");
        if place.is_empty() {
            edits[0].put(place.start, Rank::Point, reference);
        } else {
            let place = edits[0].around(place);
            edits[0].put(place.start, Rank::Start, format!("<{w}commentRangeStart{attributes}/>"));
            edits[0].put(place.end, Rank::End, format!("<{w}commentRangeEnd{attributes}/>{reference}"));
        }
        let quoted = document.text.as_str().get(finding.range.clone()).unwrap_or_default();
        notes.push((id, comments::paragraphs(finding, quoted, aside, fixed.binary_search(&at).is_ok(), options)));
    }

    for ((edit, story), part) in edits.into_iter().zip(anchors.stories()).zip(&parts) {
        if !edit.is_empty() {
            package.replace(&story.part, part, &edit.write());
        }
    }
    let all = |names: &Names| -> String {
        notes.iter().map(|(id, paragraphs)| comments::comment(*id, paragraphs, &stamp, names)).collect()
    };
    match old {
        _ if notes.is_empty() => {}
        Some((name, part)) => package.replace(&name, &part, &package::append(&part.xml, all)?),
        None => add_comments(&mut package, main, &stories[0].names, all)?,
    }
    Ok(Annotated { bytes: package.write()?, comments: notes.len(), fixed, unplaced })
}

/// Adds the part of comments to a file that has none. Its names are those of the text's own root.
fn add_comments(
    package: &mut Package<'_>,
    main: &str,
    names: &Names,
    all: impl Fn(&Names) -> String,
) -> Result<(), AnnotateError> {
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let namespace = &names.namespace;
    // The strict form of the format has its own names for relations, too.
    let kind = if namespace.starts_with("http://purl.oclc.org/ooxml/") {
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    };
    let names =
        Names { element: "w:".into(), attribute: "w:".into(), declared: String::new(), namespace: namespace.clone() };
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{namespace}\">{}</w:comments>",
        all(&names)
    );
    package.add(main, "comments", kind, TYPE, &xml)
}

/// Writes the safe suggestions into the text as tracked changes, and says of which findings: the same choice as for a
/// copy of a text file, less those that would touch what is not plain text.
fn fix(document: &Document, anchors: &Anchors, findings: &[Finding], edits: &mut [Edit<'_>]) -> Vec<usize> {
    let mut written = apply_fixes::choose(document, findings).written;
    written.retain(|at| {
        let Finding { range, suggestion, .. } = &findings[*at];
        let (Some(words), Some(suggestion)) = (document.text.as_str().get(range.clone()), suggestion) else {
            return false;
        };
        let (lead, trail) = shared(words, suggestion);
        let stretches = anchors.stretches(range.start + lead..range.end - trail);
        let Some(story) = stretches.first().map(|stretch| stretch.story) else { return false };
        let ranges: Vec<Range<usize>> = stretches.iter().map(|stretch| stretch.range.clone()).collect();
        stretches.iter().all(|stretch| stretch.story == story)
            && edits[story].replace(&ranges, &suggestion[lead..suggestion.len() - trail])
    });
    // Two rules may ask for the same change.
    let change = |finding: &'_ Finding| (finding.range.start, finding.range.end, finding.suggestion.clone());
    let changes: HashSet<_> = written.iter().map(|at| change(&findings[*at])).collect();
    let done = |finding: &Finding| finding.safe && changes.contains(&change(finding));
    // In the order of the findings.
    (0..findings.len()).filter(|at| done(&findings[*at])).collect()
}

/// Bytes of whole words that two wordings begin and end alike with; of each at least one word remains.
fn shared(old: &str, new: &str) -> (usize, usize) {
    let first = |text: &str| text.find(' ').map(|at| at + 1);
    let last = |text: &str| text.rfind(' ');
    let (mut lead, mut trail) = (0, 0);
    while let (Some(a), Some(b)) = (first(&old[lead..]), first(&new[lead..]))
        && old[lead..lead + a] == new[lead..lead + b]
    {
        lead += a;
    }
    let (old, new) = (&old[lead..], &new[lead..]);
    while let (Some(a), Some(b)) = (last(&old[..old.len() - trail]), last(&new[..new.len() - trail]))
        && old[a..] == new[b..]
    {
        trail = old.len() - a;
    }
    (lead, trail)
}

/// Where the comment on a finding is in the body's XML (an empty place: at a point, around no words), and what
/// that has to do with its words.
fn place(anchors: &Anchors, stories: &[Story<'_>], finding: &Finding) -> Option<(Range<usize>, Option<Aside>)> {
    let stretches = anchors.stretches(finding.range.clone());
    let body = &stories[0];
    let placed = stretches.first().and_then(|first| match anchors.stories()[first.story].kind {
        StoryKind::Body => at_words(body, &stretches),
        StoryKind::Footnotes | StoryKind::Endnotes => {
            let note = stories[first.story].words_at(first.range.start)?.note.as_deref()?;
            let kind = anchors.stories()[first.story].kind;
            let (.., host) = body.references.iter().find(|one| one.0 == kind && one.1 == note)?;
            Some((body.hosts[*host].clone(), Some(Aside::Note)))
        }
    });
    placed.or_else(|| body.first.map(|at| (at..at, Some(Aside::Elsewhere))))
}

/// Around words of the body. Words of several paragraphs are marked in the first.
fn at_words(body: &Story<'_>, stretches: &[StorySpan]) -> Option<(Range<usize>, Option<Aside>)> {
    let first = body.words_at(stretches.first()?.range.start)?;
    let together = stretches.iter().map_while(|stretch| {
        let words = body.words_at(stretch.range.start)?;
        (stretch.story == 0 && words.paragraph == first.paragraph).then_some((words, stretch.range.end))
    });
    let (last, end) = together.last()?;
    let (from, to) = (&body.hosts[first.host?], &body.hosts[last.host?]);
    let start = if first.exact { edit::start_in(body, first, stretches[0].range.start) } else { from.start };
    let end = if last.exact { edit::end_in(body, last, end) } else { to.end };
    Some((start..end, (first.paragraph > from.start).then_some(Aside::Box)))
}

/// Who changed something, and when, as every change says it.
struct Stamp {
    author: String,
    date: String,
    ids: Ids,
}

impl Stamp {
    /// The identifier of one more change.
    fn id(&self) -> i64 {
        self.ids.next()
    }

    /// The attributes of one more change.
    fn attributes(&self, names: &Names) -> String {
        self.attributes_with(self.id(), names)
    }

    fn attributes_with(&self, id: i64, names: &Names) -> String {
        let a = &names.attribute;
        let author = super::xml::escape(&self.author);
        format!("{} {a}author=\"{author}\" {a}date=\"{}\"", names.id(id), self.date)
    }
}

/// Identifiers that are not in use.
struct Ids {
    used: BTreeSet<i64>,
    next: Cell<i64>,
}

impl Ids {
    fn after(used: BTreeSet<i64>) -> Ids {
        // The highest that Word counts to is 2³¹−1; a file that comes near it has lower ones to spare.
        let highest = used.last().copied().unwrap_or(-1).max(-1);
        let next = if highest < i64::from(i32::MAX) / 2 { highest + 1 } else { 0 };
        Ids { used, next: Cell::new(next) }
    }

    fn next(&self) -> i64 {
        let mut id = self.next.get();
        while self.used.contains(&id) {
            id += 1;
        }
        self.next.set(id + 1);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stay_are_not_rewritten() {
        let cut = |old: &'static str, new: &'static str| {
            let (lead, trail) = shared(old, new);
            (&old[lead..old.len() - trail], &new[lead..new.len() - trail])
        };
        assert_eq!(
            cut("Thông tư số 9/2021/TT của Bộ", "Thông tư số 09/2021/TT-BGDĐT của Bộ"),
            ("9/2021/TT", "09/2021/TT-BGDĐT")
        );
        assert_eq!(cut("33 /2021", "33/2021"), ("33 /2021", "33/2021"));
        assert_eq!(cut("Luật Giáo dục", "Luật Giáo dục năm 2019"), ("dục", "dục năm 2019"));
        assert_eq!(cut("a b b", "a b"), ("b b", "b"));
        assert_eq!(cut("a", "a"), ("a", "a"));
        assert_eq!(cut("x a a", "y a"), ("x a", "y"));
    }

    #[test]
    fn identifiers_continue_after_the_highest() {
        let ids = Ids::after([0, 7].into());
        assert_eq!([ids.next(), ids.next()], [8, 9]);
        let ids = Ids::after([0, 2, i64::from(i32::MAX)].into());
        assert_eq!([ids.next(), ids.next(), ids.next()], [1, 3, 4]);
        assert_eq!(Ids::after(BTreeSet::new()).next(), 0);
    }
}
