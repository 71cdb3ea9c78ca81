//! A draft that is handed in: how it arrives, by what it is checked, and what can be downloaded.
//!
//! `upload` takes a request apart into a `Draft` (`content`), in one of the forms of `body`. `params` and `policy` say by
//! what it is checked. A draft lives as long as its request: nothing here stores or prints it.

pub(crate) mod body;
pub(crate) mod content;
pub(crate) mod download;
pub(crate) mod params;
pub(crate) mod policy;
pub(crate) mod upload;
