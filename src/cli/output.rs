//! What commands that ask the knowledge base share: opening it, finding what a word on the command line names,
//! and writing the answer.

use std::io::{self, Write};

use serde::Serialize;

use super::{Global, complain};
use crate::library::{self, Library, LibraryError, Resolution, today};
use crate::register::Register;
use crate::report::glossary;
use crate::report::terminal::TerminalPage;
use crate::store::Store;
use crate::text::Lang;

/// Columns of a page where standard output is not a terminal.
pub const PAGE_WIDTH: usize = 100;

/// Form of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum AnswerFormat {
    #[default]
    Text,
    Json,
}

/// Opens the library.
pub fn open(global: &Global) -> anyhow::Result<Library> {
    let library =
        Library::open(&global.library, global.register.as_deref()).map_err(|error| user_error(&error, global.lang))?;
    for problem in library.problems() {
        complain(&problem.message(global.lang), global.lang);
    }
    Ok(library)
}

/// What to say where folders hold nothing that is read.
pub fn nothing_to_read(lang: Lang) -> &'static str {
    lang.pick(
        "không có tệp nào để kiểm tra: các thư mục này không có tệp .txt, .md, .html, .docx, .odt, .pdf, .doc hoặc .rtf",
        "there is nothing to check: these folders hold no .txt, .md, .html, .docx, .odt, .pdf, .doc or .rtf file",
    )
}

/// An error of the library in the user's language.
pub fn user_error(error: &LibraryError, lang: Lang) -> anyhow::Error {
    anyhow::anyhow!(error.message(lang))
}

/// What is left to say of an `id` that was found a moment ago and now is neither instrument nor document.
pub fn not_found(id: &str, lang: Lang) -> anyhow::Error {
    match lang {
        Lang::Vi => anyhow::anyhow!("{id}: không còn trong thư viện; chạy “danchieu index” rồi thử lại."),
        Lang::En => anyhow::anyhow!("{id}: no longer in the library; run “danchieu index” and try again."),
    }
}

/// The one id that `text` names. `None` where it names nothing or several; what to try instead was then written to
/// standard error.
pub fn choose(library: &Library, text: &str, lang: Lang) -> anyhow::Result<Option<String>> {
    let resolved = ask(library, lang, |store, register| {
        let resolved = library::resolve_name(store, register, text)?;
        let ids = match &resolved {
            Resolution::One { others, .. } => others.as_slice(),
            Resolution::Several(ids) => &ids[..ids.len().min(20)],
            Resolution::Nothing { .. } => &[],
        };
        let described: Result<Vec<String>, _> = ids.iter().map(|id| describe(store, register, id, lang)).collect();
        Ok((resolved, described?))
    });
    let (resolved, described) = resolved?;
    let (head, list) = match resolved {
        Resolution::One { id, others } => {
            if !others.is_empty() {
                let others = described.join("; ");
                let note = match lang {
                    Lang::Vi => format!("lưu ý: cùng số, ký hiệu còn có: {others}"),
                    Lang::En => format!("note: the same number is also borne by: {others}"),
                };
                anstream::eprintln!("{note}");
            }
            return Ok(Some(id));
        }
        Resolution::Nothing { near } => {
            let near = near.into_iter().map(|(call, id)| if call == id { id } else { format!("{call}  ({id})") });
            let mut list: Vec<String> = near.map(|one| format!("  {one}")).collect();
            if !list.is_empty() {
                list.insert(0, lang.pick("Gần giống:", "Similar:").to_owned());
            }
            let head = match lang {
                Lang::Vi => format!(
                    "không biết văn bản hay tài liệu nào là “{text}”: sổ đăng ký không có và chưa tài liệu nào viện dẫn."
                ),
                Lang::En => {
                    format!(
                        "no instrument or document is called “{text}”: it is not in the register and nothing cites it."
                    )
                }
            };
            (head, list)
        }
        Resolution::Several(ids) => {
            let head = match lang {
                Lang::Vi => format!("“{text}” có thể là một trong {} văn bản sau; hãy ghi rõ mã định danh:", ids.len()),
                Lang::En => format!("“{text}” may be any of {} instruments; name one by its id:", ids.len()),
            };
            (head, described.iter().map(|one| format!("  {one}")).collect())
        }
    };
    complain(&head, lang);
    for line in list {
        anstream::eprintln!("{line}");
    }
    Ok(None)
}

/// Asks the library one question.
///
/// # Errors
/// The question has no answer, in the user's language.
pub fn ask<T>(
    library: &Library,
    lang: Lang,
    question: impl FnOnce(&Store, &Register) -> Result<T, LibraryError>,
) -> anyhow::Result<T> {
    library.ask(question).map_err(|error| user_error(&error, lang))
}

/// An id with what distinguishes its instrument from others of the same number: date, place, title.
fn describe(store: &Store, register: &Register, id: &str, lang: Lang) -> Result<String, LibraryError> {
    let facts = library::instrument(store, register, id, today())?.and_then(|view| view.facts);
    let mut parts: Vec<String> = Vec::new();
    if let Some(facts) = facts {
        parts.extend(facts.issued.map(|day| glossary::date(day, lang)));
        parts.extend(facts.locality.map(|place| place.to_string()));
        parts.extend(Some(facts.title).filter(|title| !title.is_empty()));
    } else if let Some(document) = library::document(store, register, id)? {
        parts.extend(document.header.date.map(|day| glossary::date(day, lang)));
        parts.extend(document.header.title);
    }
    Ok(if parts.is_empty() { id.to_owned() } else { format!("{id}  ({})", parts.join(", ")) })
}

/// The exit code of a question that could not be matched to anything.
pub const UNKNOWN: u8 = 1;

/// Writes an answer as one JSON value.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Columns of the page.
pub fn width() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(PAGE_WIDTH, |(width, _)| width.0.into())
}

/// Writes an answer as text, as wide as the terminal.
pub fn text(lang: Lang, write: impl FnOnce(&mut TerminalPage<'_>) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    write(&mut TerminalPage::new(&mut out, lang, width()))?;
    out.flush()?;
    Ok(())
}
