//! Where a pdf is drawn, so that nothing in it can hold up or bring down the program: in a process of its own, with
//! limits of processor time and memory. The process tells page after page. When a page takes too much of them, the
//! process ends itself or dies of it; that page is given up and another process goes on with the next.
//!
//! Where the program was not told what to start ([`contain`]), as in a library, a thread stands in: panics and loops
//! are contained there as well, memory is not.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;
#[cfg(unix)]
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::draw::{Refusal, Sheet, Told, draw};
use super::stamps::Stamp;
use crate::read::Damage;
use crate::read::error::MAX_FILE;
use crate::read::subprocess::{self, Limits, Running};

/// The argument by which the program is asked to draw a pdf from its standard input; the number of the page to begin
/// with follows, counted from 0.
pub const WORKER: &str = "--draw-pdf-from-page";

/// The processor time that one page may take. Real ones take some milliseconds.
#[cfg(unix)]
const PAGE_TIME: Duration = Duration::from_secs(3);

/// The processor time that the file may take before its first page. 64 MiB take some seconds, on each core.
#[cfg(unix)]
const OPENING_TIME: Duration = Duration::from_secs(15);

/// How long one page may take by the clock, and how long all before the first may: a busy machine must not cost a page.
/// Where processor time is bounded, this only ends what waits and does nothing.
const PAGE: Duration = Duration::from_secs(if cfg!(unix) { 90 } else { 15 });
const OPENING: Duration = Duration::from_secs(if cfg!(unix) { 120 } else { 40 });

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
    let meter = Meter::start();
    on_a_large_stack(move || {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        draw(&bytes, from, &mut |told| {
            meter.next();
            serde_json::to_writer(&mut out, &told).is_ok() && out.write_all(b"\n").is_ok() && out.flush().is_ok()
        });
    })
    .map_or(ExitCode::from(2), |thread| if thread.join().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Ends the process when it has spent its processor time on one page, or on all before the first.
#[derive(Clone, Default)]
struct Meter {
    /// Up to how many milliseconds of processor time it may go on.
    until: Arc<AtomicU64>,
}

#[cfg(unix)]
impl Meter {
    fn start() -> Meter {
        let meter = Meter::default();
        meter.until.store(Meter::spent() + OPENING_TIME.as_millis() as u64, Ordering::Relaxed);
        let until = Arc::clone(&meter.until);
        // Without the thread the clock remains.
        let _ = std::thread::Builder::new().name("meter".into()).spawn(move || {
            while Meter::spent() < until.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(100));
            }
            std::process::exit(2);
        });
        meter
    }

    /// From here on the time of the next page counts.
    fn next(&self) {
        self.until.store(Meter::spent() + PAGE_TIME.as_millis() as u64, Ordering::Relaxed);
    }

    /// The processor time of this process so far, in milliseconds.
    fn spent() -> u64 {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
    }
}

#[cfg(not(unix))]
impl Meter {
    fn start() -> Meter {
        Meter::default()
    }

    fn next(&self) {}
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
    drawn_by(|from| Worker::start(bytes, from))
}

/// Draws a file with the workers that `start` gives, each from the page of a number on.
fn drawn_by(mut start: impl FnMut(usize) -> Option<Worker>) -> Result<Drawn, Refusal> {
    let mut drawn = Drawn::default();
    let (mut pages, mut given_up, mut letters) = (None, 0, 0);
    loop {
        let mut opened = false;
        if let Some(worker) = start(drawn.sheets.len()) {
            while let Ok(told) = worker.told.recv_timeout(if opened { PAGE } else { OPENING }) {
                match told {
                    // What opened once and does not now is short of memory or time; its pages are there.
                    Told::Refused(_) if pages.is_some() => break,
                    Told::Refused(refusal) => return Err(refusal),
                    Told::Pages(count) => (opened, pages) = (true, Some(count)),
                    Told::Page(sheet) => {
                        letters +=
                            sheet.iter().flat_map(|sheet| &sheet.lines).map(|line| line.letters()).sum::<usize>();
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
        }
        // It died, or takes too long; at the stamps, if all pages are there.
        let pages = pages.ok_or(Refusal::Damaged(Damage::Nonsense))?;
        given_up += 1;
        if drawn.sheets.len() < pages {
            drawn.sheets.push(None);
        }
        if given_up == MAX_GIVEN_UP || !opened {
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
        let mut command = subprocess::command(program, LIMITS);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Workers that tell these things, one after the other, and die.
    fn told_by(lives: Vec<Vec<Told>>) -> Result<Drawn, Refusal> {
        let mut lives = lives.into_iter();
        drawn_by(|_| {
            let life = lives.next()?;
            let (tell, told) = mpsc::sync_channel(life.len());
            life.into_iter().for_each(|one| tell.send(one).unwrap());
            Some(Worker { told, _process: None })
        })
    }

    fn page() -> Told {
        Told::Page(Some(Sheet::default()))
    }

    fn there(drawn: Result<Drawn, Refusal>) -> Vec<bool> {
        let Ok(drawn) = drawn else { panic!("the pages are thrown away") };
        drawn.sheets.iter().map(Option::is_some).collect()
    }

    #[test]
    fn a_page_that_its_worker_dies_of_is_given_up() {
        let lives = vec![vec![Told::Pages(3), page()], vec![Told::Pages(3), page(), Told::Stamps(Vec::new())]];
        assert_eq!(there(told_by(lives)), [true, false, true]);
    }

    #[test]
    fn what_was_drawn_stays_when_the_next_worker_gets_nowhere() {
        let first = || vec![Told::Pages(3), page()];
        let refused = vec![Told::Refused(Refusal::Damaged(Damage::Nonsense))];
        assert_eq!(there(told_by(vec![first(), vec![]])), [true, false, false]);
        assert_eq!(there(told_by(vec![first(), refused])), [true, false, false]);
        assert_eq!(there(told_by(vec![first()])), [true, false, false]);
        assert!(matches!(told_by(vec![vec![]]), Err(Refusal::Damaged(Damage::Nonsense))));
    }
}
