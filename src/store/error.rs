//! Why the store could not do what it was asked, without a type of the engine in it.

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// What can be wrong with an index as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("there is no index yet")]
    Missing,
    #[error("the index was made by another version of the program")]
    OtherVersion,
    /// With the file, or nothing where the engine does not say which.
    #[error("the index is damaged: {0}")]
    Corrupt(String),
    #[error("another run is writing this index")]
    Locked,
    #[error("{0}")]
    Io(String),
}

impl From<TantivyError> for StoreError {
    fn from(error: TantivyError) -> StoreError {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => StoreError::Locked,
            TantivyError::LockFailure(LockError::IoError(error), _) => StoreError::Io(error.to_string()),
            TantivyError::IncompatibleIndex(_) | TantivyError::SchemaError(_) => StoreError::OtherVersion,
            TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => StoreError::OtherVersion,
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => StoreError::Missing,
            TantivyError::OpenDirectoryError(error) => StoreError::Io(error.to_string()),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                StoreError::Io(io_error.to_string())
            }
            TantivyError::IoError(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                StoreError::Io(error.to_string())
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
                StoreError::Corrupt(path.display().to_string())
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => match io_error.kind() {
                std::io::ErrorKind::PermissionDenied => StoreError::Io(format!("{}: {io_error}", filepath.display())),
                // A file that is cut off or overwritten.
                _ => StoreError::Corrupt(filepath.display().to_string()),
            },
            // What the engine says here is meant for its makers.
            _ => StoreError::Corrupt(String::new()),
        }
    }
}

impl From<LockError> for StoreError {
    fn from(error: LockError) -> StoreError {
        match error {
            LockError::LockBusy => StoreError::Locked,
            LockError::IoError(error) => StoreError::Io(error.to_string()),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        StoreError::Io(error.to_string())
    }
}

/// An entry that does not read back as what was written.
impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Corrupt(error.to_string())
    }
}
