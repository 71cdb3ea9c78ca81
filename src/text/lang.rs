//! The language in which the program speaks to its user.

use serde::{Deserialize, Serialize};

/// Vietnamese first, English on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// The code used in `--lang`, `?lang=` and the `lang` attribute.
    pub fn code(self) -> &'static str {
        self.pick("vi", "en")
    }
}
