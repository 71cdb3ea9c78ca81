//! A rule: its name, its severity, its page for users, and its check of one citation.

use std::ops::Range;

use super::context::RuleContext;
use super::finding::{Finding, Severity};
use crate::law::Confidence;
use crate::text::{Lang, Message};

/// One rule of the check. The English page is the doc comment of the rule's own source file, so that the two
/// cannot diverge; the Vietnamese page is the file beside it.
pub struct Rule {
    /// The name that outputs and `danchieu explain` use; it names the fault.
    pub name: &'static str,
    /// The fault in a few Vietnamese words, which the text output shows beside the name.
    pub title_vi: &'static str,
    /// The most severe finding it makes; a single finding may be milder.
    pub severity: Severity,
    /// The legal rule that a finding rests on, in Vietnamese and English, where it names no source of its own.
    pub(super) law: Option<(&'static str, &'static str)>,
    /// Rules that state the same fault more exactly: where one of them has a finding on a citation, this one has none.
    pub(super) yields_to: &'static [&'static str],
    /// The source file, for its doc comment.
    pub(super) source: &'static str,
    pub(super) page_vi: &'static str,
    pub(super) judge: fn(&RuleContext<'_>) -> Option<Violation>,
}

/// What a rule says against one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Violation {
    /// The words at fault, in bytes of the NFC text; a suggestion replaces exactly these.
    pub range: Range<usize>,
    pub message: Message,
    /// What it rests on, where that is not the rule's own law.
    pub basis: Option<Message>,
    pub suggestion: Option<String>,
    /// Whether the suggestion is certain enough to be written automatically.
    pub safe: bool,
    /// The fact it rests on is not certain: an error becomes a warning.
    pub doubtful: bool,
    /// It is worth knowing and no blame, whatever the rule's severity.
    pub note: bool,
}

impl Rule {
    /// The rule's page in Markdown: a heading, then what it does, why, an example, what to use instead, and
    /// references.
    pub fn page(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.page_vi.trim().to_owned(),
            Lang::En => {
                let doc = self.source.lines().map_while(|line| line.strip_prefix("//!"));
                let lines: Vec<&str> = doc.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
                lines.join("\n").trim().to_owned()
            }
        }
    }

    /// The page's heading: the rule in one sentence.
    pub fn summary(&self, lang: Lang) -> String {
        let page = self.page(lang);
        page.lines().next().unwrap_or_default().trim_start_matches('#').trim().to_owned()
    }

    pub(super) fn judge(&self, context: &RuleContext<'_>) -> Option<Violation> {
        (self.judge)(context)
    }

    pub(super) fn finding(&self, fault: Violation, context: &RuleContext<'_>) -> Finding {
        let severity = match (fault.note, fault.doubtful) {
            (true, _) => Severity::Info,
            (false, true) => self.severity.min(Severity::Warning),
            (false, false) => self.severity,
        };
        Finding {
            rule: self.name,
            severity,
            range: fault.range,
            message: fault.message,
            basis: fault.basis.or_else(|| self.law.map(|(vi, en)| Message::new(vi, en))),
            target: context.citation.target.clone(),
            safe: fault.suggestion.is_some() && fault.safe && !fault.doubtful,
            suggestion: fault.suggestion,
            citation: context.at,
        }
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).field("severity", &self.severity).finish_non_exhaustive()
    }
}

impl Violation {
    /// A fault of the citation's own words.
    pub fn new(context: &RuleContext<'_>, vi: String, en: String) -> Violation {
        Violation {
            range: context.citation.mention.range.clone(),
            message: Message { vi, en },
            basis: None,
            suggestion: None,
            safe: false,
            doubtful: false,
            note: false,
        }
    }

    /// What to write instead, where the rules of form alone decide, so that it may be written automatically.
    pub fn suggest(self, suggestion: Option<String>) -> Violation {
        Violation { suggestion, safe: true, ..self }
    }

    /// What to write instead by a fact of the register: automatically only where the fact has been compared with its source.
    pub fn suggest_by(self, confidence: Confidence, suggestion: Option<String>) -> Violation {
        Violation { suggestion, safe: confidence >= Confidence::Verified, ..self }
    }

    /// What to write instead, for a person to decide.
    pub fn propose(self, suggestion: Option<String>) -> Violation {
        Violation { suggestion, safe: false, ..self }
    }

    pub fn on(self, basis: Message) -> Violation {
        Violation { basis: Some(basis), ..self }
    }

    /// A note, not a blame.
    pub fn noted_if(self, note: bool) -> Violation {
        Violation { note, ..self }
    }
}
