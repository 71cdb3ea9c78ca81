//! Corrected copies of drafts: where they go, and what is said of them. An original is never opened for writing, and no
//! file that is there already is written over.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::report::checked::Checked;
use crate::report::corrected::{self, Choice};
use crate::text::Lang;

/// Where copies go.
#[derive(Debug)]
pub struct Copies {
    /// The folder named; beside the original without one.
    out: Option<PathBuf>,
    /// The folders that are checked: what lies below one keeps its place below `out`.
    folders: Vec<PathBuf>,
}

/// What became of one copy.
#[derive(Debug)]
pub enum Outcome {
    Written(PathBuf, Choice),
    /// No suggestion is safe enough to be written unasked.
    Nothing(Choice),
    /// A format, or a stream, of which no copy can be written.
    NotWritable,
    Failed(String),
}

impl Copies {
    pub fn new(out: Option<PathBuf>, paths: &[PathBuf]) -> Copies {
        Copies { out, folders: paths.iter().filter(|path| path.is_dir()).cloned().collect() }
    }

    /// Writes the copy of a document that was read from `path`.
    pub fn write(&self, checked: &Checked, path: &Path, lang: Lang) -> Outcome {
        let choice = corrected::choose(&checked.document, &checked.findings);
        if choice.written.is_empty() {
            return Outcome::Nothing(choice);
        }
        if !checked.is_plain() || path == Path::new("-") {
            return Outcome::NotWritable;
        }
        let target = self.target(path);
        let failed = |target: &Path, error: &io::Error| {
            let name = target.display();
            Outcome::Failed(match (error.kind(), lang) {
                (io::ErrorKind::AlreadyExists, Lang::Vi) => {
                    format!(
                        "{name}: đã có tệp này nên không ghi đè; hãy đổi tên hoặc xóa tệp đó, hoặc ghi --out THƯ_MỤC"
                    )
                }
                (io::ErrorKind::AlreadyExists, Lang::En) => {
                    format!("{name}: the file is there and is not written over; rename or remove it, or name --out DIR")
                }
                (_, Lang::Vi) => format!("{name}: không ghi được bản sửa ({error})"),
                (_, Lang::En) => format!("{name}: the corrected copy could not be written ({error})"),
            })
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return failed(path, &error),
        };
        let Some(copy) = corrected::corrected(&checked.document, &bytes, &checked.findings, &choice) else {
            let name = path.display();
            return Outcome::Failed(match lang {
                Lang::Vi => format!(
                    "{name}: bảng mã của tệp không ghi lại được nguyên vẹn, hoặc tệp vừa thay đổi; hãy lưu tệp với bảng mã UTF-8 rồi chạy lại"
                ),
                Lang::En => format!(
                    "{name}: its encoding cannot be written back exactly, or the file has just changed; save it as UTF-8 and run again"
                ),
            });
        };
        match write_new(&target, &copy) {
            Ok(()) => Outcome::Written(target, choice),
            Err(error) => failed(&target, &error),
        }
    }

    /// `ke-hoach.txt` beside its original becomes `ke-hoach.da-sua.txt`; in a folder of its own it keeps its name.
    pub fn target(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default();
        let Some(out) = &self.out else {
            let mut new = path.file_stem().unwrap_or_default().to_owned();
            new.push(".da-sua");
            if let Some(extension) = path.extension() {
                new.push(".");
                new.push(extension);
            }
            return path.with_file_name(new);
        };
        let below = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        out.join(below.min_by_key(|below| below.components().count()).unwrap_or(Path::new(name)))
    }
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
