//! The questions of `danchieu trace` over JSON: ways through the graph, what rests on an instrument, what is cited most.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::library::{CitationPath, Dependents, Ranked, Ranking};

use crate::http::api::{Answer, Asked, Named, found, named};
use crate::http::error::{ErrorBody, Failure};
use crate::http::extract::{Params, ask, flag, number};
use crate::http::reload::Live;

/// How many steps a way may have.
const STEPS: usize = 10;
/// How many things a list may have.
const LONGEST: usize = 1000;

pub(crate) fn routes() -> OpenApiRouter<Live> {
    OpenApiRouter::new()
        .routes(routes!(chain))
        .routes(routes!(resting))
        .routes(routes!(together))
        .routes(routes!(most_cited))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Ends {
    /// Where the way begins: an id, a number in any spelling, or a name.
    #[serde(default)]
    #[param(required, min_length = 1, example = "43/2019/QH14")]
    from: String,
    /// Where it shall lead: an id, a number in any spelling, or a name.
    #[serde(default)]
    #[param(required, min_length = 1, example = "38/2005/QH11")]
    to: String,
    /// How many steps at most: 6 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 10)]
    steps: Option<String>,
}

/// Find the shortest way of citations from one instrument or document to another.
#[utoipa::path(get, path = "/api/chain", tag = "graph", params(Ends), responses((status = OK, body = CitationPath), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn chain(State(library): Asked, Params(ends): Params<Ends>) -> Answer<CitationPath> {
    let steps = steps(ends.steps.as_deref())?;
    for (name, end) in [("from", &ends.from), ("to", &ends.to)] {
        if end.is_empty() {
            return Err(Failure::bad_request(
                format!("Thiếu tham số {name}: ghi số, ký hiệu, tên hoặc mã định danh của văn bản."),
                format!("The parameter {name} is missing: write a number, a name or an id."),
            ));
        }
    }
    ask(library, move |library| {
        Ok(Json(library.chain(&named(library, &ends.from)?, &named(library, &ends.to)?, steps)))
    })
    .await?
}

fn limit(written: Option<&str>, usual: usize) -> Result<usize, Failure> {
    number("limit", written, usual, 1..=LONGEST)
}

fn steps(written: Option<&str>) -> Result<usize, Failure> {
    number("steps", written, 6, 1..=STEPS)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Reach {
    /// How many steps away at most: 6 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 10)]
    steps: Option<String>,
    /// How many at most: 200 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List everything that rests on an instrument, directly or by way of others.
#[utoipa::path(get, path = "/api/instruments/{id}/resting", tag = "graph", params(Named, Reach), responses((status = OK, body = Dependents), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn resting(State(library): Asked, Path(of): Path<Named>, Params(reach): Params<Reach>) -> Answer<Dependents> {
    let (steps, limit) = (steps(reach.steps.as_deref())?, limit(reach.limit.as_deref(), 200)?);
    found(library, of, move |library, id| Some(library.resting_on(id, steps, limit))).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Size {
    /// How many at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List what the documents that cite an instrument cite besides it.
#[utoipa::path(get, path = "/api/instruments/{id}/together", tag = "graph", params(Named, Size), responses((status = OK, body = Vec<Ranked>), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn together(State(library): Asked, Path(of): Path<Named>, Params(size): Params<Size>) -> Answer<Vec<Ranked>> {
    let limit = limit(size.limit.as_deref(), 20)?;
    found(library, of, move |library, id| Some(library.cited_together(id, limit))).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Years of the citing documents, 1900 to 2199: `2024` or `2020..2024`.
    #[param(pattern = r"^(19|20|21)[0-9]{2}(\.\.(19|20|21)[0-9]{2})?$", example = "2020..2024")]
    years: Option<String>,
    /// The kind of the instrument: `Thông tư`.
    kind: Option<String>,
    /// Its issuer, by name or abbreviation: `BGDĐT`.
    issuer: Option<String>,
    /// Only instruments that are no longer in force today.
    #[param(value_type = Option<bool>)]
    ended: Option<String>,
    /// How many at most: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// List the instruments that the documents of the library cite most.
#[utoipa::path(get, path = "/api/most-cited", tag = "graph", params(Wanted), responses((status = OK, body = Vec<Ranked>), (status = BAD_REQUEST, body = ErrorBody)))]
async fn most_cited(State(library): Asked, Params(wanted): Params<Wanted>) -> Answer<Vec<Ranked>> {
    let years = match &wanted.years {
        Some(text) => Some(Ranking::years(text).ok_or_else(|| bad_years(text))?),
        None => None,
    };
    let ranking =
        Ranking { years, kind: wanted.kind, issuer: wanted.issuer, ended: flag("ended", wanted.ended.as_deref())? };
    let limit = limit(wanted.limit.as_deref(), 20)?;
    Ok(Json(ask(library, move |library| library.most_cited(&ranking, limit)).await?))
}

fn bad_years(text: &str) -> Failure {
    Failure::bad_request(
        format!("“{text}” không phải là năm hoặc khoảng năm; hãy ghi 2024 hoặc 2020..2024."),
        format!("“{text}” is neither a year nor a run of years; write 2024 or 2020..2024."),
    )
}
