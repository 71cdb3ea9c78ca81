//! A draft that is handed in to be checked: how it arrives, by what it is judged, and what can be taken home.

pub(crate) mod download;
pub(crate) mod params;
pub(crate) mod policy;
pub(crate) mod upload;
