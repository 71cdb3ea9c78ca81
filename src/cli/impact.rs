//! `danchieu impact`: which documents rest on an instrument, and so have to be looked at once it ends.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;

use super::{Global, RegisterSource, answer, complain, day, note, notices, open_library_or_register};
use crate::cite::{self, Citation, MentionKind};
use crate::law::{Date, Force, Instrument, InstrumentId, Key, Locality, Number};
use crate::library::{self, LibraryError, Paging};
use crate::read::{Document, Files, ReadError};
use crate::register::Register;
use crate::report::impact::{Affected, Impact, Subject, Successor, Use};
use crate::store::Store;
use crate::text::{Lang, Lines, one_line};

/// List the documents that rest on an instrument: which plans have to be looked at now that it has ended
///
/// Of the library, or of the files and folders named, which are read now. CSV is for spreadsheets: UTF-8 with its mark.
///
/// Exit code: 0 answered, whether or not anything cites it, 1 NUMBER names no instrument or several, 2 a file could not
/// be read (the others count) or the program could not run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number in any spelling, name, alias or id
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Files and folders to read now; without any, the library is asked
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Day on which its force is told: YYYY-MM-DD or DD/MM/YYYY; today if not given
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Csv,
}

pub fn run(args: Args, global: &Global) -> anyhow::Result<ExitCode> {
    let lang = global.lang;
    let as_of = args.as_of.unwrap_or_else(library::today);
    let (impact, whole) = if args.paths.is_empty() {
        let library = answer::open(global)?;
        let Some(id) = answer::pick(&library, &args.number, lang)? else { return Ok(answer::UNKNOWN.into()) };
        let impact = answer::ask(&library, lang, |store, register| of_library(store, register, &id, as_of))?;
        (impact, true)
    } else {
        let register = &open_library_or_register(global)?;
        let Some(wanted) = register.ask(lang, |register| Wanted::of(&args.number, register))? else {
            complain(
                &match lang {
                    Lang::Vi => format!("“{}” không phải số, ký hiệu hay tên của một văn bản duy nhất.", args.number),
                    Lang::En => format!("“{}” is no number or name of one instrument.", args.number),
                },
                lang,
            );
            return Ok(answer::UNKNOWN.into());
        };
        let Now { documents, notices, errors, read } = read_now(&args.paths, &wanted, register, global)?;
        for notice in &notices {
            note(notice, lang);
        }
        for error in &errors {
            complain(&error.message(lang), lang);
        }
        // "No document cites it" would be an answer, and nothing was looked at.
        if read == 0 {
            if errors.is_empty() {
                complain(answer::nothing_to_read(lang), lang);
            }
            return Ok(ExitCode::from(2));
        }
        let subject = register.ask(lang, |register| wanted.subject(register, as_of))?;
        (Impact::new(subject, as_of, documents), errors.is_empty())
    };
    match args.format {
        Format::Text => answer::text(lang, |sheet| impact.write(sheet))?,
        Format::Json => answer::json(&impact)?,
        Format::Csv => {
            let mut out = io::stdout().lock();
            impact.write_csv(&mut out)?;
            out.flush()?;
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// The documents of the library that cite the instrument.
fn of_library(store: &Store, register: &Register, id: &str, as_of: Date) -> Result<Impact, LibraryError> {
    let view = library::instrument(store, register, id, as_of)?;
    let facts = view.as_ref().and_then(|view| view.facts.as_ref());
    let subject = Subject {
        id: view.as_ref().map_or(id, |view| &view.id).to_owned(),
        number: view.as_ref().and_then(|view| view.number.clone()),
        title: facts.map(|facts| facts.title.clone()).filter(|title| !title.is_empty()),
        force: view.as_ref().map_or(Force::Unknown, |view| view.force),
        ended: facts.and_then(|facts| facts.ended),
        successor: view.as_ref().and_then(|view| view.successor.as_ref()).map(|one| Successor {
            number: one.number.clone(),
            title: one.title.clone(),
            date: one.date,
        }),
    };
    let edges = library::citations_to(store, register, id, Paging { offset: 0, limit: usize::MAX })?;
    let mut documents: Vec<Affected> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut lines: Vec<HashMap<(usize, usize), usize>> = Vec::new();
    for edge in edges.edges {
        let at = *places.entry(edge.path.clone()).or_insert(documents.len());
        if at == documents.len() {
            lines.push(match &edge.id {
                Some(id) => lines_of(store, register, id)?,
                None => HashMap::new(),
            });
            documents.push(Affected {
                path: edge.path.clone(),
                number: edge.number.clone(),
                title: edge.title.clone(),
                date: edge.date,
                citations: Vec::new(),
            });
        }
        documents[at].citations.push(Use {
            treatment: edge.treatment,
            line: lines[at].get(&(edge.start, edge.end)).copied().unwrap_or(1),
            pin: edge.pin,
            text: edge.text,
            sentence: edge.sentence,
            start: edge.start,
            end: edge.end,
        });
    }
    for document in &mut documents {
        document.citations.sort_by_key(|one| one.start);
    }
    Ok(Impact::new(subject, as_of, documents))
}

/// The line of each citation of a document, by its bytes in the source. NFC changes no line end.
fn lines_of(store: &Store, register: &Register, id: &str) -> Result<HashMap<(usize, usize), usize>, LibraryError> {
    let Some(document) = library::document(store, register, id)? else { return Ok(HashMap::new()) };
    let lines = Lines::new(&document.text);
    Ok(document.citations.iter().map(|(range, edge)| ((edge.start, edge.end), lines.place(range.start).0)).collect())
}

/// The instrument asked about, without a library to ask.
struct Wanted {
    key: Option<Key>,
    /// Of what has no number.
    named_id: Option<InstrumentId>,
    locality: Option<Locality>,
}

impl Wanted {
    /// A number, an alias, an id, or a citation as it stands in a text.
    fn of(text: &str, register: &Register) -> Option<Wanted> {
        let of_row = |row: &Instrument| Wanted {
            key: row.key(),
            named_id: row.key().is_none().then(|| row.id()),
            locality: row.locality.clone(),
        };
        let text = text.trim();
        if let Some(row) = register.by_id(text) {
            return Some(of_row(row));
        }
        if let Some(key) = Key::parse(text).filter(|key| key.number.parts().next().is_some()) {
            let number: Number = register.symbols().canonical(&key.number);
            return Some(Wanted { key: Some(Key::new(number, key.date())), named_id: None, locality: None });
        }
        if let [key] = register.alias(text)[..] {
            return Some(Wanted { key: Some(key.clone()), named_id: None, locality: None });
        }
        let reading = cite::read(&Document::from_text("", text), register);
        let mut named = reading.citations.into_iter().filter(|one| one.id().is_some());
        match (named.next(), named.next()) {
            (Some(Citation { target, named_id, locality, .. }), None) => {
                Some(Wanted { key: target, named_id, locality })
            }
            _ => None,
        }
    }

    fn row<'r>(&self, register: &'r Register) -> Option<&'r Instrument> {
        match &self.key {
            Some(key) => register.lookup(key, self.locality.as_ref()),
            None => register.by_id(self.named_id.as_ref()?.as_str()),
        }
    }

    fn subject(&self, register: &Register, as_of: Date) -> Subject {
        let row = self.row(register);
        let way = self.key.as_ref().map(|key| register.successors(key, as_of)).unwrap_or_default();
        Subject {
            id: match (&self.key, row) {
                (_, Some(row)) => row.id().to_string(),
                (Some(key), None) => key.id_in(self.locality.as_ref()).to_string(),
                (None, None) => self.named_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            },
            number: self.key.as_ref().map(|key| key.number.to_string()),
            title: row.map(|row| row.title.clone()).filter(|title| !title.is_empty()),
            force: row.map_or(Force::Unknown, |row| row.force_on(as_of)),
            ended: row.and_then(|row| row.ended),
            successor: way.last().map(|relation| Successor {
                number: relation.from.number.to_string(),
                title: register.lookup(&relation.from, None).map(|row| row.title.clone()).filter(|t| !t.is_empty()),
                date: relation.date,
            }),
        }
    }

    /// Whether a citation means it: unknown dates and places merge, conflicting ones never do.
    fn is_meant_by(&self, citation: &Citation) -> bool {
        let (Some(wanted), Some(meant)) = (&self.key, &citation.target) else {
            return self.named_id.is_some() && citation.named_id == self.named_id;
        };
        let dates_fit = match (wanted.date(), meant.date()) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        let places_fit = match (&self.locality, &citation.locality) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        wanted.number.folded() == meant.number.folded() && dates_fit && places_fit
    }
}

/// What was found in files just now.
struct Now {
    /// Those that cite the instrument.
    documents: Vec<Affected>,
    /// Remarks about the reading of all.
    notices: Vec<String>,
    errors: Vec<ReadError>,
    /// How many could be read.
    read: usize,
}

/// Looks through files for citations of the instrument.
fn read_now(paths: &[PathBuf], wanted: &Wanted, register: &RegisterSource, global: &Global) -> anyhow::Result<Now> {
    let reading = global.reading();
    let Files { found: files, passed, errors } = reading.files(paths);
    let read = |path: &PathBuf| {
        let document = match reading.read_file(path) {
            Ok(document) => document,
            Err(error) => return Ok(Err(error)),
        };
        let affected = register.ask(global.lang, |register| affected(&document, wanted, register))?;
        Ok(Ok((affected, notices(&document, global.lang))))
    };
    let answers: anyhow::Result<Vec<_>> = files.par_iter().map(read).collect();
    let mut now = Now { documents: Vec::new(), notices: Vec::new(), errors, read: 0 };
    now.notices.extend(passed.iter().map(|error| error.message(global.lang)));
    for answer in answers? {
        match answer {
            Ok((document, notices)) => {
                now.read += 1;
                now.documents.extend(document);
                now.notices.extend(notices);
            }
            Err(error) => now.errors.push(error),
        }
    }
    Ok(now)
}

fn affected(document: &Document, wanted: &Wanted, register: &Register) -> Option<Affected> {
    let reading = cite::read(document, register);
    let text = document.text.as_str();
    let lines = Lines::new(text);
    let meant = reading.citations.iter().filter(|one| one.mention.kind != MentionKind::Own && wanted.is_meant_by(one));
    let citations: Vec<Use> = meant
        .map(|citation| {
            let range = citation.mention.range.clone();
            let source = document.text.to_source(range.clone());
            let sentence = text.get(cite::sentence(document, &range)).unwrap_or_default();
            Use {
                treatment: citation.treatment,
                line: lines.place(range.start).0,
                pin: citation.pins.iter().map(ToString::to_string).collect(),
                text: text.get(range).unwrap_or_default().to_owned(),
                sentence: one_line(sentence),
                start: source.start,
                end: source.end,
            }
        })
        .collect();
    (!citations.is_empty()).then(|| Affected {
        path: document.path.clone(),
        number: reading.header.number.as_ref().map(ToString::to_string),
        title: reading.header.title.clone(),
        date: reading.header.date,
        citations,
    })
}
