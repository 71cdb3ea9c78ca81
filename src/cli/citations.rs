//! `danchieu cites` and `danchieu cited-by`: the citations from an instrument or to it, each with its sentence.

use std::process::ExitCode;

use super::Global;
use super::output::{self, AnswerFormat};
use crate::library::{self, Paging};
use crate::report::terminal::citations::{self, Side};

/// List what a document cites, with the sentence of each citation
#[derive(Debug, clap::Args)]
pub struct CitesArgs {
    #[command(flatten)]
    args: CitationsArgs,
}

/// List the documents that cite an instrument, with the sentence of each citation
#[derive(Debug, clap::Args)]
pub struct CitedByArgs {
    #[command(flatten)]
    args: CitationsArgs,
}

#[derive(Debug, clap::Args)]
struct CitationsArgs {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
    /// How many citations to show
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// How many of the first citations to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

pub fn cites(command: CitesArgs, global: &Global) -> anyhow::Result<ExitCode> {
    run(command.args, Side::Cites, global)
}

pub fn cited_by(command: CitedByArgs, global: &Global) -> anyhow::Result<ExitCode> {
    run(command.args, Side::CitedBy, global)
}

fn run(args: CitationsArgs, side: Side, global: &Global) -> anyhow::Result<ExitCode> {
    let library = output::open(global)?;
    let Some(id) = output::choose(&library, &args.number, global.lang)? else { return Ok(output::UNKNOWN.into()) };
    let page = Paging { offset: args.offset, limit: args.limit };
    let (name, citations) = output::ask(&library, global.lang, |store, register| {
        let citations = match side {
            Side::Cites => library::citations_of(store, register, &id, page)?,
            Side::CitedBy => library::citations_to(store, register, &id, page)?,
        };
        Ok((library::display_name(store, register, &id)?, citations))
    })?;
    match args.format {
        AnswerFormat::Json => output::json(&citations)?,
        AnswerFormat::Text => {
            output::text(global.lang, |sheet| citations::write(sheet, &name, &citations, side, page))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
