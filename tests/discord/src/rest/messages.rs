//! Messages in channels: what the bot posts of its own accord, and what it reads there.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::content::{self, announce, announce_deletion};
use super::{Answer, Call, Refusal, channels, refusal};
use crate::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS, of_bot,
};
use crate::setup::Kind;
use crate::shared::Shared;
use crate::shown::{ShownMessage, list as members};
use crate::state::State;

type Result<T = Answer> = std::result::Result<T, Refusal>;

/// How long a nonce makes a post unique. Discord says "within the past few minutes".
const NONCE_LIFE: Duration = Duration::from_secs(180);
/// Messages in a list when nothing else is asked for.
const LISTED: u64 = 50;
/// Messages in a list at most.
const LISTED_MAX: u64 = 100;

/// What the bot may do in the channel that the path names.
fn rights(state: &State, call: &Call) -> Result<u64> {
    let (guild, channel) = channels::seen(state, call)?;
    Ok(of_bot(guild, channel))
}

fn demand(held: u64, wanted: u64) -> Result<()> {
    if held & wanted == wanted { Ok(()) } else { Err(refusal::MISSING_PERMISSIONS) }
}

/// The message that the path names.
fn found<'a>(state: &'a State, call: &Call) -> Result<&'a ShownMessage> {
    let channel = call.id(0, refusal::UNKNOWN_CHANNEL)?;
    let message = state.messages.get(call.id(1, refusal::UNKNOWN_MESSAGE)?);
    // What only one person sees is nowhere in the channel.
    message.filter(|it| it.channel == channel && !it.ephemeral).ok_or(refusal::UNKNOWN_MESSAGE)
}

fn may_post(state: &State, call: &Call) -> Result<u64> {
    let (guild, channel) = channels::seen(state, call)?;
    let held = of_bot(guild, channel);
    let wanted =
        if matches!(channel.kind, Kind::Thread { .. }) { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    demand(held, wanted)?;
    if !members(&call.json["embeds"]).is_empty() {
        demand(held, EMBED_LINKS)?;
    }
    if !call.files.is_empty() {
        demand(held, ATTACH_FILES)?;
    }
    if let Kind::Dm { user } = channel.kind
        && state.users.get(&user).is_none_or(|it| !it.takes_dms)
    {
        return Err(refusal::NO_DMS);
    }
    Ok(channel.id)
}

pub(super) fn post(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let channel = may_post(state, call)?;
    let nonce = call.json["nonce"].as_str().map(|it| (channel, it.to_owned()));
    if shared.setup.nonces
        && call.json["enforce_nonce"] == true
        && let Some(earlier) = nonce.as_ref().and_then(|it| earlier(state, it, call.arrived))
    {
        return Ok(Answer::ok(content::shown(state, earlier)));
    }
    let reference = &call.json["message_reference"];
    let missing = crate::shown::id(&reference["message_id"])
        .is_some_and(|it| state.messages.get(it).is_none_or(|it| it.channel != channel));
    if missing && reference["fail_if_not_exists"] != false {
        return Err(Call::bad("message_reference: unknown message"));
    }
    let id = content::create(state, (channel, shared.setup.application), &call.json, call, None)?;
    if missing && let Some(message) = state.messages.get_mut(id) {
        message.reply_to = None;
    }
    if let Some(nonce) = nonce {
        state.nonces.insert(nonce, (call.arrived, id));
    }
    state.unread.entry(channel).or_default().push_back(id);
    announce(state, id);
    Ok(Answer::ok(content::shown(state, id)))
}

/// The post that already has this nonce.
fn earlier(state: &State, nonce: &(u64, String), now: Instant) -> Option<u64> {
    let (at, id) = state.nonces.get(nonce)?;
    (now.duration_since(*at) < NONCE_LIFE && state.messages.contains(*id)).then_some(*id)
}

pub(super) fn list(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let channel = call.id(0, refusal::UNKNOWN_CHANNEL)?;
    // Who may not read what was before is told that there was nothing: "If the current user is missing the READ_MESSAGE_HISTORY
    // permission, then no messages will be returned". A single message is refused instead, see `get`; Discord's machine-readable
    // description says nothing of either. Source: <https://discord.com/developers/docs/resources/message#get-channel-messages>.
    if rights(state, call)? & READ_MESSAGE_HISTORY == 0 {
        return Ok(Answer::ok(Value::Array(Vec::new())));
    }
    let limit = number(call, "limit")?.unwrap_or(LISTED);
    let (after, before) = (number(call, "after")?, number(call, "before")?);
    if !(1..=LISTED_MAX).contains(&limit) {
        return Err(Call::bad("limit: from 1 to 100"));
    }
    if after.is_some() && before.is_some() {
        return Err(Call::bad("after, before: one of them"));
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let fits = |it: &&ShownMessage| {
        it.channel == channel
            && !it.ephemeral
            && after.is_none_or(|id| it.id > id)
            && before.is_none_or(|id| it.id < id)
    };
    // After an id the oldest come, else the newest; either way the newest stands first.
    let mut chosen: Vec<&ShownMessage> = if after.is_some() {
        let mut oldest: Vec<_> = state.messages.all().filter(fits).take(limit).collect();
        oldest.reverse();
        oldest
    } else {
        state.messages.all().rev().filter(fits).take(limit).collect()
    };
    let listed = chosen.drain(..).map(|it| as_read(shared, state, it)).collect();
    Ok(Answer::ok(listed))
}

/// A number that is asked with.
fn number(call: &Call, key: &str) -> Result<Option<u64>> {
    let bad = |_| Call::bad(&format!("{key}: no number"));
    call.asked(key).map(|it| it.parse().map_err(bad)).transpose()
}

/// A message as the bot may read it, without its content where the intent is wanting. What made it unique was said when it was
/// posted; Discord does not promise to say it again.
fn as_read(shared: &Shared, state: &State, message: &ShownMessage) -> Value {
    let whole =
        state.gateway.sees_content() || crate::json::sees_content(state, message, shared.setup.application);
    let mut value = crate::json::message(state, message, whole);
    if let Some(fields) = value.as_object_mut() {
        fields.remove("nonce");
    }
    value
}

pub(super) fn get(shared: &Shared, state: &mut State, call: &Call) -> Result {
    demand(rights(state, call)?, READ_MESSAGE_HISTORY)?;
    let message = found(state, call)?;
    Ok(Answer::ok(as_read(shared, state, message)))
}

pub(super) fn edit(shared: &Shared, state: &mut State, call: &Call) -> Result {
    rights(state, call)?;
    let message = found(state, call)?;
    if message.author != shared.setup.application {
        return Err(refusal::NOT_YOURS);
    }
    let id = message.id;
    content::change(state, id, &call.json, call)?;
    Ok(Answer::ok(content::shown(state, id)))
}

pub(super) fn delete(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let held = rights(state, call)?;
    let message = found(state, call)?.clone();
    if message.author != shared.setup.application {
        demand(held, MANAGE_MESSAGES)?;
    }
    state.messages.remove(message.id);
    announce_deletion(state, &message);
    Ok(Answer::nothing())
}
