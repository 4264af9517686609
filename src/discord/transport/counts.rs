//! How much was sent, and how it went.

use std::sync::atomic::{AtomicU64, Ordering};

/// Since the process began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TransportCounts {
    /// Calls that Discord took.
    pub(crate) sent: u64,
    /// Tries after a call's first.
    pub(crate) retried: u64,
    /// Tries that met a rate limit.
    pub(crate) limited: u64,
    /// Calls that ended in an error.
    pub(crate) failed: u64,
}

/// The same, as they are counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) sent: AtomicU64,
    pub(super) retried: AtomicU64,
    pub(super) limited: AtomicU64,
    pub(super) failed: AtomicU64,
}

impl Counters {
    pub(super) fn read(&self) -> TransportCounts {
        TransportCounts {
            sent: self.sent.load(Ordering::Relaxed),
            retried: self.retried.load(Ordering::Relaxed),
            limited: self.limited.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }
}

/// One more.
pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
