//! The questions of an opened library as tests ask them: each in a call of its own, and none may fail.

use danchieu::law::Date;
use danchieu::library::{
    self, Citations, Counts, Gaps, Graph, Hits, InstrumentView, Library, LibraryError, Order, Paging, SearchRequest,
    Suggestion,
};

pub fn search(base: &Library, query: &str, page: Paging) -> Result<Hits, LibraryError> {
    search_by(base, query, page, Order::Relevance, false)
}

pub fn search_by(base: &Library, query: &str, page: Paging, order: Order, facets: bool) -> Result<Hits, LibraryError> {
    let request = SearchRequest { query, page, order, facets };
    base.ask(|store, register| library::search(store, register, base.forces(), &request))
}

pub fn suggest(base: &Library, typed: &str, limit: usize) -> Vec<Suggestion> {
    base.ask(|store, register| library::suggest(store, register, typed, limit)).unwrap()
}

pub fn ids_named(base: &Library, text: &str) -> Vec<String> {
    base.ask(|store, register| library::ids_named(store, register, text)).unwrap()
}

pub fn instrument(base: &Library, id: &str, day: Date) -> Option<InstrumentView> {
    base.ask(|store, register| library::instrument(store, register, id, day)).unwrap()
}

pub fn is_registered(base: &Library, id: &str) -> bool {
    base.ask(|store, register| library::is_registered(store, register, id)).unwrap()
}

pub fn citations_of(base: &Library, id: &str, page: Paging) -> Citations {
    base.ask(|store, register| library::citations_of(store, register, id, page)).unwrap()
}

pub fn citations_to(base: &Library, id: &str, page: Paging) -> Citations {
    base.ask(|store, register| library::citations_to(store, register, id, page)).unwrap()
}

pub fn graph(base: &Library, id: &str, limit: usize) -> Option<Graph> {
    base.ask(|store, register| library::graph(store, register, id, 1, limit)).unwrap()
}

pub fn gaps(base: &Library, limit: usize) -> Gaps {
    base.ask(|store, register| library::gaps(store, register, limit)).unwrap()
}

pub fn counts(base: &Library) -> Counts {
    base.ask(|store, _| library::counts(store)).unwrap()
}
