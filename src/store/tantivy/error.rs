//! What the engine reports, as errors of the store.

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::store::error::StoreError;

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
