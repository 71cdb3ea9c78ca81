//! The opened knowledge base: register and index as one, and the questions every face asks of it.

mod view;

pub use view::{
    Counts, DocumentView, Edge, Edges, Graph, GraphEdge, GraphNode, Hit, HitKind, Hits, InstrumentView, NodeRole, Page,
    DocumentRef, RelationView,
};
