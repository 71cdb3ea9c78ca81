//! The knowledge base that answers, kept in step with the index on disk: another run of `danchieu index` is seen without
//! a restart.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRef;

use crate::library::Library;

/// The disk is looked at no more often than this.
const INTERVAL: Duration = Duration::from_secs(1);

/// Hands out the newest library. Whoever has one keeps it until the answer is made, whatever is opened meanwhile.
#[derive(Clone)]
pub(crate) struct LibraryHandle(Arc<Mutex<State>>);

struct State {
    library: Arc<Library>,
    last_look: Instant,
    /// A newer library is being opened: one at a time, so that an older one never replaces it.
    is_opening: bool,
}

impl LibraryHandle {
    pub(crate) fn new(library: Arc<Library>) -> LibraryHandle {
        LibraryHandle(Arc::new(Mutex::new(State { library, last_look: Instant::now(), is_opening: false })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The library to answer with. A newer commit on disk is opened on a thread and answers from then on; where it
    /// cannot be opened, the old library goes on answering and the next look tries again.
    pub(crate) fn library(&self) -> Arc<Library> {
        let mut state = self.state();
        let library = Arc::clone(&state.library);
        if state.is_opening || state.last_look.elapsed() < INTERVAL {
            return library;
        }
        (state.last_look, state.is_opening) = (Instant::now(), true);
        drop(state);
        let opening = Opening(self.clone());
        let on_disk = library.generation_on_disk();
        if !on_disk.is_empty() && on_disk != library.generation() {
            let old = Arc::clone(&library);
            // Where no thread can be had, `opening` is dropped here and the next look tries again.
            let _ = std::thread::Builder::new().name("reopen".into()).spawn(move || opening.finish(old.reopen().ok()));
        }
        library
    }
}

/// The right to open a newer library, given back when it is dropped.
struct Opening(LibraryHandle);

impl Opening {
    fn finish(self, new: Option<Library>) {
        if let Some(new) = new {
            self.0.state().library = Arc::new(new);
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.0.state().is_opening = false;
    }
}

impl FromRef<LibraryHandle> for Arc<Library> {
    fn from_ref(handle: &LibraryHandle) -> Arc<Library> {
        handle.library()
    }
}
