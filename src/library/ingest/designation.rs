//! What an instrument or a document is called: the words by which people ask for it other than its subject.

use std::collections::HashMap;
use std::path::Path;

use crate::cite::Header;
use crate::law::{Instrument, NAMED_KINDS, Number};
use crate::register::Register;
use crate::store::{StoredDocument, StoredInstrument, Traits};
use crate::text::folded_words;

/// The aliases of the register, by the instrument they stand for.
pub(super) struct Designations<'r> {
    register: &'r Register,
    aliases: HashMap<String, Vec<&'r str>>,
}

impl<'r> Designations<'r> {
    pub fn new(register: &'r Register) -> Designations<'r> {
        let mut aliases: HashMap<String, Vec<&str>> = HashMap::new();
        for alias in register.aliases() {
            let id = register.lookup(&alias.key, None).map_or_else(|| alias.key.id(), Instrument::id);
            aliases.entry(id.to_string()).or_default().push(&alias.alias);
        }
        Designations { register, aliases }
    }

    /// The entry of an instrument of the register.
    pub fn instrument<'i>(&self, instrument: &'i Instrument, twin: bool) -> StoredInstrument<'i> {
        let id = instrument.id();
        let mut called = self.words(instrument.number.as_ref(), &instrument.kind, id.as_str());
        // Laws are called by their names, with the year of issue.
        if instrument.title.starts_with(&instrument.kind) && NAMED_KINDS.contains(&instrument.kind.as_str()) {
            called.push(instrument.title.clone());
            called.extend(instrument.issued.map(|issued| issued.year().to_string()));
        }
        let place = instrument.locality.as_ref().map_or("", |place| place.as_str());
        let issuer = format!("{} {place}", instrument.issuer);
        StoredInstrument { row: instrument, called: called.join(" "), issuer, traits: Traits::of(instrument), twin }
    }

    /// Fills in by what a document is called. What the register knows of the instrument that it is counts for
    /// the document too, since the document stands for both in a list of hits.
    pub fn document(&self, entry: &mut StoredDocument, header: &Header) {
        let own = entry.own.clone().unwrap_or_default();
        let kind = entry.kind.clone().unwrap_or_default();
        let mut called = self.words(header.number.as_ref(), &kind, &own);
        if let Some(instrument) = self.register.by_id(&own) {
            called.push(instrument.title.clone());
            entry.title.get_or_insert_with(|| instrument.title.clone());
            let stated = std::mem::take(&mut entry.traits);
            let known = Traits::of(instrument);
            // The register writes all names alike; what a document says of itself is often in capitals.
            let or = |known: String, stated: String| if known.is_empty() { stated } else { known };
            entry.traits = Traits {
                kind: or(known.kind, stated.kind),
                issuer: or(known.issuer, stated.issuer),
                locality: or(known.locality, stated.locality),
                date: stated.date.or(known.date),
                ..known
            };
        }
        if let Some((agency, end)) = self.register.symbols().agency_named_at(&entry.traits.issuer)
            && end == entry.traits.issuer.len()
        {
            entry.traits.issuer = agency.name.clone();
        }
        if let Some(stem) = Path::new(&entry.path).file_stem() {
            called.push(stem.to_string_lossy().into_owned());
        }
        entry.called = called.join(" ");
    }

    fn words(&self, number: Option<&Number>, kind: &str, id: &str) -> Vec<String> {
        let mut words = vec![kind.to_owned()];
        // "NQ" is what people type, though no such letters stand in 85/2014/QH13.
        for known in self.register.symbols().kinds_of_word(kind) {
            words.extend(std::iter::once(&known.abbr).chain(&known.variants).filter(|abbr| !abbr.is_empty()).cloned());
        }
        if let Some(number) = number {
            let written = number.as_str().replace('&', "");
            // "TTBGDĐT" is what people type for TT-BGDĐT.
            let symbol: Vec<String> = folded_words(&written).into_iter().filter(|word| !is_digits(word)).collect();
            if symbol.len() > 1 {
                words.push(symbol.concat());
            }
            words.push(written);
            // "Thông tư 5" is what people type for 05.
            words.push(number.serial().trim_start_matches('0').to_owned());
        }
        words.extend(self.aliases.get(id).into_iter().flatten().map(|alias| (*alias).to_owned()));
        words
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instruments_are_called_by_number_kind_and_name() {
        let register = Register::bundled();
        let called = Designations::new(&register);
        for instrument in register.instruments() {
            let entry = called.instrument(instrument, false);
            let words = folded_words(&entry.called);
            if let Some(number) = &instrument.number {
                assert!(folded_words(number.as_str()).iter().all(|word| words.contains(word)), "{entry:?}");
            }
            assert!(folded_words(&instrument.kind).iter().all(|word| words.contains(word)), "{entry:?}");
        }
    }

    #[test]
    fn an_issuer_in_capitals_is_the_same_issuer() {
        let register = Register::bundled();
        let issuer = |stated: &str| {
            let mut entry = StoredDocument::default();
            entry.traits.issuer = stated.to_owned();
            Designations::new(&register).document(&mut entry, &Header::default());
            entry.traits.issuer
        };
        assert_eq!(issuer("BỘ GIÁO DỤC VÀ ĐÀO TẠO"), "Bộ Giáo dục và Đào tạo");
        assert_eq!(issuer("CHÍNH PHỦ"), "Chính phủ");
        assert_eq!(issuer("TRƯỜNG TIỂU HỌC HÒA BÌNH"), "TRƯỜNG TIỂU HỌC HÒA BÌNH");
    }
}
