//! Where entries lead, and the numbers that are kept with each.

use std::sync::Arc;

use tantivy::{DocId, SegmentReader, TantivyError};

use super::schema;

/// Where an entry leads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub(crate) score: f32,
    pub(crate) document: i64,
    /// None for the document itself.
    pub(crate) item: Option<i64>,
    /// The other items of the same case that were found, best first, as far as was looked.
    pub(crate) others: Vec<i64>,
}

pub(super) fn place(score: f32, document: u64, item: u64) -> Place {
    let number = |stored: u64| i64::try_from(stored).unwrap_or_default();
    Place { score, document: number(document), item: (item > 0).then(|| number(item)), others: Vec::new() }
}

/// The number columns of a segment.
pub(super) struct Numbers([Arc<dyn tantivy::columnar::ColumnValues<u64>>; 4]);

impl Numbers {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = |name| Ok::<_, TantivyError>(segment.fast_fields().u64(name)?.first_or_default_col(0));
        Ok(Self([
            column(schema::DOCUMENT)?,
            column(schema::ITEM)?,
            column(schema::DAY)?,
            column(schema::CASE)?,
        ]))
    }

    /// The newest day.
    pub(super) fn newest(&self) -> u64 {
        self.0[2].max_value()
    }

    /// Document, item, day, case.
    pub(super) fn at(&self, entry: DocId) -> (u64, u64, u64, u64) {
        let [document, item, day, case] = &self.0;
        (document.get_val(entry), item.get_val(entry), day.get_val(entry), case.get_val(entry))
    }
}
