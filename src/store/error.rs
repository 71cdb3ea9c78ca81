//! Why the store could not do what it was asked, without a type of the engine in it.

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
