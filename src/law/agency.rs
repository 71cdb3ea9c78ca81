//! An agency that issues instruments: its official abbreviation and the names it is written by.

use serde::{Deserialize, Serialize};

use super::Date;
use super::kind::FROM_MEMORY;

/// Whether one agency of the name exists in the country, or one in every locality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Central,
    Local,
}

/// The branch an agency belongs to. The Party and the Youth Union number their documents by rules of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Branch {
    State,
    Assembly,
    Court,
    Party,
    Union,
}

/// A row of `agencies.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Official abbreviation as symbols have it: `BGDĐT`.
    pub abbr: String,
    /// Official name: `Bộ Giáo dục và Đào tạo`.
    pub name: String,
    /// Other abbreviations and names in use.
    pub variants: Vec<String>,
    /// Whether there is one in the country or one in every locality.
    pub scope: Scope,
    /// The branch it belongs to.
    pub branch: Branch,
    /// The date from which it existed.
    pub valid_from: Option<Date>,
    /// The last date on which it existed.
    pub valid_to: Option<Date>,
    /// Abbreviations of the agencies that took its work over.
    pub successors: Vec<String>,
    /// `primary`, `secondary` or `memory`; see [`Agency::has_source`].
    pub evidence: String,
}

impl Agency {
    /// Whether it is the National Assembly or its Standing Committee, whose symbols are their abbreviation and term alone.
    pub fn is_assembly(&self) -> bool {
        matches!(self.abbr.as_str(), "QH" | "UBTVQH")
    }

    /// Whether the row rests on a source: one written from memory may not raise a warning.
    pub fn has_source(&self) -> bool {
        self.evidence != FROM_MEMORY
    }
}
