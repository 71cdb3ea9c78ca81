//! A directory whose reads fail when a test says so, to show what one passing failure does to an answer.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::read_only_directory::ReadOnlyDirectory;

/// How many of the next reads fail. Clones share the count.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReadFailures(Arc<AtomicUsize>);

impl ReadFailures {
    /// Makes the next `count` reads of the index fail, as a disk or network does for a moment.
    pub(crate) fn fail_next(&self, count: usize) {
        self.0.store(count, Ordering::SeqCst);
    }

    /// How many of the failures asked for are still to come.
    pub(crate) fn left(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn check(&self) -> io::Result<()> {
        const EIO: i32 = 5;
        let one_less = |left: usize| left.checked_sub(1);
        match self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less) {
            Ok(_) => Err(io::Error::from_raw_os_error(EIO)),
            Err(_) => Ok(()),
        }
    }
}

/// A folder of an index, with [`ReadFailures`].
#[derive(Debug, Clone)]
pub(super) struct FailingDirectory {
    pub inner: ReadOnlyDirectory,
    pub failures: ReadFailures,
}

#[derive(Debug)]
struct FailingFile {
    inner: Arc<dyn FileHandle>,
    failures: ReadFailures,
}

impl HasLen for FailingFile {
    fn len(&self) -> usize {
        self.inner.len()
    }
}

impl FileHandle for FailingFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.failures.check()?;
        self.inner.read_bytes(range)
    }
}

impl Directory for FailingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let inner = self.inner.get_file_handle(path)?;
        Ok(Arc::new(FailingFile { inner, failures: self.failures.clone() }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Paging, Store, StoreError};

    /// An index of two short texts, made below `root`.
    fn library(root: &Path) -> std::path::PathBuf {
        let (texts, library) = (root.join("texts"), root.join("index"));
        std::fs::create_dir(&texts).unwrap();
        for (name, text) in [("a", "Căn cứ Thông tư số 33/2021/TT-BGDĐT"), ("b", "Căn cứ Luật Giáo dục")]
        {
            std::fs::write(texts.join(format!("{name}.txt")), text).unwrap();
        }
        let options = crate::library::IndexOptions {
            library: library.clone(),
            paths: vec![texts],
            ..crate::library::IndexOptions::default()
        };
        crate::library::index(&options, |_| ()).unwrap();
        library
    }

    #[test]
    fn one_failed_read_fails_one_answer_and_the_next_is_right() {
        let root = tempfile::tempdir().unwrap();
        let failures = ReadFailures::default();
        let store = Store::open_failing(&library(root.path()), &failures).unwrap();
        let ask = || store.list_documents(&crate::store::DocumentFilter::All, Paging::first(10));
        failures.fail_next(1);
        let error = ask().unwrap_err();
        assert!(error.is_passing(), "{error:?}");
        assert_eq!(failures.left(), 0);
        assert_eq!(ask().unwrap().total, 2);
        assert!(!StoreError::Corrupt(String::new()).is_passing());
    }
}
