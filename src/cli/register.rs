//! `danchieu register`: what the register holds, what is wrong in it, what a dump adds to it, and its rows as files.

mod export;
mod import;
mod lint;

use std::process::ExitCode;

use super::answer::{self, Format};
use super::{Global, complain};
use crate::library::{register_folders, today};
use crate::register::Register;
use crate::report::summary::Summary;
use crate::text::{Lang, counted};

/// Count what the register holds; look it over, add dumps of legal databases to it, write it out
///
/// Exit code: 0 every row was read, 1 rows were left out, 2 a table could not be read.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    stats: Stats,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Stats(Stats),
    Lint(lint::Args),
    Import(import::Args),
    Export(export::Args),
}

/// Count what the register holds and name the rows that cannot be read
///
/// By kind, force, confidence, decade of issue, and the month of last confirmation.
///
/// Exit code: 0 every row was read, 1 rows were left out, 2 a table could not be read.
#[derive(Debug, clap::Args)]
struct Stats {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    match args.what {
        None => stats(&args.stats, global),
        Some(What::Stats(args)) => stats(&args, global),
        Some(What::Lint(args)) => lint::run(&args, global),
        Some(What::Import(args)) => import::run(args, global),
        Some(What::Export(args)) => export::run(&args, global),
    }
}

fn stats(args: &Stats, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let folders = register_folders(&global.library, global.register.as_deref());
    let (register, problems) = Register::open(&folders).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
    let summary = Summary::new(&register, &problems, today(), lang);
    match args.format {
        Format::Json => answer::json(&summary)?,
        Format::Text => {
            answer::text(lang, |sheet| summary.write(sheet))?;
            for problem in &problems {
                complain(&problem.message(lang), lang);
            }
        }
    }
    if problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let count = problems.len();
    complain(
        &match lang {
            Lang::Vi => format!("{count} dòng của sổ đăng ký không đọc được và bị bỏ qua; các dòng khác vẫn dùng được"),
            Lang::En => format!("{} of the register left out as unreadable; the others count", counted(count, "row")),
        },
        lang,
    );
    Ok(ExitCode::from(1))
}
