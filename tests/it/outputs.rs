//! The forms of the check's answer, corrected copies, baselines, policies and `impact`, as people and programs meet
//! them.

use std::fs;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::register::{TestRegister, assert_place};

const INSTRUMENTS: &str = "\
number,kind,title,issuer,locality,issued,commences,ended,force,force_as_of,confidence,source
22/2020/TT-BGDĐT,Thông tư,Đánh giá đơn vị học tập,Bộ Giáo dục và Đào tạo,,2020-08-06,2020-09-21,2024-01-26,ended,2026-05-01,likely,national codification 2026-01
24/2023/TT-BGDĐT,Thông tư,Công nhận đơn vị học tập,Bộ Giáo dục và Đào tạo,,2023-12-11,2024-01-26,,in_force,2026-05-01,verified,national codification 2026-01
21/2018/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2018-08-24,2018-10-10,,in_part,2026-05-01,verified,national codification 2026-01
33/2021/TT-BGDĐT,Thông tư,Chương trình Xóa mù chữ,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,2026-05-01,likely,as cited in a plan
";

const RELATIONS: &str = "\
from,treatment,to,date,provision,confidence,source
24/2023/TT-BGDĐT,replaces,22/2020/TT-BGDĐT,2024-01-26,,verified,clause of 24/2023/TT-BGDĐT
";

const PLAN: &str = "\
UBND HUYỆN AN BÌNH
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 31/KH-PGDĐT

An Bình, ngày 12 tháng 01 năm 2024

KẾ HOẠCH
Xây dựng xã hội học tập năm 2024

Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo;
Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo;
Căn cứ Thông tư số 99/2022/TT-BGDĐT ngày 30/12/2022 của Bộ Giáo dục và Đào tạo;

I. NHIỆM VỤ

Mở lớp xóa mù chữ theo Thông tư số 33/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo, 100% số xã; liên kết với trung tâm ngoại ngữ theo khoản 2 Điều 5 Thông tư số 21/2018/TT-BGDĐT.
";

/// A folder with the register above, and files to check.
fn office(files: &[(&str, &str)]) -> TestRegister {
    let register = TestRegister::new(INSTRUMENTS, RELATIONS);
    for (name, text) in files {
        register.write(name, text);
    }
    register
}

/// `check` as of a day after the repeal.
fn check(dir: &TestRegister, args: &[&str]) -> (String, String, i32) {
    dir.run(&[&["check", "--as-of", "2024-06-01"], args].concat())
}

fn findings(json: &str) -> Vec<(String, String)> {
    let found: Vec<Value> = serde_json::from_str(json).unwrap();
    let word = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    found.iter().map(|one| (word(one, "rule"), word(one, "text"))).collect()
}

#[test]
fn workflow_commands() {
    let dir = office(&[("kế hoạch, 1.txt", PLAN)]);
    let (out, error, code) = check(&dir, &["--format", "github", "kế hoạch, 1.txt"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("outputs_github", out);
    assert!(out.lines().all(|line| line.starts_with("::")), "{out}");
    assert!(error.contains("Đã kiểm tra 1 tệp"), "{error}");
}

#[test]
fn sarif_says_where_what_and_how_to_mend_it() {
    let decomposed: String = PLAN.nfd().collect();
    let dir = office(&[("nfd.txt", &decomposed)]);
    let (out, _, code) = check(&dir, &["--lang", "en", "--format", "sarif", "nfd.txt", "khong-co.txt"]);
    assert_eq!(code, 2, "a file could not be read");
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.starts_with("khong-co.txt: "), "{told}");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 3, "{out}");
    let mut fingerprints = std::collections::HashSet::new();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |field: &str| region[field].as_u64().unwrap() as usize;
        let words = region["snippet"]["text"].as_str().unwrap();
        let of_chars: String = decomposed.chars().skip(number("charOffset")).take(number("charLength")).collect();
        assert_eq!(of_chars, words);
        assert_eq!(&decomposed[number("byteOffset")..number("byteOffset") + number("byteLength")], words);
        assert_place(&decomposed, number("startLine"), number("startColumn"), words);
        assert_eq!(number("endColumn") - number("startColumn"), words.chars().count());
        assert!(fingerprints.insert(result["partialFingerprints"]["citationWords/v1"].to_string()));
    }
    let year = results.iter().find(|one| one["ruleId"] == "missing-year").unwrap();
    let replacement = &year["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "Thông tư số 33/2021/TT-BGDĐT");
    let shown = serde_json::to_string_pretty(year).unwrap();
    insta::assert_snapshot!("outputs_sarif_result", shown);
}

#[test]
fn the_review_sheet_says_what_was_found_and_what_was_not() {
    let policy = "[severity]\nended = \"off\"\n[[accept]]\nrule = \"missing-year\"\nnumber = \"33/TT-BGDĐT\"\nreason = \"Bản gốc <ghi> như vậy\"\n";
    let dir = office(&[("ke-hoach.txt", PLAN), ("danchieu.toml", policy)]);
    let (vi, _, code) = check(&dir, &["--format", "html", "ke-hoach.txt"]);
    assert_eq!(code, 1);
    let day = |html: &str| {
        let body = html.split_once("<body>").unwrap().1.to_owned();
        let today = danchieu::library::today();
        body.replace(&format!("{:02}/{:02}/{}", today.day(), today.month(), today.year()), "HÔM NAY")
            .replace(&today.to_string(), "TODAY")
            .replace(env!("CARGO_PKG_VERSION"), "VERSION")
    };
    insta::assert_snapshot!("outputs_review_vi", day(&vi));
    assert!(vi.contains("Bản gốc &#60;ghi&#62; như vậy"), "escaped");
    assert!(!vi.contains("<script") && !vi.contains("http"), "the page stands alone");
    let (en, ..) = check(&dir, &["--lang", "en", "--format", "html", "ke-hoach.txt"]);
    insta::assert_snapshot!("outputs_review_en", day(&en));
}

#[test]
fn an_answer_can_go_to_a_file_but_not_over_a_draft() {
    let dir = office(&[("a.txt", PLAN)]);
    let (out, ..) = check(&dir, &["--output", "phieu.html", "--format", "html", "a.txt"]);
    assert_eq!(out, "");
    assert!(fs::read_to_string(dir.path("phieu.html")).unwrap().ends_with("</html>"));
    for option in ["--output", "--write-baseline"] {
        let (_, error, code) = check(&dir, &[option, "./a.txt", "a.txt"]);
        assert_eq!(code, 2);
        assert!(error.contains("a.txt"), "{error}");
        assert_eq!(fs::read_to_string(dir.path("a.txt")).unwrap(), PLAN);
    }
}

#[test]
fn several_files_are_summed_up() {
    let clean = "Thực hiện Thông tư số 33/2021/TT-BGDĐT.\n";
    let dir = office(&[("a.txt", PLAN), ("b/c.txt", PLAN), ("d.txt", clean)]);
    let (out, _, code) = check(&dir, &["--quiet", "a.txt", "b", "d.txt"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("outputs_summary_vi", out);
    let (out, ..) = check(&dir, &["--lang", "en", "-q", "a.txt", "b", "d.txt"]);
    insta::assert_snapshot!("outputs_summary_en", out);
}

#[test]
fn a_corrected_copy_differs_only_where_it_was_corrected() {
    let (old, new) = ("Thông tư số 33/TT-BGDĐT", "Thông tư số 33/2021/TT-BGDĐT");
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let nfd = |text: &str| text.nfd().collect::<String>();
    let originals = [("nfc.txt", PLAN.to_owned()), ("nfd.md", nfd(PLAN)), ("crlf.txt", crlf(PLAN))];
    let files: Vec<(&str, &str)> = originals.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let dir = office(&files);
    let successor = "Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo";
    let replaced = "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo";
    let wanted = PLAN.replace(old, new).replace(replaced, successor);
    let (out, error, code) = check(&dir, &["--fix", "nfc.txt", "nfd.md", "crlf.txt"]);
    assert_eq!(code, 1, "{error}");
    assert!(
        out.contains(&format!("“{old}” → “{new}”")) && out.contains(successor) && out.contains("để lại “"),
        "{out}"
    );
    let read = |name: &str| fs::read_to_string(dir.path(name)).unwrap();
    assert_eq!(read("nfc.da-sua.txt"), wanted);
    assert_eq!(read("nfd.da-sua.md"), nfd(&wanted));
    assert_eq!(read("crlf.da-sua.txt"), crlf(&wanted));
    for (name, text) in &originals {
        assert_eq!(read(name), *text, "the original");
    }

    let (_, error, code) = check(&dir, &["--fix", "nfc.txt"]);
    assert_eq!(code, 2, "a copy is not written over");
    assert!(error.contains("nfc.da-sua.txt"), "{error}");
    let (.., code) = check(&dir, &["--fix", "--out", "moi", "nfc.txt"]);
    assert_eq!(code, 1);
    assert_eq!(read("moi/nfc.txt"), wanted);
}

#[test]
fn formats_that_are_not_written_say_so() {
    let dir = office(&[("a.html", "<p>Theo Thông tư số 33/TT-BGDĐT ngày 26/11/2021</p>")]);
    for (arguments, said) in [
        (vec!["--fix", "a.html"], "a.html: --fix chỉ ghi tệp .txt và .md"),
        (vec!["--annotate", "ra", "a.html"], "a.html: --annotate chỉ ghi nhận xét vào tệp Word"),
    ] {
        let (_, error, code) = check(&dir, &arguments);
        assert_eq!(code, 2, "named, and no copy written");
        assert!(error.contains("lỗi: ") && error.contains(said), "{error}");
        let folder: Vec<&str> = arguments.iter().map(|one| if *one == "a.html" { "." } else { one }).collect();
        let (_, error, code) = check(&dir, &[&["-q"], &folder[..]].concat());
        assert_eq!(code, 1, "a folder holds drafts of several formats");
        assert!(error.contains("lưu ý: ") && error.contains(said), "told even so: {error}");
    }
}

#[test]
fn copies_keep_their_places_and_are_not_checked_again() {
    let dir = office(&[("x/a.txt", PLAN), ("y/a.txt", PLAN), ("y/2024/a.txt", PLAN)]);
    let there = |name: &str| dir.path(name).exists();
    let (_, error, code) = check(&dir, &["--fix", "--out", "ra", "x/a.txt", "y"]);
    assert_eq!(code, 1, "{error}");
    assert!(there("ra/x/a.txt") && there("ra/y/a.txt") && there("ra/y/2024/a.txt"));
    let files = |out: &str| out.lines().last().unwrap_or_default().split(',').next().unwrap_or_default().to_owned();
    let (out, ..) = check(&dir, &["-q", "--fix", "y"]);
    assert!(there("y/a.da-sua.txt"));
    let (again, ..) = check(&dir, &["-q", "y"]);
    assert_eq!((files(&out), files(&again)), ("Đã kiểm tra 2 tệp".into(), "Đã kiểm tra 2 tệp".into()));
    check(&dir, &["--fix", "--out", "x/ra", "x"]);
    assert!(there("x/ra/a.txt"));
    let (out, error, code) = check(&dir, &["-q", "--fix", "--out", "x/ra", "x"]);
    assert_eq!(code, 2, "the copy is there: {error}");
    assert!(files(&out).ends_with(" 1 tệp"), "{out}");
}

#[test]
fn only_prose_of_markdown_is_rewritten() {
    let old = "Thông tư số 33/TT-BGDĐT ngày 26/11/2021";
    let kept = format!("```\n{old}\n```\n<!-- {old} -->\nTheo [{old}](https://vi.du/33/TT-BGDĐT) và `{old}`.\n");
    let dir = office(&[("a.md", &format!("{kept}\nTheo {old}.\n"))]);
    let (_, error, _) = check(&dir, &["--fix", "a.md"]);
    let copy = fs::read_to_string(dir.path("a.da-sua.md")).unwrap_or_else(|_| panic!("{error}"));
    assert_eq!(copy, format!("{kept}\nTheo {}.\n", old.replace("33/TT", "33/2021/TT")));
}

#[test]
fn what_is_piped_in_is_known_by_its_content() {
    let dir = office(&[]);
    let page =
        b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>\
        <w:t>Theo Th\xc3\xb4ng t\xc6\xb0 s\xe1\xbb\x91 33/TT-BGD\xc4\x90T</w:t></w:r></w:p></w:body></w:document>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, page).unwrap();
    let word = zip.finish().unwrap().into_inner();
    for input in [word, "Theo Thông tư số 33/TT-BGDĐT".into()] {
        let output = dir.danchieu(&["check", "--format", "json", "-"]).write_stdin(input).output().unwrap();
        assert_eq!(findings(&String::from_utf8(output.stdout).unwrap())[0].0, "missing-year");
    }
}

#[test]
fn a_file_that_is_not_there_is_an_annotation_too() {
    let dir = office(&[]);
    let (out, _, code) = check(&dir, &["--format", "github", "khong-co.txt"]);
    assert_eq!(code, 2);
    assert!(out.starts_with("::error file=khong-co.txt,title=không đọc được::không tìm thấy"), "{out}");
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let dir = office(&[("a.txt", PLAN)]);
    let (_, _, code) = check(&dir, &["--quiet", "--write-baseline", "cu.json", "a.txt"]);
    assert_eq!(code, 1);
    let shifted = format!("Thêm một dòng\n\n{PLAN}Theo Thông tư số 22/2020/TT-BGDĐT.\n");
    fs::write(dir.path("a.txt"), shifted).unwrap();
    let (out, _, code) = check(&dir, &["--format", "json", "--baseline", "cu.json", "./a.txt"]);
    assert_eq!(code, 1);
    assert_eq!(findings(&out), [("replaced".to_owned(), "Thông tư số 22/2020/TT-BGDĐT".to_owned())]);
    fs::write(dir.path("a.txt"), PLAN).unwrap();
    let (out, _, code) = check(&dir, &["--baseline", "cu.json", "a.txt"]);
    assert_eq!(code, 0, "nothing new");
    assert!(out.contains("đã biết từ trước"), "{out}");
    let whole = dir.path("a.txt");
    for path in [whole.to_str().unwrap(), "register/../a.txt", "./a.txt", "."] {
        let (.., code) = check(&dir, &["--baseline", "cu.json", path]);
        assert_eq!(code, 0, "{path}");
    }
    fs::create_dir(dir.path("khac")).unwrap();
    fs::write(dir.path("khac/a.txt"), PLAN).unwrap();
    let (.., code) = check(&dir, &["--baseline", "cu.json", "khac/a.txt"]);
    assert_eq!(code, 1, "a namesake is another file");
    fs::write(dir.path("hong.json"), "{").unwrap();
    let (_, error, code) = check(&dir, &["--baseline", "hong.json", "a.txt"]);
    assert_eq!(code, 2);
    assert!(error.contains("hong.json"), "{error}");
}

#[test]
fn the_nearest_policy_decides_and_acceptances_are_listed() {
    let office_wide = "[severity]\nmissing-year = \"off\"\nunknown-instrument = \"error\"\n";
    let of_year = "[severity]\nmissing-year = \"warning\"\n\n[[accept]]\nrule = \"replaced\"\nnumber = \"22/2020/TT-BGDĐT\"\npath = \"*.txt\"\nreason = \"Kế hoạch ký trước ngày thay thế\"\nuntil = 2999-12-31\n\n[[accept]]\nrule = \"unknown-instrument\"\nwords = \"99/2022\"\nreason = \"Đã đối chiếu bản giấy\"\nuntil = 2020-01-01\n";
    let dir = office(&[
        ("danchieu.toml", office_wide),
        ("2024/danchieu.toml", of_year),
        ("2024/a.txt", PLAN),
        ("b.txt", PLAN),
    ]);
    let severities = |file: &str, more: &[&str]| -> Vec<(String, String)> {
        let (out, ..) = check(&dir, &[&["--format", "json", file], more].concat());
        let found: Vec<Value> = serde_json::from_str(&out).unwrap();
        let word = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
        found.iter().map(|one| (word(one, "rule"), word(one, "severity"))).collect()
    };
    let pair = |rule: &str, severity: &str| (rule.to_owned(), severity.to_owned());
    let near = severities("2024/a.txt", &[]);
    assert!(near.contains(&pair("missing-year", "warning")) && near.contains(&pair("unknown-instrument", "error")));
    assert!(!near.iter().any(|(rule, _)| rule == "replaced"), "{near:?}");
    let far = severities("b.txt", &[]);
    assert!(far.contains(&pair("replaced", "error")) && !far.iter().any(|(rule, _)| rule == "missing-year"), "{far:?}");
    assert!(severities("2024/a.txt", &["--show-accepted"]).contains(&pair("replaced", "error")));

    let (out, error, _) = check(&dir, &["--show-accepted", "2024/a.txt"]);
    assert!(out.contains("Lý do: Kế hoạch ký trước ngày thay thế (đến hết ngày 31/12/2999)"), "{out}");
    assert!(out.contains("; 1 đã được chấp nhận."), "{out}");
    assert!(error.contains("đã hết hạn ngày 01/01/2020"), "{error}");
    let (out, ..) = check(&dir, &["--format", "sarif", "2024/a.txt"]);
    let log: Value = serde_json::from_str(&out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let accepted = results.iter().find(|one| one["ruleId"] == "replaced").unwrap();
    assert_eq!(accepted["suppressions"][0]["justification"], "Kế hoạch ký trước ngày thay thế");

    fs::create_dir(dir.path("2024/.git")).unwrap();
    let apart = severities("2024/a.txt", &[]);
    assert!(apart.contains(&pair("unknown-instrument", "info")), "nothing above a working copy counts: {apart:?}");
    fs::write(dir.path("2024/danchieu.toml"), "[severity]\nreplaced = \"nhẹ\"\n").unwrap();
    let (_, error, code) = check(&dir, &["2024/a.txt"]);
    assert_eq!(code, 2);
    assert!(error.contains("danchieu.toml, dòng 2: ") && error.contains("nhẹ"), "{error}");
}

#[test]
fn the_signing_date_is_the_day_of_a_draft_without_one() {
    let undated = "Căn cứ Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo;\n";
    let dir = office(&[("du-thao.txt", undated)]);
    let rules = |args: &[&str]| {
        let (out, error, _) = dir.run(&[&["check", "--format", "json", "du-thao.txt"], args].concat());
        assert_eq!(error, "");
        findings(&out)
    };
    assert_eq!(rules(&["--signing-date", "25/01/2024"]), []);
    assert_eq!(rules(&["--signing-date", "2024-01-26"]).len(), 1);
    assert_eq!(rules(&["--signing-date", "2024-01-25", "--as-of", "document"]), []);
    assert_eq!(rules(&["--signing-date", "2024-01-25", "--as-of", "2024-02-01"]).len(), 1);
}

#[test]
fn impact_over_files_and_over_the_library() {
    let other = "Kế hoạch\n\nTheo Thông tư số 22/2020/TT-BGDĐT, các xã tự đánh giá.\n";
    let dir = office(&[("plans/a.txt", PLAN), ("plans/b.txt", other), ("plans/c.txt", "Không viện dẫn gì.\n")]);
    let number = ["impact", "22/2020/TT-BGDDT", "--as-of", "2024-06-01"];
    let (read_now, _, code) = dir.run(&[&number[..], &["plans"]].concat());
    assert_eq!(code, 0);
    insta::assert_snapshot!("outputs_impact_vi", read_now);
    let (csv, ..) = dir.run(&[&number[..], &["plans", "--format", "csv"]].concat());
    insta::assert_snapshot!("outputs_impact_csv", csv.trim_start_matches('\u{feff}'));
    assert!(csv.starts_with('\u{feff}'));

    let (.., code) = dir.run(&["index", "plans"]);
    assert_eq!(code, 0);
    let (of_library, error, code) = dir.run(&number);
    assert_eq!(code, 0, "{error}");
    assert_eq!(of_library, read_now, "the library answers as the files do");
    let (json, ..) = dir.run(&[&number[..], &["--format", "json"]].concat());
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["instrument"]["successor"]["number"], "24/2023/TT-BGDĐT");
    assert_eq!(answer["instrument"]["force"], "ended");
    assert_eq!(answer["total"], 2);
    assert_eq!(answer["documents"][0]["citations"][0]["line"], 10);
    assert_eq!(answer["documents"][0]["citations"][0]["treatment"], "basis");

    let (out, _, code) = dir.run(&["--lang", "en", "impact", "24/2023/TT-BGDĐT", "plans"]);
    assert_eq!(code, 0);
    assert!(out.contains("No document cites it."), "{out}");
    let (_, error, code) = dir.run(&["impact", "không có gì", "plans"]);
    assert_eq!(code, 1);
    assert!(error.contains("không có gì"), "{error}");
    let (.., code) = dir.run(&["impact", "22/2020/TT-BGDĐT", "plans", "khong-co.txt"]);
    assert_eq!(code, 2);
    fs::create_dir(dir.path("rong")).unwrap();
    for (path, said) in [("khong-co", "khong-co: không tìm thấy"), ("rong", "không có tệp nào")] {
        let (out, error, code) = dir.run(&["impact", "22/2020/TT-BGDĐT", path]);
        assert_eq!((out.as_str(), code), ("", 2), "nothing was looked at");
        assert!(error.contains(said), "{error}");
    }
}
