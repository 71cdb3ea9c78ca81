//! What is wrong inside a damaged file, in both languages. What a library says of it, it says in English.

use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// Why the inside of a file makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.words(Lang::En))]
pub enum Damage {
    NoPages,
    NoReadablePage,
    /// What the reader of a pdf panics or dies of.
    Nonsense,
    DrawsItself,
    DrawingsTooDeep,
    DrawingsTooMany,
    PageTree,
    PageMissing,
    /// Nobody writes one, and it is known to do harm.
    Doctype,
    TooDeep,
    Missing,
    NotUtf8,
    /// Of one part of the file.
    In(String, Box<Damage>),
    /// A library's own words.
    Told(String),
}

impl Damage {
    /// As the library says it.
    pub(crate) fn told(error: impl ToString) -> Damage {
        Damage::Told(error.to_string())
    }

    /// The same in a part of this name.
    pub(crate) fn within(self, part: &str) -> Damage {
        Damage::In(part.to_owned(), Box::new(self))
    }

    /// What a parser says: our own words where it was us who refused to go on.
    pub(super) fn of_xml(error: &quick_xml::Error) -> Damage {
        let ours = match error {
            quick_xml::Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref::<Damage>()),
            _ => None,
        };
        ours.cloned().unwrap_or_else(|| Damage::told(error))
    }

    /// To be told by a parser of what is well-formed, and yet not to be read.
    pub(super) fn into_xml(self) -> quick_xml::Error {
        quick_xml::Error::Io(std::sync::Arc::new(std::io::Error::other(self)))
    }

    /// In words that fit into brackets.
    pub fn words(&self, lang: Lang) -> String {
        let said = match self {
            Damage::NoPages => lang.pick("không có trang nào", "no pages"),
            Damage::NoReadablePage => lang.pick("không trang nào đọc được", "no page can be read"),
            Damage::Nonsense => lang.pick("cấu trúc bên trong sai", "its structure makes no sense"),
            Damage::DrawsItself => lang.pick("hình vẽ chứa chính nó", "a drawing contains itself"),
            Damage::DrawingsTooDeep => lang.pick("hình vẽ lồng nhau quá sâu", "drawings are nested too deep"),
            Damage::DrawingsTooMany => lang.pick("hình vẽ lặp lại quá nhiều", "drawings repeat each other too often"),
            Damage::PageTree => lang.pick("cây trang chứa chính nó", "the page tree contains itself"),
            Damage::PageMissing => lang.pick("thiếu một trang", "a page is missing"),
            Damage::Doctype => lang.pick("có khai báo DOCTYPE", "a document type declaration"),
            Damage::TooDeep => lang.pick("các phần tử lồng nhau quá sâu", "elements are nested too deep"),
            Damage::Missing => lang.pick("thiếu phần này", "it is missing"),
            Damage::NotUtf8 => lang.pick("không phải UTF-8", "not UTF-8"),
            Damage::In(part, damage) => return format!("{part}: {}", damage.words(lang)),
            Damage::Told(said) => lang.pick("cấu trúc bên trong không đọc được", said),
        };
        said.to_owned()
    }
}
