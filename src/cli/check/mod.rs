//! `danchieu check`: what can be said against the citations of drafts.

mod annotated;
mod copies;
mod document;
mod messages;
mod output;

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::output::width;
use super::{Global, batches, day, from_stdin, open_library_or_register};
use crate::check::policy::{Baseline, FilePolicy, PolicyLookup, absolute_path};
use crate::check::{AsOf, CheckRequest, Profile};
use crate::law::Date;
use crate::library;
use crate::read::Files;
use crate::report::html::ReviewSetting;
use crate::text::{Lang, Message};

use annotated::Annotations;
use copies::Copies;
use document::CheckRun;
use output::CheckOutput;

/// Check the citations in files: which are ended, replaced, not yet in force, unknown or wrongly written
///
/// What the office accepts, and how much a rule weighs, stands in files named danchieu.toml beside the drafts or in the
/// folders above them.
///
/// Exit code: 0 nothing wrong was found (notes apart), 1 errors or warnings were found, those accepted and those of the
/// baseline apart, 2 a file could not be read, a copy not written, or none made of a file that was named
/// because of its format (the others are checked all the same), or the check could not run.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files and folders to check; - reads standard input: text, or a file known by its first bytes
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the answer: text; json; sarif (2.1.0); github (workflow commands); html (a review sheet to print and sign)
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
    /// File to write the answer to; without it, standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Day of the check: today, document (each document's own date), YYYY-MM-DD or DD/MM/YYYY; without it, the signing
    /// date, else today
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<AsOf>,
    /// Day on which the drafts will be signed: they are judged as of it, and it is the date of those that state none
    #[arg(long, value_name = "DAY", value_parser = day)]
    signing_date: Option<Date>,
    /// Write corrected copies of text files, with only what is safe; originals are never changed
    #[arg(long)]
    fix: bool,
    /// Folder for the copies; without it they stand beside the originals, named NAME.da-sua.EXT
    #[arg(long, value_name = "DIR", requires = "fix")]
    out: Option<PathBuf>,
    /// Write copies of Word files to this folder, with a comment at each finding; with --fix also what is safe to
    /// change, as tracked changes
    #[arg(long, value_name = "DIR")]
    annotate: Option<PathBuf>,
    /// Report only what this earlier answer (JSON) does not have
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings to this file, as the baseline of later runs
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Rules of form to judge by: admin, normative or party; without it, those of each document's own sort
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    profile: Option<Profile>,
    /// List the accepted findings too, with the reasons
    #[arg(long)]
    show_accepted: bool,
    /// Only the figures: no single findings in text, no notes, no progress bar
    #[arg(long, short)]
    quiet: bool,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum CheckFormat {
    #[default]
    Text,
    Json,
    Sarif,
    Github,
    Html,
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::parse(name).ok_or_else(|| "admin | normative | party".to_owned())
}

fn as_of(text: &str) -> Result<AsOf, String> {
    AsOf::parse(text).ok_or_else(|| "today | document | YYYY-MM-DD | DD/MM/YYYY".to_owned())
}

/// How many bytes of documents are read at a time.
const BATCH_BYTES: u64 = 32 << 20;

pub fn run(args: CheckArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let register = &open_library_or_register(global)?;
    let today = library::today();
    let run = CheckRun {
        register,
        format: args.format,
        request: CheckRequest { as_of: args.as_of, signing: args.signing_date, today, profile: args.profile },
        lang,
        width: if args.output.is_some() { super::output::PAGE_WIDTH } else { width() },
        setting: register.ask(lang, |register| ReviewSetting::new(register, today, lang))?,
        annotations: args.annotate.map(|folder| Annotations::new(folder, &args.paths, args.fix, today)),
        copies: args.fix.then(|| Copies::new(args.out, &args.paths)),
        baseline: args.baseline.as_deref().map(|path| baseline(path, lang)).transpose()?,
        show_accepted: args.show_accepted,
        quiet: args.quiet,
        keeps_records: args.write_baseline.is_some(),
        named: args.paths.clone(),
    };

    let (stdin, named): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.into_iter().partition(|path| path == Path::new("-"));
    let reading = global.reading();
    let Files { found: files, passed, errors } = reading.files(&named);
    let is_copy = |file: &PathBuf| {
        !run.named.contains(file)
            && (run.copies.as_ref().is_some_and(|copies| copies.holds(file))
                || run.annotations.as_ref().is_some_and(|one| one.holds(file)))
    };
    let files: Vec<PathBuf> = files.into_iter().filter(|file| !is_copy(file)).collect();
    for path in args.output.iter().chain(&args.write_baseline) {
        refuse_draft(path, &files, lang)?;
    }
    // Before anything is checked: a policy that cannot be followed would let the run accept too much or too little.
    let mut policies = PolicyLookup::default();
    let mut tasks: Vec<(PathBuf, FilePolicy)> = Vec::with_capacity(files.len());
    for file in files {
        let policy = policies.for_file(&file).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
        tasks.push((file, policy));
    }
    let bar = bar(tasks.len(), args.quiet, lang);
    let mut output = CheckOutput::new(args.output.as_deref(), bar.clone(), &run)?;
    for error in passed {
        output.note(&error.message(lang));
    }
    for error in errors {
        output.unreadable(error)?;
    }
    if !stdin.is_empty() {
        let policy = policies.for_file(Path::new("-")).map_err(|error| anyhow::anyhow!(error.message(lang)))?;
        match from_stdin(reading)? {
            Ok(document) => output.take(run.check(document, Path::new("-"), &policy)?)?,
            Err(error) => output.unreadable(error)?,
        }
    }
    for batch in batches(&tasks, BATCH_BYTES, |(path, ..)| path) {
        let check = |(path, policy): &(PathBuf, FilePolicy)| {
            let sheet = reading.read_file(path).map(|document| run.check(document, path, policy));
            bar.inc(1);
            sheet
        };
        let sheets: Vec<_> = batch.par_iter().with_max_len(1).map(check).collect();
        for sheet in sheets {
            match sheet {
                Ok(sheet) => output.take(sheet?)?,
                Err(error) => output.unreadable(error)?,
            }
        }
    }
    bar.finish_and_clear();
    output.end(&run, args.write_baseline.as_deref())
}

/// The findings of an earlier run.
fn baseline(path: &Path, lang: Lang) -> anyhow::Result<Baseline> {
    let refused = |message: Message| anyhow::anyhow!(message.in_lang(lang).to_owned());
    let json = fs::read(path).map_err(|error| refused(messages::unreadable(path, &error)))?;
    // A path is relative to the folder of the earlier run: this one, or the folder of its answer.
    let beside = path.parent().unwrap_or(Path::new(""));
    let whole = |written: &str| {
        let there = beside.join(written);
        let file = if Path::new(written).exists() || !there.exists() { Path::new(written) } else { &there };
        absolute_path(file).to_string_lossy().into_owned()
    };
    Baseline::parse(&json, whole).map_err(|error| refused(messages::not_a_baseline(path, &error)))
}

/// Refuses to write an answer over one of the drafts.
fn refuse_draft(path: &Path, drafts: &[PathBuf], lang: Lang) -> anyhow::Result<()> {
    let Ok(target) = path.canonicalize() else { return Ok(()) };
    if drafts.iter().any(|draft| draft.canonicalize().is_ok_and(|draft| draft == target)) {
        anyhow::bail!(messages::is_a_draft(path).in_lang(lang).to_owned());
    }
    Ok(())
}

/// A progress bar on standard error where that is a terminal and there is something to wait for.
fn bar(files: usize, quiet: bool, lang: Lang) -> ProgressBar {
    let shown = files > 1 && !quiet && io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    let template = lang.pick("Kiểm tra [{bar:30}] {pos}/{len} tệp", "Checking [{bar:30}] {pos}/{len} files");
    // The template is ours and known to parse; without it the bar looks plainer.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}
