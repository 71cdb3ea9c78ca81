//! What one instrument does to another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The verb of a relation or of a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Căn cứ: the citing instrument rests on it.
    Basis,
    Amends,
    Replaces,
    Repeals,
    Suspends,
    Corrects,
    Consolidates,
    /// Hướng dẫn, quy định chi tiết.
    Implements,
    #[default]
    Cites,
}

impl Treatment {
    /// All treatments.
    pub const ALL: [Treatment; 9] = [
        Treatment::Basis,
        Treatment::Amends,
        Treatment::Replaces,
        Treatment::Repeals,
        Treatment::Suspends,
        Treatment::Corrects,
        Treatment::Consolidates,
        Treatment::Implements,
        Treatment::Cites,
    ];

    /// The name used in files and machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Treatment::Basis => "basis",
            Treatment::Amends => "amends",
            Treatment::Replaces => "replaces",
            Treatment::Repeals => "repeals",
            Treatment::Suspends => "suspends",
            Treatment::Corrects => "corrects",
            Treatment::Consolidates => "consolidates",
            Treatment::Implements => "implements",
            Treatment::Cites => "cites",
        }
    }

    /// The treatment of a name that [`Treatment::as_str`] gives.
    pub fn parse(name: &str) -> Option<Treatment> {
        Treatment::ALL.into_iter().find(|treatment| treatment.as_str() == name)
    }

    /// Whether it changes the instrument treated, rather than resting on it, guiding it or naming it.
    pub fn acts(self) -> bool {
        !matches!(self, Treatment::Basis | Treatment::Implements | Treatment::Cites)
    }

    /// Whether the whole instrument treated stops binding if no provision is named.
    pub fn ends(self) -> bool {
        matches!(self, Treatment::Replaces | Treatment::Repeals)
    }
}

impl fmt::Display for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
