//! The index keeps step with the files, whatever happens to the run that makes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use danchieu::library::{self, IndexReport, Library, LibraryError, Paging};
use danchieu::text::Lang;

use crate::questions;
use crate::support::library::TestLibrary;
use crate::support::program::danchieu;

const ALL: Paging = Paging { offset: 0, limit: 1000 };

fn read(report: &IndexReport) -> (usize, usize, usize) {
    (report.read, report.unchanged, report.removed)
}

#[test]
fn only_what_changed_is_read_again() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 33/2021/TT-BGDĐT;");
    let b = home.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Kế hoạch số 70/KH-UBND ngày 15/4/2022;");
    let report = home.index();
    assert_eq!((read(&report), report.changed), ((2, 0, 0), true));
    assert_eq!(questions::counts(&home.open()).documents, 2);

    let report = home.index();
    assert_eq!((read(&report), report.changed), ((0, 2, 0), false));

    // Another time of change, the same content.
    fs::write(&b, fs::read(&b).unwrap()).unwrap();
    assert_eq!(read(&home.index()), (0, 2, 0));
    assert!(Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());

    let plain = fs::read_to_string(&b).unwrap();
    fs::write(&b, plain + "Thực hiện Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    assert!(!Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());
    assert_eq!(read(&home.index()), (1, 1, 0));
    assert_eq!(questions::citations_to(&home.open(), "20-2014-nd-cp", ALL).total, 1);

    fs::remove_file(&b).unwrap();
    assert!(!Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());
    assert_eq!(read(&home.index()), (0, 1, 1));
    let library = home.open();
    assert_eq!(questions::citations_to(&library, "20-2014-nd-cp", ALL).total, 0);
    assert_eq!((questions::counts(&library).documents, questions::counts(&library).citations), (1, 1));
    assert!(Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());
}

#[test]
fn a_fact_added_to_the_register_counts_at_once() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 97/2031/TT-BGDĐT;");
    home.index();
    assert!(!questions::is_registered(&home.open(), "97-2031-tt-bgddt"));
    let table = home.path("corpus/register/instruments.csv");
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
    assert!(!Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());
    let report = home.index();
    assert_eq!(report.read, 1);
    assert_eq!(report.problems.len(), 1, "{:?}", report.problems);
    let run = home.danchieu(&["index"]).assert().code(2);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("instruments.csv:"));
    let hits = questions::search(&home.open(), "chuong trinh thu nghiem", ALL).unwrap();
    assert_eq!((hits.hits[0].id.as_str(), hits.hits[0].cited), ("97-2031-tt-bgddt", 1));
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_rest_goes_on() {
    let home = TestLibrary::small();
    home.plan("good.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::write(home.path("corpus/plans/empty.txt"), "").unwrap();
    fs::write(home.path("corpus/plans/torn.docx"), b"PK\x03\x04 torn").unwrap();
    let report = home.index();
    assert_eq!((report.read, report.failed.len()), (1, 2));
    let run = home.danchieu(&["index"]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains(" corpus/plans/empty.txt: ") && said.contains("torn.docx"), "{said}");
    // Known to be unreadable is up to date, too.
    assert!(Library::open(&home.folder(), None).unwrap().is_fresh().unwrap());
    let report = home.index();
    assert_eq!((report.changed, report.failed.len()), (false, 2));
    // A file that was good and no longer is does not answer with what it once said.
    fs::write(home.path("corpus/plans/good.txt"), "").unwrap();
    assert_eq!(home.index().failed.len(), 3);
    assert_eq!(questions::counts(&home.open()).documents, 0);
    home.danchieu(&["index"]).assert().code(2);
}

#[test]
fn the_folders_of_last_time_are_those_of_next_time() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::create_dir(home.path("more")).unwrap();
    fs::write(home.path("more/b.md"), "# Ghi chú\n\nTheo Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    home.danchieu(&["index", "more", "corpus"]).assert().success();
    fs::write(home.path("more/c.md"), "Theo Nghị định số 20/2014/NĐ-CP.\n").unwrap();
    let again = home.danchieu(&["index"]).assert().success();
    let said = String::from_utf8_lossy(&again.get_output().stdout).into_owned();
    assert!(said.starts_with("1 new or changed, 2 unchanged"), "{said}");
    let library = home.open();
    assert_eq!(questions::citations_to(&library, "20-2014-nd-cp", ALL).total, 2);
    // The register is that of the corpus, which was found in it.
    assert!(questions::is_registered(&library, "20-2014-nd-cp"));
    home.danchieu(&["index", "gone"]).assert().code(2);
    assert_eq!(questions::counts(&home.open()).documents, 3);
}

#[test]
fn a_second_run_is_refused_politely() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    home.index();
    home.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    // While the first run works on its first file, a second one begins.
    let second = std::sync::Mutex::new(None);
    library::index(&home.options(), |_| {
        let mut second = second.lock().unwrap();
        if second.is_none() {
            let refused = home.danchieu(&["index"]).assert().code(2);
            *second = Some(String::from_utf8_lossy(&refused.get_output().stderr).into_owned());
        }
    })
    .unwrap();
    let said = second.into_inner().unwrap().unwrap();
    assert!(said.contains("another run"), "{said}");
    assert_eq!(questions::counts(&home.open()).documents, 2);
}

#[test]
fn a_run_that_is_given_up_leaves_what_was_there() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    home.index();
    home.plan("b.txt", "71/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    let given_up = std::panic::catch_unwind(|| {
        let _ = library::index(&home.options(), |progress| {
            if matches!(progress, library::Progress::Saving) {
                panic!("given up on purpose");
            }
        });
    });
    assert!(given_up.is_err());
    assert_eq!(questions::counts(&home.open()).documents, 1);
    assert_eq!(read(&home.index()), (1, 1, 0));
    assert_eq!(questions::counts(&home.open()).documents, 2);
}

/// The run is killed at some moment, again and again, each a little later than the last. After each, what stood
/// there before still answers.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_what_was_there() {
    let home = TestLibrary::small();
    home.plan("first.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Thông tư số 33/2021/TT-BGDĐT;");
    home.index();
    for n in 0..40 {
        let body =
            format!("Căn cứ Thông tư số 33/2021/TT-BGDĐT; Kế hoạch số {n}/KH-UBND.\n{}", "Nội dung. ".repeat(500));
        home.plan(&format!("later-{n}.txt"), &format!("{}/KH-UBND", n + 100), "XÃ AN LỘC", &body);
    }
    let run = || {
        danchieu(home.dir.path(), &["index"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut killed = 0;
    let mut wait = Duration::from_millis(1);
    loop {
        let mut child = run();
        std::thread::sleep(wait);
        let ended = child.try_wait().unwrap();
        let _ = child.kill();
        child.wait().unwrap();
        let library = home.open();
        let documents = questions::counts(&library).documents;
        assert!(documents == 1 || documents == 41, "{documents} documents after a kill");
        assert_eq!(questions::citations_to(&library, "33-2021-tt-bgddt", ALL).distinct, documents);
        if documents == 41 {
            assert!(killed > 0, "the run ended before it could be killed");
            break;
        }
        assert!(ended.is_none(), "the run ended without an index");
        killed += 1;
        wait += wait / 3;
    }
    assert!(run().wait().unwrap().success());
    assert_eq!(read(&home.index()), (0, 41, 0));
}

#[test]
fn an_index_of_another_version_is_made_again() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    home.index();
    let folder = home.folder();
    fs::write(folder.join("README.md"), "Ghi chú của tôi").unwrap();
    fs::create_dir(folder.join("v7-notes")).unwrap();
    fs::rename(data(&folder), folder.join("v0")).unwrap();
    assert!(matches!(Library::open(&folder, None), Err(LibraryError::OtherVersion(_))));
    // Other tables would answer otherwise, without a word.
    let plan = home.path("a.txt");
    for args in [vec!["check", plan.to_str().unwrap()], vec!["impact", "43/2019/QH14", plan.to_str().unwrap()]] {
        let refused = home.danchieu(&args).assert().code(2);
        assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("another version"), "{args:?}");
    }
    let refused = home.danchieu(&["search", "giao duc"]).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("danchieu index"));
    home.index();
    assert_eq!(questions::counts(&home.open()).documents, 1);
    assert!(!folder.join("v0").exists());
    // What is not ours stays.
    assert!(folder.join("README.md").is_file() && folder.join("v7-notes").is_dir());
}

#[test]
fn a_damaged_index_is_told_and_no_cause_to_panic() {
    let home = TestLibrary::small();
    for n in 0..5 {
        home.plan(&format!("{n}.txt"), &format!("7{n}/KH-UBND"), "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    }
    home.index();
    let data = data(&home.folder());
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
            if let Err(error) = Library::open(&home.folder(), None) {
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
        assert!(Library::open(&home.folder(), None).is_err(), "{}", file.display());
        let run = home.danchieu(&["index"]).assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains("damaged") && said.contains("--rebuild"), "{}: {said}", file.display());
        fs::write(file, whole).unwrap();
    }
    assert!(damaged > 10, "{damaged}");
    assert_eq!(questions::counts(&home.open()).documents, 5);

    // Made anew from the folders of last time, whatever file is torn.
    let torn = files.iter().find(|file| file.to_string_lossy().ends_with(".term")).unwrap();
    let bytes = fs::read(torn).unwrap();
    fs::write(torn, &bytes[..bytes.len() / 2]).unwrap();
    home.danchieu(&["index", "--rebuild"]).assert().success();
    assert_eq!(questions::counts(&home.open()).documents, 5);
}

#[test]
fn a_register_that_lost_its_rows_or_columns_is_one_clear_error() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    let table = home.path("corpus/register/instruments.csv");
    let whole = fs::read_to_string(&table).unwrap();
    let (header, rows) = whole.split_once('\n').unwrap();
    for (content, said) in [
        (String::new(), "number, kind, title"),
        (rows.to_owned(), "number, kind, title"),
        (header.replace("title", "tên") + "\n" + rows, "the column title"),
        (header.to_owned() + "\n", "holds no row"),
    ] {
        fs::write(&table, content).unwrap();
        let run = home.danchieu(&["index", "corpus"]).assert().code(2);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.contains(said) && stderr.contains("instruments.csv"), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[test]
fn an_old_office_format_is_named_and_a_picture_is_not() {
    let home = TestLibrary::small();
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", "Căn cứ Luật Giáo dục;");
    fs::write(home.path("corpus/plans/cu.doc"), "x").unwrap();
    fs::write(home.path("corpus/plans/anh.png"), "x").unwrap();
    let run = home.danchieu(&["index", "corpus"]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("cu.doc") && !said.contains("anh.png"), "{said}");
    assert_eq!(questions::counts(&home.open()).documents, 1);
}

#[test]
fn without_an_index_every_question_says_how_to_make_one() {
    let home = TestLibrary::small();
    for args in [&["search", "x"][..], &["show", "1/KH"], &["cites", "1/KH"], &["cited-by", "1/KH"], &["graph", "1/KH"]]
    {
        let run = home.danchieu(args).assert().code(2);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(said.contains("danchieu index") && said.contains("index"), "{said}");
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join(format!("v{}", danchieu::store::SCHEMA_VERSION))
}
