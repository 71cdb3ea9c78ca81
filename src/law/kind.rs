//! A kind of instrument: the word before a number and its abbreviation inside the symbol.

use serde::{Deserialize, Serialize};

/// The numbering rules a kind follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Văn bản quy phạm pháp luật.
    Normative,
    /// Văn bản hành chính (Decree 30/2020/NĐ-CP).
    Administrative,
    /// Văn bản của Đảng and of the Youth Union.
    Party,
}

/// Whether numbers of the kind carry the year of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearRule {
    Always,
    Never,
    Either,
}

/// A row of `kinds.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// The type word as written before a number: `Thông tư liên tịch`.
    pub name: String,
    /// The abbreviation in the symbol: `TTLT`; empty for dispatches and laws.
    pub abbr: String,
    pub family: Family,
    pub year: YearRule,
    /// Abbreviations used in running text in place of the type word: `QĐ`.
    pub variants: Vec<String>,
    /// `primary`, `secondary` or `memory`: no warning to a user rests on `memory` alone.
    pub evidence: String,
}
