//! A text of the library that ends an instrument is as good as a row of the register.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

const CIRCULAR: &str = "BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 91/2031/TT-BGDĐT
Hà Nội, ngày 10 tháng 10 năm 2031

THÔNG TƯ
Ban hành Chương trình xóa mù chữ cho người lớn

Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;

Điều 1. Ban hành kèm theo Thông tư này Chương trình xóa mù chữ cho người lớn.
Điều 2. Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 11 năm 2031 và thay thế Thông tư số 33/2021/TT-BGDĐT ngày \
26 tháng 11 năm 2021 của Bộ trưởng Bộ Giáo dục và Đào tạo.
Điều 3. Bãi bỏ khoản 2 Điều 5 Thông tư số 10/2022/TT-BGDĐT ngày 12 tháng 7 năm 2022.
";

#[test]
fn what_a_new_circular_replaces_shows_as_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("library");
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).expect("a folder for texts");
    fs::write(texts.join("circular.txt"), CIRCULAR).expect("the circular");
    let draft = folder.path().join("draft.txt");
    fs::write(&draft, "Thực hiện Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT và khoản 2 Điều 5 Thông tư số 10/2022/TT-BGDĐT ngày 12/7/2022 của Bộ GDĐT.\n").expect("the draft");
    let danchieu = || {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"));
        command.env("DANCHIEU_LIBRARY", &library).env_remove("DANCHIEU_LANG").env_remove("DANCHIEU_REGISTER");
        command
    };
    let findings = |day: &str| -> Vec<Value> {
        let output = danchieu()
            .args(["check", "--format", "json", "--lang", "en", "--as-of", day])
            .arg(&draft)
            .output()
            .expect("the program runs");
        serde_json::from_slice(&output.stdout).expect("JSON")
    };

    danchieu().arg("index").arg(&texts).arg("--register").arg("corpus/register").assert().success();
    assert!(findings("2031-11-14").is_empty());
    let ended = findings("2031-11-15");
    assert_eq!(ended.len(), 2, "{ended:?}");
    assert_eq!(ended[0]["rule"], "replaced");
    assert_eq!((&ended[1]["rule"], &ended[1]["severity"]), (&"ended-in-part".into(), &"warning".into()));
    let message = ended[0]["message"].as_str().expect("a message");
    assert!(message.contains("91/2031/TT-BGDĐT"), "{message}");
    let basis = ended[0]["basis"].as_str().expect("a basis");
    assert!(basis.contains("có hiệu lực thi hành kể từ ngày 15 tháng 11 năm 2031"), "{basis}");

    // When the text is gone, so is what it said.
    fs::remove_file(texts.join("circular.txt")).expect("the circular");
    danchieu().arg("index").arg(&texts).arg("--register").arg("corpus/register").assert().success();
    assert!(findings("2031-11-15").is_empty());
}
