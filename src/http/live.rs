//! The base that answers, kept in step with the index: another run of `danchieu index` is seen without a restart.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::extract::FromRef;

use crate::base::Base;

/// How often, at most, the disk is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// The base of now. Whoever has one keeps it until the answer is made, whatever is opened meanwhile.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    base: RwLock<Arc<Base>>,
    watch: Mutex<Watch>,
}

struct Watch {
    looked: Instant,
    /// The commit last opened, or tried.
    commit: String,
}

impl Live {
    pub fn new(base: Arc<Base>) -> Live {
        let watch = Watch { looked: Instant::now(), commit: base.commit().to_owned() };
        Live(Arc::new(Inner { base: RwLock::new(base), watch: Mutex::new(watch) }))
    }

    /// The base to answer with. Where there is a newer commit, it is opened beside and answers from then on.
    fn base(&self) -> Arc<Base> {
        let base = Arc::clone(&self.0.base.read().unwrap_or_else(PoisonError::into_inner));
        // Somebody else is looking: that will do.
        let Ok(mut watch) = self.0.watch.try_lock() else { return base };
        if watch.looked.elapsed() < EVERY {
            return base;
        }
        watch.looked = Instant::now();
        let commit = base.commit_on_disk();
        if commit.is_empty() || commit == watch.commit {
            return base;
        }
        // One that cannot be opened is not tried again; the old one goes on answering.
        watch.commit = commit;
        let (live, old) = (self.clone(), Arc::clone(&base));
        std::thread::spawn(move || {
            if let Ok(new) = old.reopen() {
                *live.0.base.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
            }
        });
        base
    }
}

impl FromRef<Live> for Arc<Base> {
    fn from_ref(live: &Live) -> Arc<Base> {
        live.base()
    }
}
