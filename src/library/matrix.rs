//! Which documents of a folder cite which instruments, as a table.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Ranked;
use super::{Library, here, shown};
use crate::law::Date;

/// How many documents a matrix has rows for.
const ROWS: usize = 1_000;

/// The documents of a folder and what they cite most.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Matrix {
    /// The folder, or the beginning of a path, that was asked for; empty for the whole library.
    pub folder: String,
    /// How many documents lie there; `rows` holds the newest of them.
    pub documents: usize,
    /// How many instruments those of `rows` cite; `columns` holds those that most of them cite.
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

impl Library {
    /// The documents whose path begins with `folder` (as paths are shown; all where it is empty) against the `columns`
    /// instruments that most of them cite.
    pub fn matrix(&self, folder: &str, columns: usize) -> Matrix {
        let folder = folder.trim();
        let (documents, entries) = self.told(self.store.documents_below(&canonical(folder), ROWS));
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
        let mut groups = match ids.is_empty() {
            true => Vec::new(),
            false => self.told(self.store.edges_of(&ids)).by_target(),
        };
        groups.sort_by_cached_key(|group| std::cmp::Reverse((group.documents(), group.total())));
        let place: HashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        let mut matrix = Matrix { folder: folder.to_owned(), documents, ..Matrix::default() };
        for group in &groups {
            let full = matrix.columns.len() == columns;
            // What cannot be told is no instrument.
            let Some(id) = self.told(self.store.target_of(group)) else { continue };
            matrix.instruments += 1;
            if full {
                continue;
            }
            let first = self.told(self.store.read_edges(&group.page(0, 1)));
            let Some(first) = first.first() else { continue };
            matrix.columns.push(self.ranked(id, first.name.as_deref(), group.total(), group.documents()));
            for row in &mut rows {
                row.cells.push(0);
            }
            for document in self.told(self.store.citing_in(group)) {
                let cell = place.get(&document).and_then(|at| rows[*at].cells.last_mut());
                *cell.unwrap_or(&mut 0) += 1;
            }
        }
        matrix.rows = rows;
        matrix
    }
}

/// A path as it is shown, as the index holds it. The disk is not asked: a page must not tell what lies there.
fn canonical(folder: &str) -> String {
    match here().filter(|_| !folder.is_empty() && !Path::new(folder).is_absolute()) {
        Some(here) => {
            let folder = folder.trim_start_matches("./").trim_start_matches(".\\");
            here.join(folder).to_string_lossy().into_owned()
        }
        None => folder.to_owned(),
    }
}
