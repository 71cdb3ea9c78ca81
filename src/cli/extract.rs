//! `danchieu extract`.

use std::process::ExitCode;

use super::Global;

/// (to come)
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: Args, _global: &Global) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not built yet")
}
