//! Messages, as they are read and as they are told.

use serde_json::{Value, json};

use super::{member_alone, timestamp, user};
use crate::shown::{ShownFile, ShownMessage};
use crate::state::{Interaction, State};

fn attachment(file: &ShownFile, channel: u64) -> Value {
    let url = format!("https://cdn.discordapp.com/attachments/{channel}/{}/{}", file.id, file.name);
    json!({
        "id": file.id.to_string(),
        "filename": file.name,
        "size": file.bytes.len(),
        "url": url,
        "proxy_url": url,
        "content_type": "text/plain; charset=utf-8",
    })
}

/// Whether someone without the message-content intent sees what a message says: in direct messages, on its own messages, and where
/// it is mentioned. Source: <https://discord.com/developers/docs/events/gateway#message-content-intent>.
pub(crate) fn sees_content(state: &State, message: &ShownMessage, bot: u64) -> bool {
    let in_guild = state.channel(message.channel).is_some_and(|(guild, _)| guild.is_some());
    !in_guild || message.author == bot || message.mentions.contains(&bot)
}

/// A message. What it says is left out when `whole` is false.
pub(crate) fn message(state: &State, message: &ShownMessage, whole: bool) -> Value {
    let author = state.users.get(&message.author).map_or(Value::Null, user);
    let mentions: Vec<Value> =
        message.mentions.iter().filter_map(|id| state.users.get(id)).map(user).collect();
    let attachments: Vec<Value> =
        message.attachments.iter().map(|it| attachment(it, message.channel)).collect();
    let mut value = json!({
        "id": message.id.to_string(),
        "channel_id": message.channel.to_string(),
        "author": author,
        "content": if whole { message.content.as_str() } else { "" },
        "timestamp": timestamp(message.sent),
        "edited_timestamp": message.edited.then(|| timestamp(message.sent)),
        "tts": false,
        "mention_everyone": false,
        "mentions": mentions,
        "mention_roles": [],
        "attachments": if whole { attachments } else { Vec::new() },
        "embeds": if whole { message.embeds.clone() } else { Vec::new() },
        "components": if whole { message.components.clone() } else { Vec::new() },
        "pinned": false,
        "type": if message.interaction.is_some() { 20 } else if message.reply_to.is_some() { 19 } else { 0 },
        "flags": message.flags,
    });
    if let Some(nonce) = &message.nonce {
        value["nonce"] = json!(nonce);
    }
    if let Some(reply_to) = message.reply_to {
        value["message_reference"] = json!({
            "type": 0, "message_id": reply_to.to_string(), "channel_id": message.channel.to_string(),
        });
    }
    if let Some(reply_to) = message.reply_to.and_then(|id| state.messages.get(id)).filter(|_| whole) {
        // Discord gives the message that is replied to, but not the one that that replies to.
        value["referenced_message"] =
            self::message(state, &ShownMessage { reply_to: None, ..reply_to.clone() }, true);
    }
    if let Some((id, interaction)) =
        message.interaction.and_then(|id| Some((id, state.interactions.get(&id)?)))
    {
        value["interaction_metadata"] = interaction_metadata(state, id, interaction);
    }
    if message.interaction.is_some() {
        value["application_id"] = json!(message.author.to_string());
        value["webhook_id"] = json!(message.author.to_string());
    }
    value
}

/// Who caused a message, and how.
fn interaction_metadata(state: &State, id: u64, interaction: &Interaction) -> Value {
    let mut value = json!({
        "id": id.to_string(),
        "type": interaction.kind,
        "user": state.users.get(&interaction.user).map_or(Value::Null, user),
        "authorizing_integration_owners": {},
    });
    if let Some(source) = interaction.source {
        value["interacted_message_id"] = json!(source.to_string());
    }
    value
}

/// A message as the event `MESSAGE_CREATE` gives it.
pub(crate) fn message_event(state: &State, it: &ShownMessage, whole: bool) -> Value {
    let mut value = message(state, it, whole);
    let guild = state.channel(it.channel).and_then(|(guild, _)| guild);
    if let Some(guild) = guild {
        value["guild_id"] = json!(guild.id.to_string());
        if let Some(user) = state.users.get(&it.author) {
            value["member"] = member_alone(user, guild.id);
        }
    }
    value
}
