//! The provision of an instrument that a citation points at.

use std::fmt;

use serde::Serialize;

/// Điều, khoản, điểm. Written `article.clause.point`, a run of articles as `5-9`; what is not named is left
/// out from the end (`5`, `5.2`, `5.2.a`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pinpoint {
    /// `5`, `5a`, or `5-9`.
    pub article: String,
    pub clause: Option<String>,
    pub point: Option<String>,
}

impl fmt::Display for Pinpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.article)?;
        for part in [&self.clause, &self.point].into_iter().flatten() {
            write!(f, ".{part}")?;
        }
        Ok(())
    }
}

impl Serialize for Pinpoint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
