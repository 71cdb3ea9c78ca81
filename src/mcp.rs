//! The knowledge base as tools for language models (Model Context Protocol): look a number up, search, check a text, find
//! who cites what. The same questions as the other faces ask; every answer says what the register covers and as of when.

use std::path::Path;
use std::sync::Arc;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, Implementation, ServerCapabilities, ServerConfig};
use rmcp::schemars::{self, JsonSchema};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};

use crate::base::{self, AsOf, Base, Coverage, Days, Edges, Hits, InstrumentView, Page, Policies, Terms};
use crate::check::Severity;
use crate::read::{self, Document};
use crate::report::record::{self, FindingRecord};
use crate::text::Lang;

/// The base to answer with, asked for anew at every call: the index may have been written again.
pub type Source = Arc<dyn Fn() -> Arc<Base> + Send + Sync>;

/// The longest text that is checked, in bytes.
const LONGEST: usize = 4 << 20;

/// How many items a list has unless told otherwise, and at most.
const LIMITS: (usize, usize) = (20, 100);

/// Answers the calls of one client.
#[derive(Clone)]
pub struct Tools {
    source: Source,
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

#[derive(Deserialize, JsonSchema)]
struct LookUp {
    /// The instrument: its number in any spelling ("33/2021/TT-BGDĐT", "tt 33 2021"), name ("Luật Giáo dục"), or id.
    number: String,
    /// The day for which its force is told, YYYY-MM-DD; today unless told otherwise.
    as_of: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Search {
    /// Words, with or without diacritics, or a number in any spelling.
    query: String,
    /// How many hits: 20 unless told otherwise, at most 100.
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
struct CheckText {
    /// The draft as plain text, with its header where the day or the form depends on it.
    text: String,
    /// The day as of which citations are judged: `today` (unless told otherwise), `document` for the draft's own date, or
    /// YYYY-MM-DD.
    as_of: Option<String>,
    /// Language of the messages: `vi` (unless told otherwise) or `en`.
    lang: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Citing {
    /// The instrument: its number in any spelling, name, or id.
    number: String,
    /// How many citations: 20 unless told otherwise, at most 100.
    limit: Option<usize>,
    /// How many of the first to pass over.
    offset: Option<usize>,
}

/// What a name or number may mean where it names no one instrument.
#[derive(Serialize)]
struct Unclear {
    /// `unknown` or `ambiguous`.
    found: &'static str,
    /// Ids to ask again with.
    candidates: Vec<String>,
}

#[derive(Serialize)]
struct Looked {
    instrument: InstrumentView,
}

#[derive(Serialize)]
struct Checked {
    as_of: String,
    citations: usize,
    errors: usize,
    warnings: usize,
    findings: Vec<FindingRecord>,
}

#[tool_router]
impl Tools {
    /// With the base that `source` gives at each call.
    pub fn new(source: Source) -> Tools {
        Tools { source }
    }

    /// Tell what is known of a Vietnamese legal or administrative instrument: title, issuer, dates, whether it is in force on a day,
    /// what amended or replaced it and what to cite instead, how often documents of the library cite it.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn look_up(&self, Parameters(asked): Parameters<LookUp>) -> Result<CallToolResult, ErrorData> {
        let as_of = match asked.as_of.as_deref().map(AsOf::parse) {
            None | Some(Some(AsOf::Today)) => base::today(),
            Some(Some(AsOf::Day(day))) => day,
            Some(_) => return Err(bad("as_of: YYYY-MM-DD")),
        };
        self.answer(move |base| match one(base, &asked.number) {
            Ok(id) => base.instrument(&id, as_of).map(|instrument| value(Looked { instrument })).transpose(),
            Err(unclear) => value(unclear).map(Some),
        })
        .await
    }

    /// Search instruments and documents of the library by number or words, with or without diacritics.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn search(&self, Parameters(asked): Parameters<Search>) -> Result<CallToolResult, ErrorData> {
        let page = page(None, asked.limit);
        self.answer(move |base| {
            let hits: Hits = base.search(&asked.query, page).map_err(|error| bad(&error.message(Lang::En)))?;
            value(hits).map(Some)
        })
        .await
    }

    /// Check the citations in a Vietnamese draft: which are expired, replaced, not yet in force, misdated, malformed or unknown, and
    /// what to write instead. An instrument the register does not know is reported as unknown, not as wrong. The text is not kept.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn check_text(&self, Parameters(asked): Parameters<CheckText>) -> Result<CallToolResult, ErrorData> {
        if asked.text.len() > LONGEST {
            return Err(bad("text: at most 4 MiB"));
        }
        let as_of = asked
            .as_of
            .as_deref()
            .map(|day| AsOf::parse(day).ok_or_else(|| bad("as_of: today, document or YYYY-MM-DD")));
        let as_of = as_of.transpose()?;
        let lang = if asked.lang.as_deref() == Some("en") { Lang::En } else { Lang::Vi };
        self.answer(move |base| {
            let document = read::read_bytes("draft.txt", asked.text.into_bytes());
            let document = document.map_err(|error| bad(&error.message(Lang::En)))?;
            value(judged(base, &document, as_of, lang)?).map(Some)
        })
        .await
    }

    /// List the documents of the library that cite an instrument, each with the sentence that cites it.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn cited_by(&self, Parameters(asked): Parameters<Citing>) -> Result<CallToolResult, ErrorData> {
        self.edges(asked, Base::cited_by).await
    }

    /// List what a document of the library cites, or what an instrument cites whose text is in the library, with the sentences.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn cites(&self, Parameters(asked): Parameters<Citing>) -> Result<CallToolResult, ErrorData> {
        self.edges(asked, Base::cites).await
    }
}

impl Tools {
    async fn edges(&self, asked: Citing, look: fn(&Base, &str, Page) -> Edges) -> Result<CallToolResult, ErrorData> {
        let page = page(asked.offset, asked.limit);
        self.answer(move |base| match one(base, &asked.number) {
            Ok(id) => value(look(base, &id, page)).map(Some),
            Err(unclear) => value(unclear).map(Some),
        })
        .await
    }

    /// Runs `work` where it may block, and says with its answer what the register covers.
    async fn answer(
        &self,
        work: impl FnOnce(&Base) -> Result<Option<serde_json::Value>, ErrorData> + Send + 'static,
    ) -> Result<CallToolResult, ErrorData> {
        let base = (self.source)();
        let asked = tokio::task::spawn_blocking(move || {
            let answer = work(&base)?.unwrap_or(serde_json::Value::Null);
            if let Some(failure) = base.failure() {
                return Err(ErrorData::internal_error(failure.message(Lang::En), None));
            }
            let note = "The register is a selection: an instrument it lacks, or whose force it gives as unknown, may well be in force.";
            let answer = match answer {
                serde_json::Value::Object(_) => answer,
                other => serde_json::json!({ "found": "unknown", "answer": other }),
            };
            value(Covered { answer, coverage: CoverageNote { counts: base.coverage(), note } })
        });
        let answer =
            asked.await.map_err(|_| ErrorData::internal_error("the program failed on this question", None))??;
        Ok(CallToolResult::structured(answer))
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("danchieu", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "Vietnamese legal and administrative instruments: numbers, force on a day, successors, and who cites them. Answers come \
                 from a local library; nothing leaves the machine.",
            )
    }
}

/// The one id that a number or name means.
fn one(base: &Base, number: &str) -> Result<String, Unclear> {
    let mut ids = base.find(number);
    match ids.len() {
        1 => Ok(ids.remove(0)),
        0 => {
            Err(Unclear { found: "unknown", candidates: base.near_to(number).into_iter().map(|(_, id)| id).collect() })
        }
        _ => Err(Unclear { found: "ambiguous", candidates: ids }),
    }
}

fn judged(base: &Base, document: &Document, as_of: Option<AsOf>, lang: Lang) -> Result<Checked, ErrorData> {
    let terms = Terms { days: Days { as_of, signing: None, today: base::today() }, profile: None };
    let (policy, file) =
        Policies::default().of(Path::new("draft.txt")).map_err(|error| bad(&error.message(Lang::En)))?;
    let judged = terms.judge(document, &base.register(), &policy, &file);
    let findings = &judged.settled.findings;
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    Ok(Checked {
        as_of: judged.as_of.to_string(),
        citations: judged.reading.citations.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        findings: record::findings(document, findings, lang),
    })
}

fn page(offset: Option<usize>, limit: Option<usize>) -> Page {
    Page { offset: offset.unwrap_or(0).min(1_000_000), limit: limit.unwrap_or(LIMITS.0).clamp(1, LIMITS.1) }
}

fn value(answer: impl Serialize) -> Result<serde_json::Value, ErrorData> {
    serde_json::to_value(answer).map_err(|error| ErrorData::internal_error(error.to_string(), None))
}

fn bad(reason: &str) -> ErrorData {
    ErrorData::invalid_params(reason.to_owned(), None)
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
