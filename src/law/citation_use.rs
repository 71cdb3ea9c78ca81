//! What a text does with an instrument that it cites.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a citing text uses an instrument: the field `use` of a citation. Where several fit, the one listed first here that
/// is more than an application counts: a text that repeals an instrument also names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// The text changes the instrument's life, or declares it changed: repeals, replaces, ends, amends it.
    Acts,
    /// The text lets what was begun or granted under it go on, or the instrument itself for a time.
    Keeps,
    /// The text tells what was, what others did, or what has become of it.
    Told,
    /// The instrument is cited only inside the name of another, or in words that are quoted.
    Names,
    /// The text takes its own authority or occasion from it.
    Rests,
    /// The text sends the reader to it as something to follow.
    #[default]
    Applies,
}

impl Use {
    /// As in machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Use::Acts => "acts",
            Use::Keeps => "keeps",
            Use::Told => "told",
            Use::Names => "names",
            Use::Rests => "rests",
            Use::Applies => "applies",
        }
    }

    /// Whether the text relies on the instrument, so that it matters whether it is in force.
    pub fn relies_on_force(self) -> bool {
        matches!(self, Use::Rests | Use::Applies)
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
