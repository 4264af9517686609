//! What is told in the terminal chat while it is open: new minutes of what it follows.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use commands::Answer;
use index::{Attempt, Ledger, Turn};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::session::{Session, TERMINAL};

/// How often it is looked for what is new while nobody types.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Messages shown in one go.
const AT_ONCE: usize = 10;

/// The sources, looked at again and again, and what they give to tell.
pub(super) struct Arrivals<'a> {
    session: &'a Session,
    today: Option<Date>,
    ledger: Ledger,
    /// Another chat over the same data does not show the same.
    _turn: Turn,
}

impl<'a> Arrivals<'a> {
    /// None when another chat over the same data shows what is new.
    ///
    /// # Errors
    /// When the archive cannot be used.
    pub(super) fn new(session: &'a Session, today: Option<Date>) -> Result<Option<Self>, Failure> {
        let turn = match session.archive.turn(TERMINAL) {
            Ok(turn) => turn,
            Err(index::Error::InUse { .. } | index::Error::Io { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut ledger = session.archive.ledger()?;
        // What was shown when the last chat ended may have been seen or not: better twice than not at all, on one's own screen.
        ledger.recover(TERMINAL)?;
        Ok(Some(Self { session, today, ledger, _turn: turn }))
    }

    /// What is new of what the chat follows; nothing is looked at when it follows nothing.
    ///
    /// # Errors
    /// When the sources or the archive cannot be read.
    pub(super) fn look(&mut self, interrupt: &Interrupt) -> Result<Vec<Answer>, Failure> {
        if self.session.archive.subscriptions(commands::TERMINAL)?.is_empty() {
            return Ok(Vec::new());
        }
        self.session.read_sources_until(interrupt)?;
        let rows = self.ledger.claim(TERMINAL, Timestamp::now(), AT_ONCE)?;
        let mut answers = Vec::new();
        let mut settled = Vec::new();
        for row in rows {
            match self.session.letter(&row, self.today) {
                Ok(letter) => {
                    answers.extend(letter);
                    settled.push((row, Attempt::Arrived(None)));
                }
                Err(error) => {
                    let problem = format!("{error:?}");
                    settled.push((row, Attempt::Refused { problem }));
                }
            }
        }
        self.ledger.settle(&settled, Timestamp::now())?;
        Ok(answers)
    }

    /// Shows what is new until the sender of `stop` is dropped. Trouble is logged and passes.
    pub(super) fn watch(mut self, stop: &Receiver<()>, mut show: impl FnMut(&Answer)) {
        let interrupt = Interrupt::default();
        while let Err(RecvTimeoutError::Timeout) = stop.recv_timeout(LOOK_EVERY) {
            match self.look(&interrupt) {
                Ok(answers) => answers.iter().for_each(&mut show),
                Err(failure) => {
                    tracing::warn!(
                        reason = failure.text().unwrap_or_default(),
                        "cannot look for what is new"
                    );
                }
            }
        }
    }
}
