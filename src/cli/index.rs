//! `danchieu index`: brings the index up to date with the files.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Global, complain, note, output};
use crate::library::{self, IndexOptions, IndexReport, LibraryError, Progress};
use crate::text::{Lang, counted};

/// Index documents and the register, or bring the index up to date
///
/// Files that have not changed are skipped, those that are gone disappear. A run that is interrupted leaves the
/// index as it was. Files that cannot be read are named, and the others go on.
///
/// Exit code: 0 everything was read, 2 files or rows of the register could not be read (the others are indexed all
/// the same), or the program could not run.
#[derive(Debug, clap::Args)]
pub struct IndexArgs {
    /// Folders and files to index in place of those of last time; without any, those of last time, else ./corpus
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read every file again, changed or not
    #[arg(long)]
    rebuild: bool,
}

pub fn run(args: IndexArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let options = IndexOptions {
        library: global.library.clone(),
        paths: args.paths,
        register: global.register.clone(),
        rebuild: args.rebuild,
        reading: global.reading(),
    };
    let started = Instant::now();
    let report = make(&options, lang).map_err(|error| output::user_error(&error, lang))?;
    tell(&report, lang);
    anstream::println!("{}", summary(&report, started.elapsed().as_secs_f64(), &options, lang));
    let whole = report.failed.is_empty() && report.problems.is_empty();
    Ok(if !whole { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// Runs it behind a progress bar.
pub(super) fn make(options: &IndexOptions, lang: Lang) -> Result<IndexReport, LibraryError> {
    let bar = bar(lang);
    let report = library::index(options, |progress| show(&bar, progress, lang));
    bar.finish_and_clear();
    report
}

/// Says what could not be read, and what of the rest is less certain.
pub(super) fn tell(report: &IndexReport, lang: Lang) {
    for problem in &report.problems {
        complain(&problem.message(lang), lang);
    }
    for error in &report.failed {
        complain(&error.message(lang), lang);
    }
    for error in &report.passed {
        note(&error.message(lang), lang);
    }
    for (path, notice) in &report.notices {
        note(&format!("{path}: {}", notice.message(lang)), lang);
    }
}

/// A progress bar on standard error where that is a terminal, else nothing.
fn bar(lang: Lang) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(None, target);
    let template =
        lang.pick("Lập chỉ mục [{bar:30}] {pos}/{len} {wide_msg}", "Indexing [{bar:30}] {pos}/{len} {wide_msg}");
    // The template is ours and known to parse; without it the bar looks plainer.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// Shows how far the run is.
fn show(bar: &ProgressBar, progress: Progress<'_>, lang: Lang) {
    match progress {
        Progress::Found(files) => bar.set_length(files as u64),
        Progress::Done { path, .. } => {
            bar.inc(1);
            let name = std::path::Path::new(path).file_name().unwrap_or_default();
            bar.set_message(name.to_string_lossy().into_owned());
        }
        Progress::Saving => bar.set_message(lang.pick("đang ghi…", "writing…")),
    }
}

fn summary(report: &IndexReport, seconds: f64, options: &IndexOptions, lang: Lang) -> String {
    let IndexReport { read, unchanged, removed, failed, documents, citations, instruments, .. } = report;
    let failed = failed.len();
    let library = options.library.display();
    match lang {
        Lang::Vi => {
            let failed = if failed > 0 { format!(", {failed} không đọc được") } else { String::new() };
            let removed = if *removed > 0 { format!(", {removed} đã bỏ") } else { String::new() };
            format!(
                "{read} tệp mới hoặc thay đổi, {unchanged} không đổi{removed}{failed} ({seconds:.1} giây)\n\
                 {library}: {documents} tài liệu, {citations} dẫn chiếu, {instruments} văn bản trong sổ đăng ký"
            )
        }
        Lang::En => {
            let failed = if failed > 0 { format!(", {failed} could not be read") } else { String::new() };
            let removed = if *removed > 0 { format!(", {removed} removed") } else { String::new() };
            format!(
                "{read} new or changed, {unchanged} unchanged{removed}{failed} ({seconds:.1} s)\n\
                 {library}: {}, {}, {} of the register",
                counted(*documents, "document"),
                counted(*citations, "citation"),
                counted(*instruments, "instrument")
            )
        }
    }
}
