//! Why the store cannot answer, without a type of the engine in it.

/// Why the store cannot answer. Cheap to clone, so that one failure can be reported by everyone who waited for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing was indexed yet.
    #[error("there is no index yet")]
    Missing,
    /// Another version of the program made the index.
    #[error("the index was made by another version of the program")]
    OtherVersion,
    /// What is there cannot be what was written. With the file, or nothing where the engine does not say which.
    #[error("the index is damaged: {0}")]
    Corrupt(String),
    /// Another run is writing.
    #[error("another run is writing this index")]
    Locked,
    /// The system could not read or write; what is there may be whole.
    #[error("{0}")]
    Io(String),
}

impl StoreError {
    /// Whether the same question may be answered when it is asked again: nothing says that the index is damaged.
    pub fn is_passing(&self) -> bool {
        matches!(self, StoreError::Locked | StoreError::Io(_))
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
