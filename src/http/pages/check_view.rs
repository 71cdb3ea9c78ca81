//! What the check page shows of a draft: its lines with their highlights, and the findings beside their line.

use std::collections::HashMap;
use std::ops::Range;

use super::context::PageContext;
use super::highlighted_text::{self, HighlightedSpan};
use crate::check::{self, CheckedDocument, Finding, Profile, Severity};
use crate::http::messages;
use crate::law::{Date, Force};
use crate::library::{self, LibraryError};
use crate::read::{Format, Notice};
use crate::register::Register;
use crate::store::Store;
use crate::text::{Lines, Message, one_line};

/// What the check says of one draft.
pub(crate) struct CheckView {
    pub(crate) name: String,
    pub(crate) as_of: Date,
    pub(crate) profile: Profile,
    pub(crate) citations: usize,
    /// In text order.
    pub(crate) findings: Vec<FindingRow>,
    pub(crate) excerpts: Vec<Excerpt>,
    pub(crate) highlights: Vec<Highlight>,
    pub(crate) notices: Vec<Message>,
    pub(crate) format: Format,
}

/// A finding.
pub(crate) struct FindingRow {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) line: usize,
    pub(crate) words: String,
    pub(crate) message: Message,
    pub(crate) basis: Option<Message>,
    pub(crate) suggestion: Option<String>,
    /// Whether the suggestion may be applied without a person's judgement.
    pub(crate) safe: bool,
    /// Whether the words were recognised from a picture of a page.
    pub(crate) recognised: bool,
    /// The `id` of the instrument meant, where there is a page about it.
    pub(crate) target: Option<String>,
}

/// Lines that follow each other, all shown or all folded away.
pub(crate) struct Excerpt {
    /// Whether nothing was found in them or near them, so that they are folded away.
    pub(crate) folded: bool,
    pub(crate) lines: Vec<ExcerptLine>,
}

/// A text of so many lines is shown whole.
const WHOLE: usize = 60;
/// How many lines are shown at the beginning, and on either side of a finding. Fewer than `FEW` lines are not folded.
const HEAD: usize = 6;
const NEAR: usize = 2;
const FEW: usize = 6;

/// A line of the text.
pub(crate) struct ExcerptLine {
    /// Whether blank lines are before it.
    pub(crate) gap: bool,
    /// Whether any of it was recognised from a picture of a page.
    pub(crate) recognised: bool,
    pub(crate) spans: Vec<HighlightedSpan>,
    /// Indexes into `CheckView::findings`: those that begin here.
    pub(crate) findings: Vec<usize>,
}

/// A highlighted part of the text: the words of findings, or a citation without findings.
pub(crate) struct Highlight {
    pub(crate) range: Range<usize>,
    /// Indexes into `CheckView::findings`.
    pub(crate) findings: Vec<usize>,
    /// Of a citation without findings: the `id` of its instrument, where there is a page about it, and its state.
    pub(crate) target: Option<String>,
    pub(crate) force: Force,
}

impl FindingRow {
    /// What the rule says, in the language of the page: the heading of its own page.
    pub(crate) fn title(&self, context: &PageContext) -> String {
        check::rule(self.rule).map_or_else(|| self.rule.to_owned(), |rule| rule.summary(context.lang))
    }

    pub(crate) fn class(&self) -> &'static str {
        class(self.severity)
    }
}

impl CheckView {
    /// # Errors
    /// The state of an instrument cannot be looked up.
    pub(crate) fn of(store: &Store, register: &Register, checked: &CheckedDocument) -> Result<CheckView, LibraryError> {
        let CheckedDocument { document, reading, as_of, findings, .. } = checked;
        let text = document.text.as_str();
        let places = Lines::new(text);
        // The state of what there is a page about; the same instruments are cited again and again.
        let mut states: HashMap<String, Option<Force>> = HashMap::new();
        for id in reading.citations.iter().filter_map(|citation| citation.id()) {
            if !states.contains_key(id.as_str()) {
                let view = library::instrument(store, register, id.as_str(), *as_of)?;
                states.insert(id.to_string(), view.map(|view| view.force));
            }
        }
        let state = |id: &String| states.get(id).copied().flatten();
        let faults = finding_highlights(findings);
        let sound = checked.citations().filter_map(|citation| {
            let range = citation.mention.range.clone();
            let next = faults.partition_point(|highlight| highlight.range.end <= range.start);
            let is_sound = faults.get(next).is_none_or(|highlight| range.end <= highlight.range.start);
            let id = citation.id().filter(|_| is_sound)?.to_string();
            let force = state(&id);
            Some(Highlight { range, findings: Vec::new(), target: force.map(|_| id), force: force.unwrap_or_default() })
        });
        let mut highlights: Vec<Highlight> = sound.collect();
        highlights.extend(faults);
        highlights.sort_by_key(|highlight| highlight.range.start);
        let ranges: Vec<_> = highlights.iter().map(|highlight| highlight.range.clone()).collect();
        let lines = highlighted_text::lines(text, &ranges).into_iter().map(|line| ExcerptLine {
            gap: line.gap,
            recognised: document.is_recognised(&line.range),
            findings: line
                .spans
                .iter()
                .filter_map(|span| span.highlight)
                .flat_map(|at| highlights[at].findings.clone())
                .collect(),
            spans: line.spans,
        });
        let excerpts = excerpts(lines.collect());
        let rows = findings.iter().map(|finding| FindingRow {
            rule: finding.rule,
            severity: finding.severity,
            line: places.place(finding.range.start).0,
            words: one_line(text.get(finding.range.clone()).unwrap_or_default()),
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
        Ok(CheckView {
            name: document.path.clone(),
            as_of: *as_of,
            profile: checked.profile,
            citations: checked.citations().count(),
            findings: rows.collect(),
            excerpts,
            notices: notices(checked),
            format: document.format,
            highlights,
        })
    }

    /// Whether a part of the text is folded away.
    pub(crate) fn is_folded(&self) -> bool {
        self.excerpts.iter().any(|excerpt| excerpt.folded)
    }

    pub(crate) fn highlight(&self, at: &usize) -> &Highlight {
        &self.highlights[*at]
    }

    pub(crate) fn finding(&self, at: &usize) -> &FindingRow {
        &self.findings[*at]
    }

    /// The gravest severity of the findings of a highlight, as a class of the style sheet.
    pub(crate) fn class(&self, highlight: &Highlight) -> &'static str {
        let gravest = highlight.findings.iter().map(|at| self.findings[*at].severity).max();
        gravest.map_or("", class)
    }

    /// The severities that occur, the gravest first, each with its class and the number of findings.
    pub(crate) fn tally(&self) -> Vec<(Severity, &'static str, usize)> {
        let count = |severity| self.findings.iter().filter(|row| row.severity == severity).count();
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        all.into_iter().map(|one| (one, class(one), count(one))).filter(|(.., count)| *count > 0).collect()
    }

    /// The family of the rules of form, in words.
    pub(crate) fn profile(&self, context: &PageContext) -> &'static str {
        profile(self.profile, context)
    }
}

/// Cuts lines into excerpts, so that what is far from any finding of a long text is folded away.
fn excerpts(lines: Vec<ExcerptLine>) -> Vec<Excerpt> {
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
    let mut out: Vec<Excerpt> = Vec::new();
    for (line, open) in lines.into_iter().zip(open) {
        match out.last_mut() {
            Some(excerpt) if excerpt.folded != open => excerpt.lines.push(line),
            _ => out.push(Excerpt { folded: !open, lines: vec![line] }),
        }
    }
    out
}

/// The family of form rules, in words.
pub(crate) fn profile(profile: Profile, context: &PageContext) -> &'static str {
    match profile {
        Profile::Admin => context.lang.pick("văn bản hành chính", "administrative document"),
        Profile::Normative => context.lang.pick("văn bản quy phạm pháp luật", "normative document"),
        Profile::Party => context.lang.pick("văn bản của Đảng", "Party document"),
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// What the reader should know before believing the findings.
fn notices(checked: &CheckedDocument) -> Vec<Message> {
    let shown = |notice: &Notice| {
        let mut message = Message::in_each(|lang| notice.message(lang));
        if matches!(notice, Notice::PagesOfPictures(_)) {
            let here = messages::recognise_here();
            message.vi += &here.vi;
            message.en += &here.en;
        }
        message
    };
    let mut out: Vec<Message> = checked.document.notices.iter().map(shown).collect();
    out.extend(checked.notices.iter().cloned());
    let accepted = checked.accepted.len();
    if accepted > 0 {
        out.push(messages::accepted_findings(accepted));
    }
    out
}

/// The highlights of findings; findings whose words overlap share one.
fn finding_highlights(findings: &[Finding]) -> Vec<Highlight> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| findings[*at].range.start);
    let mut highlights: Vec<Highlight> = Vec::new();
    for at in order {
        let range = findings[at].range.clone();
        match highlights.last_mut() {
            Some(highlight) if range.start < highlight.range.end => {
                highlight.range.end = highlight.range.end.max(range.end);
                highlight.findings.push(at);
            }
            _ => highlights.push(Highlight { range, findings: vec![at], target: None, force: Force::Unknown }),
        }
    }
    highlights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(total: usize, found: &[usize]) -> Vec<(bool, usize)> {
        let line = |at| ExcerptLine {
            gap: false,
            recognised: false,
            spans: Vec::new(),
            findings: if found.contains(&at) { vec![0] } else { Vec::new() },
        };
        let all = excerpts((0..total).map(line).collect());
        all.iter().map(|excerpt| (excerpt.folded, excerpt.lines.len())).collect()
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
