//! A citation matrix as a table for spreadsheets, and as terminal text.

use std::io;

use anstyle::Style;
use serde_json::json;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{BOLD, FAINT, TerminalPage, force_part, plain};
use crate::library::{Matrix, MatrixRow, Ranked};
use crate::report::table::Table;
use crate::text::Lang;

/// Columns of the terminal that a document's name takes, and that a count takes.
const NAME: usize = 26;
const CELL: usize = 3;

/// A row for each document, a column for each instrument.
pub fn table(matrix: &Matrix) -> Table {
    let mut table = Table::new(&[
        ("path", "Tệp", "File"),
        ("number", "Số, ký hiệu", "Number"),
        ("title", "Trích yếu", "Title"),
        ("date", "Ngày", "Date"),
    ]);
    for column in &matrix.columns {
        table.column(call(column));
    }
    for row in &matrix.rows {
        let head = [json!(row.path), json!(row.number), json!(row.title), json!(row.date)];
        table.push(head.into_iter().chain(row.cells.iter().map(|count| json!(count))));
    }
    table
}

/// Writes the instruments under numbers, then a line of counts for each document.
///
/// # Errors
/// Those of the stream written to.
pub fn write(out: &mut TerminalPage<'_>, matrix: &Matrix) -> io::Result<()> {
    let lang = out.lang;
    let (shown, all) = (matrix.columns.len(), matrix.instruments);
    if matrix.rows.is_empty() {
        if matrix.folder.is_empty() {
            let empty = "Thư viện chưa có tài liệu nào; hãy chạy “danchieu index THƯ_MỤC”.";
            return out.text(0, lang.pick(empty, "The library holds no documents yet; run “danchieu index FOLDER”."));
        }
        let none = "Không có tài liệu nào của thư viện có đường dẫn bắt đầu như vậy.";
        return out.text(0, lang.pick(none, "No document of the library has a path that begins so."));
    }
    let head = match lang {
        Lang::Vi => format!("{} tài liệu, viện dẫn {all} văn bản; bảng có {shown} văn bản", matrix.documents),
        Lang::En => format!("{} documents cite {all} instruments; {shown} are in the table", matrix.documents),
    };
    out.styled(0, &head, BOLD)?;
    if matrix.documents > matrix.rows.len() {
        let rest = match lang {
            Lang::Vi => format!("Chỉ {} tài liệu mới nhất được đưa vào bảng.", matrix.rows.len()),
            Lang::En => format!("Only the newest {} documents are in the table.", matrix.rows.len()),
        };
        out.text(0, &rest)?;
    }
    out.blank()?;
    for (at, column) in matrix.columns.iter().enumerate() {
        let number = format!("{:>CELL$}", at + 1);
        let title = column.title.clone().filter(|_| column.number.is_some()).unwrap_or_default();
        let parts = [(number, FAINT), (call(column).to_owned(), BOLD), force_part(column.force, lang), (title, FAINT)];
        out.parts(0, &parts)?;
    }
    out.blank()?;
    let numbers: String = (1..=shown).map(|at| format!("{at:>CELL$}")).collect();
    out.line(&[(&format!("{:NAME$}{numbers}", ""), FAINT)])?;
    for row in &matrix.rows {
        let cells: String = row.cells.iter().map(|count| cell(*count)).collect();
        out.line(&[(&cut(name(row)), Style::new()), (&cells, BOLD)])?;
    }
    Ok(())
}

fn cell(count: usize) -> String {
    if count == 0 { format!("{:>CELL$}", "·") } else { format!("{count:>CELL$}") }
}

fn call(column: &Ranked) -> &str {
    column.number.as_deref().or(column.title.as_deref()).unwrap_or(&column.id)
}

fn name(row: &MatrixRow) -> &str {
    row.number.as_deref().or(row.title.as_deref()).unwrap_or(&row.path)
}

/// A name in exactly [`NAME`] columns.
fn cut(name: &str) -> String {
    let name = plain(name);
    let mut out = String::new();
    for char in name.chars() {
        if out.width() + char.width().unwrap_or(0) + 2 > NAME {
            out.push('…');
            break;
        }
        out.push(char);
    }
    let gap = NAME.saturating_sub(out.width());
    out + &" ".repeat(gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Force;

    #[test]
    fn every_count_stands_below_the_number_of_its_instrument() {
        let column = |number: &str| Ranked {
            id: number.to_lowercase(),
            number: Some(number.to_owned()),
            title: None,
            force: Force::Ended,
            citations: 3,
            documents: 1,
            successor: None,
        };
        let row = |number: &str, cells: [usize; 2]| MatrixRow {
            id: "a".into(),
            path: "kế hoạch/a.txt".into(),
            number: Some(number.into()),
            title: Some("=1+1".into()),
            date: None,
            cells: cells.into(),
        };
        let matrix = Matrix {
            documents: 2,
            instruments: 5,
            columns: vec![column("1/TT-A"), column("2/TT-A")],
            rows: vec![row("70/KH-UBND", [3, 0]), row("một cái tên dài quá hai mươi sáu cột", [0, 12])],
            ..Matrix::default()
        };
        let mut out = Vec::new();
        write(&mut TerminalPage::new(&mut out, Lang::Vi, 80), &matrix).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
        assert!(text.contains("70/KH-UBND                  3  ·\n"), "{text}");
        assert!(text.contains("một cái tên dài quá hai …   · 12\n"), "{text}");
        let csv = String::from_utf8(table(&matrix).csv(Lang::En)).unwrap();
        assert!(csv.contains("File,Number,Title,Date,1/TT-A,2/TT-A\r\n"), "{csv}");
        assert!(csv.contains("kế hoạch/a.txt,70/KH-UBND,'=1+1,,3,0\r\n"), "{csv}");
    }
}
