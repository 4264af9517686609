//! What a commit of the index carries: which store it is level with, and how its words were analysed.

use tantivy::{Index, TantivyError};

use super::analysis::Analysis;
use super::schema::INDEX_VERSION;
use crate::store::documents::State;

/// What a commit stands for: which database, up to which recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) store_id: String,
    pub(super) sequence: u64,
    /// Of the analysis: its steps, and the hash of its lexicon.
    steps: u8,
    lexicon: u64,
}

impl Mark {
    pub(super) fn of(state: &State, analysis: &Analysis) -> Self {
        Self {
            store_id: state.store_id.clone(),
            sequence: state.sequence,
            steps: analysis.steps().mark(),
            lexicon: analysis.lexicon().hash(),
        }
    }

    /// The mark of the last commit. An error where it was made with another analysis.
    pub(super) fn of_last_commit(index: &Index, analysis: &Analysis) -> tantivy::Result<Self> {
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let mark = Self::parse(&payload).ok_or_else(|| TantivyError::SchemaError("other version".into()))?;
        if mark.steps != analysis.steps().mark() || mark.lexicon != analysis.lexicon().hash() {
            return Err(TantivyError::SchemaError("other analysis".into()));
        }
        Ok(mark)
    }

    /// As a commit carries it.
    pub(super) fn payload(&self) -> String {
        format!("{INDEX_VERSION} {} {} {} {:016x}", self.store_id, self.sequence, self.steps, self.lexicon)
    }

    /// None for an index of another version.
    fn parse(payload: &str) -> Option<Self> {
        let mut parts = payload.split(' ');
        if parts.next()?.parse() != Ok(INDEX_VERSION) {
            return None;
        }
        Some(Self {
            store_id: parts.next()?.to_owned(),
            sequence: parts.next()?.parse().ok()?,
            steps: parts.next()?.parse().ok()?,
            lexicon: u64::from_str_radix(parts.next()?, 16).ok()?,
        })
    }
}
