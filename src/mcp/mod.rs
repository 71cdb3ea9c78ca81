//! The knowledge base as tools for language models (Model Context Protocol), over standard input and output and over
//! HTTP.
//!
//! `tools` lists the tools, each a question in the file of its name. Every answer says what the register covers and as of
//! when (`answer`); a tool that cannot answer says why in a sentence (`error`).

mod answer;
mod check_text;
mod citations;
mod error;
mod impact;
mod limits;
mod look_up;
mod named_instrument;
mod search;
mod tools;
mod transport;

pub use tools::{LibrarySource, Tools};
pub use transport::{over_http, over_stdio};
