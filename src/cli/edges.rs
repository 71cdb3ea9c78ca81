//! `danchieu cites` and `danchieu cited-by`: the citations from an instrument or to it, each with its sentence.

use std::process::ExitCode;

use super::Global;
use super::answer::{self, Format};
use crate::library::{self, Paging};
use crate::report::edges::{self, Side};

/// List what a document cites, with the sentence of each citation
#[derive(Debug, clap::Args)]
pub struct Cites {
    #[command(flatten)]
    asked: Asked,
}

/// List the documents that cite an instrument, with the sentence of each citation
#[derive(Debug, clap::Args)]
pub struct CitedBy {
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, clap::Args)]
struct Asked {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// How many citations to show
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// How many of the first citations to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

pub fn cites(args: Cites, global: &Global) -> anyhow::Result<ExitCode> {
    run(args.asked, Side::Cites, global)
}

pub fn cited_by(args: CitedBy, global: &Global) -> anyhow::Result<ExitCode> {
    run(args.asked, Side::CitedBy, global)
}

fn run(asked: Asked, side: Side, global: &Global) -> anyhow::Result<ExitCode> {
    let library = answer::open(global)?;
    let Some(id) = answer::pick(&library, &asked.number, global.lang)? else { return Ok(answer::UNKNOWN.into()) };
    let page = Paging { offset: asked.offset, limit: asked.limit };
    let (name, edges) = answer::ask(&library, global.lang, |store, register| {
        let edges = match side {
            Side::Cites => library::citations_of(store, register, &id, page)?,
            Side::CitedBy => library::citations_to(store, register, &id, page)?,
        };
        Ok((library::display_name(store, register, &id)?, edges))
    })?;
    match asked.format {
        Format::Json => answer::json(&edges)?,
        Format::Text => {
            answer::text(global.lang, |sheet| edges::write(sheet, &name, &edges, side, page))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
