//! Where the index lies on disk: one subfolder per layout (`index/v1`), so that another version's data is never
//! read by mistake, and so that an old one stands until a new one is complete.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory, DirectoryLock, Lock, MmapDirectory};

use crate::store::SCHEMA_VERSION;
use crate::store::error::StoreError;

/// The subfolder that holds the data of this layout.
pub(super) fn data_folder(library: &Path) -> PathBuf {
    library.join(format!("v{SCHEMA_VERSION}"))
}

/// What tells one commit from the next, at the price of a look at one file; empty where there is none.
pub fn commit_stamp(library: &Path) -> String {
    crate::read::stamp(&data_folder(library).join("meta.json")).unwrap_or_default()
}

/// Opens the folder for reading.
///
/// # Errors
/// `Missing` where nothing was indexed, `OtherVersion` where only another version did.
pub(super) fn open(library: &Path) -> Result<MmapDirectory, StoreError> {
    let data = data_folder(library);
    if !data.join("meta.json").is_file() {
        let other = others(library).iter().any(|folder| folder.join("meta.json").is_file());
        let emptied = data.join(".managed.json").is_file() && has_segments(&data);
        return Err(match (other, emptied) {
            (_, true) => StoreError::Corrupt("meta.json".into()),
            (true, false) => StoreError::OtherVersion,
            (false, false) => StoreError::Missing,
        });
    }
    MmapDirectory::open(&data).map_err(|error| StoreError::Io(error.to_string()))
}

/// A file of one of the segments (by their names) that is too short to hold even a footer. The engine takes it for
/// granted that each has one; what a killed run left behind belongs to no segment.
pub(super) fn torn(library: &Path, segments: &[String]) -> Option<PathBuf> {
    const FOOTER: u64 = 16;
    let files = fs::read_dir(data_folder(library)).ok()?.flatten().map(|entry| entry.path());
    files
        .filter(|file| file.file_stem().is_some_and(|stem| segments.iter().any(|segment| stem == segment.as_str())))
        .find(|file| fs::metadata(file).is_ok_and(|found| found.len() < FOOTER))
}

/// Makes the folder where needed and locks it against a second run. The lock ends with the process, however it
/// ends.
///
/// # Errors
/// `Locked` where another run holds it.
pub(super) fn lock(library: &Path) -> Result<(MmapDirectory, DirectoryLock), StoreError> {
    let data = data_folder(library);
    fs::create_dir_all(&data).map_err(|error| StoreError::Io(format!("{}: {error}", data.display())))?;
    let directory = MmapDirectory::open(&data).map_err(|error| StoreError::Io(error.to_string()))?;
    let lock = directory.acquire_lock(&Lock { filepath: "danchieu.lock".into(), is_blocking: false })?;
    Ok((directory, lock))
}

/// Removes what other versions left, once this one is complete. Only folders that are ours: named `v` and a
/// number, with an index in them.
pub(super) fn remove_others(library: &Path) {
    for folder in others(library) {
        if folder.join("meta.json").is_file() && folder.join(".managed.json").is_file() {
            // What cannot be removed does no harm; the next run tries again.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Removes the files of an index in our own folder that this version cannot read. Only what the engine wrote.
pub(super) fn empty(library: &Path) -> Result<(), StoreError> {
    for entry in fs::read_dir(data_folder(library))?.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or("");
        let segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        if segment || name == "meta.json" || name == ".managed.json" {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn others(library: &Path) -> Vec<PathBuf> {
    let ours = data_folder(library);
    let Ok(entries) = fs::read_dir(library) else { return Vec::new() };
    entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            let version = name.strip_prefix('v').unwrap_or("");
            *path != ours && !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) && path.is_dir()
        })
        .collect()
}

fn has_segments(data: &Path) -> bool {
    let Ok(entries) = fs::read_dir(data) else { return false };
    entries.flatten().any(|entry| entry.path().extension().is_some_and(|ext| ext == "store" || ext == "term"))
}

/// Bytes of all files of this version.
pub(super) fn size(library: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(data_folder(library)) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
