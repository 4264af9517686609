//! Interactions.

use serde_json::{Value, json};

use super::guild::partial_channel;
use super::{member, user};
use crate::permissions;
use crate::setup::Setup;
use crate::state::State;

/// What every interaction has: who, where, by which rights.
pub(crate) fn interaction(
    state: &State,
    setup: &Setup,
    (id, token): (u64, &str),
    kind: u8,
    (who, channel_id): (u64, u64),
    data: &Value,
) -> Value {
    let place = state.channel(channel_id);
    let guild = place.and_then(|(guild, _)| guild);
    let mut value = json!({
        "id": id.to_string(),
        "application_id": setup.application.to_string(),
        "type": kind,
        "token": token,
        "version": 1,
        "channel_id": channel_id.to_string(),
        "data": data,
        "locale": "da",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "context": if guild.is_some() { 0 } else { 1 },
        "authorizing_integration_owners": { "0": guild.map_or_else(|| "0".to_owned(), |it| it.id.to_string()) },
    });
    if let Some((guild, channel)) = place {
        value["app_permissions"] = json!(permissions::of_bot(guild, channel).to_string());
    }
    let Some(person) = state.users.get(&who) else { return value };
    let bits = permissions::of_user(guild, person);
    value["locale"] = json!(person.locale);
    if let Some((_, channel)) = place {
        value["channel"] = partial_channel(channel, bits);
    }
    if let Some(guild) = guild {
        value["guild_id"] = json!(guild.id.to_string());
        value["guild_locale"] = json!("da");
        value["guild"] = json!({ "id": guild.id.to_string(), "locale": "da", "features": [] });
        let mut member = member(person, guild.id);
        member["permissions"] = json!(bits.to_string());
        value["member"] = member;
    } else {
        value["user"] = user(person);
    }
    value
}
