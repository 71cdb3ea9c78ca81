//! The knowledge base as tools for language models (Model Context Protocol): look a number up, search, check a text, find
//! who cites what. The same questions as the other faces ask; every answer says what the register covers and as of when.

use std::path::Path;
use std::sync::Arc;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::schemars::{self, JsonSchema};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::policy::PolicyLookup;
use crate::check::{self, AsOf, CheckRequest, Severity};
use crate::law::Date;
use crate::library::{
    self, Citations, Coverage, InstrumentView, Library, LibraryError, Order, Paging, Resolution, SearchRequest,
};
use crate::read::{self, Document};
use crate::register::Register;
use crate::report::record::{self, FindingRecord};
use crate::store::Store;
use crate::text::Lang;

/// The base to answer with, asked for anew at every call: the index may have been written again.
pub type Source = Arc<dyn Fn() -> Arc<Library> + Send + Sync>;

/// The longest text that is checked, in bytes.
const LONGEST: usize = 4 << 20;
/// The longest number, name or query, in characters.
const LONGEST_NAME: usize = 1_000;
/// How many items a list has unless told otherwise, and at most.
const LIMITS: (usize, usize) = (20, 100);
/// How many findings are told of one text: whoever reads them has only so much room.
const FINDINGS: usize = 200;
/// How many relations, documents and namesakes are told of one instrument; a code of law is amended hundreds of times.
const RELATED: usize = 40;

/// Answers the calls of one client.
#[derive(Clone)]
pub struct Tools {
    source: Source,
}

/// What kept a tool from answering: a sentence that says what to do.
struct Refusal(String);

impl From<LibraryError> for Refusal {
    fn from(error: LibraryError) -> Refusal {
        Refusal(error.message(Lang::En))
    }
}

/// An answer, and what it rests on.
#[derive(Serialize)]
struct Covered<T> {
    #[serde(flatten)]
    answer: T,
    coverage: CoverageNote,
}

#[derive(Serialize)]
struct CoverageNote {
    #[serde(flatten)]
    counts: Coverage,
    note: &'static str,
}

#[derive(Serialize)]
struct Refused {
    error: String,
}

#[derive(Deserialize, JsonSchema)]
struct LookUp {
    /// The instrument: its number in any spelling ("33/2021/TT-BGDĐT", "tt 33 2021"), its name ("Luật Giáo dục"), or its
    /// id from another answer ("33-2021-tt-bgddt").
    number: String,
    /// The day for which its force is told, YYYY-MM-DD; today unless told otherwise.
    as_of: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Search {
    /// Words in Vietnamese, with or without diacritics, or a number in any spelling. `"words together"`, `-without`,
    /// `this OR that`, and the fields `loai:` (kind), `coquan:` (issuer), `nam:2020..2024` (years), `hieuluc:con` (in force),
    /// `dan:NUMBER` (documents that cite it) narrow it down.
    query: String,
    /// How many hits: 20 unless told otherwise.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many of the first to pass over.
    offset: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
struct CheckText {
    /// The draft as plain text, at most 4 MiB, with its header where the day or the form depends on it.
    text: String,
    /// The day as of which citations are judged: `today` (unless told otherwise), `document` for the draft's own date, or
    /// YYYY-MM-DD.
    as_of: Option<String>,
    /// Language of the messages: `vi` (unless told otherwise) or `en`.
    lang: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Citing {
    /// The instrument: its number in any spelling, its name, or its id from another answer.
    number: String,
    /// How many citations: 20 unless told otherwise.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many of the first to pass over.
    offset: Option<usize>,
}

/// What a name or number may mean where it names no one instrument.
#[derive(Serialize)]
struct Unclear {
    /// `unknown` or `ambiguous`.
    found: &'static str,
    message: String,
    /// Ids to ask again with.
    candidates: Vec<Candidate>,
}

#[derive(Serialize)]
struct Candidate {
    id: String,
    /// Its number, or the title of what has none.
    name: String,
}

#[derive(Serialize)]
struct Looked {
    instrument: InstrumentView,
    /// How many of each list of the instrument are not told.
    left_out: LeftOut,
}

#[derive(Default, Serialize)]
struct LeftOut {
    acts_on: usize,
    acted_on_by: usize,
    documents: usize,
    same_number: usize,
}

#[derive(Serialize)]
struct Checked {
    as_of: String,
    citations: usize,
    errors: usize,
    warnings: usize,
    findings: Vec<FindingRecord>,
    /// How many findings more there are; check the text in parts to see them.
    left_out: usize,
    /// How many findings the office has settled in its `danchieu.toml`; they are not told.
    accepted: usize,
    /// What should be known before the findings are believed.
    notices: Vec<String>,
}

#[tool_router]
impl Tools {
    /// With the base that `source` gives at each call.
    pub fn new(source: Source) -> Tools {
        Tools { source }
    }

    /// Tell what is known of one Vietnamese legal or administrative instrument (law, decree, circular, decision, plan,
    /// dispatch): title, issuer, dates, whether it is in force on a day, what amended or replaced it, what to cite instead
    /// (`successor`), how often documents of the library cite it. Use it to verify a number before citing it. Where the
    /// number names none or several, `found` says so and `candidates` lists ids to ask again with.
    #[tool(annotations(title = "Look an instrument up", read_only_hint = true, open_world_hint = false))]
    async fn look_up(&self, Parameters(asked): Parameters<LookUp>) -> Result<CallToolResult, ErrorData> {
        self.answer(move |library| {
            let as_of = day(asked.as_of.as_deref())?;
            let id = match one(library, &asked.number)? {
                Ok(id) => id,
                Err(unclear) => return value(unclear),
            };
            match library.ask(|store, register| library::instrument(store, register, &id, as_of))? {
                Some(instrument) => value(Looked::of(instrument)),
                None => Err(Refusal(format!(
                    "\"{}\" is a document of the library without a number of its own; call `cites` to see what it cites.",
                    asked.number
                ))),
            }
        })
        .await
    }

    /// Search instruments and documents of the library by number or words, with or without diacritics. Use it when only
    /// the subject or a part of a title is known; `suggestions` says what to try where nothing was found.
    #[tool(annotations(title = "Search the library", read_only_hint = true, open_world_hint = false))]
    async fn search(&self, Parameters(asked): Parameters<Search>) -> Result<CallToolResult, ErrorData> {
        self.answer(move |library| {
            let page = page(asked.offset, asked.limit)?;
            named("query", &asked.query)?;
            let request = SearchRequest { query: &asked.query, page, order: Order::Relevance, facets: false };
            value(library.ask(|store, register| library::search(store, register, library.forces(), &request))?)
        })
        .await
    }

    /// Check the citations in a Vietnamese draft: which are expired, replaced, not yet in force, misdated, malformed or
    /// unknown, and what to write instead (`suggestion`). An instrument the register does not know is reported as unknown,
    /// not as wrong. `start` and `end` are bytes of the UTF-8 text. The text is not kept.
    #[tool(annotations(title = "Check a draft", read_only_hint = true, open_world_hint = false))]
    async fn check_text(&self, Parameters(asked): Parameters<CheckText>) -> Result<CallToolResult, ErrorData> {
        self.answer(move |library| {
            if asked.text.len() > LONGEST {
                return refuse("The text is too long: at most 4 MiB. Check it in parts.");
            }
            if asked.text.trim().is_empty() {
                return refuse("The text is empty: give the draft in `text`.");
            }
            let as_of = asked.as_of.as_deref().map(|day| AsOf::parse(day).ok_or(day)).transpose();
            let as_of = as_of.map_err(|day| {
                Refusal(format!("`as_of` does not take \"{day}\"; write `today`, `document` or a day as YYYY-MM-DD."))
            })?;
            let lang = match asked.lang.as_deref() {
                None | Some("vi") => Lang::Vi,
                Some("en") => Lang::En,
                Some(other) => return refuse(format!("`lang` does not take \"{other}\"; write `vi` or `en`.")),
            };
            let document = read::read_bytes("draft.txt", asked.text.into_bytes());
            let document = document.map_err(|error| Refusal(error.message(Lang::En)))?;
            value(checked(library, document, as_of, lang)?)
        })
        .await
    }

    /// List the documents of the library that cite an instrument, newest first, each with the sentence that cites it, what it
    /// does to it (`treatment`) and the provision cited (`pin`). `total` counts them all; ask on with `offset`.
    #[tool(annotations(title = "Who cites it", read_only_hint = true, open_world_hint = false))]
    async fn cited_by(&self, Parameters(asked): Parameters<Citing>) -> Result<CallToolResult, ErrorData> {
        self.edges(asked, library::citations_to).await
    }

    /// List what a document of the library cites, or what an instrument cites whose text is in the library, in the order of
    /// its text, with the sentences. `total` counts them all; ask on with `offset`.
    #[tool(annotations(title = "What it cites", read_only_hint = true, open_world_hint = false))]
    async fn cites(&self, Parameters(asked): Parameters<Citing>) -> Result<CallToolResult, ErrorData> {
        self.edges(asked, library::citations_of).await
    }
}

impl Tools {
    async fn edges(
        &self,
        asked: Citing,
        look: fn(&Store, &Register, &str, Paging) -> Result<Citations, LibraryError>,
    ) -> Result<CallToolResult, ErrorData> {
        self.answer(move |library| {
            let page = page(asked.offset, asked.limit)?;
            match one(library, &asked.number)? {
                Ok(id) => value(library.ask(|store, register| look(store, register, &id, page))?),
                Err(unclear) => value(unclear),
            }
        })
        .await
    }

    /// Runs `work` where it may block, and says with its answer, or why there is none, what the register covers.
    async fn answer(
        &self,
        work: impl FnOnce(&Library) -> Result<Value, Refusal> + Send + 'static,
    ) -> Result<CallToolResult, ErrorData> {
        let library = (self.source)();
        let asked = tokio::task::spawn_blocking(move || {
            let answer = work(&library);
            let coverage = match library.coverage() {
                Ok(counts) => CoverageNote { counts: counts.clone(), note: Coverage::note(Lang::En) },
                // What the answer rests on cannot be said.
                Err(error) => {
                    let Refusal(error) = answer.err().unwrap_or_else(|| error.into());
                    return Ok(CallToolResult::error(vec![ContentBlock::text(error)]));
                }
            };
            match answer {
                Ok(answer) => serde_json::to_value(Covered { answer, coverage }).map(CallToolResult::structured),
                Err(Refusal(error)) => {
                    let mut refused = CallToolResult::error(vec![ContentBlock::text(&error)]);
                    let answer = serde_json::to_value(Covered { answer: Refused { error }, coverage })?;
                    refused.structured_content = Some(answer);
                    Ok(refused)
                }
            }
        });
        match asked.await {
            Ok(answer) => answer.map_err(|error| ErrorData::internal_error(error.to_string(), None)),
            Err(_) => Ok(CallToolResult::error(vec![ContentBlock::text(
                "The program failed on this question; others still work. Please report it with what was asked.",
            )])),
        }
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("danchieu", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "Vietnamese legal and administrative instruments: numbers, force on a day, successors, and who cites them. Answers come \
                 from a local library; nothing leaves the machine. Verify each number with `look_up` before citing it, and a whole \
                 draft with `check_text`. `coverage` in every answer tells how much the register holds and as of when: say so where \
                 something is unknown.",
            )
    }
}

impl Looked {
    fn of(mut instrument: InstrumentView) -> Looked {
        fn cut<T>(list: &mut Vec<T>) -> usize {
            list.split_off(list.len().min(RELATED)).len()
        }
        let left_out = LeftOut {
            acts_on: cut(&mut instrument.acts_on),
            acted_on_by: cut(&mut instrument.acted_on_by),
            documents: cut(&mut instrument.documents),
            same_number: cut(&mut instrument.same_number),
        };
        Looked { instrument, left_out }
    }
}

/// The one id that a number or name means.
fn one(library: &Library, number: &str) -> Result<Result<String, Unclear>, Refusal> {
    named("number", number)?;
    let unclear = |found, message, candidates: Vec<(String, String)>| {
        let candidates = candidates.into_iter().map(|(name, id)| Candidate { id, name });
        Unclear { found, message, candidates: candidates.take(LIMITS.0).collect() }
    };
    let resolved = library.ask(|store, register| library::resolve_name(store, register, number))?;
    Ok(match resolved {
        Resolution::One { id, .. } => Ok(id),
        Resolution::Nothing { near } => {
            let message = format!(
                "Nothing called \"{number}\" is in the register, and nothing of the library cites it. That does not mean it does not exist."
            );
            Err(unclear("unknown", message, near))
        }
        Resolution::Several(ids) => {
            let message = format!("\"{number}\" may be any of {} instruments; ask with an id.", ids.len());
            let named = library.ask(|store, register| {
                let name = |id: String| Ok((library::display_name(store, register, &id)?, id));
                ids.into_iter().map(name).collect()
            });
            Err(unclear("ambiguous", message, named?))
        }
    })
}

/// The day that `as_of` of a look-up means.
fn day(as_of: Option<&str>) -> Result<Date, Refusal> {
    match as_of.map(|day| AsOf::parse(day).ok_or(day)) {
        None | Some(Ok(AsOf::Today)) => Ok(library::today()),
        Some(Ok(AsOf::Day(day))) => Ok(day),
        Some(Ok(AsOf::Document)) => {
            refuse("`as_of` takes a day as YYYY-MM-DD here; there is no draft to take it from.")
        }
        Some(Err(day)) => refuse(format!("`as_of` does not take \"{day}\"; write a day as YYYY-MM-DD.")),
    }
}

fn checked(library: &Library, document: Document, as_of: Option<AsOf>, lang: Lang) -> Result<Checked, Refusal> {
    let request = CheckRequest { as_of, ..CheckRequest::on(library::today()) };
    let policy = PolicyLookup::default().for_file(Path::new("draft.txt"));
    let policy = policy.map_err(|error| Refusal(error.message(Lang::En)))?;
    let checked = library.ask(|_, register| Ok(check::check(&request, document, register, &policy)))?;
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let listed = &checked.findings[..checked.findings.len().min(FINDINGS)];
    let read = checked.document.notices.iter().map(|notice| notice.message(lang));
    Ok(Checked {
        as_of: checked.as_of.to_string(),
        citations: checked.reading.citations.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        findings: record::findings(&checked.document, listed, lang),
        left_out: checked.findings.len() - listed.len(),
        accepted: checked.accepted.len(),
        notices: read.chain(checked.notices.iter().map(|notice| notice.in_lang(lang).to_owned())).collect(),
    })
}

fn page(offset: Option<usize>, limit: Option<usize>) -> Result<Paging, Refusal> {
    let (offset, limit) = (offset.unwrap_or(0), limit.unwrap_or(LIMITS.0));
    if !(1..=LIMITS.1).contains(&limit) || offset > 1_000_000 {
        return refuse(format!("`limit` takes 1 to {}, `offset` 0 to 1000000.", LIMITS.1));
    }
    Ok(Paging { offset, limit })
}

/// Whether a number, a name or a query can be looked for at all.
fn named(parameter: &str, written: &str) -> Result<(), Refusal> {
    match written.chars().count() {
        _ if written.trim().is_empty() => refuse(format!("`{parameter}` is empty: write a number, a name or words.")),
        length if length > LONGEST_NAME => refuse(format!(
            "`{parameter}` is too long: at most {LONGEST_NAME} characters. `check_text` takes whole texts."
        )),
        _ => Ok(()),
    }
}

fn value(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|error| Refusal(error.to_string()))
}

fn refuse<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(why.into()))
}

/// Serves one client over standard input and output until it closes them.
///
/// # Errors
/// The client does not speak the protocol, or a stream broke.
pub async fn over_stdio(source: Source) -> Result<(), String> {
    let running = Tools::new(source).serve(rmcp::transport::stdio()).await.map_err(|error| error.to_string())?;
    running.waiting().await.map(drop).map_err(|error| error.to_string())
}

/// The same over HTTP, to be mounted at an address; each request stands for itself.
pub fn over_http(source: Source) -> StreamableHttpService<Tools, LocalSessionManager> {
    // Who may ask is decided in front of it, for all addresses alike.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_max_request_body_bytes(2 * LONGEST)
        .disable_allowed_hosts();
    StreamableHttpService::new(move || Ok(Tools::new(Arc::clone(&source))), Arc::default(), config)
}
