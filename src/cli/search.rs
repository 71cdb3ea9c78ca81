//! `danchieu search`: instruments and documents by number, name or subject.

use std::process::ExitCode;

use super::Global;
use super::answer::{self, Format};
use crate::base::Page;
use crate::report::hits;

/// Search instruments and documents, with or without diacritics
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number, name or words of the subject
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// How many hits to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the first hits to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let base = answer::open(global)?;
    let query = args.query.join(" ");
    let page = Page { offset: args.offset, limit: args.limit };
    let hits = base.search(&query, page).map_err(|error| answer::told(&error, global.lang))?;
    match args.format {
        Format::Json => answer::json(&hits)?,
        Format::Text => answer::text(global.lang, |sheet| hits::write(sheet, query.trim(), &hits, page))?,
    }
    answer::done(&base, global.lang)
}
