//! A symbol taken apart: which kind and which agencies its parts name, as far as the register's tables know.
//!
//! `cite` asks it whether a number is well formed and what a short form repeats, `check` what to report.

use super::Symbols;
use crate::law::{Agency, Branch, Family, Kind, Number, NumberForm, YearRule};

/// The parts of a symbol and what they name.
#[derive(Debug)]
pub struct SymbolParts<'a> {
    /// The parts between hyphens, slashes and dots.
    pub parts: Vec<&'a str>,
    /// The kinds that the first part may mean; empty if it means none, as in a dispatch.
    pub kinds: Vec<&'a Kind>,
    /// The agencies that the other parts name, in their order; `None` for an unknown part.
    pub agencies: Vec<Option<&'a Agency>>,
}

impl<'a> SymbolParts<'a> {
    /// Takes the symbol of a number apart.
    pub fn of(number: &'a Number, symbols: &'a Symbols) -> SymbolParts<'a> {
        let parts: Vec<&str> =
            number.parts().flat_map(|part| part.split('.')).filter(|part| !part.is_empty()).collect();
        let kinds: Vec<&Kind> = parts.first().map_or_else(Vec::new, |first| symbols.kinds_of_abbr(first).collect());
        let issuers = if kinds.is_empty() { &parts[..] } else { &parts[1..] };
        let agencies = issuers.iter().map(|part| agency(part, symbols)).collect();
        SymbolParts { parts, kinds, agencies }
    }

    /// The agency at the place of the issuer: right after the kind, or first in a dispatch.
    pub fn issuer(&self) -> Option<&'a Agency> {
        self.agencies.first().copied().flatten()
    }

    /// All parts that are known agencies.
    pub fn known_agencies(&self) -> impl Iterator<Item = &'a Agency> + '_ {
        self.agencies.iter().copied().flatten()
    }

    /// Whether the symbol is signed by several agencies together, in any order.
    pub fn is_joint(&self) -> bool {
        let joint = |kind: &&Kind| ["liên", "phối hợp"].iter().any(|word| kind.name.contains(word));
        self.kinds.iter().any(joint) || self.known_agencies().count() > 1
    }

    /// Whether numbers of this symbol under this type word carry their year: `Some(true)` if they all must,
    /// `Some(false)` if none may, `None` if both occur or nothing is known.
    pub fn holds_year(&self, type_word: Option<&str>, symbols: &'a Symbols) -> Option<bool> {
        let named: Vec<&Kind> = type_word.map_or_else(Vec::new, |word| symbols.kinds_of_word(word).collect());
        let fits = |kind: &&&Kind| type_word.is_none() || named.iter().any(|one| one.name == kind.name);
        let rules: Vec<YearRule> = match self.kinds.as_slice() {
            // The symbols of laws and ordinances do not name their kind.
            [] if self.issuer().is_some_and(Agency::is_assembly) => {
                named.iter().filter(|kind| kind.abbr.is_empty()).map(|kind| kind.year).collect()
            }
            kinds => kinds.iter().filter(fits).filter(|kind| kind.has_source()).map(|kind| kind.year).collect(),
        };
        match rules.as_slice() {
            [] => None,
            rules if rules.iter().all(|rule| *rule == YearRule::Always) => Some(true),
            rules if rules.iter().all(|rule| *rule == YearRule::Never) => Some(false),
            _ => None,
        }
    }

    /// Whether only the Party's rules of numbering can apply: its form, or its central committee as issuer.
    pub fn is_party(&self, number: &Number) -> bool {
        number.form() == NumberForm::Party
            && (self.issuer().is_some_and(|agency| agency.branch == Branch::Party)
                || self.kinds.iter().all(|kind| kind.family == Family::Party))
    }
}

fn agency<'a>(part: &str, symbols: &'a Symbols) -> Option<&'a Agency> {
    symbols.agency(part).or_else(|| {
        let (agency, end) = symbols.agency_named_at(part)?;
        (end == part.len()).then_some(agency)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;

    fn read(number: &str) -> (Vec<String>, Vec<Option<String>>) {
        let register = Register::bundled();
        let number = Number::parse(number).unwrap();
        let symbol = SymbolParts::of(&number, register.symbols());
        let mut kinds: Vec<String> = symbol.kinds.iter().map(|kind| kind.name.clone()).collect();
        kinds.dedup();
        (kinds, symbol.agencies.iter().map(|agency| agency.map(|one| one.abbr.clone())).collect())
    }

    #[test]
    fn kind_first_then_agencies() {
        let some = |abbr: &str| Some(abbr.to_owned());
        assert_eq!(read("46/2017/NĐ-CP"), (vec!["Nghị định".into()], vec![some("CP")]));
        assert_eq!(read("46/2017/TTCP"), (vec![], vec![some("TTCP")]));
        assert_eq!(read("43/2019/QH14"), (vec![], vec![some("QH")]));
        assert_eq!(read("5512/BGDĐT-GDTrH"), (vec![], vec![some("BGDĐT"), None]));
        assert_eq!(read("489/QĐ").1, vec![]);
        assert_eq!(read("06/2015/TTLT-BGDĐT-BNV").1, vec![some("BGDĐT"), some("BNV")]);
    }

    #[test]
    fn the_year_rule_needs_the_type_word_where_the_symbol_is_shared() {
        let register = Register::bundled();
        let symbols = register.symbols();
        let rule = |number: &str, word| {
            let number = Number::parse(number).unwrap();
            SymbolParts::of(&number, symbols).holds_year(word, symbols)
        };
        assert_eq!(rule("22/TT-BGDĐT", Some("Thông tư")), Some(true));
        assert_eq!(rule("22-TT/TU", Some("Thông tri")), Some(false));
        assert_eq!(rule("22/TT-BGDĐT", None), None);
        assert_eq!(rule("489/QĐ-TTg", Some("Quyết định")), None);
        assert_eq!(rule("43/QH14", Some("Luật")), Some(true));
        assert_eq!(rule("15/NQ-HĐND", Some("Nghị quyết")), None);
    }
}
