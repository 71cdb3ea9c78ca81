//! Which files and which register an index is made from, and by what id each file goes.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::read::{self, Files, ReadError};
use crate::text::slug;

/// A file to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::library) struct Source {
    /// Canonical.
    pub file: PathBuf,
    /// The id of the document.
    pub id: String,
}

impl Source {
    /// What the file goes by in the index.
    pub fn path(&self) -> Cow<'_, str> {
        self.file.to_string_lossy()
    }
}

/// Everything an index is made from.
#[derive(Debug, Default)]
pub(in crate::library) struct Sources {
    /// What was named, canonical.
    pub roots: Vec<PathBuf>,
    pub files: Vec<Source>,
    /// The register's folder, where one of the roots has one.
    pub register: Option<PathBuf>,
    pub errors: Vec<ReadError>,
    /// What lies in the folders and is of no kind that is read.
    pub passed: Vec<ReadError>,
}

/// The longest slug of a file name in an id, in bytes.
const LONGEST_SLUG: usize = 80;

/// Whether a folder holds the tables of a register.
pub(in crate::library) fn is_register(folder: &Path) -> bool {
    folder.join("instruments.csv").is_file()
}

impl Sources {
    /// The documents in `paths`. A corpus, a folder with `register/` in it, gives its register, and its documents
    /// are those of `plans/` where it has that. A folder of register tables gives the register alone.
    pub fn of(paths: &[PathBuf], reading: read::Options) -> Sources {
        let mut sources = Sources::default();
        let mut seen = HashSet::new();
        let mut ids = HashSet::new();
        let mut twice = HashSet::new();
        for path in paths {
            let Ok(root) = path.canonicalize() else {
                sources.errors.extend(reading.files(std::slice::from_ref(path)).errors);
                continue;
            };
            let Some(folder) = sources.register_of(&root) else {
                sources.roots.push(root);
                continue;
            };
            sources.roots.push(root);
            let Files { found: files, passed, errors } = reading.files(std::slice::from_ref(&folder));
            sources.passed.extend(passed);
            sources.errors.extend(errors);
            let above = folder.parent().unwrap_or(Path::new("")).to_owned();
            for file in files {
                let file = file.canonicalize().unwrap_or(file);
                if !seen.insert(hash(file.as_os_str().as_encoded_bytes())) {
                    continue;
                }
                // The path below the folder it was found in, the folder's own name first, so that ids are the same
                // wherever the folder lies.
                let below = file.strip_prefix(&above).unwrap_or(&file);
                let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                let id = id(&file, &parts.join("/"), USUAL);
                if !ids.insert(hash(id.as_bytes())) {
                    twice.insert(id.clone());
                }
                sources.files.push(Source { file, id });
            }
        }
        // The same name below two folders of one name: the whole path tells them apart.
        for source in sources.files.iter_mut().filter(|source| twice.contains(&source.id)) {
            source.id = id(&source.file, &source.path(), LONG);
        }
        sources
    }

    /// Notes the register that a root brings; the folder of its documents, `None` for a register alone.
    fn register_of(&mut self, root: &Path) -> Option<PathBuf> {
        if is_register(root) {
            self.register.get_or_insert(root.to_owned());
            return None;
        }
        let register = root.join("register");
        if !is_register(&register) {
            return Some(root.to_owned());
        }
        self.register.get_or_insert(register);
        let plans = root.join("plans");
        Some(if plans.is_dir() { plans } else { root.to_owned() })
    }
}

/// What stands for a path or id among a million of them.
fn hash(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    short
}

/// Hexadecimal digits of the hash in an id, and in one of several that would be alike.
const USUAL: usize = 6;
const LONG: usize = 16;

/// A slug of the file's name, and enough of a hash to tell files of one name apart.
fn id(file: &Path, name: &str, digits: usize) -> String {
    let stem = file.file_stem().map(|stem| slug(&stem.to_string_lossy())).unwrap_or_default();
    let mut short = stem.as_str();
    if short.len() > LONGEST_SLUG {
        short = &short[..LONGEST_SLUG];
        short = short.rsplit_once('-').map_or(short, |(head, _)| head);
    }
    let hash = blake3::hash(name.as_bytes()).to_hex();
    let hash = &hash[..digits];
    if short.is_empty() { hash.to_owned() } else { format!("{short}-{hash}") }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_corpus_brings_its_register_and_only_its_plans() {
        let dir = tempfile::tempdir().unwrap();
        write(&dir.path().join("corpus/register/instruments.csv"), "number\n");
        write(&dir.path().join("corpus/plans/Kế hoạch.txt"), "x");
        write(&dir.path().join("corpus/other.txt"), "x");
        let sources = Sources::of(&[dir.path().join("corpus")], read::Options::default());
        assert_eq!(sources.files.len(), 1);
        assert!(sources.files[0].id.starts_with("ke-hoach-"), "{}", sources.files[0].id);
        assert!(sources.register.unwrap().ends_with("register"));
        assert_eq!(sources.errors, []);
    }

    #[test]
    fn ids_are_stable_where_the_folder_lies_and_unique_in_it() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["a/plans/x.txt", "b/plans/x.txt", "b/plans/deep/x.txt"] {
            write(&dir.path().join(path), "x");
        }
        let alone = Sources::of(&[dir.path().join("a/plans")], read::Options::default());
        let other = Sources::of(&[dir.path().join("b/plans/../plans")], read::Options::default());
        assert_eq!(alone.files[0].id, other.files.iter().find(|file| !file.path().contains("deep")).unwrap().id);
        let both = Sources::of(
            &[dir.path().join("a/plans"), dir.path().join("b/plans"), dir.path().join("b")],
            read::Options::default(),
        );
        let ids: HashSet<_> = both.files.iter().map(|file| &file.id).collect();
        assert_eq!(ids.len(), 3);
    }

    #[test]
    fn what_is_missing_is_named_and_the_rest_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        write(&dir.path().join("x.txt"), "x");
        let sources = Sources::of(&[dir.path().join("gone"), dir.path().to_owned()], read::Options::default());
        assert_eq!(sources.files.len(), 1);
        assert_eq!(sources.errors.len(), 1);
        assert!(sources.errors[0].path().ends_with("gone"));
    }
}
