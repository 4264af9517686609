//! Whether a message is in a channel already, which is asked when it is not known whether it was sent.
//!
//! A message carries its mark at the end of what one of its buttons sends: `1a|historik|27.00.00-A00-5-15~k3f9`, or the mark alone.
//! Discord's nonces would not do: it forgets them within minutes, and promises them in no list.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId, UserId};
use tokio::time::Instant;

use super::call::{Call, Lane};
use super::error::SendError;
use super::{Identified, Transport, decode, pace};

/// Stands before the mark in what a button sends.
const SEPARATOR: char = '~';
/// Discord's ids count milliseconds from here, the beginning of 2015, in all bits but the last 22:
/// <https://discord.com/developers/docs/reference#snowflakes>.
const EPOCH_MS: i64 = 1_420_070_400_000;
const ID_BITS_BELOW_TIME: u32 = 22;
/// A message that answers nothing and nobody.
const PLAIN: u64 = 0;
/// Discord's code for a message that is not there.
const UNKNOWN_MESSAGE: u32 = 10_008;

/// A message of a list, as far as it is looked at.
#[derive(Deserialize)]
struct Listed {
    id: MessageId,
    author: Identified<UserId>,
    #[serde(rename = "type")]
    kind: u64,
    #[serde(default)]
    components: Value,
    webhook_id: Option<IgnoredAny>,
    interaction_metadata: Option<IgnoredAny>,
}

impl Transport {
    /// The bot's message with this mark, if it is in the channel. The mark is not empty and holds no `~`.
    ///
    /// Looked at are the messages from [`pace::CLOCKS_DIFFER`] before `after` on that the bot posted of its own accord. What answers a
    /// question is passed over: its buttons may hold words that people typed. None only when everything from then on was seen and the
    /// bot is allowed to see it; who may not read a channel's history is given an empty list by Discord, which proves nothing.
    ///
    /// # Errors
    /// [`SendError::TooMany`] when there are more than [`pace::LISTS`] lists of messages since; all others but
    /// [`SendError::Uncertain`].
    pub(crate) async fn find(
        &self,
        channel_id: ChannelId,
        after: Timestamp,
        marker: &str,
        until: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        let me = self.me(until).await?;
        let mut seen = first_id(after);
        for _ in 0..pace::LISTS {
            let query = format!("?limit={}&after={seen}", pace::LISTED);
            let list: Vec<Listed> =
                self.look(channel_id, Route::ChannelMessages { channel_id }, query, until).await?;
            let found = list.iter().filter(|it| it.is_posted_by(me) && holds(&it.components, marker));
            if let Some(found) = found.map(|it| it.id).min() {
                return Ok(Some(found));
            }
            match list.iter().map(|it| it.id).max() {
                Some(newest) => seen = seen.max(newest),
                None => return self.check_history(channel_id, seen, until).await.map(|()| None),
            }
        }
        Err(SendError::TooMany { most: pace::LISTS * pace::LISTED })
    }

    /// Fails when the bot may not read what was written in the channel before. Lists do not tell, a single message does, whether it
    /// is there or not: <https://discord.com/developers/docs/resources/message#get-channel-message>.
    async fn check_history(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        until: Instant,
    ) -> Result<(), SendError> {
        let route = Route::ChannelMessage { channel_id, message_id };
        match self.look::<IgnoredAny>(channel_id, route, String::new(), until).await {
            Ok(_) | Err(SendError::Gone { code: UNKNOWN_MESSAGE }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn look<T: DeserializeOwned>(
        &self,
        channel_id: ChannelId,
        route: Route<'_>,
        query: String,
        until: Instant,
    ) -> Result<T, SendError> {
        let lane = Lane::Delivery(channel_id);
        let call = Call { lane, query, ..Call::plain("look", LightMethod::Get, route) };
        decode(&self.send(&call, until).await?).ok_or(SendError::Unreadable)
    }

    /// The bot's user, which for old applications is not the application's id.
    async fn me(&self, until: Instant) -> Result<UserId, SendError> {
        match self.inner.me.load(Ordering::Relaxed) {
            0 => {
                let me = self.get::<Identified<UserId>>(Route::UserMe, until).await?.value.id;
                self.inner.me.store(me.get(), Ordering::Relaxed);
                Ok(me)
            }
            known => Ok(UserId::new(known)),
        }
    }
}

impl Listed {
    fn is_posted_by(&self, me: UserId) -> bool {
        let is_answer = self.webhook_id.is_some() || self.interaction_metadata.is_some();
        self.author.id == me && self.kind == PLAIN && !is_answer
    }
}

/// An id just before those that Discord may have given at `at` by its clock.
fn first_id(at: Timestamp) -> MessageId {
    let margin = i64::try_from(pace::CLOCKS_DIFFER.as_millis()).unwrap_or(i64::MAX);
    let time = at.as_millisecond().saturating_sub(EPOCH_MS).saturating_sub(margin);
    let most = u64::MAX >> (ID_BITS_BELOW_TIME + 1);
    let time = u64::try_from(time).unwrap_or(0).min(most);
    // No id is 0.
    MessageId::new((time << ID_BITS_BELOW_TIME).max(1))
}

/// Whether something among a message's components sends a text that is the mark or ends in it.
fn holds(components: &Value, marker: &str) -> bool {
    match components {
        Value::Array(items) => items.iter().any(|it| holds(it, marker)),
        Value::Object(fields) => fields.iter().any(|(name, value)| match value.as_str() {
            Some(text) => name == "custom_id" && is_marked(text, marker),
            None => holds(value, marker),
        }),
        _ => false,
    }
}

fn is_marked(text: &str, marker: &str) -> bool {
    let end = text.rsplit(SEPARATOR).next().unwrap_or_default();
    !marker.is_empty() && end == marker
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mark_is_the_whole_text_or_its_end() {
        for (text, expected) in [
            ("k3f9", true),
            ("1a|historik|27.00.00-A00-5-15~k3f9", true),
            ("1a|søg|a~b~k3f9", true),
            ("~k3f9", true),
            ("1a|søg|k3f9", false),
            ("1a|søg|x~k3f90", false),
            ("1a|søg|x~0k3f9", false),
            ("k3f9~", false),
            ("1a|søg|k3f9~x", false),
            ("K3F9", false),
            ("", false),
        ] {
            assert_eq!(is_marked(text, "k3f9"), expected, "{text}");
        }
        assert!(!is_marked("", "") && !is_marked("x~", ""));
    }

    #[test]
    fn only_what_the_bot_posts_of_its_own_accord_counts() {
        let me = UserId::new(7);
        let plain = json!({ "id": "1", "author": { "id": "7" }, "type": 0, "components": [] });
        for (field, value, expected) in [
            ("flags", json!(0), true),
            ("components", Value::Null, true),
            ("webhook_id", Value::Null, true),
            ("author", json!({ "id": "8", "bot": true }), false),
            ("type", json!(19), false),
            ("type", json!(20), false),
            ("webhook_id", json!("7"), false),
            ("interaction_metadata", json!({ "id": "1" }), false),
        ] {
            let mut message = plain.clone();
            message[field] = value.clone();
            let listed: Listed = serde_json::from_value(message).unwrap();
            assert_eq!(listed.is_posted_by(me), expected, "{field} {value}");
        }
    }

    #[test]
    fn marks_are_found_however_deep_the_button_is() {
        let button = json!({ "type": 2, "custom_id": "x~m", "label": "Sag" });
        for (components, expected) in [
            (json!([{ "type": 1, "components": [{ "type": 2, "custom_id": "y" }, button] }]), true),
            (json!([{ "type": 17, "components": [{ "type": 9, "accessory": button }] }]), true),
            (json!([{ "type": 1, "components": [{ "type": 2, "label": "m", "custom_id": "x" }] }]), false),
            (json!([]), false),
            (Value::Null, false),
        ] {
            assert_eq!(holds(&components, "m"), expected, "{components}");
        }
    }

    #[test]
    fn ids_begin_a_margin_before_the_time() {
        let at = |text: &str| first_id(text.parse().unwrap()).get();
        // Discord's own example: the id 175928847299117063 is of 2016-04-30T11:18:25.796Z.
        let margin = u64::try_from(pace::CLOCKS_DIFFER.as_millis()).unwrap();
        assert_eq!(at("2016-04-30T11:18:25.796Z"), (175_928_847_299_117_063 >> 22 << 22) - (margin << 22));
        for (time, expected) in [("1970-01-01T00:00:00Z", 1), ("2015-01-01T00:09:59Z", 1)] {
            assert_eq!(at(time), expected, "{time}");
        }
        assert!(at("9999-01-01T00:00:00Z") < u64::MAX);
    }
}
