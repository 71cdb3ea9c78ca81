//! Questions beyond one step: ways, what rests on an instrument, what is cited together and most.

use serde_json::Value;

use crate::questions;
use crate::support::library::TestLibrary;

/// Three plans in a row: the second cites the first by number, the third the second; two cite the circular.
fn library() -> TestLibrary {
    let home = TestLibrary::new();
    let circular = "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT;";
    home.plan("mot.txt", "70/KH-UBND", "An Bình", circular);
    let first = "Căn cứ Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND huyện An Bình;";
    let law = "Căn cứ Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019;";
    home.plan("hai.txt", "71/KH-UBND", "An Bình", &format!("{first}\n{law}"));
    let second = "Thực hiện Kế hoạch số 71/KH-UBND ngày 15/4/2022 của UBND huyện An Bình;";
    home.plan("ba.txt", "72/KH-UBND", "An Bình", &format!("{second}\n{circular}\n{law}"));
    home.index();
    home
}

fn asked(home: &TestLibrary, args: &[&str]) -> Value {
    let mut all = vec!["trace"];
    all.extend(args);
    all.extend(["--format", "json"]);
    let output = home.danchieu(&all).output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn labels(nodes: &Value) -> Vec<(&str, u64)> {
    let steps = |node: &Value| node["steps"].as_u64().unwrap_or(0);
    nodes.as_array().unwrap().iter().map(|node| (node["label"].as_str().unwrap(), steps(node))).collect()
}

#[test]
fn the_shortest_way_is_shown_with_its_sentences() {
    let home = library();
    let chain = asked(&home, &["chain", "72/KH-UBND", "70/KH-UBND"]);
    assert_eq!(labels(&chain["nodes"]), [("72/KH-UBND", 0), ("71/KH-UBND", 1), ("70/KH-UBND", 2)]);
    assert!(chain["nodes"][1]["sentence"].as_str().unwrap().contains("71/KH-UBND"), "{chain}");
    // The circular is one step away, though a longer way leads there as well.
    let direct = asked(&home, &["chain", "72/KH-UBND", "33/2021/TT-BGDĐT"]);
    assert_eq!(direct["nodes"].as_array().unwrap().len(), 2);
    let none = home.danchieu(&["trace", "chain", "33/2021/TT-BGDĐT", "72/KH-UBND"]).output().unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stdout).contains("No way of citations"), "{none:?}");
}

#[test]
fn what_rests_on_an_instrument_comes_nearest_first() {
    let home = library();
    let resting = asked(&home, &["resting", "33/2021/TT-BGDĐT"]);
    let mut found = labels(&resting["nodes"]);
    found.sort_unstable();
    assert_eq!(found, [("70/KH-UBND", 1), ("71/KH-UBND", 2), ("72/KH-UBND", 1)]);
    assert_eq!(resting["complete"], true);
    let near = asked(&home, &["resting", "33/2021/TT-BGDĐT", "--steps", "1"]);
    assert_eq!(near["nodes"].as_array().unwrap().len(), 2);
    let cut = asked(&home, &["resting", "33/2021/TT-BGDĐT", "--limit", "1"]);
    assert_eq!((cut["nodes"].as_array().unwrap().len(), &cut["complete"]), (1, &Value::Bool(false)));
}

#[test]
fn what_is_cited_together_and_most_is_counted_by_documents() {
    let home = library();
    let together = asked(&home, &["together", "43/2019/QH14"]);
    let numbers: Vec<&str> = together.as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap()).collect();
    assert_eq!(numbers.len(), 3, "{together}");
    assert!(numbers.contains(&"33/2021/TT-BGDĐT") && !numbers.contains(&"43/2019/QH14"));
    let most = asked(&home, &["most", "--kind", "thong tu"]);
    assert_eq!(most[0]["number"], "33/2021/TT-BGDĐT");
    assert_eq!((most[0]["documents"].as_u64(), most[0]["citations"].as_u64()), (Some(2), Some(2)));
    assert_eq!(asked(&home, &["most", "--years", "2023..2024"]).as_array().unwrap().len(), 0);
    assert_eq!(asked(&home, &["most", "--issuer", "QH"])[0]["number"], "43/2019/QH14");
}

#[test]
fn documents_that_rest_on_what_has_ended_are_found() {
    let home = TestLibrary::new();
    home.plan("cu.txt", "70/KH-UBND", "An Bình", "Căn cứ Luật Giáo dục số 38/2005/QH11 ngày 14/6/2005;");
    home.plan("moi.txt", "71/KH-UBND", "An Bình", "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021;");
    home.index();
    let ended = asked(&home, &["most", "--ended"]);
    assert_eq!(ended.as_array().unwrap().len(), 1, "{ended}");
    assert_eq!(ended[0]["number"], "38/2005/QH11");
    assert_eq!(ended[0]["successor"], "43/2019/QH14");
}

#[test]
fn what_cannot_be_asked_is_told_and_what_leads_nowhere_is_no_error() {
    let home = library();
    let run = |args: &[&str]| {
        let output = home.danchieu(&[&["trace"], args].concat()).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), said)
    };
    for args in [
        &["chain", "99/1999/TT-XYZ", "70/KH-UBND"][..],
        &["chain", "70/KH-UBND", "99/1999/TT-XYZ"],
        &["resting", "99/1999/TT-XYZ"],
        &["together", "99/1999/TT-XYZ"],
    ] {
        let (code, said) = run(args);
        assert!(code == 1 && said.contains("99/1999/TT-XYZ"), "{args:?}: {code} {said}");
    }
    for args in [
        &["together", "43/2019/QH14", "--limit", "0"][..],
        &["resting", "43/2019/QH14", "--steps", "0"],
        &["chain", "70/KH-UBND", "71/KH-UBND", "--steps", "-1"],
        &["most", "--years", "20"],
        &["most", "--limit", "many"],
    ] {
        assert_eq!(run(args).0, 2, "{args:?}");
    }
    let itself = asked(&home, &["chain", "70/KH-UBND", "70/KH-UBND"]);
    assert_eq!(labels(&itself["nodes"]), [("70/KH-UBND", 0)]);
    assert_eq!(run(&["chain", "70/KH-UBND", "70/KH-UBND"]).0, 0);
    // Nothing cites the last plan.
    assert_eq!(asked(&home, &["resting", "72/KH-UBND"])["nodes"], serde_json::json!([]));
    assert_eq!(asked(&home, &["together", "72/KH-UBND"]), serde_json::json!([]));
    assert_eq!(run(&["resting", "72/KH-UBND"]).0, 0);
    assert_eq!(asked(&home, &["most", "--years", "2023..2021"]), asked(&home, &["most", "--years", "2021..2023"]));
    assert_eq!(asked(&home, &["most", "--kind", "sonnet"]), serde_json::json!([]));
}

#[test]
fn with_its_place_and_without_an_instrument_is_counted_once() {
    let home = TestLibrary::new();
    let (decision, law) = ("Căn cứ Quyết định số 7654/2020/QĐ-UBND ngày 10/3/2020", "Căn cứ Luật số 43/2019/QH14;");
    for (at, cited) in [
        format!("{decision} của UBND tỉnh Quảng Ninh;"),
        format!("{decision} của UBND tỉnh Quảng Ninh;"),
        "Theo Quyết định số 7654/2020/QĐ-UBND.".to_owned(),
        "Theo Quyết định số 7654/2020/QĐ-UBND.".to_owned(),
        law.to_owned(),
        law.to_owned(),
        law.to_owned(),
    ]
    .iter()
    .enumerate()
    {
        // Papers without an issuer, so that the number alone is of no known place.
        std::fs::write(home.path(&format!("corpus/plans/{at}.txt")), format!("BÁO CÁO\nSố liệu {at}\n{cited}\n"))
            .unwrap();
    }
    home.index();
    let most = asked(&home, &["most"]);
    let first = |at: usize| (most[at]["number"].as_str().unwrap(), most[at]["citations"].as_u64().unwrap());
    assert_eq!([first(0), first(1)], [("7654/2020/QĐ-UBND", 4), ("43/2019/QH14", 3)], "{most}");
    assert_eq!(most.as_array().unwrap().len(), 2, "{most}");
    let lacking: Value = {
        let library = home.open();
        serde_json::to_value(questions::gaps(&library, 1)).unwrap()
    };
    assert_eq!(lacking["without_row"][0]["number"], "7654/2020/QĐ-UBND", "{lacking}");
    assert_eq!(lacking["without_text"][0]["citations"], 4, "{lacking}");
}
