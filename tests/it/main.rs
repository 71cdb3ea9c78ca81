//! One integration test binary: every file of this folder is a module of it.

mod browser;
mod check;
mod citations;
mod docx;
mod findings;
mod floors;
mod gold;
mod help;
mod http;
mod index;
mod learned;
mod office;
mod readme;
mod search;
mod serve;
