//! The JSON twin of the pages. The doc comment of a handler is its summary in `/api/openapi.json`.

pub(crate) mod instrument_tables;
pub(crate) mod tables;
mod trace;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::openapi::OpenApi as Description;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::check::{self, Finding, RULES, Rule, Severity};
use crate::law::Date;
use crate::library::{
    CitationView, Citations, Counts, Coverage, Graph, Hits, InstrumentView, Library, Paging, Suggestion,
};
use crate::report::record::{self, CitationRecord, FindingRecord};

use crate::http::draft::policy::{Office, Verdict};
use crate::http::draft::upload::{Draft, DraftBody, DraftForm};
use crate::http::error::{ErrorBody, Failure};
use crate::http::extract::{Params, ask, day, flag, number, stretch};
use crate::http::openapi;
use crate::http::pages::context::Frame;
use crate::http::pages::rules;
use crate::http::pages::search::Sort;
use crate::http::reload::Live;

pub(crate) type Answer<T> = Result<Json<T>, Failure>;
pub(crate) type Asked = State<Arc<Library>>;

/// Routes and their description, made from the same list.
pub fn router() -> (axum::Router<Live>, Description) {
    OpenApiRouter::with_openapi(openapi::description())
        .routes(routes!(search))
        .routes(routes!(suggest))
        .routes(routes!(instrument))
        .routes(routes!(cites))
        .routes(routes!(cited_by))
        .routes(routes!(graph))
        .routes(routes!(documents))
        .routes(routes!(document))
        .routes(routes!(check_draft))
        .routes(routes!(extract))
        .routes(routes!(all_rules))
        .routes(routes!(one_rule))
        .routes(routes!(counts))
        .merge(trace::routes())
        .merge(tables::routes())
        .split_for_parts()
}

/// A stretch of a long list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Stretch {
    /// How many items to leave out at the start.
    #[param(value_type = Option<usize>, minimum = 0, maximum = 1_000_000)]
    offset: Option<String>,
    /// How many items to answer with: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

impl Stretch {
    fn page(&self) -> Result<Paging, Failure> {
        stretch(self.offset.as_deref(), self.limit.as_deref(), 20)
    }
}

/// What is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct Named {
    /// An id, a number in any spelling, or a name.
    #[param(example = "33-2021-tt-bgddt")]
    pub id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Query {
    /// Words, a number in any spelling, or both; `"words together"`, `-without`, `this OR that`, and the fields `so:`,
    /// `loai:`, `coquan:`, `nam:2020..2024`, `hieuluc:con`, `dan:NUMBER`, `diaphuong:`, `la:tailieu`.
    #[serde(default)]
    q: String,
    /// What comes first: `relevance` unless told otherwise, `date` or `cited`.
    #[param(inline, value_type = Option<Sort>)]
    sort: Option<String>,
    /// `true` for the counts of all hits by kind, issuer, place, year and force.
    #[param(value_type = Option<bool>)]
    facets: Option<String>,
    /// How many items to leave out at the start.
    #[param(value_type = Option<usize>, minimum = 0, maximum = 1_000_000)]
    offset: Option<String>,
    /// How many items to answer with: 20 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Find instruments and documents by number or words, with or without diacritics.
#[utoipa::path(get, path = "/api/search", tag = "search", params(Query), responses((status = OK, body = Hits), (status = BAD_REQUEST, body = ErrorBody), (status = UNPROCESSABLE_ENTITY, body = ErrorBody)))]
async fn search(State(library): Asked, Params(query): Params<Query>) -> Answer<Hits> {
    let page = stretch(query.offset.as_deref(), query.limit.as_deref(), 20)?;
    let order = Sort::parse(query.sort.as_deref())?.order();
    let facets = flag("facets", query.facets.as_deref())?;
    let q = query.q.trim().to_owned();
    if q.is_empty() {
        return Ok(Json(Hits::default()));
    }
    let found = ask(library, move |library| library.search_by(&q, page, order, facets)).await?;
    Ok(Json(found.map_err(Failure::from)?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Typed {
    /// What is typed so far; the last word may be half a word.
    #[serde(default)]
    q: String,
    /// How many suggestions to answer with: 8 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// Suggest instruments and documents while a number or a title is typed.
#[utoipa::path(get, path = "/api/suggest", tag = "search", params(Typed), responses((status = OK, body = [Suggestion]), (status = BAD_REQUEST, body = ErrorBody)))]
async fn suggest(State(library): Asked, Params(typed): Params<Typed>) -> Answer<Vec<Suggestion>> {
    let limit = stretch(None, typed.limit.as_deref(), 8)?.limit;
    Ok(Json(ask(library, move |library| library.suggest(&typed.q, limit)).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Day {
    /// The day as of which to tell the state; today where none is given. `26/01/2024` is understood as well.
    #[param(schema_with = openapi::day)]
    as_of: Option<String>,
}

/// Tell what is known of an instrument, and whether it is in force on a day.
#[utoipa::path(get, path = "/api/instruments/{id}", tag = "instruments", params(Named, Day), responses((status = OK, body = InstrumentView), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn instrument(
    State(library): Asked,
    Path(of): Path<Named>,
    Params(asked): Params<Day>,
) -> Answer<InstrumentView> {
    let as_of = day(asked.as_of.as_deref())?;
    found(library, of, move |library, id| library.instrument(id, as_of)).await
}

/// List what an instrument or document cites, each with its sentence.
#[utoipa::path(get, path = "/api/instruments/{id}/cites", tag = "instruments", params(Named, Stretch), responses((status = OK, body = Citations), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn cites(State(library): Asked, Path(of): Path<Named>, Params(part): Params<Stretch>) -> Answer<Citations> {
    let page = part.page()?;
    found(library, of, move |library, id| Some(library.cites(id, page))).await
}

/// List who cites an instrument, each with its sentence.
#[utoipa::path(get, path = "/api/instruments/{id}/cited-by", tag = "instruments", params(Named, Stretch), responses((status = OK, body = Citations), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn cited_by(State(library): Asked, Path(of): Path<Named>, Params(part): Params<Stretch>) -> Answer<Citations> {
    let page = part.page()?;
    found(library, of, move |library, id| Some(library.cited_by(id, page))).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Size {
    /// How many nodes at most: 60 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// How many steps wide: 1 unless told otherwise.
    #[param(value_type = Option<usize>, minimum = 1, maximum = 2)]
    depth: Option<String>,
}

/// Draw the neighbourhood of an instrument as nodes and edges.
#[utoipa::path(get, path = "/api/instruments/{id}/graph", tag = "instruments", params(Named, Size), responses((status = OK, body = Graph), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn graph(State(library): Asked, Path(of): Path<Named>, Params(size): Params<Size>) -> Answer<Graph> {
    let limit = number("limit", size.limit.as_deref(), 60, 1..=500)?;
    let depth = number("depth", size.depth.as_deref(), 1, 1..=2)?;
    found(library, of, move |library, id| library.neighbourhood_of(id, depth, limit)).await
}

/// List the documents of the library.
#[utoipa::path(get, path = "/api/documents", tag = "documents", params(Stretch), responses((status = OK, body = Hits), (status = BAD_REQUEST, body = ErrorBody)))]
async fn documents(State(library): Asked, Params(part): Params<Stretch>) -> Answer<Hits> {
    let page = part.page()?;
    Ok(Json(ask(library, move |library| library.documents(page)).await?))
}

/// A document: its header, its text, what it cites.
#[derive(Debug, Serialize, ToSchema)]
struct DocumentBody {
    id: String,
    path: String,
    number: Option<String>,
    /// The type word: `Kế hoạch`.
    #[serde(rename = "type")]
    type_word: Option<String>,
    title: Option<String>,
    issuer: Option<String>,
    locality: Option<String>,
    /// Where it was signed.
    place: Option<String>,
    date: Option<Date>,
    /// In NFC.
    text: String,
    /// In text order; `start` and `end` are bytes of the source.
    citations: Vec<CitationView>,
}

/// Give a document's header, text and citations.
#[utoipa::path(get, path = "/api/documents/{id}", tag = "documents", params(Named), responses((status = OK, body = DocumentBody), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn document(State(library): Asked, Path(of): Path<Named>) -> Answer<DocumentBody> {
    found(library, of, |library, id| {
        library.document(id).map(|view| DocumentBody {
            id: view.id,
            path: view.path,
            number: view.header.number.map(|number| number.to_string()),
            type_word: view.header.kind,
            title: view.header.title,
            issuer: view.header.issuer,
            locality: view.header.locality.map(|locality| locality.to_string()),
            place: view.header.place,
            date: view.header.date,
            text: view.text,
            citations: view.citations.into_iter().map(|(_, edge)| edge).collect(),
        })
    })
    .await
}

/// How to answer about a draft.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Whole {
    /// `1`: answer with an object that holds the notices and the accepted findings too, not with the findings alone.
    full: Option<String>,
}

/// All that is to be said of a draft.
#[derive(Debug, Serialize, ToSchema)]
struct CheckBody {
    /// The day of the check.
    #[schema(value_type = String)]
    as_of: Date,
    /// By which rules of form: `admin`, `normative` or `party`.
    profile: &'static str,
    findings: Vec<FindingRecord>,
    /// What the policy of the office accepts.
    accepted: Vec<FindingRecord>,
    /// What should be known before the findings are believed: pages that were left out, recognised or damaged, a draft
    /// without a date, acceptances that ran out.
    notices: Vec<String>,
}

/// The findings alone, or all that is to be said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum CheckAnswer {
    Findings(Vec<FindingRecord>),
    Full(CheckBody),
}

/// Check the citations of a draft, which is not kept.
///
/// The policy (danchieu.toml) of the folder in which the server was started is applied.
#[utoipa::path(post, path = "/api/check", tag = "drafts", params(Language, Whole), request_body(content((DraftBody = "application/json"), (DraftForm = "multipart/form-data"))), responses((status = OK, body = CheckAnswer), (status = UNPROCESSABLE_ENTITY, body = ErrorBody), (status = PAYLOAD_TOO_LARGE, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody), (status = UNSUPPORTED_MEDIA_TYPE, body = ErrorBody)))]
async fn check_draft(
    State(library): Asked,
    Extension(office): Extension<Office>,
    Params(whole): Params<Whole>,
    frame: Frame,
    draft: Draft,
) -> Result<Response, Failure> {
    let terms = draft.terms()?;
    let lang = frame.lang;
    let full = whole.full.as_deref().is_some_and(|full| !matches!(full, "" | "0"));
    handed_in(library, frame, draft, move |library, document| {
        let Verdict { checked, profile, notices } = office.check(library, document, &terms)?;
        let findings = record::findings(&checked.document, &checked.findings, lang);
        if !full {
            return Ok(CheckAnswer::Findings(findings));
        }
        let accepted: Vec<Finding> = checked.accepted.iter().map(|one| one.finding.clone()).collect();
        let read = checked.document.notices.iter().map(|notice| notice.message(lang));
        Ok(CheckAnswer::Full(CheckBody {
            as_of: checked.as_of,
            profile: profile.as_str(),
            accepted: record::findings(&checked.document, &accepted, lang),
            notices: read.chain(notices.iter().map(|notice| notice.in_lang(lang).to_owned())).collect(),
            findings,
        }))
    })
    .await
}

/// Extract the citations of a draft, which is not kept.
#[utoipa::path(post, path = "/api/extract", tag = "drafts", params(Language), request_body(content((DraftBody = "application/json"), (DraftForm = "multipart/form-data"))), responses((status = OK, body = Vec<CitationRecord>), (status = UNPROCESSABLE_ENTITY, body = ErrorBody), (status = PAYLOAD_TOO_LARGE, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody), (status = UNSUPPORTED_MEDIA_TYPE, body = ErrorBody)))]
async fn extract(State(library): Asked, frame: Frame, draft: Draft) -> Result<Response, Failure> {
    // It judges nothing; a day or a profile that is none is told all the same.
    draft.terms()?;
    handed_in(library, frame, draft, |library, document| Ok(record::citations(&document, &library.read(&document))))
        .await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the parameter, which is read by Frame")]
struct Language {
    /// Language of messages: `en`, or `vi`, which is what any other word is taken for.
    lang: Option<String>,
}

/// A rule of the check.
#[derive(Debug, Serialize, ToSchema)]
struct RuleBody {
    name: &'static str,
    #[schema(value_type = String)]
    severity: Severity,
    /// The rule in one sentence.
    summary: String,
    /// The rule's page, in Markdown; left out in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

impl RuleBody {
    fn new(rule: &Rule, frame: &Frame) -> RuleBody {
        RuleBody { name: rule.name, severity: rule.severity, summary: rule.summary(frame.lang), page: None }
    }
}

/// List the rules of the check.
#[utoipa::path(get, path = "/api/rules", tag = "rules", params(Language), responses((status = OK, body = Vec<RuleBody>), (status = BAD_REQUEST, body = ErrorBody)))]
async fn all_rules(frame: Frame) -> Json<Vec<RuleBody>> {
    Json(RULES.iter().map(|rule| RuleBody::new(rule, &frame)).collect())
}

/// Explain a rule of the check.
#[utoipa::path(get, path = "/api/rules/{name}", tag = "rules", params(("name" = String, Path), Language), responses((status = OK, body = RuleBody), (status = NOT_FOUND, body = ErrorBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn one_rule(Path(name): Path<String>, frame: Frame) -> Answer<RuleBody> {
    let rule = check::rule(&name).ok_or_else(|| rules::unknown(&name))?;
    Ok(Json(RuleBody { page: Some(rule.page(frame.lang)), ..RuleBody::new(rule, &frame) }))
}

/// How much there is, and what that means for the answers.
#[derive(Debug, Serialize, ToSchema)]
struct CountsBody {
    #[serde(flatten)]
    counts: Counts,
    /// When the index was made, RFC 3339.
    indexed: String,
    /// What answers do not say.
    note: &'static str,
}

/// Count what the library holds, and tell what the answers rest on.
///
/// Every answer of this interface carries the same in the header `Danchieu-Coverage`.
#[utoipa::path(get, path = "/api/counts", tag = "search", params(Language), responses((status = OK, body = CountsBody), (status = BAD_REQUEST, body = ErrorBody)))]
async fn counts(State(library): Asked, frame: Frame) -> Answer<CountsBody> {
    let note = Coverage::note(frame.lang);
    let body =
        |library: &Library| CountsBody { counts: library.counts(), indexed: library.coverage().indexed.clone(), note };
    Ok(Json(ask(library, move |library| body(library)).await?))
}

/// What `look` finds of what is named, or a 404 with what it may have been.
pub(crate) async fn found<T: Send + 'static>(
    library: Arc<Library>,
    of: Named,
    look: impl FnOnce(&Library, &str) -> Option<T> + Send + 'static,
) -> Answer<T> {
    let found = ask(library, move |library| {
        let id = named(library, &of.id)?;
        look(library, &id).ok_or_else(|| Failure::unknown(&of.id, Vec::new()))
    });
    found.await?.map(Json)
}

/// The id of the one instrument or document that `name` names: that id itself, a number in any spelling, or a name.
///
/// # Errors
/// It names nothing, or several.
pub(crate) fn named(library: &Library, name: &str) -> Result<String, Failure> {
    if library.instrument(name, crate::library::today()).is_some() || library.document(name).is_some() {
        return Ok(name.to_owned());
    }
    Failure::or_id(name, library.meant(name))
}

/// Reads the draft and answers with what `work` says of it.
async fn handed_in<T: Serialize + Send + 'static>(
    library: Arc<Library>,
    frame: Frame,
    draft: Draft,
    work: impl FnOnce(&Library, crate::read::Document) -> Result<T, Failure> + Send + 'static,
) -> Result<Response, Failure> {
    let mut draft = draft.single()?;
    let done =
        ask(library, move |library| draft.read(frame.lang).and_then(|document| work(library, document))).await??;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(done)).into_response())
}
