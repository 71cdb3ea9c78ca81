//! One integration test binary: every file of this folder is a module of it.

mod access;
mod browse;
mod browser;
mod check;
mod citations;
mod docx;
mod drafts;
mod findings;
mod floors;
mod formats;
mod gold;
mod help;
mod hostile;
mod http;
mod index;
mod learned;
mod mcp;
mod office;
mod outputs;
mod pages;
mod readme;
mod register;
mod schema;
mod search;
mod serve;
mod trace;
