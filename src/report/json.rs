//! Citations and findings as the machine formats write them: the JSON of `extract` and `check`, on the command
//! line and below `/api/` alike.

use serde::Serialize;
use utoipa::ToSchema;

use crate::check::{Finding, Severity};
use crate::cite::{Citation, MentionKind, ResolvedDocument};
use crate::law::{Date, Treatment, Use};
use crate::read::Document;
use crate::text::{Lang, Lines};

/// A citation: a line of `extract --format jsonl`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CitationRecord {
    pub path: String,
    /// Bytes of the UTF-8 source text, end exclusive; of docx, pdf and html, of the extracted text.
    pub start: usize,
    pub end: usize,
    /// Exactly that stretch, line breaks included.
    pub text: String,
    /// `full`, `short`, `named`, or `self` for the document's own number.
    #[schema(value_type = String)]
    pub kind: MentionKind,
    /// The number as written, spelling normalised.
    pub key: Option<String>,
    /// The date of issue stated for it.
    pub date: Option<Date>,
    /// The instrument meant: `number`, or `number@date` where the number holds no year.
    pub target: Option<String>,
    pub pin: Vec<String>,
    #[schema(value_type = String)]
    pub treatment: Treatment,
    /// What the text does with the instrument: `rests`, `applies`, `acts`, `keeps`, `told` or `names`.
    #[serde(rename = "use")]
    #[schema(value_type = String)]
    pub usage: Use,
    /// The type word: `Thông tư`.
    #[serde(rename = "type")]
    pub type_word: Option<String>,
    /// Official abbreviation of the issuer stated.
    pub issuer: Option<String>,
    pub locality: Option<String>,
    /// One ASCII word for the instrument meant, as in our addresses.
    pub id: Option<String>,
    /// What it may mean where it cannot be told.
    pub candidates: Vec<String>,
}

/// A finding: an item of `check --format json`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingRecord {
    pub path: String,
    pub rule: &'static str,
    /// `error`, `warning` or `info`.
    #[schema(value_type = String)]
    pub severity: Severity,
    /// Bytes of the UTF-8 source text, end exclusive; of docx, pdf and html, of the extracted text.
    pub start: usize,
    pub end: usize,
    /// The words at fault.
    pub text: String,
    /// From one.
    pub line: usize,
    /// In characters, from one.
    pub column: usize,
    pub message: String,
    /// What the message rests on: source, confidence and day of a fact, or the legal rule.
    pub basis: Option<String>,
    /// The instrument meant: `number`, or `number@date` where the number holds no year.
    pub target: Option<String>,
    /// What to write in place of the words.
    pub suggestion: Option<String>,
    /// Whether `check --fix` writes the suggestion into its copy unasked.
    pub safe: bool,
    /// Why the office accepts it; only of findings that are listed although they are accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
}

/// The citations of a document, in text order.
pub fn citations(document: &Document, reading: &ResolvedDocument) -> Vec<CitationRecord> {
    reading.citations.iter().map(|citation| record(document, citation)).collect()
}

fn record(document: &Document, citation: &Citation) -> CitationRecord {
    let mention = &citation.mention;
    let source = document.text.to_source(mention.range.clone());
    CitationRecord {
        path: document.path.clone(),
        text: document.text.source().get(source.clone()).unwrap_or_default().to_owned(),
        start: source.start,
        end: source.end,
        kind: mention.kind,
        key: mention.number.as_ref().map(ToString::to_string),
        date: citation.date,
        target: citation.target.as_ref().map(ToString::to_string),
        pin: citation.pins.iter().map(ToString::to_string).collect(),
        treatment: citation.treatment,
        usage: citation.usage,
        type_word: mention.type_word.clone(),
        issuer: citation.issuer.as_ref().and_then(|issuer| issuer.abbr.clone()),
        locality: citation.locality.as_ref().map(ToString::to_string),
        id: citation.id().map(|id| id.to_string()),
        candidates: citation.candidates.iter().map(ToString::to_string).collect(),
    }
}

/// The findings of a document, messages in `lang`.
pub fn findings<'f>(
    document: &Document,
    findings: impl IntoIterator<Item = &'f Finding>,
    lang: Lang,
) -> Vec<FindingRecord> {
    let text = document.text.source();
    let lines = Lines::new(text);
    let record = |finding: &Finding| {
        let source = document.text.to_source(finding.range.clone());
        let (line, column) = lines.place(source.start);
        FindingRecord {
            path: document.path.clone(),
            rule: finding.rule,
            severity: finding.severity,
            text: text.get(source.clone()).unwrap_or_default().to_owned(),
            start: source.start,
            end: source.end,
            line,
            column,
            message: finding.message.in_lang(lang).to_owned(),
            basis: finding.basis.as_ref().map(|basis| basis.in_lang(lang).to_owned()),
            target: finding.target.as_ref().map(ToString::to_string),
            suggestion: finding.suggestion.clone(),
            safe: finding.safe,
            accepted: None,
        }
    };
    findings.into_iter().map(record).collect()
}
