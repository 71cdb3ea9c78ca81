//! The tools for language models, asked over standard input and output and over HTTP as a client would.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::library::TestLibrary;

fn library() -> TestLibrary {
    let home = TestLibrary::new();
    home.plan("mot.txt", "70/KH-UBND", "An Bình", "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT;");
    home.index();
    home
}

fn hello() -> Value {
    let client = json!({ "name": "test", "version": "1" });
    let params = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params })
}

fn call(id: u32, tool: &str, arguments: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": tool, "arguments": arguments } })
}

/// Starts `danchieu mcp`, says hello, puts the questions one by one and gives the answers.
fn asked(home: &TestLibrary, questions: &[Value]) -> Vec<Value> {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"))
        .current_dir(home.dir.path())
        .arg("mcp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut ask = |question: &Value, answered: bool| {
        writeln!(input, "{question}").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        if answered {
            output.read_line(&mut line).unwrap();
        }
        serde_json::from_str::<Value>(&line).unwrap_or_default()
    };
    let hello = ask(&hello(), true);
    assert_eq!(hello["result"]["serverInfo"]["name"], "danchieu", "{hello}");
    ask(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), false);
    let answers = questions.iter().map(|question| ask(question, true)).collect();
    drop(input);
    assert!(child.wait().unwrap().success());
    answers
}

#[test]
fn a_client_on_this_machine_lists_and_calls_the_tools() {
    let home = library();
    let draft = "KẾ HOẠCH\nCăn cứ Luật Giáo dục số 38/2005/QH11 ngày 14/6/2005;\n";
    let answers = asked(
        &home,
        &[
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }),
            call(2, "look_up", json!({ "number": "tt 33 2021 bgddt" })),
            call(3, "check_text", json!({ "text": draft, "lang": "en" })),
            call(4, "cited_by", json!({ "number": "33/2021/TT-BGDĐT" })),
            call(5, "search", json!({ "query": "xoa mu chu", "limit": 3 })),
            call(6, "look_up", json!({ "number": "99/1999/TT-XYZ" })),
            call(7, "impact", json!({ "number": "33/2021/TT-BGDĐT" })),
        ],
    );
    let tools = answers[0]["result"]["tools"].as_array().unwrap();
    let mut names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["check_text", "cited_by", "cites", "impact", "look_up", "search"]);
    for tool in tools {
        assert!(tool["description"].as_str().unwrap().len() > 80, "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        for (name, parameter) in tool["inputSchema"]["properties"].as_object().unwrap() {
            assert!(parameter["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}: {parameter}");
        }
    }
    let content = |at: usize| &answers[at]["result"]["structuredContent"];
    assert_eq!(content(1)["instrument"]["number"], "33/2021/TT-BGDĐT");
    assert_eq!(content(1)["instrument"]["force"], "in_force");
    assert_eq!(content(2)["findings"][0]["rule"], "replaced", "{}", answers[2]);
    assert!(content(2)["findings"][0]["suggestion"].as_str().unwrap().contains("43/2019/QH14"));
    assert_eq!(content(3)["edges"][0]["number"], "70/KH-UBND");
    assert_eq!(content(4)["hits"].as_array().unwrap().len(), 3);
    assert_eq!(content(5)["found"], "unknown");
    assert_eq!(content(6)["documents"][0]["number"], "70/KH-UBND", "{}", answers[6]);
    assert_eq!(content(6)["left_out"], 0);
    for answer in &answers[1..] {
        let coverage = &answer["result"]["structuredContent"]["coverage"];
        assert!(coverage["instruments"].as_u64().unwrap() > 1000, "{answer}");
        assert!(coverage["note"].as_str().unwrap().contains("unknown"));
    }
    // The same as text, for clients that know no structure.
    let text = answers[1]["result"]["content"][0]["text"].as_str().unwrap();
    assert_eq!(&serde_json::from_str::<Value>(text).unwrap(), content(1));
    assert!(content(5)["message"].as_str().unwrap().contains("99/1999/TT-XYZ"));
}

#[test]
fn what_a_tool_cannot_do_is_an_error_of_the_tool_in_a_sentence() {
    let home = library();
    let long = "Theo Luật. ".repeat(400_000);
    let cases = [
        ("look_up", json!({ "number": "33/2021/TT-BGDĐT", "as_of": "soon" }), "\"soon\""),
        ("look_up", json!({ "number": " " }), "empty"),
        ("look_up", json!({ "number": "a".repeat(2_000) }), "too long"),
        ("look_up", json!({ "name": "33" }), "number"),
        ("look_up", json!({ "number": 33 }), "string"),
        ("search", json!({ "query": "?!" }), "no letter"),
        ("search", json!({ "query": "nam:x" }), "years"),
        ("search", json!({ "query": "a", "limit": 0 }), "1 to 100"),
        ("cited_by", json!({ "number": "33/2021/TT-BGDĐT", "limit": 1000 }), "1 to 100"),
        ("check_text", json!({ "text": "" }), "empty"),
        ("check_text", json!({ "text": "a", "as_of": "mai" }), "today"),
        ("check_text", json!({ "text": "a", "lang": "fr" }), "`vi` or `en`"),
        ("check_text", json!({ "text": long }), "4 MiB"),
    ];
    let questions: Vec<Value> = cases.iter().map(|(tool, arguments, _)| call(1, tool, arguments.clone())).collect();
    for ((tool, _, words), answer) in cases.iter().zip(asked(&home, &questions)) {
        let result = &answer["result"];
        assert_eq!(result["isError"], true, "{tool}: {answer}");
        let said = result["content"][0]["text"].as_str().unwrap();
        assert!(said.contains(words), "{tool}: {said}");
    }
    let unknown = asked(&home, &[call(1, "no_such_tool", json!({}))]);
    assert_eq!(unknown[0]["error"]["code"], -32602, "{}", unknown[0]);
}

#[test]
fn what_is_unclear_comes_with_ids_to_ask_again_with_and_answers_stay_small() {
    let home = library();
    let draft = "Căn cứ Luật Giáo dục số 38/2005/QH11 ngày 14/6/2005;\n".repeat(500);
    let answers = asked(
        &home,
        &[
            call(1, "look_up", json!({ "number": "tt 33 2021" })),
            call(2, "cited_by", json!({ "number": "33/2021/TT-BGD" })),
            call(3, "check_text", json!({ "text": draft })),
            call(4, "cited_by", json!({ "number": "33/2021/TT-BGDĐT", "offset": 50 })),
            call(5, "look_up", json!({ "number": "100/2015/QH13" })),
        ],
    );
    let content = |at: usize| &answers[at]["result"]["structuredContent"];
    assert_eq!(content(0)["found"], "ambiguous", "{}", answers[0]);
    let ids: Vec<&str> =
        content(0)["candidates"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    let again = asked(&home, &ids.iter().map(|id| call(1, "look_up", json!({ "number": id }))).collect::<Vec<_>>());
    for (id, answer) in ids.iter().zip(&again) {
        assert_eq!(answer["result"]["structuredContent"]["instrument"]["id"], **id, "{answer}");
    }
    assert_eq!(content(1)["found"], "unknown");
    assert!(content(1)["candidates"].as_array().unwrap().iter().all(|one| one["name"].is_string()), "{}", answers[1]);
    let (told, rest) = (content(2)["findings"].as_array().unwrap().len(), content(2)["left_out"].as_u64().unwrap());
    assert!(told == 200 && rest >= 300, "{told} {rest}");
    assert_eq!((&content(3)["edges"], &content(3)["total"]), (&json!([]), &json!(1)));
    for list in ["acted_on_by", "acts_on", "documents", "same_number"] {
        assert!(content(4)["instrument"][list].as_array().unwrap().len() <= 40, "{list}");
    }
}
