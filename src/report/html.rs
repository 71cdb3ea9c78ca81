//! The review sheet (phiếu rà soát): a self-contained page that prints on A4, to be signed and kept with the draft.
//! It says what is wrong and what to write, and as plainly what could not be verified, what passed, and what was never
//! looked at, since whoever signs answers for all of it.

use std::collections::{HashMap, HashSet};

use askama::Template;

use super::glossary;
use super::location::Location;
use super::tally::Tally;
use super::terminal::plain;
use crate::check::{self, CheckedDocument, CitationStatus, Finding, RULES, Rule, Severity, Status};
use crate::law::{Date, Instrument};
use crate::read::ReadError;
use crate::register::Register;
use crate::text::{Lang, Lines, one_line};

/// What all sheets of one run share.
#[derive(Debug, Clone)]
pub struct ReviewSetting {
    pub lang: Lang,
    /// The day on which the sheet is made.
    pub made: Date,
    instruments: usize,
    relations: usize,
    /// The latest day up to which the register's evidence reaches.
    evidence: Option<Date>,
}

impl ReviewSetting {
    pub fn new(register: &Register, made: Date, lang: Lang) -> ReviewSetting {
        let extent = register.extent();
        ReviewSetting {
            lang,
            made,
            instruments: extent.instruments,
            relations: extent.relations,
            evidence: extent.confirmed,
        }
    }

    fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(vi, en)
    }

    fn day(&self, day: &Date) -> String {
        glossary::date(*day, self.lang)
    }
}

/// A finding as a row of the table.
struct Row {
    place: String,
    heading: Option<String>,
    words: String,
    level: &'static str,
    class: &'static str,
    title: String,
    rule: &'static str,
    message: String,
    new: Option<String>,
    safe: bool,
    basis: String,
}

/// Citations of which the same is said, as one line.
struct Group {
    name: String,
    said: String,
    source: String,
    places: Vec<String>,
}

#[derive(Template)]
#[template(path = "review_sheet.html")]
struct SheetTemplate<'c> {
    set: &'c ReviewSetting,
    checked: &'c CheckedDocument,
    name: String,
    dated: Option<Date>,
    tally: Tally,
    rows: Vec<Row>,
    unverified: Vec<Group>,
    passed: Vec<Group>,
    accepted: Vec<(String, String, String)>,
    ran: String,
    off: String,
}

#[derive(Template)]
#[template(path = "review.html")]
struct PageTemplate<'c> {
    set: &'c ReviewSetting,
    files: &'c [(String, Tally)],
    unreadable: Vec<String>,
    sheets: &'c [String],
}

/// The sheet of one document, as a piece of a page.
///
/// # Errors
/// Those of the template, which do not happen with what it is given.
pub fn sheet(
    checked: &CheckedDocument,
    statuses: &[CitationStatus],
    set: &ReviewSetting,
) -> Result<String, askama::Error> {
    let lang = set.lang;
    let header = &checked.reading.header;
    let text = checked.document.text.as_str();
    let lines = Lines::new(text);
    let place = |offset: usize| Location::of(&checked.document, &lines, offset);
    let row = |finding: &Finding| row(finding, text, place(finding.range.start), lang);
    let name = [header.kind.clone(), header.number.as_ref().map(ToString::to_string), header.title.clone()];
    let name: Vec<String> = name.into_iter().flatten().map(|part| plain_line(&part)).collect();
    let accepted = checked.accepted.iter().map(|one| {
        let until = one.until.map_or(String::new(), |day| {
            format!(" ({} {})", lang.pick("đến hết ngày", "until"), glossary::date(day, lang))
        });
        let words = shortened(&plain_line(text.get(one.finding.range.clone()).unwrap_or_default()));
        (
            place(one.finding.range.start).describe(lang),
            words,
            format!("{}: {}{until}", glossary::fault(one.finding.rule, lang), one.reason),
        )
    });
    let is_off = |rule: &Rule| checked.off.iter().any(|off| off.name == rule.name);
    let titles = |off: bool| {
        let rules = RULES.iter().filter(|rule| is_off(rule) == off).map(|rule| glossary::fault(rule.name, lang));
        rules.collect::<Vec<_>>().join("; ")
    };
    SheetTemplate {
        set,
        checked,
        name: name.join(" "),
        dated: header.date,
        tally: Tally::of(checked),
        rows: checked.findings.iter().map(row).collect(),
        unverified: groups(checked, statuses, lang, &place, |verdict| {
            !matches!(verdict, Status::Faulty | Status::Passed)
        }),
        passed: groups(checked, statuses, lang, &place, |verdict| verdict == Status::Passed),
        accepted: accepted.collect(),
        ran: titles(false),
        off: titles(true),
    }
    .render()
}

/// The page that holds the sheets, with a table of the files where there are several.
///
/// # Errors
/// As [`sheet`].
pub fn page(
    sheets: &[String],
    files: &[(String, Tally)],
    unreadable: &[ReadError],
    set: &ReviewSetting,
) -> Result<String, askama::Error> {
    let unreadable = unreadable.iter().map(|error| error.message(set.lang)).collect();
    PageTemplate { set, files, unreadable, sheets }.render()
}

fn row(finding: &Finding, text: &str, place: Location, lang: Lang) -> Row {
    let basis = match (&finding.basis, check::rule(finding.rule)) {
        (Some(basis), _) => basis.in_lang(lang).to_owned(),
        (None, Some(rule)) => references(rule, lang),
        (None, None) => String::new(),
    };
    Row {
        place: place.describe(lang),
        heading: place.heading,
        words: shortened(&plain_line(text.get(finding.range.clone()).unwrap_or_default())),
        level: glossary::severity(finding.severity, lang),
        class: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        title: glossary::fault(finding.rule, lang),
        rule: finding.rule,
        message: finding.message.in_lang(lang).to_owned(),
        new: finding.suggestion.clone(),
        safe: finding.safe,
        basis,
    }
}

/// What a rule rests on: the last section of its page, up to its first sentence's end.
fn references(rule: &Rule, lang: Lang) -> String {
    let page = rule.page(lang);
    let section = page.rsplit("\n## ").next().and_then(|section| section.split_once('\n'));
    let text = section.map_or(String::new(), |(_, text)| plain_line(&text.replace('`', "")));
    text.split_once(". ").map_or(text.clone(), |(first, _)| format!("{first}."))
}

/// Citations whose verdict is asked for, those of the same instrument and verdict as one.
fn groups(
    checked: &CheckedDocument,
    statuses: &[CitationStatus],
    lang: Lang,
    place: &dyn Fn(usize) -> Location,
    wanted: impl Fn(Status) -> bool,
) -> Vec<Group> {
    let blamed: HashSet<_> = statuses
        .iter()
        .filter(|one| one.verdict == Status::Faulty)
        .filter_map(|one| checked.reading.citations[one.citation].target.clone())
        .chain(checked.accepted.iter().filter_map(|one| one.finding.target.clone()))
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<(Status, String), usize> = HashMap::new();
    for status in statuses.iter().filter(|one| wanted(one.verdict)) {
        let citation = &checked.reading.citations[status.citation];
        // That an instrument has ended is reported where it is first cited.
        if status.verdict == Status::Past && citation.target.as_ref().is_some_and(|key| blamed.contains(key)) {
            continue;
        }
        let range = citation.mention.range.clone();
        let words = shortened(&plain_line(checked.document.text.as_str().get(range.clone()).unwrap_or_default()));
        let key = (status.verdict, citation.id().map_or_else(|| words.clone(), |id| id.to_string()));
        let place = place(range.start).describe(lang);
        match known.get(&key).map(|at| &mut groups[*at]) {
            Some(group) if group.places.last() == Some(&place) => {}
            Some(group) => group.places.push(place),
            None => {
                known.insert(key, groups.len());
                groups.push(Group {
                    name: status.instrument.as_ref().map_or(words, name_of),
                    said: said(status, checked.as_of, lang),
                    source: status.instrument.as_ref().map_or(String::new(), |row| source(row, lang)),
                    places: vec![place],
                });
            }
        }
    }
    groups
}

/// What is said of a citation without a finding.
fn said(status: &CitationStatus, as_of: Date, lang: Lang) -> String {
    let force = || {
        let force = status.instrument.as_ref().map(|row| row.force_on(as_of)).unwrap_or_default();
        glossary::force(force, lang)
    };
    match status.verdict {
        Status::Passed => force().to_owned(),
        Status::Faulty => String::new(),
        Status::Unresolved => lang
            .pick("không xác định được viện dẫn văn bản nào", "it cannot be told which instrument is meant")
            .to_owned(),
        Status::Unregistered => lang
            .pick(
                "chưa có trong sổ đăng ký: chưa kiểm tra được hiệu lực",
                "not in the register: its force was not checked",
            )
            .to_owned(),
        Status::ForceUnknown => lang
            .pick(
                "sổ đăng ký chưa xác định được hiệu lực vào ngày này",
                "the register cannot tell its force on this day",
            )
            .to_owned(),
        Status::InPart => lang
            .pick(
                "hết hiệu lực một phần: đối chiếu điều, khoản được viện dẫn",
                "in force in part: compare the provisions cited",
            )
            .to_owned(),
        Status::Unsure => lang
            .pick("còn hiệu lực, nhưng thông tin chưa chắc chắn", "in force, but what is known of it is unsure")
            .to_owned(),
        Status::Past => match lang {
            Lang::Vi => format!("{} vào ngày này; câu văn không dựa vào văn bản này mà chỉ nhắc đến", force()),
            Lang::En => format!("{} on this day; the text mentions it and does not rest on it", force()),
        },
    }
}

fn name_of(row: &Instrument) -> String {
    match &row.number {
        Some(number) => format!("{} {number}", row.kind).trim().to_owned(),
        None => row.title.clone(),
    }
}

fn source(row: &Instrument, lang: Lang) -> String {
    let mut out = glossary::source(&row.source, lang);
    out.push_str(&format!("; {}", glossary::confidence(row.confidence, lang)));
    if let Some(day) = row.force_as_of {
        out.push_str(&format!("; {} {}", lang.pick("cập nhật đến", "as known on"), glossary::date(day, lang)));
    }
    out.trim_start_matches("; ").to_owned()
}

/// The longest words of a draft that a cell holds, in characters.
const LONGEST: usize = 600;

/// Words cut to what a cell holds: a citation may drag a title of megabytes behind it.
fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

/// The text on one line, without what a terminal or a browser would act on.
fn plain_line(text: &str) -> String {
    one_line(&plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_a_cell() {
        assert_eq!(shortened("số 33"), "số 33");
        assert_eq!(shortened(&"số 33; ".repeat(LONGEST)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn every_rule_has_a_basis_of_its_own() {
        for rule in RULES {
            for lang in [Lang::Vi, Lang::En] {
                let basis = references(rule, lang);
                assert!(basis.len() > 10 && !basis.contains('#'), "{}: {basis}", rule.name);
            }
        }
    }
}
