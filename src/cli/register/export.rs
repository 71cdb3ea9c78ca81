//! `danchieu register export`: the rows of the register as files.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::cli::{Global, complain};
use crate::library::register_folders;
use crate::register::{Register, export};
use crate::text::Lang;

/// Write the register, with what was imported, as a folder of tables or as one JSON object per line
///
/// A folder of tables can be used as it is: --register DIR.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Form of the export
    #[arg(long, value_enum, default_value_t)]
    format: ExportFormat,
    /// Folder (csv; new or empty) or file (jsonl) to write to; without it, jsonl goes to standard output
    #[arg(long, short, value_name = "PATH", required_if_eq("format", "csv"))]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    Csv,
    #[default]
    Jsonl,
}

pub fn run(args: &ExportArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let folders = register_folders(&global.library, global.register.as_deref());
    let (register, problems) = Register::open(&folders).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
    for problem in &problems {
        complain(&problem.message(lang), lang);
    }
    let shown = |path: &PathBuf| match lang {
        Lang::Vi => format!("không ghi được {}", path.display()),
        Lang::En => format!("cannot write {}", path.display()),
    };
    match (args.format, &args.output) {
        (ExportFormat::Csv, Some(dir)) => {
            if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
                match lang {
                    Lang::Vi => anyhow::bail!("thư mục {} không rỗng; hãy chọn thư mục khác", dir.display()),
                    Lang::En => anyhow::bail!("the folder {} is not empty; choose another one", dir.display()),
                }
            }
            export::to_folder(&register, &folders, dir).with_context(|| shown(dir))?;
        }
        (_, Some(file)) => {
            let mut out = BufWriter::new(fs::File::create(file).with_context(|| shown(file))?);
            export::to_lines(&register, &mut out).and_then(|()| out.flush()).with_context(|| shown(file))?;
        }
        (_, None) => {
            let mut out = BufWriter::new(io::stdout().lock());
            export::to_lines(&register, &mut out)?;
            out.flush()?;
        }
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
