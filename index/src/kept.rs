//! What is worked out from the whole store, kept until something is recorded.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::Error;
use crate::store::Store;
use crate::store::documents;

/// A part of the store as it was at one moment, told by how often something was recorded. The lock is held while it is worked
/// out: whoever asks at the same time would only do it again.
pub(crate) struct Kept<T> {
    slot: Mutex<Option<(u64, Arc<T>)>>,
}

impl<T> Kept<T> {
    pub(crate) fn new() -> Self {
        Self { slot: Mutex::new(None) }
    }

    /// What is kept, if nothing was recorded since; otherwise what `work_out` makes now.
    pub(crate) fn current(
        &self,
        store: &Store,
        work_out: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<Arc<T>, Error> {
        let mut slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        store.read(|connection| {
            let now = documents::state(connection)?.sequence;
            if let Some((_, kept)) = slot.as_ref().filter(|(then, _)| *then == now) {
                return Ok(Arc::clone(kept));
            }
            let fresh = Arc::new(work_out(connection)?);
            *slot = Some((now, Arc::clone(&fresh)));
            Ok(fresh)
        })
    }
}
