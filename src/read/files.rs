//! Which files are read: those that are named, and in named directories those of a known format.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::{Format, Options, ReadError};

/// Documents and spreadsheets of office programs that are not read. Whoever keeps one among the others expects it to be:
/// it is told, where any other file of an unknown format is passed over.
const OFFICE: [&str; 3] = ["xls", "xlsx", "docm"];

/// The files that `paths` stand for, in the order of the paths and sorted by name within a directory, each
/// once. A named file must exist and have a known extension. In directories, at any depth, other files are
/// passed over, as are hidden ones, those that an ignore file excludes, the lock files of Word, and READMEs; but
/// those of [`OFFICE`] are errors. Images in directories count where `options` asks
/// for the recognition of characters.
/// What cannot be found or opened is in the second list; the others go on.
pub(super) fn files(paths: &[PathBuf], options: Options) -> (Vec<PathBuf>, Vec<ReadError>) {
    let is_read = |path: &Path| options.reads(format_of(path));
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) => errors.push(io_error(&path.to_string_lossy(), &error)),
            Ok(meta) if meta.is_dir() => walk(path, &is_read, &mut found, &mut errors),
            Ok(_) if is_read(path) => found.push(path.clone()),
            Ok(_) => {
                errors.push(ReadError::Unsupported { path: path.to_string_lossy().into(), extension: extension(path) });
            }
        }
    }
    let mut seen = HashSet::new();
    found.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    (found, errors)
}

fn walk(directory: &Path, is_read: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>, errors: &mut Vec<ReadError>) {
    let walk = WalkBuilder::new(directory)
        // Ignore files count in the directory itself, whether or not git is in use there; never those above it.
        .require_git(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                if !entry.file_type().is_some_and(|kind| kind.is_file()) || is_aside(path) {
                    continue;
                }
                let extension = extension(path);
                if is_read(path) {
                    found.push(path.to_owned());
                } else if OFFICE.contains(&extension.as_str()) {
                    errors.push(ReadError::Unsupported { path: path.to_string_lossy().into(), extension });
                }
            }
            Err(error) => {
                errors.push(ReadError::Io { path: directory.to_string_lossy().into(), detail: error.to_string() })
            }
        }
    }
}

/// Lock files of Word (`~$...`) and notes about the directory.
fn is_aside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with("~$") || (name.starts_with("readme") && format_of(path) == Some(Format::Markdown))
}

/// The format that a file's name claims.
pub(super) fn format_of(path: &Path) -> Option<Format> {
    Format::from_extension(&extension(path))
}

/// The extension in lower case; empty if there is none.
pub(super) fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Size and time of change of a file, which tell it from itself after a change without reading it; none where they
/// cannot be told.
pub fn stamp(file: &Path) -> Option<String> {
    let metadata = std::fs::metadata(file).ok()?;
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(format!("{}:{}", metadata.len(), changed.map_or(0, |time| time.as_nanos())))
}

/// What the system says about a path.
pub(super) fn io_error(path: &str, error: &std::io::Error) -> ReadError {
    let path = path.to_owned();
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::NotFound { path },
        _ => ReadError::Io { path, detail: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn directories_give_known_formats_in_order() {
        let root = tempfile::tempdir().unwrap();
        let names = [
            "b.txt",
            "a.PDF",
            "README.vi.md",
            ".hidden.txt",
            "~$c.docx",
            "~$d.doc",
            "x.docm",
            "~$y.doc",
            "y.png",
            "nested/c.docx",
            "skip/d.txt",
        ];
        for name in names {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::write(root.path().join(".gitignore"), "skip/\n").unwrap();
        let (found, errors) = files(&[root.path().to_owned(), root.path().join("b.txt")], Options::default());
        let found: Vec<_> =
            found.iter().map(|path| path.strip_prefix(root.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(found, ["a.PDF", "b.txt", "nested/c.docx"]);
        let macros = root.path().join("x.docm").to_str().unwrap().into();
        assert_eq!(errors, [ReadError::Unsupported { path: macros, extension: "docm".into() }]);
        let (found, _) = files(&[root.path().to_owned()], Options { ocr: true });
        assert!(found.contains(&root.path().join("y.png")));
    }

    #[test]
    fn a_named_file_must_exist_and_be_of_a_format_that_is_read() {
        let root = tempfile::tempdir().unwrap();
        let [good, old, gone] = ["README.md", "x.png", "y.txt"].map(|name| root.path().join(name));
        fs::write(&good, "x").unwrap();
        fs::write(&old, "x").unwrap();
        let (found, errors) = files(&[gone.clone(), old.clone(), good.clone()], Options::default());
        assert_eq!(found, [good]);
        assert_eq!(
            errors,
            [
                ReadError::NotFound { path: gone.to_str().unwrap().into() },
                ReadError::Unsupported { path: old.to_str().unwrap().into(), extension: "png".into() },
            ]
        );
    }
}
