//! What people write, and what the bot writes of its own accord.

use super::{Asker, Trouble, demand};
use crate::Fake;
use crate::gateway::intents;
use crate::messages::History;
use crate::rest::mentioned;
use crate::setup::Setup;
use crate::shown::ShownMessage;
use crate::state::State;

impl Fake {
    /// Someone writes something. The bot is told without the text, unless it is a direct message or mentions the bot, or the bot
    /// has the intent for the texts of messages. Nothing is waited for.
    ///
    /// # Panics
    /// When there is no such person or place.
    pub async fn say(&self, asker: &Asker, text: &str) -> ShownMessage {
        demand(self.write(asker, text))
    }

    fn write(&self, asker: &Asker, text: &str) -> Result<ShownMessage, Trouble> {
        let mut state = self.shared().state();
        let channel = Self::place(&mut state, asker)?;
        let mut message = ShownMessage::new(state.next_id(), channel, asker.user);
        text.clone_into(&mut message.content);
        message.mentions = mentioned(&state, text);
        state.messages.add(message.clone());
        let bot = self.shared().setup.application;
        let whole = state.gateway.sees_content() || crate::json::sees_content(&state, &message, bot);
        let event = crate::json::message_event(&state, &message, whole);
        let in_guild = event.get("guild_id").is_some();
        let needed = if in_guild { intents::GUILD_MESSAGES } else { intents::DIRECT_MESSAGES };
        state.dispatch("MESSAGE_CREATE", &event, needed);
        Ok(message)
    }

    /// The bot's next post in a channel: the first that this has not given yet. Answers to interactions are no posts.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn next_message(&self, channel: u64) -> ShownMessage {
        demand(self.try_next_message(channel).await)
    }

    /// The same; one that does not come in time is an error.
    pub async fn try_next_message(&self, channel: u64) -> Result<ShownMessage, Trouble> {
        let next = |state: &mut State, _: &Setup| loop {
            let id = state.unread.get_mut(&channel)?.pop_front()?;
            // One that was deleted before anyone looked is passed over.
            if let Some(message) = state.messages.get(id) {
                return Some(message.clone());
            }
        };
        self.until(&format!("post in channel {channel}"), next).await
    }

    /// A message as it is now; `None` if it was deleted.
    pub fn message(&self, id: u64) -> Option<ShownMessage> {
        self.shared().state().messages.get(id).cloned()
    }

    /// Whether some message replies to this one.
    pub fn is_replied_to(&self, message: u64) -> bool {
        self.shared().state().messages.all().any(|it| it.reply_to == Some(message))
    }

    /// All messages that are in a channel now, the oldest first; answers to interactions too, and those that only one person sees.
    pub fn messages(&self, channel: u64) -> Vec<ShownMessage> {
        self.shared().state().messages.all().filter(|it| it.channel == channel).cloned().collect()
    }

    /// All messages that were ever in a channel, the oldest first, each with its changes and when they came; those that were deleted
    /// too.
    pub fn messages_in(&self, channel: u64) -> Vec<History> {
        self.shared().state().messages.history(channel)
    }

    /// The channel of someone's direct messages with the bot; opened if need be.
    pub fn dm(&self, user: u64) -> u64 {
        self.shared().state().dm(user)
    }

    /// How the bot is mentioned in a text.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.shared().setup.application)
    }
}
