//! Where the policy files lie: beside a document and in the folders above it, up to the top of the working copy or of
//! the file system.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LibraryError;
use crate::check::policy::{FILE, Policy};

/// The policies of the folders of one run or one request, each file read once.
#[derive(Debug, Default)]
pub struct Policies {
    by_folder: HashMap<PathBuf, Arc<Policy>>,
}

impl Policies {
    /// The policy for a file, and the file's absolute path.
    ///
    /// # Errors
    /// A policy file that cannot be read or followed; the message names it and the line.
    pub fn of(&mut self, file: &Path) -> Result<(Arc<Policy>, PathBuf), LibraryError> {
        let file = whole_path(file);
        let policy = self.of_folder(file.parent().unwrap_or(&file))?;
        Ok((policy, file))
    }

    fn of_folder(&mut self, folder: &Path) -> Result<Arc<Policy>, LibraryError> {
        if let Some(known) = self.by_folder.get(folder) {
            return Ok(Arc::clone(known));
        }
        let file = folder.join(FILE);
        let own = match text(&file) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{feff}');
                Some(Policy::parse(text, &file).map_err(LibraryError::Policy)?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(LibraryError::File { file, detail: error.into() }),
        };
        let above = match folder.parent() {
            Some(parent) if !folder.join(".git").exists() => self.of_folder(parent)?,
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

/// The path of a file from the root, its folder told by where it lies, not by the links that lead there.
pub fn whole_path(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The folder as it is named may not be there any more; then nothing holds for the file, which is told elsewhere.
    let folder = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
    folder.join(file.file_name().unwrap_or_default())
}

/// The text of a policy file.
///
/// # Errors
/// What the system says; a folder or a pipe under the name is refused before it is opened, since a pipe may never end.
fn text(file: &Path) -> io::Result<String> {
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
    fn a_policy_that_is_no_text_is_told_by_its_path() {
        let root = tempfile::tempdir().unwrap();
        let told = |lang| Policies::default().of(&root.path().join("a.txt")).unwrap_err().message(lang);
        let policy = root.path().join(FILE);
        std::fs::write(&policy, b"profile = \"\xff\"").unwrap();
        assert!(
            told(Lang::Vi).contains("danchieu.toml: không đọc được (nội dung không phải UTF-8)"),
            "{}",
            told(Lang::Vi)
        );
        std::fs::remove_file(&policy).unwrap();
        std::fs::create_dir(&policy).unwrap();
        assert!(told(Lang::Vi).contains("danchieu.toml: không đọc được (đây là một thư mục"), "{}", told(Lang::Vi));
        assert!(told(Lang::En).contains("is a directory"), "{}", told(Lang::En));
    }
}
