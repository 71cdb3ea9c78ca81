//! What one run prints, document by document, and the exit code that it ends with.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use indicatif::ProgressBar;
use serde_json::Value;

use super::CheckFormat;
use super::document::{CheckRun, DocumentOutput, RenderedFindings};
use super::messages;
use crate::cli::output::nothing_to_read;
use crate::cli::{complain, note};
use crate::read::ReadError;
use crate::report::Tally;
use crate::report::json::FindingRecord;
use crate::report::terminal::TerminalPage;
use crate::report::terminal::findings;
use crate::report::{github, html, sarif};
use crate::text::Lang;

/// What is printed, and what is kept of it until the end.
pub struct CheckOutput {
    lang: Lang,
    format: CheckFormat,
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

impl CheckOutput {
    /// # Errors
    /// The file to write to cannot be made.
    pub fn new(output: Option<&Path>, bar: ProgressBar, run: &CheckRun<'_>) -> anyhow::Result<CheckOutput> {
        let out: Box<dyn Write> = match output {
            None => Box::new(anstream::AutoStream::auto(io::stdout().lock())),
            Some(path) => {
                let file = File::create(path).map_err(|error| unwritable(path, &error, run.lang))?;
                Box::new(io::BufWriter::new(anstream::StripStream::new(file)))
            }
        };
        Ok(CheckOutput {
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
    pub fn take(&mut self, document: DocumentOutput) -> io::Result<()> {
        let CheckOutput { bar, out, lang, .. } = self;
        bar.suspend(|| -> io::Result<()> {
            if !self.quiet {
                for notice in &document.notices {
                    anstream::eprintln!("{}: {notice}", lang.pick("lưu ý", "note"));
                }
            }
            if let Some(unwritten) = &document.unwritten {
                note(unwritten, *lang);
            }
            if let Some(failure) = &document.failure {
                complain(failure, *lang);
            }
            if let RenderedFindings::Text(text) = &document.piece {
                out.write_all(text)?;
            }
            match self.format {
                CheckFormat::Text => out.write_all(&document.copied),
                _ => anstream::stderr().write_all(&document.copied),
            }
        })?;
        self.failures += usize::from(document.failure.is_some());
        match document.piece {
            RenderedFindings::Text(_) => {}
            RenderedFindings::Records(records) => self.records.extend(records),
            RenderedFindings::Results(results) => self.results.extend(results),
            RenderedFindings::Html(sheet) => self.sheets.push(sheet),
        }
        self.files.push((document.path, document.tally));
        self.all.extend(document.all);
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
        if self.format == CheckFormat::Github {
            self.out.write_all(github::unreadable(&error, self.lang).as_bytes())?;
        }
        self.unreadable.push(error);
        Ok(())
    }

    /// Prints what belongs to the whole run, and writes the baseline.
    ///
    /// # Errors
    /// There was nothing to check, or something could not be written.
    pub fn end(mut self, run: &CheckRun<'_>, baseline: Option<&Path>) -> anyhow::Result<ExitCode> {
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
            CheckFormat::Text => {
                if self.files.len() > 1 {
                    findings::write_table(&mut TerminalPage::new(out, lang, run.width), &self.files)?;
                }
                writeln!(out, "{summary}")?;
            }
            CheckFormat::Json => json(out, &self.records)?,
            CheckFormat::Sarif => json(out, &sarif::log(self.results, &self.unreadable, day, lang))?,
            CheckFormat::Github => {
                if !self.quiet {
                    anstream::eprintln!("{summary}");
                }
            }
            CheckFormat::Html => {
                out.write_all(html::page(&self.sheets, &self.files, &self.unreadable, &run.setting)?.as_bytes())?;
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
    anyhow::anyhow!(messages::unwritable(path, error).in_lang(lang).to_owned())
}

fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    out.flush()
}
