//! Why a tool cannot answer.

use crate::check::policy::PolicyError;
use crate::library::LibraryError;
use crate::text::Lang;

/// A sentence in English that says what is wrong and what to do.
pub(super) struct ToolError(String);

impl ToolError {
    pub(super) fn new(sentence: impl Into<String>) -> ToolError {
        ToolError(sentence.into())
    }

    pub(super) fn into_sentence(self) -> String {
        self.0
    }
}

impl From<LibraryError> for ToolError {
    fn from(error: LibraryError) -> ToolError {
        ToolError(error.message(Lang::En))
    }
}

impl From<PolicyError> for ToolError {
    fn from(error: PolicyError) -> ToolError {
        ToolError(error.message(Lang::En))
    }
}

impl From<serde_json::Error> for ToolError {
    fn from(error: serde_json::Error) -> ToolError {
        ToolError(error.to_string())
    }
}
