//! The tool `check_text`: the citations of a draft are checked.

use std::path::Path;

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::json;
use super::error::ToolError;
use super::limits::{FINDINGS, LONGEST_TEXT};
use crate::check::policy::PolicyLookup;
use crate::check::{self, AsOf, CheckRequest, CheckedDocument, Severity};
use crate::library::{self, Library};
use crate::read;
use crate::report::json::{self, FindingRecord};
use crate::text::Lang;

/// What a text is called, and where its policy is looked for: in the current folder and above it.
const NAME: &str = "draft.txt";

#[derive(Deserialize, JsonSchema)]
pub(super) struct CheckTextParams {
    /// The draft as plain text, at most 4 MiB, with its header where the day or the form depends on it.
    text: String,
    /// The day as of which citations are judged: `today` (unless told otherwise), `document` for the draft's own date, or
    /// YYYY-MM-DD.
    as_of: Option<String>,
    /// Language of the messages: `vi` (unless told otherwise) or `en`.
    lang: Option<String>,
}

#[derive(Serialize)]
struct CheckSummary {
    as_of: String,
    citations: usize,
    errors: usize,
    warnings: usize,
    findings: Vec<FindingRecord>,
    /// How many more findings there are; check the text in parts to see them.
    left_out: usize,
    /// How many findings the office accepts in its `danchieu.toml`; they are not listed.
    accepted: usize,
    /// What should be known before the findings are believed.
    notices: Vec<String>,
}

pub(super) fn check_text(library: &Library, params: CheckTextParams) -> Result<Value, ToolError> {
    if params.text.len() > LONGEST_TEXT {
        return Err(ToolError::new("The text is too long: at most 4 MiB. Check it in parts."));
    }
    if params.text.trim().is_empty() {
        return Err(ToolError::new("The text is empty: give the draft in `text`."));
    }
    let as_of = params.as_of.as_deref().map(as_of).transpose()?;
    let lang = lang(params.lang.as_deref())?;
    let document = read::read_bytes(NAME, params.text.into_bytes());
    let document = document.map_err(|error| ToolError::new(error.message(Lang::En)))?;
    let request = CheckRequest { as_of, ..CheckRequest::on(library::today()) };
    let policy = PolicyLookup::default().for_file(Path::new(NAME))?;
    let checked = library.ask(|_, register| Ok(check::check(&request, document, register, &policy)))?;
    json(summary(&checked, lang))
}

fn as_of(written: &str) -> Result<AsOf, ToolError> {
    AsOf::parse(written).ok_or_else(|| {
        ToolError::new(format!(
            "`as_of` does not take \"{written}\"; write `today`, `document` or a day as YYYY-MM-DD."
        ))
    })
}

fn lang(written: Option<&str>) -> Result<Lang, ToolError> {
    match written {
        None | Some("vi") => Ok(Lang::Vi),
        Some("en") => Ok(Lang::En),
        Some(other) => Err(ToolError::new(format!("`lang` does not take \"{other}\"; write `vi` or `en`."))),
    }
}

fn summary(checked: &CheckedDocument, lang: Lang) -> CheckSummary {
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let listed = &checked.findings[..checked.findings.len().min(FINDINGS)];
    let reading = checked.document.notices.iter().map(|notice| notice.message(lang));
    CheckSummary {
        as_of: checked.as_of.to_string(),
        citations: checked.reading.citations.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        findings: json::findings(&checked.document, listed, lang),
        left_out: checked.findings.len() - listed.len(),
        accepted: checked.accepted.len(),
        notices: reading.chain(checked.notices.iter().map(|notice| notice.in_lang(lang).to_owned())).collect(),
    }
}
