//! Corrected copies of drafts: where they go, and what is said of them. An original is never opened for writing, and no
//! file that is there already is written over.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::messages;
use crate::check::CheckedDocument;
use crate::read::CORRECTED;
use crate::report::apply_fixes::{self, FixChoice};
use crate::text::{Lang, Message};

/// Where copies go.
#[derive(Debug)]
pub struct Copies {
    /// The folder named; beside the original without one.
    out: Option<PathBuf>,
    /// What was named, and where the copies of its files go, below `out`: folders and files keep their places, so
    /// that namesakes do not meet.
    roots: Vec<(PathBuf, PathBuf)>,
}

/// What became of one copy.
#[derive(Debug)]
pub enum CopyOutcome {
    Written(PathBuf, FixChoice),
    /// No suggestion is safe enough to be written automatically.
    Nothing(FixChoice),
    /// A format, or a stream, of which no copy can be written.
    NotWritable,
    Failed(String),
}

impl Copies {
    pub fn new(out: Option<PathBuf>, paths: &[PathBuf]) -> Copies {
        let places: Vec<(&PathBuf, PathBuf)> =
            paths.iter().filter_map(|path| Some((path, fs::canonicalize(folder_of(path)).ok()?))).collect();
        let above = places.iter().map(|(_, folder)| folder.clone()).reduce(|a, b| shared(&a, &b)).unwrap_or_default();
        let root = |(path, folder): &(&PathBuf, PathBuf)| {
            let below = folder.strip_prefix(&above).unwrap_or(Path::new("")).to_owned();
            (folder_of(path).to_owned(), below)
        };
        Copies { out, roots: places.iter().map(root).collect() }
    }

    /// Writes the copy of a document that was read from `path`.
    pub fn write(&self, checked: &CheckedDocument, path: &Path, lang: Lang) -> CopyOutcome {
        let choice = apply_fixes::choose(&checked.document, &checked.findings);
        if choice.written.is_empty() {
            return CopyOutcome::Nothing(choice);
        }
        if !checked.is_plain_text() || path == Path::new("-") {
            return CopyOutcome::NotWritable;
        }
        let target = self.target(path);
        let failed = |message: Message| CopyOutcome::Failed(message.in_lang(lang).to_owned());
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return failed(messages::copy_failed(path, &error)),
        };
        let Some(copy) = apply_fixes::apply(&checked.document, &bytes, &checked.findings, &choice) else {
            return failed(messages::encoding_without_copy(path));
        };
        match write_new(&target, &copy) {
            Ok(()) => CopyOutcome::Written(target, choice),
            Err(error) => failed(messages::copy_failed(&target, &error)),
        }
    }

    /// `ke-hoach.txt` beside its original becomes `ke-hoach.da-sua.txt`; in a folder of its own it keeps its name.
    pub fn target(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        let Some(out) = &self.out else {
            let mut new = path.file_stem().unwrap_or_default().to_owned();
            new.push(CORRECTED);
            if let Some(extension) = path.extension() {
                new.push(".");
                new.push(extension);
            }
            return path.with_file_name(new);
        };
        let places = self.roots.iter().filter_map(|(root, place)| Some((path.strip_prefix(root).ok()?, place)));
        let nearest = places.min_by_key(|(below, _)| below.components().count());
        nearest.map_or_else(|| out.join(name), |(below, place)| out.join(place).join(below))
    }

    /// Whether a file is in the folder of copies, and that folder below one that is checked: what an earlier run wrote
    /// there is not a draft.
    pub fn holds(&self, file: &Path) -> bool {
        let Some(out) = self.out.as_ref().and_then(|out| out.canonicalize().ok()) else { return false };
        let inside = |root: &PathBuf| root.canonicalize().is_ok_and(|root| out != root && out.starts_with(&root));
        self.roots.iter().any(|(root, _)| inside(root)) && file.canonicalize().is_ok_and(|file| file.starts_with(&out))
    }
}

/// The folder that is named, or that holds the file.
fn folder_of(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The deepest folder above both.
fn shared(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(part, _)| part).collect()
}

/// Writes a file that must not be there yet, whole or not at all.
pub(super) fn write_new(target: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(target)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a copy is worse than none.
        let _ = fs::remove_file(target);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_keep_their_place_below_the_folder_named() {
        let root = tempfile::tempdir().unwrap();
        let plans = root.path().join("plans");
        fs::create_dir_all(plans.join("2024")).unwrap();
        let beside = Copies::new(None, &[]);
        assert_eq!(beside.target(Path::new("a/kế hoạch.v2.txt")), Path::new("a/kế hoạch.v2.da-sua.txt"));
        assert_eq!(beside.target(Path::new("a/b")), Path::new("a/b.da-sua"));
        let below = Copies::new(Some("out".into()), std::slice::from_ref(&plans));
        assert_eq!(below.target(&plans.join("2024/a.txt")), Path::new("out/2024/a.txt"));
        assert_eq!(below.target(Path::new("other/a.txt")), Path::new("out/a.txt"));
        let drafts = root.path().join("drafts");
        fs::create_dir(&drafts).unwrap();
        let named =
            Copies::new(Some("out".into()), &[plans.join("2024/a.txt"), drafts.join("a.txt"), plans.join("a.txt")]);
        assert_eq!(named.target(&plans.join("2024/a.txt")), Path::new("out/plans/2024/a.txt"));
        assert_eq!(named.target(&plans.join("a.txt")), Path::new("out/plans/a.txt"));
        assert_eq!(named.target(&drafts.join("a.txt")), Path::new("out/drafts/a.txt"));
        let one = Copies::new(Some("out".into()), &[plans.join("2024/a.txt")]);
        assert_eq!(one.target(&plans.join("2024/a.txt")), Path::new("out/a.txt"));
    }

    #[test]
    fn earlier_copies_are_no_drafts() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("plans/moi")).unwrap();
        for name in ["plans/a.txt", "plans/moi/a.txt"] {
            fs::write(at(name), "x").unwrap();
        }
        let copies = |out: &str| Copies::new(Some(at(out)), &[at("plans")]);
        assert!(copies("plans/moi").holds(&at("plans/moi/a.txt")));
        assert!(!copies("plans/moi").holds(&at("plans/a.txt")));
        assert!(!copies("plans").holds(&at("plans/a.txt")));
        assert!(!copies("moi").holds(&at("plans/moi/a.txt")));
    }

    #[test]
    fn nothing_is_written_over() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("a.txt");
        write_new(&target, b"1").unwrap();
        assert_eq!(write_new(&target, b"2").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"1");
    }
}
