//! The web pages and the same answers as JSON.
//!
//! `router` lists every route. A page is in `pages`, an answer as JSON in `api`, each in the file of its subject; a draft
//! that is handed in goes through `draft`. What surrounds every route is in `layers`. Handlers read the address with
//! `extract`, ask the knowledge base through `blocking` and report a failure as an `error::HttpError`, whose words are
//! in `messages`.

mod api;
mod assets;
mod blocking;
mod draft;
mod error;
mod extract;
mod layers;
mod links;
mod messages;
mod openapi;
mod pages;
mod reload;
mod router;
mod search_order;
mod server;

pub use draft::policy::DraftPolicy;
pub use layers::security::Access;
pub use router::app;
pub use server::{ServeError, Server};
