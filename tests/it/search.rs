//! Search, and the questions of who cites what, on the register of the repository and plans of our own.

use danchieu::base::{Base, BaseError, HitKind, NodeRole, Page, today};
use serde_json::Value;

use super::index::Office;

const PAGE: Page = Page { offset: 0, limit: 20 };

fn library() -> (Office, Base) {
    let office = Office::new();
    office.plan(
        "an-loc/ke-hoach-70.txt",
        "70/KH-UBND",
        "XÃ AN LỘC",
        "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021 của Bộ Giáo dục và Đào tạo (sau đây gọi là Thông tư 33);\n\
         Căn cứ Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021 của Thủ tướng Chính phủ;\n\n\
         Mở lớp xóa mù chữ theo Thông tư 33 và Quyết định số 4321/2029/QĐ-BKHCN.",
    );
    office.plan(
        "tan-lap/ke-hoach-12.txt",
        "12/KH-UBND",
        "XÃ TÂN LẬP",
        "Căn cứ Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021 của Thủ tướng Chính phủ;\n\n\
         Học tập kinh nghiệm của Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND xã An Lộc.",
    );
    office.index();
    let base = office.open();
    (office, base)
}

fn first(base: &Base, query: &str) -> String {
    let hits = base.search(query, PAGE).unwrap();
    hits.hits.first().map(|hit| hit.id.clone()).unwrap_or_else(|| panic!("nothing for {query}"))
}

#[test]
fn a_number_in_any_spelling_comes_first() {
    let (_office, base) = library();
    for query in [
        "33/2021/TT-BGDĐT",
        "33/2021/tt-bgddt",
        "33/2021/TT-BGD&ĐT",
        "tt 33 2021",
        "TT 33/2021",
        "thong tu 33 2021 bgddt",
        "bgddt 33 2021",
        "Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ Giáo dục và Đào tạo",
        "33-2021-tt-bgddt",
        "TT33/2021",
        "TT33-2021",
        "33/2021/TTBGDĐT",
        "33/2021TT-BGDĐT",
    ] {
        assert_eq!(first(&base, query), "33-2021-tt-bgddt", "{query}");
    }
    for query in ["qd 1373", "1373/QĐ-TTg", "de an 1373", "Đề án 1373", "quyết định 1373"] {
        assert_eq!(first(&base, query), "1373-qd-ttg-2021-07-30", "{query}");
    }
    assert_eq!(first(&base, "luat giao duc 2019"), "43-2019-qh14");
    assert_eq!(first(&base, "43/2019QH14"), "43-2019-qh14");
    for query in ["43/2019", "43-2019"] {
        assert_eq!(first(&base, query), "43-2019-qh14", "{query}");
    }
    assert_eq!(first(&base, "Luật Giáo dục năm 2005"), "38-2005-qh11");
}

#[test]
fn marks_may_be_left_out_and_titles_come_first() {
    let (_office, base) = library();
    for query in ["xoa mu chu", "xóa mù chữ", "XÓA MÙ CHỮ", "xo\u{301}a mu\u{300} chu\u{31b}\u{303}"] {
        let hits = base.search(query, PAGE).unwrap();
        assert_eq!(hits.hits[0].id, "33-2021-tt-bgddt", "{query}");
        let hit = &hits.hits[0];
        let marked: Vec<&str> = hit.highlights.iter().map(|range| &hit.snippet[range.clone()]).collect();
        assert_eq!(marked, ["Xóa mù chữ"]);
        assert!(hits.hits.iter().any(|hit| hit.kind == HitKind::Document));
        for hit in &hits.hits {
            for range in &hit.highlights {
                assert!(hit.snippet.get(range.clone()).is_some_and(|words| !words.is_empty()), "{hit:?}");
            }
        }
    }
}

#[test]
fn a_page_is_a_stretch_of_the_whole() {
    let (_office, base) = library();
    let whole = base.search("giáo dục", Page { offset: 0, limit: 30 }).unwrap();
    let ids = |offset, limit| -> Vec<String> {
        base.search("giáo dục", Page { offset, limit }).unwrap().hits.into_iter().map(|hit| hit.id).collect()
    };
    let all: Vec<String> = whole.hits.iter().map(|hit| hit.id.clone()).collect();
    assert_eq!([ids(0, 10), ids(10, 10), ids(20, 10)].concat(), all);
    let different: std::collections::HashSet<_> = all.iter().collect();
    assert_eq!(different.len(), 30);
    assert!(ids(1_000_000, 10).is_empty());
}

#[test]
fn a_query_of_signs_is_refused_and_an_empty_answer_says_what_to_try() {
    let (office, base) = library();
    for query in ["", "   ", "?!…", "/-–"] {
        assert!(matches!(base.search(query, PAGE), Err(BaseError::EmptyQuery)), "{query}");
    }
    office.danchieu(&["search", "?!"]).assert().code(2);
    let none = base.search("33/2099/TT-BGDĐT", PAGE).unwrap();
    assert_eq!(none.total, 0);
    assert!(none.suggestions.iter().any(|one| one == "33/2021/TT-BGDĐT"), "{:?}", none.suggestions);
    let none = base.search("zzzz qqqq", PAGE).unwrap();
    assert_eq!((none.total, none.suggestions.len()), (0, 0));
    let run = office.danchieu(&["search", "zzzz qqqq"]).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("Nothing was found"));
}

#[test]
fn what_is_only_cited_is_found_by_its_number() {
    let (_office, base) = library();
    let hits = base.search("4321/2029/QĐ-BKHCN", PAGE).unwrap();
    assert_eq!((hits.hits[0].id.as_str(), hits.hits[0].cited), ("4321-2029-qd-bkhcn", 1));
    let view = base.instrument("4321-2029-qd-bkhcn", today()).unwrap();
    assert!(view.facts.is_none());
    assert_eq!(view.number.as_deref(), Some("4321/2029/QĐ-BKHCN"));
}

#[test]
fn the_edges_tell_who_cites_what_and_where() {
    let (office, base) = library();
    let edges = base.cited_by("33-2021-tt-bgddt", PAGE);
    // The words that define the short form cite as well.
    assert_eq!((edges.total, edges.distinct), (3, 1));
    let source = std::fs::read_to_string(&edges.edges[0].path).unwrap();
    for edge in &edges.edges {
        assert_eq!(edge.number.as_deref(), Some("70/KH-UBND"));
        assert_eq!(&source[edge.start..edge.end], edge.text);
        assert!(edge.sentence.contains("Thông tư"));
    }
    assert!(edges.edges[0].sentence.starts_with("Căn cứ Thông tư số 33/2021/TT-BGDĐT"));
    let document = edges.edges[0].id.clone().unwrap();
    let cites = base.cites(&document, PAGE);
    assert_eq!(cites.total, 5);
    assert_eq!(cites.edges[0].id.as_deref(), Some("33-2021-tt-bgddt"));
    assert_eq!(cites.edges[0].title.as_deref(), Some("Ban hành Chương trình Xóa mù chữ"));

    let run = office.danchieu(&["cited-by", "33/2021/TT-BGDĐT", "--format", "json"]).assert().success();
    let json: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!((json["instrument"].as_str(), json["total"].as_u64()), (Some("33-2021-tt-bgddt"), Some(3)));
    assert_eq!(json["edges"][0]["path"], "corpus/plans/an-loc/ke-hoach-70.txt");
    for field in ["id", "number", "title", "date", "treatment", "pin", "sentence", "path", "start", "end"] {
        assert!(json["edges"][0].get(field).is_some(), "{field}");
    }
    let run = office.danchieu(&["cited-by", "99/2098/TT-BGDĐT"]).assert().code(1);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("99/2098/TT-BGDĐT"));
}

#[test]
fn a_plan_is_known_by_its_number_its_file_and_those_who_cite_it() {
    let (office, base) = library();
    let ids = base.find("70/KH-UBND");
    assert_eq!(ids, ["70-kh-ubnd-2022-04-15"]);
    let view = base.instrument(&ids[0], today()).unwrap();
    assert_eq!((view.documents.len(), view.cited), (1, 1));
    let document = base.find(office.path("corpus/plans/an-loc/ke-hoach-70.txt").to_str().unwrap());
    assert_eq!(document, [view.documents[0].id.clone()]);
    // Asked for by either id, the answer is the same.
    assert_eq!(base.cited_by(&document[0], PAGE).total, 1);
    assert_eq!(base.cites(&ids[0], PAGE).total, 5);
    let hits = base.search("kế hoạch 70", PAGE).unwrap();
    assert_eq!(hits.hits[0].id, document[0]);
    assert_eq!(hits.hits.iter().filter(|hit| hit.number.as_deref() == Some("70/KH-UBND")).count(), 1);
}

#[test]
fn plans_of_two_places_with_one_number_are_two() {
    let office = Office::new();
    let body = "Căn cứ Luật Giáo dục;";
    office.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", body);
    office.plan("b.txt", "70/KH-UBND", "XÃ TÂN LẬP", body);
    office.plan("c.txt", "5/KH-UBND", "XÃ AN LỘC", "Theo Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND xã An Lộc.");
    office.index();
    let base = office.open();
    let here = base.instrument("70-kh-ubnd-2022-04-15.an-loc", today()).unwrap();
    assert_eq!((here.documents.len(), here.cited), (1, 1));
    let there = base.instrument("70-kh-ubnd-2022-04-15.tan-lap", today()).unwrap();
    assert_eq!((there.documents.len(), there.cited), (1, 0));
    let both = base.instrument("70-kh-ubnd-2022-04-15", today()).unwrap();
    assert_eq!((both.documents.len(), both.cited), (2, 1));
    assert_eq!(both.same_number, ["70-kh-ubnd-2022-04-15.an-loc", "70-kh-ubnd-2022-04-15.tan-lap"]);
}

#[test]
fn the_neighbourhood_has_both_sides_and_a_limit() {
    let (office, base) = library();
    let graph = base.neighbourhood("1373-qd-ttg-2021-07-30", 60).unwrap();
    let citing: Vec<&str> =
        graph.nodes.iter().filter(|node| node.role == NodeRole::Citing).map(|node| node.label.as_str()).collect();
    assert!(citing.contains(&"70/KH-UBND") && citing.contains(&"12/KH-UBND"), "{citing:?}");
    for edge in &graph.edges {
        for end in [&edge.from, &edge.to] {
            assert!(graph.nodes.iter().any(|node| node.id == *end), "{end} has no node");
        }
    }
    let small = base.neighbourhood("1373-qd-ttg-2021-07-30", 2).unwrap();
    assert_eq!(small.nodes.len(), 2);
    assert_eq!(small.more_cited + small.more_citing, graph.nodes.len() + graph.more_cited + graph.more_citing - 2);
    let plan = base.neighbourhood("70-kh-ubnd-2022-04-15", 60).unwrap();
    for role in [NodeRole::Cited, NodeRole::Centre, NodeRole::Citing] {
        assert!(plan.nodes.iter().any(|node| node.role == role), "{role:?}");
    }
    for format in ["dot", "json", "graphml", "svg"] {
        let file = office.path(&format!("graph.{format}"));
        office
            .danchieu(&["graph", "70/KH-UBND", "--format", format, "--output", file.to_str().unwrap()])
            .assert()
            .success();
        assert!(std::fs::read_to_string(&file).unwrap().contains("33/2021/TT-BGDĐT"), "{format}");
    }
    assert!(base.neighbourhood("99-2098-tt-bgddt", 60).is_none());
}

#[test]
fn show_prints_facts_force_and_both_sides() {
    let (office, _base) = library();
    let run = office.danchieu(&["show", "22/2020/TT-BGDĐT", "--as-of", "2023-01-01"]).assert().success();
    let before = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let run = office.danchieu(&["show", "22/2020/TT-BGDĐT", "--as-of", "2025-01-01"]).assert().success();
    let after = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(before.contains("in force (as of 2023-01-01)"), "{before}");
    assert!(after.contains("ended (as of 2025-01-01)") && after.contains("24/2023/TT-BGDĐT"), "{after}");
    let run = office.danchieu(&["show", "Đề án 1373", "--format", "json"]).assert().success();
    let json: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(json["id"], "1373-qd-ttg-2021-07-30");
    assert_eq!(json["cited_by"]["total"], 2);
}

#[test]
fn many_may_ask_at_once() {
    let (_office, base) = library();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for query in ["xoa mu chu", "tt 33 2021", "giáo dục"] {
                    assert!(base.search(query, PAGE).unwrap().total > 0);
                }
                assert_eq!(base.cited_by("1373-qd-ttg-2021-07-30", PAGE).total, 2);
            });
        }
    });
    assert!(base.failure().is_none());
}

#[test]
fn what_stands_only_in_relations_has_a_page_of_its_own() {
    let (_office, base) = library();
    let (register, _) = danchieu::register::Register::load(std::path::Path::new("corpus/register")).unwrap();
    let ends = register.relations().iter().flat_map(|relation| [&relation.from, &relation.to]);
    let end = ends.into_iter().find(|end| register.lookup(end, None).is_none()).unwrap();
    let view = base.instrument(&end.id(), today()).unwrap();
    assert!(view.facts.is_none());
    assert!(!view.acts_on.is_empty() || !view.acted_on_by.is_empty());
    assert!(base.find(&end.id()).contains(&end.id()));
}
