//! What is told to whom: subscriptions, what there is to tell, and the messages on their way. Nothing here sends anything, and
//! places and messages are called what the caller calls them.

pub(crate) mod calendar;
pub(crate) mod changes;
mod matching;
pub(crate) mod news;
pub(crate) mod outbox;
mod reminders;
pub(crate) mod sources;
mod standing;
pub(crate) mod subscription;
mod telling;
mod when;

use std::path::PathBuf;

use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, TransactionBehavior};

use crate::Error;
use crate::store::Store;

pub use calendar::{CalendarEvent, CalendarRevision};
pub use changes::{Change, Difference};
pub(crate) use matching::Matcher;
pub use matching::{Matter, Reason, topic_key};
pub use news::{News, Silence};
pub use outbox::{Attempt, Letter, OutboxCounts, OutboxRow, State};
pub use sources::{SourceProblem, SourceRow};
pub use standing::{Standing, standing};
pub use subscription::{Follow, Pause, Subject, Subscribed, Subscription};
pub use telling::{NewsKind, Telling};
pub use when::{Cadence, Quiet};

/// Writes what is told to whom. Several processes may have one, also while another records documents; each call is one
/// transaction, on disk when it returns.
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
}

impl Ledger {
    pub(crate) fn open(store: &Store) -> Result<Self, Error> {
        Ok(Self { connection: store.ledger()?, path: store.path().to_owned() })
    }

    /// Has a place told of something from now on, unless it follows `most` things already.
    pub fn subscribe(
        &mut self,
        place: &str,
        follow: &Follow,
        most: usize,
        now: Timestamp,
    ) -> Result<Subscribed, Error> {
        let mut follow = follow.clone();
        if follow.subject == Subject::Topic {
            follow.key = topic_key(&follow.key);
        }
        self.write(|connection| {
            reopen(connection, place, now)?;
            outbox::release(connection, place)?;
            outbox::drop_unwanted(connection, place, now)?;
            subscription::subscribe(connection, place, &follow, most, now)
        })
    }

    /// Pauses a subscription of a place, with what waits to be sent because of it, or lets it go on; None when the place has none with that number. Whoever lets it go on
    /// believes that the place is open to the bot.
    pub fn pause(
        &mut self,
        place: &str,
        id: i64,
        pause: Option<Pause>,
        now: Timestamp,
    ) -> Result<Option<Subscription>, Error> {
        self.write(|connection| {
            if pause.is_none() {
                reopen(connection, place, now)?;
            }
            outbox::release(connection, place)?;
            subscription::pause(connection, place, id, pause)
        })
    }

    /// Ends a subscription of a place; what waits to be sent because of it is not sent any more. None when the place has none with that number.
    pub fn stop(&mut self, place: &str, id: i64) -> Result<Option<Subscription>, Error> {
        self.write(|connection| {
            outbox::release(connection, place)?;
            subscription::stop(connection, place, id)
        })
    }

    /// Puts a sentence into a place's outbox, unless the place got one of that subject before. Whether it did not.
    pub fn notify(&mut self, place: &str, subject: &str, text: &str, now: Timestamp) -> Result<bool, Error> {
        self.write(|connection| {
            let letter = Letter::Notice { text: text.to_owned() };
            let subject = format!("notice:{subject}");
            outbox::put(
                connection,
                &outbox::New {
                    place,
                    subject: &subject,
                    meeting: None,
                    letter: &letter,
                    not_before: now,
                    now,
                },
            )
        })
    }

    /// Puts reminders into the outbox of whoever follows what is `days` days ahead, each once. The first time it is called, it only
    /// notes the day: what was known before is no news. How many messages there are.
    pub fn remind(&mut self, telling: &Telling, days: u16) -> Result<usize, Error> {
        self.write(|connection| reminders::remind(connection, telling, days))
    }

    /// The next message of each place of a sort (`discord` for `discord:17`) whose time has come and that is still wanted there, at most
    /// `limit`, as they were before, and taken for sending: nobody else gets them until [`Ledger::settle`] or [`Ledger::recover`]. A message whose state
    /// was [`State::Sending`] may have arrived.
    pub fn claim(&mut self, sort: &str, now: Timestamp, limit: usize) -> Result<Vec<OutboxRow>, Error> {
        self.write(|connection| outbox::claim(connection, sort, now, limit))
    }

    /// Notes what became of messages that were claimed. What a place follows is paused where it is found closed, and goes on where
    /// a message arrived.
    pub fn settle(&mut self, attempts: &[(OutboxRow, Attempt)], now: Timestamp) -> Result<(), Error> {
        self.write(|connection| {
            for (row, attempt) in attempts {
                outbox::settle(connection, row.id, attempt, now)?;
                match attempt {
                    Attempt::Closed { .. } => {
                        subscription::pause_place(connection, &row.place, Pause::NoAccess)?;
                    }
                    Attempt::Arrived(_) => reopen(connection, &row.place, now)?,
                    _ => {}
                }
            }
            Ok(())
        })
    }

    /// Gives back what was claimed by a process that has ended, of the places of a sort, and has all that waits for another try tried now. Only for whoever has the
    /// [`Turn`](crate::Turn) to send there. How many there were.
    pub fn recover(&mut self, sort: &str) -> Result<usize, Error> {
        self.write(|connection| outbox::recover(connection, sort))
    }

    /// Notes how reading a source went. `is_complete`: all that it has was recorded.
    pub fn source_read(
        &mut self,
        name: &str,
        problem: Option<(SourceProblem, &str)>,
        is_complete: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.write(|connection| sources::read(connection, name, problem, is_complete, now))
    }

    /// Notes which state of a source was told, and puts the sentence into a place's outbox where there is one.
    pub fn source_told(
        &mut self,
        name: &str,
        state: &str,
        notice: Option<(&str, &str)>,
        now: &Zoned,
    ) -> Result<(), Error> {
        let now = now.timestamp();
        self.write(|connection| {
            sources::told(connection, name, state)?;
            if let Some((place, text)) = notice {
                let letter = Letter::Notice { text: text.to_owned() };
                let subject = format!("source:{name}:{state}:{now}");
                let (subject, meeting) = (subject.as_str(), None);
                outbox::put(
                    connection,
                    &outbox::New { place, subject, meeting, letter: &letter, not_before: now, now },
                )?;
            }
            Ok(())
        })
    }

    /// Notes events as given out to calendars, and gives each its sequence.
    pub(crate) fn give_out(
        &mut self,
        events: &[CalendarEvent],
        now: Timestamp,
    ) -> Result<Vec<CalendarRevision>, Error> {
        self.write(|connection| calendar::give_out(connection, events, now))
    }

    fn write<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let run = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        run().map_err(Error::store(&self.path))
    }
}

/// Has everything of a place go on that was kept because the place was closed to the bot.
fn reopen(connection: &Connection, place: &str, now: Timestamp) -> rusqlite::Result<()> {
    if subscription::reopen(connection, place)? > 0 {
        outbox::reopen(connection, place, now)?;
    }
    Ok(())
}
