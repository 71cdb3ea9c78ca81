//! The check page: a draft goes in, its findings and its marked text come out, nothing is kept.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::base::Base;
use crate::check::{self, Finding, Message, Severity};
use crate::cite::MentionKind;
use crate::law::{Date, Force};
use crate::report::words;
use crate::text::Lines;

use super::ask::{Params, ask, day};
use super::draft::{self, Draft};
use super::error::{self, Failure};
use super::frame::Frame;
use super::marked::{Paragraph, paragraphs};

#[derive(Debug, Deserialize)]
pub struct Asked {
    as_of: Option<String>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    frame: Frame,
    as_of: Date,
    /// The text in the box.
    text: String,
    result: Option<Outcome>,
    /// Why there is no result.
    notice: Option<String>,
}

/// What the check says of one draft.
struct Outcome {
    name: String,
    findings: Vec<Row>,
    citations: usize,
    paragraphs: Vec<Paragraph>,
    marks: Vec<Mark>,
}

struct Row {
    rule: &'static str,
    severity: Severity,
    line: usize,
    words: String,
    message: Message,
    basis: Option<Message>,
    suggestion: Option<String>,
    /// The `id` of the instrument meant.
    target: Option<String>,
}

/// What is marked in the text.
struct Mark {
    range: Range<usize>,
    /// Places in `Outcome::findings`.
    findings: Vec<usize>,
    /// Of a citation without findings: the `id` of its instrument, where there is a page about it, and its state.
    target: Option<String>,
    force: Force,
}

impl CheckPage {
    fn severity(&self, severity: &Severity) -> &'static str {
        words::severity(*severity, self.frame.lang)
    }
}

impl Row {
    /// What the rule says, in the language of the page: the heading of its own page.
    fn title(&self, frame: &Frame) -> String {
        check::rule(self.rule).map_or_else(|| self.rule.to_owned(), |rule| rule.summary(frame.lang))
    }

    fn class(&self) -> &'static str {
        class(self.severity)
    }
}

impl Outcome {
    fn mark(&self, at: &usize) -> &Mark {
        &self.marks[*at]
    }

    /// The gravest of the findings of a mark, as a class of the style sheet.
    fn class(&self, mark: &Mark) -> &'static str {
        let gravest = mark.findings.iter().map(|at| self.findings[*at].severity).max();
        gravest.map_or("", class)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|row| row.severity == severity).count()
    }

    fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn notes(&self) -> usize {
        self.count(Severity::Info)
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// `GET /check`
pub async fn form(frame: Frame, Params(asked): Params<Asked>) -> Result<Response, Failure> {
    let as_of = day(asked.as_of.as_deref())?;
    answer(&CheckPage { frame, as_of, text: String::new(), result: None, notice: None })
}

/// `POST /check`. What cannot be checked comes back in the form, with the reason above it.
pub async fn page(
    State(base): State<Arc<Base>>,
    frame: Frame,
    draft: Result<Draft, Failure>,
) -> Result<Response, Failure> {
    let text = draft.as_ref().ok().and_then(Draft::text).unwrap_or_default().to_owned();
    let (as_of, checked) = match draft.and_then(|draft| Ok((draft.day()?, draft))) {
        Ok((as_of, draft)) => (as_of, checked(base, &frame, draft, as_of).await),
        Err(failure) => (day(None)?, Err(failure)),
    };
    match checked {
        Ok(outcome) => answer(&CheckPage { frame, as_of, text, result: Some(outcome), notice: None }),
        Err(failure) => {
            let notice = Some(failure.message(frame.lang).to_owned());
            let page = answer(&CheckPage { frame, as_of, text, result: None, notice })?;
            Ok((failure.status(), page).into_response())
        }
    }
}

async fn checked(base: Arc<Base>, frame: &Frame, draft: Draft, as_of: Date) -> Result<Outcome, Failure> {
    if draft.is_empty() {
        return Err(draft::nothing());
    }
    let lang = frame.lang;
    ask(base, move |base| draft.read(lang).map(|document| outcome(base, document, as_of))).await?
}

fn answer(page: &CheckPage) -> Result<Response, Failure> {
    Ok(([(header::CACHE_CONTROL, "no-store")], error::page(page)?).into_response())
}

fn outcome(base: &Base, document: crate::read::Document, as_of: Date) -> Outcome {
    let (reading, findings) = base.check(&document, as_of);
    let text = document.text.as_str();
    let lines = Lines::new(text);
    // The state of what there is a page about; the same instruments are cited again and again.
    let mut states: HashMap<String, Option<Force>> = HashMap::new();
    let mut state =
        |id: &String| *states.entry(id.clone()).or_insert_with(|| base.instrument(id, as_of).map(|view| view.force));
    let citations = || reading.citations.iter().filter(|citation| citation.mention.kind != MentionKind::Own);
    let faults = finding_marks(&findings);
    let sound = citations().filter_map(|citation| {
        let range = citation.mention.range.clone();
        let next = faults.partition_point(|mark| mark.range.end <= range.start);
        let is_sound = faults.get(next).is_none_or(|mark| range.end <= mark.range.start);
        let id = citation.id().filter(|_| is_sound)?;
        let force = state(&id);
        Some(Mark { range, findings: Vec::new(), target: force.map(|_| id), force: force.unwrap_or_default() })
    });
    let mut marks: Vec<Mark> = sound.collect();
    marks.extend(faults);
    marks.sort_by_key(|mark| mark.range.start);
    let ranges: Vec<_> = marks.iter().map(|mark| mark.range.clone()).collect();
    let rows = findings.into_iter().map(|finding| Row {
        rule: finding.rule,
        severity: finding.severity,
        line: lines.place(finding.range.start).0,
        words: text.get(finding.range.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        target: reading
            .citations
            .get(finding.citation)
            .and_then(|citation| citation.id())
            .filter(|id| state(id).is_some()),
        message: finding.message,
        basis: finding.basis,
        suggestion: finding.suggestion,
    });
    Outcome {
        findings: rows.collect(),
        citations: citations().count(),
        paragraphs: paragraphs(text, &ranges),
        marks,
        name: document.path,
    }
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
