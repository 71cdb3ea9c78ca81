//! A kind of instrument: the word before a number and its abbreviation inside the symbol.

use serde::{Deserialize, Serialize};

/// Kinds whose instruments are cited by their name, "Luật Giáo dục", more often than by their number.
pub const NAMED_KINDS: [&str; 4] = ["Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"];

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
    /// The rules by which it is numbered.
    pub family: Family,
    /// Whether its numbers carry the year.
    pub year: YearRule,
    /// Abbreviations used in running text in place of the type word: `QĐ`.
    pub variants: Vec<String>,
    /// `primary`, `secondary` or `memory`; see [`Kind::has_source`].
    pub evidence: String,
}

/// The evidence of a row that was written without a source.
pub(super) const FROM_MEMORY: &str = "memory";

impl Kind {
    /// Whether the row rests on a source: one written from memory may not raise a warning.
    pub fn has_source(&self) -> bool {
        self.evidence != FROM_MEMORY
    }
}
