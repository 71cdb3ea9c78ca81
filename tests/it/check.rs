//! `danchieu check` and `danchieu explain` as a person and as a program meet them.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::program::run;
use crate::support::register::{TestRegister, assert_place};

const INSTRUMENTS: &str = "\
number,kind,title,issuer,locality,issued,commences,ended,force,force_as_of,confidence,source
22/2020/TT-BGDĐT,Thông tư,Đánh giá đơn vị học tập,Bộ Giáo dục và Đào tạo,,2020-08-06,2020-09-21,2024-01-26,ended,2026-05-01,likely,national codification 2026-01
24/2023/TT-BGDĐT,Thông tư,Công nhận đơn vị học tập,Bộ Giáo dục và Đào tạo,,2023-12-11,2024-01-26,,in_force,2026-05-01,likely,national codification 2026-01
05/2011/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2011-02-10,2011-03-27,2020-01-01,ended,2026-05-01,verified,national codification 2026-01
21/2018/TT-BGDĐT,Thông tư,,Bộ Giáo dục và Đào tạo,,2018-08-24,2018-10-10,,in_part,2026-05-01,verified,national codification 2026-01
33/2021/TT-BGDĐT,Thông tư,Chương trình Xóa mù chữ,Bộ Giáo dục và Đào tạo,,2021-11-26,2022-01-11,,in_force,2026-05-01,likely,as cited in a plan
489/QĐ-TTg,Quyết định,,Thủ tướng Chính phủ,,2020-04-08,2020-04-08,,in_force,2026-05-01,likely,as cited in a plan
14/CT-TTg,Chỉ thị,,Thủ tướng Chính phủ,,2021-05-25,2021-05-25,,in_force,2026-05-01,likely,as cited in a plan
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
Căn cứ Thông tư số 24/2023/TT-BGDĐT ngày 11/12/2023 của Bộ Giáo dục và Đào tạo;
Căn cứ Thông tư số 05/2011/TT-BGDĐT ngày 10/02/2011 của Bộ Giáo dục và Đào tạo;
Căn cứ Thông tư số 99/2022/TT-BGDĐT ngày 30/12/2022 của Bộ Giáo dục và Đào tạo;

Thực hiện Chỉ thị số 14-CT/TW ngày 25/5/2021 của Thủ tướng Chính phủ và Quyết định số 489/QĐ ngày 08 tháng 4 năm 2020 của Thủ tướng Chính phủ, Phòng Giáo dục và Đào tạo giao các trường tổ chức lớp xóa mù chữ theo Thông tư số 33/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo, liên kết với các trung tâm ngoại ngữ, tin học theo Thông tư số 21/2018/TT-BGDĐT ngày 21/8/2018 của Bộ Giáo dục và Đào tạo, và báo cáo theo Quyết định số 808/KH-BGDĐT ngày 03/7/2023 của Bộ Giáo dục và Đào tạo.

Các lớp mở theo Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2022 của Bộ Giáo dục và Đào tạo; trung tâm hoạt động theo Nghị định số 46/2017/TTCP.
";

const CLEAN: &str = "Thực hiện Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo.\n";

/// A folder with the register above, and files to check.
fn office(files: &[(&str, &str)]) -> TestRegister {
    let register = TestRegister::new(INSTRUMENTS, RELATIONS);
    for (name, text) in files {
        register.write(name, text);
    }
    register
}

#[test]
fn findings_are_shown_with_place_words_and_what_to_write() {
    let dir = office(&[("ke-hoach.txt", PLAN)]);
    let (vi, _, code) = dir.run(&["check", "--as-of", "2024-06-01", "ke-hoach.txt"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("check_vi", vi);
    let (en, ..) = dir.run(&["--lang", "en", "check", "--as-of", "01/06/2024", "ke-hoach.txt"]);
    insta::assert_snapshot!("check_en", en);
    for shown in [&vi, &en] {
        assert!(!shown.contains('\u{1b}'), "no colours in a pipe");
        assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
    }
}

#[test]
fn the_day_decides() {
    let dir = office(&[("ke-hoach.txt", PLAN), ("khong-ngay.txt", CLEAN)]);
    let rules = |as_of: &str, file: &str| -> Vec<String> {
        let (out, ..) = dir.run(&["check", "--format", "json", "--as-of", as_of, file]);
        let found: Vec<Value> = serde_json::from_str(&out).unwrap();
        found.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    };
    let later = rules("2024-06-01", "ke-hoach.txt");
    assert!(later.contains(&"replaced".into()) && !later.contains(&"not-yet-in-force".into()), "{later:?}");
    let own = rules("document", "ke-hoach.txt");
    assert!(!own.contains(&"replaced".into()) && own.contains(&"not-yet-in-force".into()), "{own:?}");

    let (_, notice, code) = dir.run(&["check", "--as-of", "document", "khong-ngay.txt"]);
    assert!(notice.contains("khong-ngay.txt") && notice.contains("hôm nay"), "{notice}");
    assert_eq!(code, 0);
    let (_, refused, code) = dir.run(&["check", "--as-of", "31/02/2024", "ke-hoach.txt"]);
    assert!(refused.contains("31/02/2024") && refused.contains("DD/MM/YYYY"), "{refused}");
    assert_eq!(code, 2);
}

#[test]
fn json_places_are_those_of_the_file() {
    let decomposed: String = PLAN.nfd().collect();
    let dir = office(&[("nfd.txt", &decomposed)]);
    let (out, ..) = dir.run(&["check", "--format", "json", "--as-of", "2024-06-01", "nfd.txt"]);
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert!(found.len() >= 8, "{out}");
    for one in &found {
        let place = |field: &str| one[field].as_u64().unwrap() as usize;
        let words = &decomposed[place("start")..place("end")];
        assert_eq!(one["text"].as_str().unwrap(), words);
        let first = words.lines().next().unwrap();
        assert_place(&decomposed, place("line"), place("column"), first);
        assert_eq!(one["path"], "nfd.txt");
        for field in ["rule", "severity", "message", "target", "suggestion"] {
            assert!(one.get(field).is_some(), "{field} of {one}");
        }
    }
    let year = found.iter().find(|one| one["rule"] == "missing-year").unwrap();
    assert_eq!(year["suggestion"], "Thông tư số 33/2021/TT-BGDĐT");
    assert_eq!(year["target"], "33/2021/TT-BGDĐT");
    assert_eq!(year["severity"], "error");
}

#[test]
fn the_exit_code_tells_what_happened() {
    let dir = office(&[("sach.txt", CLEAN), ("ke-hoach.txt", PLAN), ("rong.txt", "")]);
    let (out, _, code) = dir.run(&["check", "--as-of", "2024-06-01", "sach.txt"]);
    assert_eq!(code, 0);
    assert_eq!(out, "Đã kiểm tra 1 tệp, 1 dẫn chiếu, tính đến ngày 01/06/2024: 0 lỗi, 0 cảnh báo, 0 lưu ý.\n");

    let (out, error, code) = dir.run(&["check", "khong-co.txt", "rong.txt", "ke-hoach.txt"]);
    assert_eq!(code, 2, "a file could not be read");
    assert!(error.contains("khong-co.txt") && error.contains("rong.txt"), "{error}");
    assert!(out.contains("ke-hoach.txt:10:8") && out.contains("2 tệp không đọc được"), "the others are checked: {out}");

    let (_, error, code) = dir.run(&["check", "register"]);
    assert_eq!(code, 2);
    assert!(error.contains("không có tệp nào để kiểm tra"), "{error}");
}

#[test]
fn a_note_alone_is_no_finding() {
    let text = "Căn cứ Thông tư số 99/2022/TT-BGDĐT ngày 30/12/2022 của Bộ Giáo dục và Đào tạo;\n";
    let dir = office(&[("ghi-chu.txt", text)]);
    let (out, _, code) = dir.run(&["check", "ghi-chu.txt"]);
    assert!(out.contains("[unknown-instrument]"), "{out}");
    assert_eq!(code, 0);
}

#[test]
fn a_short_form_repeats_no_fault() {
    let text = "Thực hiện Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo (Thông tư số 22), các trường \
                đánh giá theo Thông tư số 22 và báo cáo theo Thông tư số 22/2020/TT-BGDĐT.\n";
    let dir = office(&[("ke-hoach.txt", text)]);
    let (out, ..) = dir.run(&["check", "--format", "json", "--as-of", "2024-06-01", "ke-hoach.txt"]);
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    let words: Vec<&str> = found.iter().map(|one| one["text"].as_str().unwrap()).collect();
    let full = "Thông tư số 22/2020/TT-BGDĐT ngày 06/8/2020 của Bộ Giáo dục và Đào tạo";
    assert_eq!(words, [full, "Thông tư số 22/2020/TT-BGDĐT"], "each full citation and no short one");
    assert_eq!(found[1]["suggestion"], "Thông tư số 24/2023/TT-BGDĐT");
}

#[test]
fn standard_input_is_a_document_too() {
    let dir = office(&[]);
    let (out, _, code) = run(dir.danchieu(&["check", "--as-of", "2024-06-01", "-"]).write_stdin(PLAN));
    assert_eq!(code, 1);
    assert!(out.starts_with("-:10:8 lỗi: đã bị thay thế [replaced]\n"), "{out}");
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(PLAN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (extracted, error, code) = run(dir.danchieu(&["extract", "-"]).write_stdin(utf16));
    assert!(code == 0 && extracted.contains("\"path\":\"-\""), "{error}");
    let (_, error, code) = run(dir.danchieu(&["check", "-"]).write_stdin(""));
    assert_eq!(code, 2);
    assert!(!error.is_empty());
}

#[test]
fn a_folder_is_checked_file_by_file() {
    let dir = office(&[("a.txt", CLEAN), ("b.txt", PLAN), ("c.md", CLEAN)]);
    let (out, ..) = dir.run(&["check", "--format", "json", "--as-of", "2024-06-01", "."]);
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert!(!found.is_empty() && found.iter().all(|one| one["path"].as_str().unwrap().ends_with("b.txt")), "{out}");
}

#[test]
fn rules_are_listed_and_explained() {
    let dir = office(&[]);
    let (vi, _, code) = dir.run(&["explain"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("explain_list_vi", vi);
    let (en, ..) = dir.run(&["--lang", "en", "explain"]);
    insta::assert_snapshot!("explain_list_en", en);
    let (page, ..) = dir.run(&["--lang", "en", "explain", "year-mismatch"]);
    insta::assert_snapshot!("explain_year_mismatch_en", page);
    let (_, error, code) = dir.run(&["explain", "khong-co"]);
    assert_eq!(code, 2);
    assert!(error.contains("khong-co") && error.contains("missing-year"), "{error}");
}
