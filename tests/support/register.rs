//! A register of the test's own, and drafts to check by it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::program;

/// A folder whose subfolder `register` has the tables, beside files that the test writes.
pub struct TestRegister {
    dir: TempDir,
}

impl TestRegister {
    /// With these rows of `instruments.csv` and `relations.csv`; the kinds and agencies are those of the repository.
    pub fn new(instruments: &str, relations: &str) -> TestRegister {
        let register = TestRegister { dir: tempfile::tempdir().unwrap() };
        register.write("register/instruments.csv", instruments);
        register.write("register/relations.csv", relations);
        register.write("register/aliases.csv", "alias,number,issued,source\n");
        for name in ["kinds.csv", "agencies.csv"] {
            fs::copy(Path::new("corpus/register").join(name), register.path("register").join(name)).unwrap();
        }
        register
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// Writes a file below the folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program in the folder, with its register.
    pub fn danchieu(&self, args: &[&str]) -> Command {
        let mut command = program::danchieu(self.dir.path(), &["--register", "register"]);
        command.args(args);
        Command::from_std(command)
    }

    /// Standard output, standard error and the exit code.
    pub fn run(&self, args: &[&str]) -> (String, String, i32) {
        program::run(&mut self.danchieu(args))
    }
}

/// That `words` are in `source` at the character `column` of the line `line`, both counted from 1.
#[track_caller]
pub fn assert_place(source: &str, line: usize, column: usize, words: &str) {
    let start = source.lines().take(line - 1).map(|line| line.len() + 1).sum::<usize>();
    let there: String = source[start..].chars().skip(column - 1).take(words.chars().count()).collect();
    assert_eq!(there, words, "line {line}, column {column}");
}
