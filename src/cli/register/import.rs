//! `danchieu register import`: joins dumps of legal databases to the register of a library.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::cli::output::{self, AnswerFormat};
use crate::cli::{Global, day, index};
use crate::law::Date;
use crate::library::{IndexOptions, imported_folder, register_folders};
use crate::register::import::{Column, Import, ImportOptions, Prefer, parse_pair};
use crate::report::terminal::import as report;
use crate::text::{Lang, counted};

/// Add dumps of legal databases (CSV, or one JSON object per line) to the register of the library
///
/// Columns are recognised by their names, Vietnamese or English, unless --map names them. What is missing is
/// added, what is known is confirmed; what differs is listed and stays as it is unless --prefer imported. Importing a
/// file again changes nothing. Lines that cannot be read are named and the rest goes on. The rows are written to
/// register/ in the library, beside your own tables, and the index is brought up to date.
///
/// Exit code: 0 everything was taken, 1 lines were left out or facts differ, 2 a file could not be read.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Files to import
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Columns of the file: number=so_ky_hieu,title=trich_yeu
    #[arg(long, value_name = "OURS=THEIRS", value_delimiter = ',', value_parser = parse_pair)]
    map: Vec<(Column, String)>,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Whose fact counts where the file and the register differ
    #[arg(long, value_enum, default_value_t)]
    prefer: Preferred,
    /// What the source of the facts is called; without it, the file's own column, else its name
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Day on which the facts were confirmed: YYYY-MM-DD or DD/MM/YYYY
    #[arg(long, value_name = "DAY", value_parser = day)]
    confirmed: Option<Date>,
    /// Leave the index as it is: the next index run takes the rows up
    #[arg(long)]
    no_index: bool,
    /// How many entries of each list to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Preferred {
    #[default]
    Existing,
    Imported,
}

pub fn run(args: ImportArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let started = Instant::now();
    let told = |error: crate::register::import::ImportError| anyhow::anyhow!(error.message(lang));
    let folders = register_folders(&global.library, global.register.as_deref());
    let options = ImportOptions {
        map: args.map,
        source: args.source,
        confirmed: args.confirmed,
        prefer: if args.prefer == Preferred::Imported { Prefer::Imported } else { Prefer::Existing },
    };
    let mut import = Import::open(&folders).map_err(told)?;
    let mut whole = true;
    let mut changed = false;
    let mut records = Vec::new();
    for file in &args.files {
        let found = import.file(file, &options).map_err(told)?;
        whole &= found.problems.is_empty() && found.conflicts.is_empty();
        changed |= !found.added.is_empty() || !found.changed.is_empty();
        match args.format {
            AnswerFormat::Text => {
                output::text(lang, |sheet| report::write(sheet, file, &found, args.dry_run, args.limit))?;
            }
            AnswerFormat::Json => records.push(report::record(file, &found, args.dry_run, args.limit, lang)),
        }
    }
    if args.format == AnswerFormat::Json {
        output::json(&records)?;
    }
    if args.dry_run {
        return Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    let folder = imported_folder(&global.library);
    if changed {
        import.write(&folder).map_err(told)?;
        drop(import);
        let seconds = started.elapsed().as_secs_f64();
        let shown = folder.display();
        match lang {
            Lang::Vi => anstream::eprintln!("Đã ghi vào {shown} ({seconds:.1} giây)."),
            Lang::En => anstream::eprintln!("Written to {shown} ({seconds:.1} s)."),
        }
        if !args.no_index {
            let started = Instant::now();
            let options = IndexOptions {
                library: global.library.clone(),
                register: global.register.clone(),
                ..IndexOptions::default()
            };
            let report = index::make(&options, lang).map_err(|error| output::user_error(&error, lang))?;
            index::tell(&report, lang);
            let (instruments, seconds) = (report.instruments, started.elapsed().as_secs_f64());
            match lang {
                Lang::Vi => {
                    anstream::eprintln!("Chỉ mục có {instruments} văn bản trong sổ đăng ký ({seconds:.1} giây).");
                }
                Lang::En => anstream::eprintln!(
                    "The index holds {} of the register ({seconds:.1} s).",
                    counted(instruments, "instrument")
                ),
            }
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
