//! The base that answers, kept in step with the index: another run of `danchieu index` is seen without a restart.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRef;

use crate::library::Library;

/// How often, at most, the disk is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// The base of now. Whoever has one keeps it until the answer is made, whatever is opened meanwhile.
#[derive(Clone)]
pub struct Live(Arc<Mutex<State>>);

struct State {
    library: Arc<Library>,
    looked: Instant,
    /// A newer base is being opened: one at a time, so that none that is older comes after it.
    opening: bool,
}

impl Live {
    pub fn new(library: Arc<Library>) -> Live {
        Live(Arc::new(Mutex::new(State { library, looked: Instant::now(), opening: false })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The base to answer with. Where there is a newer commit, it is opened beside and answers from then on; one that
    /// cannot be opened is tried again, and the old one goes on answering.
    pub fn library(&self) -> Arc<Library> {
        let mut state = self.state();
        let library = Arc::clone(&state.library);
        if state.opening || state.looked.elapsed() < EVERY {
            return library;
        }
        (state.looked, state.opening) = (Instant::now(), true);
        drop(state);
        let turn = Turn(self.clone());
        let commit = library.commit_on_disk();
        if !commit.is_empty() && commit != library.commit() {
            let old = Arc::clone(&library);
            // Without a thread the turn ends here and the next look tries again.
            let _ = std::thread::Builder::new().name("reopen".into()).spawn(move || turn.take(old.reopen().ok()));
        }
        library
    }
}

/// The right to open a newer base, given back when it is dropped.
struct Turn(Live);

impl Turn {
    fn take(self, new: Option<Library>) {
        if let Some(new) = new {
            self.0.state().library = Arc::new(new);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.state().opening = false;
    }
}

impl FromRef<Live> for Arc<Library> {
    fn from_ref(live: &Live) -> Arc<Library> {
        live.library()
    }
}
