//! The order of hits, as addresses and the search page name it.

use utoipa::ToSchema;

use super::error::HttpError;
use super::extract::choice;
use crate::library::Order;

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum SearchOrder {
    Relevance,
    Date,
    Cited,
}

impl SearchOrder {
    /// Each order with its name in addresses, and its name on the page in Vietnamese and English.
    pub(crate) const ALL: [(SearchOrder, &'static str, &'static str, &'static str); 3] = [
        (SearchOrder::Relevance, "relevance", "sát câu hỏi", "relevance"),
        (SearchOrder::Date, "date", "mới nhất", "newest"),
        (SearchOrder::Cited, "cited", "được dẫn chiếu nhiều", "most cited"),
    ];

    /// # Errors
    /// A word that names no order.
    pub(crate) fn parse(written: Option<&str>) -> Result<SearchOrder, HttpError> {
        choice("sort", written, &SearchOrder::ALL.map(|(order, name, ..)| (name, order)))
    }

    /// The same order as the library names it.
    pub(crate) fn in_library(self) -> Order {
        match self {
            SearchOrder::Relevance => Order::Relevance,
            SearchOrder::Date => Order::Date,
            SearchOrder::Cited => Order::Cited,
        }
    }
}
