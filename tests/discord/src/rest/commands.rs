//! Registration of commands.

use serde_json::Value;

use super::{Answer, Call, Refusal, refusal};
use crate::json;
use crate::shared::Shared;
use crate::shown::list;
use crate::state::State;

type Result<T = Answer> = std::result::Result<T, Refusal>;

fn is_ours(shared: &Shared, call: &Call) -> Result<()> {
    let asked = call.id(0, refusal::UNKNOWN_APPLICATION)?;
    if asked == shared.setup.application { Ok(()) } else { Err(refusal::UNKNOWN_APPLICATION) }
}

/// The guild that the path names. The bot registers nothing where it is not.
fn guild(state: &State, call: &Call) -> Result<u64> {
    let id = call.id(1, refusal::UNKNOWN_GUILD)?;
    if state.guilds.contains_key(&id) { Ok(id) } else { Err(refusal::MISSING_ACCESS) }
}

/// What was sent as Discord keeps it. A command that had the same name and sort keeps its id.
fn kept(shared: &Shared, state: &mut State, old: &[Value], sent: &Value, guild: Option<u64>) -> Vec<Value> {
    let mut kept = Vec::new();
    for command in list(sent) {
        let fresh = state.next_id();
        let made = json::command(command, fresh, &shared.setup, guild);
        let same = old.iter().find(|it| it["name"] == made["name"] && it["type"] == made["type"]);
        let id = same.and_then(|it| crate::shown::id(&it["id"])).unwrap_or(fresh);
        kept.push(json::command(command, id, &shared.setup, guild));
    }
    kept
}

pub(super) fn get(shared: &Shared, state: &mut State, call: &Call) -> Result {
    is_ours(shared, call)?;
    Ok(Answer::ok(state.commands.clone().unwrap_or_default().into()))
}

pub(super) fn put(shared: &Shared, state: &mut State, call: &Call) -> Result {
    is_ours(shared, call)?;
    let old = state.commands.take().unwrap_or_default();
    let kept = kept(shared, state, &old, &call.json, None);
    state.commands = Some(kept.clone());
    Ok(Answer::ok(kept.into()))
}

pub(super) fn get_guild(shared: &Shared, state: &mut State, call: &Call) -> Result {
    is_ours(shared, call)?;
    let guild = guild(state, call)?;
    Ok(Answer::ok(state.guild_commands.get(&guild).cloned().unwrap_or_default().into()))
}

pub(super) fn put_guild(shared: &Shared, state: &mut State, call: &Call) -> Result {
    is_ours(shared, call)?;
    let guild = guild(state, call)?;
    let old = state.guild_commands.remove(&guild).unwrap_or_default();
    let kept = kept(shared, state, &old, &call.json, Some(guild));
    state.guild_commands.insert(guild, kept.clone());
    Ok(Answer::ok(kept.into()))
}
