//! The fields of the index. All kinds of entries share them: an instrument of the register, a relation between two,
//! a document, a citation (an edge of the graph), a file (what was last seen of it on disk), and what is at hand of
//! every register.

use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

use super::tokens::{FOLDED, MARKED};

/// What an entry is, in the field `record_kind`.
pub(super) mod kind {
    pub const INSTRUMENT: &str = "instrument";
    /// An instrument whose text is a document of the library: it is found as the document.
    pub const TWIN: &str = "twin";
    pub const DOCUMENT: &str = "document";
    pub const CITATION: &str = "citation";
    pub const FILE: &str = "file";
    /// What one instrument of the register does to another.
    pub const RELATION: &str = "relation";
    /// The part of the register that is read on opening; there is one.
    pub const FIXED: &str = "fixed";
}

/// Every field, by the name of what it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Which kind of entry this is.
    pub record_kind: Field,
    /// Instrument: its id.
    pub instrument: Field,
    /// Document: its id. Citation: the id of the citing document.
    pub document: Field,
    /// Document: the id of the instrument it is, without the place, and the place.
    pub is_instrument: Field,
    /// Citation: the id of the instrument cited, without the place.
    pub target: Field,
    /// Citation: the same and the year of the citing document (`tokens::in_year`).
    pub target_year: Field,
    /// Document, citation: the slug of the place that belongs to `is_instrument` or `target`.
    pub place: Field,
    /// Instrument, document, citation: the number in the form in which spellings compare (`Number::folded`).
    pub number: Field,
    /// Instrument, relation, citation that acts: the numbers (`Number::folded`) about which it says something.
    pub about: Field,
    /// The same: by what the instruments are called in addresses (`register::lookup_names`).
    pub called_by: Field,
    /// Instrument, citation that acts: what the numbers are found under by their serial (`register::lookup_serials`).
    pub serial: Field,
    /// Citation: what the citing document does to the instrument, in a word.
    pub treatment: Field,
    /// Document, citation: the canonical path of the file.
    pub path: Field,
    /// File: its canonical path.
    pub seen: Field,
    /// What an instrument or document is called: number, kind, aliases, the title where it is a law's name.
    pub designation: Field,
    /// Trích yếu.
    pub title: Field,
    /// Issuer and place.
    pub issuer: Field,
    /// The text of a document.
    pub body: Field,
    /// Words of the title that bear marks: what they fold to, and the marks (`tokens::marked_word`).
    pub title_marked: Field,
    /// The same of the text.
    pub body_marked: Field,
    /// The whole title as one term (`tokens::whole`).
    pub whole: Field,
    /// The number alone, in words.
    pub numbered: Field,
    /// Document: the ids of the instruments that it cites, with and without the place.
    pub cites: Field,
    /// Instrument, document: the type word as it is shown.
    pub kind: Field,
    /// Instrument, document: the issuer as it is shown.
    pub authority: Field,
    /// Instrument, document: the place of the issuer as it is shown.
    pub locality: Field,
    /// Instrument, document, citation: date of the (citing) document as YYYYMMDD, or the year of its number as
    /// YYYY0000; 0 where unknown.
    pub day: Field,
    /// What the register knows of the force of an instrument or document: the place of its state in `Force::ALL`
    /// plus one, and days as YYYYMMDD.
    pub state: Field,
    pub commences: Field,
    pub issued: Field,
    pub ended: Field,
    pub seen_on: Field,
    /// Instrument, document: as `target_no`, of the instrument that it is.
    pub own_no: Field,
    /// Document, citation: a number that stands for the (citing) document.
    pub document_no: Field,
    /// Citation: a number that stands for the instrument cited, place included.
    pub target_no: Field,
    /// Citation: where it stands in its document.
    pub start: Field,
    /// File: all that is known of it, as JSON.
    pub file: Field,
    /// The entry as JSON.
    pub record: Field,
    /// Document: its text in NFC.
    pub text: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // What is found whole and never scored needs no length.
    let raw = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic);
    let id = TextOptions::default().set_indexing_options(raw.set_fieldnorms(false));
    let column = || id.clone().set_fast("raw");
    let text = |tokenizer: &str, option: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let fields = Fields {
        record_kind: schema.add_text_field("record_kind", column()),
        instrument: schema.add_text_field("instrument", column()),
        document: schema.add_text_field("document", column()),
        is_instrument: schema.add_text_field("is_instrument", column()),
        target: schema.add_text_field("target", column()),
        target_year: schema.add_text_field("target_year", id.clone()),
        place: schema.add_text_field("place", column()),
        number: schema.add_text_field("number", id.clone()),
        about: schema.add_text_field("about", id.clone()),
        called_by: schema.add_text_field("called_by", id.clone()),
        serial: schema.add_text_field("serial", id.clone()),
        treatment: schema.add_text_field("treatment", id.clone()),
        path: schema.add_text_field("path", id.clone()),
        seen: schema.add_text_field("seen", id.clone()),
        designation: schema.add_text_field("designation", text(FOLDED, positions)),
        title: schema.add_text_field("title", text(FOLDED, positions)),
        issuer: schema.add_text_field("issuer", text(FOLDED, positions)),
        body: schema.add_text_field("body", text(FOLDED, positions)),
        title_marked: schema.add_text_field("title_marked", text(MARKED, IndexRecordOption::WithFreqs)),
        body_marked: schema.add_text_field("body_marked", text(MARKED, IndexRecordOption::WithFreqs)),
        whole: schema.add_text_field("whole", id.clone()),
        numbered: schema.add_text_field("numbered", text(FOLDED, positions)),
        cites: schema.add_text_field("cites", id.clone()),
        kind: schema.add_text_field("kind", column()),
        authority: schema.add_text_field("authority", column()),
        locality: schema.add_text_field("locality", column()),
        day: schema.add_u64_field("day", FAST),
        state: schema.add_u64_field("state", FAST),
        commences: schema.add_u64_field("commences", FAST),
        issued: schema.add_u64_field("issued", FAST),
        ended: schema.add_u64_field("ended", FAST),
        seen_on: schema.add_u64_field("seen_on", FAST),
        own_no: schema.add_u64_field("own_no", FAST),
        document_no: schema.add_u64_field("document_no", FAST),
        target_no: schema.add_u64_field("target_no", FAST),
        start: schema.add_u64_field("start", FAST),
        file: schema.add_text_field("file", TextOptions::default().set_fast("raw")),
        record: schema.add_text_field("record", STORED),
        text: schema.add_text_field("text", STORED),
    };
    (schema.build(), fields)
}
