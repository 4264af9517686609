//! What the search index is made of: the index's own source files, so that both sides of a measurement hold the same.

#[allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the questions' side of the analysis is not needed here"
)]
#[path = "../../index/src/search/analysis/mod.rs"]
mod analysis;
#[allow(dead_code, reason = "what a topic is matched by is not needed here")]
#[path = "../../index/src/search/entries.rs"]
mod entries;
#[allow(dead_code, reason = "what a question is limited by is not needed here")]
#[path = "../../index/src/search/facts.rs"]
mod facts;
#[allow(dead_code, reason = "the names and weights of the fields are not needed here")]
#[path = "../../index/src/search/schema.rs"]
mod schema;

use std::path::Path;

use analysis::{Analysis, Steps};
use minutes::Document;
use tantivy::schema::{Field, OwnedValue};
use tantivy::{Index, TantivyDocument};

/// A new index with the same fields and the same analysis.
pub(crate) fn create(folder: &Path) -> tantivy::Result<Index> {
    let (schema, _) = schema::schema();
    let index = Index::create_in_dir(folder, schema)?;
    index.tokenizers().register(analysis::NAME, Analysis::built_in(Steps::ALL).analyzer());
    Ok(index)
}

/// The entries of a document, as the index makes them.
pub(crate) fn entries(id: i64, document: &Document, items: &[i64]) -> Vec<TantivyDocument> {
    let (_, fields) = schema::schema();
    entries::entries(&fields, id, document, items)
}

/// How many text fields an entry has.
pub(crate) const TEXTS: usize = 6;

/// An entry's texts by field, in the order of the weights, and those weights.
pub(crate) fn texts(entry: &TantivyDocument) -> [(String, f32); TEXTS] {
    let (_, fields) = schema::schema();
    fields.weighted().map(|(field, weight)| (joined(entry, field), weight))
}

fn joined(entry: &TantivyDocument, field: Field) -> String {
    let texts = entry.get_all(field).filter_map(|value| match OwnedValue::from(value) {
        OwnedValue::Str(text) => Some(text),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}
