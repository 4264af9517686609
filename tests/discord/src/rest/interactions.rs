//! The first answer to an interaction.
//! Source: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use std::time::Duration;

use serde_json::{Value, json};

use super::content::{self, announce};
use super::{Answer, Call, Refusal, refusal};
use crate::shared::Shared;
use crate::shown::{EPHEMERAL, LOADING, ShownMessage};
use crate::state::{Interaction, State};

/// An interaction must be answered within this time.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(3);

/// Sorts of interactions.
pub(crate) const COMMAND: u8 = 2;
pub(crate) const COMPONENT: u8 = 3;
pub(crate) const AUTOCOMPLETE: u8 = 4;

/// Sorts of answers.
pub(crate) const MESSAGE: u8 = 4;
pub(crate) const DEFER: u8 = 5;
pub(crate) const DEFER_UPDATE: u8 = 6;
pub(crate) const UPDATE: u8 = 7;
pub(crate) const CHOICES: u8 = 8;

pub(super) fn callback(shared: &Shared, state: &mut State, call: &Call) -> Result<Answer, Refusal> {
    let id = call.id(0, refusal::UNKNOWN_INTERACTION)?;
    let interaction = state.interactions.get(&id).filter(|it| it.token == call.part(1));
    let interaction = interaction.ok_or(refusal::UNKNOWN_INTERACTION)?;
    if !interaction.callbacks.is_empty() {
        return Err(refusal::ACKNOWLEDGED);
    }
    let after = call.arrived.saturating_duration_since(interaction.sent);
    if after > FIRST_ANSWER {
        return Err(refusal::UNKNOWN_INTERACTION);
    }
    let kind = call.json["type"].as_u64().and_then(|it| u8::try_from(it).ok()).unwrap_or_default();
    if !fits(interaction, kind) {
        return Err(Call::bad("type: not for this interaction"));
    }
    let (channel, source) = (interaction.channel, interaction.source);
    let author = shared.setup.application;
    let data = &call.json["data"];
    let flags = data["flags"].as_u64().unwrap_or_default();
    let mut shown = None;
    match kind {
        MESSAGE => shown = Some(content::create(state, (channel, author), data, call, Some(id))?),
        DEFER => shown = Some(announced(state, channel, author, flags, id)),
        UPDATE => content::change(state, source.ok_or(refusal::UNKNOWN_MESSAGE)?, data, call)?,
        _ => {}
    }
    if let Some(interaction) = state.interactions.get_mut(&id) {
        interaction.callbacks.push((kind, after));
        interaction.original = if matches!(kind, DEFER_UPDATE | UPDATE) { source } else { shown };
        interaction.messages.extend(shown);
        interaction.private = flags & EPHEMERAL != 0;
        interaction.edited_source = kind == UPDATE;
        interaction.settled = !matches!(kind, DEFER | DEFER_UPDATE);
        interaction.choices = (kind == CHOICES).then(|| data["choices"].clone());
        interaction.changed();
    }
    if let Some(shown) = shown {
        announce(state, shown);
    }
    Ok(answer(state, call, id, kind, shown))
}

/// Whether an interaction may be answered so.
fn fits(interaction: &Interaction, kind: u8) -> bool {
    match kind {
        CHOICES => interaction.kind == AUTOCOMPLETE,
        MESSAGE | DEFER => interaction.kind != AUTOCOMPLETE,
        DEFER_UPDATE | UPDATE => interaction.kind == COMPONENT,
        _ => false,
    }
}

/// The message that says that an answer will come.
fn announced(state: &mut State, channel: u64, author: u64, flags: u64, interaction: u64) -> u64 {
    let mut message = ShownMessage::new(state.next_id(), channel, author);
    message.flags = flags & EPHEMERAL | LOADING;
    let asker = state.interactions.get(&interaction).map(|it| it.user);
    message.hide(asker.filter(|_| flags & EPHEMERAL != 0));
    message.interaction = Some(interaction);
    let id = message.id;
    state.messages.add(message);
    id
}

fn answer(state: &State, call: &Call, id: u64, kind: u8, shown: Option<u64>) -> Answer {
    if call.asked("with_response") != Some("true") {
        return Answer::nothing();
    }
    let message = shown.map_or(Value::Null, |it| content::shown(state, it));
    Answer::ok(json!({
        "interaction": { "id": id.to_string(), "type": 2, "response_message_loading": kind == DEFER },
        "resource": { "type": kind, "message": message },
    }))
}
