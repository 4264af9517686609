//! What the bot answered, as the asker sees it.

use std::fmt;
use std::time::Duration;

use super::interaction::Sent;
use super::{Trouble, demand};
use crate::rest::interactions::{DEFER, DEFER_UPDATE};
use crate::shown::ShownMessage;

/// A first answer to an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Callback {
    /// Discord's type: 4 a message, 5 an announcement, 6 an announced update, 7 an update, 8 proposals.
    pub kind: u8,
    /// From the sending of the interaction to the end of the request.
    pub after: Duration,
}

/// What the bot answered to one interaction, when it was looked at.
pub struct Reply {
    sent: Sent,
    /// The first answers that were taken; Discord takes one.
    pub callbacks: Vec<Callback>,
    /// Whether the answer was announced first.
    pub deferred: bool,
    /// Whether only the asker sees the answer.
    pub private: bool,
    /// The answer's messages, in order, without those that are announced only and those that were deleted.
    pub messages: Vec<ShownMessage>,
    /// The message whose button was pressed, if it was changed.
    pub edited: Option<ShownMessage>,
    /// Whether the answer was deleted.
    pub deleted: bool,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("callbacks", &self.callbacks)
            .field("deferred", &self.deferred)
            .field("private", &self.private)
            .field("messages", &self.messages)
            .field("edited", &self.edited)
            .field("deleted", &self.deleted)
            .finish_non_exhaustive()
    }
}

impl Sent {
    /// The answer as it is now.
    pub(super) fn reply(self) -> Reply {
        let mut reply = Reply {
            callbacks: Vec::new(),
            deferred: false,
            private: false,
            messages: Vec::new(),
            edited: None,
            deleted: false,
            sent: self,
        };
        reply.look();
        reply
    }
}

impl Reply {
    /// Reads anew what the asker sees.
    pub fn look(&mut self) {
        let state = self.sent.shared.state();
        let Some(it) = state.interactions.get(&self.sent.id) else { return };
        self.callbacks = it.callbacks.iter().map(|&(kind, after)| Callback { kind, after }).collect();
        self.deferred = it.callbacks.iter().any(|(kind, _)| matches!(*kind, DEFER | DEFER_UPDATE));
        let there = it.messages.iter().filter_map(|id| state.messages.get(*id));
        self.messages = there.filter(|it| !it.is_loading()).cloned().collect();
        self.private = it.private || self.messages.first().is_some_and(|it| it.ephemeral);
        let source = it.source.filter(|_| it.edited_source);
        self.edited = source.and_then(|it| state.messages.get(it)).cloned();
        self.deleted = it.deleted;
    }

    /// Waits for what was announced; at once if nothing was, or it came already.
    ///
    /// # Panics
    /// When it does not come in time.
    pub async fn settled(self) -> Self {
        demand(self.try_settled().await)
    }

    /// The same; what does not come in time is an error.
    pub async fn try_settled(mut self) -> Result<Self, Trouble> {
        self.sent.until("answer that was announced", |it| it.settled).await?;
        self.look();
        Ok(self)
    }

    /// Waits until there are `count` messages.
    ///
    /// # Panics
    /// When they do not come in time.
    pub async fn with_messages(mut self, count: usize) -> Self {
        let what = format!("{count} messages in answer");
        demand(self.sent.until(&what, |it| it.settled && it.messages.len() >= count).await);
        self.look();
        self
    }

    /// What the asker reads: the texts of the changed message and of all messages, a line for each part.
    pub fn text(&self) -> String {
        let shown = self.edited.iter().chain(&self.messages);
        shown.map(ShownMessage::text).collect::<Vec<_>>().join("\n")
    }

    /// The one message that is the answer: the changed one, or the first.
    ///
    /// # Panics
    /// When there is none.
    pub fn message(&self) -> &ShownMessage {
        let shown = self.edited.as_ref().or(self.messages.first());
        match shown {
            Some(it) => it,
            None => panic!("the answer has no message: {self:?}"),
        }
    }

    /// The interaction's id.
    pub fn interaction(&self) -> u64 {
        self.sent.id
    }
}
