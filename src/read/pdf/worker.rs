//! Where a pdf is drawn, so that nothing in it can hold up or bring down the program: in a process of its own, with
//! limits of time and memory. The process tells page after page. When a page takes too long, or the process dies of
//! it, that page is given up and another process goes on with the next.
//!
//! Where the program was not told what to start ([`contain`]), as in a library, a thread stands in: panics and loops
//! are contained there as well, memory is not.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::draw::{Refusal, Sheet, Told, draw};
use super::stamps::Stamp;
use crate::read::error::MAX_FILE;
use crate::read::program::{self, Limits, Running};

/// The argument by which the program is asked to draw a pdf from its standard input; the number of the page to begin
/// with follows, counted from 0.
pub const WORKER: &str = "--draw-pdf-from-page";

/// How long one page may take. Real ones take some milliseconds; a busy machine must not cost a page.
const PAGE: Duration = Duration::from_secs(15);

/// How long the file may take before its first page. 64 MiB take some seconds.
const OPENING: Duration = Duration::from_secs(40);

/// The memory and the processor time of one process. Files of 64 MiB need a third of this memory.
const LIMITS: Limits = Limits { memory: 1536 << 20, time: Duration::from_secs(180) };

/// So many pages may be given up before the rest is.
const MAX_GIVEN_UP: usize = 3;

/// Letters of all pages together: beyond this no honest file of the permitted size goes.
const MAX_LETTERS: usize = 20_000_000;

/// Page contents may draw drawings that draw drawings; the reader recurses into each.
const STACK: usize = 64 << 20;

/// The program to start.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on each pdf is drawn in a process of `program`, which calls [`work`] when its first argument is
/// [`WORKER`].
pub fn contain(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The life of such a process; `from` is what follows [`WORKER`].
pub fn work(from: &str) -> ExitCode {
    let mut bytes = Vec::new();
    let Ok(from) = from.parse() else { return ExitCode::from(2) };
    if std::io::stdin().lock().take(MAX_FILE).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(2);
    }
    on_a_large_stack(move || {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        draw(&bytes, from, &mut |told| {
            serde_json::to_writer(&mut out, &told).is_ok() && out.write_all(b"\n").is_ok() && out.flush().is_ok()
        });
    })
    .map_or(ExitCode::from(2), |thread| if thread.join().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// All that was drawn of a file.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// None for a page that is damaged or was given up.
    pub sheets: Vec<Option<Sheet>>,
    pub stamps: Vec<Stamp>,
}

/// Draws a file.
pub(super) fn drawn(bytes: &Arc<Vec<u8>>) -> Result<Drawn, Refusal> {
    let nonsense = || Refusal::Damaged("its structure makes no sense".to_owned());
    let mut drawn = Drawn::default();
    let (mut pages, mut given_up, mut letters) = (None, 0, 0);
    loop {
        let worker = Worker::start(bytes, drawn.sheets.len()).ok_or_else(nonsense)?;
        let mut opened = false;
        while let Ok(told) = worker.told.recv_timeout(if opened { PAGE } else { OPENING }) {
            opened = true;
            match told {
                Told::Refused(refusal) => return Err(refusal),
                Told::Pages(count) => pages = Some(count),
                Told::Page(sheet) => {
                    letters += sheet.iter().flat_map(|sheet| &sheet.lines).map(|line| line.letters()).sum::<usize>();
                    if letters > MAX_LETTERS {
                        return Err(Refusal::Bomb);
                    }
                    drawn.sheets.push(sheet);
                }
                Told::Stamps(stamps) => {
                    drawn.stamps = stamps;
                    return Ok(drawn);
                }
            }
        }
        // It died, or takes too long.
        let pages = pages.filter(|_| opened).ok_or_else(nonsense)?;
        given_up += 1;
        if drawn.sheets.len() >= pages {
            // The stamps did it; the pages are there.
            return Ok(drawn);
        }
        drawn.sheets.push(None);
        if given_up == MAX_GIVEN_UP {
            drawn.sheets.resize_with(pages, || None);
        }
        if drawn.sheets.len() >= pages {
            return Ok(drawn);
        }
    }
}

/// What is drawing. Ended when dropped; a thread at its next page.
struct Worker {
    told: Receiver<Told>,
    _process: Option<Running>,
}

impl Worker {
    fn start(bytes: &Arc<Vec<u8>>, from: usize) -> Option<Worker> {
        let process = PROGRAM.get().and_then(|program| Worker::process(program, Arc::clone(bytes), from));
        process.or_else(|| Worker::thread(Arc::clone(bytes), from))
    }

    fn process(program: &Path, bytes: Arc<Vec<u8>>, from: usize) -> Option<Worker> {
        let mut command = program::command(program, LIMITS);
        let mut child = command.args([WORKER, &from.to_string()]).spawn().ok()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let process = Running(child);
        let (mut stdin, stdout) = (stdin?, BufReader::new(stdout?));
        // Both threads end with the process.
        let feed = std::thread::Builder::new().name("pdf-in".into());
        feed.spawn(move || drop(stdin.write_all(&bytes))).ok()?;
        let (tell, told) = mpsc::sync_channel(4);
        let hear = std::thread::Builder::new().name("pdf-out".into());
        hear.spawn(move || {
            for line in stdout.split(b'\n') {
                let Some(what) = line.ok().and_then(|line| serde_json::from_slice(&line).ok()) else { return };
                if tell.send(what).is_err() {
                    return;
                }
            }
        })
        .ok()?;
        Some(Worker { told, _process: Some(process) })
    }

    fn thread(bytes: Arc<Vec<u8>>, from: usize) -> Option<Worker> {
        let (tell, told) = mpsc::sync_channel(4);
        on_a_large_stack(move || draw(&bytes, from, &mut |what| tell.send(what).is_ok()))?;
        Some(Worker { told, _process: None })
    }
}

fn on_a_large_stack(work: impl FnOnce() + Send + 'static) -> Option<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name("pdf".into()).stack_size(STACK).spawn(work).ok()
}
