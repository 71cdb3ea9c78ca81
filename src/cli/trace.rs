//! `danchieu trace`: questions that lead more than one step through the graph, or over the whole of it.

use std::process::ExitCode;

use super::Global;
use super::output::{self, AnswerFormat};
use crate::library::{self, Ranking};
use crate::report::terminal::trace;

/// Follow citations beyond one step: the way from one instrument to another, all that rests on one, what is cited most
#[derive(Debug, clap::Args)]
pub struct TraceArgs {
    #[command(subcommand)]
    question: TraceQuestion,
}

#[derive(Debug, clap::Subcommand)]
enum TraceQuestion {
    Chain(ChainArgs),
    Resting(DependentsArgs),
    Together(TogetherArgs),
    Most(MostArgs),
}

/// Show the shortest way of citations from one instrument or document to another
///
/// Exit code: 0 there is one, 1 there is none or the instrument is not known, 2 could not run.
#[derive(Debug, clap::Args)]
struct ChainArgs {
    /// Where the way begins: number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "FROM")]
    from: String,
    /// Where it shall lead
    #[arg(value_name = "TO")]
    to: String,
    /// How many steps at most
    #[arg(long, value_name = "N", default_value = "6", value_parser = positive)]
    steps: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// List everything that rests on an instrument, directly or by way of others
#[derive(Debug, clap::Args)]
struct DependentsArgs {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// How many steps away at most
    #[arg(long, value_name = "N", default_value = "6", value_parser = positive)]
    steps: usize,
    /// How many to show
    #[arg(long, value_name = "N", default_value = "200", value_parser = positive)]
    limit: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// List what the documents that cite an instrument cite besides it
#[derive(Debug, clap::Args)]
struct TogetherArgs {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// How many to show
    #[arg(long, value_name = "N", default_value = "20", value_parser = positive)]
    limit: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// List the instruments cited most: of some years, of a kind, of an issuer, or only those that have ended
#[derive(Debug, clap::Args)]
struct MostArgs {
    /// Years of the citing documents: 2024 or 2020..2024
    #[arg(long, value_name = "YEARS", value_parser = years)]
    years: Option<(i16, i16)>,
    /// Kind of the instrument: "Thông tư"
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Its issuer, by name or abbreviation: BGDĐT
    #[arg(long, value_name = "ISSUER")]
    issuer: Option<String>,
    /// Only instruments that are no longer in force today
    #[arg(long)]
    ended: bool,
    /// How many to show
    #[arg(long, value_name = "N", default_value = "20", value_parser = positive)]
    limit: usize,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// A number above zero.
fn positive(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "1, 2, 3 …".to_owned())
}

fn years(text: &str) -> Result<(i16, i16), String> {
    Ranking::years(text).ok_or_else(|| "2024 | 2020..2024".to_owned())
}

pub fn run(command: TraceArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = output::open(global)?;
    let pick = |text: &str| output::choose(&library, text, lang);
    let name_of = |id: &str| output::ask(&library, lang, |store, register| library::display_name(store, register, id));
    match command.question {
        TraceQuestion::Chain(args) => {
            let (Some(from), Some(to)) = (pick(&args.from)?, pick(&args.to)?) else {
                return Ok(output::UNKNOWN.into());
            };
            let chain = output::ask(&library, lang, |store, register| {
                library::shortest_path(store, register, &from, &to, args.steps)
            })?;
            match args.format {
                AnswerFormat::Json => output::json(&chain)?,
                AnswerFormat::Text => {
                    let names = (name_of(&from)?, name_of(&to)?);
                    output::text(lang, |sheet| trace::chain(sheet, &chain, (&names.0, &names.1)))?;
                }
            }
            if chain.nodes.is_empty() {
                return Ok(output::UNKNOWN.into());
            }
        }
        TraceQuestion::Resting(args) => {
            let Some(id) = pick(&args.number)? else { return Ok(output::UNKNOWN.into()) };
            let resting = output::ask(&library, lang, |store, register| {
                library::dependents(store, register, &id, args.steps, args.limit)
            })?;
            match args.format {
                AnswerFormat::Json => output::json(&resting)?,
                AnswerFormat::Text => {
                    let name = name_of(&id)?;
                    output::text(lang, |sheet| trace::resting(sheet, &resting, &name))?;
                }
            }
        }
        TraceQuestion::Together(args) => {
            let Some(id) = pick(&args.number)? else { return Ok(output::UNKNOWN.into()) };
            let ranked = output::ask(&library, lang, |store, register| {
                library::cited_together(store, register, &id, args.limit)
            })?;
            match args.format {
                AnswerFormat::Json => output::json(&ranked)?,
                AnswerFormat::Text => {
                    let name = name_of(&id)?;
                    output::text(lang, |sheet| trace::together(sheet, &ranked, &name))?;
                }
            }
        }
        TraceQuestion::Most(args) => {
            let ranking = Ranking { years: args.years, kind: args.kind, issuer: args.issuer, ended: args.ended };
            let ranked = output::ask(&library, lang, |store, register| {
                library::most_cited(store, register, &ranking, args.limit)
            })?;
            match args.format {
                AnswerFormat::Json => output::json(&ranked)?,
                AnswerFormat::Text => output::text(lang, |sheet| trace::most(sheet, &ranked))?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
