//! Faults of form that a number shows by itself or against the words around it.
//!
//! `resolve` asks whether the instrument meant may be another than the one written; the rules of `check` report the
//! fault to the user. `SymbolParts` of the register takes the symbol apart.

use super::{Issuer, Mention};
use crate::law::{Agency, Branch, Family, Kind, Number, NumberForm, Scope, YearRule};
use crate::register::{SymbolParts, Symbols};

/// What is wrong with a number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// The kind carries its year in the number and the citation omits it: `22/TT-BGDĐT`.
    MissingYear,
    /// The symbol is only a kind: `489/QĐ`.
    IncompleteSymbol,
    /// No instrument can have that symbol: `46/2017/TTCP` of a decree, `10-QĐ/VBHN-BGDĐT`.
    MalformedSymbol,
    /// The type word contradicts the symbol: `Quyết định số 1114/KH-UBND`.
    TypeMismatch,
    /// The stated issuer contradicts the symbol: `14-CT/TW … của Thủ tướng Chính phủ`.
    IssuerMismatch,
}

/// The fault of a full mention, the gravest first; `None` if it is well formed as far as the register knows.
pub fn fault(mention: &Mention, issuer: Option<&Issuer>, symbols: &Symbols) -> Option<NumberFault> {
    let number = mention.number.as_ref()?;
    let parts = SymbolParts::of(number, symbols);
    let word = mention.type_word.as_deref();
    if only_kind(number, &parts) {
        return Some(NumberFault::IncompleteSymbol);
    }
    if malformed(number, &parts, word, symbols) {
        return Some(NumberFault::MalformedSymbol);
    }
    if missing_year(number, &parts) {
        return Some(NumberFault::MissingYear);
    }
    if type_mismatch(word, &parts, symbols) {
        return Some(NumberFault::TypeMismatch);
    }
    issuer.filter(|issuer| issuer_mismatch(issuer, &parts, symbols)).map(|_| NumberFault::IssuerMismatch)
}

/// Whether the symbol is a kind and nothing else.
fn only_kind(number: &Number, parts: &SymbolParts<'_>) -> bool {
    parts.parts.len() == 1
        && !parts.kinds.is_empty()
        && parts.known_agencies().next().is_none()
        && number.form() == NumberForm::Slash
        && parts.kinds.iter().all(|kind| kind.abbr != "SL")
}

/// Whether no instrument can have the symbol.
fn malformed(number: &Number, parts: &SymbolParts<'_>, word: Option<&str>, symbols: &Symbols) -> bool {
    // "10-QĐ/VBHN-BGDĐT"
    if !parts.kinds.is_empty() && parts.parts.get(1) == Some(&"VBHN") {
        return true;
    }
    // "71/NQ-TW": the Party puts a hyphen before the kind (Guidance 36-HD/VPTW of 3 April 2018).
    let of_party = |agency: &&Agency| agency.branch == Branch::Party && agency.scope == Scope::Central;
    if number.form() == NumberForm::Slash
        && !parts.kinds.is_empty()
        && parts.known_agencies().next().filter(of_party).is_some()
    {
        return true;
    }
    // A dated number of a kind with an abbreviation must show it: "46/2017/TTCP" of a decree.
    let needs_kind = word.is_some_and(|word| {
        let mut kinds = symbols.kinds_of_word(word).filter(|kind| kind.family != Family::Party).peekable();
        kinds.peek().is_some() && kinds.all(|kind| !kind.abbr.is_empty() || kind.year == YearRule::Never)
    });
    // "16/2022/BGDĐT-TT": the kind that the word names is behind the agency.
    let swapped =
        parts.kinds.is_empty()
            && parts.parts.len() == 2
            && parts.known_agencies().next().is_some_and(|agency| agency.scope == Scope::Central)
            && number.parts().last().zip(word).is_some_and(|(last, word)| {
                symbols.kinds_of_word(word).any(|kind| kind.abbr == last && kind.has_source())
            });
    // Some ministries of the 1990s wrote so.
    if swapped && number.year().is_some_and(|year| year >= ONE_FORM_SINCE) {
        return true;
    }
    let assembly = matches!(parts.known_agencies().next(), Some(agency) if matches!(agency.abbr.as_str(), "QH" | "UBTVQH" | "HĐNN" | "CTN"));
    number.form() == NumberForm::Dated && parts.kinds.is_empty() && parts.parts.len() == 1 && needs_kind && !assembly
}
/// The year from which all State documents name the kind before the issuer (Joint Circular 55/2005/TTLT-BNV-VPCP).
const ONE_FORM_SINCE: i16 = 2006;

/// Decrees, circulars and joint circulars of central issuers carry the year in their number (Law 17/2008/QH12,
/// article 7; Decree 34/2016/NĐ-CP; before 1997 they did not).
fn missing_year(number: &Number, parts: &SymbolParts<'_>) -> bool {
    let mut state = parts.kinds.iter().filter(|kind| kind.family != Family::Party).peekable();
    let always = state.peek().is_some() && state.all(|kind| kind.year == YearRule::Always);
    let issuer = parts.known_agencies().next().is_some_and(|agency| agency.scope == Scope::Central);
    number.form() == NumberForm::Slash && always && issuer && parts.kinds[0].abbr != "VBHN"
}

/// The symbol names a kind, and the type word is another one that has an abbreviation of its own.
fn type_mismatch(word: Option<&str>, parts: &SymbolParts<'_>, symbols: &Symbols) -> bool {
    let Some(word) = word else { return false };
    let mut of_word = symbols.kinds_of_word(word).peekable();
    if parts.kinds.is_empty()
        || of_word.peek().is_none()
        || matches!(word, "Văn bản" | "Đề án" | "Chương trình" | "Công văn")
    {
        return false;
    }
    let named: Vec<&Kind> = of_word.collect();
    let same =
        named.iter().any(|kind| parts.kinds.iter().any(|other| other.name == kind.name || other.abbr == kind.abbr));
    // Joint circulars are circulars; a plan of several offices is a plan.
    let wider = parts.kinds.iter().any(|kind| kind.name.starts_with(word));
    let supported = parts.kinds.iter().any(|kind| kind.has_source());
    !same && !wider && supported
}

/// The stated agency is none of those in the symbol, none of their predecessors or successors, and both are
/// known.
fn issuer_mismatch(issuer: &Issuer, parts: &SymbolParts<'_>, symbols: &Symbols) -> bool {
    let Some(stated) = issuer.abbr.as_deref().and_then(|abbr| symbols.agency(abbr)) else { return false };
    let Some(first) = parts.known_agencies().next() else { return false };
    let related =
        |a: &Agency, b: &Agency| a.abbr == b.abbr || a.successors.contains(&b.abbr) || b.successors.contains(&a.abbr);
    let any = parts.known_agencies().any(|agency| related(agency, stated));
    // A provincial office drafts for its People's Committee, a Party body for its committee: only issuers of
    // different branches or levels contradict each other.
    let apart = first.branch != stated.branch || (first.scope == Scope::Central && stated.scope == Scope::Central);
    let joint = parts.known_agencies().count() > 1 && first.scope == stated.scope && first.branch == stated.branch;
    !any && apart && !joint
}
