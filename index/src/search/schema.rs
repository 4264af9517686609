//! The fields of the search index and what a word in each is worth.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use super::analysis;

/// Raised when the same documents would be indexed otherwise (other analysis, other texts in a field): an index
/// made with another number is made again. A change of the fields themselves shows without it.
pub(super) const INDEX_VERSION: u32 = 6;

/// Names of the number fields: the document, the item (0 for the entry of a document), the day as `YYYYMMDD`, the case as a hash
/// of its key (0 for none).
pub(super) const DOCUMENT: &str = "document";
pub(super) const ITEM: &str = "item";
pub(super) const DAY: &str = "day";
pub(super) const CASE: &str = "case";

/// What an entry is found by without being searched for: see [`super::facts`].
const FACTS: &str = "facts";

/// How many fields hold words.
pub(super) const FIELDS: usize = 6;
/// Which of them is of names alone.
pub(super) const NAMES: usize = 3;

/// Title, case number, decision, names, summary, text: the weight of a word found there.
const WEIGHTS: [(&str, f32); FIELDS] = [
    ("title", 4.0),
    ("case_number", 3.0),
    ("decision", 2.5),
    ("names", 2.0),
    ("summary", 1.5),
    ("text", 1.0),
];

/// The fields, by what they hold.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) document: Field,
    pub(super) item: Field,
    pub(super) day: Field,
    pub(super) case: Field,
    pub(super) facts: Field,
    pub(super) title: Field,
    pub(super) case_number: Field,
    pub(super) decision: Field,
    pub(super) names: Field,
    pub(super) summary: Field,
    pub(super) text: Field,
}

impl Fields {
    /// The fields with words, each with its weight.
    pub(super) fn weighted(&self) -> [(Field, f32); FIELDS] {
        let fields = [self.title, self.case_number, self.decision, self.names, self.summary, self.text];
        std::array::from_fn(|at| (fields[at], WEIGHTS[at].1))
    }
}

/// Nothing is stored but numbers: the texts stand in SQLite.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let document = builder.add_u64_field(DOCUMENT, NumericOptions::from(INDEXED | FAST));
    let item = builder.add_u64_field(ITEM, FAST);
    let day = builder.add_u64_field(DAY, FAST);
    let case = builder.add_u64_field(CASE, FAST);
    let facts = builder.add_text_field(FACTS, as_they_are());
    let [title, case_number, decision, names, summary, text] =
        WEIGHTS.map(|(name, _)| builder.add_text_field(name, words()));
    let fields =
        Fields { document, item, day, case, facts, title, case_number, decision, names, summary, text };
    (builder.build(), fields)
}

/// Positions are for phrases.
fn words() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(analysis::NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

fn as_they_are() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    )
}
