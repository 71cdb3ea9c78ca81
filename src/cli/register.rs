//! `danchieu register`: what the register holds, what is wrong in it, what a dump adds to it, and its rows as files.

mod export;
mod import;
mod lint;

use std::process::ExitCode;

use super::output::{self, AnswerFormat};
use super::{Global, complain};
use crate::library::{register_folders, today};
use crate::register::Register;
use crate::report::terminal::summary::Summary;
use crate::text::{Lang, counted};

/// Count what the register holds; look it over, add dumps of legal databases to it, write it out
///
/// Exit code: 0 every row was read, 1 rows were left out, 2 a table could not be read.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct RegisterArgs {
    #[command(subcommand)]
    what: Option<RegisterQuestion>,
    #[command(flatten)]
    stats: StatsArgs,
}

#[derive(Debug, clap::Subcommand)]
enum RegisterQuestion {
    Stats(StatsArgs),
    Lint(lint::LintArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
}

/// Count what the register holds and name the rows that cannot be read
///
/// By kind, force, confidence, decade of issue, and the month of last confirmation.
///
/// Exit code: 0 every row was read, 1 rows were left out, 2 a table could not be read.
#[derive(Debug, clap::Args)]
struct StatsArgs {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

pub fn run(args: RegisterArgs, global: &Global) -> anyhow::Result<ExitCode> {
    match args.what {
        None => stats(&args.stats, global),
        Some(RegisterQuestion::Stats(args)) => stats(&args, global),
        Some(RegisterQuestion::Lint(args)) => lint::run(&args, global),
        Some(RegisterQuestion::Import(args)) => import::run(args, global),
        Some(RegisterQuestion::Export(args)) => export::run(&args, global),
    }
}

fn stats(args: &StatsArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let folders = register_folders(&global.library, global.register.as_deref());
    let (register, problems) = Register::open(&folders).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
    let summary = Summary::new(&register, &problems, today(), lang);
    match args.format {
        AnswerFormat::Json => output::json(&summary)?,
        AnswerFormat::Text => {
            output::text(lang, |sheet| summary.write(sheet))?;
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
