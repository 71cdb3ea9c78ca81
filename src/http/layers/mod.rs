//! What surrounds every route: who may ask, what every answer carries, and the words of every error.

pub(crate) mod coverage;
pub(crate) mod errors;
pub(crate) mod etag;
pub(crate) mod security;
