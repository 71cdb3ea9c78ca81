//! The written forms of `citations.toml`: what stands there, and what it means.

use danchieu::cite;
use danchieu::read::Document;
use danchieu::register::Register;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    expect: Vec<String>,
}

fn dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "-".to_owned())
}

/// A citation as the table writes it.
fn row(document: &Document, citation: &cite::Citation) -> String {
    let mention = &citation.mention;
    let words = document.text.as_str()[mention.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = match mention.kind {
        cite::MentionKind::Full => "full",
        cite::MentionKind::Short => "short",
        cite::MentionKind::Named => "named",
        cite::MentionKind::Own => "self",
    };
    let mut row = format!(
        "{words} | {kind} | {} | {} | {}",
        dash(mention.number.as_ref().map(ToString::to_string)),
        dash(citation.date.map(|date| date.to_string())),
        dash(citation.target.as_ref().map(ToString::to_string)),
    );
    let pins: Vec<String> = citation.pins.iter().map(ToString::to_string).collect();
    let treated = citation.treatment != danchieu::law::Treatment::Cites;
    if !pins.is_empty() || treated {
        row.push_str(&format!(" | {}", if pins.is_empty() { "-".to_owned() } else { pins.join(" ") }));
    }
    if treated {
        row.push_str(&format!(" | {}", citation.treatment));
    }
    row
}

#[test]
fn every_written_form_is_read() {
    let cases: Cases = toml::from_str(include_str!("citations.toml")).expect("citations.toml");
    let register = Register::bundled();
    let mut wrong = Vec::new();
    for case in &cases.case {
        let document = Document::from_text(case.name.as_str(), case.text.as_str());
        let reading = cite::read(&document, &register);
        let found: Vec<String> = reading.citations.iter().map(|citation| row(&document, citation)).collect();
        if found != case.expect {
            wrong.push(format!(
                "{}\n  expected\n    {}\n  found\n    {}",
                case.name,
                case.expect.join("\n    "),
                found.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}

#[test]
fn decomposed_text_gives_the_same_citations_at_its_own_offsets() {
    use unicode_normalization::UnicodeNormalization;
    let cases: Cases = toml::from_str(include_str!("citations.toml")).expect("citations.toml");
    let register = Register::bundled();
    for case in &cases.case {
        let source: String = case.text.nfd().collect();
        let document = Document::from_text(case.name.as_str(), source.clone());
        let reading = cite::read(&document, &register);
        let composed = Document::from_text(case.name.as_str(), case.text.as_str());
        let expected = cite::read(&composed, &register);
        assert_eq!(reading.citations.len(), expected.citations.len(), "{}", case.name);
        for (one, other) in reading.citations.iter().zip(&expected.citations) {
            let stood: String = source[document.text.to_source(one.mention.range.clone())].nfc().collect();
            let composed = &composed.text.source()[composed.text.to_source(other.mention.range.clone())];
            assert_eq!(stood, composed.nfc().collect::<String>(), "{}", case.name);
            assert_eq!(one.target, other.target, "{}", case.name);
        }
    }
}

#[test]
fn hostile_text_is_read_to_its_end() {
    let register = Register::bundled();
    for unit in [
        "Luật sửa đổi, bổ sung một số điều của ",
        "Thông tư số 1, 2, ",
        "1/2/33/2021/",
        "Kế hoạch số 70/KH-UBND, Kế hoạch 70, ",
        "điểm a khoản 1 Điều 1, ",
        "(“«‘",
    ] {
        let document = Document::from_text("hostile", unit.repeat(20_000));
        let reading = cite::read(&document, &register);
        for citation in &reading.citations {
            assert!(document.text.as_str().get(citation.mention.range.clone()).is_some(), "{unit}");
        }
    }
}
