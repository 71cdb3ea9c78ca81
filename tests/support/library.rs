//! A library to index and to ask: a folder with a register, plans written by the test, and room for the index.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use danchieu::library::{self, IndexOptions, IndexReport, Library};
use tempfile::TempDir;

use crate::support::program;

/// A folder with a small register, some plans, and room for an index.
pub struct TestLibrary {
    pub dir: TempDir,
}

impl TestLibrary {
    pub fn new() -> TestLibrary {
        let dir = tempfile::tempdir().unwrap();
        let register = dir.path().join("corpus/register");
        fs::create_dir_all(&register).unwrap();
        fs::create_dir_all(dir.path().join("corpus/plans")).unwrap();
        for table in ["instruments", "relations", "aliases", "agencies", "kinds"] {
            fs::copy(format!("corpus/register/{table}.csv"), register.join(format!("{table}.csv"))).unwrap();
        }
        TestLibrary { dir }
    }

    /// With a register of three instruments, which is read in no time.
    pub fn small() -> TestLibrary {
        let library = TestLibrary::new();
        let register = library.path("corpus/register");
        for table in ["instruments", "relations", "aliases"] {
            let path = register.join(format!("{table}.csv"));
            let text = fs::read_to_string(&path).unwrap();
            let kept = text.lines().enumerate().filter(|(at, line)| {
                let wanted = ["33/2021/TT-BGDĐT,", "20/2014/NĐ-CP,", "43/2019/QH14,"];
                *at == 0 || (table == "instruments" && wanted.iter().any(|number| line.starts_with(number)))
            });
            let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
            assert!(table != "instruments" || kept.len() == 4, "{kept:?}");
            fs::write(path, kept.join("\n") + "\n").unwrap();
        }
        library
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn folder(&self) -> PathBuf {
        self.path("index")
    }

    /// A plan of a place, with its number and what it cites.
    pub fn plan(&self, file: &str, number: &str, place: &str, body: &str) -> PathBuf {
        let path = self.path("corpus/plans").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = format!(
            "UBND {place}\nSố: {number}\n\n{place}, ngày 15 tháng 4 năm 2022\n\nKẾ HOẠCH\nXóa mù chữ năm 2022\n\n{body}\n"
        );
        fs::write(&path, text).unwrap();
        path
    }

    pub fn options(&self) -> IndexOptions {
        IndexOptions { library: self.folder(), paths: vec![self.path("corpus")], ..IndexOptions::default() }
    }

    pub fn index(&self) -> IndexReport {
        library::index(&self.options(), |_| ()).unwrap()
    }

    pub fn open(&self) -> Library {
        Library::open(&self.folder(), None).unwrap()
    }

    /// The program, told to use this library and to speak English.
    pub fn danchieu(&self, args: &[&str]) -> Command {
        let mut command = program::danchieu(self.dir.path(), &["--lang", "en"]);
        command.args(args);
        Command::from_std(command)
    }
}
