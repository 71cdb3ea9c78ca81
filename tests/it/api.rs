//! What programs rely on: names in any spelling, ends of lists, errors of one form in both languages, what an answer rests
//! on.

use axum::http::{StatusCode, header};
use serde_json::json;

use crate::support::server::{get, post_form, post_json};

/// The ways to write the circular in an address.
const SPELLINGS: [&str; 4] =
    ["33%2F2021%2FTT-BGD%C4%90T", "tt%2033%202021%20bgddt", "33%2F2021%2Ftt-bgddt", "33-2021-tt-bgddt"];

#[tokio::test]
async fn an_instrument_is_named_as_on_the_command_line() {
    for name in SPELLINGS {
        let view = get(&format!("/api/instruments/{name}")).await;
        assert_eq!(view.status, StatusCode::OK, "{name}: {}", view.body);
        assert_eq!(view.json()["id"], "33-2021-tt-bgddt", "{name}");
        for (below, field) in [("cited-by", "instrument"), ("cites", "instrument"), ("resting", "instrument")] {
            let answer = get(&format!("/api/instruments/{name}/{below}")).await.json();
            assert_eq!(answer[field], "33-2021-tt-bgddt", "{name} {below}");
        }
        assert_eq!(get(&format!("/api/instruments/{name}/graph")).await.json()["centre"], "33-2021-tt-bgddt");
        for below in ["together", "tables/years"] {
            let list = get(&format!("/api/instruments/{name}/{below}")).await.json();
            assert!(!list.as_array().unwrap().is_empty(), "{name} {below}");
        }
        let chain = get(&format!("/api/chain?from=22%2FKH-UBND&to={name}")).await.json();
        assert_eq!(chain["nodes"].as_array().unwrap().len(), 2, "{name}: {chain}");
    }
    let itself = get("/api/chain?from=tt+33+2021+bgddt&to=33-2021-tt-bgddt").await.json();
    assert_eq!(itself["nodes"].as_array().unwrap().len(), 1, "{itself}");
    let unknown = get("/api/instruments/33%2F2021%2FTT-BGD").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!unknown.json()["suggestions"].as_array().unwrap().is_empty(), "{}", unknown.body);
    let several = get("/api/instruments/tt%2033%202021?lang=en").await.json();
    assert!(several["error"].as_str().unwrap().contains("any of 2"), "{several}");
    assert!(several["suggestions"].as_array().unwrap().contains(&json!("33-2021-tt-bgddt")), "{several}");
}

#[tokio::test]
async fn past_its_end_a_list_is_empty_and_a_page_leads_back() {
    for (path, list, total) in [
        ("/api/documents?", "hits", 2),
        ("/api/search?q=la:tailieu&", "hits", 2),
        ("/api/instruments/33-2021-tt-bgddt/cited-by?", "edges", 3),
        ("/api/instruments/22-kh-ubnd-2022-04-15.an-loc/cites?", "edges", 3),
    ] {
        let beyond = get(&format!("{path}offset=1000")).await;
        assert_eq!(beyond.status, StatusCode::OK, "{path}");
        let beyond = beyond.json();
        assert_eq!((&beyond[list], &beyond["total"]), (&json!([]), &json!(total)), "{path}: {beyond}");
    }
    for (path, back) in [
        ("/documents?offset=1000&lang=en", "/documents?offset=0&lang=en"),
        ("/?q=la%3Atailieu&offset=40", "/?q=la%3Atailieu&offset=0"),
        ("/instruments/33-2021-tt-bgddt?offset=25", "/instruments/33-2021-tt-bgddt?offset=0"),
    ] {
        let answer = get(path).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, back), "{path}");
        assert_eq!(get(back).await.status, StatusCode::OK, "{back}");
    }
}

/// Whether this is a sentence: it begins with a capital, a quoted thing or the name of a file, and ends.
fn is_sentence(text: &str) -> bool {
    let first = text.chars().next().unwrap();
    let named = text.split_whitespace().next().unwrap().contains('.');
    (first.is_uppercase() || first == '“' || named) && text.ends_with(['.', '?', '…'])
}

#[tokio::test]
async fn every_error_is_of_one_form_and_a_sentence_in_either_language() {
    for (path, body, status) in [
        ("/api/search?q=a&limit=0", None, 400),
        ("/api/search?q=a&limit=many", None, 400),
        ("/api/search?q=a&offset=-1", None, 400),
        ("/api/search?q=a&sort=best", None, 400),
        ("/api/search?q=a&q=b", None, 400),
        ("/api/search?q=%3F", None, 422),
        ("/api/search?q=nam:x", None, 422),
        ("/api/chain?from=33-2021-tt-bgddt", None, 400),
        ("/api/chain?from=33-2021-tt-bgddt&to=99-1999-xx", None, 404),
        ("/api/most-cited?years=20", None, 400),
        ("/api/most-cited?ended=perhaps", None, 400),
        ("/api/instruments/99-1999-xx/together", None, 404),
        ("/api/instruments/33-2021-tt-bgddt/together?limit=0", None, 400),
        ("/api/instruments/33-2021-tt-bgddt/tables/none", None, 404),
        ("/api/instruments/33-2021-tt-bgddt/tables/years?format=xlsx", None, 400),
        ("/api/instruments/33-2021-tt-bgddt/tables/cited-by?treatment=eats", None, 400),
        ("/api/instruments/33-2021-tt-bgddt/tables/cited-by?year=last", None, 400),
        ("/api/instruments/33-2021-tt-bgddt?as_of=hom-qua", None, 400),
        ("/api/matrix?columns=0", None, 400),
        ("/api/rules/none", None, 404),
        ("/api/none", None, 404),
        ("/api/check", Some(json!([])), 400),
        ("/api/check", Some(json!({ "text": 1 })), 400),
        ("/api/check", Some(json!({})), 422),
        ("/api/check", Some(json!({ "text": "a", "day": "date" })), 422),
        ("/api/extract", Some(json!({ "text": "a", "profile": "army" })), 400),
        ("/api/counts", Some(json!({})), 405),
    ] {
        let mut said = Vec::new();
        for lang in ["vi", "en"] {
            let address = format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' });
            let answer = match &body {
                Some(body) => post_json(&address, body).await,
                None => get(&address).await,
            };
            assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.body);
            let error = answer.json();
            assert_eq!(error["status"], status, "{address}");
            let fields =
                error.as_object().unwrap().keys().all(|key| ["status", "error", "suggestions"].contains(&&**key));
            assert!(fields, "{address}: {error}");
            let message = error["error"].as_str().unwrap().to_owned();
            assert!(is_sentence(&message), "{address}: {message}");
            said.push(message);
        }
        assert_ne!(said[0], said[1], "{path}");
        // What is no language of ours is answered in Vietnamese.
        if body.is_none() {
            let address = format!("{path}{}lang=fr", if path.contains('?') { '&' } else { '?' });
            assert_eq!(get(&address).await.json()["error"], said[0], "{path}");
        }
    }
}

#[tokio::test]
async fn a_text_and_a_file_are_not_both_taken() {
    let (text, file) = (("text", None, b"Theo Luat.".as_slice()), ("file", Some("a.txt"), b"Theo Luat.".as_slice()));
    for (path, fields, status, word) in [
        ("/api/check?lang=en", &[text, file][..], 422, "both"),
        ("/api/check?lang=en", &[file, text], 422, "both"),
        ("/api/extract?lang=en", &[text, file], 422, "both"),
        ("/api/check?lang=en", &[], 422, "nothing to check"),
        ("/api/check?lang=en", &[("text", None, b" "), ("file", Some(""), b"")], 422, "nothing to check"),
        ("/api/check?lang=en", &[("text", None, b""), file], 200, ""),
        // The form keeps the text of the last check beside the file that is chosen now.
        ("/check?lang=en", &[text, file], 200, "a.txt"),
    ] {
        let answer = post_form(path, fields).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
        assert!(answer.body.contains(word), "{path}: {}", answer.body);
    }
    let broken = post_json("/api/check?lang=en", &json!({ "text": 1 })).await;
    assert!(broken.json()["error"].as_str().unwrap().contains("column"), "{}", broken.body);
}

#[tokio::test]
async fn every_answer_says_what_it_rests_on() {
    let counts = get("/api/counts?lang=en").await;
    let body = counts.json();
    assert!(body["note"].as_str().unwrap().starts_with("The register is a selection"), "{body}");
    let expected = format!(
        "instruments={}, documents={}, indexed=\"{}\"",
        body["instruments"],
        body["documents"],
        body["indexed"].as_str().unwrap()
    );
    for path in [
        "/api/search?q=xoa+mu+chu",
        "/api/suggest?q=33",
        "/api/instruments/33-2021-tt-bgddt",
        "/api/instruments/33-2021-tt-bgddt/tables/years?format=csv",
        "/api/instruments/99-1999-xx",
        "/api/most-cited",
        "/api/rules",
    ] {
        assert_eq!(get(path).await.header("danchieu-coverage"), expected, "{path}");
    }
    let checked = post_json("/api/check", &json!({ "text": "Theo Luật số 43/2019/QH14." })).await;
    assert_eq!(checked.header("danchieu-coverage"), expected);
    assert_eq!(get("/").await.header("danchieu-coverage"), "");
}
