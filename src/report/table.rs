//! A table as a file that a spreadsheet opens, or as JSON.

use serde_json::{Map, Value};

use crate::text::Lang;

/// A column: its name in JSON, and its heading in the two languages.
pub type Column = (&'static str, &'static str, &'static str);

/// Rows of plain values under named columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<[String; 3]>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    pub fn new(columns: &[Column]) -> Table {
        let columns = columns.iter().map(|(name, vi, en)| [name, vi, en].map(|text| (*text).to_owned()));
        Table { columns: columns.collect(), rows: Vec::new() }
    }

    /// With these rows, a value for each column.
    pub fn of(columns: &[Column], rows: impl IntoIterator<Item = impl IntoIterator<Item = Value>>) -> Table {
        let mut table = Table::new(columns);
        rows.into_iter().for_each(|row| table.push(row));
        table
    }

    /// Adds a column that goes by one name everywhere: the number of an instrument.
    pub fn column(&mut self, name: &str) {
        self.columns.push([name, name, name].map(str::to_owned));
    }

    /// Adds a row, a value for each column.
    pub fn push(&mut self, row: impl IntoIterator<Item = Value>) {
        self.rows.push(row.into_iter().collect());
    }

    /// An object for each row.
    pub fn json(&self) -> Value {
        let names = self.columns.iter().map(|[name, ..]| name.clone());
        let object = |row: &Vec<Value>| Value::Object(names.clone().zip(row.iter().cloned()).collect::<Map<_, _>>());
        Value::Array(self.rows.iter().map(object).collect())
    }

    /// RFC 4180 in UTF-8 with the mark by which spreadsheets know it. What would be taken for a formula is made text
    /// by an apostrophe before it: the words come from documents that anybody may have written.
    pub fn csv(&self, lang: Lang) -> Vec<u8> {
        let mut out = b"\xef\xbb\xbf".to_vec();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        // Writing into memory does not fail.
        let _ = writer.write_record(self.columns.iter().map(|[_, vi, en]| safe(lang.pick(vi.as_str(), en.as_str()))));
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(|value| match value {
                Value::Null => String::new(),
                Value::String(text) => safe(text),
                other => other.to_string(),
            }));
        }
        let _ = writer.flush();
        drop(writer);
        out
    }
}

fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_spreadsheet_reads_text_as_text() {
        let mut table = Table::new(&[("number", "Số, ký hiệu", "Number"), ("citations", "Số lần", "Times")]);
        table.push([json!("=HYPERLINK(\"http://a\")"), json!(2)]);
        table.push([Value::Null, json!("hai\ndòng, một ô")]);
        let csv = String::from_utf8(table.csv(Lang::Vi)).unwrap();
        let expected =
            "\u{feff}\"Số, ký hiệu\",Số lần\r\n\"'=HYPERLINK(\"\"http://a\"\")\",2\r\n,\"hai\ndòng, một ô\"\r\n";
        assert_eq!(csv, expected);
        assert_eq!(table.json()[1], json!({ "number": null, "citations": "hai\ndòng, một ô" }));
    }
}
