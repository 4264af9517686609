//! One attempt to deliver one message.

use std::sync::Arc;

use index::{Attempt, Letter, OutboxRow, State};
use jiff::SignedDuration;
use serenity::model::id::{ChannelId, MessageId};
use tokio::time::Instant;

use super::pace;
use crate::clock;
use crate::discord::{Desk, Fate, Message, SendError, channel_of};

/// As long as Discord surely remembers a nonce ("a few minutes", and some of that for clocks that differ): a message sent again
/// within it is posted once.
const NONCE_LIVES: SignedDuration = SignedDuration::from_secs(90);

const GONE: &str = "Dokumentet er ikke i databasen mere.";
const CANNOT_LOOK: &str = "Det vides ikke, om beskeden kom frem, og botten må ikke læse kanalens historik, så den er ikke sendt igen. \
                           Giv botten tilladelsen »Læs meddelelseshistorik«.";

/// Tries once, and says what became of it.
pub(super) async fn deliver(desk: &Arc<Desk>, row: &OutboxRow) -> Attempt {
    let Some(channel) = channel_of(&row.place) else {
        return Attempt::Refused { problem: format!("»{}« er ingen kanal.", row.place) };
    };
    match try_to(desk, row, channel).await {
        Ok(attempt) => attempt,
        Err(error) => failed(row, &error),
    }
}

async fn try_to(desk: &Arc<Desk>, row: &OutboxRow, channel: ChannelId) -> Result<Attempt, SendError> {
    let until = Instant::now() + pace::TRY;
    let transport = &desk.transport;
    if let Some((message, edited)) = earlier(desk, row) {
        let letter = match letter(desk, row, edited).await {
            Ok(letter) => letter,
            Err(attempt) => return Ok(attempt),
        };
        index::failpoint("made");
        // Twice is the same as once.
        transport.edit(channel, message, &letter, until).await?;
        index::failpoint("edited");
        return Ok(Attempt::Arrived(Some(message.to_string())));
    }
    let mark = desk.mark(row.id);
    if row.state == State::Sending {
        let after = row.tried_at.map_or(row.created_at, |tried| tried.min(row.created_at));
        match transport.find(channel, after, &mark, until).await {
            Ok(Some(message)) => return Ok(Attempt::Arrived(Some(message.to_string()))),
            Ok(None) => {}
            Err(error) if fate(&error) == Fate::Refused && !is_nonce_alive(row) => {
                return Ok(Attempt::Refused { problem: format!("{CANNOT_LOOK} ({})", error.danish()) });
            }
            // Discord remembers the nonce: what arrived is not posted again.
            Err(error) if fate(&error) == Fate::Refused => {}
            // Nothing was sent now, but it may have been before.
            Err(error) => return Ok(not_now(row, error.danish())),
        }
        index::failpoint("looked");
    }
    let letter = match letter(desk, row, row.id).await {
        Ok(letter) => letter,
        Err(attempt) => return Ok(attempt),
    };
    index::failpoint("made");
    let posted = transport.post_once(channel, &letter, until).await?;
    index::failpoint("posted");
    Ok(match posted {
        Some(message) => Attempt::Arrived(Some(message.to_string())),
        // Discord took it, and did not readably say as what: it is looked for, so that it can be corrected later.
        None => match transport.find(channel, row.created_at, &mark, until).await {
            Ok(found) => Attempt::Arrived(found.map(|message| message.to_string())),
            Err(_) => Attempt::Arrived(None),
        },
    })
}

/// The message that a correction corrects, and the row that it was sent for; None when there is none that can be.
fn earlier(desk: &Desk, row: &OutboxRow) -> Option<(MessageId, i64)> {
    let Letter::News { edits: Some(edits), .. } = &row.letter else { return None };
    let earlier = desk.session.archive.message(*edits).ok()??;
    let message: MessageId = earlier.message?.parse().ok()?;
    (earlier.state == State::Sent).then_some((message, earlier.id))
}

/// The message as it is sent, marked as that of the row `marked`; or why there is none to send.
async fn letter(desk: &Arc<Desk>, row: &OutboxRow, marked: i64) -> Result<Message, Attempt> {
    let (desk, copy) = (Arc::clone(desk), row.clone());
    let made = tokio::task::spawn_blocking(move || desk.letter(&copy, marked));
    match made.await {
        Ok(Ok(Some(letter))) => Ok(letter),
        Ok(Ok(None)) => Err(Attempt::Refused { problem: GONE.to_owned() }),
        Ok(Err(error)) => Err(not_now(row, error.to_string())),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

fn is_nonce_alive(row: &OutboxRow) -> bool {
    // A clock that was put back says nothing of how long ago it was.
    let ago = row.tried_at.map(|tried| clock::now().duration_since(tried));
    ago.is_some_and(|ago| ago >= SignedDuration::ZERO && ago < NONCE_LIVES)
}

/// What a failure says of a message. A refused token is no refusal of the message: that ends the process elsewhere, and the message
/// waits for a better token.
fn fate(error: &SendError) -> Fate {
    if *error == SendError::Unauthorized { Fate::NotSent } else { error.fate() }
}

/// What a failure means for a message.
fn failed(row: &OutboxRow, error: &SendError) -> Attempt {
    match fate(error) {
        Fate::Unknown => later(row, true, error.danish()),
        Fate::NotSent => not_now(row, error.danish()),
        Fate::Refused if error.closes_channel() => match pace::when_closed(row.not_before, clock::now()) {
            Some(again) => Attempt::Closed { again, problem: error.danish() },
            None => Attempt::GivenUp { problem: error.danish() },
        },
        Fate::Refused => Attempt::Refused { problem: error.danish() },
    }
}

/// Nothing was sent this time. What may have been sent before still may.
fn not_now(row: &OutboxRow, problem: String) -> Attempt {
    later(row, row.state == State::Sending, problem)
}

fn later(row: &OutboxRow, may_have_arrived: bool, problem: String) -> Attempt {
    match pace::again(row.not_before, row.attempts, clock::now()) {
        Some(again) if may_have_arrived => Attempt::Unsure { again, problem },
        Some(again) => Attempt::Missed { again, problem },
        None => Attempt::GivenUp { problem },
    }
}
