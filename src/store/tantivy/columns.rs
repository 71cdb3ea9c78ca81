//! The columns of the index, each opened once per segment: to open one costs far more than to look up a value in it.

use elsa::sync::FrozenMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, SegmentOrdinal, SegmentReader};

use super::open::Store;
use crate::store::error::StoreError;

/// Of which segment, and the name of the field.
type Which = (SegmentOrdinal, &'static str);

/// Those opened so far.
#[derive(Default)]
pub(super) struct Columns {
    texts: FrozenMap<Which, Box<Option<StrColumn>>>,
    numbers: FrozenMap<Which, Box<Column>>,
}

impl Columns {
    /// A column of texts; `None` where no entry of the segment has a value.
    pub fn texts(
        &self,
        ord: SegmentOrdinal,
        segment: &SegmentReader,
        name: &'static str,
    ) -> tantivy::Result<Option<&StrColumn>> {
        if let Some(open) = self.texts.get(&(ord, name)) {
            return Ok(open.as_ref());
        }
        let column = segment.fast_fields().str(name)?;
        Ok(self.texts.insert((ord, name), Box::new(column)).as_ref())
    }

    /// A column of numbers.
    pub fn numbers(
        &self,
        ord: SegmentOrdinal,
        segment: &SegmentReader,
        name: &'static str,
    ) -> tantivy::Result<&Column> {
        if let Some(open) = self.numbers.get(&(ord, name)) {
            return Ok(open);
        }
        Ok(self.numbers.insert((ord, name), Box::new(segment.fast_fields().u64(name)?)))
    }
}

impl Store {
    pub(super) fn texts(&self, segment: SegmentOrdinal, name: &'static str) -> Result<Option<&StrColumn>, StoreError> {
        Ok(self.columns.texts(segment, self.searcher.segment_reader(segment), name)?)
    }

    pub(super) fn numbers(&self, segment: SegmentOrdinal, name: &'static str) -> Result<&Column, StoreError> {
        Ok(self.columns.numbers(segment, self.searcher.segment_reader(segment), name)?)
    }

    /// The value of a text column; `None` where the entry has none.
    pub(super) fn string(&self, name: &'static str, address: DocAddress) -> Result<Option<String>, StoreError> {
        let Some(column) = self.texts(address.segment_ord, name)? else { return Ok(None) };
        let Some(ord) = column.term_ords(address.doc_id).next() else { return Ok(None) };
        let mut out = String::new();
        Ok(column.ord_to_str(ord, &mut out)?.then_some(out))
    }

    /// Whether an entry has a value in a text column.
    pub(super) fn has_text(&self, name: &'static str, address: DocAddress) -> Result<bool, StoreError> {
        let column = self.texts(address.segment_ord, name)?;
        Ok(column.is_some_and(|column| column.term_ords(address.doc_id).next().is_some()))
    }

    /// The number by which equal hits are ordered: the id of the entry fixes it.
    pub(super) fn tie(&self, address: DocAddress) -> Result<u64, StoreError> {
        let number = |name| Ok::<_, StoreError>(self.numbers(address.segment_ord, name)?.first(address.doc_id));
        Ok(number("document_no")?.or(number("own_no")?).unwrap_or(0))
    }

    /// The value of a number column, 0 where the entry has none.
    pub(super) fn number(&self, name: &'static str, address: DocAddress) -> Result<u64, StoreError> {
        Ok(self.numbers(address.segment_ord, name)?.first(address.doc_id).unwrap_or(0))
    }
}
