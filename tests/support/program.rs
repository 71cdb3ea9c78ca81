//! The program itself, run as a person or a service runs it.

use std::path::Path;
use std::process::Command;

use crate::support::server::PLAN;

pub fn danchieu(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_danchieu"));
    command.current_dir(dir).args(args).env_remove("DANCHIEU_TOKEN").env_remove("DANCHIEU_LIBRARY");
    command
}

/// A folder with a corpus of one document.
pub fn home() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("corpus/plans")).unwrap();
    std::fs::write(dir.path().join("corpus/plans/a.txt"), PLAN).unwrap();
    dir
}
