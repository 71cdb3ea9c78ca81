//! The answer of a tool: what was found, or why nothing was, and what the register covers.

use std::sync::Arc;

use rmcp::ErrorData;
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::Value;

use super::error::ToolError;
use crate::library::{Coverage, Library};
use crate::text::Lang;

/// An answer, and what it rests on.
#[derive(Serialize)]
struct CoveredAnswer<T> {
    #[serde(flatten)]
    answer: T,
    coverage: CoverageNote,
}

#[derive(Serialize)]
struct CoverageNote {
    #[serde(flatten)]
    coverage: Coverage,
    note: &'static str,
}

#[derive(Serialize)]
struct ErrorAnswer {
    error: String,
}

/// Runs `question` on a thread that may block.
pub(super) async fn answer(
    library: Arc<Library>,
    question: impl FnOnce(&Library) -> Result<Value, ToolError> + Send + 'static,
) -> Result<CallToolResult, ErrorData> {
    let answered = tokio::task::spawn_blocking(move || {
        let answer = question(&library);
        let coverage = match library.coverage() {
            Ok(coverage) => CoverageNote { coverage: coverage.clone(), note: Coverage::note(Lang::En) },
            // An answer that cannot say what it rests on is not given.
            Err(error) => return Ok(error_without_coverage(answer.err().unwrap_or_else(|| error.into()))),
        };
        match answer {
            Ok(answer) => serde_json::to_value(CoveredAnswer { answer, coverage }).map(CallToolResult::structured),
            Err(error) => error_result(error, coverage),
        }
    });
    match answered.await {
        Ok(answer) => answer.map_err(|error| ErrorData::internal_error(error.to_string(), None)),
        Err(_) => Ok(CallToolResult::error(vec![ContentBlock::text(
            "The program failed on this question; others still work. Please report it with what was asked.",
        )])),
    }
}

fn error_without_coverage(error: ToolError) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(error.into_sentence())])
}

fn error_result(error: ToolError, coverage: CoverageNote) -> serde_json::Result<CallToolResult> {
    let error = error.into_sentence();
    let mut result = CallToolResult::error(vec![ContentBlock::text(&error)]);
    result.structured_content = Some(serde_json::to_value(CoveredAnswer { answer: ErrorAnswer { error }, coverage })?);
    Ok(result)
}

/// An answer as JSON.
pub(super) fn json(answer: impl Serialize) -> Result<Value, ToolError> {
    Ok(serde_json::to_value(answer)?)
}
