//! From the body of a request to a message.

use std::time::{Instant, SystemTime};

use serde_json::{Value, json};

use super::{Call, Refusal, Upload, refusal};
use crate::shown::{EPHEMERAL, LOADING, ShownFile, ShownMessage, id, list, string};
use crate::state::State;

/// Writes what `body` says onto a message; what it does not name stays. A message without anything on it is refused.
pub(crate) fn write(
    state: &mut State,
    message: &mut ShownMessage,
    body: &Value,
    files: &[Upload],
) -> Result<(), Refusal> {
    if let Some(content) = body.get("content") {
        string(content).clone_into(&mut message.content);
        message.mentions = mentioned(state, &message.content);
    }
    if let Some(embeds) = body.get("embeds") {
        message.embeds = list(embeds).to_vec();
    }
    if let Some(components) = body.get("components") {
        message.components = list(components).to_vec();
    }
    if let Some(kept) = body.get("attachments") {
        let kept: Vec<u64> = list(kept).iter().filter_map(|it| id(&it["id"])).collect();
        message.attachments.retain(|it| kept.contains(&it.id));
    }
    for file in files {
        let described = list(&body["attachments"]).iter().find(|it| id(&it["id"]) == Some(file.number));
        let name = described.and_then(|it| it["filename"].as_str()).unwrap_or(&file.name).to_owned();
        let attachment = ShownFile { id: state.next_id(), name, bytes: file.bytes.to_vec() };
        message.attachments.push(attachment);
    }
    let empty = message.content.is_empty()
        && message.embeds.is_empty()
        && message.components.is_empty()
        && message.attachments.is_empty();
    if empty { Err(refusal::EMPTY) } else { Ok(()) }
}

/// Users that are mentioned in a text.
pub(crate) fn mentioned(state: &State, text: &str) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for part in text.split("<@").skip(1) {
        let number = part.split('>').next().unwrap_or_default().trim_start_matches('!');
        let known = number.parse().ok().filter(|it| state.users.contains_key(it) && !found.contains(it));
        found.extend(known);
    }
    found
}

/// Makes a message of the bot in a channel from a request's body, and keeps it. `interaction` is the one that it answers.
pub(crate) fn create(
    state: &mut State,
    (channel, author): (u64, u64),
    body: &Value,
    call: &Call,
    interaction: Option<u64>,
) -> Result<u64, Refusal> {
    let asker = interaction.and_then(|it| state.interactions.get(&it)).map(|it| it.user);
    let mut message = ShownMessage::new(state.next_id(), channel, author);
    write(state, &mut message, body, &call.files)?;
    message.interaction = interaction;
    message.flags = body["flags"].as_u64().unwrap_or_default() & !LOADING;
    message.hide(asker.filter(|_| message.flags & EPHEMERAL != 0));
    message.reply_to = id(&body["message_reference"]["message_id"]);
    message.nonce = match &body["nonce"] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let id = message.id;
    state.messages.add(message);
    Ok(id)
}

/// Fills or changes a message that is there, and tells the gateway of it.
pub(crate) fn change(state: &mut State, id: u64, body: &Value, call: &Call) -> Result<(), Refusal> {
    let mut message = state.messages.get(id).cloned().ok_or(refusal::UNKNOWN_MESSAGE)?;
    write(state, &mut message, body, &call.files)?;
    message.at = Instant::now();
    if message.is_loading() {
        message.flags &= !LOADING;
        message.sent = SystemTime::now();
    } else {
        message.edited = true;
    }
    tell(state, "MESSAGE_UPDATE", &message);
    state.messages.change(message);
    Ok(())
}

/// A message as the bot may read it.
pub(crate) fn shown(state: &State, id: u64) -> Value {
    state.messages.get(id).map_or(Value::Null, |it| crate::json::message(state, it, true))
}

/// Tells the gateway of a new message.
pub(crate) fn announce(state: &mut State, id: u64) {
    if let Some(message) = state.messages.get(id).cloned() {
        tell(state, "MESSAGE_CREATE", &message);
    }
}

/// Of messages that only one person sees nothing is told.
fn tell(state: &mut State, event: &str, message: &ShownMessage) {
    if message.ephemeral {
        return;
    }
    let data = crate::json::message_event(state, message, true);
    let needed = needed(data.get("guild_id").is_some());
    state.dispatch(event, &data, needed);
}

/// Tells the gateway that a message was deleted.
pub(crate) fn announce_deletion(state: &mut State, message: &ShownMessage) {
    if message.ephemeral {
        return;
    }
    let mut event = json!({ "id": message.id.to_string(), "channel_id": message.channel.to_string() });
    let guild = state.channel(message.channel).and_then(|(guild, _)| guild);
    if let Some(guild) = guild {
        event["guild_id"] = json!(guild.id.to_string());
    }
    let needed = needed(guild.is_some());
    state.dispatch("MESSAGE_DELETE", &event, needed);
}

fn needed(in_guild: bool) -> u64 {
    use crate::gateway::intents;
    if in_guild { intents::GUILD_MESSAGES } else { intents::DIRECT_MESSAGES }
}
