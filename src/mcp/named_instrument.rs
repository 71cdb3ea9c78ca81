//! The instrument or document that a number or a name means.

use serde::Serialize;

use super::error::ToolError;
use super::limits::{DEFAULT_ITEMS, check_name};
use crate::library::{self, Library, Resolution};

/// What a number or a name may mean, where it does not name exactly one instrument.
#[derive(Serialize)]
pub(super) struct UnclearName {
    /// `unknown` or `ambiguous`.
    found: &'static str,
    message: String,
    /// Ids to ask again with.
    candidates: Vec<Candidate>,
}

#[derive(Serialize)]
struct Candidate {
    id: String,
    /// Its number, or its title where it has no number.
    name: String,
}

/// The one id that `name` means, or what it may mean.
///
/// # Errors
/// A name that is empty or too long, or an index that cannot be read.
pub(super) fn resolve(library: &Library, name: &str) -> Result<Result<String, UnclearName>, ToolError> {
    check_name("number", name)?;
    let unclear = |found, message, candidates: Vec<(String, String)>| {
        let candidates = candidates.into_iter().map(|(name, id)| Candidate { id, name });
        UnclearName { found, message, candidates: candidates.take(DEFAULT_ITEMS).collect() }
    };
    let resolved = library.ask(|store, register| library::resolve_name(store, register, name))?;
    Ok(match resolved {
        Resolution::One { id, .. } => Ok(id),
        Resolution::Nothing { near } => {
            let message = format!(
                "Nothing called \"{name}\" is in the register, and nothing of the library cites it. That does not mean it does not exist."
            );
            Err(unclear("unknown", message, near))
        }
        Resolution::Several(ids) => {
            let message = format!("\"{name}\" may be any of {} instruments; ask with an id.", ids.len());
            let named = library.ask(|store, register| {
                let named = |id: String| Ok((library::display_name(store, register, &id)?, id));
                ids.into_iter().map(named).collect()
            });
            Err(unclear("ambiguous", message, named?))
        }
    })
}
