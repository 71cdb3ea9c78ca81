//! The tools on one screen. The doc comment of a tool is its description for the language model, the docs of its
//! parameters are theirs.

use std::sync::Arc;

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, Implementation, ServerCapabilities, ServerConfig};
use rmcp::{ErrorData, ServerHandler, tool, tool_handler, tool_router};

use super::answer::answer;
use super::check_text::{self, CheckTextParams};
use super::citations::{self, CitationsParams};
use super::impact::{self, ImpactParams};
use super::look_up::{self, LookUpParams};
use super::search::{self, SearchParams};
use crate::library::Library;

/// The library to answer with. It is asked for at every call, since the index may have been written again.
pub type LibrarySource = Arc<dyn Fn() -> Arc<Library> + Send + Sync>;

/// Answers the calls of one client.
#[derive(Clone)]
pub struct Tools {
    source: LibrarySource,
}

#[tool_router]
impl Tools {
    /// Tools that answer with the library that `source` gives at each call.
    pub fn new(source: LibrarySource) -> Tools {
        Tools { source }
    }

    /// Tell what is known of one Vietnamese legal or administrative instrument (law, decree, circular, decision, plan,
    /// dispatch): title, issuer, dates, whether it is in force on a day, what amended or replaced it, what to cite instead
    /// (`successor`), how often documents of the library cite it. Use it to verify a number before citing it. Where the
    /// number names none or several, `found` says so and `candidates` lists ids to ask again with.
    #[tool(annotations(title = "Look an instrument up", read_only_hint = true, open_world_hint = false))]
    async fn look_up(&self, Parameters(params): Parameters<LookUpParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| look_up::look_up(library, &params)).await
    }

    /// Search instruments and documents of the library by number or words, with or without diacritics. Use it when only
    /// the subject or a part of a title is known; `suggestions` says what to try where nothing was found.
    #[tool(annotations(title = "Search the library", read_only_hint = true, open_world_hint = false))]
    async fn search(&self, Parameters(params): Parameters<SearchParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| search::search(library, &params)).await
    }

    /// Check the citations in a Vietnamese draft: which are expired, replaced, not yet in force, misdated, malformed or
    /// unknown, and what to write instead (`suggestion`). An instrument the register does not know is reported as unknown,
    /// not as wrong. `start` and `end` are bytes of the UTF-8 text. The text is not kept.
    #[tool(annotations(title = "Check a draft", read_only_hint = true, open_world_hint = false))]
    async fn check_text(&self, Parameters(params): Parameters<CheckTextParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| check_text::check_text(library, params)).await
    }

    /// List the documents of the library that cite an instrument, newest first, each with the sentence that cites it, what it
    /// does to it (`treatment`) and the provision cited (`pin`). `total` counts them all; ask on with `offset`.
    #[tool(annotations(title = "Who cites it", read_only_hint = true, open_world_hint = false))]
    async fn cited_by(&self, Parameters(params): Parameters<CitationsParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| citations::cited_by(library, &params)).await
    }

    /// List what a document of the library cites, or what an instrument cites whose text is in the library, in the order of
    /// its text, with the sentences. `total` counts them all; ask on with `offset`.
    #[tool(annotations(title = "What it cites", read_only_hint = true, open_world_hint = false))]
    async fn cites(&self, Parameters(params): Parameters<CitationsParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| citations::cites(library, &params)).await
    }

    /// List the documents of the library that cite an instrument, those that rest on it first, each with its citations, and
    /// what to cite instead (`successor`). Use it when an instrument was amended, replaced or ended, to find what must be
    /// revised. `total` counts the citations; `left_out` counts documents that are not listed.
    #[tool(annotations(title = "What a change touches", read_only_hint = true, open_world_hint = false))]
    async fn impact(&self, Parameters(params): Parameters<ImpactParams>) -> Result<CallToolResult, ErrorData> {
        answer((self.source)(), move |library| impact::impact(library, &params)).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;
    use crate::store::ReadFailures;

    #[tokio::test]
    async fn one_failed_read_is_one_error_and_the_next_answer_is_right() {
        let home = library::tests::indexed();
        let failures = ReadFailures::default();
        let opened = Arc::new(Library::open_failing(&home.path().join("index"), &failures));
        let tools = Tools::new(Arc::new(move || Arc::clone(&opened)));
        let params = || serde_json::from_str::<LookUpParams>(r#"{"number": "33/2021/TT-BGDĐT"}"#).unwrap();
        failures.fail_next(1);
        assert_eq!(tools.look_up(Parameters(params())).await.unwrap().is_error, Some(true));
        assert_ne!(tools.look_up(Parameters(params())).await.unwrap().is_error, Some(true));
    }
}
