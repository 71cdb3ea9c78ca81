//! The index keeps step with the files, whatever happens to the run that makes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use danchieu::library::{self, IndexOptions, IndexReport, Library, LibraryError, Paging};
use danchieu::text::Lang;
use tempfile::TempDir;

const ALL: Paging = Paging { offset: 0, limit: 1000 };

/// A folder with a small register, some plans, and room for an index.
pub struct Office {
    pub dir: TempDir,
}

impl Office {
    pub fn new() -> Office {
        let dir = tempfile::tempdir().unwrap();
        let register = dir.path().join("corpus/register");
        fs::create_dir_all(&register).unwrap();
        fs::create_dir_all(dir.path().join("corpus/plans")).unwrap();
        for table in ["instruments", "relations", "aliases", "agencies", "kinds"] {
            fs::copy(format!("corpus/register/{table}.csv"), register.join(format!("{table}.csv"))).unwrap();
        }
        Office { dir }
    }

    /// With a register of three instruments, which is read in no time.
    fn small() -> Office {
        let office = Office::new();
        let register = office.path("corpus/register");
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
        office
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn library(&self) -> PathBuf {
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
        IndexOptions { library: self.library(), paths: vec![self.path("corpus")], ..IndexOptions::default() }
    }

    pub fn index(&self) -> IndexReport {
        library::index(&self.options(), |_| ()).unwrap()
    }

    pub fn open(&self) -> Library {
        Library::open(&self.library(), None).unwrap()
    }

    /// The program, told to use this library and to speak English.
    pub fn danchieu(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("danchieu").unwrap();
        command.current_dir(self.dir.path()).env_remove("DANCHIEU_LANG").args(["--lang", "en"]).args(args);
        command
    }
}

fn read(report: &IndexReport) -> (usize, usize, usize) {
    (report.read, report.unchanged, report.removed)
}

#[test]
fn only_what_changed_is_read_again() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 33/2021/TT-BGDĐT;");
    let b = office.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Kế hoạch số 70/KH-UBND ngày 15/4/2022;");
    let report = office.index();
    assert_eq!((read(&report), report.changed), ((2, 0, 0), true));
    assert_eq!(office.open().counts().documents, 2);

    let report = office.index();
    assert_eq!((read(&report), report.changed), ((0, 2, 0), false));

    // Another time of change, the same content.
    fs::write(&b, fs::read(&b).unwrap()).unwrap();
    assert_eq!(read(&office.index()), (0, 2, 0));
    assert!(Library::open(&office.library(), None).unwrap().is_fresh().unwrap());

    let plain = fs::read_to_string(&b).unwrap();
    fs::write(&b, plain + "Thực hiện Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    assert!(!Library::open(&office.library(), None).unwrap().is_fresh().unwrap());
    assert_eq!(read(&office.index()), (1, 1, 0));
    assert_eq!(office.open().cited_by("20-2014-nd-cp", ALL).total, 1);

    fs::remove_file(&b).unwrap();
    assert!(!Library::open(&office.library(), None).unwrap().is_fresh().unwrap());
    assert_eq!(read(&office.index()), (0, 1, 1));
    let base = office.open();
    assert_eq!(base.cited_by("20-2014-nd-cp", ALL).total, 0);
    assert_eq!((base.counts().documents, base.counts().citations), (1, 1));
    assert!(Library::open(&office.library(), None).unwrap().is_fresh().unwrap());
}

#[test]
fn a_fact_added_to_the_register_counts_at_once() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 97/2031/TT-BGDĐT;");
    office.index();
    assert!(!office.open().is_registered("97-2031-tt-bgddt"));
    let table = office.path("corpus/register/instruments.csv");
    let rows = fs::read_to_string(&table).unwrap();
    let columns: Vec<&str> = rows.lines().next().unwrap().split(',').collect();
    let row = columns.iter().map(|column| match *column {
        "number" => "97/2031/TT-BGDĐT",
        "kind" => "Thông tư",
        "title" => "Chương trình thử nghiệm",
        "force" => "in_force",
        "confidence" => "likely",
        _ => "",
    });
    let row = row.collect::<Vec<_>>().join(",");
    fs::write(&table, format!("{}\n{row}\nkhông,phải,một,dòng,đúng,ngày-sai\n", rows.trim_end())).unwrap();
    assert!(!Library::open(&office.library(), None).unwrap().is_fresh().unwrap());
    let report = office.index();
    assert_eq!(report.read, 1);
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    let run = office.danchieu(&["index"]).assert().code(2);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("instruments.csv:"));
    let hits = office.open().search("chuong trinh thu nghiem", ALL).unwrap();
    assert_eq!((hits.hits[0].id.as_str(), hits.hits[0].cited), ("97-2031-tt-bgddt", 1));
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_rest_goes_on() {
    let office = Office::small();
    office.plan("good.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::write(office.path("corpus/plans/empty.txt"), "").unwrap();
    fs::write(office.path("corpus/plans/torn.docx"), b"PK\x03\x04 torn").unwrap();
    let report = office.index();
    assert_eq!((report.read, report.failed.len()), (1, 2));
    let run = office.danchieu(&["index"]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains(" corpus/plans/empty.txt: ") && said.contains("torn.docx"), "{said}");
    // Known to be unreadable is up to date, too.
    assert!(Library::open(&office.library(), None).unwrap().is_fresh().unwrap());
    let report = office.index();
    assert_eq!((report.changed, report.failed.len()), (false, 2));
    // A file that was good and no longer is does not answer with what it once said.
    fs::write(office.path("corpus/plans/good.txt"), "").unwrap();
    assert_eq!(office.index().failed.len(), 3);
    assert_eq!(office.open().counts().documents, 0);
    office.danchieu(&["index"]).assert().code(2);
}

#[test]
fn the_folders_of_last_time_are_those_of_next_time() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::create_dir(office.path("more")).unwrap();
    fs::write(office.path("more/b.md"), "# Ghi chú\n\nTheo Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    office.danchieu(&["index", "more", "corpus"]).assert().success();
    fs::write(office.path("more/c.md"), "Theo Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    let again = office.danchieu(&["index"]).assert().success();
    let said = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
    assert!(said.starts_with("1 new or changed, 2 unchanged"), "{said}");
    let base = office.open();
    assert_eq!(base.cited_by("20-2014-nd-cp", ALL).total, 2);
    // The register is that of the corpus, which was found in it.
    assert!(base.is_registered("20-2014-nd-cp"));
    office.danchieu(&["index", "gone"]).assert().code(2);
    assert_eq!(office.open().counts().documents, 3);
}

#[test]
fn a_second_run_is_refused_politely() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    office.index();
    office.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    // While the first run works on its first file, a second one begins.
    let second = std::sync::Mutex::new(None);
    library::index(&office.options(), |_| {
        let mut second = second.lock().unwrap();
        if second.is_none() {
            let refused = office.danchieu(&["index"]).assert().code(2);
            *second = Some(String::from_utf8_lossy(&refused.get_output().stderr).into_owned());
        }
    })
    .unwrap();
    let said = second.into_inner().unwrap().unwrap();
    assert!(said.contains("another run"), "{said}");
    assert_eq!(office.open().counts().documents, 2);
}

#[test]
fn a_run_that_is_given_up_leaves_what_was_there() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    office.index();
    office.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    let given_up = std::panic::catch_unwind(|| {
        let _ = library::index(&office.options(), |progress| {
            if matches!(progress, library::Progress::Saving) {
                panic!("given up on purpose");
            }
        });
    });
    assert!(given_up.is_err());
    assert_eq!(office.open().counts().documents, 1);
    assert_eq!(read(&office.index()), (1, 1, 0));
    assert_eq!(office.open().counts().documents, 2);
}

/// The run is killed at some moment, again and again, each a little later than the last. After each, what stood
/// there before still answers.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_what_was_there() {
    let office = Office::small();
    office.plan("first.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 33/2021/TT-BGDĐT;");
    office.index();
    for n in 0..40 {
        let body =
            format!("Căn cứ Thông tư số 33/2021/TT-BGDĐT; Kế hoạch số {n}/KH-UBND.\n{}", "Nội dung. ".repeat(500));
        office.plan(&format!("later-{n}.txt"), &format!("{}/KH-UBND", n + 100), "XÃ AN LỘC", &body);
    }
    let program = assert_cmd::cargo::cargo_bin("danchieu");
    let run = || {
        std::process::Command::new(&program)
            .current_dir(office.dir.path())
            .arg("index")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut killed = 0;
    let mut wait = Duration::from_millis(10);
    let started = Instant::now();
    loop {
        let mut child = run();
        std::thread::sleep(wait);
        let ended = child.try_wait().unwrap();
        let _ = child.kill();
        child.wait().unwrap();
        let base = office.open();
        let documents = base.counts().documents;
        assert!(documents == 1 || documents == 41, "{documents} documents after a kill");
        assert_eq!(base.cited_by("33-2021-tt-bgddt", ALL).distinct, documents);
        assert!(base.failure().is_none());
        if documents == 41 {
            assert!(killed > 3, "the run ended before it could be killed");
            break;
        }
        assert!(ended.is_none(), "the run ended without an index");
        killed += 1;
        wait += wait / 3;
        assert!(started.elapsed() < Duration::from_secs(120), "never finished");
    }
    assert!(run().wait().unwrap().success());
    assert_eq!(read(&office.index()), (0, 41, 0));
}

#[test]
fn an_index_of_another_version_is_made_again() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    office.index();
    let library = office.library();
    fs::write(library.join("README.md"), "Ghi chú của tôi").unwrap();
    fs::create_dir(library.join("v7-notes")).unwrap();
    fs::rename(data(&library), library.join("v0")).unwrap();
    assert!(matches!(Library::open(&library, None), Err(LibraryError::OtherVersion(_))));
    // Other tables would answer otherwise, without a word.
    let plan = office.path("a.txt");
    for args in [vec!["check", plan.to_str().unwrap()], vec!["impact", "43/2019/QH14", plan.to_str().unwrap()]] {
        let refused = office.danchieu(&args).assert().code(2);
        assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("another version"), "{args:?}");
    }
    let refused = office.danchieu(&["search", "giao duc"]).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("danchieu index"));
    office.index();
    assert_eq!(office.open().counts().documents, 1);
    assert!(!library.join("v0").exists());
    // What is not ours stays.
    assert!(library.join("README.md").is_file() && library.join("v7-notes").is_dir());
}

#[test]
fn a_damaged_index_is_told_and_no_cause_to_panic() {
    let office = Office::small();
    for n in 0..5 {
        office.plan(&format!("{n}.txt"), &format!("7{n}/KH-UBND"), "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    }
    office.index();
    let data = data(&office.library());
    let files: Vec<PathBuf> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut damaged = 0;
    for file in files.iter().filter(|file| !file.to_string_lossy().ends_with(".lock")) {
        let whole = fs::read(file).unwrap();
        if whole.is_empty() || file.ends_with(".managed.json") {
            continue;
        }
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 0x55;
        for bytes in [flipped, whole[..whole.len() / 2].to_vec(), whole[..3.min(whole.len() - 1)].to_vec(), Vec::new()]
        {
            fs::write(file, &bytes).unwrap();
            // A flipped byte of the notes of a commit may read as other notes; never as a panic.
            if let Err(error) = Library::open(&office.library(), None) {
                assert!(
                    matches!(error, LibraryError::Corrupt { .. } | LibraryError::OtherVersion(_)),
                    "{}: {error}",
                    file.display()
                );
                assert!(error.message(Lang::En).contains("danchieu index"));
                damaged += 1;
            } else {
                assert!(file.ends_with("meta.json"), "{} was damaged and nobody saw", file.display());
            }
        }
        fs::remove_file(file).unwrap();
        assert!(Library::open(&office.library(), None).is_err(), "{}", file.display());
        let run = office.danchieu(&["index"]).assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains("damaged") && said.contains("--rebuild"), "{}: {said}", file.display());
        fs::write(file, whole).unwrap();
    }
    assert!(damaged > 10, "{damaged}");
    assert_eq!(office.open().counts().documents, 5);

    // Made anew from the folders of last time, whatever file is torn.
    let torn = files.iter().find(|file| file.to_string_lossy().ends_with(".term")).unwrap();
    let bytes = fs::read(torn).unwrap();
    fs::write(torn, &bytes[..bytes.len() / 2]).unwrap();
    office.danchieu(&["index", "--rebuild"]).assert().success();
    assert_eq!(office.open().counts().documents, 5);
}

#[test]
fn a_register_that_lost_its_rows_or_columns_is_one_clear_error() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    let table = office.path("corpus/register/instruments.csv");
    let whole = fs::read_to_string(&table).unwrap();
    let (header, rows) = whole.split_once('\n').unwrap();
    for (content, said) in [
        (String::new(), "number, kind, title"),
        (rows.to_owned(), "number, kind, title"),
        (header.replace("title", "tên") + "\n" + rows, "the column title"),
        (header.to_owned() + "\n", "holds no row"),
    ] {
        fs::write(&table, content).unwrap();
        let run = office.danchieu(&["index", "corpus"]).assert().code(2);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.contains(said) && stderr.contains("instruments.csv"), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[test]
fn an_old_office_format_is_named_and_a_picture_is_not() {
    let office = Office::small();
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::write(office.path("corpus/plans/cu.doc"), "x").unwrap();
    fs::write(office.path("corpus/plans/anh.png"), "x").unwrap();
    let run = office.danchieu(&["index", "corpus"]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("cu.doc") && !said.contains("anh.png"), "{said}");
    assert_eq!(office.open().counts().documents, 1);
}

#[test]
fn without_an_index_every_question_says_how_to_make_one() {
    let office = Office::small();
    for args in [&["search", "x"][..], &["show", "1/KH"], &["cites", "1/KH"], &["cited-by", "1/KH"], &["graph", "1/KH"]]
    {
        let run = office.danchieu(args).assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains("danchieu index") && said.contains("index"), "{said}");
    }
}

fn data(library: &Path) -> PathBuf {
    library.join(format!("v{}", danchieu::store::SCHEMA_VERSION))
}
