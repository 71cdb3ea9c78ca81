//! How clients reach the tools: over standard input and output, or over HTTP.

use std::sync::Arc;

use rmcp::ServiceExt;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::limits::LONGEST_TEXT;
use super::tools::{LibrarySource, Tools};

/// Serves one client over standard input and output until it closes them.
///
/// # Errors
/// The client does not speak the protocol, or a stream broke.
pub async fn over_stdio(source: LibrarySource) -> Result<(), String> {
    let running = Tools::new(source).serve(rmcp::transport::stdio()).await.map_err(|error| error.to_string())?;
    running.waiting().await.map(drop).map_err(|error| error.to_string())
}

/// A service that answers over HTTP, without sessions: each request is complete in itself. Who may ask is decided by the
/// server that mounts it.
pub fn over_http(source: LibrarySource) -> StreamableHttpService<Tools, LocalSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_max_request_body_bytes(2 * LONGEST_TEXT)
        .disable_allowed_hosts();
    StreamableHttpService::new(move || Ok(Tools::new(Arc::clone(&source))), Arc::default(), config)
}
