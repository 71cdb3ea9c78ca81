//! The zip archive of an office document: its parts, and no more of them than a bound, whatever it claims of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Damage, Format, ReadError, text};

/// An archive, and how much may still be unpacked from it.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes.
    budget: u64,
}

/// Why a part cannot be had.
#[derive(Debug)]
pub(crate) enum Trouble {
    Damaged(Damage),
    Encrypted,
    /// More than the budget.
    TooLarge,
}

impl Trouble {
    /// The error of a file.
    pub(super) fn of(self, path: &str, format: Format) -> ReadError {
        let path = path.to_owned();
        match self {
            Trouble::Damaged(damage) => ReadError::Damaged { path, format, damage },
            Trouble::Encrypted => ReadError::Encrypted { path },
            Trouble::TooLarge => ReadError::TooLarge { path, limit: super::MAX_UNPACKED },
        }
    }
}

impl<'b> Archive<'b> {
    /// `budget`: how many bytes may be unpacked, all parts together.
    pub(crate) fn open(bytes: &'b [u8], budget: u64) -> Result<Archive<'b>, Trouble> {
        Ok(Archive { zip: ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?, budget })
    }

    /// A part; `None` if there is none of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Trouble::Encrypted),
            Err(error) => return Err(damaged(error)),
        };
        let mut bytes = Vec::new();
        // One byte beyond the budget tells a bomb from a part that just fits.
        part.take(self.budget + 1).read_to_end(&mut bytes).map_err(damaged)?;
        self.budget = self.budget.checked_sub(bytes.len() as u64).ok_or(Trouble::TooLarge)?;
        Ok(Some(bytes))
    }

    /// A part that is markup.
    pub(super) fn markup(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        text::markup(bytes).map(Some).ok_or_else(|| Trouble::Damaged(Damage::NotUtf8.within(name)))
    }
}

fn damaged(error: impl ToString) -> Trouble {
    Trouble::Damaged(Damage::told(error))
}
