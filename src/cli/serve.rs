//! `danchieu serve`: the web pages.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::anyhow;

use super::{Global, complain, index, note, output};
use crate::http::{DraftPolicy, Server};
use crate::library::{IndexOptions, Library, LibraryError};
use crate::text::{Lang, counted};

/// Serve the web pages and their JSON twin; index the documents first where that is needed
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Address to listen on; one that other machines can reach needs --token or --allow-anyone
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8700")]
    listen: String,
    /// Let in only requests with this token
    #[arg(long, value_name = "TOKEN", env = "DANCHIEU_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Let in everybody who can reach the address
    #[arg(long, conflicts_with = "token")]
    allow_anyone: bool,
}

/// Runs until Ctrl-C or SIGTERM.
///
/// # Errors
/// The address cannot be listened on, or there is neither an index nor anything to make one from.
pub fn run(args: ServeArgs, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    // The address first: a port in use is reported before the index is made, and early requests wait.
    let server = Server::bind(&args.listen, args.token.as_deref(), args.allow_anyone)
        .map_err(|error| anyhow!(error.message(lang)))?;
    // Reported now, not to the first who asks.
    let policy = DraftPolicy::here();
    policy.lookup("").map_err(|error| anyhow!(error.message(lang)))?;
    let library = up_to_date(global)?;
    // What a panic says may quote a draft, which is never logged: only its place is reported.
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        complain(&format!("{} {place}", lang.pick("lỗi trong chương trình tại", "a fault in the program at")), lang);
    }));
    let mut out = anstream::stdout().lock();
    let address = server.address();
    match lang {
        Lang::Vi => writeln!(out, "Danchieu đang chạy ở http://{address}/ (nhấn Ctrl-C để dừng)")?,
        Lang::En => writeln!(out, "Danchieu is running at http://{address}/ (press Ctrl-C to stop)")?,
    }
    if args.token.is_some() {
        match lang {
            Lang::Vi => writeln!(out, "Lần đầu mở http://{address}/?token=MÃ, với MÃ đã đặt bằng --token.")?,
            Lang::En => writeln!(out, "Open http://{address}/?token=TOKEN first, with the token given by --token.")?,
        }
    }
    out.flush()?;
    drop(out);
    server.run(Arc::new(library), policy).map_err(|error| anyhow!(error.message(lang)))?;
    Ok(ExitCode::SUCCESS)
}

/// A library of more documents is served as the last run left it while its files are compared with the index: that takes
/// half a minute for a million.
const LARGE: usize = 50_000;

/// The library, indexed if it was not or if a file changed since.
fn up_to_date(global: &Global) -> anyhow::Result<Library> {
    let lang = global.lang;
    let told = |error: LibraryError| output::user_error(&error, lang);
    let open = || Library::open(&global.library, global.register.as_deref());
    let library = match open() {
        Ok(library) => library,
        Err(LibraryError::NoIndex(_) | LibraryError::OtherVersion(_)) => {
            bring_up_to_date(global).map_err(told)?;
            return open().map_err(told);
        }
        Err(error) => return Err(told(error)),
    };
    if library.coverage().map_err(told)?.documents > LARGE {
        let still = "đang đối chiếu các tệp với chỉ mục; trước mắt các trang theo chỉ mục của lần chạy trước";
        note(lang.pick(still, "comparing the files with the index; until then the pages show the last run"), lang);
        let theirs = global.clone();
        std::thread::Builder::new().name("update".into()).spawn(move || {
            let update = || {
                let fresh = Library::open(&theirs.library, theirs.register.as_deref())?.is_fresh()?;
                if fresh { Ok(()) } else { bring_up_to_date(&theirs) }
            };
            if let Err(error) = update() {
                complain(&error.message(theirs.lang), theirs.lang);
            }
        })?;
        return Ok(library);
    }
    if library.is_fresh().map_err(told)? {
        return Ok(library);
    }
    match bring_up_to_date(global) {
        Ok(()) => open().map_err(told),
        // Another run is at it: what is there serves meanwhile.
        Err(error @ LibraryError::Locked(_)) => {
            complain(&error.message(lang), lang);
            Ok(library)
        }
        Err(error) => Err(told(error)),
    }
}

fn bring_up_to_date(global: &Global) -> Result<(), LibraryError> {
    let lang = global.lang;
    let options = IndexOptions {
        library: global.library.clone(),
        register: global.register.clone(),
        reading: global.reading(),
        ..IndexOptions::default()
    };
    let report = index::make(&options, lang)?;
    index::tell(&report, lang);
    let (documents, citations) = (report.documents, report.citations);
    match lang {
        Lang::Vi => anstream::eprintln!("Chỉ mục có {documents} tài liệu, {citations} dẫn chiếu."),
        Lang::En => anstream::eprintln!(
            "The index holds {} and {}.",
            counted(documents, "document"),
            counted(citations, "citation")
        ),
    }
    Ok(())
}
