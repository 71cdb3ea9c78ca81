//! What both test programs use: a library to ask, a register and drafts to check by it, the server without a socket, the program as a process, Word files.
//!
//! `it` holds the tests that Rust alone can run, `needs` those that need something else on the machine.
#![allow(dead_code, reason = "each of the two programs uses its own part")]

pub mod library;
pub mod program;
pub mod register;
pub mod server;
pub mod word;
