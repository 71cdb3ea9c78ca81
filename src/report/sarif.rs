//! Findings as SARIF 2.1.0 (OASIS standard of 27 March 2020), the exchange format of analysis tools. Columns and
//! `charOffset` are Unicode characters, as `columnKind` says; `byteOffset` is that of the UTF-8 text and is given only
//! where the text is the file itself. Of a Word or PDF file the regions are those of the extracted text.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::glossary;
use crate::check::{CheckedDocument, Finding, RULES, Rule, Severity};
use crate::law::Date;
use crate::read::ReadError;
use crate::text::{Lang, Lines, one_line};

/// The results of one document; accepted findings are among them as suppressed ones. `is_new` says that known findings
/// were left out.
pub fn results(checked: &CheckedDocument, is_new: bool, lang: Lang) -> Vec<Value> {
    let source = checked.document.text.source();
    let mut locations = Locations { source, lines: Lines::new(source), counted: (0, 0) };
    let mut out = Vec::new();
    for (finding, identity) in checked.findings.iter().zip(checked.identities(&checked.document.path)) {
        let mut result = result(checked, finding, &mut locations, lang);
        result.insert("partialFingerprints".into(), json!({ "citationWords/v1": identity.fingerprint() }));
        if is_new {
            result.insert("baselineState".into(), "new".into());
        }
        out.push(Value::Object(result));
    }
    for accepted in &checked.accepted {
        let mut result = result(checked, &accepted.finding, &mut locations, lang);
        let suppression = json!({ "kind": "external", "status": "accepted", "justification": accepted.reason });
        result.insert("suppressions".into(), json!([suppression]));
        out.push(Value::Object(result));
    }
    out
}

/// The whole log. `as_of` is `None` where each document was checked as of its own day.
pub fn log(results: Vec<Value>, unreadable: &[ReadError], as_of: Option<Date>, lang: Lang) -> Value {
    let notifications: Vec<Value> = unreadable
        .iter()
        .map(|error| {
            json!({
                "level": "error",
                "message": { "text": error.message(lang) },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(error.path()) } } }],
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "danchieu",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": lang.code(),
                "rules": RULES.iter().map(|rule| describe(rule, lang)).collect::<Vec<_>>(),
            } },
            "language": lang.code(),
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": unreadable.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "properties": { "asOf": as_of.map(|day| day.to_string()) },
            "results": results,
        }],
    })
}

fn describe(rule: &Rule, lang: Lang) -> Value {
    let page = rule.page(lang);
    let body = page.split_once('\n').map_or("", |(_, body)| body.trim());
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary(lang) },
        "fullDescription": { "text": first_section(body) },
        "help": { "text": unmarked(body), "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

/// What the rule does: the first section of its page.
fn first_section(body: &str) -> String {
    let lines = body.lines().skip_while(|line| line.starts_with('#')).take_while(|line| !line.starts_with('#'));
    one_line(&lines.collect::<Vec<_>>().join(" "))
}

/// Markdown without its marks, for viewers that show plain text.
fn unmarked(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    lines.map(|line| line.trim_start_matches('#').trim_start()).collect::<Vec<_>>().join("\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Locations of one source. Findings come in text order, so that its characters are counted once and not again for each.
struct Locations<'t> {
    source: &'t str,
    lines: Lines<'t>,
    /// A byte offset and how many characters are before it.
    counted: (usize, usize),
}

impl Locations<'_> {
    /// How many characters are before a byte offset.
    fn characters(&mut self, offset: usize) -> usize {
        let (from, before) = if self.counted.0 <= offset { self.counted } else { (0, 0) };
        let count = before + self.source.get(from..offset).unwrap_or_default().chars().count();
        self.counted = (offset, count);
        count
    }
}

fn result(
    checked: &CheckedDocument,
    finding: &Finding,
    locations: &mut Locations<'_>,
    lang: Lang,
) -> Map<String, Value> {
    let text = &checked.document.text;
    let source = text.to_source(finding.range.clone());
    let words = text.source().get(source.clone()).unwrap_or_default();
    let ((line, column), (end_line, end_column)) =
        (locations.lines.place(source.start), locations.lines.place(source.end));
    let mut region = json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": locations.characters(source.start),
        "charLength": words.chars().count(),
        "snippet": { "text": words },
    });
    if checked.is_plain_text() {
        region["byteOffset"] = source.start.into();
        region["byteLength"] = source.len().into();
    }
    let artifact = json!({ "uri": uri(&checked.document.path) });
    let mut result = Map::new();
    result.insert("ruleId".into(), finding.rule.into());
    result.insert("ruleIndex".into(), RULES.iter().position(|rule| rule.name == finding.rule).into());
    result.insert("level".into(), level(finding.severity).into());
    result.insert("message".into(), json!({ "text": finding.message.in_lang(lang) }));
    if let Some(suggestion) = finding.suggestion.as_ref().filter(|_| checked.is_plain_text()) {
        let deleted = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": region["charOffset"], "charLength": region["charLength"],
            "byteOffset": region["byteOffset"], "byteLength": region["byteLength"],
        });
        let replacement = json!({ "deletedRegion": deleted, "insertedContent": { "text": suggestion } });
        let change = json!({ "artifactLocation": artifact, "replacements": [replacement] });
        let said = format!("{} {suggestion}", lang.pick("Viết lại:", "Write:"));
        result.insert("fixes".into(), json!([{ "description": { "text": said }, "artifactChanges": [change] }]));
    }
    let place = json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } });
    result.insert("locations".into(), json!([place]));
    result.insert(
        "properties".into(),
        json!({
            "asOf": checked.as_of.to_string(),
            "severity": glossary::severity(finding.severity, lang),
            "target": finding.target.as_ref().map(ToString::to_string),
            "suggestion": finding.suggestion,
            "safe": finding.safe,
            "basis": finding.basis.as_ref().map(|basis| basis.in_lang(lang)),
        }),
    );
    result
}

/// What a path keeps as it is in a URI: the unreserved characters of RFC 3986, and the slash.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What a path with a drive letter keeps.
const DRIVE_PATH: &AsciiSet = &PATH.remove(b':');

/// A path as a URI: relative where the path is, percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    let scheme = match path.starts_with('/') {
        _ if drive => "file:///",
        true => "file://",
        false => "",
    };
    let path = path.trim_start_matches("./");
    let encoded = utf8_percent_encode(path, if drive { DRIVE_PATH } else { PATH });
    format!("{scheme}{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("./kế hoạch.txt"), "k%E1%BA%BF%20ho%E1%BA%A1ch.txt");
        assert_eq!(uri("/a/b#c.txt"), "file:///a/b%23c.txt");
        assert_eq!(uri("C:\\a\\b.txt"), "file:///C:/a/b.txt");
    }

    #[test]
    fn a_rule_is_described_in_plain_words_and_in_markdown() {
        for rule in RULES {
            for lang in [Lang::Vi, Lang::En] {
                let said = describe(rule, lang);
                assert!(!said["fullDescription"]["text"].as_str().unwrap().is_empty(), "{}", rule.name);
                let text = said["help"]["text"].as_str().unwrap();
                assert!(!text.contains("```") && !text.contains("## "), "{text}");
            }
        }
    }
}
