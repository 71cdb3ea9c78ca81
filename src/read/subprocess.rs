//! Running another program on bytes that nobody vouches for: how long it may take and how much memory it may use is
//! bounded, and when its time is up it is ended together with all that it started.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::ToolFault;

/// The most that a program may answer, in bytes.
const MAX_ANSWER: u64 = 256 << 20;

/// The first of `names` that is an executable file on the search path or in one of `folders`.
pub(super) fn find(names: &[&str], folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(folders.iter().map(PathBuf::from));
    let candidates: Vec<PathBuf> = folders
        .flat_map(|folder| {
            names.iter().map(move |name| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
        })
        .collect();
    candidates.into_iter().find(|file| file.is_file())
}

/// What a program may use of the machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Address space, in bytes. Kept where the system knows such a limit.
    pub memory: u64,
    /// Processor time of each of its processes, where the system knows such a limit.
    pub time: Duration,
}

/// A command that keeps `limits`, in a process group of its own.
pub(super) fn command(program: &Path, limits: Limits) -> Command {
    let mut command = bounded(program, limits);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The shell sets the limits and then becomes the program.
#[cfg(unix)]
fn bounded(program: &Path, limits: Limits) -> Command {
    use std::os::unix::process::CommandExt;
    let script = format!(
        "ulimit -c 0; ulimit -v {} 2>/dev/null; ulimit -t {}; exec \"$0\" \"$@\"",
        limits.memory >> 10,
        limits.time.as_secs().max(1)
    );
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(script).arg(program).process_group(0);
    command
}

#[cfg(not(unix))]
fn bounded(program: &Path, _: Limits) -> Command {
    Command::new(program)
}

/// A program that is running; ended with all that it started when this is dropped.
pub(super) struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = rustix::process::Pid::from_raw(self.0.id() as i32) {
            // Nobody has waited for the leader yet, so the group's number cannot have gone to another.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a [`command`] on `input` and gives what it prints.
pub(super) fn run(mut command: Command, input: &[u8], time: Duration) -> Result<Vec<u8>, ToolFault> {
    let end = Instant::now() + time;
    let mut running = Running(command.spawn().map_err(|_| ToolFault::Failed)?);
    let (stdin, stdout) = (running.0.stdin.take(), running.0.stdout.take());
    std::thread::scope(|scope| {
        // Ended before the threads are waited for, so that none of them waits for the program.
        let mut running = running;
        scope.spawn(move || {
            // A program that has seen enough closes its side; that is its right.
            stdin.map(|mut stdin| stdin.write_all(input))
        });
        let (give, answer) = mpsc::channel();
        scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map(|stdout| stdout.take(MAX_ANSWER).read_to_end(&mut bytes));
            let _ = give.send(matches!(read, Some(Ok(_))).then_some(bytes));
        });
        let bytes = match answer.recv_timeout(time) {
            Ok(bytes) => bytes.ok_or(ToolFault::Failed)?,
            Err(RecvTimeoutError::Timeout) => return Err(ToolFault::TooSlow),
            Err(RecvTimeoutError::Disconnected) => return Err(ToolFault::Failed),
        };
        // It may close its output and go on.
        loop {
            match running.0.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(bytes),
                Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
                Ok(None) => return Err(ToolFault::TooSlow),
                Ok(Some(_)) | Err(_) => return Err(ToolFault::Failed),
            }
        }
    })
}

/// A folder of its own for one run; gone afterwards.
pub(super) fn folder() -> std::io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix("danchieu-").tempdir()
}

/// How many programs of a kind may run at once.
pub(super) struct Slots {
    free: Mutex<usize>,
    freed: Condvar,
}

/// The right to run one, until it is dropped.
pub(super) struct Slot<'s>(&'s Slots);

impl Slots {
    pub(super) const fn new(count: usize) -> Slots {
        Slots { free: Mutex::new(count), freed: Condvar::new() }
    }

    /// Waits until one may run.
    pub(super) fn wait(&self, most: Duration) -> Result<Slot<'_>, ToolFault> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_timeout_while(free, most, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *free == 0 {
            return Err(ToolFault::Busy);
        }
        *free -= 1;
        Ok(Slot(self))
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

/// A path as an address.
pub(super) fn file_address(file: &Path) -> String {
    let mut address = "file://".to_owned();
    let path = file.to_string_lossy().replace('\\', "/");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
                address.push(byte as char);
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { memory: 1 << 30, time: Duration::from_secs(5) };

    fn sh(script: &str) -> Command {
        let mut command = command(Path::new("/bin/sh"), LIMITS);
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_reads_its_input_and_answers() {
        assert_eq!(run(sh("tr a b"), b"banana", LIMITS.time), Ok(b"bbnbnb".to_vec()));
        assert_eq!(run(sh("exit 3"), &[0; 1 << 20], LIMITS.time), Err(ToolFault::Failed));
    }

    #[test]
    fn one_that_takes_too_long_is_ended_with_its_children() {
        let folder = folder().unwrap();
        let mark = folder.path().join("mark");
        let script = format!("(sleep 1; touch '{}') & sleep 60", mark.display());
        let begun = Instant::now();
        assert_eq!(run(sh(&script), b"", Duration::from_millis(200)), Err(ToolFault::TooSlow));
        assert!(begun.elapsed() < Duration::from_secs(1));
        std::thread::sleep(Duration::from_millis(1200));
        assert!(!mark.exists());
    }

    #[test]
    fn the_limit_of_memory_holds() {
        let kept = run(sh("ulimit -v"), b"", LIMITS.time).unwrap();
        assert_eq!(String::from_utf8(kept).unwrap().trim(), (LIMITS.memory >> 10).to_string());
    }

    #[test]
    fn no_more_run_at_once_than_there_are_slots() {
        let slots = Slots::new(1);
        let held = slots.wait(Duration::ZERO).unwrap();
        assert_eq!(slots.wait(Duration::from_millis(20)).err(), Some(ToolFault::Busy));
        drop(held);
        assert!(slots.wait(Duration::ZERO).is_ok());
    }

    #[test]
    fn an_address_has_no_bare_spaces() {
        assert_eq!(file_address(Path::new("/tmp/kế hoạch")), "file:///tmp/k%E1%BA%BF%20ho%E1%BA%A1ch");
    }
}
