//! `danchieu search`: instruments and documents by number, name or subject.

use std::process::ExitCode;

use super::Global;
use super::output::{self, AnswerFormat};
use crate::library::{self, Order, Paging, SearchRequest};
use crate::report::terminal::hits;

/// Search instruments and documents, with or without diacritics
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// Number, name or words of the subject; "words together", -without, this OR that, and fields
    ///
    /// Fields: so:33/2021 loai:"thông tư" coquan:"Bộ Tài chính" nam:2020..2024 hieuluc:con dan:33/2021/TT-BGDĐT
    /// diaphuong:"Quảng Ninh" la:tailieu
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
    /// How many hits to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many of the first hits to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// What comes first
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Count all hits by kind, issuer, place, year and force
    #[arg(long)]
    facets: bool,
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Sort {
    #[default]
    Relevance,
    /// The newest
    Date,
    /// The most cited
    Cited,
}

pub fn run(args: SearchArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let library = output::open(global)?;
    let query = args.query.join(" ");
    let page = Paging { offset: args.offset, limit: args.limit };
    let order = match args.sort {
        Sort::Relevance => Order::Relevance,
        Sort::Date => Order::Date,
        Sort::Cited => Order::Cited,
    };
    let request = SearchRequest { query: &query, page, order, facets: args.facets };
    let hits = output::ask(&library, global.lang, |store, register| {
        library::search(store, register, library.forces(), &request)
    })?;
    match args.format {
        AnswerFormat::Json => output::json(&hits)?,
        AnswerFormat::Text => output::text(global.lang, |sheet| hits::write(sheet, query.trim(), &hits, page))?,
    }
    Ok(ExitCode::SUCCESS)
}
