//! `danchieu cited-by`: which documents cite an instrument.

use std::process::ExitCode;

use super::Global;
use super::answer::{self, Format};
use crate::base::Page;
use crate::report::edges::{self, Side};

/// List the documents that cite an instrument, with the sentence of each citation
#[derive(Debug, clap::Args)]
pub struct Args {
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

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let base = answer::open(global)?;
    let Some(id) = answer::pick(&base, &args.number, global.lang) else { return Ok(answer::UNKNOWN.into()) };
    let page = Page { offset: args.offset, limit: args.limit };
    let edges = base.cited_by(&id, page);
    match args.format {
        Format::Json => answer::json(&edges)?,
        Format::Text => {
            let name = base.name_of(&id);
            answer::text(global.lang, |sheet| edges::write(sheet, &name, &edges, Side::CitedBy, page))?;
        }
    }
    answer::done(&base, global.lang)
}
