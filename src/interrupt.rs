//! Ctrl-C and SIGTERM while documents are being written: the first asks for an end in good order, the second ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::{Exit, Failure};

/// Whether the person wants the work to stop. Shared with the signal handler's thread, which only sets flags.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt {
    /// Set by the first signal during the work.
    asked: Arc<AtomicBool>,
    /// Set while work is under way that should end in good order; outside it a signal ends the process.
    at_work: Arc<AtomicBool>,
}

impl Interrupt {
    /// Runs `work` with signals caught.
    ///
    /// # Errors
    /// Those of `work`, or [`Failure::Trouble`] when signals cannot be caught.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let flags = self.clone();
        ctrlc::set_handler(move || {
            if !flags.at_work.load(Ordering::SeqCst) || flags.asked.swap(true, Ordering::SeqCst) {
                std::process::exit(Exit::Interrupted as i32);
            }
        })
        .map_err(|error| Failure::Trouble(format!("kan ikke lytte efter Ctrl-C: {error}")))?;
        self.at_work.store(true, Ordering::SeqCst);
        let result = work();
        self.at_work.store(false, Ordering::SeqCst);
        result
    }

    /// Asks for an end, as a signal does.
    pub(crate) fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Whether a signal has come.
    pub(crate) fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}
