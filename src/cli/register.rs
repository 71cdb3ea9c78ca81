//! `danchieu register`: what the register holds, and which of its rows cannot be read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::answer::{self, Format};
use super::{Global, complain};
use crate::base::today;
use crate::register::Register;
use crate::report::summary::Summary;
use crate::text::Lang;

/// Count what the register holds and name the rows that cannot be read
///
/// Exit code: 0 every row was read, 1 rows were left out, 2 a table could not be read.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let at_hand = Path::new("corpus/register");
    let dir: Option<PathBuf> = global.register.clone().or_else(|| at_hand.is_dir().then(|| at_hand.to_owned()));
    let (register, problems) = match &dir {
        Some(dir) => Register::load(dir).map_err(|error| anyhow::anyhow!(error.message(lang)))?,
        None => (Register::bundled(), Vec::new()),
    };
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
            Lang::En => format!("{count} row(s) of the register could not be read and were left out; the others count"),
        },
        lang,
    );
    Ok(ExitCode::from(1))
}
