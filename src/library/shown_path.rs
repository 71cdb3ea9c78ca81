//! Paths as people know them: relative to the folder the program was started in.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A path of the index as it is shown: relative to where we are, if it is below.
pub(super) fn shown(path: &str) -> String {
    let below = here().and_then(|here| Path::new(path).strip_prefix(here).ok().map(Path::to_path_buf));
    below.map_or_else(|| path.to_owned(), |below| below.to_string_lossy().into_owned())
}

/// A path as it is shown, as the index has it. The disk is not asked: a page must not reveal what is there.
pub(super) fn as_indexed(path: &str) -> String {
    match here().filter(|_| !path.is_empty() && !Path::new(path).is_absolute()) {
        Some(here) => {
            let path = path.trim_start_matches("./").trim_start_matches(".\\");
            here.join(path).to_string_lossy().into_owned()
        }
        None => path.to_owned(),
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The folder we are in, canonical. Nothing changes it while the program runs.
fn here() -> Option<&'static Path> {
    static HERE: LazyLock<Option<PathBuf>> =
        LazyLock::new(|| std::env::current_dir().and_then(|dir| dir.canonicalize()).ok());
    HERE.as_deref()
}
