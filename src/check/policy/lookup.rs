//! Which policy holds for a file: that of the `danchieu.toml` beside it joined with those of the folders above, up to the
//! top of the working copy or of the file system.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{FILE, Policy, PolicyError};

/// What the office has settled for one file.
#[derive(Debug, Clone, Default)]
pub struct FilePolicy {
    pub(in crate::check) policy: Arc<Policy>,
    /// The absolute path of the file, from which patterns are matched.
    pub(in crate::check) file: PathBuf,
}

impl FilePolicy {
    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The absolute path of the file.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

/// The policies of the folders of one run or one request; each file is read once.
#[derive(Debug, Default)]
pub struct PolicyLookup {
    by_folder: HashMap<PathBuf, Arc<Policy>>,
}

impl PolicyLookup {
    /// The policy for a file.
    ///
    /// # Errors
    /// A policy file that cannot be read or followed; the message names it and the line.
    pub fn for_file(&mut self, file: &Path) -> Result<FilePolicy, PolicyError> {
        let file = absolute_path(file);
        let policy = self.for_folder(file.parent().unwrap_or(&file))?;
        Ok(FilePolicy { policy, file })
    }

    fn for_folder(&mut self, folder: &Path) -> Result<Arc<Policy>, PolicyError> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(Arc::clone(known));
        }
        let file = folder.join(FILE);
        let own = match read_text(&file) {
            Ok(text) => Some(Policy::parse(text.trim_start_matches('\u{feff}'), &file)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(PolicyError::Unreadable { file, reason: error.into() }),
        };
        let above = match folder.parent() {
            Some(parent) if !folder.join(".git").exists() => self.for_folder(parent)?,
            _ => Arc::default(),
        };
        let policy = match own {
            Some(mut own) => {
                own.join(&above);
                Arc::new(own)
            }
            None => above,
        };
        self.by_folder.insert(folder.to_owned(), Arc::clone(&policy));
        Ok(policy)
    }
}

/// The path of a file from the root, with the links in its folder resolved.
pub fn absolute_path(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The folder may have gone; then no policy applies to the file, and reading it fails elsewhere.
    let folder = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
    folder.join(file.file_name().unwrap_or_default())
}

/// The text of a policy file.
///
/// # Errors
/// What the system reports. A folder or a pipe of that name is refused before it is opened, since a pipe may never end.
fn read_text(file: &Path) -> io::Result<String> {
    let meta = std::fs::metadata(file)?;
    if !meta.is_file() {
        let kind = if meta.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput };
        return Err(kind.into());
    }
    std::fs::read_to_string(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn an_unreadable_policy_is_reported_with_its_path() {
        let root = tempfile::tempdir().unwrap();
        let message = |lang| PolicyLookup::default().for_file(&root.path().join("a.txt")).unwrap_err().message(lang);
        let policy = root.path().join(FILE);
        std::fs::write(&policy, b"profile = \"\xff\"").unwrap();
        assert!(
            message(Lang::Vi).contains("danchieu.toml: không đọc được (nội dung không phải UTF-8)"),
            "{}",
            message(Lang::Vi)
        );
        std::fs::remove_file(&policy).unwrap();
        std::fs::create_dir(&policy).unwrap();
        assert!(
            message(Lang::Vi).contains("danchieu.toml: không đọc được (đây là một thư mục"),
            "{}",
            message(Lang::Vi)
        );
        assert!(message(Lang::En).contains("is a directory"), "{}", message(Lang::En));
    }
}
