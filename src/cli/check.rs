//! `danchieu check`: what can be said against the citations of drafts.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::answer::{Format, width};
use super::{Global, complain, open_register};
use crate::base::{self, Base};
use crate::cite::{self, MentionKind, Reading};
use crate::law::{Date, parse_day};
use crate::read::{self, Document, ReadError};
use crate::register::Register;
use crate::report::findings::{self, Tally};
use crate::report::record::{self, FindingRecord};
use crate::report::terminal::Sheet as Page;
use crate::text::Lang;

/// Check the citations in files: which are ended, replaced, not yet in force, unknown or wrongly written
///
/// Exit code: 0 nothing wrong was found (notes apart), 1 errors or warnings were found, 2 a file could not be read
/// (the others are checked all the same) or the check could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check; - reads text from standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Day of the check: today, document (each document's own date), YYYY-MM-DD or DD/MM/YYYY
    #[arg(long, value_name = "DAY", default_value = "today", value_parser = as_of)]
    as_of: AsOf,
}

/// The day as of which instruments are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AsOf {
    Today,
    /// Each document's own date.
    Document,
    Day(Date),
}

fn as_of(text: &str) -> Result<AsOf, String> {
    match text {
        "today" => Ok(AsOf::Today),
        "document" => Ok(AsOf::Document),
        _ => parse_day(text).map(AsOf::Day).ok_or_else(|| "today | document | YYYY-MM-DD | DD/MM/YYYY".to_owned()),
    }
}

/// How many documents are read at a time: bounds the memory however many there are.
const BATCH: usize = 64;

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    // The tables that the library was made from, where there is one; the check needs nothing else of it.
    let base = Base::open(&global.library, global.register.as_deref()).ok();
    let (loaded, joined);
    let register = match &base {
        Some(base) => {
            joined = base.register();
            &joined
        }
        None => {
            loaded = open_register(global)?;
            &loaded
        }
    };
    for problem in base.iter().flat_map(Base::problems) {
        complain(&problem.message(lang), lang);
    }
    let run = Run { register, format: args.format, as_of: args.as_of, today: base::today(), lang, width: width() };

    let (stdin, named): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.into_iter().partition(|path| path == Path::new("-"));
    let (files, errors) = read::files(&named);
    let mut answer = Answer {
        lang,
        tally: Tally::default(),
        records: Vec::new(),
        out: anstream::AutoStream::auto(io::stdout().lock()),
    };
    for error in errors {
        answer.take(Err(error))?;
    }
    if !stdin.is_empty() {
        answer.take(from_stdin()?.map(|document| run.sheet(&document)))?;
    }
    for batch in files.chunks(BATCH) {
        let read = |path: &PathBuf| read::read_file(path).map(|document| run.sheet(&document));
        let sheets: Vec<_> = batch.par_iter().map(read).collect();
        for sheet in sheets {
            answer.take(sheet)?;
        }
    }
    answer.end(&run)
}

/// What is printed, sheet by sheet.
struct Answer {
    lang: Lang,
    tally: Tally,
    records: Vec<FindingRecord>,
    out: anstream::AutoStream<io::StdoutLock<'static>>,
}

impl Answer {
    fn take(&mut self, sheet: Result<Sheet, ReadError>) -> io::Result<()> {
        match sheet {
            Ok(sheet) => {
                self.tally.merge(&sheet.tally);
                self.records.extend(sheet.records);
                if let Some(notice) = sheet.notice {
                    anstream::eprintln!("{}: {notice}", self.lang.pick("lưu ý", "note"));
                }
                self.out.write_all(&sheet.text)
            }
            Err(error) => {
                self.tally.unreadable += 1;
                complain(&error.message(self.lang), self.lang);
                Ok(())
            }
        }
    }

    fn end(mut self, run: &Run<'_>) -> anyhow::Result<ExitCode> {
        let tally = self.tally;
        if tally.files + tally.unreadable == 0 {
            anyhow::bail!(self.lang.pick(
                "không có tệp nào để kiểm tra: các thư mục này không có tệp .txt, .md, .html, .docx hoặc .pdf",
                "there is nothing to check: these folders hold no .txt, .md, .html, .docx or .pdf file",
            ));
        }
        match run.format {
            Format::Text => writeln!(self.out, "{}", tally.summary(run.day_of_all(), self.lang))?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut self.out, &self.records)?;
                writeln!(self.out)?;
            }
        }
        self.out.flush()?;
        Ok(match tally {
            Tally { unreadable: 1.., .. } => ExitCode::from(2),
            Tally { errors: 0, warnings: 0, .. } => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        })
    }
}

/// What all documents of one run are checked with.
struct Run<'r> {
    register: &'r Register,
    format: Format,
    as_of: AsOf,
    today: Date,
    lang: Lang,
    width: usize,
}

/// The answer about one document, written in the form asked for.
struct Sheet {
    tally: Tally,
    text: Vec<u8>,
    records: Vec<FindingRecord>,
    notice: Option<String>,
}

impl Run<'_> {
    fn sheet(&self, document: &Document) -> Sheet {
        let reading = cite::read(document, self.register);
        let (as_of, notice) = self.day_of(document, &reading);
        let found = crate::check::check(document, &reading, self.register, as_of);
        let citations = reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own).count();
        let mut sheet = Sheet { tally: Tally::default(), text: Vec::new(), records: Vec::new(), notice };
        sheet.tally.add(citations, &found);
        match self.format {
            Format::Text => {
                let mut page = Page::new(&mut sheet.text, self.lang, self.width);
                // Writing to memory does not fail.
                drop(findings::write(&mut page, document, &found));
            }
            Format::Json => sheet.records = record::findings(document, &found, self.lang),
        }
        sheet
    }

    /// The day for one document, and what the user should know about it.
    fn day_of(&self, document: &Document, reading: &Reading) -> (Date, Option<String>) {
        match (self.as_of, reading.header.date) {
            (AsOf::Today, _) => (self.today, None),
            (AsOf::Day(day), _) => (day, None),
            (AsOf::Document, Some(day)) => (day, None),
            (AsOf::Document, None) => {
                let path = &document.path;
                let notice = match self.lang {
                    Lang::Vi => format!("{path}: tài liệu không ghi ngày ban hành; kiểm tra tính đến hôm nay"),
                    Lang::En => format!("{path}: the document states no date of issue; checked as of today"),
                };
                (self.today, Some(notice))
            }
        }
    }

    /// The one day of the run, if there is one.
    fn day_of_all(&self) -> Option<Date> {
        match self.as_of {
            AsOf::Today => Some(self.today),
            AsOf::Day(day) => Some(day),
            AsOf::Document => None,
        }
    }
}

/// The text on standard input, as a document of the path `-`.
fn from_stdin() -> io::Result<Result<Document, ReadError>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(read::MAX_FILE + 1).read_to_end(&mut bytes)?;
    Ok(read::read_bytes("-.txt", bytes).map(|document| Document { path: "-".to_owned(), ..document }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_read_as_people_type_it() {
        assert_eq!(as_of("today"), Ok(AsOf::Today));
        assert_eq!(as_of("document"), Ok(AsOf::Document));
        assert_eq!(as_of("26/01/2024"), as_of("2024-01-26"));
        assert!(as_of("hôm nay").is_err());
    }
}
