//! The values of the field: what a number, a kind, an issuer, a pinpoint, an instrument is. No tables, no
//! files, no text: those are other floors.

mod agency;
mod citation_use;
mod date;
mod force;
mod id;
mod instrument;
mod key;
mod kind;
mod locality;
mod number;
mod pinpoint;
mod treatment;

pub use agency::{Agency, Branch, Scope};
pub use citation_use::Use;
pub use date::{format_date, parse_date};
pub use force::Force;
pub use id::{InstrumentId, InvalidInstrumentId};
pub use instrument::{Confidence, Instrument, PHASED_IN, Relation, UNCHECKED, force_on};
pub use jiff::civil::Date;
pub use key::Key;
pub use kind::{Family, Kind, NAMED_KINDS, YearRule};
pub use locality::{LEVEL_ABBREVIATIONS, LEVEL_WORDS, LevelWord, Locality};
pub use number::{Number, NumberForm};
pub use pinpoint::Pinpoint;
pub use treatment::Treatment;
