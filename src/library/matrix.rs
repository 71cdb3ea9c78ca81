//! Which documents of a folder cite which instruments, as a table.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Ranked;
use super::most_cited::{CitedOften, ranked};
use super::shown_path::as_indexed;
use super::{LibraryError, shown};
use crate::law::Date;
use crate::register::Register;
use crate::store::{CitationQuery, DocumentFilter, GroupBy, GroupOrder, Grouping, Paging, Store};

/// How many documents a matrix has rows for.
const ROWS: usize = 1_000;

/// The documents of a folder and what they cite most.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Matrix {
    /// The folder, or the beginning of a path, that was asked for; empty for the whole library.
    pub folder: String,
    /// How many documents are there; `rows` has the newest of them.
    pub documents: usize,
    /// How many instruments those of `rows` cite; `columns` has those that most of them cite.
    pub instruments: usize,
    pub columns: Vec<Ranked>,
    pub rows: Vec<MatrixRow>,
}

/// A document with how often it cites each instrument of the columns.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MatrixRow {
    pub id: String,
    pub path: String,
    pub number: Option<String>,
    pub title: Option<String>,
    pub date: Option<Date>,
    /// Citations, one count per column.
    pub cells: Vec<usize>,
}

/// The documents whose path begins with `folder` (as paths are shown; all where it is empty) against the `columns`
/// instruments that most of them cite.
///
/// # Errors
/// The store cannot be read.
pub fn matrix(store: &Store, register: &Register, folder: &str, columns: usize) -> Result<Matrix, LibraryError> {
    let folder = folder.trim();
    let below = if folder.is_empty() { DocumentFilter::All } else { DocumentFilter::Below(as_indexed(folder)) };
    let found = store.list_documents(&below, Paging::first(ROWS))?;
    let mut rows: Vec<MatrixRow> = found
        .documents
        .into_iter()
        .map(|entry| MatrixRow {
            id: entry.id,
            path: shown(&entry.path),
            number: entry.number,
            title: entry.title,
            date: entry.date,
            cells: Vec::new(),
        })
        .collect();
    let made = CitationQuery::from(rows.iter().map(|row| row.id.as_str()));
    let grouping =
        Grouping { order: GroupOrder::Documents, documents: true, ..Grouping::new(GroupBy::Target, columns, 1) };
    let groups = store.group_citations(&[made], &grouping)?.pop().unwrap_or_default();
    let row_of: HashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    for row in &mut rows {
        row.cells = vec![0; groups.groups.len()];
    }
    for (column, group) in groups.groups.iter().enumerate() {
        for (document, citations) in &group.by_document {
            if let Some(at) = row_of.get(document) {
                rows[*at].cells[column] = *citations;
            }
        }
    }
    let columns = groups.groups.iter().map(CitedOften::of_group).collect();
    Ok(Matrix {
        folder: folder.to_owned(),
        documents: found.total,
        instruments: groups.total,
        columns: ranked(store, register, columns)?,
        rows,
    })
}
