//! Search, and the questions of who cites what, on the register of the repository and plans of our own.

use danchieu::law::Force;
use danchieu::library::{Hit, HitKind, Library, LibraryError, NodeRole, Order, Paging, today};
use serde_json::Value;

use crate::questions;
use crate::support::library::TestLibrary;

const PAGE: Paging = Paging { offset: 0, limit: 20 };

fn library() -> (TestLibrary, Library) {
    let home = TestLibrary::new();
    home.plan(
        "an-loc/ke-hoach-70.txt",
        "70/KH-UBND",
        "XÃ AN LỘC",
        "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26 tháng 11 năm 2021 của Bộ Giáo dục và Đào tạo (sau đây gọi là Thông tư 33);\n\
         Căn cứ Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021 của Thủ tướng Chính phủ;\n\n\
         Mở lớp xóa mù chữ theo Thông tư 33 và Quyết định số 4321/2029/QĐ-BKHCN.",
    );
    home.plan(
        "tan-lap/ke-hoach-12.txt",
        "12/KH-UBND",
        "XÃ TÂN LẬP",
        "Căn cứ Quyết định số 1373/QĐ-TTg ngày 30 tháng 7 năm 2021 của Thủ tướng Chính phủ;\n\n\
         Học tập kinh nghiệm của Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND xã An Lộc.",
    );
    home.index();
    let library = home.open();
    (home, library)
}

fn first(library: &Library, query: &str) -> String {
    let hits = questions::search(library, query, PAGE).unwrap();
    hits.hits.first().map(|hit| hit.id.clone()).unwrap_or_else(|| panic!("nothing for {query}"))
}

#[test]
fn of_many_that_bear_a_serial_number_the_most_cited_comes_first() {
    let (_home, library) = library();
    let hits = questions::search(&library, "thong tu 33", PAGE).unwrap();
    assert!(hits.total > 60, "{}", hits.total);
    assert_eq!((hits.hits[0].id.as_str(), hits.hits[0].cited), ("33-2021-tt-bgddt", 3));
}

#[test]
fn a_number_in_any_spelling_comes_first() {
    let (_home, library) = library();
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
        assert_eq!(first(&library, query), "33-2021-tt-bgddt", "{query}");
    }
    for query in ["qd 1373", "1373/QĐ-TTg", "de an 1373", "Đề án 1373", "quyết định 1373"] {
        assert_eq!(first(&library, query), "1373-qd-ttg-2021-07-30", "{query}");
    }
    assert_eq!(first(&library, "luat giao duc 2019"), "43-2019-qh14");
    assert_eq!(first(&library, "43/2019QH14"), "43-2019-qh14");
    for query in ["43/2019", "43-2019"] {
        assert_eq!(first(&library, query), "43-2019-qh14", "{query}");
    }
    assert_eq!(first(&library, "Luật Giáo dục năm 2005"), "38-2005-qh11");
}

#[test]
fn marks_may_be_left_out_and_titles_come_first() {
    let (_home, library) = library();
    for query in ["xoa mu chu", "xóa mù chữ", "XÓA MÙ CHỮ", "xo\u{301}a mu\u{300} chu\u{31b}\u{303}"] {
        let hits = questions::search(&library, query, PAGE).unwrap();
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
    let (_home, library) = library();
    let whole = questions::search(&library, "giáo dục", Paging { offset: 0, limit: 30 }).unwrap();
    let ids = |offset, limit| -> Vec<String> {
        questions::search(&library, "giáo dục", Paging { offset, limit })
            .unwrap()
            .hits
            .into_iter()
            .map(|hit| hit.id)
            .collect()
    };
    let all: Vec<String> = whole.hits.iter().map(|hit| hit.id.clone()).collect();
    assert_eq!([ids(0, 10), ids(10, 10), ids(20, 10)].concat(), all);
    let different: std::collections::HashSet<_> = all.iter().collect();
    assert_eq!(different.len(), 30);
    assert!(ids(1_000_000, 10).is_empty());
}

#[test]
fn a_query_of_signs_is_refused_and_an_empty_answer_says_what_to_try() {
    let (home, library) = library();
    for query in ["", "   ", "?!…", "/-–"] {
        assert!(matches!(questions::search(&library, query, PAGE), Err(LibraryError::EmptyQuery)), "{query}");
    }
    home.danchieu(&["search", "?!"]).assert().code(2);
    let none = questions::search(&library, "33/2099/TT-BGDĐT", PAGE).unwrap();
    assert_eq!(none.total, 0);
    assert!(none.suggestions.iter().any(|one| one == "33/2021/TT-BGDĐT"), "{:?}", none.suggestions);
    let none = questions::search(&library, "zzzz qqqq", PAGE).unwrap();
    assert_eq!((none.total, none.suggestions.len()), (0, 0));
    let run = home.danchieu(&["search", "zzzz qqqq"]).assert().success();
    assert!(String::from_utf8_lossy(&run.get_output().stdout).contains("Nothing was found"));
}

#[test]
fn what_is_only_cited_is_found_by_its_number() {
    let (_home, library) = library();
    let hits = questions::search(&library, "4321/2029/QĐ-BKHCN", PAGE).unwrap();
    assert_eq!((hits.hits[0].id.as_str(), hits.hits[0].cited), ("4321-2029-qd-bkhcn", 1));
    let view = questions::instrument(&library, "4321-2029-qd-bkhcn", today()).unwrap();
    assert!(view.facts.is_none());
    assert_eq!(view.number.as_deref(), Some("4321/2029/QĐ-BKHCN"));
}

#[test]
fn the_edges_tell_who_cites_what_and_where() {
    let (home, library) = library();
    let edges = questions::citations_to(&library, "33-2021-tt-bgddt", PAGE);
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
    let cites = questions::citations_of(&library, &document, PAGE);
    assert_eq!(cites.total, 5);
    assert_eq!(cites.edges[0].id.as_deref(), Some("33-2021-tt-bgddt"));
    assert_eq!(cites.edges[0].title.as_deref(), Some("Ban hành Chương trình Xóa mù chữ"));

    let run = home.danchieu(&["cited-by", "33/2021/TT-BGDĐT", "--format", "json"]).assert().success();
    let json: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!((json["instrument"].as_str(), json["total"].as_u64()), (Some("33-2021-tt-bgddt"), Some(3)));
    assert_eq!(json["edges"][0]["path"], "corpus/plans/an-loc/ke-hoach-70.txt");
    for field in ["id", "number", "title", "date", "treatment", "pin", "sentence", "path", "start", "end"] {
        assert!(json["edges"][0].get(field).is_some(), "{field}");
    }
    let run = home.danchieu(&["cited-by", "99/2098/TT-BGDĐT"]).assert().code(1);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("99/2098/TT-BGDĐT"));
}

#[test]
fn citations_stand_newest_first_from_page_to_page() {
    let home = TestLibrary::new();
    let plan = |day: &str, at: usize| {
        let text = format!(
            "ỦY BAN NHÂN DÂN\nXÃ TÂN AN\nSố: {at}/KH-UBND\n\n{day}\n\nKẾ HOẠCH\nVề việc học\n\nCăn cứ Thông tư số 08/2011/TT-BGDĐT;\n"
        );
        std::fs::write(home.path(&format!("corpus/plans/more-{at}.txt")), text).unwrap();
    };
    // Two of one year, one of none, and of years out of order.
    let days = ["2019", "2024", "2021", "2024", "1998", "2023"];
    for (at, year) in days.iter().enumerate() {
        plan(&format!("Tân An, ngày 0{} tháng 3 năm {year}", at + 1), at + 1);
    }
    plan("", days.len() + 1);
    home.index();
    let library = home.open();
    let all = questions::citations_to(&library, "08-2011-tt-bgddt", Paging { offset: 0, limit: 100 });
    assert_eq!((all.total, all.distinct, all.edges.len()), (7, 7, 7));
    let days: Vec<_> = all.edges.iter().map(|edge| edge.date.map(|date| date.to_string())).collect();
    let expected = ["2024-03-04", "2024-03-02", "2023-03-06", "2021-03-03", "2019-03-01", "1998-03-05"];
    let expected = expected.map(|day| Some(day.to_owned())).into_iter().chain([None]);
    assert_eq!(days, expected.collect::<Vec<_>>());
    let pages = (0..4).flat_map(|page| {
        questions::citations_to(&library, "08-2011-tt-bgddt", Paging { offset: page * 2, limit: 2 }).edges
    });
    assert_eq!(
        pages.map(|edge| edge.id).collect::<Vec<_>>(),
        all.edges.iter().map(|edge| edge.id.clone()).collect::<Vec<_>>()
    );
}

#[test]
fn with_its_place_and_without_it_is_cited_as_one() {
    let home = TestLibrary::new();
    home.plan("an-loc/70.txt", "70/KH-UBND", "XÃ AN LỘC", "Mở lớp xóa mù chữ.");
    let both =
        "Theo Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND xã An Lộc và Quyết định số 1373/QĐ-TTg ngày 30/7/2021.";
    home.plan("tan-lap/1.txt", "1/KH-UBND", "XÃ TÂN LẬP", both);
    home.plan("tan-lap/2.txt", "2/KH-UBND", "XÃ TÂN LẬP", &both.replace(" của UBND xã An Lộc", ""));
    home.plan("tan-lap/3.txt", "3/KH-UBND", "XÃ TÂN LẬP", "Theo Kế hoạch số 70/KH-UBND ngày 15/4/2022.");
    home.index();
    let library = home.open();
    let hits = questions::search_by(&library, "xoa mu chu", PAGE, Order::Cited, false).unwrap();
    let cited: Vec<usize> = hits.hits.iter().map(|hit| hit.cited).collect();
    assert_eq!((hits.hits[0].number.as_deref(), cited[0]), (Some("70/KH-UBND"), 3), "{cited:?}");
    assert!(cited.is_sorted_by(|a, b| a >= b), "{cited:?}");
}

#[test]
fn a_facet_leads_to_as_many_as_it_counts() {
    let (_home, library) = library();
    let counted = questions::search_by(&library, "giáo dục", PAGE, Order::Relevance, true).unwrap();
    let mut tried = 0;
    for facet in counted.facets.iter().filter(|facet| facet.field != "diaphuong") {
        for value in facet.values.iter().take(6) {
            let narrowed = questions::search(&library, &format!("giáo dục {}", value.query), PAGE).unwrap();
            assert_eq!(narrowed.total, value.count, "{}", value.query);
            assert!(!value.query.contains('_') && !value.query.contains("document"), "{}", value.query);
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn a_word_of_any_length_is_answered_at_once() {
    let (_home, library) = library();
    for letter in ["a", "ư", "x"] {
        assert_eq!(questions::search(&library, &letter.repeat(50_000), PAGE).unwrap().total, 0);
        assert!(questions::suggest(&library, &letter.repeat(50_000), 8).is_empty());
    }
}

#[test]
fn a_plan_is_known_by_its_number_its_file_and_those_who_cite_it() {
    let (home, library) = library();
    let ids = questions::ids_named(&library, "70/KH-UBND");
    assert_eq!(ids, ["70-kh-ubnd-2022-04-15"]);
    let view = questions::instrument(&library, &ids[0], today()).unwrap();
    assert_eq!((view.documents.len(), view.cited), (1, 1));
    let document = questions::ids_named(&library, home.path("corpus/plans/an-loc/ke-hoach-70.txt").to_str().unwrap());
    assert_eq!(document, [view.documents[0].id.clone()]);
    // Asked for by either id, the answer is the same.
    assert_eq!(questions::citations_to(&library, &document[0], PAGE).total, 1);
    assert_eq!(questions::citations_of(&library, &ids[0], PAGE).total, 5);
    let hits = questions::search(&library, "kế hoạch 70", PAGE).unwrap();
    assert_eq!(hits.hits[0].id, document[0]);
    assert_eq!(hits.hits.iter().filter(|hit| hit.number.as_deref() == Some("70/KH-UBND")).count(), 1);
}

#[test]
fn plans_of_two_places_with_one_number_are_two() {
    let home = TestLibrary::new();
    let body = "Căn cứ Luật Giáo dục;";
    home.plan("a.txt", "70/KH-UBND", "XÃ AN LỘC", body);
    home.plan("b.txt", "70/KH-UBND", "XÃ TÂN LẬP", body);
    home.plan("c.txt", "5/KH-UBND", "XÃ AN LỘC", "Theo Kế hoạch số 70/KH-UBND ngày 15/4/2022 của UBND xã An Lộc.");
    home.index();
    let library = home.open();
    let here = questions::instrument(&library, "70-kh-ubnd-2022-04-15.an-loc", today()).unwrap();
    assert_eq!((here.documents.len(), here.cited), (1, 1));
    let there = questions::instrument(&library, "70-kh-ubnd-2022-04-15.tan-lap", today()).unwrap();
    assert_eq!((there.documents.len(), there.cited), (1, 0));
    let both = questions::instrument(&library, "70-kh-ubnd-2022-04-15", today()).unwrap();
    assert_eq!((both.documents.len(), both.cited), (2, 1));
    assert_eq!(both.same_number, ["70-kh-ubnd-2022-04-15.an-loc", "70-kh-ubnd-2022-04-15.tan-lap"]);
}

#[test]
fn the_neighbourhood_has_both_sides_and_a_limit() {
    let (home, library) = library();
    let graph = questions::graph(&library, "1373-qd-ttg-2021-07-30", 60).unwrap();
    let citing: Vec<&str> =
        graph.nodes.iter().filter(|node| node.role == NodeRole::Citing).map(|node| node.label.as_str()).collect();
    assert!(citing.contains(&"70/KH-UBND") && citing.contains(&"12/KH-UBND"), "{citing:?}");
    for edge in &graph.edges {
        for end in [&edge.from, &edge.to] {
            assert!(graph.nodes.iter().any(|node| node.id == *end), "{end} has no node");
        }
    }
    let small = questions::graph(&library, "1373-qd-ttg-2021-07-30", 2).unwrap();
    assert_eq!(small.nodes.len(), 2);
    assert_eq!(small.more_cited + small.more_citing, graph.nodes.len() + graph.more_cited + graph.more_citing - 2);
    let plan = questions::graph(&library, "70-kh-ubnd-2022-04-15", 60).unwrap();
    for role in [NodeRole::Cited, NodeRole::Centre, NodeRole::Citing] {
        assert!(plan.nodes.iter().any(|node| node.role == role), "{role:?}");
    }
    for format in ["dot", "json", "graphml", "svg"] {
        let file = home.path(&format!("graph.{format}"));
        home.danchieu(&["graph", "70/KH-UBND", "--format", format, "--output", file.to_str().unwrap()])
            .assert()
            .success();
        assert!(std::fs::read_to_string(&file).unwrap().contains("33/2021/TT-BGDĐT"), "{format}");
    }
    assert!(questions::graph(&library, "99-2098-tt-bgddt", 60).is_none());
}

#[test]
fn show_prints_facts_force_and_both_sides() {
    let (home, _base) = library();
    let run = home.danchieu(&["show", "22/2020/TT-BGDĐT", "--as-of", "2023-01-01"]).assert().success();
    let before = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let run = home.danchieu(&["show", "22/2020/TT-BGDĐT", "--as-of", "2025-01-01"]).assert().success();
    let after = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(before.contains("in force (as of 2023-01-01)"), "{before}");
    assert!(after.contains("ended (as of 2025-01-01)") && after.contains("24/2023/TT-BGDĐT"), "{after}");
    let run = home.danchieu(&["show", "Đề án 1373", "--format", "json"]).assert().success();
    let json: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(json["id"], "1373-qd-ttg-2021-07-30");
    assert_eq!(json["cited_by"]["total"], 2);
}

#[test]
fn many_may_ask_at_once() {
    let (_home, library) = library();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for query in ["xoa mu chu", "tt 33 2021", "giáo dục"] {
                    assert!(questions::search(&library, query, PAGE).unwrap().total > 0);
                }
                assert_eq!(questions::citations_to(&library, "1373-qd-ttg-2021-07-30", PAGE).total, 2);
            });
        }
    });
}

#[test]
fn what_stands_only_in_relations_has_a_page_of_its_own() {
    let (_home, library) = library();
    let (register, _) = danchieu::register::Register::load(std::path::Path::new("corpus/register")).unwrap();
    let ends = register.relations().iter().flat_map(|relation| [&relation.from, &relation.to]);
    let end = ends.into_iter().find(|end| register.lookup(end, None).is_none()).unwrap();
    let view = questions::instrument(&library, end.id().as_str(), today()).unwrap();
    assert!(view.facts.is_none());
    assert!(!view.acts_on.is_empty() || !view.acted_on_by.is_empty());
    assert!(questions::ids_named(&library, end.id().as_str()).contains(&end.id().to_string()));
}

/// A library of plans whose titles differ in one thing.
fn titled(titles: &[&str]) -> (TestLibrary, Library) {
    let home = TestLibrary::new();
    for (at, title) in titles.iter().enumerate() {
        let path = home.plan(&format!("{at}.txt"), &format!("{}/KH-UBND", 101 + at), "XÃ AN LỘC", "Nội dung chung.");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace("Xóa mù chữ năm 2022", title)).unwrap();
    }
    home.index();
    let library = home.open();
    (home, library)
}

fn plans(library: &Library, query: &str) -> Vec<String> {
    let hits = questions::search(library, &format!("{query} la:tailieu"), PAGE).unwrap().hits;
    hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn marks_that_were_typed_come_first_syllable_by_syllable() {
    let (_home, library) = titled(&["Trồng dương xỉ", "Sửa đường làng", "Nuôi đương quy"]);
    assert_eq!(plans(&library, "duong").len(), 3);
    for (query, title) in [
        ("đường", "Sửa đường làng"),
        ("dương", "Trồng dương xỉ"),
        ("đương", "Nuôi đương quy"),
        ("sua đường lang", "Sửa đường làng"),
        ("trồng duong", "Trồng dương xỉ"),
        ("duờng", "Sửa đường làng"),
    ] {
        assert_eq!(plans(&library, query)[0], title, "{query}");
    }
}

#[test]
fn one_word_however_it_is_typed() {
    let (_home, library) = titled(&["Vun đắp tình hòa thuận", "Quý trọng kỹ sư"]);
    for query in
        ["hoà thuận", "hòa thuận", "hoaf thuaanj", "hoa2 thuan65", "hoa thuan", "ho\u{300}a thua\u{323}\u{302}n"]
    {
        assert_eq!(plans(&library, query).first().map(String::as_str), Some("Vun đắp tình hòa thuận"), "{query}");
    }
    for query in ["quí trọng kĩ sư", "qui trong ki su", "quý trongj kỹ suw"] {
        assert_eq!(plans(&library, query).first().map(String::as_str), Some("Quý trọng kỹ sư"), "{query}");
    }
    let hits = questions::search(&library, "hoaf thuaanj", PAGE).unwrap();
    assert_eq!(hits.read_as.as_deref(), Some("hòa thuận"));
}

#[test]
fn words_that_stand_together_come_before_words_that_do_not() {
    let (_home, library) =
        titled(&["Nhà trẻ của trường học mới", "Mở trường cho trẻ, nhà học nghề mới", "Học mới trẻ nhà trường"]);
    assert_eq!(plans(&library, "nhà trường")[0], "Học mới trẻ nhà trường");
    assert_eq!(plans(&library, "truong hoc")[0], "Nhà trẻ của trường học mới");
    assert_eq!(plans(&library, "\"nhà trường\""), ["Học mới trẻ nhà trường"]);
}

#[test]
fn a_slip_is_forgiven_in_words_and_never_in_numbers() {
    let (_home, library) = titled(&["Nghiệm thu phòng thí nghiệm", "Bàn giao phòng họp"]);
    for query in ["thí ngiệm", "thi nghiemj phong", "thi nghjem"] {
        assert_eq!(plans(&library, query).first().map(String::as_str), Some("Nghiệm thu phòng thí nghiệm"), "{query}");
    }
    assert!(questions::search(&library, "9991373/QĐ-TTg", PAGE).unwrap().hits.is_empty());
    assert!(
        questions::search(&library, "so:1374", PAGE).unwrap().hits.iter().all(|hit| hit
            .number
            .as_deref()
            .unwrap()
            .contains("1374"))
    );
}

#[test]
fn fields_narrow_down_and_their_counts_agree() {
    let (_home, library) = library();
    let all = questions::search_by(&library, "giáo dục", PAGE, Order::Relevance, true).unwrap();
    assert_eq!(all.facets.len(), 6);
    for facet in &all.facets {
        for value in facet.values.iter().take(2) {
            let narrowed = questions::search(&library, &format!("giáo dục {}", value.query), PAGE).unwrap();
            // What an issuer gives out together with others is its own as well.
            let joint = matches!(facet.field.as_str(), "coquan" | "diaphuong");
            assert!(narrowed.total == value.count || (joint && narrowed.total > value.count), "{}", value.query);
        }
    }
    let sorts: usize = all.facets[0].values.iter().map(|value| value.count).sum();
    assert_eq!(sorts, all.total);
    for (query, holds) in [
        (
            "giáo dục nam:2019..2021",
            (|hit| hit.date.is_some_and(|day| (2019..=2021).contains(&day.year()))) as fn(&Hit) -> bool,
        ),
        ("giáo dục loai:thông tư", |hit| hit.type_word.as_deref() == Some("Thông tư")),
        ("giáo dục loai:tt", |hit| hit.type_word.as_deref() == Some("Thông tư")),
        ("giáo dục hieuluc:het", |hit| hit.force == Force::Ended),
        ("giáo dục -hieuluc:het", |hit| hit.force != Force::Ended),
        ("giáo dục coquan:ttg", |hit| hit.issuer.as_deref().is_some_and(|name| name.contains("Thủ tướng"))),
        ("la:tailieu", |hit| hit.kind == HitKind::Document),
    ] {
        let hits = questions::search(&library, query, PAGE).unwrap().hits;
        assert!(!hits.is_empty() && hits.iter().all(holds), "{query}: {hits:?}");
    }
    let citing = questions::search(&library, "dan:33/2021/TT-BGDĐT", PAGE).unwrap();
    assert_eq!((citing.total, citing.hits[0].number.as_deref()), (1, Some("70/KH-UBND")));
    assert_eq!(questions::search(&library, "dan:1373/QĐ-TTg -\"an lộc\"", PAGE).unwrap().hits.len(), 0);
    assert_eq!(questions::search(&library, "dan:1373/QĐ-TTg", PAGE).unwrap().total, 2);
    let either = questions::search(&library, "bhyt OR \"xóa mù chữ\"", PAGE).unwrap();
    assert!(either.hits.iter().any(|hit| hit.id == "33-2021-tt-bgddt"));
}

#[test]
fn orders_are_kept_from_page_to_page() {
    let (_home, library) = library();
    let page = |order, offset, limit| {
        questions::search_by(&library, "giáo dục", Paging { offset, limit }, order, false).unwrap().hits
    };
    for order in [Order::Relevance, Order::Date, Order::Cited] {
        let ids = |hits: Vec<Hit>| hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>();
        let pages: Vec<String> = (0..3).flat_map(|at| ids(page(order, at * 90, 90))).collect();
        assert_eq!(pages, ids(page(order, 0, 270)), "{order:?}");
    }
    let dates: Vec<_> = page(Order::Date, 0, 20).into_iter().filter_map(|hit| hit.date).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b) && !dates.is_empty());
    let cited: Vec<usize> = page(Order::Cited, 0, 20).into_iter().map(|hit| hit.cited).collect();
    assert!(cited.is_sorted_by(|a, b| a >= b) && cited[0] > 0, "{cited:?}");
}

#[test]
fn an_error_of_a_query_names_the_place_and_an_empty_answer_gives_advice() {
    let (home, library) = library();
    for (query, place) in [
        ("lớp nam:20x4", "nam:20x4"),
        ("hieuluc:mai", "hieuluc:mai"),
        ("laoi:x", "laoi:"),
        ("loai:truyện", "loai:truyện"),
        ("dan:99/2098/TT-BGDĐT", "dan:99/2098/TT-BGDĐT"),
        ("la:x", "la:x"),
        ("lớp so:", "so:"),
        ("-lớp", "-lớp"),
    ] {
        match questions::search(&library, query, PAGE) {
            Err(LibraryError::Query(error)) => assert_eq!(&query[error.range.clone()], place, "{query}"),
            other => panic!("{query}: {other:?}"),
        }
    }
    home.danchieu(&["search", "nam:20x4"]).assert().code(2);
    let none = questions::search(&library, "xóa mù chữ nam:1950", PAGE).unwrap();
    assert!(none.total == 0 && none.unfiltered > 0);
    let nearest = questions::search(&library, "\"chữ mù xóa\"", PAGE).unwrap();
    assert!(nearest.nearest && nearest.total > 0);
}

#[test]
fn a_title_that_names_another_instrument_is_found_before_it() {
    let (_home, library) = titled(&["Triển khai Thông tư số 33/2021/TT-BGDĐT trong các lớp buổi tối"]);
    assert_eq!(plans(&library, "triển khai thông tư số 33/2021/TT-BGDĐT trong các lớp buổi tối").len(), 1);
    let hits = questions::search(&library, "Triển khai Thông tư số 33/2021/TT-BGDĐT trong các lớp buổi tối", PAGE)
        .unwrap()
        .hits;
    assert_eq!((hits[0].number.as_deref(), hits[1].number.as_deref()), (Some("101/KH-UBND"), Some("33/2021/TT-BGDĐT")));
    // A sentence around it does not hide the instrument.
    assert_eq!(
        first(&library, "Tổ chức thực hiện Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 ở mọi thôn"),
        "33-2021-tt-bgddt"
    );
}

#[test]
fn suggestions_follow_the_typing() {
    let (_home, library) = library();
    for typed in ["33/2021/tt-bg", "tt 33 2021 bg", "xoa mu ch", "Xóa mù ch"] {
        let found = questions::suggest(&library, typed, 5);
        assert!(found.iter().any(|one| one.id == "33-2021-tt-bgddt"), "{typed}: {found:?}");
        assert!(found.len() <= 5);
    }
    assert!(questions::suggest(&library, "", 5).is_empty());
}
