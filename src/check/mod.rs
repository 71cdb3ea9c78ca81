//! Rules to findings: one file per rule, whose doc comment is the user's page about it.
//!
//! Every rule looks at one citation at a time and gives a violation or nothing. Where two rules would report one and the
//! same fault, the one that knows less yields to the one that knows more ([`Rule::yields_to`]).

mod checked_document;
mod conflicting_dates;
mod context;
mod date_style;
mod finding;
mod historical;
mod list;
mod near_misses;
mod period;
pub mod policy;
mod prefetch;
mod profile;
mod provision;
mod rule;
mod rules;
mod run;
mod status;
mod succession;
mod successor;
mod title;
mod wording;

#[cfg(test)]
mod test_support;

pub use checked_document::CheckedDocument;
pub use finding::{Finding, Severity};
pub use profile::Profile;
pub use rule::Rule;
pub use rules::RULES;
pub use run::{AsOf, CheckRequest, check};
pub use status::{CitationStatus, Status};
pub use wording::source_vi;

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
