//! `Document` to `Citation`s in four steps: find the mentions, parse the date, issuer and provisions around them, resolve
//! what they mean, and decide what the document does to each instrument.
//!
//! The four verbs are functions of this file; what they need is in the files below, one subject each.

mod citation;
mod citation_index;
mod commencement;
mod date;
mod find;
mod header;
mod issuer;
mod localities;
mod named_instrument;
mod number;
mod number_faults;
mod operative_lists;
mod operative_words;
mod pinpoints;
mod quotations;
mod resolve;
mod sentence;
mod short_form;
mod symbol;
mod treatment;
mod type_word;
mod uses;

use std::ops::Range;

pub use citation::{Citation, Header, Issuer, Mention, MentionKind, ResolvedDocument};
pub use citation_index::CitationIndex;
pub use number_faults::{NumberFault, fault};
pub use pinpoints::{Provisions, provisions};
pub use sentence::{clause_head, clause_tail, ends_clause, sentence};

use crate::law::{Date, Treatment, Use};
use crate::read::Document;
use crate::register::Register;
use crate::text::{Cursor, fold, folds_to};
use citation::FoundMention;

/// Reads the header and every citation of a document.
pub fn read(document: &Document, register: &Register) -> ResolvedDocument {
    let text = document.text.as_str();
    let mut header = header::read(document, register);
    if header.number.is_some() {
        header.commences = commencement::commences(text, header.date);
    }
    let mut found = find::mentions(text, register);
    if let Some(own) = &header.number_range {
        found.retain(|one| one.mention.range.end <= own.start || one.mention.range.start >= own.end);
    }
    let weak: Vec<bool> = found.iter().map(|one| one.weak).collect();
    let mut citations = parse(text, &found, register);
    mark_own(&header, &mut citations);
    resolve::resolve(document, &header, register, &mut citations, &weak);
    treat(text, &mut citations);
    // A consolidated text has no force of its own: the laws it joins amend, it does not (Ordinance 01/2012/UBTVQH13).
    if header.kind.as_deref() == Some("Văn bản hợp nhất") {
        for citation in citations.iter_mut().filter(|citation| citation.treatment != Treatment::Basis) {
            citation.treatment = Treatment::Cites;
        }
    }
    let uses = uses::uses(text, &header, &citations);
    for (citation, usage) in citations.iter_mut().zip(uses) {
        citation.usage = usage;
    }
    if let Some(own) = own_number(&header) {
        let at = citations.partition_point(|one| one.mention.range.start < own.mention.range.start);
        for citation in &mut citations {
            citation.antecedent = citation.antecedent.map(|earlier| if earlier >= at { earlier + 1 } else { earlier });
        }
        citations.insert(at, own);
    }
    ResolvedDocument { header, citations }
}

/// A document that repeats its own number speaks of itself. A number that starts again each year is its own only
/// if no other date is beside it anywhere.
fn mark_own(header: &Header, citations: &mut [Citation]) {
    let Some(own) = &header.number else { return };
    let same = |citation: &Citation| citation.mention.number.as_ref() == Some(own);
    let another = |citation: &Citation| same(citation) && citation.date.is_some() && citation.date != header.date;
    if own.year().is_none() && citations.iter().any(another) {
        return;
    }
    for citation in citations.iter_mut().filter(|citation| same(citation)) {
        citation.mention.kind = MentionKind::Own;
    }
}

/// Reads the date, issuer and pinpoints around each mention.
fn parse(text: &str, found: &[FoundMention], register: &Register) -> Vec<Citation> {
    let symbols = register.symbols();
    let mut out: Vec<Citation> = Vec::with_capacity(found.len());
    for (at, FoundMention { mention, tail, .. }) in found.iter().enumerate() {
        let later = &found[at + 1..];
        let next = later.partition_point(|other| other.mention.range.start < *tail);
        let limit = later.get(next).map_or(text.len(), |other| other.mention.range.start);
        let dated = date::after(text, *tail).filter(|(_, range)| range.end <= limit);
        let mut issuer = issuer::after(text, dated.as_ref().map_or(*tail, |(_, range)| range.end), symbols);
        // "Quyết định số 489/QĐ-TTg của Thủ tướng Chính phủ ngày 08/4/2020"
        let dated = dated.or_else(|| {
            let after = issuer.as_ref()?.range.end;
            date::after(text, after).filter(|(_, range)| range.end <= limit)
        });
        let dated = dated.or_else(|| date_before(text, mention.range.start));
        issuer = issuer.filter(|issuer| issuer.range.start < limit);
        let (date, date_range) = dated.map_or((None, None), |(date, range)| (Some(date), Some(range)));
        out.push(Citation {
            pins: pinpoints::before(text, mention.range.start),
            mention: mention.clone(),
            date,
            date_range,
            issuer,
            locality: None,
            treatment: Treatment::Cites,
            usage: Use::Applies,
            target: None,
            named_id: None,
            candidates: Vec::new(),
            antecedent: None,
        });
    }
    out
}

/// "Ngày 12/6/2015, Bộ Y tế ban hành Công văn số 4966/BYT-…": the date is at the head of the sentence.
fn date_before(text: &str, start: usize) -> Option<(Date, Range<usize>)> {
    let floor = text.ceil_char_boundary(start.saturating_sub(160));
    let window = &text[floor..start];
    if !is_issued(window) {
        return None;
    }
    let at = window.rfind("Ngày ").max(window.rfind(" ngày ").map(|at| at + 1))?;
    let since = ["tu", "den", "truoc", "sau", "ke tu"].iter().any(|word| lead_before(window, at).ends_with(word));
    let from = Cursor::new(text, floor + at + "ngày".len()).blanks().at();
    let (date, end) = date::read(text, from)?;
    let between = text.get(end..start)?;
    (!since && !between.contains(['.', ';', '\n', '/'])).then_some((date, from..end))
}

/// Whether words end with a verb of issuing: "ký", "ban hành", "ban hành các", "có".
fn is_issued(words: &str) -> bool {
    let mut last = words.split_whitespace().rev();
    let mut next = || last.next().unwrap_or_default();
    let word = next();
    let listed = folds_to(word, "cac");
    let word = if listed { next() } else { word };
    let brief = !listed && (folds_to(word, "co") || folds_to(word, "ky"));
    brief || (folds_to(word, "hanh") && folds_to(next(), "ban"))
}

/// The words before `at`, folded.
fn lead_before(window: &str, at: usize) -> String {
    fold(window[..at].trim_end())
}

fn treat(text: &str, citations: &mut [Citation]) {
    let quotations = quotations::Quotations::of(text);
    let basis = treatment::basis_lines(text, &quotations);
    let lists = operative_lists::lists(text);
    let mut earlier: Vec<(Range<usize>, Treatment)> = Vec::new();
    for citation in citations {
        citation.treatment = treatment::treatment(text, &citation.mention, &quotations, &earlier, &basis, &lists);
        earlier.push((citation.mention.range.clone(), citation.treatment));
        if earlier.len() > 64 {
            earlier.drain(..32);
        }
    }
}

fn own_number(header: &Header) -> Option<Citation> {
    let range = header.number_range.clone()?;
    Some(Citation {
        mention: Mention {
            range,
            kind: MentionKind::Own,
            type_word: header.kind.clone(),
            number: header.number.clone(),
            serial: None,
            year: None,
            name: None,
        },
        date: header.date,
        date_range: None,
        issuer: None,
        locality: header.locality.clone(),
        pins: Vec::new(),
        treatment: Treatment::Cites,
        usage: Use::Names,
        target: header.key(),
        named_id: None,
        candidates: Vec::new(),
        antecedent: None,
    })
}
