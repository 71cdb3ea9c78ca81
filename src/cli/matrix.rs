//! `danchieu matrix`: which documents of a folder cite which instruments.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::Global;
use super::output;
use crate::library;
use crate::report::terminal::matrix;

/// Tabulate which documents of a folder cite which instruments
#[derive(Debug, clap::Args)]
pub struct MatrixArgs {
    /// Folder, or the beginning of file paths; without it, the whole library
    #[arg(value_name = "FOLDER", default_value = "", hide_default_value = true)]
    folder: String,
    /// How many columns: the instruments that most documents cite
    #[arg(long, value_name = "N", default_value_t = 20)]
    columns: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: MatrixFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum MatrixFormat {
    #[default]
    Text,
    Csv,
    Json,
}

pub fn run(args: MatrixArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = output::open(global)?;
    // A folder that is there is the one meant, however it was written.
    let there = Path::new(&args.folder).canonicalize().ok().filter(|_| !args.folder.is_empty());
    let folder = there.map_or(args.folder, |there| there.to_string_lossy().into_owned());
    let matrix =
        output::ask(&library, lang, |store, register| library::matrix(store, register, &folder, args.columns))?;
    match args.format {
        MatrixFormat::Json => output::json(&matrix)?,
        MatrixFormat::Csv => io::stdout().lock().write_all(&matrix::table(&matrix).csv(lang))?,
        MatrixFormat::Text => output::text(lang, |sheet| matrix::write(sheet, &matrix))?,
    }
    Ok(ExitCode::SUCCESS)
}
