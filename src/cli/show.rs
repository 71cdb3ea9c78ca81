//! `danchieu show`: everything known of one instrument or document.

use std::process::ExitCode;

use serde_json::json;

use super::output::{self, AnswerFormat};
use super::{Global, day};
use crate::law::Date;
use crate::library::{self, Paging, today};
use crate::report::terminal::instrument;

/// How many citations are shown on each side.
const FIRST: Paging = Paging { offset: 0, limit: 5 };

/// Show the facts of an instrument, its force, what it cites and who cites it
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Day as of which force is told: YYYY-MM-DD or DD/MM/YYYY; without it, today
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

pub fn run(args: ShowArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = output::open(global)?;
    let Some(id) = output::choose(&library, &args.number, lang)? else { return Ok(output::UNKNOWN.into()) };
    let (view, document, cites, cited_by) = output::ask(&library, lang, |store, register| {
        let view = library::instrument(store, register, &id, args.as_of.unwrap_or_else(today))?;
        let document = if view.is_none() { library::document(store, register, &id)? } else { None };
        let cites = library::citations_of(store, register, &id, FIRST)?;
        Ok((view, document, cites, library::citations_to(store, register, &id, FIRST)?))
    })?;
    match (view, args.format) {
        (Some(view), AnswerFormat::Json) => {
            let mut value = serde_json::to_value(&view)?;
            value["cites"] = serde_json::to_value(&cites)?;
            value["cited_by"] = serde_json::to_value(&cited_by)?;
            output::json(&value)?;
        }
        (Some(view), AnswerFormat::Text) => {
            output::text(lang, |sheet| instrument::write(sheet, &view, &cites, &cited_by))?;
        }
        (None, format) => {
            let Some(view) = document else { return Err(output::not_found(&id, lang)) };
            match format {
                AnswerFormat::Json => output::json(&json!({
                    "id": view.id,
                    "path": view.path,
                    "kind": view.header.kind,
                    "issuer": view.header.issuer,
                    "date": view.header.date,
                    "place": view.header.place,
                    "title": view.header.title,
                    "cites": cites,
                    "cited_by": cited_by,
                }))?,
                AnswerFormat::Text => {
                    output::text(lang, |sheet| instrument::write_document(sheet, &view, &cites, &cited_by))?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
