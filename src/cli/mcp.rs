//! `danchieu mcp`: the knowledge base as tools for a language model on this machine.

use std::process::ExitCode;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::anyhow;

use super::{Global, output};
use crate::mcp;

/// Offer the library to a language model on this machine, over standard input and output (Model Context Protocol); `serve` offers
/// the same at /mcp
#[derive(Debug, clap::Args)]
pub struct McpArgs {}

/// Runs until the client closes standard input.
///
/// # Errors
/// There is no index, or the client does not speak the protocol.
pub fn run(_: McpArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let library = RwLock::new(Arc::new(output::open(global)?));
    // An index that was written again answers from then on.
    let newest = move || {
        let current = Arc::clone(&library.read().unwrap_or_else(PoisonError::into_inner));
        let on_disk = current.generation_on_disk();
        if on_disk.is_empty() || on_disk == current.generation() {
            return current;
        }
        let Ok(reopened) = current.reopen().map(Arc::new) else { return current };
        *library.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&reopened);
        reopened
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(mcp::over_stdio(Arc::new(newest)));
    // A blocked read of standard input must not keep the program.
    runtime.shutdown_background();
    let lang = global.lang;
    served.map_err(|reason| anyhow!("{}: {reason}", lang.pick("kết nối MCP bị hỏng", "the MCP connection failed")))?;
    Ok(ExitCode::SUCCESS)
}
