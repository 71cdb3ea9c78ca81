//! The tool `look_up`: what is known of one instrument.

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::answer::json;
use super::error::ToolError;
use super::limits::RELATED;
use super::named_instrument::resolve;
use crate::check::AsOf;
use crate::law::Date;
use crate::library::{self, InstrumentView, Library};

#[derive(Deserialize, JsonSchema)]
pub(super) struct LookUpParams {
    /// The instrument: its number in any spelling ("33/2021/TT-BGDĐT", "tt 33 2021"), its name ("Luật Giáo dục"), or its
    /// id from another answer ("33-2021-tt-bgddt").
    number: String,
    /// The day for which its force is told, YYYY-MM-DD; today unless told otherwise.
    as_of: Option<String>,
}

#[derive(Serialize)]
struct LookUpAnswer {
    instrument: InstrumentView,
    /// How many entries of each list of the instrument are left out.
    left_out: LeftOut,
}

#[derive(Serialize)]
struct LeftOut {
    acts_on: usize,
    acted_on_by: usize,
    documents: usize,
    same_number: usize,
}

pub(super) fn look_up(library: &Library, params: &LookUpParams) -> Result<Value, ToolError> {
    let as_of = date(params.as_of.as_deref())?;
    let id = match resolve(library, &params.number)? {
        Ok(id) => id,
        Err(unclear) => return json(unclear),
    };
    match library.ask(|store, register| library::instrument(store, register, &id, as_of))? {
        Some(instrument) => json(shortened(instrument)),
        None => Err(ToolError::new(format!(
            "\"{}\" is a document of the library without a number of its own; call `cites` to see what it cites.",
            params.number
        ))),
    }
}

/// The instrument with its long lists cut.
fn shortened(mut instrument: InstrumentView) -> LookUpAnswer {
    fn cut<T>(list: &mut Vec<T>) -> usize {
        list.split_off(list.len().min(RELATED)).len()
    }
    let left_out = LeftOut {
        acts_on: cut(&mut instrument.acts_on),
        acted_on_by: cut(&mut instrument.acted_on_by),
        documents: cut(&mut instrument.documents),
        same_number: cut(&mut instrument.same_number),
    };
    LookUpAnswer { instrument, left_out }
}

/// The day for which the force is asked; today where none is given.
pub(super) fn date(as_of: Option<&str>) -> Result<Date, ToolError> {
    let Some(written) = as_of else { return Ok(library::today()) };
    match AsOf::parse(written) {
        Some(AsOf::Today) => Ok(library::today()),
        Some(AsOf::Day(day)) => Ok(day),
        Some(AsOf::Document) => {
            Err(ToolError::new("`as_of` takes a day as YYYY-MM-DD here; there is no draft to take it from."))
        }
        None => Err(ToolError::new(format!("`as_of` does not take \"{written}\"; write a day as YYYY-MM-DD."))),
    }
}
