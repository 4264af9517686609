//! Gateway address, the bot itself, guilds and their members.

use serde_json::{Value, json};

use super::{Answer, Call, Refusal, refusal};
use crate::gateway::intents;
use crate::setup::Guild;
use crate::shared::Shared;
use crate::state::State;
use crate::{json, permissions};

type Result = std::result::Result<Answer, Refusal>;

pub(super) fn gateway(shared: &Shared, _: &mut State, _: &Call) -> Result {
    Ok(Answer::ok(json!({ "url": shared.gateway_url() })))
}

pub(super) fn gateway_bot(shared: &Shared, _: &mut State, _: &Call) -> Result {
    Ok(Answer::ok(json!({
        "url": shared.gateway_url(),
        "shards": 1,
        "session_start_limit": { "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 },
    })))
}

pub(super) fn me(shared: &Shared, state: &mut State, _: &Call) -> Result {
    state
        .users
        .get(&shared.setup.application)
        .map(|it| Answer::ok(json::user(it)))
        .ok_or(refusal::UNKNOWN_USER)
}

pub(super) fn user(_: &Shared, state: &mut State, call: &Call) -> Result {
    let id = call.id(0, refusal::UNKNOWN_USER)?;
    state.users.get(&id).map(|it| Answer::ok(json::user(it))).ok_or(refusal::UNKNOWN_USER)
}

pub(super) fn application(shared: &Shared, _: &mut State, _: &Call) -> Result {
    Ok(Answer::ok(json::application(&shared.setup)))
}

pub(super) fn mine(_: &Shared, state: &mut State, _: &Call) -> Result {
    let info = |it: &Guild| {
        json!({
            "id": it.id.to_string(), "name": it.name, "icon": null, "banner": null, "owner": false,
            "permissions": (it.everyone | it.bot).to_string(), "features": [],
        })
    };
    Ok(Answer::ok(state.guilds.values().map(info).collect()))
}

pub(super) fn leave(_: &Shared, state: &mut State, call: &Call) -> Result {
    let id = call.id(0, refusal::UNKNOWN_GUILD)?;
    state.guilds.remove(&id).ok_or(refusal::UNKNOWN_GUILD)?;
    state.dispatch("GUILD_DELETE", &json!({ "id": id.to_string(), "unavailable": false }), intents::GUILDS);
    Ok(Answer::nothing())
}

/// The guild that the path names. One in which the bot is not is unknown to it.
fn guild<'a>(state: &'a State, call: &Call) -> std::result::Result<&'a Guild, Refusal> {
    state.guilds.get(&call.id(0, refusal::UNKNOWN_GUILD)?).ok_or(refusal::UNKNOWN_GUILD)
}

pub(super) fn get(shared: &Shared, state: &mut State, call: &Call) -> Result {
    Ok(Answer::ok(json::guild(guild(state, call)?, &shared.setup)))
}

pub(super) fn channels(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let guild = guild(state, call)?;
    let seen = guild.channels.iter().filter(|it| it.kind == crate::setup::Kind::Text);
    let seen = seen.filter(|it| permissions::of_bot(Some(guild), it) & permissions::VIEW_CHANNEL != 0);
    Ok(Answer::ok(seen.map(|it| json::channel(it, Some(guild), &shared.setup, None)).collect::<Value>()))
}

pub(super) fn roles(shared: &Shared, state: &mut State, call: &Call) -> Result {
    Ok(Answer::ok(json::roles(guild(state, call)?, &shared.setup).into()))
}

pub(super) fn member(_: &Shared, state: &mut State, call: &Call) -> Result {
    let guild = guild(state, call)?.id;
    let user = state.users.get(&call.id(1, refusal::UNKNOWN_MEMBER)?);
    let member = user.filter(|it| it.member_of.iter().any(|it| it.guild == guild));
    member.map(|it| Answer::ok(json::member(it, guild))).ok_or(refusal::UNKNOWN_MEMBER)
}
