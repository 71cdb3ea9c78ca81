//! `danchieu extract`: every citation of files, folders or standard input, one JSON line each.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use rayon::prelude::*;

use super::{BATCH, Global, batches, complain, from_stdin, note, notices, open_register};
use crate::read::{self, Document, Files, ReadError};
use crate::register::Register;
use crate::report::json::{CitationRecord, citations};
use crate::text::{Lang, one_line};

/// Find and normalise the citations of files, folders or standard input
#[derive(Debug, clap::Args)]
pub struct ExtractArgs {
    /// Files and folders to read; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print: a JSON object per line, or text for people
    #[arg(long, value_enum, default_value_t = ExtractFormat::Jsonl)]
    format: ExtractFormat,
    /// What standard input holds: one text, or lines of {"id", "text"}
    #[arg(long, value_enum, default_value_t = Input::Text)]
    input: Input,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    Jsonl,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    Text,
    Jsonl,
}

/// One line of `--input jsonl`.
#[derive(serde::Deserialize)]
struct Line {
    id: Id,
    text: String,
}

/// Data engines number their rows as often as they name them.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Id {
    Name(String),
    Number(i64),
}

impl Id {
    fn into_path(self) -> String {
        match self {
            Id::Name(name) => name,
            Id::Number(number) => number.to_string(),
        }
    }
}

/// How many bytes of documents are read at a time.
const BATCH_BYTES: u64 = 16 << 20;

pub fn run(args: ExtractArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let register = open_register(global)?;
    let extractor =
        Extractor { register: &register, format: args.format, lang: global.lang, reading: global.reading() };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = false;
    let stdin = std::path::Path::new("-");
    let (piped, paths): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.into_iter().partition(|path| path == stdin);
    if !piped.is_empty() {
        failed |= match args.input {
            Input::Text => extractor.stdin_text(&mut out)?,
            Input::Jsonl => extractor.stdin_lines(&mut out)?,
        };
    }
    let reading = global.reading();
    let Files { found: files, passed, errors } = reading.files(&paths);
    for error in passed {
        note(&error.message(global.lang), global.lang);
    }
    for error in errors {
        complain(&error.message(global.lang), global.lang);
        failed = true;
    }
    for batch in batches(&files, BATCH_BYTES, |path| path) {
        let read = |path: &PathBuf| {
            let document = reading.read_file(path)?;
            Ok::<_, ReadError>((extractor.print(&document), notices(&document, global.lang)))
        };
        let printed: Vec<_> = batch.par_iter().map(read).collect();
        for result in printed {
            match result {
                Ok((bytes, notices)) => {
                    for notice in notices {
                        note(&notice, global.lang);
                    }
                    out.write_all(&bytes)?;
                }
                Err(error) => {
                    complain(&error.message(global.lang), global.lang);
                    failed = true;
                }
            }
        }
    }
    out.flush()?;
    Ok(if failed { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

struct Extractor<'r> {
    register: &'r Register,
    format: ExtractFormat,
    lang: Lang,
    reading: read::Options,
}

impl Extractor<'_> {
    fn print(&self, document: &Document) -> Vec<u8> {
        let reading = crate::cite::read(document, self.register);
        let mut out = Vec::new();
        for citation in citations(document, &reading) {
            let line = match self.format {
                ExtractFormat::Jsonl => serde_json::to_string(&citation).unwrap_or_default(),
                ExtractFormat::Text => self.line(&citation),
            };
            out.extend_from_slice(line.as_bytes());
            out.push(b'\n');
        }
        out
    }

    /// A citation for people: where, the words, what they mean.
    fn line(&self, citation: &CitationRecord) -> String {
        let words = one_line(&citation.text);
        let meaning =
            citation.target.as_deref().or(citation.id.as_deref()).unwrap_or(self.lang.pick("chưa rõ", "unresolved"));
        format!("{}:{}\t{words}\t{meaning}", citation.path, citation.start)
    }

    /// Standard input as one document. Whether it could not be read.
    fn stdin_text(&self, out: &mut impl Write) -> anyhow::Result<bool> {
        match from_stdin(self.reading)? {
            Ok(document) => {
                for notice in notices(&document, self.lang) {
                    note(&notice, self.lang);
                }
                out.write_all(&self.print(&document))?;
                Ok(false)
            }
            Err(error) => {
                complain(&error.message(self.lang), self.lang);
                Ok(true)
            }
        }
    }

    /// Standard input as lines of `{"id", "text"}`, answered in input order. A bad line is reported by its number
    /// and the rest goes on. Whether any was bad.
    fn stdin_lines(&self, out: &mut impl Write) -> anyhow::Result<bool> {
        let mut failed = false;
        let mut lines = std::io::stdin().lock().split(b'\n').enumerate();
        loop {
            let batch: Vec<(usize, Vec<u8>)> =
                lines.by_ref().take(BATCH).map(|(at, line)| Ok((at + 1, line?))).collect::<std::io::Result<_>>()?;
            if batch.is_empty() {
                return Ok(failed);
            }
            let read = |(number, line): &(usize, Vec<u8>)| {
                if line.iter().all(u8::is_ascii_whitespace) {
                    return Ok(Vec::new());
                }
                match serde_json::from_slice::<Line>(line) {
                    Ok(line) => Ok(self.print(&Document::from_text(line.id.into_path(), line.text))),
                    Err(error) => Err(match self.lang {
                        Lang::Vi => format!(
                            "dòng {number}: không phải một đối tượng JSON có id và text (từ ký tự thứ {})",
                            error.column()
                        ),
                        Lang::En => format!("line {number}: {error}"),
                    }),
                }
            };
            let printed: Vec<Result<Vec<u8>, String>> = batch.par_iter().map(read).collect();
            for result in printed {
                match result {
                    Ok(bytes) => out.write_all(&bytes)?,
                    Err(message) => {
                        complain(&message, self.lang);
                        failed = true;
                    }
                }
            }
        }
    }
}
