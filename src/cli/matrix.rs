//! `danchieu matrix`: which documents of a folder cite which instruments.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::Global;
use super::answer;
use crate::library;
use crate::report::matrix;

/// Tabulate which documents of a folder cite which instruments
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder, or the beginning of file paths; without it, the whole library
    #[arg(value_name = "FOLDER", default_value = "", hide_default_value = true)]
    folder: String,
    /// How many columns: the instruments that most documents cite
    #[arg(long, value_name = "N", default_value_t = 20)]
    columns: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    #[default]
    Text,
    Csv,
    Json,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = answer::open(global)?;
    // A folder that is there is the one meant, however it was written.
    let there = Path::new(&args.folder).canonicalize().ok().filter(|_| !args.folder.is_empty());
    let folder = there.map_or(args.folder, |there| there.to_string_lossy().into_owned());
    let matrix =
        answer::ask(&library, lang, |store, register| library::matrix(store, register, &folder, args.columns))?;
    match args.format {
        Form::Json => answer::json(&matrix)?,
        Form::Csv => io::stdout().lock().write_all(&matrix::table(&matrix).csv(lang))?,
        Form::Text => answer::text(lang, |sheet| matrix::write(sheet, &matrix))?,
    }
    Ok(ExitCode::SUCCESS)
}
