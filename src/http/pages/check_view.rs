//! What the check page shows of one draft: its lines with the marks in them, and the findings beside their line.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::{self, Finding, Profile, Severity};
use crate::cite::MentionKind;
use crate::law::{Date, Force};
use crate::library::Library;
use crate::read::{Format, Notice};
use crate::report::checked::Checked;
use crate::text::{Lines, Message, counted};

use crate::http::draft::policy::Verdict;
use crate::http::pages::context::Frame;
use crate::http::pages::highlighted_text::{self, Span};

/// What the check says of one draft.
pub struct Outcome {
    pub name: String,
    pub as_of: Date,
    pub profile: Profile,
    pub citations: usize,
    /// In text order.
    pub findings: Vec<Row>,
    pub stretches: Vec<Stretch>,
    pub marks: Vec<Mark>,
    pub notices: Vec<Message>,
    pub format: Format,
}

/// A finding.
pub struct Row {
    pub rule: &'static str,
    pub severity: Severity,
    pub line: usize,
    pub words: String,
    pub message: Message,
    pub basis: Option<Message>,
    pub suggestion: Option<String>,
    /// Whether the suggestion needs no person's judgement.
    pub safe: bool,
    /// Whether the words were recognised from a picture of a page.
    pub recognised: bool,
    /// The `id` of the instrument meant, where there is a page about it.
    pub target: Option<String>,
}

/// Lines that follow each other.
pub struct Stretch {
    /// Whether nothing was found in them nor near them, so that they need not be seen at once.
    pub folded: bool,
    pub lines: Vec<Line>,
}

/// A text of so many lines is shown whole.
const WHOLE: usize = 60;
/// How many lines stand open at the beginning, and on either side of a finding; fewer than `FEW` are not folded.
const HEAD: usize = 6;
const NEAR: usize = 2;
const FEW: usize = 6;

/// A line of the text.
pub struct Line {
    /// Whether blank lines stand before it.
    pub gap: bool,
    /// Whether any of it was recognised from a picture of a page.
    pub recognised: bool,
    pub spans: Vec<Span>,
    /// Places in `Outcome::findings`: those that begin here.
    pub findings: Vec<usize>,
}

/// What is marked in the text.
pub struct Mark {
    pub range: Range<usize>,
    /// Places in `Outcome::findings`.
    pub findings: Vec<usize>,
    /// Of a citation without findings: the `id` of its instrument, where there is a page about it, and its state.
    pub target: Option<String>,
    pub force: Force,
}

impl Row {
    /// What the rule says, in the language of the page: the heading of its own page.
    pub fn title(&self, frame: &Frame) -> String {
        check::rule(self.rule).map_or_else(|| self.rule.to_owned(), |rule| rule.summary(frame.lang))
    }

    pub fn class(&self) -> &'static str {
        class(self.severity)
    }
}

impl Outcome {
    pub fn of(library: &Library, verdict: &Verdict) -> Outcome {
        let Checked { document, reading, as_of, findings, .. } = &verdict.checked;
        let text = document.text.as_str();
        let places = Lines::new(text);
        // The state of what there is a page about; the same instruments are cited again and again.
        let mut states: HashMap<String, Option<Force>> = HashMap::new();
        let mut state = |id: &String| {
            *states.entry(id.clone()).or_insert_with(|| library.instrument(id, *as_of).map(|view| view.force))
        };
        let citations = || reading.citations.iter().filter(|citation| citation.mention.kind != MentionKind::Own);
        let faults = finding_marks(findings);
        let sound = citations().filter_map(|citation| {
            let range = citation.mention.range.clone();
            let next = faults.partition_point(|mark| mark.range.end <= range.start);
            let is_sound = faults.get(next).is_none_or(|mark| range.end <= mark.range.start);
            let id = citation.id().filter(|_| is_sound)?.to_string();
            let force = state(&id);
            Some(Mark { range, findings: Vec::new(), target: force.map(|_| id), force: force.unwrap_or_default() })
        });
        let mut marks: Vec<Mark> = sound.collect();
        marks.extend(faults);
        marks.sort_by_key(|mark| mark.range.start);
        let ranges: Vec<_> = marks.iter().map(|mark| mark.range.clone()).collect();
        let lines = highlighted_text::lines(text, &ranges).into_iter().map(|line| Line {
            gap: line.gap,
            recognised: document.is_recognised(&line.range),
            findings: line
                .spans
                .iter()
                .filter_map(|span| span.mark)
                .flat_map(|at| marks[at].findings.clone())
                .collect(),
            spans: line.spans,
        });
        let stretches = stretches(lines.collect());
        let rows = findings.iter().map(|finding| Row {
            rule: finding.rule,
            severity: finding.severity,
            line: places.place(finding.range.start).0,
            words: text.get(finding.range.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
            target: reading
                .citations
                .get(finding.citation)
                .and_then(|citation| citation.id())
                .map(|id| id.to_string())
                .filter(|id| state(id).is_some()),
            message: finding.message.clone(),
            basis: finding.basis.clone(),
            suggestion: finding.suggestion.clone(),
            safe: finding.safe,
            recognised: document.is_recognised(&finding.range),
        });
        Outcome {
            name: document.path.clone(),
            as_of: *as_of,
            profile: verdict.profile,

            citations: citations().count(),
            findings: rows.collect(),
            stretches,
            notices: notices(verdict),
            format: document.format,
            marks,
        }
    }

    /// Whether a part of the text is folded away.
    pub fn is_folded(&self) -> bool {
        self.stretches.iter().any(|stretch| stretch.folded)
    }

    pub fn mark(&self, at: &usize) -> &Mark {
        &self.marks[*at]
    }

    pub fn finding(&self, at: &usize) -> &Row {
        &self.findings[*at]
    }

    /// The gravest of the findings of a mark, as a class of the style sheet.
    pub fn class(&self, mark: &Mark) -> &'static str {
        let gravest = mark.findings.iter().map(|at| self.findings[*at].severity).max();
        gravest.map_or("", class)
    }

    /// The severities that occur, the gravest first, each with its class and the number of findings.
    pub fn tally(&self) -> Vec<(Severity, &'static str, usize)> {
        let count = |severity| self.findings.iter().filter(|row| row.severity == severity).count();
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        all.into_iter().map(|one| (one, class(one), count(one))).filter(|(.., count)| *count > 0).collect()
    }

    /// The family of the rules of form, in words.
    pub fn profile(&self, frame: &Frame) -> &'static str {
        profile(self.profile, frame)
    }
}

/// Puts what is far from any finding of a long text into stretches of its own.
fn stretches(lines: Vec<Line>) -> Vec<Stretch> {
    let total = lines.len();
    let mut open = vec![total <= WHOLE; total];
    open.iter_mut().take(HEAD).for_each(|open| *open = true);
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| !line.findings.is_empty()) {
        open[at.saturating_sub(NEAR)..(at + NEAR + 1).min(total)].fill(true);
    }
    let mut at = 0;
    for run in open.clone().chunk_by(|one, next| one == next) {
        if run.len() < FEW {
            open[at..at + run.len()].fill(true);
        }
        at += run.len();
    }
    let mut out: Vec<Stretch> = Vec::new();
    for (line, open) in lines.into_iter().zip(open) {
        match out.last_mut() {
            Some(stretch) if stretch.folded != open => stretch.lines.push(line),
            _ => out.push(Stretch { folded: !open, lines: vec![line] }),
        }
    }
    out
}

/// The family of form rules, in words.
pub fn profile(profile: Profile, frame: &Frame) -> &'static str {
    match profile {
        Profile::Admin => frame.lang.pick("văn bản hành chính", "administrative document"),
        Profile::Normative => frame.lang.pick("văn bản quy phạm pháp luật", "normative document"),
        Profile::Party => frame.lang.pick("văn bản của Đảng", "Party document"),
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// What is to be known before the findings are believed.
fn notices(verdict: &Verdict) -> Vec<Message> {
    use crate::text::Lang::{En, Vi};
    let said = |notice: &Notice| {
        let mut message = Message::new(notice.message(Vi), notice.message(En));
        if matches!(notice, Notice::PagesOfPictures(_)) {
            message.vi += " (trên trang này: đánh dấu ô “Nhận dạng chữ”)";
            message.en += " (on this page: tick “Recognise characters”)";
        }
        message
    };
    let mut out: Vec<Message> = verdict.checked.document.notices.iter().map(said).collect();
    out.extend(verdict.notices.iter().cloned());
    let accepted = verdict.checked.accepted.len();
    if accepted > 0 {
        out.push(Message::new(
            format!("{accepted} phát hiện đã được cơ quan chấp nhận (danchieu.toml) nên không liệt kê"),
            format!("{} accepted by the office (danchieu.toml) and not listed", counted(accepted, "finding")),
        ));
    }
    out
}

/// One mark for findings whose words overlap.
fn finding_marks(findings: &[Finding]) -> Vec<Mark> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| findings[*at].range.start);
    let mut marks: Vec<Mark> = Vec::new();
    for at in order {
        let range = findings[at].range.clone();
        match marks.last_mut() {
            Some(mark) if range.start < mark.range.end => {
                mark.range.end = mark.range.end.max(range.end);
                mark.findings.push(at);
            }
            _ => marks.push(Mark { range, findings: vec![at], target: None, force: Force::Unknown }),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(total: usize, found: &[usize]) -> Vec<(bool, usize)> {
        let line = |at| Line {
            gap: false,
            recognised: false,
            spans: Vec::new(),
            findings: if found.contains(&at) { vec![0] } else { Vec::new() },
        };
        let all = stretches((0..total).map(line).collect());
        all.iter().map(|stretch| (stretch.folded, stretch.lines.len())).collect()
    }

    #[test]
    fn what_is_far_from_any_finding_of_a_long_text_is_folded() {
        assert_eq!(cut(60, &[]), [(false, 60)]);
        assert_eq!(cut(100, &[]), [(false, 6), (true, 94)]);
        assert_eq!(cut(100, &[50, 98]), [(false, 6), (true, 42), (false, 5), (true, 43), (false, 4)]);
        // A gap of a few lines is not worth a fold.
        assert_eq!(cut(100, &[13, 95]), [(false, 16), (true, 77), (false, 7)]);
        assert!(cut(0, &[]).is_empty());
    }
}
