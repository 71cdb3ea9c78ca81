//! The tests that Rust alone can run. Every file of this folder is a module of this one program; the tests that need a
//! browser, another office program or real documents are in `tests/needs`.

mod access;
mod api;
mod browse;
mod check;
mod citations;
mod docx;
mod drafts;
mod floors;
mod formats;
mod help;
mod hostile;
mod http;
mod index;
mod learned;
mod mcp;
mod outputs;
mod questions;
mod readme;
mod register;
mod schema;
mod search;
mod serve;
#[path = "../support/mod.rs"]
mod support;
mod trace;
