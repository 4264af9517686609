//! Channels, and the opening of direct messages.

use super::{Answer, Call, Refusal, refusal};
use crate::setup::{Channel, Guild, Kind};
use crate::shared::Shared;
use crate::shown::id;
use crate::state::State;
use crate::{json, permissions};

pub(super) fn get(shared: &Shared, state: &mut State, call: &Call) -> Result<Answer, Refusal> {
    let (guild, channel) = seen(state, call)?;
    let other = match channel.kind {
        Kind::Dm { user } => state.users.get(&user),
        Kind::Text | Kind::Thread { .. } => None,
    };
    Ok(Answer::ok(json::channel(channel, guild, &shared.setup, other)))
}

/// The channel that the path names, if the bot may see it.
pub(super) fn seen<'a>(state: &'a State, call: &Call) -> Result<(Option<&'a Guild>, &'a Channel), Refusal> {
    let found = state.channel(call.id(0, refusal::UNKNOWN_CHANNEL)?);
    let (guild, channel) = found.ok_or(refusal::UNKNOWN_CHANNEL)?;
    if permissions::of_bot(guild, channel) & permissions::VIEW_CHANNEL == 0 {
        return Err(refusal::MISSING_ACCESS);
    }
    Ok((guild, channel))
}

pub(super) fn open_dm(shared: &Shared, state: &mut State, call: &Call) -> Result<Answer, Refusal> {
    let user = id(&call.json["recipient_id"]).ok_or_else(|| Call::bad("recipient_id"))?;
    // A bot has no direct messages with bots, least of all with itself.
    if state.users.get(&user).ok_or(refusal::UNKNOWN_USER)?.bot {
        return Err(refusal::NO_DMS);
    }
    let opened = state.dm(user);
    let (_, channel) = state.channel(opened).ok_or(refusal::UNKNOWN_CHANNEL)?;
    Ok(Answer::ok(json::channel(channel, None, &shared.setup, state.users.get(&user))))
}
