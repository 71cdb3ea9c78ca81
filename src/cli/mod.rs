//! The command line: one file per command, each with its arguments and a `run`.

mod check;
mod citations;
mod completions;
mod explain;
mod extract;
mod graph;
mod help;
mod impact;
mod index;
mod matrix;
mod mcp;
mod output;
mod register;
mod search;
mod serve;
mod show;
mod trace;

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand};

use crate::law::{Date, parse_date};
use crate::library::{Library, LibraryError};
use crate::read::{self, Document, ReadError};
use crate::register::Register;
use crate::text::Lang;

/// Finds citations in Vietnamese official documents, checks whether they still stand, and shows who cites what.
#[derive(Debug, Parser)]
#[command(name = "danchieu", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder that holds the index
    #[arg(long, global = true, value_name = "DIR", default_value = "index", env = "DANCHIEU_LIBRARY")]
    pub library: PathBuf,
    /// Folder with the register's tables; without it those the index was made from, else ./corpus/register, else the
    /// ones built in
    #[arg(long, global = true, value_name = "DIR", env = "DANCHIEU_REGISTER")]
    pub register: Option<PathBuf>,
    /// Language of messages: vi or en
    #[arg(long, global = true, value_name = "LANG", default_value = "vi", env = "DANCHIEU_LANG", value_parser = lang)]
    pub lang: Lang,
    /// Recognise the characters on pages without text, and in images, with Tesseract where it is installed
    #[arg(long, global = true)]
    pub ocr: bool,
}

impl Global {
    /// How files are to be read.
    pub fn reading(&self) -> read::Options {
        read::Options { ocr: self.ocr }
    }
}

/// A day on the command line.
fn day(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "YYYY-MM-DD | DD/MM/YYYY".to_owned())
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "vi" => Ok(Lang::Vi),
        "en" => Ok(Lang::En),
        _ => Err("vi | en".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::IndexArgs),
    Search(search::SearchArgs),
    Check(check::CheckArgs),
    Show(show::ShowArgs),
    Cites(citations::CitesArgs),
    CitedBy(citations::CitedByArgs),
    Impact(impact::ImpactArgs),
    Graph(graph::GraphArgs),
    Trace(trace::TraceArgs),
    Matrix(matrix::MatrixArgs),
    Extract(extract::ExtractArgs),
    Register(register::RegisterArgs),
    Explain(explain::ExplainArgs),
    Serve(serve::ServeArgs),
    Mcp(mcp::McpArgs),
    Completions(completions::CompletionsArgs),
}

/// Runs the program on `args` (the program's name first) and gives its exit code: 0 done, 1 findings or nothing
/// found where the command says so, 2 could not run.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if let [_, word, from] = args.as_slice()
        && word == read::WORKER
    {
        return read::work(&from.to_string_lossy());
    }
    if let Ok(program) = std::env::current_exe() {
        read::contain(program);
    }
    let mut command = help::localised(&args);
    let matches = match command.try_get_matches_from_mut(&args) {
        Ok(matches) => matches,
        Err(error) => {
            let lang = help::lang_of(&args);
            match help::complaint(&error).filter(|_| lang == Lang::Vi) {
                Some(said) => complain(&said, lang),
                None => drop(error.print()),
            }
            return ExitCode::from(error.exit_code().clamp(0, 2) as u8);
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let global = &cli.global;
    let result = match cli.command {
        Command::Index(args) => index::run(args, global),
        Command::Search(args) => search::run(args, global),
        Command::Check(args) => check::run(args, global),
        Command::Show(args) => show::run(args, global),
        Command::Cites(args) => citations::cites(args, global),
        Command::CitedBy(args) => citations::cited_by(args, global),
        Command::Impact(args) => impact::run(args, global),
        Command::Graph(args) => graph::run(args, global),
        Command::Trace(args) => trace::run(args, global),
        Command::Matrix(args) => matrix::run(args, global),
        Command::Extract(args) => extract::run(args, global),
        Command::Register(args) => register::run(args, global),
        Command::Explain(args) => explain::run(args, global),
        Command::Serve(args) => serve::run(args, global),
        Command::Mcp(args) => mcp::run(args, global),
        Command::Completions(args) => completions::run(args, global),
    };
    match result {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"), global.lang);
            ExitCode::from(2)
        }
    }
}

/// A message on standard error, marked as an error.
fn complain(message: &str, lang: Lang) {
    let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    anstream::eprintln!("{style}{}:{style:#} {message}", lang.pick("lỗi", "error"));
}

/// A remark on standard error.
fn note(message: &str, lang: Lang) {
    anstream::eprintln!("{}: {message}", lang.pick("lưu ý", "note"));
}

/// The remarks about the reading of a document, each with its path.
fn notices(document: &Document, lang: Lang) -> Vec<String> {
    document.notices.iter().map(|notice| format!("{}: {}", document.path, notice.message(lang))).collect()
}

/// A reader that closed the pipe (`| head`) has had enough; that is not an error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// The register a command works with when it needs no index: the folder named, else `./corpus/register`, else the
/// tables built in. Bad rows are reported on standard error.
fn open_register(global: &Global) -> anyhow::Result<Register> {
    let default = Path::new("corpus/register");
    let dir = global.register.as_deref().or(default.is_dir().then_some(default));
    let Some(dir) = dir else { return Ok(Register::bundled()) };
    let (register, problems) = Register::load(dir).map_err(|error| anyhow::anyhow!(error.message(global.lang)))?;
    for problem in problems {
        complain(&problem.message(global.lang), global.lang);
    }
    Ok(register)
}

/// The register that documents are read and checked with: that of the library with what its texts say, or, where there
/// is no library, the tables.
enum RegisterSource {
    Library(Box<Library>),
    Tables(Register),
}

impl RegisterSource {
    /// Asks the register about one document.
    ///
    /// # Errors
    /// The library cannot be read, in the user's language.
    fn ask<T>(&self, lang: Lang, question: impl FnOnce(&Register) -> T) -> anyhow::Result<T> {
        match self {
            RegisterSource::Library(library) => output::ask(library, lang, |_, register| Ok(question(register))),
            RegisterSource::Tables(register) => Ok(question(register)),
        }
    }
}

/// Opens the library, or the tables where there is none. Bad rows are reported on standard error.
///
/// # Errors
/// A library that is damaged, or of another version: other tables would give other answers without a word.
fn open_library_or_register(global: &Global) -> anyhow::Result<RegisterSource> {
    match Library::open(&global.library, global.register.as_deref()) {
        Ok(library) => {
            for problem in library.problems() {
                complain(&problem.message(global.lang), global.lang);
            }
            Ok(RegisterSource::Library(Box::new(library)))
        }
        Err(LibraryError::NoIndex(_)) => Ok(RegisterSource::Tables(open_register(global)?)),
        Err(error) => Err(output::user_error(&error, global.lang)),
    }
}

/// Standard input, as a document of the path `-`.
fn from_stdin(reading: read::Options) -> io::Result<Result<Document, ReadError>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(read::MAX_FILE + 1).read_to_end(&mut bytes)?;
    Ok(reading.read_stream("-", bytes))
}

/// How many files are read at a time: with `bytes`, bounds the memory however many there are.
const BATCH: usize = 64;

/// Runs of files that are read together: at most [`BATCH`] of them, and no more than so many bytes unless one is larger.
fn batches<T>(tasks: &[T], bytes: u64, path: impl Fn(&T) -> &Path) -> impl Iterator<Item = &[T]> {
    let mut rest = tasks;
    std::iter::from_fn(move || {
        let mut sum = 0;
        let fits = rest.iter().take(BATCH).take_while(|task| {
            sum += std::fs::metadata(path(task)).map_or(0, |found| found.len());
            sum <= bytes
        });
        let (batch, tail) = rest.split_at(fits.count().max(1).min(rest.len()));
        rest = tail;
        (!batch.is_empty()).then_some(batch)
    })
}
