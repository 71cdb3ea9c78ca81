//! The tools for language models, asked over standard input and output and over HTTP as a client would.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::index::Office;

fn office() -> Office {
    let office = Office::new();
    office.plan("mot.txt", "70/KH-UBND", "An Bình", "Căn cứ Thông tư số 33/2021/TT-BGDĐT ngày 26/11/2021 của Bộ GDĐT;");
    office.index();
    office
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
fn asked(office: &Office, questions: &[Value]) -> Vec<Value> {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("danchieu"))
        .current_dir(office.dir.path())
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
    let office = office();
    let draft = "KẾ HOẠCH\nCăn cứ Luật Giáo dục số 38/2005/QH11 ngày 14/6/2005;\n";
    let answers = asked(
        &office,
        &[
            json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }),
            call(2, "look_up", json!({ "number": "tt 33 2021 bgddt" })),
            call(3, "check_text", json!({ "text": draft, "lang": "en" })),
            call(4, "cited_by", json!({ "number": "33/2021/TT-BGDĐT" })),
            call(5, "search", json!({ "query": "xoa mu chu", "limit": 3 })),
            call(6, "look_up", json!({ "number": "99/1999/TT-XYZ" })),
            call(7, "look_up", json!({ "number": "33/2021/TT-BGDĐT", "as_of": "soon" })),
        ],
    );
    let names: Vec<&str> =
        answers[0]["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    for tool in ["look_up", "search", "check_text", "cited_by", "cites"] {
        assert!(names.contains(&tool), "{names:?}");
    }
    let content = |at: usize| &answers[at]["result"]["structuredContent"];
    assert_eq!(content(1)["instrument"]["number"], "33/2021/TT-BGDĐT");
    assert_eq!(content(1)["instrument"]["force"], "in_force");
    assert_eq!(content(2)["findings"][0]["rule"], "replaced", "{}", answers[2]);
    assert!(content(2)["findings"][0]["suggestion"].as_str().unwrap().contains("43/2019/QH14"));
    assert_eq!(content(3)["edges"][0]["number"], "70/KH-UBND");
    assert_eq!(content(4)["hits"].as_array().unwrap().len(), 3);
    assert_eq!(content(5)["found"], "unknown");
    for answer in &answers[1..6] {
        let coverage = &answer["result"]["structuredContent"]["coverage"];
        assert!(coverage["instruments"].as_u64().unwrap() > 1000, "{answer}");
        assert!(coverage["note"].as_str().unwrap().contains("unknown"));
    }
    assert_eq!(answers[6]["error"]["code"], -32602, "{}", answers[6]);
}
