//! How much a tool takes and answers with: whoever reads the answers has only so much room.

use super::error::ToolError;
use crate::library::Paging;

/// The longest text that is checked, in bytes.
pub(super) const LONGEST_TEXT: usize = 4 << 20;
/// How many findings of a text are listed at most.
pub(super) const FINDINGS: usize = 200;
/// How many relations, documents and namesakes of an instrument are listed at most; a code of law is amended hundreds of
/// times.
pub(super) const RELATED: usize = 40;
/// How many items a list has by default.
pub(super) const DEFAULT_ITEMS: usize = 20;

/// How many items a list has at most.
const MOST_ITEMS: usize = 100;
/// The largest offset into a list.
const LARGEST_OFFSET: usize = 1_000_000;
/// The longest number, name or query, in characters.
const LONGEST_NAME: usize = 1_000;

/// The part of a list that is asked for.
pub(super) fn page(offset: Option<usize>, limit: Option<usize>) -> Result<Paging, ToolError> {
    let (offset, limit) = (offset.unwrap_or(0), limit.unwrap_or(DEFAULT_ITEMS));
    if !(1..=MOST_ITEMS).contains(&limit) || offset > LARGEST_OFFSET {
        return Err(ToolError::new(format!("`limit` takes 1 to {MOST_ITEMS}, `offset` 0 to {LARGEST_OFFSET}.")));
    }
    Ok(Paging { offset, limit })
}

/// Refuses a number, a name or a query that is empty or too long to be looked up.
pub(super) fn check_name(parameter: &str, written: &str) -> Result<(), ToolError> {
    if written.trim().is_empty() {
        return Err(ToolError::new(format!("`{parameter}` is empty: write a number, a name or words.")));
    }
    if written.chars().count() > LONGEST_NAME {
        return Err(ToolError::new(format!(
            "`{parameter}` is too long: at most {LONGEST_NAME} characters. `check_text` takes whole texts."
        )));
    }
    Ok(())
}
