//! `danchieu show`: everything known of one instrument or document.

use std::process::ExitCode;

use serde_json::json;

use super::answer::{self, Format};
use super::{Global, day};
use crate::law::Date;
use crate::library::{self, Paging, today};
use crate::report::instrument;

/// How many citations are shown on each side.
const FIRST: Paging = Paging { offset: 0, limit: 5 };

/// Show the facts of an instrument, its force, what it cites and who cites it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number in any spelling, name, alias, id or file of the library
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Day as of which force is told: YYYY-MM-DD or DD/MM/YYYY; without it, today
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let library = answer::open(global)?;
    let Some(id) = answer::pick(&library, &args.number, lang)? else { return Ok(answer::UNKNOWN.into()) };
    let (view, document, cites, cited_by) = answer::ask(&library, lang, |store, register| {
        let view = library::instrument(store, register, &id, args.as_of.unwrap_or_else(today))?;
        let document = if view.is_none() { library::document(store, register, &id)? } else { None };
        let cites = library::citations_of(store, register, &id, FIRST)?;
        Ok((view, document, cites, library::citations_to(store, register, &id, FIRST)?))
    })?;
    match (view, args.format) {
        (Some(view), Format::Json) => {
            let mut value = serde_json::to_value(&view)?;
            value["cites"] = serde_json::to_value(&cites)?;
            value["cited_by"] = serde_json::to_value(&cited_by)?;
            answer::json(&value)?;
        }
        (Some(view), Format::Text) => answer::text(lang, |sheet| instrument::write(sheet, &view, &cites, &cited_by))?,
        (None, format) => {
            let Some(view) = document else { return Err(answer::gone(&id, lang)) };
            match format {
                Format::Json => answer::json(&json!({
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
                Format::Text => {
                    answer::text(lang, |sheet| instrument::write_document(sheet, &view, &cites, &cited_by))?
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
