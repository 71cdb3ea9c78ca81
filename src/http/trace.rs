//! The questions of `danchieu trace` over JSON: ways through the graph, what rests on an instrument, what is cited most.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::base::{Chain, Ranked, Ranking, Resting};

use super::api::{Answer, Asked, found, known};
use super::ask::{Params, ask};
use super::error::{ErrorBody, Failure};
use super::live::Live;

/// How many steps a way may have, and how many things a list.
const MOST: (usize, usize) = (10, 1000);

pub(super) fn routes() -> OpenApiRouter<Live> {
    OpenApiRouter::new()
        .routes(routes!(chain))
        .routes(routes!(resting))
        .routes(routes!(together))
        .routes(routes!(most_cited))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Ends {
    /// The id where the way begins.
    from: String,
    /// The id where it shall lead.
    to: String,
    /// How many steps at most: 1 to 10, 6 unless told otherwise.
    steps: Option<usize>,
}

/// Find the shortest way of citations from one instrument or document to another.
#[utoipa::path(get, path = "/api/chain", tag = "graph", params(Ends), responses((status = OK, body = Chain), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn chain(State(base): Asked, Params(ends): Params<Ends>) -> Answer<Chain> {
    let steps = ends.steps.unwrap_or(6).clamp(1, MOST.0);
    let answer = ask(base, move |base| {
        let unknown = [&ends.from, &ends.to].into_iter().find(|id| !known(base, id));
        match unknown {
            Some(id) => Err(Failure::unknown(id, base.find(id))),
            None => Ok(base.chain(&ends.from, &ends.to, steps)),
        }
    });
    answer.await?.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Reach {
    /// How many steps away at most: 1 to 10, 6 unless told otherwise.
    steps: Option<usize>,
    /// How many at most: 1 to 1000, 200 unless told otherwise.
    limit: Option<usize>,
}

/// List everything that rests on an instrument, directly or by way of others.
#[utoipa::path(get, path = "/api/instruments/{id}/resting", tag = "graph", params(("id" = String, Path), Reach), responses((status = OK, body = Resting), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn resting(State(base): Asked, Path(id): Path<String>, Params(reach): Params<Reach>) -> Answer<Resting> {
    let (steps, limit) = (reach.steps.unwrap_or(6).clamp(1, MOST.0), reach.limit.unwrap_or(200).clamp(1, MOST.1));
    found(base, id, move |base, id| known(base, id).then(|| base.resting_on(id, steps, limit))).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Size {
    /// How many at most: 1 to 1000, 20 unless told otherwise.
    limit: Option<usize>,
}

/// List what the documents that cite an instrument cite besides it.
#[utoipa::path(get, path = "/api/instruments/{id}/together", tag = "graph", params(("id" = String, Path), Size), responses((status = OK, body = Vec<Ranked>), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn together(State(base): Asked, Path(id): Path<String>, Params(size): Params<Size>) -> Answer<Vec<Ranked>> {
    let limit = size.limit.unwrap_or(20).clamp(1, MOST.1);
    found(base, id, move |base, id| known(base, id).then(|| base.cited_together(id, limit))).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Years of the citing documents: `2024` or `2020..2024`.
    years: Option<String>,
    /// The kind of the instrument: `Thông tư`.
    kind: Option<String>,
    /// Its issuer, by name or abbreviation: `BGDĐT`.
    issuer: Option<String>,
    /// Only instruments that are no longer in force today.
    #[serde(default)]
    ended: bool,
    /// How many at most: 1 to 1000, 20 unless told otherwise.
    limit: Option<usize>,
}

/// List the instruments that the documents of the library cite most.
#[utoipa::path(get, path = "/api/most-cited", tag = "graph", params(Wanted), responses((status = OK, body = Vec<Ranked>), (status = BAD_REQUEST, body = ErrorBody)))]
async fn most_cited(State(base): Asked, Params(wanted): Params<Wanted>) -> Answer<Vec<Ranked>> {
    let years = match &wanted.years {
        Some(text) => Some(Ranking::years(text).ok_or_else(|| bad_years(text))?),
        None => None,
    };
    let ranking = Ranking { years, kind: wanted.kind, issuer: wanted.issuer, ended: wanted.ended };
    let limit = wanted.limit.unwrap_or(20).clamp(1, MOST.1);
    Ok(Json(ask(base, move |base| base.most_cited(&ranking, limit)).await?))
}

fn bad_years(text: &str) -> Failure {
    Failure::bad_request(
        format!("“{text}” không phải là năm hoặc khoảng năm; hãy ghi 2024 hoặc 2020..2024."),
        format!("“{text}” is neither a year nor a run of years; write 2024 or 2020..2024."),
    )
}
