//! Which documents of a folder cite which instruments, as a table.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Ranked;
use super::most_cited::ranked;
use super::shown_path::as_indexed;
use super::{LibraryError, shown};
use crate::law::Date;
use crate::register::Register;
use crate::store::Store;

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
    let (documents, entries) = store.documents_below(&as_indexed(folder), ROWS)?;
    let mut rows: Vec<MatrixRow> = entries
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
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut groups = if ids.is_empty() { Vec::new() } else { store.edges_of(&ids)?.by_target() };
    groups.sort_by_cached_key(|group| std::cmp::Reverse((group.documents(), group.total())));
    let row_of: HashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
    let mut matrix = Matrix { folder: folder.to_owned(), documents, ..Matrix::default() };
    for group in &groups {
        // An unresolved citation is of no instrument.
        let Some(id) = store.target_of(group)? else { continue };
        matrix.instruments += 1;
        if matrix.columns.len() == columns {
            continue;
        }
        let first = store.read_edges(&group.page(0, 1))?;
        let Some(first) = first.first() else { continue };
        matrix.columns.push(ranked(store, register, id, first.name.as_deref(), group.total(), group.documents())?);
        for row in &mut rows {
            row.cells.push(0);
        }
        for document in store.citing_in(group)? {
            let cell = row_of.get(&document).and_then(|at| rows[*at].cells.last_mut());
            *cell.unwrap_or(&mut 0) += 1;
        }
    }
    matrix.rows = rows;
    Ok(matrix)
}
