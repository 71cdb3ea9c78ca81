//! What is wrong with a query, and where.

use std::ops::Range;

use super::Field;
use crate::text::Lang;

/// A query that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    pub query: String,
    /// Bytes of the query.
    pub range: Range<usize>,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No field has this name; one that may have been meant.
    NoField(String, Option<Field>),
    NoValue(Field),
    /// The value of `nam:` is no year and no stretch of years.
    BadYear,
    /// The value of `hieuluc:` is no state.
    BadForce,
    /// The value of `la:` is neither document nor instrument.
    BadSort,
    /// No kind of instrument is called so; those that may have been meant.
    NoKind(Vec<String>),
    /// Nothing of this number is known; what may have been meant.
    NoInstrument(Vec<String>),
    /// Everything is kept out and nothing asked for.
    OnlyWithout,
}

impl QueryError {
    pub fn new(query: &str, range: Range<usize>, problem: Problem) -> QueryError {
        QueryError { query: query.to_owned(), range, problem }
    }

    /// What is wrong, where, and what to write instead.
    pub fn message(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        let words = self.query.get(self.range.clone()).unwrap_or_default();
        let column = self.query[..self.range.start.min(self.query.len())].chars().count() + 1;
        let place = match lang {
            Lang::Vi => format!("“{words}” (ký tự thứ {column})"),
            Lang::En => format!("“{words}” (character {column})"),
        };
        let meant = |names: &[String]| match (names, vi) {
            ([], _) => String::new(),
            (names, true) => format!(" Có phải: {}?", names.join(", ")),
            (names, false) => format!(" Did you mean: {}?", names.join(", ")),
        };
        let said = match (&self.problem, vi) {
            (Problem::NoField(name, near), vi) => {
                let near: Vec<String> = near.iter().map(|field| format!("{}:", field.name())).collect();
                let all: Vec<String> = Field::all().map(|field| format!("{}:", field.name())).collect();
                let all = all.join(", ");
                let said = if vi {
                    format!("không có trường “{name}”; các trường: {all}.")
                } else {
                    format!("there is no field “{name}”; the fields are {all}.")
                };
                format!("{said}{}", meant(&near))
            }
            (Problem::NoValue(field), true) => {
                format!("sau dấu hai chấm phải có giá trị, viết liền, ví dụ {}.", example(*field))
            }
            (Problem::NoValue(field), false) => {
                format!("a value must follow the colon, without a blank, for example {}.", example(*field))
            }
            (Problem::BadYear, true) => "năm viết là 2021, 2020..2024, 2020.. hoặc ..2024.".to_owned(),
            (Problem::BadYear, false) => "write years as 2021, 2020..2024, 2020.. or ..2024.".to_owned(),
            (Problem::BadForce, true) => {
                "hiệu lực là con (còn), het (hết), chua (chưa có), motphan (hết một phần), ngung (ngưng) hoặc chuaro (chưa rõ)."
                    .to_owned()
            }
            (Problem::BadForce, false) => {
                "a force is in_force, ended, not_yet, in_part, suspended or unknown (or con, het, chua, motphan, ngung, chuaro)."
                    .to_owned()
            }
            (Problem::BadSort, true) => "viết la:vanban hoặc la:tailieu.".to_owned(),
            (Problem::BadSort, false) => "write is:instrument or is:document.".to_owned(),
            (Problem::NoKind(near), true) => format!("không có loại văn bản này.{}", meant(near)),
            (Problem::NoKind(near), false) => format!("there is no such kind of instrument.{}", meant(near)),
            (Problem::NoInstrument(near), true) => {
                format!("không biết văn bản nào có số hay tên này.{}", meant(near))
            }
            (Problem::NoInstrument(near), false) => {
                format!("no instrument of this number or name is known.{}", meant(near))
            }
            (Problem::OnlyWithout, true) => "chỉ có phần loại trừ; ghi thêm từ hoặc trường cần tìm.".to_owned(),
            (Problem::OnlyWithout, false) => "this only leaves things out; add words or a field to look for.".to_owned(),
        };
        if vi {
            format!("câu tìm kiếm chưa hiểu được ở {place}: {said}")
        } else {
            format!("the query cannot be understood at {place}: {said}")
        }
    }
}

fn example(field: Field) -> &'static str {
    match field {
        Field::Number => "so:33/2021",
        Field::Kind => "loai:\"thông tư\"",
        Field::Issuer => "coquan:\"Bộ Tài chính\"",
        Field::Year => "nam:2020..2024",
        Field::Force => "hieuluc:con",
        Field::Cites => "dan:33/2021/TT-BGDĐT",
        Field::Place => "diaphuong:\"Quảng Ninh\"",
        Field::Is => "la:tailieu",
    }
}
