//! Why the store could not do what it was asked, without a type of the engine in it.

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// What can be wrong with an index as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
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

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> IndexError {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked,
            TantivyError::LockFailure(LockError::IoError(error), _) => IndexError::Io(error.to_string()),
            TantivyError::IncompatibleIndex(_) | TantivyError::SchemaError(_) => IndexError::OtherVersion,
            TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => IndexError::OtherVersion,
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => IndexError::Missing,
            TantivyError::OpenDirectoryError(error) => IndexError::Io(error.to_string()),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                IndexError::Io(io_error.to_string())
            }
            TantivyError::IoError(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                IndexError::Io(error.to_string())
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
                IndexError::Corrupt(path.display().to_string())
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => match io_error.kind() {
                std::io::ErrorKind::PermissionDenied => IndexError::Io(format!("{}: {io_error}", filepath.display())),
                // A file that is cut off or overwritten.
                _ => IndexError::Corrupt(filepath.display().to_string()),
            },
            // What the engine says here is meant for its makers.
            _ => IndexError::Corrupt(String::new()),
        }
    }
}

impl From<LockError> for IndexError {
    fn from(error: LockError) -> IndexError {
        match error {
            LockError::LockBusy => IndexError::Locked,
            LockError::IoError(error) => IndexError::Io(error.to_string()),
        }
    }
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> IndexError {
        IndexError::Io(error.to_string())
    }
}

/// An entry that does not read back as what was written.
impl From<serde_json::Error> for IndexError {
    fn from(error: serde_json::Error) -> IndexError {
        IndexError::Corrupt(error.to_string())
    }
}
