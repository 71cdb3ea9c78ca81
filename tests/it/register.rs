//! `danchieu register`: what an office does to have facts it can trust, and a library of many instruments.

use std::fmt::Write as _;
use std::fs;

use danchieu::library::{self, IndexOptions, Library, today};
use danchieu::register::{Folders, Register};
use serde_json::Value;

use crate::questions::{counts, is_registered};
use crate::support::register::TestRegister;

const INSTRUMENTS: &str = "\
number,kind,title,issuer,locality,issued,commences,ended,force,force_as_of,confidence,source
22/2020/TT-BGDĐT,Thông tư,Đánh giá đơn vị học tập,Bộ Giáo dục và Đào tạo,,2020-08-06,2020-09-21,,unknown,,likely,national codification 2026-01
33/2021/TT-BGDĐT,Thông tư,Chương trình Xóa mù chữ,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,2026-01-31,likely,as cited in a plan
489/QĐ-TTg,Quyết định,,Thủ tướng Chính phủ,,2020-04-08,2020-04-08,,in_force,2026-05-01,likely,as cited in a plan
";

/// An office with a small register of its own and an empty library.
fn new_office() -> TestRegister {
    TestRegister::new(INSTRUMENTS, "from,treatment,to,date,provision,confirmed,confidence,source\n")
}

/// Standard output, standard error and the exit code, in English.
fn run(office: &TestRegister, args: &[&str]) -> (String, String, i32) {
    office.run(&[&["--lang", "en"], args].concat())
}

/// The record that an import prints, and the exit code.
fn import(office: &TestRegister, args: &[&str]) -> (Value, i32) {
    let (out, error, code) = run(office, &[&["register", "import", "--format", "json"], args].concat());
    let records: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{error}"));
    (records[0].clone(), code)
}

/// What an import has written for a table.
fn imported(office: &TestRegister, table: &str) -> String {
    fs::read_to_string(office.path("index/register").join(table)).unwrap_or_default()
}

fn register(office: &TestRegister) -> Register {
    let folders = Folders { tables: Some(office.path("register")), imported: Some(office.path("index/register")) };
    let (register, problems) = Register::open(&folders).unwrap();
    assert_eq!(problems, []);
    register
}

/// The rules and messages of the findings in a draft.
fn findings(office: &TestRegister, draft: &str, day: &str) -> Vec<(String, String)> {
    office.write("draft.txt", draft);
    let (out, error, _) = run(office, &["check", "--format", "json", "--as-of", day, "draft.txt"]);
    let found: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{error}"));
    let text = |one: &Value, field: &str| one[field].as_str().unwrap_or_default().to_owned();
    found.iter().map(|one| (text(one, "rule"), text(one, "message"))).collect()
}

/// As the portals write it: Vietnamese names, semicolons, days first, the words of the national database.
const DUMP: &str = "\
STT;Số ký hiệu;Loại văn bản;Trích yếu;Cơ quan ban hành;Ngày ban hành;Ngày có hiệu lực;Ngày hết hiệu lực;Tình trạng hiệu lực;Văn bản thay thế
1;24/2023/TT-BGDĐT;Thông tư;\"Quy định về đánh giá; công nhận đơn vị học tập\";Bộ trưởng Bộ Giáo dục và Đào tạo;11/12/2023;26/01/2024;;Còn hiệu lực;
2;22/2020/TT-BGDĐT;Thông tư;Đánh giá đơn vị học tập;Bộ Giáo dục và Đào tạo;06/08/2020;21/09/2020;26/01/2024;Hết hiệu lực toàn bộ;24/2023/TT-BGDĐT
3;33/2021/TT-BGDĐT;Thông tư;Chương trình Xóa mù chữ;Bộ Giáo dục và Đào tạo;26/12/2021;11/01/2022;;Còn hiệu lực;
4;không có số;Thông tư;;;;;;;
5;50/2022/TT-BGDĐT;Thông tư;A;Bộ Giáo dục và Đào tạo;31/02/2022;;;Còn hiệu lực;
6;12/2020/QĐ-UBND;Quyết định;B;Ủy ban nhân dân tỉnh Nghệ An;25/06/2020;;;Ngưng hiệu lực;
7;51/2022/TT-BGDĐT;Thông tư;C;Bộ Giáo dục và Đào tạo;01/02/2022;;01/01/2021;Hết hiệu lực toàn bộ;
8;52/2022/TT-BGDĐT;Thông tư;D;Bộ Giáo dục và Đào tạo;01/02/2022;;;đã đưa vào pháp điển;
9;489/QĐ-TTg;Quyết định;Đề án;;08/04/2020;01/04/2020;;Còn hiệu lực;
10;53/2022/TT-;Thông tư;BGDĐT E;;01/02/2022;;;;
";

const CONFIRMED: [&str; 5] = ["--source", "Cổng pháp luật", "--confirmed", "01/11/2026", "dump.csv"];

#[test]
fn a_dump_of_a_portal_is_understood_and_what_differs_stays() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    let (report, code) = import(&office, &CONFIRMED);
    assert_eq!(code, 1, "lines were left out and facts differ");
    let count = |field: &str| report[field].as_u64().unwrap();
    assert_eq!((count("lines"), count("problems"), count("doubtful")), (10, 3, 2), "{report}");
    let left: Vec<u64> =
        report["left_out"].as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(left, [5, 6, 11], "{report}");
    // 24/2023, 12/2020, 51/2022, 52/2022 and the replacement.
    assert_eq!(count("added"), 5, "{report}");
    assert_eq!(report["unknown_words"]["đã đưa vào pháp điển"], 1);
    let conflict = &report["conflicting"][0];
    assert_eq!(conflict["row"], "33/2021/TT-BGDĐT");
    assert_eq!(conflict["facts"][0]["existing"], "2021-11-26");
    assert_eq!(conflict["facts"][0]["imported"], "2021-12-26");

    let register = register(&office);
    let row = |id: &str| register.by_id(id).unwrap_or_else(|| panic!("{id}")).clone();
    let known = row("33-2021-tt-bgddt");
    assert_eq!(known.issued.unwrap().to_string(), "2021-11-26", "never silently overwritten");
    assert_eq!(known.force_as_of.unwrap().to_string(), "2026-11-01", "its force was confirmed");
    let ended = row("22-2020-tt-bgddt");
    assert_eq!((ended.ended.unwrap().to_string().as_str(), ended.force.as_str()), ("2024-01-26", "ended"));
    assert_eq!(ended.source, "national codification 2026-01; Cổng pháp luật");
    let local = row("12-2020-qd-ubnd.nghe-an");
    assert_eq!((local.force.as_str(), local.source.as_str()), ("suspended", "Cổng pháp luật"));
    assert_eq!(row("51-2022-tt-bgddt").confidence.as_str(), "unsure", "it contradicts itself");
    assert_eq!(row("52-2022-tt-bgddt").force.as_str(), "unknown");
    assert_eq!(row("489-qd-ttg-2020-04-08").title, "", "what contradicts itself adds nothing");

    // The index was brought up to date, and the check answers with it.
    let found = findings(&office, "Thực hiện Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020.\n", "2026-11-22");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "replaced");
    assert!(found[0].1.contains("24/2023/TT-BGDĐT"), "{}", found[0].1);
    let (shown, ..) = run(&office, &["show", "22/2020/TT-BGDĐT"]);
    for fact in ["Cổng pháp luật", "2026-11-01", "is replaced by", "24/2023/TT-BGDĐT", "source: Cổng pháp luật"]
    {
        assert!(shown.contains(fact), "{fact} is not in\n{shown}");
    }
}

#[test]
fn importing_again_changes_nothing() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    import(&office, &CONFIRMED);
    let before = (imported(&office, "instruments.csv"), imported(&office, "relations.csv"));
    assert!(before.0.contains("24/2023/TT-BGDĐT") && before.1.contains("replaces"));
    let (report, code) = import(&office, &CONFIRMED);
    assert_eq!((report["added"].as_u64(), report["changed"].as_u64(), code), (Some(0), Some(0), 1), "{report}");
    assert_eq!(report["conflicts"], 1, "what differs is told again");
    assert_eq!((imported(&office, "instruments.csv"), imported(&office, "relations.csv")), before);
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    let (out, _, code) = run(&office, &["register", "import", "--dry-run", "dump.csv"]);
    assert_eq!(code, 1);
    for line in [
        "number=Số ký hiệu",
        "+ 24/2023/TT-BGDĐT (line 2)",
        "~ 22/2020/TT-BGDĐT (line 3)",
        "ended: 2024-01-26",
        "! 33/2021/TT-BGDĐT (line 4)",
        "issued: 2021-11-26 ≠ 2021-12-26",
        "dump.csv:6: issued: \"31/02/2022\" is no date",
    ] {
        assert!(out.contains(line), "{line} is not in\n{out}");
    }
    assert!(!office.path("index").exists());
}

#[test]
fn who_prefers_the_import_gets_it() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    import(&office, &["--prefer", "imported", "--source", "Cổng", "dump.csv"]);
    let register = register(&office);
    let row = register.by_id("33-2021-tt-bgddt").unwrap();
    assert_eq!(row.issued.unwrap().to_string(), "2021-12-26");
    assert_eq!(row.source, "as cited in a plan; Cổng");
    // The office's own table is never touched.
    assert_eq!(fs::read_to_string(office.path("register/instruments.csv")).unwrap(), INSTRUMENTS);
}

#[test]
fn columns_may_be_named_and_those_that_are_not_there_are_told() {
    let office = new_office();
    office.write("dump.csv", "ma,mo_ta,ngay\n60/2022/TT-BGDĐT,Mô tả,02/03/2022\n");
    let (_, error, code) = run(&office, &["register", "import", "dump.csv"]);
    assert_eq!(code, 2);
    assert!(error.contains("ma, mo_ta, ngay") && error.contains("--map"), "{error}");
    let (_, error, code) = run(&office, &["register", "import", "--map", "number=so", "dump.csv"]);
    assert_eq!(code, 2);
    assert!(error.contains("no column so"), "{error}");
    let (_, error, code) = run(&office, &["register", "import", "--map", "nummer=ma", "dump.csv"]);
    assert_eq!(code, 2);
    assert!(error.contains("number"), "{error}");
    let (report, code) = import(&office, &["--map", "number=ma,title=mo_ta", "dump.csv"]);
    assert_eq!((report["added"].as_u64(), code), (Some(1), 0), "{report}");
    let register = register(&office);
    let row = register.by_id("60-2022-tt-bgddt").unwrap();
    assert_eq!((row.title.as_str(), row.kind.as_str(), row.source.as_str()), ("Mô tả", "Thông tư", "dump"));
    assert_eq!(row.issued.unwrap().to_string(), "2022-03-02");
}

#[test]
fn lines_of_json_bring_their_relations() {
    let office = new_office();
    let lines = [
        r#"{"id":"a","number":"05/2011/TT-BGDĐT","type":"Thông tư","title":"A","issuer":"Bộ Giáo dục và Đào tạo","date":"10/02/2011","effective":"27/03/2011","status":"Hết hiệu lực một phần","amended_by":[{"number":"27/2018/TT-BGDĐT","type":"Thông tư","effective":"10/12/2018"},"28/2019/TT-BGDĐT"]}"#,
        "không phải JSON",
        r#"{"number":null,"title":"không có số"}"#,
        "",
        r#"{"number":"489/QĐ-TTg","date":"2020-04-08","status":"Còn hiệu lực","updated_at":"2026-10-01T08:00:00"}"#,
        r#"{"from":"30/2020/TT-BGDĐT","treatment":"repeals","to":"489/QĐ-TTg@2020-04-08","date":"2021-01-01","source":"Công báo"}"#,
    ];
    office.write("dump.jsonl", &lines.join("\n"));
    let (report, code) = import(&office, &["dump.jsonl"]);
    assert_eq!(code, 1);
    let left: Vec<u64> =
        report["left_out"].as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(left, [2, 3], "{report}");
    let register = register(&office);
    let treats: Vec<String> = register
        .relations()
        .iter()
        .map(|one| {
            format!(
                "{} {} {} {}",
                one.from,
                one.treatment,
                one.to,
                one.date.map_or(String::new(), |day| day.to_string())
            )
        })
        .collect();
    assert_eq!(
        treats,
        [
            "27/2018/TT-BGDĐT amends 05/2011/TT-BGDĐT 2018-12-10",
            "28/2019/TT-BGDĐT amends 05/2011/TT-BGDĐT ",
            "30/2020/TT-BGDĐT repeals 489/QĐ-TTg@2020-04-08 2021-01-01",
        ]
    );
    let row = register.by_id("489-qd-ttg-2020-04-08").unwrap();
    assert_eq!(row.force_as_of.unwrap().to_string(), "2026-10-01");
}

#[test]
fn what_is_no_dump_is_one_clear_error() {
    let office = new_office();
    for (name, text, said) in [
        ("empty.csv", "", "empty"),
        ("array.json", "[{\"number\": \"1\"}]", "one object per line"),
        ("gone.csv", "", "gone.csv"),
    ] {
        if name != "gone.csv" {
            office.write(name, text);
        }
        let (_, error, code) = run(&office, &["register", "import", name]);
        assert_eq!(code, 2, "{name}");
        assert!(error.contains(said) && error.lines().count() == 1, "{error}");
    }
}

#[test]
fn an_export_comes_back_as_it_was() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    import(&office, &CONFIRMED);
    let (_, error, code) = run(&office, &["register", "export", "--format", "csv", "--output", "tables-out"]);
    assert_eq!(code, 0, "{error}");
    let (copy, problems) = Register::load(&office.path("tables-out")).unwrap();
    assert_eq!(problems, []);
    let sorted = |register: &Register| {
        let mut rows = register.instruments().to_vec();
        rows.sort_by_key(|row| row.id());
        (rows, register.relations().to_vec())
    };
    assert_eq!(sorted(&copy), sorted(&register(&office)));
    let (_, error, code) = run(&office, &["register", "export", "--format", "csv", "--output", "tables-out"]);
    assert_eq!(code, 2, "a folder that holds something is not written over");
    assert!(error.contains("tables-out"), "{error}");

    // Lines, taken in by another office.
    let (lines, ..) = run(&office, &["register", "export"]);
    let other = new_office();
    other.write("all.jsonl", &lines);
    let (report, code) = import(&other, &["all.jsonl"]);
    assert_eq!((code, report["problems"].as_u64()), (0, Some(0)), "{report}");
    assert_eq!(sorted(&register(&other)), sorted(&register(&office)));
}

#[test]
fn lint_names_the_line_and_fails_on_what_cannot_be() {
    let office = new_office();
    let (out, _, code) = run(&office, &["register", "lint"]);
    assert_eq!(code, 0, "{out}");
    let bad = "24/2023/TT-BGDĐT,Thông tư,A,,,2021-12-11,2024-01-26,2023-01-01,in_force,2026-01-31,likely,x\n";
    fs::write(office.path("register/instruments.csv"), format!("{INSTRUMENTS}{bad}")).unwrap();
    let (out, _, code) = run(&office, &["register", "lint"]);
    assert_eq!(code, 1);
    assert!(out.contains("instruments.csv:5: error: ended on 2023-01-01, before it began"), "{out}");
    let (json, _, code) = run(&office, &["register", "lint", "--format", "json"]);
    let records: Vec<Value> = serde_json::from_str(&json).unwrap();
    let checks: Vec<&str> = records.iter().map(|one| one["check"].as_str().unwrap()).collect();
    assert_eq!((checks.as_slice(), code), (&["dates", "force", "year"][..], 1), "{json}");
    assert!(records.iter().all(|one| one["line"] == 5 && one["file"].as_str().unwrap().ends_with("instruments.csv")));
}

#[test]
fn the_tables_that_are_built_in_hold_nothing_that_cannot_be() {
    let folders = Folders { tables: Some("corpus/register".into()), imported: None };
    let found = danchieu::register::lint::lint(&folders, today()).unwrap();
    let errors: Vec<String> = found
        .iter()
        .filter(|one| one.fault.level == danchieu::register::lint::Level::Error)
        .map(|one| format!("{}:{}: {:?}", one.file.display(), one.line, one.fault))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn stats_tell_coverage_and_confirmation() {
    let office = new_office();
    for args in [&["register", "--format", "json"][..], &["register", "stats", "--format", "json"]] {
        let (out, _, code) = run(&office, args);
        let stats: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(code, 0);
        assert_eq!((stats["instruments"].as_u64(), stats["by_decade"]["2020"].as_u64()), (Some(3), Some(3)), "{out}");
        assert_eq!(stats["by_confirmation"]["unknown"], 1);
        assert_eq!(stats["by_confirmation"]["2026-05"], 1);
    }
    let (out, ..) = run(&office, &["register", "stats"]);
    assert!(out.contains("2020–2029") && out.contains("2026-05"), "{out}");
}

/// A dump of `count` circulars and their successors.
fn many(count: usize) -> String {
    let mut dump = String::from("number,type,title,issuer,issued,commences,ended,status,replaced_by\n");
    for n in 0..count {
        let (serial, year) = (1 + n % 900, 2000 + n / 900);
        let ended = n % 3 == 0;
        let (end, state) =
            if ended { ("2024-03-01", "Hết hiệu lực toàn bộ") } else { ("", "Còn hiệu lực") };
        let by = if ended { format!("{serial:02}/{}/TT-BTC", year + 30) } else { String::new() };
        writeln!(
            dump,
            "{serial:02}/{year}/TT-BTC,Thông tư,Hướng dẫn số {n} về tài chính,Bộ Tài chính,{year}-05-06,{year}-06-20,{end},{state},{by}"
        )
        .unwrap();
    }
    dump
}

#[test]
fn a_library_of_many_instruments_answers_at_once() {
    let office = new_office();
    office.write("many.csv", &many(20_000));
    let (report, code) = import(&office, &["--confirmed", "2026-11-01", "many.csv"]);
    assert_eq!((code, report["lines"].as_u64()), (0, Some(20_000)), "{report}");

    let draft = "Căn cứ Thông tư số 07/2013/TT-BTC ngày 06/5/2013 của Bộ Tài chính;\n\
                 Căn cứ Thông tư số 08/2013/TT-BTC ngày 06/5/2013 của Bộ Tài chính.\n";
    let found = findings(&office, draft, "2026-11-22");
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["replaced"], "{found:?}");
    assert!(found[0].1.contains("07/2043/TT-BTC"), "{}", found[0].1);
    // On an earlier day it still stood.
    assert_eq!(findings(&office, draft, "2024-02-29"), []);

    // Opening reads no table.
    let base = Library::open(&office.path("index"), None).unwrap();
    let in_memory = base.ask(|_, register| Ok(register.instruments().len())).unwrap();
    assert!(in_memory < 100, "only what is known by name is in memory");
    assert_eq!(counts(&base).instruments, 20_003);
}

#[test]
fn a_register_in_the_index_answers_as_one_in_memory() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    import(&office, &CONFIRMED);
    import(&office, &["--no-index", "--source", "x", "dump.csv"]);
    let options = IndexOptions {
        library: office.path("index"),
        paths: vec![office.path("register")],
        register: Some("corpus/register".into()),
        ..IndexOptions::default()
    };
    library::index(&options, |_| ()).unwrap();
    let library = office.path("index");
    let base = Library::open(&library, None).unwrap();
    let folders = Folders { tables: Some("corpus/register".into()), imported: Some(library.join("register")) };
    let (held, _) = Register::open(&folders).unwrap();
    base.ask(|_, fetched| {
        compare(fetched, &held);
        Ok(())
    })
    .unwrap();
}

fn compare(fetched: &Register, held: &Register) {
    assert!(fetched.instruments().len() < held.instruments().len());
    assert_eq!(fetched.extent(), held.extent());
    for row in held.instruments().iter().step_by(29) {
        assert_eq!(fetched.by_id(row.id().as_str()), Some(row));
        let Some(number) = &row.number else { continue };
        let rows = |register: &Register| {
            let mut rows: Vec<_> = register.by_number(number).cloned().collect();
            rows.sort_by_key(|row| row.id());
            rows
        };
        assert_eq!(rows(fetched), rows(held), "{number}");
        let mut words: Vec<String> = danchieu::text::folded_words(&row.title);
        words.sort();
        words.dedup();
        let titled = |register: &Register| {
            let mut ids: Vec<_> = register.titled(&words, words.len()).map(|row| row.id()).collect();
            ids.sort();
            ids
        };
        if words.len() > 12 {
            assert!(titled(held).contains(&row.id()), "{words:?}");
            assert_eq!(titled(fetched), titled(held), "{words:?}");
        }
        let Some(key) = row.key() else { continue };
        assert_eq!(fetched.lookup(&key, row.locality.as_ref()), held.lookup(&key, row.locality.as_ref()), "{key}");
        assert_eq!(fetched.successors(&key, today()), held.successors(&key, today()), "{key}");
        let to = |register: &Register| {
            let mut all: Vec<String> = register.relations_to(&key).map(|one| format!("{one:?}")).collect();
            all.sort();
            all
        };
        assert_eq!(to(fetched), to(held), "{key}");
        if let Some(year) = row.issued.map(|day| day.year()) {
            let count = |register: &Register| register.by_serial_of(number.serial(), year).count();
            assert_eq!(count(fetched), count(held), "{number}");
        }
    }
    for relation in held.relations().iter().step_by(31) {
        let id = relation.to.id();
        assert_eq!(fetched.end_by_id(id.as_str()), held.end_by_id(id.as_str()), "{}", relation.to);
    }
}

#[test]
fn a_library_goes_on_when_its_tables_are_gone() {
    let office = new_office();
    office.write("dump.csv", DUMP);
    import(&office, &CONFIRMED);
    fs::remove_dir_all(office.path("register")).unwrap();
    let base = Library::open(&office.path("index"), None).unwrap();
    assert!(is_registered(&base, "33-2021-tt-bgddt") && is_registered(&base, "24-2023-tt-bgddt"));
    // So it does where the whole folder was moved.
    fs::rename(office.path("index"), office.path("elsewhere")).unwrap();
    let base = Library::open(&office.path("elsewhere"), None).unwrap();
    assert!(is_registered(&base, "33-2021-tt-bgddt") && is_registered(&base, "24-2023-tt-bgddt"));
}

#[test]
fn a_quotation_that_is_never_closed_is_an_error_of_its_line() {
    let office = new_office();
    let rows = "number,title\n11/2024/TT-BGDĐT,Một\n12/2024/TT-BGDĐT,\"Hai\n13/2024/TT-BGDĐT,Ba\n";
    for tail in ["", "14/2024/TT-BGDĐT,\"Bốn\"\n15/2024/TT-BGDĐT,Năm\n"] {
        office.write("dump.csv", &format!("{rows}{tail}"));
        let (out, error, code) = run(&office, &["register", "import", "dump.csv"]);
        assert_eq!((out.as_str(), code), ("", 2), "{error}");
        assert!(error.contains("dump.csv: line 3: "), "{error}");
        assert_eq!(imported(&office, "instruments.csv"), "");
    }
    office.write("register/aliases.csv", "alias,number,issued,source\n\"Đề án,489/QĐ-TTg,2020-04-08,x\n");
    let (_, error, code) = run(&office, &["register", "stats"]);
    assert_eq!(code, 2);
    assert!(error.contains("aliases.csv, line 2: "), "{error}");
}

#[test]
fn what_can_be_no_number_is_left_out_by_its_line() {
    let office = new_office();
    let bad = [
        "abc",
        "0/0",
        "00/2024/TT-BGDĐT",
        "0/QĐ-TTg",
        "12/2024/TT-BGDĐT;13/2024/TT-BGDĐT",
        "xyz 12/2024/TT-BGDĐT thật",
        "12/2024/TT-BGDĐT ngày 1/1/2024",
        "99999999999/2024/TT-BGDĐT",
        "-5/2024/TT-BGDĐT",
        "20/a",
    ];
    let good = ["Số: 11/2024/TT-BGDĐT", "12 /2024/ TT-BGDĐT", "64 TC/TCT", "49-KL/TW", "Thông tư 14/2024/TT-BGDĐT"];
    let rows: String = bad.iter().chain(&good).map(|number| format!("{number},x\n")).collect();
    office.write("dump.csv", &format!("number,title\n{rows}"));
    let (report, code) = import(&office, &["dump.csv"]);
    assert_eq!((report["added"].as_u64(), code), (Some(good.len() as u64), 1), "{report}");
    let left: Vec<u64> =
        report["left_out"].as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(left, (2..2 + bad.len() as u64).collect::<Vec<_>>());
}
