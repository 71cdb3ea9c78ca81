//! danchieu reads Vietnamese official documents, finds and normalises every citation in them, and answers
//! what a regulation's number means, whether a citation still stands, and who cites what.
//!
//! The modules are floors: each uses only those above its own line here (`tests/floors.rs` reads this order).

// What is read may be anything: only a test may count on it.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used))]

// Places in text: NFC with a map to the source, folding, look-alikes. Knows nothing of law.
pub mod text;

// Values only: number, key, kind, issuer, pinpoint, instrument, force, treatment.
pub mod law;

// Bytes of a file to a `Document`.
pub mod read;

// Facts about instruments, agencies and kinds.
pub mod register;

// `Document` to `Citation`s: spot, parse, resolve, treat.
pub mod cite;

// The one store; tantivy lives here and nowhere else.
pub mod store;

// Rules to findings.
pub mod check;

// The opened knowledge base: what every face asks.
pub mod library;

// Answers as terminal text, JSON, HTML, DOT, GraphML, SVG.
pub mod report;

// The questions as tools for language models.
pub mod mcp;

// The web pages and their JSON twin.
pub mod http;

// The command line, which also starts the server.
pub mod cli;
