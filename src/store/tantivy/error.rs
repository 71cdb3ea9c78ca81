//! What the engine reports, as errors of the store.

use std::io::ErrorKind;

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
            TantivyError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => {
                StoreError::Io(error.to_string())
            }
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
                StoreError::Corrupt(path.display().to_string())
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                // What the system reports is a failure to read; all else is a file that is cut off or overwritten.
                let is_system = io_error.raw_os_error().is_some() || io_error.kind() == ErrorKind::PermissionDenied;
                let file = filepath.display();
                if is_system {
                    StoreError::Io(format!("{file}: {io_error}"))
                } else {
                    StoreError::Corrupt(file.to_string())
                }
            }
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
