//! People at their keyboards: what the tests do, and what they then see.

mod autocomplete;
mod command;
mod interaction;
mod line;
mod press;
mod reply;
mod say;
mod wait;

pub use autocomplete::Choice;
pub use reply::{Callback, Reply};

use std::fmt;

use crate::setup::{CHANNEL, USER};

/// Someone somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub user: u64,
    /// Where.
    pub place: Place,
}

/// Where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a guild's channel or thread.
    Channel(u64),
    /// In direct messages with the bot.
    Dm,
}

impl Default for Asker {
    /// [`USER`] in [`CHANNEL`].
    fn default() -> Self {
        Self { user: USER, place: Place::Channel(CHANNEL) }
    }
}

impl Asker {
    /// Someone in a channel.
    pub fn in_channel(user: u64, channel: u64) -> Self {
        Self { user, place: Place::Channel(channel) }
    }

    /// Someone in direct messages with the bot.
    pub fn in_dm(user: u64) -> Self {
        Self { user, place: Place::Dm }
    }
}

/// Why something could not be done or did not come. The methods without `try_` panic with its text.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The bot did nothing within the time; with what happened last.
    Silence(String),
    /// Discord would not have let a person do this.
    Impossible(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silence(text) => write!(f, "the bot did nothing: {text}"),
            Self::Impossible(text) => write!(f, "a person could not do that: {text}"),
        }
    }
}

impl std::error::Error for Trouble {}

fn impossible<T>(text: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Impossible(text.into()))
}

/// What was wanted, or a panic that says why it could not be had.
fn demand<T>(result: Result<T, Trouble>) -> T {
    match result {
        Ok(it) => it,
        Err(trouble) => panic!("{trouble}"),
    }
}
