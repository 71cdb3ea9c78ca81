//! `danchieu impact`: which documents rest on an instrument, and have to be revised once it ends.
//!
//! The library answers in `library::impact`. Files that are named are read here and looked through one by one.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;

use super::{Global, RegisterSource, complain, day, note, notices, open_library_or_register, output};
use crate::law::Date;
use crate::library::{self, AffectedDocument, Impact, ImpactTarget};
use crate::read::{Files, ReadError};
use crate::report::impact_csv;
use crate::report::terminal::impact;
use crate::text::Message;

/// List the documents that rest on an instrument: which plans have to be looked at now that it has ended
///
/// Of the library, or of the files and folders named, which are read now. CSV is for spreadsheets: UTF-8 with its mark.
///
/// Exit code: 0 answered, whether or not anything cites it, 1 NUMBER names no instrument or several, 2 a file could not
/// be read (the others count) or the program could not run.
#[derive(Debug, clap::Args)]
pub struct ImpactArgs {
    /// Number in any spelling, name, alias or id
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Files and folders to read now; without any, the library is asked
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: ImpactFormat,
    /// Day on which its force is told: YYYY-MM-DD or DD/MM/YYYY; today if not given
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum ImpactFormat {
    #[default]
    Text,
    Json,
    Csv,
}

pub fn run(args: ImpactArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let as_of = args.as_of.unwrap_or_else(library::today);
    let (impact, is_whole) = if args.paths.is_empty() {
        let library = output::open(global)?;
        let Some(id) = output::choose(&library, &args.number, lang)? else { return Ok(output::UNKNOWN.into()) };
        let impact = output::ask(&library, lang, |store, register| library::impact(store, register, &id, as_of))?;
        (impact, true)
    } else {
        let register = &open_library_or_register(global)?;
        let Some(target) = register.ask(lang, |register| ImpactTarget::parse(&args.number, register))? else {
            complain(not_one_instrument(&args.number).in_lang(lang), lang);
            return Ok(output::UNKNOWN.into());
        };
        let FilesRead { documents, notices, errors, count } = read_files(&args.paths, &target, register, global)?;
        for notice in &notices {
            note(notice, lang);
        }
        for error in &errors {
            complain(&error.message(lang), lang);
        }
        // "No document cites it" would be an answer, although nothing was looked at.
        if count == 0 {
            if errors.is_empty() {
                complain(output::nothing_to_read(lang), lang);
            }
            return Ok(ExitCode::from(2));
        }
        let instrument = register.ask(lang, |register| target.instrument(register, as_of))?;
        (Impact::new(instrument, as_of, documents), errors.is_empty())
    };
    match args.format {
        ImpactFormat::Text => output::text(lang, |page| impact::write(page, &impact))?,
        ImpactFormat::Json => output::json(&impact)?,
        ImpactFormat::Csv => {
            let mut out = io::stdout().lock();
            impact_csv::write(&mut out, &impact)?;
            out.flush()?;
        }
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn not_one_instrument(number: &str) -> Message {
    Message::new(
        format!("“{number}” không phải số, ký hiệu hay tên của một văn bản duy nhất."),
        format!("“{number}” is no number or name of one instrument."),
    )
}

/// What was found in files.
struct FilesRead {
    /// Those that cite the instrument.
    documents: Vec<AffectedDocument>,
    /// Remarks about the reading of all.
    notices: Vec<String>,
    errors: Vec<ReadError>,
    /// How many could be read.
    count: usize,
}

/// Looks through files for citations of the instrument.
///
/// # Errors
/// The register cannot be read.
fn read_files(
    paths: &[PathBuf],
    target: &ImpactTarget,
    register: &RegisterSource,
    global: &Global,
) -> anyhow::Result<FilesRead> {
    let (reading, lang) = (global.reading(), global.lang);
    let Files { found: files, passed, errors } = reading.files(paths);
    let read = |path: &PathBuf| {
        let document = match reading.read_file(path) {
            Ok(document) => document,
            Err(error) => return Ok(Err(error)),
        };
        let affected = register.ask(lang, |register| target.affected(&document, register))?;
        Ok(Ok((affected, notices(&document, lang))))
    };
    let answers: Vec<anyhow::Result<Result<_, ReadError>>> = files.par_iter().map(read).collect();
    let notices = passed.iter().map(|error| error.message(lang)).collect();
    let mut all = FilesRead { documents: Vec::new(), notices, errors, count: 0 };
    for answer in answers {
        match answer? {
            Ok((document, notices)) => {
                all.count += 1;
                all.documents.extend(document);
                all.notices.extend(notices);
            }
            Err(error) => all.errors.push(error),
        }
    }
    Ok(all)
}
