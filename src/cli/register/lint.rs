//! `danchieu register lint`: what in the tables cannot be right.

use std::process::ExitCode;

use crate::cli::Global;
use crate::cli::output::{self, AnswerFormat};
use crate::library::{register_folders, today};
use crate::register::lint::{Level, lint};
use crate::report::terminal::lint as report;

/// Look the register's tables over: dates, years, kinds, agencies, doubles, relations that contradict rows, rings
///
/// Exit code: 0 nothing that cannot be right, 1 findings of level error, 2 a table could not be read.
#[derive(Debug, clap::Args)]
pub struct LintArgs {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
    /// Show notes too: gaps that may be no fault
    #[arg(long)]
    notes: bool,
}

pub fn run(args: &LintArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let folders = register_folders(&global.library, global.register.as_deref());
    let found = lint(&folders, today()).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
    match args.format {
        AnswerFormat::Json => output::json(&report::records(&found, args.notes, lang))?,
        AnswerFormat::Text => output::text(lang, |sheet| report::write(sheet, &found, args.notes))?,
    }
    let errors = found.iter().any(|finding| finding.fault.level == Level::Error);
    Ok(if errors { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
