//! What one run prints, document by document, and the exit code that it ends with.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use indicatif::ProgressBar;
use serde_json::Value;

use super::Format;
use super::one::{Piece, Run, Sheet};
use crate::cli::answer::nothing_to_read;
use crate::cli::{complain, note};
use crate::read::ReadError;
use crate::report::findings::{self, Tally};
use crate::report::record::FindingRecord;
use crate::report::terminal::Sheet as Page;
use crate::report::{github, review, sarif};
use crate::text::{Lang, system_words};

/// What is printed, and what is kept of it until the end.
pub struct Answer {
    lang: Lang,
    format: Format,
    quiet: bool,
    bar: ProgressBar,
    out: Box<dyn Write>,
    files: Vec<(String, Tally)>,
    unreadable: Vec<ReadError>,
    /// Copies that could not be written.
    failures: usize,
    records: Vec<FindingRecord>,
    results: Vec<Value>,
    sheets: Vec<String>,
    all: Vec<FindingRecord>,
}

impl Answer {
    /// # Errors
    /// The file to write to cannot be made.
    pub fn new(output: Option<&Path>, bar: ProgressBar, run: &Run<'_>) -> anyhow::Result<Answer> {
        let out: Box<dyn Write> = match output {
            None => Box::new(anstream::AutoStream::auto(io::stdout().lock())),
            Some(path) => {
                let file = File::create(path).map_err(|error| unwritable(path, &error, run.lang))?;
                Box::new(io::BufWriter::new(anstream::StripStream::new(file)))
            }
        };
        Ok(Answer {
            lang: run.lang,
            format: run.format,
            quiet: run.quiet,
            bar,
            out,
            files: Vec::new(),
            unreadable: Vec::new(),
            failures: 0,
            records: Vec::new(),
            results: Vec::new(),
            sheets: Vec::new(),
            all: Vec::new(),
        })
    }

    /// Prints or keeps the answer about one document.
    ///
    /// # Errors
    /// Those of the stream written to.
    pub fn take(&mut self, sheet: Sheet) -> io::Result<()> {
        let Answer { bar, out, lang, .. } = self;
        bar.suspend(|| -> io::Result<()> {
            if !self.quiet {
                for notice in &sheet.notices {
                    anstream::eprintln!("{}: {notice}", lang.pick("lưu ý", "note"));
                }
            }
            if let Some(unwritten) = &sheet.unwritten {
                note(unwritten, *lang);
            }
            if let Some(failure) = &sheet.failure {
                complain(failure, *lang);
            }
            if let Piece::Text(text) = &sheet.piece {
                out.write_all(text)?;
            }
            match self.format {
                Format::Text => out.write_all(&sheet.copied),
                _ => anstream::stderr().write_all(&sheet.copied),
            }
        })?;
        self.failures += usize::from(sheet.failure.is_some());
        match sheet.piece {
            Piece::Text(_) => {}
            Piece::Records(records) => self.records.extend(records),
            Piece::Results(results) => self.results.extend(results),
            Piece::Html(sheet) => self.sheets.push(sheet),
        }
        self.files.push((sheet.path, sheet.tally));
        self.all.extend(sheet.all);
        Ok(())
    }

    /// A remark that belongs to no document.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.bar.suspend(|| note(message, self.lang));
        }
    }

    /// Tells of a file that could not be read.
    ///
    /// # Errors
    /// Those of the stream written to.
    pub fn unreadable(&mut self, error: ReadError) -> io::Result<()> {
        self.bar.suspend(|| complain(&error.message(self.lang), self.lang));
        if self.format == Format::Github {
            self.out.write_all(github::unreadable(&error, self.lang).as_bytes())?;
        }
        self.unreadable.push(error);
        Ok(())
    }

    /// Prints what belongs to the whole run, and writes the baseline.
    ///
    /// # Errors
    /// There was nothing to check, or something could not be written.
    pub fn end(mut self, run: &Run<'_>, baseline: Option<&Path>) -> anyhow::Result<ExitCode> {
        let lang = self.lang;
        let mut tally = Tally { unreadable: self.unreadable.len(), ..Tally::default() };
        self.files.iter().for_each(|(_, one)| tally.merge(one));
        if tally.files + tally.unreadable == 0 {
            anyhow::bail!(nothing_to_read(lang));
        }
        let day = run.request.common_day();
        let summary = tally.summary(day, lang);
        let out = &mut self.out;
        match self.format {
            Format::Text => {
                if self.files.len() > 1 {
                    findings::write_table(&mut Page::new(out, lang, run.width), &self.files)?;
                }
                writeln!(out, "{summary}")?;
            }
            Format::Json => json(out, &self.records)?,
            Format::Sarif => json(out, &sarif::log(self.results, &self.unreadable, day, lang))?,
            Format::Github => {
                if !self.quiet {
                    anstream::eprintln!("{summary}");
                }
            }
            Format::Html => {
                out.write_all(review::page(&self.sheets, &self.files, &self.unreadable, &run.setting)?.as_bytes())?;
            }
        }
        out.flush()?;
        if let Some(path) = baseline {
            let written = File::create(path).and_then(|file| json(&mut io::BufWriter::new(file), &self.all));
            written.map_err(|error| unwritable(path, &error, lang))?;
        }
        let could_not = tally.unreadable + self.failures > 0;
        Ok(match (could_not, tally.errors + tally.warnings) {
            (true, _) => ExitCode::from(2),
            (false, 0) => ExitCode::SUCCESS,
            (false, _) => ExitCode::from(1),
        })
    }
}

fn unwritable(path: &Path, error: &io::Error, lang: Lang) -> anyhow::Error {
    let (path, words) = (path.display(), system_words(error, lang));
    match lang {
        Lang::Vi => anyhow::anyhow!("{path}: không ghi được ({words})"),
        Lang::En => anyhow::anyhow!("{path}: cannot be written ({words})"),
    }
}

fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    out.flush()
}
