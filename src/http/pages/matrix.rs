//! The page of the matrix: which documents of a folder cite which instruments.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use serde::Deserialize;

use super::context::{Page, PageContext, render};
use crate::http::blocking::ask;
use crate::http::extract::{LibraryState, Params, number};
use crate::law::Force;
use crate::library::{self, Matrix, MatrixRow};

/// How many columns by default, and what can be chosen.
const COLUMNS: usize = 20;
const CHOICES: [usize; 4] = [10, 20, 40, 80];
/// How many rows the page shows; its files have all.
const ROWS: usize = 300;

#[derive(Debug, Deserialize)]
pub(crate) struct MatrixParams {
    #[serde(default)]
    folder: String,
    columns: Option<String>,
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct MatrixPage {
    context: PageContext,
    matrix: Matrix,
    columns: usize,
    /// How many rows and columns the table has.
    tall: usize,
    wide: usize,
}

impl MatrixPage {
    /// The folders of the documents shown, and those that hold these.
    fn folders(&self) -> BTreeSet<&str> {
        let mut folders = BTreeSet::new();
        for row in &self.matrix.rows {
            let mut path = row.path.as_str();
            while let Some((folder, _)) = path.rsplit_once(['/', '\\']).filter(|(folder, _)| !folder.is_empty()) {
                folders.insert(folder);
                path = folder;
            }
        }
        folders
    }

    fn is_chosen(&self, choice: &usize) -> bool {
        *choice == self.columns
    }

    /// The documents that cite any instrument of the table, the newest.
    fn rows(&self) -> Vec<&MatrixRow> {
        self.matrix.rows.iter().filter(|row| row.cells.iter().any(|count| *count > 0)).take(ROWS).collect()
    }

    /// How many documents have a row in the files and none on the page.
    fn others(&self) -> usize {
        self.tall - self.rows().len()
    }

    fn name<'r>(&self, row: &'r MatrixRow) -> &'r str {
        row.number.as_deref().or(row.title.as_deref()).unwrap_or(&row.path)
    }

    /// The cells of a row, each with its column's number.
    fn cells<'r>(&'r self, row: &'r MatrixRow) -> Vec<(usize, &'r str)> {
        let numbers = self.matrix.columns.iter().map(|one| one.number.as_deref().unwrap_or(&one.id));
        row.cells.iter().copied().zip(numbers).collect()
    }

    /// The states that occur in the headings.
    fn states(&self) -> Vec<Force> {
        let occurs = |force: &Force| self.matrix.columns.iter().any(|one| one.force == *force);
        Force::ALL.into_iter().filter(occurs).collect()
    }

    fn address(&self, format: &str) -> String {
        let columns = self.columns.to_string();
        let query = [("folder", self.matrix.folder.as_str()), ("columns", columns.as_str()), ("format", format)];
        self.context.at("/api/matrix", &query)
    }
}

/// `GET /matrix`
pub(crate) async fn page(
    State(library): LibraryState,
    context: PageContext,
    Params(params): Params<MatrixParams>,
) -> Page {
    let columns = number("columns", params.columns.as_deref(), COLUMNS, 1..=200)?;
    let matrix = ask(library, move |store, register| library::matrix(store, register, &params.folder, columns)).await?;
    let (tall, wide) = (matrix.rows.len(), matrix.columns.len());
    render(&MatrixPage { context, matrix, columns, tall, wide })
}
