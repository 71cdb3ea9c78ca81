//! The program itself, run as a person or a service runs it.

use std::path::Path;
use std::process::Command;

use crate::support::server::PLAN;

/// Variables of a developer's shell that would change an answer.
const VARIABLES: [&str; 5] =
    ["CLICOLOR_FORCE", "DANCHIEU_LANG", "DANCHIEU_LIBRARY", "DANCHIEU_REGISTER", "DANCHIEU_TOKEN"];

/// The program in the folder `dir`.
pub fn danchieu(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_danchieu"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.current_dir(dir).args(args);
    command
}

/// Standard output, standard error and the exit code.
pub fn run(command: &mut assert_cmd::Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A folder with a corpus of one document.
pub fn home() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("corpus/plans")).unwrap();
    std::fs::write(dir.path().join("corpus/plans/a.txt"), PLAN).unwrap();
    dir
}
