//! Which files are read: those that are named, and in named directories those of a known format.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::{Format, Options, ReadError};

/// Files of office programs that are not read. Whoever keeps one among the drafts may expect it to be: it is told, where
/// any other file of an unknown format is passed over without a word.
const OFFICE: [&str; 11] = ["xls", "xlsx", "xlsm", "docm", "dot", "dotx", "ppt", "pptx", "ods", "odp", "wps"];

/// How the copies that this program makes of drafts are marked: `ke-hoach.da-sua.txt` beside `ke-hoach.txt`.
pub const CORRECTED: &str = ".da-sua";

/// What paths stand for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// In the order of the paths and sorted by name within a directory, each once.
    pub found: Vec<PathBuf>,
    /// What lies in the directories and is not read, and why: nobody named it, so it is no error.
    pub passed: Vec<ReadError>,
    /// What was named or lies in the directories and cannot be found or opened.
    pub errors: Vec<ReadError>,
}

/// The files that `paths` stand for. A named file must exist and have a known extension. In directories, at any depth,
/// other files are passed over, as are hidden ones, those that an ignore file excludes, the lock files of Word, READMEs,
/// and corrected copies beside their originals; those of [`OFFICE`], links that lead back, and what is no ordinary file
/// are told as passed over. Images in directories count where `options` asks for the recognition of characters.
pub(super) fn files(paths: &[PathBuf], options: Options) -> Files {
    let mut files = Files::default();
    for path in paths {
        let name = || path.to_string_lossy().into_owned();
        match std::fs::metadata(path) {
            Err(error) => files.errors.push(io_error(&name(), &error)),
            Ok(meta) if meta.is_dir() => walk(path, options, &mut files),
            Ok(_) if !options.reads(format_of(path)) => {
                files.errors.push(ReadError::Unsupported { path: name(), extension: extension(path) });
            }
            // Whoever opened a pipe would wait for somebody to write.
            Ok(meta) if !meta.is_file() => files.errors.push(ReadError::Special { path: name() }),
            Ok(_) => files.found.push(path.clone()),
        }
    }
    let mut seen = HashSet::new();
    files.found.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    files
}

fn walk(directory: &Path, options: Options, files: &mut Files) {
    let is_read = |path: &Path| options.reads(format_of(path));
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
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                match refused(&error, directory) {
                    error @ ReadError::Loop { .. } => files.passed.push(error),
                    // A link that leads nowhere is missed only where a document is.
                    ReadError::NotFound { path } if !is_read(Path::new(&path)) => {}
                    error => files.errors.push(error),
                }
                continue;
            }
        };
        let path = entry.path();
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir() && !is_aside(path)) else { continue };
        let name = || path.to_string_lossy().into_owned();
        let extension = extension(path);
        match (is_read(path), kind.is_file()) {
            (true, true) => files.found.push(path.to_owned()),
            (true, false) => files.passed.push(ReadError::Special { path: name() }),
            (false, _) if OFFICE.contains(&extension.as_str()) => {
                files.passed.push(ReadError::Unsupported { path: name(), extension });
            }
            (false, _) => {}
        }
    }
}

/// What a walk says, of the very path that it is about.
fn refused(error: &ignore::Error, at: &Path) -> ReadError {
    let path = || at.to_string_lossy().into_owned();
    match error {
        ignore::Error::WithPath { path, err } => refused(err, path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => refused(err, at),
        ignore::Error::Loop { child, .. } => ReadError::Loop { path: child.to_string_lossy().into_owned() },
        ignore::Error::Io(error) => io_error(&path(), error),
        other => ReadError::Io { path: path(), detail: std::io::Error::other(other.to_string()).into() },
    }
}

/// Lock files of Word (`~$...`), notes about the directory, and corrected copies of what lies beside them.
fn is_aside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_note = name.starts_with("readme") && format_of(path) == Some(Format::Markdown);
    name.starts_with("~$") || is_note || original(path).is_some_and(|original| original.exists())
}

/// The draft that a corrected copy was made of, by its name.
fn original(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_str()?.strip_suffix(CORRECTED)?;
    let mut name = std::ffi::OsString::from(stem);
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    Some(path.with_file_name(name))
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
        _ => ReadError::Io { path, detail: error.into() },
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
            "nested/b.da-sua.txt",
            "b.da-sua.txt",
            "skip/d.txt",
        ];
        for name in names {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::write(root.path().join(".gitignore"), "skip/\n").unwrap();
        let files = |paths: &[PathBuf], ocr| files(paths, Options { ocr });
        let all = files(&[root.path().to_owned(), root.path().join("b.txt")], false);
        let found: Vec<_> =
            all.found.iter().map(|path| path.strip_prefix(root.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(found, ["a.PDF", "b.txt", "nested/b.da-sua.txt", "nested/c.docx"]);
        let macros = root.path().join("x.docm").to_str().unwrap().into();
        assert_eq!(all.passed, [ReadError::Unsupported { path: macros, extension: "docm".into() }]);
        assert_eq!(all.errors, []);
        assert!(files(&[root.path().to_owned()], true).found.contains(&root.path().join("y.png")));
        let copy = root.path().join("b.da-sua.txt");
        assert_eq!(files(std::slice::from_ref(&copy), false).found, [copy], "named");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_and_what_leads_back_is_told_and_not_opened() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        let told = |name: &str| at(name).to_str().unwrap().to_owned();
        let _socket = std::os::unix::net::UnixListener::bind(at("s.txt")).unwrap();
        fs::write(at("a.txt"), "x").unwrap();
        symlink("/dev/null", at("d.txt")).unwrap();
        symlink(root.path(), at("loop")).unwrap();
        symlink("gone.docx", at("broken.docx")).unwrap();
        symlink("gone.jpg", at("broken.jpg")).unwrap();
        let all = files(&[root.path().to_owned()], Options::default());
        assert_eq!(all.found, [at("a.txt")]);
        let special = |name: &str| ReadError::Special { path: told(name) };
        assert_eq!(all.passed, [special("d.txt"), ReadError::Loop { path: told("loop") }, special("s.txt")]);
        assert_eq!(all.errors, [ReadError::NotFound { path: told("broken.docx") }]);
        assert_eq!(files(&[at("s.txt")], Options::default()).errors, [special("s.txt")]);
    }

    #[test]
    fn what_cannot_be_opened_is_told_by_its_own_path() {
        let denied = ignore::Error::Io(std::io::ErrorKind::PermissionDenied.into());
        let within = ignore::Error::WithPath { path: "a/closed".into(), err: Box::new(denied) };
        let error = refused(&ignore::Error::WithDepth { depth: 1, err: Box::new(within) }, Path::new("a"));
        assert_eq!(error.path(), "a/closed");
        assert!(error.message(crate::text::Lang::Vi).contains("không có quyền truy cập"), "{error}");
    }

    #[test]
    fn a_named_file_must_exist_and_be_of_a_format_that_is_read() {
        let root = tempfile::tempdir().unwrap();
        let [good, old, gone] = ["README.md", "x.png", "y.txt"].map(|name| root.path().join(name));
        fs::write(&good, "x").unwrap();
        fs::write(&old, "x").unwrap();
        let all = files(&[gone.clone(), old.clone(), good.clone()], Options::default());
        assert_eq!(all.found, [good]);
        assert_eq!(
            all.errors,
            [
                ReadError::NotFound { path: gone.to_str().unwrap().into() },
                ReadError::Unsupported { path: old.to_str().unwrap().into(), extension: "png".into() },
            ]
        );
    }
}
