//! `danchieu graph`: the neighbourhood of an instrument as a drawing or as data.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::Global;
use super::answer;
use crate::library;
use crate::report::{dot, graphml, svg};
use crate::text::Lang;

/// Draw what an instrument rests on and who cites it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Form of the drawing
    #[arg(long, value_enum, default_value_t)]
    format: Drawing,
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
enum Drawing {
    #[default]
    Dot,
    Json,
    Graphml,
    Svg,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = answer::open(global)?;
    let Some(id) = answer::pick(&library, &args.number, lang)? else { return Ok(answer::UNKNOWN.into()) };
    let graph =
        answer::ask(&library, lang, |store, register| library::graph(store, register, &id, args.depth, args.limit))?;
    let Some(graph) = graph else { return Err(answer::gone(&id, lang)) };
    let text = match args.format {
        Drawing::Dot => dot::draw(&graph, lang),
        Drawing::Json => format!("{}\n", serde_json::to_string_pretty(&graph)?),
        Drawing::Graphml => graphml::draw(&graph),
        Drawing::Svg => svg::draw(&graph, lang),
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
