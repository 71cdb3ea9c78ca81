//! Whether an instrument binds on a given day.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Hiệu lực. `Unknown` is an answer, not a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    NotYet,
    InForce,
    InPart,
    Suspended,
    Ended,
    #[default]
    Unknown,
}

impl Force {
    /// All states.
    pub const ALL: [Force; 6] =
        [Force::NotYet, Force::InForce, Force::InPart, Force::Suspended, Force::Ended, Force::Unknown];

    /// The name used in files and machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Force::NotYet => "not_yet",
            Force::InForce => "in_force",
            Force::InPart => "in_part",
            Force::Suspended => "suspended",
            Force::Ended => "ended",
            Force::Unknown => "unknown",
        }
    }

    /// The state of a name that [`Force::as_str`] gives.
    pub fn parse(name: &str) -> Option<Force> {
        Force::ALL.into_iter().find(|force| force.as_str() == name)
    }
}

impl fmt::Display for Force {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
