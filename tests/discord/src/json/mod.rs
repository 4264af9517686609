//! What exists, as Discord writes it. Every field that a strict reader demands is there; ids are decimal strings.

mod command;
mod guild;
mod interaction;
mod message;

use std::time::SystemTime;

use serde_json::{Map, Value, json};

pub(crate) use command::command;
pub(crate) use guild::{channel, channel_gone, guild, guild_create, roles};
pub(crate) use interaction::interaction;
pub(crate) use message::{message, message_event, sees_content};

use crate::setup::{Membership, Setup, User};

/// When everything that has no date of its own came to be.
const LONG_AGO: &str = "2020-08-12T10:00:00.000000+00:00";

/// A point in time as Discord writes it.
pub(crate) fn timestamp(time: SystemTime) -> String {
    jiff::Timestamp::try_from(time).map_or_else(|_| LONG_AGO.to_owned(), |it| format!("{it:.6}"))
}

/// A user.
pub(crate) fn user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(),
        "username": user.name.to_lowercase(),
        "discriminator": "0",
        "global_name": user.name,
        "avatar": null,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
    })
}

/// The application's own description.
pub(crate) fn application(setup: &Setup) -> Value {
    json!({
        "id": setup.application.to_string(),
        "name": setup.name,
        "icon": null,
        "description": "",
        "bot_public": false,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "owner": null,
        "team": null,
        "flags": 0,
        "integration_types_config": { "0": {} },
    })
}

fn membership(user: &User, guild: u64) -> Option<&Membership> {
    user.member_of.iter().find(|it| it.guild == guild)
}

/// A user as a member of a guild, without `user`.
fn member_alone(user: &User, guild: u64) -> Value {
    let held = membership(user, guild);
    let roles: Vec<String> = held.into_iter().flat_map(|it| &it.roles).map(u64::to_string).collect();
    json!({
        "nick": held.and_then(|it| it.nick.clone()),
        "avatar": null,
        "roles": roles,
        "joined_at": LONG_AGO,
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
        "communication_disabled_until": null,
    })
}

/// A user as a member of a guild.
pub(crate) fn member(user: &User, guild: u64) -> Value {
    let mut value = member_alone(user, guild);
    value["user"] = self::user(user);
    value
}

fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(map), Value::Object(more)) = (value, more) {
        map.extend(more);
    }
}

fn fill(map: &mut Map<String, Value>, added: Map<String, Value>) {
    for (key, value) in added {
        map.entry(key).or_insert(value);
    }
}
