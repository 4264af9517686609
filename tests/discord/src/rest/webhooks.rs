//! What follows an interaction's first answer: edits of it, and further messages, by the interaction's token.

use std::time::Duration;

use super::content::{self, announce, announce_deletion};
use super::interactions::AUTOCOMPLETE;
use super::{Answer, Call, Refusal, refusal};
use crate::shared::Shared;
use crate::state::{Interaction, State};

type Result<T = Answer> = std::result::Result<T, Refusal>;

/// How long an interaction's token lives.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);

/// The interaction whose token the path names. Before it is answered there is nothing to follow up.
fn interaction<'a>(shared: &Shared, state: &'a mut State, call: &Call) -> Result<&'a mut Interaction> {
    if call.id(0, refusal::UNKNOWN_WEBHOOK)? != shared.setup.application {
        return Err(refusal::UNKNOWN_WEBHOOK);
    }
    let interaction = state.by_token(call.part(1)).ok_or(refusal::UNKNOWN_WEBHOOK)?;
    let age = call.arrived.saturating_duration_since(interaction.sent);
    if interaction.token_expired || age > TOKEN_LIFE {
        return Err(refusal::TOKEN_INVALID);
    }
    if interaction.callbacks.is_empty() || interaction.kind == AUTOCOMPLETE {
        return Err(refusal::UNKNOWN_WEBHOOK);
    }
    Ok(interaction)
}

fn original(shared: &Shared, state: &mut State, call: &Call) -> Result<u64> {
    interaction(shared, state, call)?.original.ok_or(refusal::UNKNOWN_MESSAGE)
}

/// The message that the path names, if it belongs to the interaction.
fn named(shared: &Shared, state: &mut State, call: &Call) -> Result<u64> {
    let id = call.id(2, refusal::UNKNOWN_MESSAGE)?;
    let interaction = interaction(shared, state, call)?;
    let ours = interaction.messages.contains(&id) || interaction.original == Some(id);
    if ours { Ok(id) } else { Err(refusal::UNKNOWN_MESSAGE) }
}

pub(super) fn follow_up(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let interaction = interaction(shared, state, call)?;
    // The first message after an announcement is the announced answer; whether it is private was said then.
    // Source: Discord's description of "Create Followup Message".
    let announced =
        interaction.original.filter(|it| !interaction.settled && interaction.messages.contains(it));
    if let Some(announced) = announced {
        return change(shared, state, call, announced);
    }
    let channel = interaction.channel;
    let id = *state.tokens.get(call.part(1)).ok_or(refusal::UNKNOWN_WEBHOOK)?;
    let shown = content::create(state, (channel, shared.setup.application), &call.json, call, Some(id))?;
    if let Some(interaction) = state.by_token(call.part(1)) {
        interaction.messages.push(shown);
        interaction.settled = true;
        interaction.changed();
    }
    announce(state, shown);
    Ok(Answer::ok(content::shown(state, shown)))
}

fn change(shared: &Shared, state: &mut State, call: &Call, id: u64) -> Result {
    content::change(state, id, &call.json, call)?;
    let interaction = interaction(shared, state, call)?;
    interaction.settled = true;
    interaction.edited_source |= interaction.source == Some(id);
    interaction.changed();
    Ok(Answer::ok(content::shown(state, id)))
}

fn remove(shared: &Shared, state: &mut State, call: &Call, id: u64) -> Result {
    let message = state.messages.remove(id).ok_or(refusal::UNKNOWN_MESSAGE)?;
    let interaction = interaction(shared, state, call)?;
    interaction.settled = true;
    interaction.deleted |= interaction.original == Some(id);
    interaction.changed();
    announce_deletion(state, &message);
    Ok(Answer::nothing())
}

fn read(state: &State, id: u64) -> Result {
    if state.messages.contains(id) {
        Ok(Answer::ok(content::shown(state, id)))
    } else {
        Err(refusal::UNKNOWN_MESSAGE)
    }
}

pub(super) fn get_original(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = original(shared, state, call)?;
    read(state, id)
}

pub(super) fn edit_original(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = original(shared, state, call)?;
    change(shared, state, call, id)
}

pub(super) fn delete_original(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = original(shared, state, call)?;
    remove(shared, state, call, id)
}

pub(super) fn get(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = named(shared, state, call)?;
    read(state, id)
}

pub(super) fn edit(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = named(shared, state, call)?;
    change(shared, state, call, id)
}

pub(super) fn delete(shared: &Shared, state: &mut State, call: &Call) -> Result {
    let id = named(shared, state, call)?;
    remove(shared, state, call, id)
}
