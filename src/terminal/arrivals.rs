//! What is told in the terminal chat while it is open: new minutes of what it follows.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use commands::Answer;
use index::{Attempt, Ledger, Turn};
use jiff::civil::Date;

use crate::clock;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::session::{Session, TERMINAL};
use crate::sources::{Listing, Look, Source};

/// How often it is looked for what is new while nobody types.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// Trouble is logged when so many looks in a row have failed: a minute, and another process is seldom at it for longer.
const TOLD_AFTER: u32 = 20;
/// Messages shown in one go.
const AT_ONCE: usize = 10;

/// The sources, looked at again and again, and what they give to tell.
pub(super) struct Arrivals<'a> {
    session: &'a Session,
    today: Option<Date>,
    ledger: Ledger,
    /// Each source as it looked when it was last read; None before.
    seen: Vec<Option<Look>>,
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
        let seen = session.config.sources.iter().map(|_| None).collect();
        Ok(Some(Self { session, today, ledger, seen, _turn: turn }))
    }

    /// What is new of what the chat follows; nothing is looked at when it follows nothing.
    ///
    /// # Errors
    /// When the sources or the archive cannot be read.
    pub(super) fn look(&mut self, interrupt: &Interrupt) -> Result<Vec<Answer>, Failure> {
        if self.session.archive.subscriptions(commands::TERMINAL)?.is_empty() {
            return Ok(Vec::new());
        }
        self.read(interrupt)?;
        let session = self.session;
        self.ledger.remind(&session.telling(), session.config.notify.remind_days)?;
        let rows = self.ledger.claim(TERMINAL, clock::now(), AT_ONCE)?;
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
        self.ledger.settle(&settled, clock::now())?;
        Ok(answers)
    }

    /// Reads the sources that look otherwise than when they were last read.
    fn read(&mut self, interrupt: &Interrupt) -> Result<(), Failure> {
        let config = &self.session.config;
        let mut looks = Vec::with_capacity(config.sources.len());
        let mut changed: Vec<(&Source, Listing)> = Vec::new();
        for (source, seen) in config.sources.iter().zip(&self.seen) {
            let listing = source.list(config.file_bytes);
            let look = Some(Look::of(&listing));
            if look != *seen {
                changed.push((source, listing));
            }
            looks.push(look);
        }
        if !changed.is_empty() {
            self.session.read_listings(changed, interrupt)?;
            // Only now: what could not be read is tried again.
            self.seen = looks;
        }
        Ok(())
    }

    /// Shows what is new until the sender of `stop` is dropped. Trouble is logged when it does not pass: another process may be
    /// writing for a while.
    pub(super) fn watch(mut self, stop: &Receiver<()>, mut show: impl FnMut(&Answer)) {
        let interrupt = Interrupt::default();
        let mut failed = 0;
        while let Err(RecvTimeoutError::Timeout) = stop.recv_timeout(LOOK_EVERY) {
            match self.look(&interrupt) {
                Ok(answers) => {
                    failed = 0;
                    answers.iter().for_each(&mut show);
                }
                Err(failure) => {
                    failed += 1;
                    if failed == TOLD_AFTER {
                        tracing::warn!(
                            reason = failure.text().unwrap_or_default(),
                            "cannot look for what is new"
                        );
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use clap::Parser;

    use super::*;
    use crate::cli::Cli;

    const MINUTES: &str = "Udvalg: Byrådet\nMødedato: 3. november 2026\nMødested: A\n\nDagsordenpunkter\n\n1. Vej\n\n\
                           Beslutning\n\nGodkendt.\n";

    /// A session over an empty folder `r`.
    fn session(place: &Path) -> Session {
        let config = place.join("bot.toml");
        let source = "[[sources]]\nkind = \"folder\"\npath = \"r\"\n";
        fs::write(&config, format!("[council]\nname = \"X\"\n{source}[data]\ndirectory = \"data\"\n"))
            .unwrap();
        fs::create_dir(place.join("r")).unwrap();
        let cli = Cli::try_parse_from(["referent", "--config", config.to_str().unwrap()]).unwrap();
        Session::open(&cli, false).unwrap()
    }

    #[test]
    fn what_looks_as_before_is_not_read_again() {
        let place = tempfile::tempdir().unwrap();
        let (session, file) = (session(place.path()), place.path().join("r/a.txt"));
        let mut arrivals = Arrivals::new(&session, None).unwrap().unwrap();
        let then = SystemTime::now() - Duration::from_secs(3600);
        let mut versions_after = |text: &str, changed: SystemTime| {
            fs::write(&file, text).unwrap();
            fs::File::options().write(true).open(&file).unwrap().set_modified(changed).unwrap();
            arrivals.read(&Interrupt::default()).unwrap();
            session.archive.versions("r/a.txt").unwrap().len()
        };
        assert_eq!(versions_after(MINUTES, then), 1);
        // As long and as old as before: it is not opened.
        let other = MINUTES.replace("Godkendt.", "Forkastet");
        assert_eq!(other.len(), MINUTES.len());
        assert_eq!(versions_after(&other, then), 1);
        assert_eq!(versions_after(&other, then + Duration::from_secs(1)), 2);
    }

    #[test]
    fn one_chat_at_a_time_shows_what_is_new() {
        let place = tempfile::tempdir().unwrap();
        let session = session(place.path());
        let first = Arrivals::new(&session, None).unwrap();
        assert!(first.is_some() && Arrivals::new(&session, None).unwrap().is_none());
    }
}
