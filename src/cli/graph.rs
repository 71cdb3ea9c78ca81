//! `danchieu graph`: the neighbourhood of an instrument as a drawing or as data.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::Global;
use super::output;
use crate::library;
use crate::report::graph::{dot, graphml, svg};
use crate::text::Lang;

/// Draw what an instrument rests on and who cites it
#[derive(Debug, clap::Args)]
pub struct GraphArgs {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Form of the drawing
    #[arg(long, value_enum, default_value_t)]
    format: GraphFormat,
    /// File to write to; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many nodes to draw at most
    #[arg(long, value_name = "N", default_value_t = 60)]
    limit: usize,
    /// How many steps wide: 1 or 2
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = depth)]
    depth: usize,
}

fn depth(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|depth| (1..=2).contains(depth)).ok_or_else(|| "1 | 2".to_owned())
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum GraphFormat {
    #[default]
    Dot,
    Json,
    Graphml,
    Svg,
}

pub fn run(args: GraphArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = output::open(global)?;
    let Some(id) = output::choose(&library, &args.number, lang)? else { return Ok(output::UNKNOWN.into()) };
    let graph =
        output::ask(&library, lang, |store, register| library::graph(store, register, &id, args.depth, args.limit))?;
    let Some(graph) = graph else { return Err(output::not_found(&id, lang)) };
    let text = match args.format {
        GraphFormat::Dot => dot::draw(&graph, lang),
        GraphFormat::Json => format!("{}\n", serde_json::to_string_pretty(&graph)?),
        GraphFormat::Graphml => graphml::draw(&graph),
        GraphFormat::Svg => svg::draw(&graph, lang),
    };
    match &args.output {
        Some(path) => std::fs::write(path, text).with_context(|| match lang {
            Lang::Vi => format!("không ghi được tệp {}", path.display()),
            Lang::En => format!("cannot write {}", path.display()),
        })?,
        None => io::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}
